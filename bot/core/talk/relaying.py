"""Passing messages between the private chat and the ticket's room; albums go whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core import timers
from bot.core.model.conversation import Album, Settled
from bot.core.model.effects import Relay, Room, Send
from bot.core.model.events import Attached
from bot.core.model.message import Item, Person, Ref
from bot.core.model.ticket import Ticket
from bot.core.talk import canned, carry, leaving
from bot.core.text import private
from bot.core.text.render import Html, fill, plain
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
    turn: Turn, now: Ticket, agent: Person, items: tuple[Item, ...], text: str, reply_to: Ref | None
) -> Html:
    """Let the person have an agent's message; whatever they answer is meant for the agent. Of a
    canned reply of which something is not known nothing goes out: gives what the agent is told of
    that.
    """
    texts, reply = turn.knowledge.texts.agents, canned.filled(turn, now, agent, items)
    if reply.missing:
        return fill(texts.reply_missing, missing="、".join(reply.missing))
    _pass_on(turn, agent, reply.items, text, reply_to)
    if reply.changed:
        said = private.hidden("\n".join(plain(item.html) for item in reply.items))
        told, room = fill(texts.reply_sent, said=said), Room(now.number, now.tier)
        turn.order(Send(to=room, text=told, reply_to=items[0].ref))
    return Html()


def _pass_on(
    turn: Turn, agent: Person, items: tuple[Item, ...], text: str, reply_to: Ref | None
) -> None:
    hand_in(turn)
    mark = _mark(turn, agent)
    sent = tuple(carry.marked(item, mark if item is items[0] else "") for item in items)
    for item, marked in zip(items, sent, strict=True):
        turn.note("agent", agent.name, carry.words(turn, item, text), marked)
    refs = {item.ref for item in items}
    settled = {
        key: replace(fate, went="person") if fate.first in refs else fate
        for key, fate in turn.conversation.settled.items()
    }
    turn.conversation = replace(turn.conversation, settled=settled)
    turn.order(Relay(to=turn.chat, items=sent, reply_to=reply_to))


def _mark(turn: Turn, agent: Person) -> Html:
    """What tells that a person writes: by name the first time, and when another one does."""
    texts, now = turn.knowledge.texts.progress, turn.ticket
    if now is None or now.voice == agent.address:
        return Html(f"{fill(texts.agent_again)} ")
    turn.put(replace(now, voice=agent.address))
    return fill(texts.agent_first, owner=agent.name)


def gather(turn: Turn, event: Attached, item: Item, room: str | None = None) -> None:
    """One piece of an album, of the person or of an agent in `room`: wait for the rest."""
    assert event.album is not None
    known = turn.conversation.albums.get(
        event.album, Album((), room, event.reply_to, who=event.who)
    )
    piece = replace(item, lead="") if known.items else item  # said once above the whole
    album = replace(known, items=(*known.items, piece), text=known.text or event.text)
    turn.conversation = replace(
        turn.conversation, albums={**turn.conversation.albums, event.album: album}
    )
    turn.order(timers.wake(timers.Album(event.album), turn.now + ALBUM_QUIET))


def regather(turn: Turn, item: Item, text: str) -> bool:
    """A piece of an album that is still waited for was edited; False where it is of none."""
    for key, album in turn.conversation.albums.items():
        old = next((each for each in album.items if each.ref == item.ref), None)
        if old is None:
            continue
        new = replace(item, lead=old.lead)
        items = tuple(new if each is old else each for each in album.items)
        told = text if old.html or not album.text else album.text
        changed = replace(album, items=items, text=told)
        turn.conversation = replace(
            turn.conversation, albums={**turn.conversation.albums, key: changed}
        )
        return True
    return False


def settled(turn: Turn, key: str, fate: Settled) -> None:
    """Remember what became of an album: Telegram may send a piece of it much later."""
    kept = {k: v for k, v in turn.conversation.settled.items() if k != key}
    turn.conversation = replace(
        turn.conversation, settled=dict([*kept.items(), (key, fate)][-SETTLED:])
    )


def gathered(turn: Turn, which: Callable[[str, str], bool]) -> Mapping[str, Album]:
    """The albums that `which` picks by key and sender's address, as far as they came, by key."""
    whole = {
        key: album
        for key, album in turn.conversation.albums.items()
        if which(key, album.who.address if album.who else turn.conversation.address)
    }
    for key in whole:
        turn.order(timers.wake(timers.Album(key), None))
    if whole:
        turn.conversation = replace(
            turn.conversation,
            albums={k: a for k, a in turn.conversation.albums.items() if k not in whole},
        )
    return whole


def hand_in(turn: Turn) -> None:
    """End the flow because an agent takes over: what it learned by then joins the ticket."""
    told = turn.progress is not None and (turn.draft.slots or turn.draft.files)
    leaving.leave(turn, "taken_over")
    if told and turn.ticket is not None:
        lifecycle.open_ticket(turn)
