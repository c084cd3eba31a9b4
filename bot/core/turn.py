"""One event being decided: gathers what changes and the effects, and is gone when it is done.

`decide` is pure although a `Turn` is not frozen: no turn outlives the call that made it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from bot.core.content.knowledge import Knowledge
from bot.core.model.conversation import Conversation, Draft, Progress
from bot.core.model.effects import Buttons, Chat, Edit, Effect, Outgoing, Respond, Room, Send
from bot.core.model.message import Item, Line, Ref, Who
from bot.core.model.record import Record
from bot.core.model.state import Decision, State
from bot.core.model.ticket import Ticket
from bot.core.text import clock, private
from bot.core.text.render import Html, escaped, joined, pages, plain
from bot.core.understanding import Understood
from bot.core.values.fields import Context

K = TypeVar("K")
Mark = tuple[Conversation, dict[str, Ticket], int, int, int]
"""Where a turn stands: the conversation, the tickets, how many effects, lines and records."""


def stored(item: Item, text: str) -> Item:
    """The item as a line keeps it: words that its `text` says as well are not kept twice."""
    return replace(item, html="") if item.html == escaped(text) else item


class Turn:
    """What the parts of the core share while they decide one event.

    `at` is when it happened, `now` when the desk took it in: from then on is waited. `message` is
    the number of the person's message that it is about, or of the one whose button they pressed.
    `tentative`: the next message may well make something else of what was decided so far.
    `foreword` (HTML) is told before whatever is said next. `banned`: it is about what a person
    says who may not write to agents now.
    """

    def __init__(
        self,
        state: State,
        seq: int,
        at: datetime,
        knowledge: Knowledge,
        now: datetime | None = None,
    ) -> None:
        self.state = state
        self.conversation = state.conversation
        self.tickets = dict(state.tickets)
        self.seq = seq
        self.at = at
        self.now = now or at
        self.knowledge = knowledge
        self.talk = knowledge.texts.talk
        self.effects: list[Effect] = []
        self.lines: list[Line] = []
        self.records: list[Record] = []
        self.message = 0
        self.press: str | None = None
        self.pressed = False
        self.tentative = False
        self.foreword = Html()
        self.banned = False
        self._understood: dict[str, Understood] = {}

    @property
    def ticket(self) -> Ticket | None:
        """The ticket that is not closed; there is at most one. What a person who is banned says is
        of none.
        """
        return None if self.banned else self._unclosed

    @property
    def _unclosed(self) -> Ticket | None:
        return next((each for each in self.tickets.values() if each.status != "closed"), None)

    @property
    def number(self) -> str:
        """The number of that ticket; "" where there is none."""
        return self.ticket.number if self.ticket else ""

    def named(self, number: str) -> Ticket:
        """The ticket with this number, as it stands now."""
        return self.tickets[number]

    @property
    def draft(self) -> Draft:
        return self.conversation.draft

    @draft.setter
    def draft(self, draft: Draft) -> None:
        self.conversation = replace(self.conversation, draft=draft)

    @property
    def progress(self) -> Progress | None:
        return self.conversation.progress

    @progress.setter
    def progress(self, progress: Progress | None) -> None:
        self.conversation = replace(self.conversation, progress=progress)

    @property
    def context(self) -> Context:
        """What reading a value depends on beside its text."""
        return Context(self.at, self.knowledge.vocabulary)

    @property
    def urgent(self) -> bool:
        """Whether the person was told of a deadline that is near and has not passed."""
        deadline = self.conversation.deadline
        return deadline is not None and deadline.near and clock.day(self.at) <= deadline.day

    @property
    def chat(self) -> Chat:
        return Chat(self.conversation.address, thread=self.conversation.thread)

    def understood(self, text: str) -> Understood:
        """What a text says; several acts may ask for one, and it is read once."""
        known = self._understood.get(text)
        if known is None:
            known = self._understood[text] = Understood(text, self.at, self.knowledge)
        return known

    def mark(self) -> Mark:
        """What was decided so far, to come back to."""
        done = len(self.effects), len(self.lines), len(self.records)
        return self.conversation, dict(self.tickets), *done

    def undo(self, mark: Mark) -> None:
        """Decide nothing of what was decided since."""
        self.conversation, self.tickets, effects, lines, records = mark
        del self.effects[effects:], self.lines[lines:], self.records[records:]
        self.tentative, self.foreword = False, Html()

    def decision(self) -> Decision:
        """What was decided. Nothing goes to somebody who blocked the bot: it would be refused."""
        effects = self.effects
        if self.conversation.blocked:
            effects = [
                e for e in effects if not (isinstance(e, Outgoing) and isinstance(e.to, Chat))
            ]
        return Decision(
            conversation=self.conversation,
            tickets=tuple(self.changed()),
            lines=tuple(self.lines),
            records=tuple(self.records),
            effects=tuple(effects),
        )

    def changed(self) -> list[Ticket]:
        """The tickets that are not as they were."""
        before = self.state.tickets
        return [each for number, each in self.tickets.items() if each is not before.get(number)]

    def put(self, ticket: Ticket) -> Ticket:
        """This ticket in the place of its older self, or a new one."""
        self.tickets[ticket.number] = ticket
        return ticket

    def order(self, effect: Effect) -> None:
        self.effects.append(effect)

    def record(self, record: Record) -> None:
        """Keep that this happened."""
        self.records.append(record)

    def say(self, text: str, buttons: Buttons = (), key: str = "") -> None:
        """Tell the person `text` (HTML), in as many messages as it needs."""
        *first, last = pages(text := self.introduced(text))
        for page in first:
            self.order(Send(to=self.chat, text=page))
        self.order(Send(to=self.chat, text=last, buttons=buttons, key=key))
        self.note("desk", "", plain(text))

    def introduced(self, text: str) -> Html:
        """The text (HTML) under the foreword, which is told with it."""
        foreword, self.foreword = self.foreword, Html()
        return joined(foreword, text)

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

    def note(
        self,
        who: Who,
        name: str,
        text: str,
        item: Item | None = None,
    ) -> None:
        """Add a line to the history, which is that of the open ticket as well."""
        at = self.now if who == "desk" else self.at
        ticket = self.ticket if who == "person" else self._unclosed
        kept = item and stored(item, text)
        number = ticket.number if ticket else ""
        line = Line(seq=self.seq, at=at, who=who, name=name, text=text, item=kept, ticket=number)
        self.lines.append(line)
        if who == "person" and ticket is None and not self.draft.begun:
            self.draft = replace(self.draft, begun=self.seq)
        if who != "note":
            self.conversation = replace(self.conversation, heard_at=at)
        if ticket is not None and who != "desk":
            self.put(_noted(ticket, line))

    def joins(self, number: str) -> None:
        """What the person said in this event is of the ticket with this number."""
        self.lines = [
            replace(line, ticket=number) if line.who == "person" and not line.ticket else line
            for line in self.lines
        ]

    def tail(self) -> list[Line]:
        """The last lines of people as they read now, oldest first."""
        new = (line for line in self.lines if line.who in PEOPLE)
        return self._as_they_read([*self.state.tail, *(line for line in new if not line.edit)])

    def history(self) -> list[Line]:
        """Every line of the ticket whose history the event needs, as it reads now."""
        new = (line for line in self.lines if not line.edit)
        return self._as_they_read([*self.state.history, *new])

    def _as_they_read(self, lines: list[Line]) -> list[Line]:
        """Lines in their places, with what was made of them in this event."""
        edits = {(line.ref, line.who): line for line in self.lines if line.edit}
        return [edits.get((line.ref, line.who), line) if line.ref else line for line in lines]

    def noted(self, ref: Ref) -> Line | None:
        """The line that message `ref` is, as it reads now: kept, or put aside in a silence."""
        aside = self.conversation.flood.kept if self.conversation.flood else ()
        new = (line for line in reversed((*aside, *self.lines)) if line.ref == ref)
        return next(new, self.state.lines.get(ref))

    def renote(self, item: Item, text: str) -> None:
        """Its message is `item` and reads `text` now."""
        old = self.noted(item.ref)
        if old is not None:
            kept = stored(item, text)
            self.lines.append(replace(old, seq=self.seq, text=text, item=kept, edit=True))


def on(kind: type[K], act: Callable[[Turn, K], object]) -> tuple[Any, Any]:
    """A row of a table of acts by class; the type checker sees that the act takes that class."""
    return kind, act


PEOPLE = ("person", "agent")
"""Who says what a card shows: what the desk asks shows in the fields and steps."""


def _noted(ticket: Ticket, line: Line) -> Ticket:
    """The ticket after a line of its history; the same where it tells nothing new of it."""
    if line.who in PEOPLE and not ticket.private and private.find(line.text):
        ticket = replace(ticket, private=True)
    if line.who == "agent":
        first, waiting = ticket.first_reply_at or line.at, ticket.waiting
        waiting = waiting and waiting.answered()
        ticket = replace(ticket, first_reply_at=first, replied_at=line.at, waiting=waiting)
    return ticket
