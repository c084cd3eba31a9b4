"""One event being decided: gathers the new case and the effects, and is gone when it is done.

`decide` is pure although a `Turn` is not frozen: no turn outlives the call that made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.content.knowledge import Knowledge
from bot.core.model.case import Case, Line, Ticket
from bot.core.model.effects import Buttons, Chat, Edit, Effect, Respond, Room, Send
from bot.core.model.message import Item, Ref
from bot.core.text.render import escaped, pages, plain
from bot.core.values import fields
from bot.core.values.fields import Context, Value
from bot.matching import Candidate, Verdict

TALK_LINES = 40
HISTORY_LINES = 500


@dataclass(frozen=True, slots=True)
class Decision:
    case: Case
    effects: tuple[Effect, ...]


def stored(item: Item, text: str) -> Item:
    """The item as a line keeps it: words that its `text` says as well are not kept twice."""
    return replace(item, html="") if item.html == escaped(text) else item


class Turn:
    """What the parts of the core share while they decide one event.

    `at` is when it happened, `now` when the desk took it in: from then on is waited. `message` is
    the number of the person's message that it is about, or of the one whose button they pressed.
    """

    def __init__(
        self, case: Case, seq: int, at: datetime, knowledge: Knowledge, now: datetime | None = None
    ) -> None:
        self.case = case
        self.seq = seq
        self.at = at
        self.now = now or at
        self.knowledge = knowledge
        self.talk = knowledge.texts.talk
        self.effects: list[Effect] = []
        self.message = 0
        self.press: str | None = None
        self.pressed = False
        self._considered: dict[str, tuple[Verdict, list[Candidate]]] = {}
        self._values: dict[str, Mapping[str, Value]] = {}

    @property
    def ticket(self) -> Ticket | None:
        return self.case.ticket

    def named(self, number: str) -> Ticket:
        """The case's ticket with this number, as it stands now."""
        ticket = self.case.named(number)
        assert ticket is not None
        return ticket

    @property
    def context(self) -> Context:
        """What reading a value depends on beside its text."""
        return Context(self.at, self.knowledge.vocabulary)

    @property
    def chat(self) -> Chat:
        return Chat(self.case.chat, thread=self.case.thread)

    def consider(self, text: str) -> tuple[Verdict, list[Candidate]]:
        """The matcher's verdict on a text and the candidates from which it comes.

        Several rules may ask it of one message; matching is the dearest part of a turn.
        """
        if text not in self._considered:
            self._considered[text] = self.knowledge.matcher.consider(text)
        return self._considered[text]

    def values(self, text: str) -> Mapping[str, Value]:
        """The values of fields that a text tells, by field id; several rules may ask for them."""
        if text not in self._values:
            known = tuple(self.knowledge.fields.values())
            self._values[text] = fields.recognise(text, known, self.context)
        return self._values[text]

    def decision(self) -> Decision:
        """What was decided. Nothing goes to somebody who blocked the bot: it would be refused."""
        effects = self.effects
        if self.case.blocked:
            effects = [e for e in effects if not isinstance(getattr(e, "to", None), Chat)]
        return Decision(self.case, tuple(effects))

    def update(self, **changes: Any) -> None:
        self.case = replace(self.case, **changes)

    def put(self, ticket: Ticket) -> Ticket:
        """The case with this ticket in the place of its older self, or added."""
        others = tuple(t for t in self.case.tickets if t.number != ticket.number)
        self.update(tickets=(*others, ticket))
        return ticket

    def order(self, effect: Effect) -> None:
        self.effects.append(effect)

    def say(self, text: str, buttons: Buttons = (), key: str = "") -> None:
        """Tell the person `text` (HTML), in as many messages as it needs."""
        *first, last = pages(text)
        for page in first:
            self.order(Send(to=self.chat, text=page))
        self.order(Send(to=self.chat, text=last, buttons=buttons, key=key))
        self.note("desk", "", plain(text))

    def tell_room(self, ticket: Ticket, text: str, buttons: Buttons = (), key: str = "") -> None:
        """Tell the agents in the ticket's room `text` (HTML)."""
        room = Room(ticket.number, ticket.tier)
        *first, last = pages(text)
        for page in first:
            self.order(Send(to=room, text=page))
        self.order(Send(to=room, text=last, buttons=buttons, key=key))

    def respond(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the press that is being decided; only the first answer counts."""
        if self.press is not None:
            self.order(Respond(to=self.chat, query=self.press, text=plain(text), alert=alert))
            self.press = None

    def strip(self, key: str, text: str = "") -> None:
        """Take the buttons off the desk's message `key`, of several pages the last."""
        *_, last = pages(text)
        self.order(Edit(to=self.chat, key=key, text=last))

    def note(self, who: Any, name: str, text: str, item: Item | None = None) -> None:
        """Add a line to the talk, and to the open ticket's history."""
        at = self.now if who == "desk" else self.at
        line = Line(at, who, name, text, item and stored(item, text))
        if who != "note":
            self.update(talk=(*self.case.talk, line)[-TALK_LINES:])
        if self.ticket is not None:
            history = (*self.ticket.talk, line)[-HISTORY_LINES:]
            self.put(replace(self.ticket, talk=history))

    def noted(self, ref: Ref) -> Line | None:
        """The line that message `ref` is: in the talk, in a ticket's history, or put aside."""
        aside = self.case.flood.kept if self.case.flood else ()
        histories = (ticket.talk for ticket in reversed(self.case.tickets))
        talks = (aside, self.case.talk, *histories)
        lines = (line for talk in talks for line in reversed(talk))
        return next((line for line in lines if line.item and line.item.ref == ref), None)

    def renote(self, item: Item, text: str) -> None:
        """Its message is `item` and reads `text` now, in the talk and in the histories."""

        def edited(talk: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(
                replace(line, text=text, item=stored(item, text))
                if line.item and line.item.ref == item.ref
                else line
                for line in talk
            )

        tickets = tuple(replace(t, talk=edited(t.talk)) for t in self.case.tickets)
        self.update(talk=edited(self.case.talk), tickets=tickets)
