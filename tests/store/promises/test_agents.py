"""Who was seen at a tier, who is away, and who was given a ticket."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.model.agents import Agent
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision, Needs
from bot.core.model.ticket import Summary, Ticket
from bot.store.protocol import Store

LI, ZHOU = Person("telegram:7", "小李", "li"), Person("telegram:8", "周工")
TALK = Conversation(id="conversation:telegram:1", address="telegram:1", person=Person("1", "王芳"))


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def seen(store: Store, tier: str, who: Person, now: float) -> None:
    with store.writing():
        store.agents.seen(tier, who, now)


def test_agents_are_known_by_what_they_are_called_now_who_was_seen_last_first(
    store: Store,
) -> None:
    seen(store, "frontline", LI, 1)
    seen(store, "frontline", ZHOU, 2)
    seen(store, "frontline", Person(LI.address, "李明"), 3)
    seen(store, "technical", ZHOU, 4)
    assert store.agents.of_tier("frontline") == (
        Agent(address=LI.address, name="李明", seen_at=at(3)),
        Agent(address=ZHOU.address, name="周工", seen_at=at(2)),
    )
    assert [each.name for each in store.agents.of_tier("technical")] == ["周工"]


def test_who_is_away_is_so_at_every_tier_until_they_are_back(store: Store) -> None:
    seen(store, "frontline", LI, 1)
    with store.writing():
        store.agents.attend(LI.address, away=True)
    seen(store, "technical", LI, 2)
    seen(store, "frontline", LI, 3)
    state = store.conversations.state(TALK, Needs(agents="technical", away=True))
    assert [each.away for each in state.agents] == [True]
    assert state.away == {LI.address}
    assert store.conversations.state(TALK, Needs()).agents == ()
    with store.writing():
        store.agents.attend(LI.address, away=False)
    assert not store.agents.of_tier("frontline")[0].away


def test_a_turn_and_what_somebody_owns_is_counted(store: Store) -> None:
    ticket = Ticket(
        number="F2222", summary=Summary("nothing"), status="open", tier="technical",
        opened_at=at(1), owner=LI,
    )  # fmt: skip
    seen(store, "frontline", LI, 1)
    with store.writing():
        store.conversations.keep(Decision(conversation=TALK, tickets=(ticket,)), 1)
        store.agents.deal("frontline", LI.address, 5)
    (agent,) = store.agents.of_tier("frontline", loads=True)
    assert (agent.load, agent.dealt_at) == (1, at(5))
    assert store.agents.of_tier("frontline")[0].load == 0
