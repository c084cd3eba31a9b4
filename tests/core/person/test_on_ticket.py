"""While a ticket is open, whatever the person sends reaches its room, and they know that it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from bot.core.model.effects import Amend, Button, Relay, Room
from bot.core.model.events import Woke
from bot.core.model.message import Item, What

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def room(talk: Talk) -> Room:
    return Room(talk.ticket.number, talk.ticket.tier)


def test_a_text_is_relayed_with_what_it_replies_to(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    asked = talk.agent_says("哪一张？")
    ref = talk.says("这一张", reply_to=asked)
    assert talk.relayed == [Relay(to=room(talk), items=(Item(ref, "text"),), reply_to=asked)]


@pytest.mark.parametrize("what", get_args(What))
def test_anything_else_is_relayed_too(talk: Talk, what: What) -> None:
    talk.gets_a_ticket(claimed=True)
    item = talk.attaches(what)
    assert talk.relayed == [Relay(to=room(talk), items=(item,))]


def test_an_edit_follows(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    item = talk.edits(talk.says("这张"), "这两张")
    assert talk.effects == (Amend(to=room(talk), item=item),)


def test_that_it_arrived_is_said_at_first_and_then_marked_on_each_message(talk: Talk) -> None:
    ticket = talk.gets_a_ticket()
    tier = talk.knowledge.tiers.named(ticket.tier).name
    joined, mark = talk.told(talk.texts.joined, number=ticket.number, tier=tier), talk.informed
    talk.says("单子不见了")
    assert (talk.said, talk.marks) == (joined, [])
    talk.passes(hours=0.4)
    ref = talk.says("唉，急死个人")
    assert (talk.said, talk.marks) == ("", [(ref, mark.mark_joined, "")])
    talk.passes(hours=0.2)
    photo = talk.attaches("photo")
    assert (talk.said, talk.marks) == ("", [(photo.ref, mark.mark_joined, joined)])
    first, _ = [talk.attaches("photo", album="a") for _ in range(2)]
    talk.wakes("album:a")
    assert talk.marks == [(first.ref, mark.mark_joined, "")]


def test_while_an_agent_answers_nobody_is_told_that_it_arrived(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("哪一张？")
    talk.says("单子不见了")
    assert (talk.said, talk.marks) == ("", [])
    talk.passes(hours=0.6)
    talk.says("唉，急死个人")
    assert talk.said == talk.told(talk.texts.joined_owned, owner="小李")


def test_a_question_is_answered_at_once_while_nobody_has_the_ticket(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("发票状态是什么意思")
    title = talk.knowledge.entries["query-status-meaning"].title
    assert title in talk.said
    assert talk.told(talk.staff.auto_answered, title=title) in talk.room
    talk.agent_presses(talk.staff.button_claim)
    talk.says("发票状态是什么意思")
    assert title not in talk.said


def test_what_a_message_tells_fills_the_tickets_empty_fields(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("号码是25112000000012345678")
    assert talk.ticket.slots["number"].text == "25112000000012345678"
    assert "25112000000012345678" in talk.room
    talk.says("号码是25112000000012345679")
    assert talk.ticket.slots["number"].text == "25112000000012345678"


def asked_for_number(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["number"].label)


def test_the_answer_an_agent_asked_for_is_taken(talk: Talk) -> None:
    asked_for_number(talk)
    talk.says("25112000000012345678")
    assert (talk.ticket.status, talk.ticket.asked) == ("open", None)
    assert talk.ticket.slots["number"].text == "25112000000012345678"
    label = talk.knowledge.fields["number"].label
    assert talk.told(talk.texts.answer_passed, field=label) in talk.said


def test_an_answer_that_cannot_be_right_is_told_why_and_the_agent_sees_it(talk: Talk) -> None:
    asked_for_number(talk)
    ref = talk.says("123")
    assert talk.ticket.status == "pending"
    assert talk.knowledge.fields["number"].example in talk.said
    assert [relay.items for relay in talk.relayed] == [(Item(ref, "text"),)]


def test_a_file_is_an_answer_too(talk: Talk) -> None:
    asked_for_number(talk)
    talk.attaches("photo")
    assert (talk.ticket.status, talk.ticket.asked) == ("open", None)


@pytest.mark.parametrize("text", ["好了", "解决了", "可以了"])
def test_yes_closes_a_resolved_ticket(talk: Talk, text: str) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/resolve")
    talk.says(text)
    assert talk.ticket.status == "closed"
    assert talk.told(talk.staff.confirmed, number=number) in talk.room
    assert not talk.promises


@pytest.mark.parametrize("text", ["还是不行", "没有", "没解决"])
def test_no_opens_a_resolved_ticket_again_with_its_owner(talk: Talk, text: str) -> None:
    talk.gets_a_ticket(claimed=True)
    owner = talk.ticket.owner
    talk.agent_says("/resolve")
    talk.says(text)
    assert (talk.ticket.status, talk.ticket.owner) == ("open", owner)
    assert not talk.promises


def test_silence_closes_a_resolved_ticket(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/resolve")
    talk.wakes(f"confirm:{number}")
    assert talk.ticket.status == "closed"
    assert talk.told(talk.staff.unanswered, number=number) in talk.room
    assert talk.said


def test_the_question_of_a_ticket_reopened_counts_no_more(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/resolve")
    yes = talk.button(talk.texts.button_resolved)
    talk.presses(talk.texts.button_unresolved)
    talk.presses(yes)
    assert talk.ticket.status == "open"
    assert [r.text for r in talk.responses] == [talk.told(talk.texts.stale)]
    talk.happens(Woke, what=f"confirm:{number}")
    assert talk.ticket.status == "open"


def test_values_sent_while_waiting_fill_the_card_and_fetch_no_entry(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.says("发票号码25112000000012345678")
    assert talk.ticket.slots["number"].text == "25112000000012345678"
    assert talk.texts.button_helped not in str(talk.effects)


def test_between_a_person_and_their_agent_thanks_need_no_word_of_the_desk(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("谢谢")
    assert talk.relayed
    assert not talk.said


def test_calling_it_off_is_asked_back_only_while_nobody_owns_the_ticket(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.says("算了")
    assert talk.told(talk.texts.withdraw, number=number) in talk.said
    talk.agent_presses(talk.staff.button_claim)
    talk.says("算了")
    assert talk.told(talk.texts.withdraw, number=number) not in talk.said


def test_what_an_agent_asks_for_may_not_exist(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_says("/ask")
    talk.agent_presses("发票号码")
    talk.says("没有号码")
    assert talk.ticket.status == "open"
    assert talk.told(talk.texts.none_passed, field="发票号码") in talk.said


@pytest.mark.parametrize(
    ("field", "what", "text"),
    [
        ("contact", "contact", "13800001234"),
        ("number", "photo", "25112000000012345678"),
        ("file", "document", ""),
    ],
)
def test_a_caption_contact_or_file_answers_what_the_agent_asked(
    talk: Talk, field: str, what: What, text: str
) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_presses(Button("", f"ask:{talk.ticket.bound}:{field}"))
    talk.attaches(what, text)
    assert field in talk.ticket.slots
    assert talk.ticket.status == "open"
