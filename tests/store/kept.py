"""王芳 as she is kept: a conversation with everything in it, two tickets, and what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.model.conversation import Album, Conversation, Draft, Progress
from bot.core.model.message import Item, Line, Person, Ref, Who
from bot.core.model.state import Decision
from bot.core.model.ticket import Match, Slot, Summary, Ticket
from tests.addresses import LI, WANG, on_telegram

CHEN, ZHOU = on_telegram(1002), on_telegram(2002)
GROUP, ELSEWHERE = on_telegram(-100), on_telegram(-200)
AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
SECRET = "北京晨光文具13800001234"
ITEM = Item(Ref(WANG, 5), "photo", "file5", "a.png", f"<b>{SECRET}</b>")
PERSON = Person(WANG, SECRET, "wangfang")
TICKET = Ticket(
    number="F2222",
    summary=Summary("said", SECRET),
    status="open",
    tier="frontline",
    opened_at=AT,
    opened_by=4,
    since=2,
    owner=Person(LI, "小李"),
    slots={"seller": Slot(SECRET, warning="taxpayer_id_check")},
    noting=(LI,),
    asked="number",
    matched=Match(entry="query-not-shown", score=0.9, phrasing=SECRET, evidence={}),
    acked_at=AT,
    first_reply_at=AT,
    replied_at=AT,
    invoice="25112000000012345678",
    private=True,
)
OLD = replace(
    TICKET,
    number="F2223",
    summary=Summary("choice", "error", "symptom"),
    status="closed",
    owner=None,
    closed_at=AT,
    resolved_at=AT,
    opened_at=AT - timedelta(days=1),
)
WHOLE = Conversation(
    id="conversation:telegram:1001",
    address=WANG,
    person=PERSON,
    turn=7,
    progress=Progress(flow="diagnose", step="date", asked_at=AT, trail=("diagnose/symptom",)),
    draft=Draft(slots={"date": Slot("2026-05-12")}, skipped=("code",), files=(ITEM,)),
    abstained=1,
    reminder="diagnose/appeared",
    albums={"a1": Album((ITEM,), "F2222", Ref(GROUP, 3), SECRET)},
    blocked=True,
    since=2,
    heard_at=AT,
)


def line(seq: int, who: Who, text: str, item: Item | None = None, ticket: str = "") -> Line:
    return Line(seq=seq, at=AT, who=who, name="", text=text, item=item, ticket=ticket)


LINES = (
    line(1, "person", "从前的事"),
    line(3, "person", SECRET, ITEM),
    line(4, "desk", "已建单"),
    line(5, "note", SECRET, replace(ITEM, ref=Ref(GROUP, 6)), "F2222"),
    line(6, "agent", "您好", replace(ITEM, ref=Ref(GROUP, 7), what="text", file=""), "F2222"),
)
DECIDED = Decision(conversation=WHOLE, tickets=(OLD, TICKET), lines=LINES)
