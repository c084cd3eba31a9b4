from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.evidence import intake
from bot.core.model.effects import Chat, Read, Room, Send
from bot.core.model.events import Attached, Extracted
from bot.core.model.extract import Extract, Problem, Told
from bot.core.model.ticket import Slot

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = "26112000000012345678"
INVOICE = Extract(
    "picture",
    (
        Told("kind", "32", "qr"),
        Told("number", NUMBER, "qr"),
        Told("date", "2026-11-20", "qr"),
        Told("amount", "1234.50", "qr"),
    ),
    invoices=1,
)
OLDER = Extract(
    "picture",
    (
        Told("kind", "10", "qr"),
        Told("code", "011002301111", "qr"),
        Told("number", "12345678", "qr"),
        Told("net", "100.00", "qr"),
        Told("date", "2026-11-03", "qr"),
        Told("check", "11223344556677889900", "qr"),
    ),
    invoices=1,
)
PARTIES = Extract(
    "pdf",
    (
        Told("number", NUMBER, "text"),
        Told("seller", "北京某某科技有限公司", "text"),
        Told("seller_id", "91110108MA01A2B3CX", "text"),
    ),
    invoices=1,
)


def person(text: str, talk: Talk, **values: object) -> str:
    return talk.told(talk.knowledge.texts.hints.person[text], **values)


def test_a_photo_with_a_few_words_begins_the_diagnosis_with_what_it_shows(talk: Talk) -> None:
    talk.attaches("photo", "查不到这张", says=INVOICE)
    assert talk.asked == "diagnose/place"
    assert talk.knows() == {
        "number": NUMBER,
        "date": "2026-11-20",
        "amount": "1234.50",
        "symptom": "完全查不到",
    }
    kind = talk.knowledge.texts.hints.kinds["digital_general"]
    assert talk.told(talk.texts.read_kind, kind=kind) in talk.said
    assert NUMBER in talk.said


def test_without_a_word_it_is_just_as_well(talk: Talk) -> None:
    talk.attaches("document", says=INVOICE)
    assert talk.asked == "diagnose/symptom"
    assert talk.knows()["number"] == NUMBER


def test_nothing_that_a_file_told_is_asked_again(talk: Talk) -> None:
    """The kind follows from the number, the age from the day."""
    talk.attaches("photo", "查不到这张", says=INVOICE)
    asked: list[str] = []
    while talk.asked.removeprefix("diagnose/") in talk.knowledge.diagnosis.facts:
        asked.append(talk.asked.removeprefix("diagnose/"))
        talk.says("不清楚")
    assert asked
    assert not {"symptom", "kind", "age", "province"} & {*asked}


def test_one_value_is_corrected_and_the_agent_sees_both(talk: Talk) -> None:
    talk.attaches("photo", "查不到这张", says=INVOICE)
    talk.says("金额是1300元")
    ticket = talk.gets_a_ticket()
    assert ticket.slots["amount"].text == "1300.00"
    assert talk.told(
        talk.knowledge.texts.hints.staff["amount_differs"], said="￥1,300.00", file="￥1,234.50"
    ) in "\n".join(map(str, intake.staff_hints(talk.turn(), ticket)))


