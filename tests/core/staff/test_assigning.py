"""A ticket is given to a colleague who was seen, by an agent or by turns, never to who is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.buttons import HandBack, data
from bot.core.content.knowledge import Coordinator
from bot.core.decide import decide
from bot.core.model.agents import Agent, Board
from bot.core.model.effects import Attend, Deal, Respond, Send, Tell
from bot.core.model.events import Consulted, Informed, Pressed
from bot.core.model.facts import Given, Returned, Unowned
from bot.core.model.message import Person, Ref
from bot.core.model.state import About
from bot.core.text.render import plain
from tests.core.conftest import AGENT, COLLEAGUE, TUESDAY_AFTERNOON

if TYPE_CHECKING:
    from tests.core.conftest import Talk

ZHOU = Agent(address=COLLEAGUE.address, name="周工", username="zhougong", seen_at=TUESDAY_AFTERNOON)
LI = replace(ZHOU, address=AGENT.address, name="小李", username="")
OTHER_ZHOU = replace(ZHOU, address="telegram:9", name="周小工", username="zhou9")


@pytest.fixture
def desk(talk: Talk) -> Talk:
    talk.memory.agents = (LI, ZHOU, OTHER_ZHOU)
    talk.gets_a_ticket()
    return talk


def owner(talk: Talk) -> str:
    return talk.ticket.owner.name if talk.ticket.owner else ""


@pytest.mark.parametrize("name", ["@zhougong", "@ZhouGong", "周工", "zhougong"])
@pytest.mark.parametrize("claimed", [True, False])
def test_a_colleague_gets_it_and_all_are_told(desk: Talk, name: str, claimed: bool) -> None:
    if claimed:
        desk.agent_says("/claim")
    desk.agent_says(f"/assign {name}")
    assert owner(desk) == "周工"
    assert desk.ticket.status == "open"
    assert desk.told(desk.agents.assigned, by="小李", agent="周工 @zhougong") in desk.room
    assert "周工" in desk.said
    assert ("ticket", "assigned") in desk.recorded
    assert desk.record("ticket").agent == AGENT.address


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", lambda texts: texts.assign_how),
        ("老王", lambda texts: texts.assign_unknown.format(name="老王")),
        ("@周", lambda texts: texts.assign_unknown.format(name="@周")),
        ("周", lambda texts: texts.assign_several.format(names="周工 @zhougong、周小工 @zhou9")),
    ],
)
def test_whoever_cannot_be_meant_gets_nothing(desk: Talk, said: str, told: object) -> None:
    desk.agent_says(f"/assign {said}")
    assert desk.room == told(desk.agents)  # type: ignore[operator]
    assert owner(desk) == ""


def test_who_is_away_gets_nothing_and_it_is_said(desk: Talk) -> None:
    desk.memory.agents = (replace(ZHOU, away=True),)
    desk.agent_says("/assign 周工")
    assert desk.room == desk.told(desk.agents.assign_away, name="周工")
    assert owner(desk) == ""


def test_to_oneself_it_is_claimed_or_taken(desk: Talk) -> None:
    desk.agent_says("/assign 小李")
    assert owner(desk) == "小李"
    desk.agent_says("/assign @zhougong", who=COLLEAGUE)
    assert owner(desk) == "周工"
    desk.agent_says("/assign 周工", who=AGENT)
    assert "已由 周工 接单" in desk.room


def test_a_resolved_ticket_is_not_assigned(desk: Talk) -> None:
    desk.agent_says("/resolve")
    desk.agent_says("/assign 周工")
    assert desk.room == desk.told(desk.staff.not_now)


def fair(talk: Talk) -> Talk:
    """Every tier deals by turns."""
    tiers = talk.knowledge.tiers
    dealt = tuple(replace(tier, assign="fair") for tier in tiers.tiers)
    talk.knowledge = replace(talk.knowledge, tiers=replace(tiers, tiers=dealt))
    return talk


def offered(talk: Talk) -> list[tuple[str, object]]:
    return [
        (e.to, e.fact) for e in talk.effects if isinstance(e, Tell) and isinstance(e.fact, Unowned)
    ]


def dealt(talk: Talk, *agents: Agent, besides: str = "") -> str:
    """To whom a tier gives a ticket, by its address; "" for nobody."""
    event = Informed(seq=9, at=talk.at, to="tier:frontline", fact=Unowned("F2222", besides))
    effects = decide(About(agents=agents), event, talk.knowledge).effects
    deals = [effect for effect in effects if isinstance(effect, Deal)]
    facts = [effect.fact for effect in effects if isinstance(effect, Tell)]
    given = [fact.agent.address for fact in facts if isinstance(fact, Given)]
    assert given == [deal.address for deal in deals]
    return given[0] if given else ""


def test_by_hand_nothing_is_dealt(talk: Talk) -> None:
    talk.gets_a_ticket()
    assert offered(talk) == []


def test_where_it_is_dealt_by_turns_each_new_ticket_is_offered_once(talk: Talk) -> None:
    number = fair(talk).gets_a_ticket().number
    assert offered(talk) == [("tier:frontline", Unowned(number))]
    talk.says("25112000000012345678")
    assert offered(talk) == []
    talk.agent_says("/claim")
    talk.agent_says("/release")
    assert offered(talk) == [("tier:frontline", Unowned(number, AGENT.address))]
    talk.agent_says("/escalate")
    talk.agent_presses(talk.staff.button_escalate_yes.format(tier="二线技术支持"))
    assert offered(talk) == [("tier:technical", Unowned(number))]


def test_who_has_fewest_is_next_and_of_several_who_was_next_longest_ago(talk: Talk) -> None:
    earlier = talk.at - timedelta(hours=1)
    busy, idle = replace(LI, load=3), replace(ZHOU, load=1, dealt_at=talk.at)
    assert dealt(talk, busy, idle) == ZHOU.address
    assert dealt(talk, idle, replace(LI, load=1, dealt_at=earlier)) == LI.address
    assert dealt(talk, idle, replace(LI, load=1, dealt_at=earlier), OTHER_ZHOU) == "telegram:9"
    assert dealt(talk, replace(ZHOU, load=1, dealt_at=earlier), replace(LI, load=1)) == LI.address


def test_who_is_away_long_unseen_or_gave_it_back_gets_nothing(talk: Talk) -> None:
    unseen = replace(LI, seen_at=talk.at - timedelta(days=15))
    assert dealt(talk, replace(ZHOU, away=True), unseen) == ""
    assert dealt(talk, ZHOU, besides=ZHOU.address) == ""
    assert dealt(talk) == ""


def given(talk: Talk, tier: str = "frontline") -> None:
    fact = Given(tier, Person(ZHOU.address, ZHOU.name, ZHOU.username))
    talk.happens(Informed, to=f"ticket:{talk.ticket.number}", fact=fact)


def test_whose_turn_it_is_owns_the_ticket_unless_somebody_was_quicker(talk: Talk) -> None:
    talk.gets_a_ticket()
    given(talk, tier="technical")
    assert owner(talk) == ""
    given(talk)
    assert owner(talk) == "周工"
    assert talk.told(talk.agents.dealt, agent="周工 @zhougong") in talk.room
    assert talk.record("ticket").role == "desk"
    talk.agent_says("/assign 小李")
    talk.memory.agents = (LI,)
    talk.agent_says("/assign 小李")
    given(talk)
    assert owner(talk) == "小李"


def returned(talk: Talk, of: str) -> None:
    fact = Returned(of)
    talk.happens(Informed, to=f"ticket:{talk.ticket.number}", fact=fact)


def test_what_is_given_back_waits_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    returned(talk, COLLEAGUE.address)
    assert owner(talk) == "小李"
    returned(talk, AGENT.address)
    assert (owner(talk), talk.ticket.status) == ("", "new")
    assert talk.told(talk.agents.returned, owner="小李") in talk.room


def test_an_agent_who_goes_is_offered_to_give_back_what_they_own(talk: Talk) -> None:
    ticket = talk.gets_a_ticket(claimed=True)
    assert talk.consults("/away") == talk.told_html(talk.agents.away)
    assert Attend(address=AGENT.address, away=True) in talk.effects
    told = talk.consults("/away", Board(tickets=(ticket,), count=1))
    assert plain(told) == talk.told(talk.agents.away_owned, count=1)
    (sent,) = [effect for effect in talk.effects if isinstance(effect, Send)]
    assert sent.buttons[0][0].data == data(HandBack())
    assert talk.consults("/here") == talk.told_html(talk.agents.here)
    assert talk.effects[0] == Attend(address=AGENT.address, away=False)
    assert [sign for _, sign, _ in talk.marks] == [talk.agents.mark_done]


def test_a_press_gives_back_what_its_presser_owns(talk: Talk) -> None:
    ticket = talk.gets_a_ticket(claimed=True)
    ref = Ref("telegram:-1000", 5)
    press = Pressed(
        seq=9, at=talk.at, who=AGENT, ref=ref, data=data(HandBack()), query="q", group=True
    )
    event = Consulted(seq=9, at=talk.at, tiers=("frontline",), member=True, what=press)
    for tickets in ((ticket,), ()):
        board = Board(tickets=tickets, count=len(tickets))
        *tells, answer = decide(board, event, talk.knowledge).effects
        assert isinstance(answer, Respond)
        assert tells == [
            Tell(to=f"ticket:{each.number}", fact=Returned(AGENT.address)) for each in tickets
        ]


def test_who_coordinates_and_is_away_owns_nothing_and_both_rooms_are_told(talk: Talk) -> None:
    tiers = talk.knowledge.tiers
    to = Coordinator(address=COLLEAGUE.address, name="周工")
    above = replace(tiers.tiers[1], coordinator=to)
    changed = replace(tiers, tiers=(tiers.tiers[0], above, *tiers.tiers[2:]))
    talk.knowledge = replace(talk.knowledge, tiers=changed)
    talk.memory.agents = (replace(ZHOU, away=True),)
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/escalate")
    talk.agent_presses(talk.staff.button_escalate_yes.format(tier=above.name))
    assert owner(talk) == ""
    told = talk.told(talk.agents.coordinator_away, name="周工")
    assert talk.room.count(told) == 2
