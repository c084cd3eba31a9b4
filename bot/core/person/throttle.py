"""More than a person can mean: said once, kindly, and then silence for a while.

What is sent in the silence is not lost. With an open ticket it is gathered and handed to the
agents as one message when the silence ends, so that a flood does not use up the group's pace;
without one nobody reads it, and the person is told so at the beginning and at the end.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import timers
from bot.core.model.conversation import Flood
from bot.core.model.effects import Relay, Respond, Room
from bot.core.model.events import Attached, Edited, Pressed, Said
from bot.core.model.message import Line, albums
from bot.core.talk import carry, files, flow
from bot.core.text import private
from bot.core.text.clock import within
from bot.core.text.render import Html, fill, joined, plain, shortened
from bot.core.turn import Turn

KEPT = 30
"""Messages of one silence that the agents are given; of more they and the person are told how many.
"""
LINE = 500
"""Characters of each that are kept: as many lines fit a few messages, and the row stays small."""

Sent = Said | Attached | Edited | Pressed


def holds(turn: Turn, event: Sent) -> bool:
    """Count what a person sent; True when it is not to be worked on now."""
    limits, flood = turn.knowledge.limits, turn.conversation.flood
    if not limits.messages or _piece(turn, event):
        return False
    if flood is not None and flood.until is not None:
        if within(turn.at, flood.until - limits.mute, limits.mute):
            _keep(turn, flood, event)
            return True
        over(turn)
        flood = None
    if flood is None or not within(turn.at, flood.since, limits.window):
        flood = Flood(turn.at)
    flood = replace(flood, count=flood.count + 1)
    turn.conversation = replace(turn.conversation, flood=flood)
    if flood.count <= limits.messages:
        return False
    _mute(turn, flood)
    _keep(turn, turn.conversation.flood or flood, event)
    return True


def _piece(turn: Turn, event: Sent) -> bool:
    """Whether it belongs to an album that was begun: the album counts as one."""
    return isinstance(event, Attached) and event.album in turn.conversation.albums


def _mute(turn: Turn, flood: Flood) -> None:
    until = turn.at + turn.knowledge.limits.mute
    turn.conversation = replace(turn.conversation, flood=replace(flood, until=until))
    turn.order(timers.wake(timers.Mute(), until))
    turn.say(_told(turn))


def _told(turn: Turn) -> Html:
    talk, minutes = turn.talk, max(1, round(turn.knowledge.limits.mute.total_seconds() / 60))
    now = turn.ticket
    text = talk.too_many if now is None else talk.too_many_ticket
    return fill(text, minutes=minutes, number=now.number if now else "")


def _keep(turn: Turn, flood: Flood, event: Sent) -> None:
    """Put it aside. A button is pressed again afterwards: it turns round until it is answered."""
    if isinstance(event, Pressed):
        told = plain(_told(turn))
        return turn.order(Respond(to=turn.chat, query=event.query, text=told, alert=True))
    item = carry.carried(turn, event)
    words = carry.words(turn, item, event.text)
    taken = isinstance(event, Said) or files.refusal(event, turn.knowledge.limits) is None
    line = Line(
        seq=turn.seq,
        at=turn.at,
        who="person",
        name=event.who.name,
        text=shortened(words, LINE),
        item=item if taken else None,
    )
    if isinstance(event, Edited):
        turn.renote(item, words)
        if any(_same(each, event) for each in flood.kept):
            kept = tuple(line if _same(each, event) else each for each in flood.kept)
            turn.conversation = replace(turn.conversation, flood=replace(flood, kept=kept))
            return None
        line = replace(line, text=shortened(f"✏️ {words}", LINE))
    if len(flood.kept) >= KEPT:
        turn.conversation = replace(
            turn.conversation, flood=replace(flood, dropped=flood.dropped + 1)
        )
        return None
    turn.conversation = replace(turn.conversation, flood=replace(flood, kept=(*flood.kept, line)))
    return None


def _same(line: Line, event: Sent) -> bool:
    return line.item is not None and line.item.ref == event.ref


def over(turn: Turn) -> None:
    """The silence ends: the agents are given what came in it."""
    flood = turn.conversation.flood
    if flood is None or flood.until is None:
        return
    turn.conversation = replace(turn.conversation, flood=None)
    turn.order(timers.wake(timers.Mute(), None))
    if turn.ticket is not None:
        _hand_over(turn, flood)
    elif flood.kept:
        count = len(flood.kept) + flood.dropped
        again = fill(turn.talk.unread, count=count)
        flow.repeat(turn, again) if turn.progress is not None else turn.say(again)


def _hand_over(turn: Turn, flood: Flood) -> None:
    now, staff = turn.ticket, turn.knowledge.texts.staff
    assert now is not None
    for line in flood.kept:
        turn.note("person", line.name, line.text, line.item)
    if flood.kept:
        count = len(flood.kept) + flood.dropped
        texts = (private.hidden(line.text) for line in flood.kept)
        lines = Html("\n".join(fill("{text}", text=text) for text in texts))
        lost = fill(staff.flood_cut, count=flood.dropped) if flood.dropped else ""
        turn.tell_room(now, joined(fill(staff.flood, count=count), lines, lost))
    files = [line.item for line in flood.kept if line.item and line.item.what != "text"]
    for items in albums(files):
        turn.order(Relay(to=Room(now.number, now.tier), items=items))
    if flood.dropped:
        turn.say(fill(turn.talk.not_passed, count=flood.dropped))
