"""`/ticket` tells of every ticket of the person, and how each went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.model.effects import Send

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def withdrawn(talk: Talk, times: int = 1) -> list[str]:
    """Tickets that were opened and withdrawn one after the other; their numbers."""
    numbers = []
    for _ in range(times):
        talk.passes(hours=24)
        numbers.append(talk.gets_a_ticket().number)
        talk.says("/cancel")
        talk.presses(talk.texts.button_withdraw)
    return numbers


def offered(talk: Talk) -> list[str]:
    sends = (effect for effect in talk.effects if isinstance(effect, Send))
    return [button.data for send in sends for row in send.buttons for button in row]


def test_open_and_past_ones_are_listed_with_a_button_each(talk: Talk) -> None:
    (past,) = withdrawn(talk)
    talk.passes(hours=24)
    now = talk.gets_a_ticket().number
    talk.says("/ticket")
    assert talk.said.index(now) < talk.said.index(past)
    closed, waits = talk.texts.statuses["closed"], talk.texts.statuses["new"]
    assert f"{past} {closed}" in talk.said
    assert f"{now} {waits}" in talk.said
    assert {f"ticket:{now}", f"ticket:{past}"} <= {*offered(talk)}


def test_one_alone_is_not_listed_beside_itself(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("/ticket")
    assert talk.told(talk.informed.mine) not in talk.said


def test_without_an_open_one_the_past_ones_stand_before_the_ways_on(talk: Talk) -> None:
    (past,) = withdrawn(talk)
    talk.says("/ticket")
    assert talk.told(talk.texts.no_ticket) in talk.said
    assert past in talk.said
    assert offered(talk) == [f"ticket:{past}", "flow:diagnose", "human"]


def test_ten_are_shown_and_a_button_for_more(talk: Talk) -> None:
    numbers = withdrawn(talk, 12)[::-1]
    talk.says("/ticket")
    shown = [each for each in offered(talk) if each.startswith("ticket:")]
    assert shown == [f"ticket:{number}" for number in numbers[:10]]
    talk.presses(talk.informed.button_more)
    assert offered(talk) == [f"ticket:{number}" for number in numbers[10:]]


def test_one_tells_how_it_went_and_what_is_known(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_presses(talk.staff.button_ask)
    label = talk.knowledge.fields["number"].label
    talk.agent_presses(label)
    talk.says("25112000000012345678")
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    talk.says("/ticket")
    talk.presses(f"{number} {talk.texts.no_summary}")
    steps, tier = talk.informed.steps, talk.knowledge.tiers.tiers[0].name
    told = [
        talk.told(steps[what], tier=tier, field=label)
        for what in ("opened", "claimed", "asked", "answered", "resolved", "confirmed")
    ]
    places = [talk.said.index(f"11-24 14:00 {each}") for each in told]
    assert places == sorted(places)
    assert "25112000000012345678" in talk.said
    assert offered(talk) == [f"reopen:{number}"]


def test_that_of_somebody_else_is_not_shown(talk: Talk) -> None:
    (past,) = withdrawn(talk)
    talk.says("/ticket")
    button = talk.button(f"{past} {talk.texts.no_summary}")
    del talk.memory.tickets[past]
    talk.presses(button)
    assert talk.responses[0].text == talk.texts.stale
    assert not talk.said
