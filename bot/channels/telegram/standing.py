"""How the bot stands at Telegram: facts alone, what is wrong with them is said elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
from telegram import ChatMemberAdministrator, ChatMemberOwner

from bot.channels import Later, Refused
from bot.channels.telegram import Telegram
from bot.channels.telegram.failures import done
from bot.core.model.address import local

PATIENCE = 10.0  # seconds for an answer to the question what time it is


@dataclass(frozen=True, slots=True)
class Webhook:
    """What getWebhookInfo tells; `url` is empty while updates are fetched."""

    url: str
    pending: int
    error: str
    error_at: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`unfit` are what keeps groups from being a tier's, a line each.

    `deaf` are the tiers in whose group the bot does not hear everybody, `flat` those whose group
    has no topics, `loose` those in whose topics it may not pin the cards. `inline`: agents may ask
    it while they write.
    """

    username: str
    webhook: Webhook
    unfit: tuple[str, ...]
    deaf: tuple[str, ...]
    flat: tuple[str, ...]
    loose: tuple[str, ...]
    inline: bool


async def standing(token: str, api: str, groups: Mapping[str, str]) -> Standing:
    """Ask Telegram. Raises `Refused` for a wrong token, `Later` where it does not answer."""
    channel = Telegram(token, api)
    async with channel.connected() as username:
        bot = channel._bot
        told = await done(bot.get_webhook_info())
        unfit, deaf, flat, loose = [], [], [], []
        for tier, chat in groups.items():
            wrong = [line async for line in channel.unfit(tier, chat)]
            unfit += wrong
            with suppress(Refused, Later):  # which `unfit` has told
                forum = (await done(bot.get_chat(local(chat)))).is_forum
                me = await done(bot.get_chat_member(local(chat), bot.id))
                if not forum:
                    flat.append(tier)
                elif not getattr(me, "can_pin_messages", False):
                    loose.append(tier)
                admin = isinstance(me, ChatMemberAdministrator | ChatMemberOwner)
                # core.telegram.org/bots/features#privacy-mode: an admin hears everybody anyway.
                if not admin and not bot.bot.can_read_all_group_messages:
                    deaf.append(tier)
        inline = bool(bot.bot.supports_inline_queries)
    at = told.last_error_date
    webhook = Webhook(
        told.url,
        told.pending_update_count,
        told.last_error_message or "",
        at.timestamp() if at else None,
    )
    return Standing(username, webhook, tuple(unfit), tuple(deaf), tuple(flat), tuple(loose), inline)


async def clock(api: str) -> float | None:
    """Telegram's time by the `Date` of an answer, in seconds since 1970; None if it tells none."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.head(api, allow_redirects=False) as response,
        ):
            return parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
