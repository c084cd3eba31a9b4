"""What is done where a channel cannot do what was ordered: changed words are said anew, what
another channel holds is said in words and sent by file, what one person is to see everybody is
told, and what a mark would say is said in words.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.channels import Channel, Refused, Target
from bot.core.model.address import channel
from bot.core.model.effects import Buttons, React, Send
from bot.core.model.message import Item
from bot.loops.desk import Desk
from bot.store.protocol import Base

log = logging.getLogger(__name__)


async def change(
    desk: Desk[Base], to: Target, message: int, text: str, buttons: Buttons
) -> tuple[int, ...]:
    """Change a message of the desk, or say it anew; gives the new message if there is one.

    Buttons that are taken off stay where nothing can be changed: the core tells who presses one.
    What a person chose they know, and are not told again.
    """
    there = desk.channel_at(to.chat)
    if there.abilities.edit:
        await there.edit(to, message, text, buttons)
    elif text and (buttons or not to.private):
        return (await there.send(to, text, buttons),)
    return ()


async def whispered(desk: Desk[Base], to: Target, send: Send) -> bool:
    """Say what one person alone is to see; False where everybody has to be told instead."""
    try:
        await desk.channel_at(to.chat).whisper(to, send.only, send.text, send.buttons)
    except Refused as refusal:
        log.warning("%s is told before everybody in %s: %s", send.only, to.chat, refusal)
        return False
    return True


async def reacted(desk: Desk[Base], to: Target, message: int, mark: React) -> bool:
    """React to a message; False where this mark cannot be made and words are to be said instead.

    A group may allow a few reactions, or none. Raises as `Channel` where no words would help.
    """
    try:
        await desk.channel_at(to.chat).react(to, message, mark.sign)
    except Refused as refusal:
        if refusal.reason != "refused" or not mark.text:
            raise
        log.warning("%s is not reacted to but answered: %s", to.chat, refusal)
        return False
    return True


def can_whisper(desk: Desk[Base], to: Target, person: str) -> bool:
    """Whether the channel may be asked to tell this person alone."""
    there = desk.channel_at(to.chat)
    return there.abilities.whispers and not to.private and channel(person) == there.name


def aloud(to: Target, send: Send) -> str:
    """What is said where whoever is there sees it."""
    return send.instead if send.only and send.instead and not to.private else send.text


async def amend(desk: Desk[Base], to: Target, message: int, item: Item, *, media: bool) -> None:
    """Change a copy to what its source is now. Raises as `Channel`."""
    there = desk.channel_at(to.chat)
    if not there.abilities.edit or (media and not _is_at(there, item)):
        raise Refused("uneditable", f"{there.name} cannot change it")
    await there.amend(to, message, item, media=media)


async def relay(desk: Desk[Base], to: Target, items: Sequence[Item]) -> list[int]:
    """Let them have the items too; gives the new messages' ids.

    All files are fetched before anything is sent, so that what cannot be had is refused whole.
    Raises as `Channel`.
    """
    there = desk.channel_at(to.chat)
    if all(_is_at(there, item) for item in items):
        return await there.copy(to, items)
    files = [await _fetched(desk, there, item) for item in items]
    return [
        await there.send(to, item.whole, ())
        if data is None
        else await there.upload(to, data, _name(item), item.whole)
        for item, data in zip(items, files, strict=True)
    ]


def _is_at(there: Channel, item: Item) -> bool:
    """Whether the channel itself has what is passed on."""
    return channel(item.ref.chat) == there.name


async def _fetched(desk: Desk[Base], there: Channel, item: Item) -> bytes | None:
    """An item's file for another channel; None for a text. Raises `Refused` for any other kind."""
    if item.what == "text":
        return None
    largest = there.abilities.largest.get(item.what, -1)
    if not item.file or largest < 0:
        raise Refused("uncopyable", f"{item.what} cannot go to {there.name}")
    data = await desk.channel_at(item.ref.chat).download(item.file)
    if len(data) > largest:
        raise Refused("too_big", f"{len(data)} bytes are too many for {there.name}")
    return data


def _name(item: Item) -> str:
    """What its file is called where its sender called it nothing."""
    return item.name or f"{item.what}-{item.ref.message}"
