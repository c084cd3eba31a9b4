"""What an agent sent to the person is taken back at a reply to it, and everybody knows that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.model import subject
from bot.core.model.effects import Chat, Relay, Send, TakeBack
from bot.core.model.events import Informed
from bot.core.model.facts import TakenBack
from bot.core.model.message import Line, Person, Ref
from bot.core.text.render import plain

if TYPE_CHECKING:
    from tests.core.conftest import Talk

AGENT, COLLEAGUE = Person("telegram:7", "小李"), Person("telegram:8", "周工")
WANG = Chat("telegram:100")


def unsends(talk: Talk, ref: Ref | None, **facts: Any) -> Ref:
    """An agent answers this message with the order to take it back."""
    return talk.agent_says("/unsend", reply_to=ref, **facts)


def ordered(talk: Talk) -> list[tuple[Ref, ...]]:
    return [effect.refs for effect in talk.effects if isinstance(effect, TakeBack)]


def came(talk: Talk, left: tuple[Ref, ...] = (), reason: str = "") -> None:
    """What was ordered last is done, but for those `left`."""
    (order,) = (effect for effect in talk.effects if isinstance(effect, TakeBack))
    gone = tuple(ref for ref in order.refs if ref not in left)
    fact = TakenBack(order.by, order.asked, gone, left, reason)
    talk.happens(Informed, to=subject.ticket(order.ticket), fact=fact)


def line(talk: Talk, ref: Ref) -> Line:
    """A message of the history as it reads now."""
    return next(each for each in talk.lines if each.ref == ref)


def test_the_owner_takes_back_what_the_person_has(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    ref = talk.agent_says("密码是 123456")
    asked = unsends(talk, ref)
    order = TakeBack(to=WANG, refs=(ref,), ticket=number, by=AGENT, asked=asked)
    assert [e for e in talk.effects if isinstance(e, TakeBack)] == [order]
    assert (talk.room, talk.marks, line(talk, ref).taken_back) == ("", [], "")
    came(talk)
    assert talk.marks == [(asked, talk.agents.mark_done, talk.told(talk.agents.unsent))]


def test_what_was_taken_back_stays_in_the_history_with_who_did_it_and_when(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    talk.passes(hours=1)
    unsends(talk, ref)
    came(talk)
    kept = line(talk, ref)
    assert (kept.who, kept.text, kept.taken_back) == ("agent", "请看第三步", "小李")
    assert "11-24 14:00 💬 小李：请看第三步（小李 已撤回）" in talk.room
    record = talk.record("message")
    assert (record.what, record.agent, record.at) == ("taken_back", AGENT.address, talk.at)
    assert (record.ticket, record.owner) == (talk.ticket.number, AGENT.address)


def test_an_album_is_taken_back_whole_by_any_of_its_pieces(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    other = talk.agent_says("先看这两张")
    first, second = (talk.agent_attaches(album="a") for _ in range(2))
    talk.wakes("album:a")
    unsends(talk, second.ref)
    assert ordered(talk) == [(first.ref, second.ref)]
    came(talk)
    assert {line(talk, each.ref).taken_back for each in (first, second)} == {"小李"}
    assert line(talk, other).taken_back == ""


def test_whoever_wrote_it_may_and_a_colleague_may_not(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    unsends(talk, ref, who=COLLEAGUE)
    assert (ordered(talk), talk.room) == ([], talk.told(talk.agents.unsend_not_yours))
    talk.agent_says("/take", who=COLLEAGUE)
    unsends(talk, ref)
    assert (ordered(talk), talk.room) == ([], talk.told(talk.agents.unsend_not_yours))
    unsends(talk, ref, reply_to_own=True)
    assert ordered(talk) == [(ref,)]
    unsends(talk, ref, who=COLLEAGUE)
    assert ordered(talk) == [(ref,)]


def test_whoever_writes_as_a_group_takes_nothing_back(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    unsends(talk, ref, who=replace(AGENT, face="group"))
    assert (ordered(talk), talk.room) == ([], talk.told(talk.staff.anonymous))


def test_what_the_person_never_had_cannot_be_taken_back(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    note, hers = talk.agent_says("// 内部"), talk.says("哪一步？")
    for ref in (note, hers, Ref("telegram:-1000", 999)):
        unsends(talk, ref, reply_to_own=True)
        assert (ordered(talk), talk.room) == ([], talk.told(talk.agents.unsend_unknown))
    unsends(talk, None)
    assert (ordered(talk), talk.room) == ([], talk.told(talk.agents.unsend_how))


def test_it_is_taken_back_once(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    unsends(talk, ref)
    came(talk)
    unsends(talk, ref)
    assert (ordered(talk), talk.room) == ([], talk.told(talk.agents.unsend_again))


@pytest.mark.parametrize("reason", ["too_old", "undeletable", "refused"])
def test_where_it_stays_its_writer_is_told_why(talk: Talk, reason: str) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    asked = unsends(talk, ref)
    came(talk, left=(ref,), reason=reason)
    (told,) = (effect for effect in talk.effects if isinstance(effect, Send))
    why = talk.staff.refusals[reason]
    assert plain(told.text) == talk.told(talk.agents.unsend_failed, reason=why)
    assert told.reply_to == asked
    assert (line(talk, ref).taken_back, talk.recorded) == ("", [])


def test_of_several_pieces_of_which_one_stays_its_writer_is_told_how_many(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    refs = tuple(talk.agent_says(text) for text in ("甲", "乙", "丙"))
    fact = TakenBack(AGENT, talk.new_ref(), refs[:2], refs[2:], "too_old")
    talk.happens(Informed, to=subject.ticket(number), fact=fact)
    why = talk.staff.refusals["too_old"]
    assert talk.told(talk.agents.unsend_part, count=3, left=1, reason=why) in talk.room
    assert [line(talk, ref).taken_back for ref in refs] == ["小李", "小李", ""]


def test_an_order_that_fails_altogether_is_told_as_well(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    unsends(talk, ref)
    (order,) = (effect for effect in talk.effects if isinstance(effect, TakeBack))
    talk.loses(order, "blocked")
    blocked = talk.told(talk.agents.unsend_failed, reason=talk.staff.refusals["blocked"])
    assert blocked in talk.room
    assert talk.told(talk.staff.blocked) in talk.room
    unsends(talk, ref)
    assert (ordered(talk), talk.room) == ([], talk.told(talk.staff.blocked))


def test_it_is_taken_back_after_the_ticket_closed_as_well(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    talk.agent_says("/resolve")
    talk.says("解决了")
    unsends(talk, ref)
    assert ordered(talk) == [(ref,)]
    came(talk)
    assert line(talk, ref).taken_back == "小李"


def test_of_a_person_who_erased_everything_nothing_is_said(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.happens(
        Informed,
        to=subject.ticket("F9999"),
        fact=TakenBack(AGENT, talk.new_ref(), (talk.new_ref(),)),
    )
    assert talk.effects == ()


def test_a_person_whose_only_answer_it_was_waits_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("单子不见了")
    ref = talk.agent_says("请看第三步")
    waiting = talk.ticket.waiting
    assert waiting is not None
    assert waiting.since is None
    talk.passes(hours=0.1)
    unsends(talk, ref)
    came(talk)
    waiting = talk.ticket.waiting
    assert waiting is not None
    assert (waiting.since, talk.ticket.replied_at) == (talk.at, None)


def test_a_person_who_has_another_answer_does_not(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("单子不见了")
    ref = talk.agent_says("请看第三步")
    talk.passes(hours=0.1)
    talk.agent_says("请看第四步")
    unsends(talk, ref)
    came(talk)
    waiting = talk.ticket.waiting
    assert waiting is not None
    assert waiting.since is None


def test_who_writes_afterwards_is_named_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    unsends(talk, talk.agent_says("请看第三步"))
    came(talk)
    talk.agent_says("请看第四步")
    (relay,) = (effect for effect in talk.effects if isinstance(effect, Relay))
    assert relay.items[0].lead == talk.told_html(talk.informed.agent_first, owner="小李")


def test_the_next_tier_reads_that_it_was_taken_back_and_gets_no_file_of_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    kept, wrong = talk.agent_attaches("对的"), talk.agent_attaches("发错了")
    unsends(talk, wrong.ref)
    came(talk)
    above = talk.knowledge.tiers.above(talk.ticket.tier)
    assert above is not None
    talk.agent_presses(talk.staff.button_escalate)
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above.name))
    again = {item.ref for relay in talk.relayed for item in relay.items}
    assert kept.ref in again
    assert wrong.ref not in again
    assert "发错了（小李 已撤回）" in talk.room
