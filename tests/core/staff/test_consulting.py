"""What agents ask of the desk: their tickets, the queue, what is found, who a person is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.model.agents import COUNTED, Board, Search
from bot.core.model.events import Consulted, Said, Way
from bot.core.model.message import Person, Ref
from bot.core.model.ticket import Summary, Ticket
from bot.core.needs import search
from bot.core.staff import consulting
from bot.core.text.render import plain

if TYPE_CHECKING:
    from tests.core.conftest import Talk

LI = Person("telegram:7", "小李")
AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
TICKET = Ticket(
    number="F2345",
    summary=Summary("said", "红冲的票查不到"),
    status="new",
    tier="frontline",
    opened_at=AT - timedelta(days=2),
    name="王芳",
)


def asked(text: str, **facts: object) -> Consulted:
    said = Said(seq=1, at=AT, who=LI, ref=Ref("telegram:-1000", 1), text=text, group=True)
    given = {"tiers": ("frontline",), "member": True, **facts}
    return Consulted(seq=1, at=AT, what=said, **given)  # type: ignore[arg-type]


def one(ticket: Ticket, link: str = "") -> Board:
    ways = {ticket.number: Way(ticket.number, "topic", link)} if link else {}
    return Board(tickets=(ticket,), count=1, ways=ways)


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("/mine", Search(owner="telegram:7")),
        ("/queue", Search(tiers=("frontline",))),
        ("/find f2345", Search(number="F2345")),
        ("/find 工单F2345呢", Search(number="F2345")),
        ("/find 25112000000012345678", Search(invoice="25112000000012345678")),
        ("/find 011001900111 12345678", Search(invoice="011001900111 12345678")),
        ("/find fanny", Search(words=(("fanny",),))),
        ("/find 12345678", Search(words=(("12345678",),))),
        ("/find @wang_fang", Search(words=(("wang_fang",),))),
        ("/find 王芳 红冲", Search(words=(("王芳",), ("红冲",)))),
        ("/find王芳", Search(words=(("王芳",),))),
        ("/find 页面报错", Search(words=(("页面报错", "symptom:error"),))),
        ("/find", Search()),
        ("/find 王", Search()),
        ("/person", Search()),
    ],
)
def test_what_is_asked_for(talk: Talk, text: str, sought: Search) -> None:
    assert search(asked(text), talk.knowledge) == sought


def test_in_a_room_a_person_is_the_one_of_its_ticket(talk: Talk) -> None:
    assert search(asked("/person", ticket="F2345"), talk.knowledge) == Search(like="F2345")


def test_nothing_is_looked_for_nor_told_to_who_does_not_belong_to_the_group(talk: Talk) -> None:
    assert search(asked("/queue", member=False), talk.knowledge) == Search()
    told = talk.consults("/queue", one(TICKET), member=False)
    assert told == talk.told(talk.staff.members_only)


@pytest.mark.parametrize("text", ["/claim", "/minefield", "mine", "大家好", "/queue@other_bot"])
def test_whatever_else_is_said_is_no_question(text: str) -> None:
    assert not consulting.is_one(asked(text).what)


def test_what_is_forwarded_asks_nothing() -> None:
    assert consulting.is_one(asked("/mine").what)
    assert not consulting.is_one(replace(asked("/mine").what, forwarded="老陈"))


def test_a_line_tells_what_a_ticket_is_and_leads_to_its_room(talk: Talk) -> None:
    told = talk.consults("/queue", one(TICKET, "https://t.me/c/1/2"))
    head, line = told.split("\n")
    assert plain(head) == talk.told(talk.agents.queue, tier="一线客服", count=1)
    assert line == (
        '🆕 <a href="https://t.me/c/1/2">F2345</a> 王芳 · 红冲的票查不到 · 11-22 提交 · 没人接'
    )


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (1.5, "15:30 到期"),
        (20, "11-25 到期"),
        (0, "⏰超时 1 分钟"),
        (-2.5, "⏰超时 2 小时"),
        (-50, "⏰超时 2 天"),
    ],
)
def test_when_it_is_due(talk: Talk, hours: float, shown: str) -> None:
    due = talk.at + timedelta(hours=hours)
    told = talk.consults("/queue", one(replace(TICKET, due_at=due)))
    assert f"· {shown} ·" in told


def test_ones_own_tickets_need_no_owner_and_those_of_other_tiers_name_theirs(talk: Talk) -> None:
    ticket = replace(TICKET, status="open", owner=LI, tier="technical")
    told = talk.consults("/mine", one(ticket))
    assert told.endswith("11-22 提交 · 二线技术支持")
    assert "小李" not in told


def test_an_owner_with_a_long_name_leaves_the_line_short(talk: Talk) -> None:
    owner = Person("telegram:8", "周" * 60)
    long = replace(TICKET, status="open", owner=owner, name="王" * 60)
    line = talk.consults("/queue", one(long)).split("\n")[1]
    assert len(plain(line)) < 70


@pytest.mark.parametrize("name", ["王芳13800001234", "<b>王"])
def test_a_name_shows_nothing_private_and_is_no_html(talk: Talk, name: str) -> None:
    told = talk.consults("/find 王芳", one(replace(TICKET, name=name)))
    assert "13800001234" not in told
    assert "<b>王" not in told


def test_what_is_not_listed_is_counted(talk: Talk) -> None:
    told = talk.consults("/queue", replace(one(TICKET), count=41))
    assert told.endswith(talk.told(talk.agents.more, count=40))
    many = talk.consults("/queue", replace(one(TICKET), count=COUNTED))
    assert "1000 多" in many


def test_of_a_person_earlier_tickets_are_shown_with_what_became_of_them(talk: Talk) -> None:
    old = replace(TICKET, number="F2222", status="closed", owner=LI)
    board = Board(tickets=(TICKET, old), count=2)
    told = talk.consults("/person", board, ticket="F2345")
    assert talk.told(talk.agents.person, person="王芳", count=2) in plain(told)
    assert "⚪ F2222 王芳 · 红冲的票查不到 · 11-22 提交" in told
    alone = talk.consults("/person", one(TICKET), ticket="F2345")
    assert alone == talk.told(talk.agents.person_none)
    nowhere = talk.consults("/person")
    assert nowhere == talk.told(talk.agents.person_where)


def test_where_there_is_nothing_it_is_said(talk: Talk) -> None:
    assert talk.consults("/mine") == talk.told(talk.agents.mine_none)
    assert talk.consults("/queue", thread=5) == talk.told(talk.agents.queue_none)
    assert talk.consults("/find 王<芳") == talk.told_html(talk.agents.find_none, words="王<芳")
    assert talk.consults("/find") == talk.told(talk.agents.find_how)


def test_who_speaks_as_the_group_has_no_tickets_of_their_own(talk: Talk) -> None:
    group = Person("telegram:-1000", "一线客服", face="group")
    assert talk.consults("/mine", who=group) == talk.told(talk.agents.faceless)
    assert talk.consults("/queue", who=group) == talk.told(talk.agents.queue_none)
