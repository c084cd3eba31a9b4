"""The card tells agents the story of a ticket, and how the desk judged only on their wish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.model.extract import Extract, Told
from bot.core.model.ticket import Ticket
from bot.core.text.render import plain
from bot.core.tickets.card import card
from bot.store.codec import Codec
from bot.store.tickets import REST, Rest

if TYPE_CHECKING:
    from tests.core.conftest import Talk

COMPLAINT = "刚开的发票我们收到了，在抵扣勾选里查不到，电话 138 0000 123"
INVOICE = Extract(
    "picture",
    (
        Told("kind", "32", "qr"),
        Told("number", "26112000000012345678", "qr"),
        Told("date", "2026-03-20", "qr"),
    ),
    invoices=1,
)


def shown(talk: Talk, ticket: Ticket | None = None) -> str:
    return plain(card(talk.turn(), ticket or talk.ticket))


def tells(talk: Talk) -> None:
    """A story with a photo and a remedy that did not help."""
    talk.says(COMPLAINT)
    talk.attaches("photo", says=INVOICE)
    talk.says("文件上的")
    for _ in range(8):
        if talk.draft.skipped and any(key.startswith("is-") for key in talk.draft.slots):
            break
        talk.says("还是不行" if talk.asked.startswith("diagnose/is-") else "不清楚")
    talk.gets_a_ticket()


def test_it_begins_with_the_first_complaint_masked(talk: Talk) -> None:
    tells(talk)
    second = shown(talk).splitlines()[1]
    assert second == talk.staff.complaint.format(
        text="刚开的发票我们收到了，在抵扣勾选里查不到，电话 138****0123"
    )
    assert talk.ticket.private


def test_then_come_side_and_page_in_words(talk: Talk) -> None:
    tells(talk)
    facts = talk.knowledge.diagnosis.facts
    text = shown(talk)
    side, page = (
        f"{facts[f].label}：{facts[f].value(v).label}"  # type: ignore[union-attr]
        for f, v in (("party", "buyer"), ("place", "deduct"))
    )
    assert text.index(side) < text.index(page) < text.index("26112000000012345678")


def test_no_id_stands_in_it(talk: Talk) -> None:
    tells(talk)
    text = shown(talk)
    for id_ in ("deduct", "buyer", "failed", "unsure", "unknown", "nothing", "is-"):
        assert id_ not in text
    assert talk.knowledge.diagnosis.replies["unsure"].label in text


def test_what_was_told_and_did_not_help_is_ruled_out(talk: Talk) -> None:
    tells(talk)
    out = next(key for key in talk.ticket.slots if key.startswith("is-"))
    title = talk.knowledge.diagnosis.causes[out.removeprefix("is-")].title
    ruled_out, _, guesses = shown(talk).partition(talk.told(talk.staff.guesses))
    assert talk.told(talk.staff.ruled_out_one, title=title) in ruled_out
    assert title not in guesses


def test_the_likeliest_two_are_told_in_words(talk: Talk) -> None:
    tells(talk)
    _, _, guesses = shown(talk).partition(talk.told(talk.staff.guesses))
    titles = [cause.title for cause in talk.knowledge.diagnosis.causes.values()]
    words = (talk.staff.likely, talk.staff.possible)
    told = [t for t in titles if any(talk.told(word, title=t) in guesses for word in words)]
    assert 1 <= len(told) <= 2
    assert "%" not in shown(talk)


def test_of_nothing_nothing_is_guessed(talk: Talk) -> None:
    talk.gets_a_ticket()
    assert talk.told(talk.staff.guesses) not in shown(talk)


def test_what_the_file_says_stands_against_what_was_said(talk: Talk) -> None:
    tells(talk)
    (conflict,) = talk.ticket.conflicts
    told = talk.told(
        talk.staff.differs,
        label=talk.knowledge.diagnosis.facts["age"].label,
        said="今天",
        file="2026年3月20日",
        right=talk.staff.right["file"],
    )
    assert told in shown(talk)
    open_ = replace(talk.ticket, conflicts=(replace(conflict, right=""),))
    assert talk.staff.right["nobody"] in shown(talk, open_)


def test_a_difference_is_told_once(talk: Talk) -> None:
    talk.attaches("photo", "11月21号开的票查不到", says=INVOICE)
    talk.says("我说的对")
    talk.gets_a_ticket()
    text = shown(talk)
    assert text.count("2026年11月21日") == 2  # the field, and the difference
    assert talk.staff.right["said"] in text


def test_only_what_was_said_of_this_ticket_stands_in_it(talk: Talk) -> None:
    talk.says("发票怎么打印")
    talk.says("好了")
    talk.says("勾选平台查不到一张发票")
    talk.gets_a_ticket()
    assert "打印" not in shown(talk)
    assert "勾选平台查不到一张发票" in shown(talk)


def test_the_complaint_stays_however_much_is_said_later(talk: Talk) -> None:
    talk.says("勾选平台查不到一张发票")
    talk.gets_a_ticket(claimed=True)
    for n in range(20):
        talk.says(f"第{n}句")
    assert shown(talk).splitlines()[1] == talk.staff.complaint.format(text="勾选平台查不到一张发票")


def test_the_match_is_told_on_wish_only(talk: Talk) -> None:
    talk.says("发票状态是什么意思")
    talk.gets_a_ticket()
    matched = talk.told(talk.staff.matched, matched="")
    assert matched not in shown(talk)
    talk.agent_says("/why")
    title = talk.knowledge.entries["query-status-meaning"].title
    assert f"{matched}{title}" in talk.room
    assert "%" in talk.room
    assert talk.said == ""


def test_where_nothing_was_judged_that_is_told(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_says("/why")
    assert talk.told(talk.staff.why_nothing) in talk.room


def test_the_form_example_is_no_invoice(talk: Talk) -> None:
    field = talk.knowledge.fields["number"]
    word = talk.told(talk.knowledge.texts.fields["number_example"], example=field.example)
    talk.says(field.example)
    assert word in talk.said
    assert talk.asked == ""
    talk.says("/human")
    talk.chooses("nothing")
    talk.says(field.example)
    assert word in talk.said
    assert "number" not in talk.draft.slots


def test_the_form_example_in_a_file_fills_nothing(talk: Talk) -> None:
    example = talk.knowledge.fields["number"].example
    talk.attaches("photo", says=Extract("picture", (Told("number", example, "qr"),), invoices=1))
    assert "number" not in talk.draft.slots


@pytest.mark.parametrize("name", ["conflicts", "complaint", "skipped", "hints"])
def test_what_the_story_needs_is_kept(talk: Talk, name: str) -> None:
    tells(talk)
    rest = Rest(**{name: getattr(talk.ticket, name)})
    codec = Codec(REST)
    assert codec.value(codec.text(rest)) == rest
    assert getattr(rest, name)


def test_of_whoever_is_erased_the_card_tells_nothing(talk: Talk) -> None:
    tells(talk)
    before = talk.ticket
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    assert before.complaint not in talk.room
    assert "勾选" not in talk.room
