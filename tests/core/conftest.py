"""The desk's own fields, short ways to read with them, and a talk played event by event."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.app.load import folder
from bot.core.content.knowledge import Field, Knowledge
from bot.core.content.vocabulary import Vocabulary
from bot.core.decide import decide
from bot.core.model.agents import Board
from bot.core.model.conversation import Conversation, Draft
from bot.core.model.effects import (
    Button,
    Chat,
    Edit,
    Effect,
    Group,
    React,
    Read,
    Relay,
    Respond,
    Room,
    Send,
    WakeAt,
)
from bot.core.model.events import (
    Attached,
    Blocked,
    Consulted,
    Edited,
    Event,
    Extracted,
    Pressed,
    Replied,
    Said,
    Undeliverable,
    Woke,
)
from bot.core.model.extract import Extract
from bot.core.model.message import Item, Line, Person, Ref, What
from bot.core.model.record import Record
from bot.core.model.state import Needs
from bot.core.model.ticket import Ticket
from bot.core.needs import needs
from bot.core.text.render import fill, plain
from bot.core.turn import Turn
from bot.core.values.fields import Context, Refused, Value, parse, recognise
from tests.core.memory import Memory
from tests.core.promises import Stands

TUESDAY_AFTERNOON = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""14:00 in Beijing on Tuesday 24 November 2026."""

TAXPAYER = Person("telegram:100", "王<i>芳", "wang")
AGENT = Person("telegram:7", "小李")
COLLEAGUE = Person("telegram:8", "周工")
GROUPS = tuple(f"telegram:-{1000 + n}" for n in range(9))
"""The groups of the tiers, the lowest first."""

SCREENSHOT = Extract("picture")
"""A picture without any code."""

STEPS = 40
"""More than any flow has."""


