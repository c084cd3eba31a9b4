"""A file that is too big or would run goes no further, and both sides are told kindly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.core.content.limits import Limits
from bot.core.model.effects import Relay
from bot.core.model.events import Attached
from bot.core.model.message import Item, Person, Ref
from bot.core.talk.files import refusal

if TYPE_CHECKING:
    from tests.core.conftest import Talk

WANG = "telegram:100"
MANY = 20 * 2**20


def file(name: str, mime: str = "", size: int = 1000) -> Attached:
    item = Item(Ref(WANG, 9), "document", file="f", name=name)
    who = Person(WANG, "王芳")
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return Attached(seq=1, at=at, who=who, ref=item.ref, item=item, size=size, mime=mime)


@pytest.mark.parametrize(
    "name",
    [
        "a.exe",
        "发票.pdf.EXE",
        "发票\u202efdp.exe",
        "a.exe. . ",
        "a．ｅｘｅ",
        "a.e\u200bxe",
        "发票.html",
        "图.svg",
        "x.xlsm",
        "../../etc/x.sh",
        "a.lnk",
    ],
)
def test_what_would_run_is_known_however_its_name_is_dressed_up(name: str) -> None:
    assert refusal(file(name), Limits()) == "file_runs"


@pytest.mark.parametrize("mime", ["application/x-msdownload", "TEXT/HTML; charset=x"])
def test_what_would_run_is_known_by_its_type_too(mime: str) -> None:
    assert refusal(file("发票.pdf", mime), Limits()) == "file_runs"


@pytest.mark.parametrize(
    "name",
    ["发票.pdf", "x.ofd", "x.xml", "截图.PNG", "表.xlsx", "全部.zip", "exe", "", "a.exe.pdf"],
)
def test_what_people_need_to_send_is_taken(name: str) -> None:
    assert refusal(file(name, "application/octet-stream", MANY), Limits()) is None


def test_a_file_is_too_big_above_the_limit_and_never_without_one() -> None:
    assert refusal(file("a.pdf", size=MANY + 1), Limits()) == "file_too_big"
    assert refusal(file("a.pdf", size=MANY + 1), Limits(file_bytes=0)) is None


def send(talk: Talk, name: str, text: str = "", size: int = 1) -> None:
    item = Item(talk.new_ref(), "document", file="f", name=name, html=text)
    who = talk.conversation.person
    talk.happens(Attached, who=who, ref=item.ref, item=item, text=text, size=size)


def test_an_agent_learns_of_a_file_that_was_stopped_and_reads_its_caption(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    send(talk, "<b>付款.exe", "请看 13800001234")
    assert talk.told(talk.texts.file_runs) in talk.said
    assert talk.told(talk.staff.file_runs, name="<b>付款.exe") in talk.room
    assert "请看 138****1234" in talk.room
    assert not talk.relayed


def test_a_file_that_was_stopped_is_not_in_the_history_either(talk: Talk) -> None:
    send(talk, "a.exe")
    talk.gets_a_ticket(claimed=True)
    assert [line.item for line in talk.lines if line.text.startswith("[")] == [None]
    assert not [e for turn in talk.turns for e in turn if isinstance(e, Relay)]


def test_the_question_sent_with_a_file_that_was_stopped_is_answered(talk: Talk) -> None:
    talk.knowledge = replace(talk.knowledge, limits=Limits(file_bytes=2**20))
    send(talk, "大.pdf", "发票状态是什么意思", size=2**20 + 1)
    assert talk.told(talk.texts.file_too_big, most=1) in talk.said
    assert talk.told(talk.knowledge.entries["query-status-meaning"].answer) in talk.said


def test_in_a_flow_the_question_is_asked_again(talk: Talk) -> None:
    talk.says("/diagnose")
    asked = talk.asked
    send(talk, "a.exe", "是的")
    assert talk.told(talk.texts.file_runs) in talk.said
    assert talk.asked == asked
