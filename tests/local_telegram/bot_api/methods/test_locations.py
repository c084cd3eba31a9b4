"""Locations, venues and contacts."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bot.local_telegram import LocalTelegram

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


async def test_places_and_contacts_are_sent_too(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    place = await call("sendLocation", chat_id=WANG, latitude=39.9, longitude="116.4")
    assert place["location"] == {"latitude": 39.9, "longitude": 116.4}
    contact = await call("sendContact", chat_id=WANG, phone_number="12366", first_name="热线")
    assert contact["contact"] == {"phone_number": "12366", "first_name": "热线"}
    assert "wrong location" in await refused("sendLocation", chat_id=WANG, latitude="北")
    assert "is required" in await refused("sendContact", chat_id=WANG, phone_number="1")
