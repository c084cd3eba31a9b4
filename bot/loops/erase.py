"""What is erased goes a few rows at a time, between what people wait for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.core import timers
from bot.core.model import subject
from bot.loops.desk import Desk
from bot.loops.extract import let_go

PAUSE = 30.0
"""Seconds between two cards that are blanked: each is up to three calls, of which a group takes 20
a minute, and who has many tickets must not take them from those who talk there."""


async def go_on(desk: Desk) -> bool:
    """Take the next step of what is to be erased; whether there was any."""
    begun = desk.store.retention.begun
    if begun:
        await desk.write(_step, desk)
        desk.ordered.set()
        desk.timed.set()
    unswept = desk.store.attachments.unswept
    if unswept:
        await desk.write(let_go, desk)
    return begun or unswept


def held(desk: Desk) -> tuple[str, ...]:
    """The lanes of those who are being erased: what they say now waits until that is done."""
    if not desk.store.retention.begun:
        return ()
    erased = desk.store.retention.erased()
    return (*erased, *map(subject.name, erased))


def forget(desk: Desk, conversation: str) -> None:
    """Begin to erase everything of this conversation."""
    _blank(desk, desk.store.retention.forget(conversation))


def _step(desk: Desk) -> None:
    _blank(desk, desk.store.retention.step())


def _blank(desk: Desk, numbers: Iterable[str]) -> None:
    """Let the cards of these tickets be blanked one after the other."""
    last = desk.store.timers.latest("ticket")
    for number in numbers:
        last = at = max(last + PAUSE, desk.clock())
        order = timers.wake(timers.Blank(number), datetime.fromtimestamp(at, UTC))
        desk.store.timers.wake_at(subject.ticket(number), order.what, order.at)
