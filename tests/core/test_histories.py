"""Random histories: whatever happens in whatever order, every promise holds.

`FUZZ=50 pytest tests/core/test_histories.py` plays fifty times as many, from new seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.content.limits import Limits
from bot.core.decide import decide
from bot.core.model.conversation import Conversation
from bot.core.model.effects import REASONS, Amend, Button, Chat, Edit, Relay, Room, Send, Topic
from bot.core.model.events import Attached, Edited, Event, Pressed, Replied, Said, Woke
from bot.core.model.message import Item, Person, Ref
from bot.core.needs import needs
from bot.core.text.render import plain
from bot.store.codec import EFFECT
from bot.store.conversations import CONVERSATION
from tests.core.drawn import (
    ALBUMS,
    BOUNDED,
    FORGED,
    KINDS,
    NOTES,
    ORDERS,
    OWNERS,
    PEOPLE,
    PROFILE,
    TEXTS,
    WHICH,
    WHO,
)
from tests.core.memory import Memory
from tests.core.promises import Promises, Turn

if TYPE_CHECKING:
    from tests.core.conftest import Talk

GROUP = "telegram:-1000"


class Histories(RuleBasedStateMachine):
    """One person and the agents of the tiers; each rule is one thing that may happen."""

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self.talk = talk
        self.promises = Promises(talk.knowledge)
        self.buttons: dict[type[Chat | Room], list[Button]] = {Chat: [], Room: []}
        self.latest: dict[type[Chat | Room], list[Button]] = {Chat: [], Room: []}
        self.refs: list[Ref] = []
        self.written: list[Ref] = []
        self.woken: list[str] = []
        self.orders: list[Send | Edit | Relay | Amend | Topic] = []
        self.erased = False
        self.decide = talk.happens
        talk.happens = self.happens  # type: ignore[method-assign]

    def happens(self, kind: Callable[..., Event], **facts: Any) -> None:
        self.talk.passes(seconds=3)
        before = self.talk.stands
        self.decide(kind, **facts)
        now, effects = self.talk.stands, self.talk.effects
        self.promises.look(Turn(before, self.talk.events[-1], now, effects, self.talk.records[-1]))
        for effect in effects:
            if isinstance(effect, Send | Edit | Relay | Amend | Topic):
                self.orders.append(effect)
            if isinstance(effect, Send | Edit) and not isinstance(effect.to, Chat | Room):
                continue
            if isinstance(effect, Send | Edit) and effect.buttons:
                offered = [button for row in effect.buttons for button in row]
                self.latest[type(effect.to)] = offered  # type: ignore[index]
                self.buttons[type(effect.to)] += offered  # type: ignore[index]

    def has_ticket(self) -> bool:
        return bool(self.talk.tickets)

    @initialize(beginning=st.sampled_from(["", "/diagnose", "ticket", "claim", "ask", "resolve"]))
    def begins(self, beginning: str) -> None:
        if beginning.startswith("/"):
            self.talk.says(beginning)
        elif beginning:
            self.wants_a_person()
            self.owner_goes_on(beginning, 0)

    # the person

    @rule(text=TEXTS, reply=st.none() | WHICH)
    def says(self, text: str, reply: int | None) -> None:
        to = None if reply is None or not self.refs else self.refs[reply % len(self.refs)]
        self.refs.append(self.talk.says(text, to))

    @precondition(lambda self: self.latest[Chat])
    @rule(which=WHICH)
    def presses_what_was_just_offered(self, which: int) -> None:
        button = self.latest[Chat][which % len(self.latest[Chat])]
        before = self.talk.conversation
        waits = before.progress is not None and not self.asks_anew(before)
        current = waits and f":{before.turn}" in button.data
        self.talk.presses(button)
        if current and not self.asks_anew(self.talk.conversation):
            assert self.talk.texts.stale not in [r.text for r in self.talk.responses]

    @staticmethod
    def asks_anew(case: Conversation) -> bool:
        """An album, a silence or a held piece that ends before a press is worked on asks the
        question anew.
        """
        return bool(case.albums or case.pieces) or (
            case.flood is not None and case.flood.until is not None
        )

    @precondition(lambda self: self.buttons[Chat])
    @rule(which=WHICH)
    def presses_an_old_button(self, which: int) -> None:
        button, before = self.buttons[Chat][which % len(self.buttons[Chat])], self.talk.conversation
        self.talk.presses(button)
        verb, number, *_ = (*button.data.split(":"), "")
        question = verb in ("opt", "val", "skip", "yes", "no", "edit", "again", "back", "cancel")
        if question and number != str(before.turn) and not self.asks_anew(before):
            assert self.talk.draft.slots == before.draft.slots
            assert self.talk.conversation.progress == before.progress

    @rule(forged=FORGED)
    def presses_what_was_never_offered(self, forged: tuple[str, list[str]]) -> None:
        self.talk.presses(Button("", self.data(*forged)))

    def data(self, verb: str, parts: list[str]) -> str:
        ticket = self.talk.ticket.number if self.has_ticket() else "F2223"
        real = {"now": str(self.talk.conversation.turn), "number": ticket}
        return ":".join([verb, *(real.get(part, part) for part in parts)])

    @rule(what=st.sampled_from(KINDS), text=st.just("") | TEXTS, album=ALBUMS)
    def attaches(self, what: Any, text: str, album: str | None) -> None:
        album = album if what in ("photo", "document", "video", "audio") else None
        self.refs.append(self.talk.attaches(what, text[:1024], album).ref)

    @precondition(lambda self: self.refs)
    @rule(which=WHICH, text=TEXTS)
    def edits(self, which: int, text: str) -> None:
        self.talk.edits(self.refs[which % len(self.refs)], text)

    @rule(blocked=st.booleans())
    def blocks_or_not(self, blocked: bool) -> None:
        self.talk.blocks(blocked)

    @rule()
    def wants_a_person(self) -> None:
        self.talk.says("/human")
        self.talk.says("转人工")

    @precondition(lambda self: len(self.talk.events) > 30 and not self.erased)
    @rule()
    def erases_everything(self) -> None:
        self.erased = True  # once, or histories stay short
        self.talk.says("/delete")
        self.talk.presses(Button("", f"delete:{len(self.talk.events)}:yes"))

    # the agents

    def agent(self, what: Any, who: tuple[Person, bool], lower: bool = False, **facts: Any) -> Ref:
        tiers = [tier.id for tier in self.talk.knowledge.tiers.tiers]
        tier = tiers[0] if lower else self.talk.ticket.tier
        return self.talk.agent(what, who[0], who[1], tier=tier, **facts)

    @precondition(has_ticket)
    @rule(text=ORDERS, who=WHO, lower=st.sampled_from([False, False, True]))
    def agent_says(self, text: str, who: tuple[Person, bool], lower: bool) -> None:
        self.written.append(self.agent(Said, who, lower, text=text))

    @precondition(has_ticket)
    @rule(verb=OWNERS, which=WHICH)
    def owner_goes_on(self, verb: str, which: int) -> None:
        """An order of whoever has it or would, and the button that comes of it."""
        who = (self.talk.ticket.owner or PEOPLE[0], True)
        self.agent(Said, who, text=f"/{verb}")
        if verb in ("ask", "escalate") and self.latest[Room]:
            offered = self.latest[Room][:1] if verb == "escalate" else self.latest[Room]
            button = offered[which % len(offered)]
            self.agent(Pressed, who, data=button.data, query="q")

    @precondition(has_ticket)
    @rule(verbs=st.lists(OWNERS, min_size=1, max_size=4), which=WHICH)
    def owner_is_busy(self, verbs: list[str], which: int) -> None:
        for verb in verbs:
            self.owner_goes_on(verb, which)

    @precondition(has_ticket)
    @rule(text=st.sampled_from(["您好<b>&", "请问是哪一天", "长" * 4096]))
    def owner_writes(self, text: str) -> None:
        who = (self.talk.ticket.owner or PEOPLE[0], True)
        self.written.append(self.agent(Said, who, text=text))

    @precondition(has_ticket)
    @rule(verb=OWNERS)
    def stranger_gives_orders(self, verb: str) -> None:
        self.agent(Said, (PEOPLE[2], False), text=f"/{verb}")

    @precondition(has_ticket)
    @rule(text=NOTES, who=WHO)
    def agent_notes(self, text: str, who: tuple[Person, bool]) -> None:
        ref = self.talk.new_ref(GROUP)
        self.promises.notes.add(ref)
        self.agent(Said, who, text=text, ref=ref)

    @precondition(has_ticket)
    @rule(text=st.sampled_from(("", "附件<u>")), who=WHO, album=ALBUMS)
    def agent_attaches(self, text: str, who: tuple[Person, bool], album: str | None) -> None:
        item = Item(self.talk.new_ref(GROUP), "photo", file="f", html=text, album=album or "")
        self.agent(Attached, who, item=item, text=text, album=album and f"of {album}", ref=item.ref)
        self.written.append(item.ref)

    @precondition(lambda self: self.written and self.has_ticket())
    @rule(which=WHICH, text=ORDERS | NOTES, who=WHO)
    def agent_edits(self, which: int, text: str, who: tuple[Person, bool]) -> None:
        ref = self.written[which % len(self.written)]
        item = Item(ref, "text", html=plain(text))
        self.agent(Edited, who, item=item, text=text, ref=ref)

    @precondition(lambda self: self.latest[Room] and self.has_ticket())
    @rule(which=WHICH, who=WHO)
    def agent_presses_what_was_just_offered(self, which: int, who: tuple[Person, bool]) -> None:
        button = self.latest[Room][which % len(self.latest[Room])]
        self.agent(Pressed, who, data=button.data, query="q")

    @precondition(lambda self: self.buttons[Room] and self.has_ticket())
    @rule(which=WHICH, who=WHO, lower=st.booleans())
    def agent_presses_an_old_button(
        self, which: int, who: tuple[Person, bool], lower: bool
    ) -> None:
        button = self.buttons[Room][which % len(self.buttons[Room])]
        self.agent(Pressed, who, lower, data=button.data, query="q")

    @precondition(has_ticket)
    @rule(forged=FORGED, who=WHO)
    def agent_presses_what_was_never_offered(
        self, forged: tuple[str, list[str]], who: tuple[Person, bool]
    ) -> None:
        self.agent(Pressed, who, data=self.data(*forged), query="q")

    @rule(text=ORDERS, who=WHO)
    def agent_writes_in_the_room_of_a_ticket_that_is_gone(
        self, text: str, who: tuple[Person, bool]
    ) -> None:
        ref, tier = self.talk.new_ref(GROUP), self.talk.knowledge.tiers.tiers[0].id
        said = Said(seq=1, at=self.talk.at, who=who[0], ref=ref, group=True, text=text)
        self.talk.happens(Replied, ticket="F9999", tier=tier, member=who[1], what=said)

    # time and the channel

    @rule(seconds=st.sampled_from([1, 20, 90, 3600, 86400, 4 * 86400]))
    def passes(self, seconds: int) -> None:
        self.talk.passes(seconds=seconds)

    @precondition(lambda self: self.talk.timers)
    @rule(which=WHICH)
    def wakes(self, which: int) -> None:
        what = sorted(self.talk.timers)[which % len(self.talk.timers)]
        self.woken.append(what)
        self.talk.wakes(what)

    @precondition(lambda self: self.woken)
    @rule(which=WHICH)
    def wakes_too_late(self, which: int) -> None:
        self.talk.happens(Woke, what=self.woken[which % len(self.woken)])

    @precondition(lambda self: self.orders)
    @rule(which=WHICH, reason=st.sampled_from(list(REASONS)))
    def is_not_delivered(self, which: int, reason: str) -> None:
        latest = self.orders[-12:]
        self.talk.loses(latest[which % len(latest)], reason, "<detail> & more")

    def teardown(self) -> None:
        """Replaying what happened gives the same; and all of it can be kept."""
        again = Memory(self.talk.start)
        played = zip(self.talk.events, self.talk.turns, self.talk.records, strict=True)
        for event, effects, records in played:
            decision = decide(again.state(needs(event)), event, self.talk.knowledge)
            again.keep(decision)
            assert (decision.effects, decision.records) == (effects, records)
        memory = self.talk.memory
        assert (again.conversation, again.tickets) == (memory.conversation, memory.tickets)
        assert again.lines == memory.lines
        read = CONVERSATION.validate_json(CONVERSATION.dump_json(memory.conversation))
        assert read == memory.conversation
        for order in self.orders[-20:]:
            assert EFFECT.validate_json(EFFECT.dump_json(order)) == order


@pytest.mark.parametrize("limits", [Limits(), BOUNDED], ids=["free", "bounded"])
def test_every_promise_holds_in_every_history(limits: Limits, new_talk: Callable[[], Talk]) -> None:
    def begin() -> Histories:
        talk = new_talk()
        talk.knowledge = replace(talk.knowledge, limits=limits)
        return Histories(talk)

    run_state_machine_as_test(begin, settings=PROFILE)  # type: ignore[arg-type]