class Talk:
    """A conversation, and everything that happened in it: each method is one event, decided.

    The views tell of what followed from the last thing that happened: `said` is what the person
    read, `room` what the agents read, `relayed` what was copied, `responses` how the press was
    answered. `timers` are those now set.
    """

    def __init__(self, knowledge: Knowledge, at: datetime) -> None:
        self.knowledge = knowledge
        self.texts = knowledge.texts.talk
        self.staff = knowledge.texts.staff
        self.service = knowledge.texts.service
        self.informed = knowledge.texts.progress
        self.agents = knowledge.texts.agents
        self.start = Conversation(
            id="conversation:telegram:100", address=TAXPAYER.address, person=TAXPAYER
        )
        self.memory = Memory(self.start)
        self.at = at
        self.messages = 0
        self.events: list[Event] = []
        self.turns: list[tuple[Effect, ...]] = []
        self.records: list[tuple[Record, ...]] = []
        self.latest = 0
        self.timers: dict[str, datetime] = {}

    @property
    def effects(self) -> tuple[Effect, ...]:
        return tuple(effect for effects in self.turns[self.latest :] for effect in effects)

    @property
    def recorded(self) -> list[tuple[str, str]]:
        """Kind and what of all that happened in the last turn."""
        records = (each for some in self.records[self.latest :] for each in some)
        return [(each.kind, each.what) for each in records]

    def record(self, kind: str) -> Record:
        """The latest record of this kind."""
        every = [each for some in self.records for each in some if each.kind == kind]
        return every[-1]

    @property
    def conversation(self) -> Conversation:
        """The conversation as it stands."""
        return self.memory.conversation

    @property
    def draft(self) -> Draft:
        return self.conversation.draft

    @property
    def tickets(self) -> tuple[Ticket, ...]:
        """Every ticket of the person, the oldest first."""
        return tuple(self.memory.tickets.values())

    @property
    def ticket(self) -> Ticket:
        """The ticket opened last, or open now."""
        return self.memory.ticket or max(self.tickets, key=lambda t: (t.opened_at, t.number))

    @property
    def history(self) -> list[Line]:
        """All that was said, as it was said."""
        return self.memory.lines

    @property
    def lines(self) -> tuple[Line, ...]:
        """The ticket's history as it reads now."""
        return self.memory.history(self.ticket)

    @property
    def stands(self) -> Stands:
        """All that could change."""
        return Stands(self.conversation, self.tickets, len(self.history))

    @property
    def promises(self) -> dict[str, datetime]:
        """The timers that are now set, but for those of clocks and of words of progress."""
        passing = ("clock:", "progress:")
        return {what: at for what, at in self.timers.items() if not what.startswith(passing)}

    def turn(self) -> Turn:
        """Nothing in particular being decided now."""
        number = self.ticket.number if self.tickets else ""
        state = self.memory.state(Needs(history=number, ticket=number))
        return Turn(state, len(self.events), self.at, self.knowledge)

    # what happens

    def happens(self, kind: Callable[..., Event], **facts: Any) -> None:
        self.decided(kind(seq=len(self.events) + 1, at=self.at, **facts))

    def decided(self, event: Event) -> None:
        decision = decide(self.memory.state(needs(event)), event, self.knowledge)
        self.latest = len(self.turns)
        self.events.append(event)
        self.turns.append(decision.effects)
        self.records.append(decision.records)
        self.memory.keep(decision)
        for effect in decision.effects:
            if isinstance(effect, WakeAt):
                self.timers.pop(effect.what, None)
                if effect.at is not None:
                    self.timers[effect.what] = effect.at

    def new_ref(self, chat: str = TAXPAYER.address) -> Ref:
        self.messages += 1
        return Ref(chat, self.messages)

    def passes(self, hours: float = 0, seconds: float = 0) -> None:
        self.at += timedelta(hours=hours, seconds=seconds)

    def wakes(self, what: str) -> None:
        """Let it be the time of this timer, which must be set."""
        self.at = max(self.at, self.timers.pop(what))
        self.happens(Woke, what=what)
        self.reads(SCREENSHOT)

    def goes_on(self, *, until: str, by: str) -> None:
        """Say the same again until a step is asked."""
        for _ in range(STEPS):
            if self.asked == until:
                return
            self.says(by)
        raise AssertionError(f"{until} is never asked, the last was {self.asked}")

    def says(self, text: str, reply_to: Ref | None = None) -> Ref:
        ref = self.new_ref()
        self.happens(Said, who=TAXPAYER, ref=ref, text=text, reply_to=reply_to)
        return ref

    def happens_late(self, said_at: datetime, text: str) -> None:
        """What the person wrote then is taken in now."""
        event = Said(
            seq=len(self.events) + 1,
            at=said_at,
            taken_at=self.at,
            who=TAXPAYER,
            ref=self.new_ref(),
            text=text,
        )
        self.decided(event)

    def attaches(
        self,
        what: What = "photo",
        text: str = "",
        album: str | None = None,
        says: Extract = SCREENSHOT,
    ) -> Item:
        """Send something; if it is a file it is read at once, and `says` that."""
        item = Item(self.new_ref(), what, file=f"file-{self.messages}", html=text)
        self.happens(Attached, who=TAXPAYER, ref=item.ref, item=item, text=text, album=album)
        self.reads(says)
        return item

    def reads(self, *extracts: Extract) -> None:
        """What the last turn ordered to read is read; its turn counts as one with that."""
        for order in [effect for effect in self.effects if isinstance(effect, Read)]:
            before = self.latest
            self.happens(Extracted, items=order.items, text=order.text, extracts=extracts)
            self.latest = before

    def edits(self, ref: Ref, text: str) -> Item:
        item = Item(ref, "text", html=text)
        self.happens(Edited, who=TAXPAYER, ref=ref, item=item, text=text)
        return item

    def presses(self, button: Button | str) -> None:
        """Press a button of the person's, by its label or one that was kept."""
        data = self.button(button).data if isinstance(button, str) else button.data
        self.happens(Pressed, who=TAXPAYER, ref=self.new_ref(), data=data, query="q")

    def blocks(self, blocked: bool = True) -> None:
        self.happens(Blocked, who=TAXPAYER, ref=self.new_ref(), blocked=blocked)

    def loses(self, effect: Effect, reason: str, detail: str = "") -> None:
        """An effect turns out to be undeliverable."""
        self.happens(Undeliverable, effect=effect, reason=reason, detail=detail)

    def agent(
        self, what: Any, who: Person = AGENT, member: bool = True, tier: str = "", **facts: Any
    ) -> Ref:
        """An agent does something in the ticket's room, or in that of `tier`."""
        tier = tier or self.ticket.tier
        ids = [t.id for t in self.knowledge.tiers.tiers]
        ref = facts.pop("ref", None) or self.new_ref(GROUPS[ids.index(tier)])
        happened = what(seq=len(self.events) + 1, at=self.at, who=who, ref=ref, group=True, **facts)
        self.happens(Replied, ticket=self.ticket.number, tier=tier, member=member, what=happened)
        return ref

    def agent_says(self, text: str, **facts: Any) -> Ref:
        return self.agent(Said, text=text, **facts)

    def consults(
        self, text: str, board: Board | None = None, who: Person = AGENT, **facts: Any
    ) -> str:
        """An agent asks the desk; what they are answered from such a board, as HTML."""
        facts = {"tiers": ("frontline",), "member": True, "thread": None, **facts}
        ref, thread = self.new_ref(GROUPS[0]), facts.pop("thread")
        seq = len(self.events) + 1
        said = Said(seq=seq, at=self.at, who=who, ref=ref, text=text, group=True, thread=thread)
        event = Consulted(seq=seq, at=self.at, what=said, **facts)
        decision = decide(board or Board(), event, self.knowledge)
        self.events.append(event)
        self.latest = len(self.turns)
        self.turns.append(decision.effects)
        self.records.append(decision.records)
        (answer,) = (e for e in decision.effects if isinstance(e, Send | React))
        about = answer.reply_to if isinstance(answer, Send) else answer.ref
        assert (answer.to, about) == (Group(facts["tiers"][0], thread), ref)
        assert isinstance(answer, React) or answer.only == who.alone
        return answer.text

    def agent_attaches(self, text: str = "", album: str | None = None, **facts: Any) -> Item:
        ref, one = self.new_ref(GROUPS[0]), album or ""
        item = Item(ref, "photo", file=f"file-{self.messages}", html=text, album=one)
        self.agent(Attached, item=item, text=text, album=album, ref=item.ref, **facts)
        return item

    def agent_presses(self, button: Button | str, **facts: Any) -> None:
        data = self.button(button, Room).data if isinstance(button, str) else button.data
        self.agent(Pressed, data=data, query="q", **facts)

    # what follows

    def sent(self, place: type[Chat | Room], turns: slice | None = None) -> Iterator[Send | Edit]:
        for effects in reversed(self.turns[turns or slice(self.latest, None)]):
            for effect in reversed(effects):
                if isinstance(effect, Send | Edit) and isinstance(effect.to, place):
                    yield effect

    def button(self, label: str, place: type[Chat | Room] = Chat) -> Button:
        """The latest button there with this label."""
        found = (
            button
            for effect in self.sent(place, slice(None))
            for row in effect.buttons
            for button in row
            if button.label == label
        )
        return next(found)

    @property
    def said(self) -> str:
        return "\n".join(plain(e.text) for e in self.sent(Chat) if isinstance(e, Send))

    @property
    def room(self) -> str:
        return "\n".join(plain(effect.text) for effect in self.sent(Room))

    @property
    def relayed(self) -> list[Relay]:
        return [effect for effect in self.effects if isinstance(effect, Relay)]

    @property
    def marks(self) -> list[tuple[Ref, str, str]]:
        """Which messages were reacted to, with what, and what is said where that cannot be."""
        marks = (effect for effect in self.effects if isinstance(effect, React))
        return [(mark.ref, mark.sign, plain(mark.text)) for mark in marks]

    @property
    def responses(self) -> list[Respond]:
        return [effect for effect in self.effects if isinstance(effect, Respond)]

    def voiced(self, item: Item, who: Person | None = AGENT) -> Item:
        """An agent's message as the person reads it: under the name of who writes, or without a
        name where that one wrote before.
        """
        first = who and fill(self.informed.agent_first, owner=who.name)
        return replace(item, lead=first or f"{self.informed.agent_again} ")

    @staticmethod
    def told(text: str, **values: object) -> str:
        """One of the authors' texts as its reader sees it."""
        return plain(fill(text, **values))

    @staticmethod
    def told_html(text: str, **values: object) -> str:
        """One of the authors' texts as it is sent."""
        return fill(text, **values)

    @property
    def asked(self) -> str:
        """The step of the question that waits for its answer, as `flow/step`; "" if none."""
        progress = self.conversation.progress
        return f"{progress.flow}/{progress.step}" if progress else ""

    # short ways

    def chooses(self, option: str) -> None:
        """Press this option of the current question, or number of its choices."""
        data = (f"opt:{self.conversation.turn}:{option}", f"val:{self.conversation.turn}:{option}")
        offered = (b for e in self.sent(Chat, slice(None)) for row in e.buttons for b in row)
        self.presses(next(button for button in offered if button.data in data))

    def is_told_a_remedy(self, opening: str = "昨天开的发票查不到") -> None:
        """Open with this, and want no more questions: `is-just-issued` is told."""
        self.says(opening)
        self.says("别问了直接说怎么办")

    def knows(self) -> dict[str, str]:
        """What the flow has been told so far, of choices and options their labels."""
        flows, fields = self.knowledge.flows.values(), self.knowledge.fields
        labels = {(s.id, o.id): o.label for f in flows for s in f.steps.values() for o in s.options}
        labels |= {(f.id, c.id): c.label for f in fields.values() for c in f.choices}
        slots = self.draft.slots
        return {key: labels.get((key, slot.text), slot.text) for key, slot in slots.items()}

    def gets_a_ticket(self, claimed: bool = False) -> Ticket:
        self.says("/human")
        self.presses(self.texts.button_human_now)
        if claimed:
            self.agent_presses(self.staff.button_claim)
        return self.ticket


