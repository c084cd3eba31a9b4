"""Bot API methods that send locations, venues and contacts."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.bot_api.ephemeral import send_anyhow
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.world import World

Json = dict[str, Any]


def _location(parameters: Parameters) -> Json:
    location: Json = {name: parameters.number(name) for name in ("latitude", "longitude")}
    if None in location.values():
        raise bad_request("wrong location specified")
    if period := parameters.integer("live_period"):
        location["live_period"] = period
    return location


def send_location(world: World, parameters: Parameters) -> Json:
    """sendLocation"""
    return send_anyhow(world, parameters, {"location": _location(parameters)})


def send_venue(world: World, parameters: Parameters) -> Json:
    """sendVenue: the message has its location beside it, as in Telegram."""
    location = _location(parameters)
    names = ("title", "address", "foursquare_id", "foursquare_type")
    given = {name: parameters.text(name) for name in names if parameters.text(name)}
    if not {"title", "address"} <= given.keys():
        raise bad_request("venue title and address must be non-empty")
    venue: Json = {"location": location} | given
    return send_anyhow(world, parameters, {"location": location, "venue": venue})


def send_contact(world: World, parameters: Parameters) -> Json:
    """sendContact"""
    names = ("phone_number", "first_name", "last_name", "vcard")
    given = {name: parameters.text(name) for name in names if parameters.text(name)}
    for name in ("phone_number", "first_name"):
        if name not in given:
            raise bad_request(f'parameter "{name}" is required')
    return send_anyhow(world, parameters, {"contact": given})
