"""Bot API methods on how the bot gets its updates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.local_telegram.updates.webhook import Webhook
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.wire.values import is_loopback
from bot.local_telegram.world.world import World

Json = dict[str, Any]

SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


async def get_updates(world: World, parameters: Parameters) -> list[Json]:
    """getUpdates"""
    world.updates.allow(_allowed(parameters))
    limit = min(max(parameters.integer("limit") or 100, 1), 100)
    timeout = max(parameters.integer("timeout") or 0, 0)
    return await world.updates.take(parameters.integer("offset") or 0, limit, timeout)


def _allowed(parameters: Parameters) -> list[str] | None:
    types = parameters.sequence("allowed_updates")
    return None if types is None else [str(each) for each in types]


async def set_webhook(world: World, parameters: Parameters) -> bool:
    """setWebhook: to an address on this machine only, with or without TLS."""
    url = parameters.text("url")
    if not url:
        return await delete_webhook(world, parameters)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback(url):
        raise bad_request("bad webhook: this Telegram calls loopback addresses alone")
    secret = parameters.text("secret_token")
    if len(secret) > 256 or not SECRET_CHARACTERS.issuperset(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(_allowed(parameters))
    await _stop(world, parameters)
    world.updates.interrupt()
    connections = min(max(parameters.integer("max_connections") or 40, 1), 100)
    world.webhook = Webhook(url, secret, connections, world.updates, world.call)
    return True


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    """deleteWebhook"""
    await _stop(world, parameters)
    return True


async def _stop(world: World, parameters: Parameters) -> None:
    if world.webhook is not None:
        await world.webhook.close()
        world.webhook = None
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()


def get_webhook_info(world: World, parameters: Parameters) -> Json:
    """getWebhookInfo"""
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if world.webhook is not None:
        info |= world.webhook.info
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
