"""What is erased goes a few rows at a time, between what people wait for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.core import timers
from bot.core.model import subject
from bot.loops.desk import Desk
from bot.loops.extract import let_go
from bot.store.protocol import Erase

PAUSE = 30.0
"""Seconds between two cards that are blanked: each is up to three calls, of which a group takes 20
a minute, and who has many tickets must not take them from those who talk there."""


async def go_on(desk: Desk[Erase]) -> bool:
    """Take the next step of what is to be erased; whether there was any.

    Files that nobody has wait for a desk that has the vault's key.
    """
    begun = desk.store.retention.begun
    if begun:
        await desk.write(_step, desk)
        desk.ordered.set()
        desk.timed.set()
    if desk.vault is None or not desk.store.attachments.unswept:
        return begun
    await desk.write(let_go, desk, desk.vault)
    return True


def forget(desk: Desk[Erase], conversation: str) -> None:
    """Begin to erase everything of this conversation."""
    _blank(desk, desk.store.retention.forget(conversation))


def _step(desk: Desk[Erase]) -> None:
    _blank(desk, desk.store.retention.step())


def _blank(desk: Desk[Erase], numbers: Iterable[str]) -> None:
    """Let the cards of these tickets be blanked one after the other."""
    last = desk.store.timers.latest("ticket")
    for number in numbers:
        last = at = max(last + PAUSE, desk.clock())
        order = timers.wake(timers.Blank(number), datetime.fromtimestamp(at, UTC))
        desk.store.timers.wake_at(subject.ticket(number), order.what, order.at)
