"""Updates that no Telegram would send, and rows that cannot be read: each costs itself alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import demo
from bot.channels.telegram import Telegram, door
from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import Chat, Room, Send
from bot.intake.workers import Workers
from bot.local_telegram.wire.answers import Answer
from bot.loops import Desk
from bot.loops.members import lane
from bot.loops.receive import take, webhook
from bot.loops.work import work_on
from bot.store import Arrival, Store
from tests.addresses import on_telegram

WANG, GROUP, SECRET = 1001, demo.FIRST_GROUP, "s" * 32
CHAT: dict[str, Any] = {"id": WANG, "type": "private", "first_name": "王芳"}
USER: dict[str, Any] = {"id": WANG, "is_bot": False, "first_name": "王芳"}
AGENT: dict[str, Any] = {"id": 2001, "is_bot": False, "first_name": "小李"}
FORUM: dict[str, Any] = {"id": GROUP, "type": "supergroup", "title": "一线", "is_forum": True}
SAID: dict[str, Any] = {"message_id": 7, "date": 0, "chat": CHAT, "from": USER, "text": "在吗"}
ROOM = {**SAID, "chat": FORUM, "from": AGENT, "message_thread_id": 5, "is_topic_message": True}
HUGE = '"HUGE"'

NO_CHATS: list[Any] = ["abc", 1.5, None, [], "HUGE", 2**63]
BY_HER = [
    {**SAID, "text": "好\ud800"},
    {**SAID, "from": {**USER, "last_name": "\udfff"}},
    {**SAID, "document": {"file_id": "f", "file_name": {"a": 1}}, "text": 5},
    {**SAID, "reply_to_message": {"message_id": [1]}},
    {**SAID, "reply_to_message": {"message_id": 2**63}},
    {**SAID, "message_id": "HUGE"},
    {**SAID, "message_id": float("nan")},
    {**SAID, "message_id": float("inf")},
    {**SAID, "new": json.loads("[" * 400 + "]" * 400)},
]
BY_NOBODY = [
    {**ROOM, "message_thread_id": 2**63},
    {**ROOM, "message_thread_id": -(2**63)},
    {**ROOM, "reply_to_message": {"message_id": 2**63}},
    {**ROOM, "reply_to_message": {"message_id": [2]}},
    *({**SAID, "chat": {**CHAT, "id": chat}} for chat in NO_CHATS),
    "no message",
    [],
]


def body(number: int, message: Any) -> str:
    text = json.dumps({"update_id": number, "message": message})
    return text.replace(HUGE, "9" * 5000)


async def test_whoever_is_known_is_told_and_all_else_goes_on_also_after_a_restart(
    telegram: Any, knowledge: Any, path: Path, faults: Any
) -> None:
    """All in one answer to `getUpdates`, with something in between that makes sense."""
    wang, talk = telegram.person(WANG), knowledge.texts.talk
    await wang.says("/start")
    bodies = [body(n, each) for n, each in enumerate([*BY_HER, *BY_NOBODY], start=1)]
    answers = [Answer(200, f'{{"ok": true, "result": [{", ".join(bodies)}]}}'.encode())]

    async def once(parameters: Any) -> Answer | None:
        return answers.pop() if answers else None

    faults["getUpdates"] = once
    async with demo.desk_on(telegram, knowledge, path) as desk:
        for _ in BY_HER:
            assert (await wang.sees()).text == talk.apology
        await wang.sees("您好")
        failed = await desk.read(desk.store.inbox.failed)
        assert len(failed) == len(BY_HER) + len(BY_NOBODY)
        assert all(error.startswith("Nonsense: ") for _, error in failed)
        for _ in failed:
            await telegram.person(2001).sees("处理失败", chat=GROUP)
    async with demo.desk_on(telegram, knowledge, path):
        await wang.says("/privacy")
        await wang.sees("资料怎样使用")


@pytest.mark.parametrize("message", [*BY_HER, *BY_NOBODY])
async def test_a_post_that_makes_no_sense_is_taken_once_and_never_asked_for_again(
    still: Any, message: Any
) -> None:
    header = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with still() as desk, TestClient(TestServer(webhook(desk, "telegram", SECRET))) as client:
        for sent in (body(1, message), body(1, message), body(2, SAID)):
            answer = await client.post("/", data=sent.encode(), headers=header)
            assert answer.status == 200
        assert await desk.write(work_on, desk) == (2, {})
        assert len(await desk.read(desk.store.inbox.failed)) == 1


@contextmanager
def alone(knowledge: Knowledge, path: Path) -> Iterator[Desk[Store]]:
    """A desk without a Telegram and without loops."""
    store = Store.open(path)
    try:
        channel = Telegram("7000000001:x", "http://127.0.0.1:9")
        groups = demo.groups_of(knowledge)
        yield Desk(store, [channel], knowledge, groups, Workers(), clock=lambda: 1.8e9)
    finally:
        store.close()


def worked_on(desk: Desk[Store], *texts: str) -> int:
    """Take these bodies in and work on all of them; how many failed in all."""
    channel = desk.channels["telegram"]
    updates = [channel.posted(text.encode()) for text in texts]
    with desk.store.writing():
        arrivals = [Arrival(channel.name, u.key, lane(u), u.payload) for u in updates]
        desk.store.inbox.take(arrivals, desk.clock())
        while work_on(desk)[0]:
            pass
    return len(desk.store.inbox.failed())


STRANGE = st.recursive(
    st.sampled_from([None, True, -1, 0, 1, WANG, 2**31, 2**53, 2**63, -(2**64), 10**30, 1.5])
    | st.sampled_from([float("nan"), float("inf"), "", "abc", "\ud800", "\0", "9" * 5000])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(
        ["id", "message_id", "file_id", "file_name", "file_size", "type", "chat", "from", "status"]
    ), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
PLACES = (
    "message_id", "chat", "from", "sender_chat", "date", "edit_date", "message_thread_id",
    "is_topic_message", "reply_to_message", "text", "caption", "entities", "caption_entities",
    "media_group_id", "photo", "document", "video", "sticker", "voice", "contact", "location",
    "migrate_to_chat_id", "forum_topic_closed", "new",
)  # fmt: skip
KINDS = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "next"])
_numbers = count(10)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.lists(
        st.tuples(
            KINDS,
            st.sampled_from([SAID, ROOM]),
            st.dictionaries(st.sampled_from(PLACES), STRANGE, min_size=1, max_size=2),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_comes_later_messages_of_the_same_person_work_and_so_does_a_restart(
    knowledge: Knowledge, hostile: list[tuple[str, Any, dict[str, Any]]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        with alone(knowledge, path) as desk:
            bodies = [
                json.dumps({"update_id": next(_numbers), kind: _as(kind, {**base, **odd})})
                for kind, base, odd in hostile
            ]
            failed = worked_on(desk, *bodies)
        with alone(knowledge, path) as desk:
            now = desk.clock() + 1
            while orders := desk.store.outbox.ready(now, 100):
                with desk.store.writing():
                    for order in orders:
                        desk.store.outbox.sent(order, on_telegram(1), [1], now)
            text = json.dumps(
                {"update_id": next(_numbers), "message": {**SAID, "text": "/privacy"}}
            )
            assert worked_on(desk, text) == failed
            answers = [order.effect for order in desk.store.outbox.ready(now, 100)]
            assert [each.to for each in answers] == [Chat(on_telegram(WANG))]


def _as(kind: str, message: dict[str, Any]) -> dict[str, Any]:
    if kind == "callback_query":
        return {"id": "q", "from": message["from"], "data": "human", "message": message}
    if kind == "my_chat_member":
        return {**message, "new_chat_member": {"status": "member"}}
    return message


def some_failed(store: Store) -> bool:
    return bool(store.inbox.failed())


def none_waits(store: Store) -> bool:
    return not store.outbox.backlog()


SPOILT = [
    ("inbox", "update inbox set payload = '{'", some_failed),
    ("inbox", "update inbox set payload = x'ff'", some_failed),
    ("inbox", "update inbox set received_at = 'noon'", some_failed),
    ("inbox", "update inbox set received_at = 9e99", some_failed),
    ("inbox", f"update inbox set payload = '', lane = '{'9' * 5000}'", some_failed),
    ("outbox", "update outbox set effect = '{'", none_waits),
    ("outbox", "update outbox set effect = '[1]'", none_waits),
    ("outbox", 'update outbox set effect = \'{"kind": "send"}\'', none_waits),
    ("outbox", "update outbox set effect = x'ff', attempts = 'many'", none_waits),
    ("conversations", "update conversations set data = '{'", some_failed),
    ("timers", "insert into timers values ('telegram:1001', 'step:a', 'noon')", none_waits),
    ("timers", "insert into timers values ('', 'step:a/b/c', -9e99)", none_waits),
]


@pytest.mark.parametrize(("table", "statement", "kept"), SPOILT)
async def test_a_row_that_cannot_be_read_fails_alone(
    telegram: Any,
    knowledge: Any,
    path: Path,
    eventually: Any,
    table: str,
    statement: str,
    kept: Any,
) -> None:
    chen = telegram.person(1002)
    store = Store.open(path)
    with store.writing():
        if table == "inbox":
            payload = door.written({"update_id": 1, "message": SAID})
            store.inbox.take([Arrival("telegram", "1", on_telegram(WANG), payload)], 1.7e9)
        if table == "outbox":
            store.outbox.put(
                f"conversation:telegram:{WANG}", [Send(to=Room("F2222", "frontline"), text="好")], 0
            )
        if table == "conversations":
            store._db.execute(
                "insert into conversations (id, data, updated_at)"
                f" values ('conversation:telegram:{WANG}', '', 0)"
            )
        store._db.execute(statement)
    store.close()
    async with demo.desk_on(telegram, knowledge, path) as desk:
        if table == "conversations":
            await telegram.person(WANG).says("在吗")
        await chen.says("/privacy")
        await chen.sees("资料怎样使用")

        async def alone_failed() -> bool:
            return bool(await desk.read(kept, desk.store))

        await eventually(alone_failed)
        if table == "outbox":
            await telegram.person(2001).sees("处理失败", chat=GROUP)
            ((_, error),) = await desk.read(desk.store.inbox.failed)
            assert error == "ValueError: order 1 cannot be read, so nobody was told what it says"


async def test_an_order_whose_outcome_cannot_be_kept_fails_alone(
    telegram: Any, knowledge: Any, path: Path, faults: Any, eventually: Any
) -> None:
    wang, chen = telegram.person(WANG), telegram.person(1002)
    await wang.says("/privacy")

    async def strange(parameters: Any) -> Answer | None:
        if parameters.text("chat_id") != str(WANG):
            return None
        return Answer(200, {"ok": True, "result": {"message_id": str(2**63)}})

    faults["sendMessage"] = strange
    async with demo.desk_on(telegram, knowledge, path) as desk:
        query = "select status, error from outbox where lane = 'chat:telegram:1001'"
        failed = ("failed", "refused: OverflowError")

        async def answer_and_word_about_it_failed() -> bool:
            rows = await desk.read(lambda: desk.store._db.execute(query).fetchall())
            return bool(rows == [failed, failed])

        await eventually(answer_and_word_about_it_failed)
        await chen.says("/privacy")
        await chen.sees("资料怎样使用")
        await take(desk, desk.channels["telegram"], [])
        assert await answer_and_word_about_it_failed()
