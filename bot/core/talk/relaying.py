"""Passing messages between the private chat and the ticket's room; albums go whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.model.case import Album, Settled, Ticket
from bot.core.model.effects import Relay, Room, WakeAt
from bot.core.model.events import Attached
from bot.core.model.message import Item, Person, Ref
from bot.core.talk import carry, flow
from bot.core.tickets import lifecycle
from bot.core.turn import Turn

SETTLED = 20
"""Albums of which is remembered what became of them."""

# Telegram sends an album's pieces one by one and never says which is the last.
ALBUM_QUIET = timedelta(seconds=1.5)


def to_room(turn: Turn, now: Ticket, items: tuple[Item, ...], reply_to: Ref | None) -> None:
    """Let the agents have what the person wrote."""
    turn.order(Relay(to=Room(now.number, now.tier), items=items, reply_to=reply_to))


def to_person(
    turn: Turn, agent: Person, items: tuple[Item, ...], text: str, reply_to: Ref | None
) -> None:
    """Let the person have an agent's message; whatever they answer is meant for the agent."""
    hand_in(turn)
    for item in items:
        turn.note("agent", agent.name, carry.words(turn, item, text), item)
    turn.order(Relay(to=turn.chat, items=items, reply_to=reply_to))


def gather(turn: Turn, event: Attached, item: Item, room: str | None = None) -> None:
    """One piece of an album, of the person or of an agent in `room`: wait for the rest."""
    assert event.album is not None
    known = turn.case.albums.get(event.album, Album((), room, event.reply_to, who=event.who))
    piece = replace(item, lead="") if known.items else item  # said once above the whole
    album = replace(known, items=(*known.items, piece), text=known.text or event.text)
    turn.update(albums={**turn.case.albums, event.album: album})
    turn.order(WakeAt(what=f"album:{event.album}", at=turn.now + ALBUM_QUIET))


def regather(turn: Turn, item: Item, text: str) -> bool:
    """A piece of an album that is still waited for was edited; False where it is of none."""
    for key, album in turn.case.albums.items():
        old = next((each for each in album.items if each.ref == item.ref), None)
        if old is None:
            continue
        new = replace(item, lead=old.lead)
        items = tuple(new if each is old else each for each in album.items)
        told = text if old.html or not album.text else album.text
        changed = replace(album, items=items, text=told)
        turn.update(albums={**turn.case.albums, key: changed})
        return True
    return False


def settled(turn: Turn, key: str, fate: Settled) -> None:
    """Remember what became of an album: Telegram may send a piece of it much later."""
    kept = {k: v for k, v in turn.case.settled.items() if k != key}
    turn.update(settled=dict([*kept.items(), (key, fate)][-SETTLED:]))


def gathered(turn: Turn, which: Callable[[str, int], bool]) -> Mapping[str, Album]:
    """The albums that `which` picks by key and sender's id, as far as they came, by key."""
    whole = {
        key: album
        for key, album in turn.case.albums.items()
        if which(key, album.who.id if album.who else turn.case.chat)
    }
    for key in whole:
        turn.order(WakeAt(what=f"album:{key}", at=None))
    if whole:
        turn.update(albums={k: a for k, a in turn.case.albums.items() if k not in whole})
    return whole


def hand_in(turn: Turn) -> None:
    """End the flow because an agent takes over: what it learned by then joins the ticket."""
    told = turn.case.progress is not None and (turn.case.slots or turn.case.files)
    flow.leave(turn)
    if told and turn.ticket is not None:
        lifecycle.open_ticket(turn)
