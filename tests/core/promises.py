"""What holds after every event, whatever happened before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from bot.core.content.knowledge import Knowledge
from bot.core.model.conversation import Conversation
from bot.core.model.effects import (
    Amend,
    Buttons,
    Chat,
    Edit,
    Effect,
    Forget,
    Relay,
    Respond,
    Room,
    Send,
    Thin,
    Topic,
    WakeAt,
)
from bot.core.model.events import Event, Pressed, Replied, Said
from bot.core.model.message import Ref
from bot.core.model.record import Record
from bot.core.model.ticket import Slot, Ticket
from bot.core.text.private import hidden
from bot.core.text.render import plain, units
from bot.core.tickets.lifecycle import STARS
from bot.core.tickets.transitions import TRANSITIONS

TEXT_LIMIT, TOAST_LIMIT, TITLE_LIMIT, DATA_LIMIT, ALBUM_LIMIT = 4096, 200, 128, 64, 10
BUTTONS_LIMIT = 100
ONE_STEP = {(before, after) for (before, _), after in TRANSITIONS.items()}
TWO_STEPS = ONE_STEP | {(a, c) for (a, b), (x, c) in product(ONE_STEP, repeat=2) if b == x}


@dataclass(frozen=True, slots=True)
class Stands:
    """How all stands between two events; `said` counts the lines of the history."""

    conversation: Conversation
    tickets: tuple[Ticket, ...]
    said: int

    def named(self, number: str) -> Ticket | None:
        """The ticket with this number."""
        return next((each for each in self.tickets if each.number == number), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """One event decided: how all stood before and after it, and what was ordered."""

    before: Stands
    event: Event
    after: Stands
    effects: tuple[Effect, ...]
    records: tuple[Record, ...]


@dataclass(slots=True)
class Promises:
    """Remembers what it must over a whole history, and looks at every turn."""

    knowledge: Knowledge
    numbers: set[str] = field(default_factory=set)
    rooms: set[Room] = field(default_factory=set)
    keys: set[tuple[object, str]] = field(default_factory=set)
    notes: set[Ref] = field(default_factory=set)

    def look(self, turn: Turn) -> None:
        self.tickets(turn)
        self.recorded(turn)
        self.strangers(turn)
        self.slots(turn)
        self.flow(turn)
        self.answers(turn)
        for effect in turn.effects:
            self.wellformed(effect)
            self.placed(turn, effect)
        self.timers(turn)
        self.erased(turn)

    def tickets(self, turn: Turn) -> None:
        """One open ticket; numbers never used twice; only the table's steps; tiers only rise."""
        tickets, tiers = turn.after.tickets, [tier.id for tier in self.knowledge.tiers.tiers]
        assert sum(ticket.status != "closed" for ticket in tickets) <= 1
        assert len({ticket.number for ticket in tickets}) == len(tickets)
        for ticket in tickets:
            old = turn.before.named(ticket.number)
            assert (ticket.owner is None) >= (ticket.status == "new")
            if ticket.status in ("open", "pending", "resolved"):
                assert ticket.owner is not None
            if ticket.status != "closed":  # which keeps what it was closed with
                assert (ticket.asked is not None) == (ticket.status == "pending")
            if old is None:
                assert ticket.number not in self.numbers
                assert ticket.status == "new"
                self.numbers.add(ticket.number)
                continue
            self.step(turn, old, ticket)
            assert tiers.index(old.tier) <= tiers.index(ticket.tier) <= tiers.index(old.tier) + 1
            assert ticket.opened_at == old.opened_at
        assert turn.after.said >= turn.before.said or any(
            isinstance(effect, Forget | Thin) for effect in turn.effects
        )
        gone = {t.number for t in turn.before.tickets} - {t.number for t in tickets}
        assert not gone or any(isinstance(effect, Forget) for effect in turn.effects)

    def recorded(self, turn: Turn) -> None:
        """Every change of a ticket's status, tier and owner has its row, and no row is of none;
        nothing private stands in one, and as a value no word that somebody wrote.
        """
        before = {ticket.number: stood(ticket) for ticket in turn.before.tickets}
        ids = values(self.knowledge)
        for row in turn.records:
            assert hidden(str(row)) == str(row)
            assert row.value in ids
            if row.kind == "ticket":
                assert (row.from_status, row.from_tier) == before.get(row.ticket, ("", ""))[:2]
                before[row.ticket] = (row.to_status, row.to_tier, row.owner)
        if any(isinstance(effect, Forget) for effect in turn.effects):
            assert {status for status, *_ in before.values()} <= {"closed"}
        else:
            assert before == {ticket.number: stood(ticket) for ticket in turn.after.tickets}

    def step(self, turn: Turn, old: Ticket, now: Ticket) -> None:
        moves = (
            TWO_STEPS
            if isinstance(turn.event, Replied) or turn.before.conversation.albums
            else ONE_STEP
        )
        assert old.status == now.status or (old.status, now.status) in moves
        if old.owner is not None and now.owner is not None and not takes_over(turn.event):
            same = old.owner.address == now.owner.address
            assert same, "a ticket passes to another by `new` or a press"
        if old.tier != now.tier:
            assert (now.status, now.owner) == ("new", None)

    def strangers(self, turn: Turn) -> None:
        """Who is no member, or not the owner, changes nothing of whose ticket it is."""
        if not isinstance(turn.event, Replied):
            return
        old, who = turn.before.named(turn.event.ticket), turn.event.what.who
        if old is None:
            return
        now = turn.after.named(old.number)
        assert now is not None
        owned = old.owner is not None and old.owner.address != who.address
        over = old.status == "closed" and not reopens(turn.event)
        elsewhere = turn.event.tier != old.tier or over
        if takes_over(turn.event) and turn.event.member and not elsewhere:
            return
        if not turn.event.member or owned or elsewhere:
            same = (old.status, old.tier, old.owner, old.asked, dict(old.slots))
            assert same == (now.status, now.tier, now.owner, now.asked, dict(now.slots))
            reached = [
                e
                for e in turn.effects
                if isinstance(e, Relay) and e.to == Chat(turn.after.conversation.address)
            ]
            assert not reached or turn.before.conversation.albums

    def slots(self, turn: Turn) -> None:
        """Only fields, facts and steps are filled, a field with a value of its kind."""
        for slots in (
            turn.after.conversation.draft.slots,
            *(ticket.slots for ticket in turn.after.tickets),
        ):
            self.filled(slots)
        known = self.knowledge.fields.keys() | self.knowledge.diagnosis.facts.keys()
        assert set(turn.after.conversation.draft.skipped) <= known

    def filled(self, slots: Mapping[str, Slot]) -> None:
        options = {
            step.id: {option.id for option in step.options}
            for flow in self.knowledge.flows.values()
            for step in flow.steps.values()
        }
        for name, slot in slots.items():
            known = self.knowledge.fields.get(name)
            assert slot.text.strip()
            assert known is not None or slot.text in options[name]
            if known is not None and known.choices:
                assert slot.text in known.labels
            assert slot.warning is None or slot.warning in self.knowledge.texts.fields

    def flow(self, turn: Turn) -> None:
        """A question that waits exists, and so does the way back; its number only grows."""
        case = turn.after.conversation
        erased = any(isinstance(effect, Forget) for effect in turn.effects)
        assert case.turn >= turn.before.conversation.turn or erased
        if case.progress is not None:
            places = [*case.progress.trail, f"{case.progress.flow}/{case.progress.step}"]
            for place in places:
                flow, _, step = place.partition("/")
                assert step in self.knowledge.flows[flow].steps
            assert case.progress.editing in (None, *self.knowledge.fields)
            assert case.progress.question

    def answers(self, turn: Turn) -> None:
        """Every press is answered once."""
        what = turn.event.what if isinstance(turn.event, Replied) else turn.event
        answers = [effect for effect in turn.effects if isinstance(effect, Respond)]
        silent = turn.after.conversation.blocked and not isinstance(turn.event, Replied)
        assert len(answers) == (isinstance(what, Pressed) and not silent)

    def wellformed(self, effect: Effect) -> None:
        """Telegram takes it: core.telegram.org/bots/api."""
        match effect:
            case Send():
                assert plain(effect.text).strip()
                self.html(effect.text)
                self.buttons(effect.buttons)
            case Edit():
                self.html(effect.text)
                self.buttons(effect.buttons)
            case Respond():
                assert units(effect.text) <= TOAST_LIMIT
            case Topic():
                assert 0 < units(effect.title) <= TITLE_LIMIT
            case Relay():
                assert 1 <= len(effect.items) <= ALBUM_LIMIT
                assert len(effect.items) == 1 or len({item.album for item in effect.items}) == 1

    def html(self, text: str) -> None:
        assert units(plain(text)) <= TEXT_LIMIT
        assert set(re.findall("<[^>]*>?", text)) <= {"<b>", "</b>", "<code>", "</code>"}
        assert re.sub(r"<(b|code)>[^<]*</\1>", "", text).count("<") == 0

    def buttons(self, buttons: Buttons) -> None:
        every = [button for row in buttons for button in row]
        assert all(buttons)
        assert len(every) <= BUTTONS_LIMIT
        assert all(button.label.strip() for button in every)
        assert all(0 < len(button.data.encode()) <= DATA_LIMIT for button in every)
        assert len({button.data for button in every}) == len(every)

    def placed(self, turn: Turn, effect: Effect) -> None:
        """Everything has a place that exists, and what is relayed goes where the ticket is."""
        place = getattr(effect, "to", None)
        case = turn.after if turn.after.tickets else turn.before
        if isinstance(place, Room) and not isinstance(effect, Respond):
            if isinstance(effect, Topic):
                self.rooms.add(place)
            refused = isinstance(turn.event, Replied) and place.ticket == turn.event.ticket
            assert place in self.rooms or refused
        if isinstance(effect, Relay) and isinstance(place, Room):
            ticket = case.named(place.ticket)
            assert ticket is not None
            assert ticket.tier == place.tier
        if isinstance(effect, Relay | Send) and isinstance(place, Chat):
            assert place.address == turn.after.conversation.address
            assert not turn.after.conversation.blocked
        if isinstance(effect, Relay | Amend) and isinstance(place, Chat):
            items = effect.items if isinstance(effect, Relay) else (effect.item,)
            assert not self.notes & {item.ref for item in items}
            assert all(item.ref.chat != turn.after.conversation.address for item in items)
        if isinstance(effect, Send) and effect.key:
            self.keys.add((place, effect.key))
        if isinstance(effect, Edit) and effect.text:
            assert (place, effect.key) in self.keys, "nothing with this key was ever said there"

    def timers(self, turn: Turn) -> None:
        for effect in turn.effects:
            if isinstance(effect, WakeAt) and effect.at is not None:
                assert effect.at > turn.event.at, effect

    def erased(self, turn: Turn) -> None:
        """Of whoever is forgotten nothing is left."""
        if any(isinstance(effect, Forget) for effect in turn.effects):
            begun, after = turn.before.conversation, turn.after
            assert after.conversation == Conversation(
                id=begun.id, address=begun.address, person=after.conversation.person
            )
            assert (after.tickets, after.said) == ((), 0)


def values(knowledge: Knowledge) -> set[str]:
    """What a record may tell as the value of a step: ids that the authors or the desk gave."""
    steps = [step for flow in knowledge.flows.values() for step in flow.steps.values()]
    options = {option.id for step in steps for option in step.options}
    choices = {choice.id for each in knowledge.fields.values() for choice in each.choices}
    return options | choices | {"yes", "no", "none", ""} | {*map(str, range(1, STARS + 1))}


def stood(ticket: Ticket) -> tuple[str, str, str]:
    """What the record tells of how a ticket stands."""
    return (ticket.status, ticket.tier, ticket.owner.address if ticket.owner else "")


def takes_over(event: Event) -> bool:
    """Whether an agent pressed to have a colleague's ticket, assigned it, or wants a closed one
    opened again.
    """
    what = event.what if isinstance(event, Replied) else None
    pressed = isinstance(what, Pressed) and what.data.startswith("take:")
    assigned = isinstance(what, Said) and what.text.startswith("/assign")
    return pressed or assigned or reopens(event)


def reopens(event: Event) -> bool:
    """Whether an agent wrote the command after which a closed ticket goes on."""
    what = event.what if isinstance(event, Replied) else None
    return isinstance(what, Said) and what.text.startswith("/reopen")
