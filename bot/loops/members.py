"""Who belongs to a tier's group: asked before anybody is heard there.

Who cannot be checked holds up themselves alone, and only in the topic in which they wrote.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.channels import Change, Moved, Read, Update
from bot.core.model import subject
from bot.core.model.effects import Group, Room
from bot.core.model.events import Blocked, Message, Pressed
from bot.core.model.facts import Unverified as Unsure
from bot.core.model.message import Person, Ref
from bot.loops.desk import Desk
from bot.loops.group_changes import group_moved
from bot.loops.internal_events import Inner, informed
from bot.store import Row
from bot.store.protocol import Places

log = logging.getLogger(__name__)
GROUP = "group:"
"""Begins the lanes of what is said in groups."""
FRESH = 600.0  # seconds for which a membership that was checked is believed
FIRST, LONGEST = 2.0, 60.0  # seconds between two attempts to check one, which double
PATIENCE = 30.0  # seconds after which who waits to be checked is told so


@dataclass(frozen=True, slots=True)
class Question:
    """Whether this person belongs to the group, and what waits for the answer: a row's message."""

    chat: str
    person: str
    row: Row
    place: Room | Group
    ref: Ref | None


class Unverified(Exception):
    """Whether somebody belongs to the group must be asked first."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(f"{question.person} in {question.chat}")


def lane_of(told: Read | Inner | None) -> str:
    """What keeps its order and waits by itself: one person in one topic; "" outside of groups."""
    if not isinstance(told, Message) or isinstance(told, Change | Blocked) or not told.group:
        return ""
    return f"{GROUP}{told.ref.chat}/{told.thread or ''}/{told.who.address}"


def lane(update: Update) -> str:
    """What keeps its order until it is known what an update says: its chat."""
    return update.chat if update.private or not update.chat else f"{GROUP}{update.chat}"


def chat_of(lane: str) -> tuple[str, bool]:
    """The address of the chat of such a lane, and whether it is a private one."""
    return lane.removeprefix(GROUP).partition("/")[0], not lane.startswith(GROUP)


def verify_member(desk: Desk[Places], row: Row, place: Room | Group, event: Message) -> bool:
    """Whether who wrote or pressed belongs to the group. Raises `Unverified`.

    Who writes as a chat cannot be asked for; Telegram lets only members do so.
    """
    if event.who.face != "own":
        return True
    chat, person = desk.store.groups.address(event.ref.chat), event.who.address
    member = desk.store.rooms.membership(chat, person, desk.clock() - FRESH)
    if member is None:
        ref = None if isinstance(event, Pressed) else event.ref
        raise Unverified(Question(chat, person, row, place, ref))
    return member


def seen(desk: Desk[Places], tiers: Sequence[str], who: Person) -> None:
    """Keep that a member of the tiers' group did something there, if it can be told who it is."""
    if who.face == "own":
        for tier in tiers:
            desk.store.agents.seen(tier, who, desk.clock())


async def ask(desk: Desk[Places], question: Question) -> None:
    """Ask until the channel says whether they belong to the group, and keep what it says."""
    chat, person = question.chat, question.person
    for wait in _waits():
        try:
            member = await desk.channel_at(chat).member(chat, person)
            await desk.write(desk.store.rooms.put_membership, chat, person, member, desk.clock())
            break
        except Moved as moved:
            await desk.write(group_moved, desk, chat, moved.chat)
            break
        except Exception as trouble:
            log.warning("cannot check who belongs to group %s: %s", chat, trouble)
            if desk.clock() - question.row.received_at >= PATIENCE:
                await desk.write(_tell, desk, question)
                desk.arrived.set()
            await asyncio.sleep(max(wait, getattr(trouble, "seconds", 0.0)))


def _waits() -> Iterator[float]:
    wait = FIRST
    while True:
        yield wait
        wait = min(2 * wait, LONGEST)


def _tell(desk: Desk[Places], question: Question) -> None:
    """Say once that it waits; the row remembers, whatever becomes of the desk."""
    if desk.store.inbox.explain(question.row, "cannot check who belongs to the group"):
        place, thread = question.place, getattr(question.place, "thread", None)
        of = subject.ticket(place.ticket) if isinstance(place, Room) else subject.tier(place.tier)
        fact = Unsure(place.tier, question.ref, thread)
        told = informed(of, fact, f"{question.row.id} unverified")
        desk.store.inbox.take([told], desk.clock())
