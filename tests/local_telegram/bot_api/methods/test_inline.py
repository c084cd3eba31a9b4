"""Inline mode: what people ask the bot while they write, and what they send of its offers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiogram.types import Update

from bot.local_telegram import Group, LocalTelegram, Refused, User
from bot.local_telegram.client_api import inline as asking
from bot.local_telegram.people.seen import Offered
from bot.local_telegram.world import inline
from tests.local_telegram.models import check

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM = -1001000000001


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    """One whose bot has inline mode."""
    people = [User(WANG, "王芳", "wangfang"), User(LI, "小李"), User(ZHAO, "小赵")]
    groups = [Group(FORUM, "一线客服", (LI, ZHAO))]
    async with LocalTelegram(people=people, groups=groups, inline_mode=True) as running:
        yield running


def article(number: str = "1", title: str = "查不到", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>等一天</b>再查", "parse_mode": "HTML"}
    about = {"type": "article", "id": number, "title": title, "input_message_content": content}
    return about | more


async def ask(
    telegram: LocalTelegram, call: Call, who: int, text: str, chat: int | None = None
) -> tuple[dict[str, Any], asyncio.Task[Offered]]:
    """Somebody asks; the query that the bot gets, and what they are offered."""
    telegram.world.updates.clear()
    asked = asyncio.create_task(telegram.person(who).asks(text, chat=chat))
    (update,) = await call("getUpdates", offset=-1, timeout=5)
    check(Update, update, "update")
    await call("getUpdates", offset=update["update_id"] + 1)
    return update["inline_query"], asked


async def answered(
    telegram: LocalTelegram, call: Call, who: int, text: str, *results: Any, **more: Any
) -> Offered:
    query, asked = await ask(telegram, call, who, text, FORUM if who != WANG else None)
    found = list(results) or [article()]
    assert await call("answerInlineQuery", inline_query_id=query["id"], results=found, **more)
    return await asked


async def test_a_query_tells_who_asks_and_not_where(telegram: LocalTelegram, call: Call) -> None:
    query, asked = await ask(telegram, call, LI, "查不到 ", FORUM)
    assert query.keys() == {"id", "from", "query", "offset", "chat_type"}
    assert (query["from"]["id"], query["query"], query["offset"]) == (LI, "查不到 ", "")
    assert query["chat_type"] == "supergroup"
    await call("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert (await asked).results == ()
    query, asked = await ask(telegram, call, WANG, "")
    assert query["chat_type"] == "sender"
    await call("answerInlineQuery", inline_query_id=query["id"], results=[])
    await asked


async def test_what_is_chosen_is_sent_by_who_chose_it(telegram: LocalTelegram, call: Call) -> None:
    topic = await call("createForumTopic", chat_id=FORUM, name="甲")
    offered = await answered(telegram, call, LI, "查", article(description="怎么查"))
    assert [(r.title, r.description) for r in offered.results] == [("查不到", "怎么查")]
    where = {"chat": FORUM, "thread": topic["message_thread_id"]}
    sent = await telegram.person(LI).chooses("查不到", offered, **where)
    assert (sent.text, sent.sender, sent.thread) == ("等一天再查", "小李", where["thread"])
    (update,) = (u for u in await call("getUpdates") if "text" in u.get("message", {}))
    check(Update, update, "update")
    message = update["message"]
    assert (message["from"]["id"], message["via_bot"]["id"]) == (LI, 7000000001)
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_what_was_chosen_cannot_be_edited(telegram: LocalTelegram, call: Call) -> None:
    offered = await answered(telegram, call, LI, "查")
    sent = await telegram.person(LI).chooses("查不到", offered, chat=FORUM)
    with pytest.raises(Refused, match="can't be edited"):
        await telegram.person(LI).edits(sent, "改了")


async def test_the_bot_hears_what_was_chosen_only_with_feedback(
    telegram: LocalTelegram, call: Call
) -> None:
    offered = await answered(telegram, call, LI, "查")
    await telegram.person(LI).chooses("查不到", offered, chat=FORUM)
    telegram.world.bot.has_inline_feedback = True
    await telegram.person(LI).chooses("查不到", offered, chat=FORUM)
    updates = await call("getUpdates")
    assert [next(iter(u.keys() - {"update_id"})) for u in updates] == [
        "message",
        "message",
        "chosen_inline_result",
    ]
    chosen = updates[-1]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"], chosen["from"]["id"]) == ("1", "查", LI)
    check(Update, updates[-1], "update")


async def test_one_sends_only_what_one_was_offered(telegram: LocalTelegram, call: Call) -> None:
    offered = await answered(telegram, call, LI, "查")
    for who, title in ((LI, "别的"), (ZHAO, "1")):
        with pytest.raises(Refused, match="offered no such result"):
            await telegram.person(who).chooses(title, offered, chat=FORUM)


async def test_results_are_kept_for_all_for_one_or_not_at_all(
    telegram: LocalTelegram, call: Call
) -> None:
    now = [0.0]
    telegram.world.inline.clock = lambda: now[0]
    await answered(telegram, call, LI, "所有人")
    assert (await telegram.person(ZHAO).asks("所有人", chat=FORUM)).results
    await answered(telegram, call, LI, "自己", is_personal=True)
    assert (await telegram.person(LI).asks("自己", chat=FORUM)).results
    await answered(telegram, call, ZHAO, "自己", article(title="赵的"))
    await answered(telegram, call, LI, "不留", cache_time=0)
    again = await answered(telegram, call, LI, "不留", article(title="新的"), cache_time=0)
    assert [result.title for result in again.results] == ["新的"]
    now[0] = 299.0
    assert (await telegram.person(ZHAO).asks("所有人", chat=FORUM)).results
    now[0] = 301.0
    later = await answered(telegram, call, ZHAO, "所有人", article(title="后来"))
    assert [result.title for result in later.results] == ["后来"]


async def test_more_is_asked_for_by_the_offset(telegram: LocalTelegram, call: Call) -> None:
    first = await answered(telegram, call, LI, "查", next_offset="20")
    assert first.next_offset == "20"
    asked = asyncio.create_task(telegram.person(LI).asks("查", first.next_offset, chat=FORUM))
    (update,) = await call("getUpdates", timeout=5)
    query = update["inline_query"]
    assert query["offset"] == "20"
    await call("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert (await asked).next_offset == ""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("票" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(type="")]}, "unsupported type"),
        ({"results": [article(type="tale")]}, "unsupported type"),
        ({"results": [article(type="photo")]}, "Not Implemented"),
        ({"results": [article(reply_markup={"inline_keyboard": []})]}, "Not Implemented"),
        ({"results": [article(input_message_content=None)]}, '"input_message_content"'),
        ({"results": [article(input_message_content={"latitude": 1})]}, "Not Implemented"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "text is empty"),
        (
            {"results": [article(input_message_content={"message_text": "x" * 4097})]},
            "message is too long",
        ),
        (
            {
                "results": [
                    article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})
                ]
            },
            "can't parse entities",
        ),
        ({"results": [], "next_offset": "票" * 22}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "cache_time": -1}, "invalid cache_time"),
        ({"results": "查"}, "can't parse results"),
        ({}, "can't parse results"),
    ],
)
async def test_an_answer_that_telegram_refuses(
    telegram: LocalTelegram, call: Call, refused: Call, answer: Any, reason: str
) -> None:
    query, asked = await ask(telegram, call, LI, "查", FORUM)
    assert reason in await refused("answerInlineQuery", inline_query_id=query["id"], **answer)
    await call("answerInlineQuery", inline_query_id=query["id"], results=[article()])
    assert (await asked).answered


async def test_a_query_is_answered_once_and_in_time(
    telegram: LocalTelegram, call: Call, refused: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    query, asked = await ask(telegram, call, LI, "查", FORUM)
    answer = {"inline_query_id": query["id"], "results": [article()]}
    await call("answerInlineQuery", **answer)
    await asked
    assert "query is too old" in await refused("answerInlineQuery", **answer)
    late = answer | {"inline_query_id": "5"}
    assert "query is too old" in await refused("answerInlineQuery", **late)
    monkeypatch.setattr(asking, "INLINE_SECONDS", 0.2)
    query, asked = await ask(telegram, call, LI, "慢", FORUM)
    offered = await asked
    assert (offered.answered, offered.results) == (False, ())
    monkeypatch.setattr(inline, "QUERY_SECONDS", -1)
    late = answer | {"inline_query_id": query["id"]}
    assert "query is too old" in await refused("answerInlineQuery", **late)


async def test_who_may_ask(telegram: LocalTelegram, call: Call) -> None:
    assert (await call("getMe"))["supports_inline_queries"] is True
    with pytest.raises(Refused, match="over 256 characters"):
        await telegram.person(LI).asks("查" * 257, chat=FORUM)
    with pytest.raises(Refused, match="not in this chat"):
        await telegram.person(WANG).asks("查", chat=FORUM)
    telegram.world.bot.supports_inline_queries = False
    with pytest.raises(Refused, match="no inline mode"):
        await telegram.person(LI).asks("查", chat=FORUM)


async def test_a_bot_that_does_not_want_queries_gets_none(
    telegram: LocalTelegram, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "INLINE_SECONDS", 0.05)
    await call("getUpdates", allowed_updates=["message"])
    assert not (await telegram.person(LI).asks("查", chat=FORUM)).answered
    assert await call("getUpdates") == []


async def test_another_bot_of_the_group_hears_of_no_query(
    telegram: LocalTelegram, call: Call
) -> None:
    another = telegram.another_bot("7000000002:x", "别的", "other_bot", [FORUM])
    await answered(telegram, call, LI, "查")
    assert not another.world.updates.pending