def test_in_a_flow_the_current_question_is_answered_by_the_file(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    assert talk.asked == "diagnose/kind"
    talk.attaches("photo", says=INVOICE)
    assert talk.asked == "diagnose/place"
    talk.says("转人工")
    assert talk.asked == "ticket/seller"


def test_where_words_and_file_differ_the_person_is_asked_to_look(talk: Talk) -> None:
    talk.attaches("photo", "11月21号开的票查不到", says=INVOICE)
    assert "您说的是2026年11月21日，文件上是2026年11月20日。以哪个为准？" in talk.said
    assert talk.knows()["date"] == "2026-11-21"


def test_a_screenshot_is_kept_without_a_word_on_codes(talk: Talk) -> None:
    talk.attaches("photo")
    assert talk.told(talk.texts.received["photo"]) in talk.said


def test_a_document_in_which_no_invoice_is_says_so(talk: Talk) -> None:
    talk.attaches("document", says=Extract("pdf"))
    assert talk.told(talk.texts.read_nothing) in talk.said


@pytest.mark.parametrize("problem", ["unreadable", "locked", "bomb", "slow", "crashed", "too_long"])
def test_a_file_that_cannot_be_read_is_told_and_typed_words_go_on(
    talk: Talk, problem: Problem
) -> None:
    talk.says("/diagnose")
    talk.attaches("document", says=Extract("pdf", problem=problem))
    assert person(problem, talk) in talk.said
    assert talk.asked == "diagnose/symptom"
    talk.chooses("nothing")
    assert talk.asked == "diagnose/kind"


def test_what_the_channel_does_not_hand_out_is_like_a_broken_file(talk: Talk) -> None:
    item = talk.attaches("photo", "发票查不到")
    order = Read(to=Chat(talk.conversation.address), items=(item,), text="发票查不到")
    talk.loses(order, "too_big")
    assert person("too_big", talk) in talk.said


def test_a_payment_code_and_a_link_are_named_and_not_opened(talk: Talk) -> None:
    talk.attaches("photo", says=Extract("picture", stranger="payment"))
    assert person("payment", talk) in talk.said
    talk.attaches("photo", says=Extract("picture", stranger="link", host="example.com"))
    assert person("link", talk, host="example.com") in talk.said


def test_of_several_invoices_the_first_counts(talk: Talk) -> None:
    other = Extract("picture", (Told("number", "26112000000087654321", "qr"),), invoices=1)
    found = intake.combined((INVOICE, other))
    assert found.told == INVOICE.told
    assert found.invoices == 2


def test_a_photo_and_the_file_of_one_invoice_add_up(talk: Talk) -> None:
    found = intake.combined((INVOICE, Extract("picture"), PARTIES))
    assert {one.key for one in found.told} >= {"amount", "seller", "seller_id"}
    assert found.invoices == 1


def test_a_value_that_cannot_be_right_fills_no_field(talk: Talk) -> None:
    wrong = Extract("picture", (Told("number", "99999999999999999999", "qr"),), invoices=1)
    talk.attaches("photo", says=wrong)
    assert not talk.knows()


def test_a_party_has_its_name_and_its_id(talk: Talk) -> None:
    talk.attaches("document", says=PARTIES)
    assert talk.knows()["seller"] == "北京某某科技有限公司 91110108MA01A2B3CX"


def test_in_an_open_ticket_empty_slots_fill_and_what_is_known_stays(talk: Talk) -> None:
    talk.says("发票查不到，金额1300元，号码" + NUMBER)
    ticket = talk.gets_a_ticket(claimed=True)
    item = talk.attaches("photo", says=INVOICE)
    assert talk.ticket.slots["amount"].text == "1300.00"
    assert talk.ticket.slots["date"].text == "2026-11-20"
    assert talk.told(talk.texts.read_joined, number=ticket.number) in talk.said
    (relay,) = talk.relayed
    assert (relay.to, relay.items) == (Room(ticket.number, ticket.tier), (item,))


def test_the_field_that_an_agent_asked_for_is_answered_by_a_file(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/ask")
    talk.agent_presses(talk.knowledge.fields["amount"].label)
    statuses = [talk.ticket.status]
    talk.attaches("photo", says=INVOICE)
    assert [*statuses, talk.ticket.status] == ["pending", "open"]
    assert talk.ticket.slots["amount"].text == "1234.50"


def test_the_card_has_what_nobody_needs_to_ask(talk: Talk) -> None:
    talk.attaches("photo", "查不到", says=OLDER)
    talk.gets_a_ticket()
    hints = talk.knowledge.texts.hints
    for line in (hints.kinds["general_electronic"], hints.look_up["check"], "11223344556677889900"):
        assert line in talk.room


def test_an_invoice_that_the_person_reported_before_is_recognised(talk: Talk) -> None:
    talk.attaches("photo", "查不到", says=INVOICE)
    first = talk.gets_a_ticket(claimed=True)
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    talk.attaches("photo", "又查不到了", says=INVOICE)
    assert person("reported", talk, ticket=first.number) in talk.said


def test_a_file_read_after_everything_was_erased_begins_anew(talk: Talk) -> None:
    item = talk.attaches("photo", says=INVOICE)
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    talk.happens(Extracted, items=(item,), text="", extracts=(INVOICE,))
    assert [type(effect) for effect in talk.effects if isinstance(effect, Send)]


def test_what_has_no_file_is_not_read(talk: Talk) -> None:
    talk.attaches("sticker")
    talk.attaches("location")
    assert not [e for turn in talk.turns for e in turn if isinstance(e, Read)]


def test_what_is_said_of_an_invoice_is_told_from_what_is_not(talk: Talk) -> None:
    knowledge = talk.knowledge
    assert intake.invoice(knowledge, {"number": Slot(NUMBER)}) == NUMBER
    assert intake.invoice(knowledge, {"number": Slot("12345678")}) is None
    both = {"number": Slot("12345678"), "code": Slot("011002301111")}
    assert intake.invoice(knowledge, both) == "011002301111 12345678"


def test_an_album_is_read_as_one(talk: Talk) -> None:
    pieces = [talk.attaches(album="a", text="查不到这张"), talk.attaches(album="a")]
    talk.happens(
        Attached, who=talk.conversation.person, ref=pieces[0].ref, item=pieces[0], album="b"
    )
    (order,) = [e for e in talk.effects if isinstance(e, Read)]
    assert order.items == tuple(pieces)
    talk.reads(Extract("picture"), INVOICE)
    assert talk.asked == "diagnose/place"
    assert talk.knows()["number"] == NUMBER


def test_an_invoice_of_minutes_ago_is_to_be_waited_for(talk: Talk) -> None:
    today = Extract("picture", (Told("number", NUMBER, "qr"), Told("date", "2026-11-24", "qr")))
    talk.attaches("photo", "10分钟前开的，查不到", says=today)
    assert person("issued_just_now", talk, minutes=10) in talk.said


def test_about_another_seller_than_was_said_the_person_is_asked(talk: Talk) -> None:
    talk.attaches("document", "查不到，销售方是北京另外一家公司", says=PARTIES)
    assert "销售方对不上：您说的是北京另外一家公司，文件上是北京某某科技有限公司" in talk.said
