"""How what the desk says looks at Telegram: buttons, reactions, topics with their icons."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels import Refused, Target
from bot.channels.telegram.failures import done, tried
from bot.core.model.address import local
from bot.core.model.effects import Button, Buttons

log = logging.getLogger(__name__)
Json = dict[str, Any]
Call = Callable[..., Awaitable[Any]]
"""A call of the Bot API by name and fields; gives the plain result, raises `TelegramError`."""
EMOJI_LOOK = "\ufe0f"
"""Asks for the coloured look of a character; Telegram's lists of emoji are without it."""


def keyboard(buttons: Buttons) -> Json | None:
    """An `InlineKeyboardMarkup`, None where there are no buttons."""
    if not buttons:
        return None
    return {"inline_keyboard": [[_button(each) for each in row] for row in buttons]}


def _button(button: Button) -> Json:
    does: Json = {"disabled": {}} if button.disabled else {"callback_data": button.data}
    style = {"style": button.style} if button.style else {}
    return {"text": button.label, **does, **style}


def reaction(sign: str) -> list[Json]:
    """The `ReactionType` objects of one emoji, none for ""."""
    return [{"type": "emoji", "emoji": _bare(sign)}] if sign else []


def _bare(emoji: str) -> str:
    return emoji.removesuffix(EMOJI_LOOK)


class Topics:
    """Opens and changes topics; which icons there are it asks once. Raises as `Channel`."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._icons: dict[str, str] | None = None

    async def open(self, chat: str, title: str, icon: str) -> int:
        """Open a topic; without the icon where Telegram does not take that."""
        about = {"chat_id": local(chat), "name": title, "icon_custom_emoji_id": None}
        if (found := await self._icon(icon)) is not None:
            try:
                return await self._opened(about | {"icon_custom_emoji_id": found})
            except Refused as refusal:
                _check_is_of_icon(refusal, icon)
        return await self._opened(about)

    async def _opened(self, about: Json) -> int:
        topic = await done(self._call("createForumTopic", **about))
        return int(topic["message_thread_id"])

    async def change(self, to: Target, title: str | None, closed: bool | None, icon: str) -> None:
        """Give it a title and an icon, close or open it; the title also without the icon."""
        at = {"chat_id": local(to.chat), "message_thread_id": to.thread}
        if (found := await self._icon(icon)) is not None:
            both = {"name": title, "icon_custom_emoji_id": found}
            try:
                await tried(self._call("editForumTopic", **both, **at))
                title = None
            except Refused as refusal:
                _check_is_of_icon(refusal, icon)
        if title is not None:
            await tried(self._call("editForumTopic", name=title, **at))
        if closed is not None:
            change = "closeForumTopic" if closed else "reopenForumTopic"
            await tried(self._call(change, **at))

    async def _icon(self, emoji: str) -> str | None:
        """The id of the icon that shows this emoji."""
        if not emoji:
            return None
        if self._icons is None:
            self._icons = await self._offered()
        return self._icons.get(_bare(emoji))

    async def _offered(self) -> dict[str, str]:
        try:
            stickers = await done(self._call("getForumTopicIconStickers"))
        except Refused as refusal:
            log.warning("Telegram does not tell which icons topics may have: %s", refusal)
            return {}
        # Of several with one emoji the first is taken.
        return {_bare(s.get("emoji", "")): s["custom_emoji_id"] for s in reversed(stickers)}


def _check_is_of_icon(refusal: Refused, icon: str) -> None:
    """Raise the refusal unless it may be the icon that is refused."""
    if refusal.reason != "refused":
        raise refusal
    log.warning("a topic goes without the icon %s: %s", icon, refusal)
