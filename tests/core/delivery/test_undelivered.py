"""What could not be delivered is shown to those who believe it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.delivery.undelivered import ELSEWHERE
from bot.core.model.chart import Bars, Part
from bot.core.model.effects import (
    REASONS,
    Amend,
    Chat,
    Edit,
    Group,
    Picture,
    Relay,
    Role,
    Room,
    Send,
    Topic,
)
from bot.core.model.events import Edited
from bot.core.model.message import Item
from bot.core.model.roles import OPERATORS
from bot.core.text.render import plain

if TYPE_CHECKING:
    from tests.core.conftest import Talk

CHART = Bars(title="现有工单", unit="单", categories=("一线",), parts=(Part("", (3,)),))


@pytest.mark.parametrize("reason", ["too_big", "refused", "no_message"])
def test_an_agent_sees_what_did_not_arrive_and_why(talk: Talk, reason: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("请看第三步")
    talk.loses(talk.relayed[0], reason)
    why = talk.staff.refusals[reason]
    assert talk.told(talk.staff.undelivered, what="请看第三步", reason=why) in talk.room


def test_an_agent_sees_what_could_not_be_shown_in_the_room(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("这张<i>发票")
    talk.loses(talk.relayed[0], "refused")
    why = talk.staff.refusals["refused"]
    assert talk.told(talk.staff.not_shown, what="这张<i>发票", reason=why) in talk.room


def test_a_passing_note_that_did_not_arrive_is_no_news(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.loses(Edit(to=Chat("telegram:100"), key="step:1"), "refused")
    assert not talk.effects


@pytest.mark.parametrize("reason", REASONS)
def test_without_a_ticket_the_person_alone_can_be_told_that_an_answer_was_refused(
    talk: Talk, reason: str
) -> None:
    talk.says("/start")
    talk.loses(talk.effects[0], reason)
    hears = REASONS[reason] == "message"
    assert bool(talk.effects) is hears
    if hears:
        assert talk.said == talk.told(talk.texts.unsaid)
        talk.loses(talk.effects[0], reason)
        assert not talk.effects


@pytest.mark.parametrize(("reason", "stays"), [("uneditable", True), ("no_message", False)])
def test_a_card_that_cannot_be_blanked_is_for_agents_to_delete(
    talk: Talk, reason: str, stays: bool
) -> None:
    number = talk.gets_a_ticket().number
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    blanked = next(e for e in talk.effects if isinstance(e, Edit) and e.key == "card")
    talk.loses(blanked, reason)
    told = [e for e in talk.effects if isinstance(e, Send) and e.to == Group("frontline")]
    texts = [talk.told(talk.staff.card_stays, number=number)] if stays else []
    assert [plain(e.text) for e in told] == texts


def test_a_blocked_message_tells_that_the_person_blocked_the_bot_once(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("在吗")
    (lost,) = talk.relayed
    talk.loses(lost, "blocked")
    assert talk.conversation.blocked
    assert talk.told(talk.staff.blocked) in talk.room
    talk.loses(lost, "blocked")
    assert not talk.effects


def test_the_agents_know_when_the_person_is_back(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.blocks()
    talk.blocks(False)
    assert not talk.conversation.blocked
    assert talk.told(talk.staff.unblocked) in talk.room


def test_who_writes_has_not_blocked_the_bot(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.blocks()
    talk.says("我又来了")
    assert not talk.conversation.blocked
    assert talk.told(talk.staff.unblocked) in talk.room


def test_a_deleted_room_is_made_again_with_all_that_was_said(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("第一句")
    photo = talk.attaches("photo")
    talk.loses(talk.relayed[0], "no_topic")
    room = Room(number, "frontline")
    assert [e.to for e in talk.effects if isinstance(e, Topic)] == [room]
    assert "第一句" in talk.room
    assert Relay(to=room, items=(photo,)) in talk.effects
    assert talk.told(talk.staff.topic_again) in talk.room


@pytest.mark.parametrize("first", [Relay, Topic], ids=["message", "topic"])
def test_a_lost_group_is_told_to_another_tier(talk: Talk, first: type[Relay | Topic]) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    room = Room(number, "frontline")
    lost = Topic(to=room, title=number) if first is Topic else Relay(to=room, items=())
    talk.loses(lost, "no_group", "kicked <b>")
    (told,) = talk.effects
    assert isinstance(told, Send)
    assert told.to == Group("technical")
    assert number in told.text
    assert "kicked &lt;b&gt;" in told.text


def test_who_blocked_the_bot_is_sent_nothing_more(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.blocks()
    talk.agent_says("/resolve")
    wang = Chat(talk.conversation.address)
    assert not [e for e in talk.effects if getattr(e, "to", None) == wang]


def test_a_room_left_behind_is_not_made_again(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    old = Send(to=Room(number, "technical"), text="?")
    for reason in REASONS:
        talk.loses(old, reason)
        assert not talk.effects


def test_a_card_deleted_by_hand_is_sent_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    card = next(e for e in talk.effects if isinstance(e, Edit) and e.key == "card")
    talk.loses(card, "no_message")
    (again,) = (e for e in talk.effects if isinstance(e, Send))
    assert (again.text, again.buttons, again.key) == (card.text, card.buttons, "card")


@pytest.mark.parametrize("kind", [Send, Topic])
def test_what_the_room_itself_refuses_is_told_to_its_tiers_group(
    talk: Talk, kind: type[Send | Topic]
) -> None:
    ticket = talk.gets_a_ticket()
    effect = next(e for e in talk.effects if isinstance(e, kind) and isinstance(e.to, Room))
    talk.loses(effect, "refused")
    (told,) = talk.effects
    assert isinstance(told, Send)
    assert told.to == Group(ticket.tier)
    assert ticket.number in told.text


def test_a_closed_tickets_room_is_not_made_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/resolve")
    talk.says("解决了")
    closing = next(e for e in talk.effects if isinstance(e, Topic))
    talk.loses(closing, "no_topic")
    assert not talk.effects


def test_an_edit_that_finds_no_copy_is_told_instead(talk: Talk) -> None:
    before = talk.says("发票查不到，在哪看")
    talk.gets_a_ticket(claimed=True)
    talk.edits(before, "数电票查不到，在哪看")
    (amend,) = (e for e in talk.effects if isinstance(e, Amend))
    talk.loses(amend, "no_message")
    assert talk.told(talk.staff.edit_apart, what="数电票查不到，在哪看") in talk.room


def test_the_agent_knows_of_an_edit_that_did_not_arrive(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请看第三步")
    talk.agent(Edited, ref=ref, item=Item(ref, "text", html="改了"), text="改了")
    (amend,) = (e for e in talk.effects if isinstance(e, Amend))
    talk.loses(amend, "no_message")
    assert talk.told(talk.staff.edit_lost, what="改了") in talk.room


def test_the_edit_of_a_note_goes_nowhere(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("// 先记一下")
    item = Item(ref, "text", html="// 先记两下")
    talk.agent(Edited, ref=ref, item=item, text="// 先记两下")
    assert not talk.effects
    assert "先记两下" in [line.text for line in talk.lines]


@pytest.mark.parametrize(
    ("to", "other"),
    [(Role("faq-keeper"), Role(OPERATORS)), (Group("frontline"), Group("technical"))],
)
def test_what_could_not_be_shown_with_a_chart_is_told_to_another_in_words(
    talk: Talk, to: Role | Group, other: Role | Group
) -> None:
    talk.loses(Picture(to=to, chart=CHART, text="日报"), "no_rights")
    assert talk.effects == (Send(to=other, text="日报", key=ELSEWHERE),)


def test_a_picture_that_a_room_does_not_take_is_told_like_a_text(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    lost = Picture(to=Room(number, "frontline"), chart=CHART, text="<b>日报</b>")
    talk.loses(lost, "refused")
    (told,) = talk.effects
    assert isinstance(told, Send)
    assert told.to == Group("frontline")
    assert "日报" in told.text
    talk.loses(lost, "no_topic")
    assert talk.effects[-1] == lost


@pytest.mark.parametrize("reason", ["no_group", "no_rights", "refused", "no_topic"])
def test_what_a_group_cannot_be_told_another_is_told_once(talk: Talk, reason: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.loses(Send(to=Group("frontline"), text="工单需要您看"), reason)
    (told,) = talk.effects
    assert isinstance(told, Send)
    assert (told.to, told.text) == (Group("technical"), "工单需要您看")
    talk.loses(told, reason)
    assert not talk.effects


def test_what_a_topic_takes_no_more_is_told_outside_of_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.loses(Send(to=Group("frontline", 7), text="这里没人看到"), "no_topic")
    (told,) = talk.effects
    assert isinstance(told, Send)
    assert (told.to, told.text) == (Group("frontline"), "这里没人看到")