@pytest.fixture(scope="session")
def new_talk(knowledge: Knowledge, at: datetime) -> Callable[[], Talk]:
    return lambda: Talk(knowledge, at)


@pytest.fixture
def talk(new_talk: Callable[[], Talk]) -> Talk:
    return new_talk()


@pytest.fixture(scope="session")
def at() -> datetime:
    return TUESDAY_AFTERNOON


@pytest.fixture(scope="session")
def fields() -> Mapping[str, Field]:
    with (folder() / "fields.toml").open("rb") as file:
        blocks = tomllib.load(file)["fields"]
    return {f.id: f for f in TypeAdapter(tuple[Field, ...]).validate_python(blocks)}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    with (folder() / "vocabulary.toml").open("rb") as file:
        return TypeAdapter(Vocabulary).validate_python(tomllib.load(file))


@pytest.fixture(scope="session")
def context(vocabulary: Vocabulary, at: datetime) -> Context:
    return Context(at, vocabulary)


@pytest.fixture(scope="session")
def read(fields: Mapping[str, Field], context: Context) -> Callable[[str, str], Value | Refused]:
    return lambda field, given: parse(fields[field], given, context)


@pytest.fixture(scope="session")
def outcome(
    read: Callable[[str, str], Value | Refused], fields: Mapping[str, Field]
) -> Callable[[str, str], str]:
    """The canonical text of an answer, of a choice its label, or the reason for a refusal."""

    def told(field: str, given: str) -> str:
        answer = read(field, given)
        if isinstance(answer, Refused):
            return answer.reason
        return fields[field].labels.get(answer.text, answer.text)

    return told


@pytest.fixture(scope="session")
def found(fields: Mapping[str, Field], context: Context) -> Callable[[str], dict[str, str]]:
    """What a free text tells, by field, of a choice its label."""
    return lambda text: {
        field: fields[field].labels.get(value.text, value.text)
        for field, value in recognise(text, tuple(fields.values()), context).items()
    }
