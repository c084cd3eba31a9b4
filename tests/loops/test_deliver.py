"""Outbox to Telegram: in order, not too fast, again when it may help, and told when it does not."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import Any

import pytest

from bot.app import demo
from bot.core.model.effects import (
    Button,
    Chat,
    Edit,
    Outgoing,
    Place,
    Relay,
    Respond,
    Room,
    Send,
    Topic,
)
from bot.core.model.message import Item, Ref
from bot.local_telegram.bot_api.rate_limits import Limits
from bot.local_telegram.wire.answers import Answer
from bot.loops import Pace
from bot.loops.deliver import Carrier, deliver
from bot.loops.retry import BACKOFF, FEW_ATTEMPTS
from bot.loops.work import work_on
from tests.addresses import on_telegram
from tests.patience import PATIENCE

WANG, CHEN, LI = 1001, 1002, 2001
GROUP = demo.FIRST_GROUP
HER, HIM = Chat(on_telegram(WANG)), Chat(on_telegram(CHEN))
CASE = "conversation:telegram:1001"
ROOM = Room("F2222", "frontline")
BROKEN = Answer(500, {"ok": False, "error_code": 500, "description": "Internal Server Error"})


def send(text: str, to: Place = HER, key: str = "") -> Send:
    return Send(to=to, text=text, key=key)


@pytest.fixture
async def people(telegram: Any) -> tuple[Any, Any]:
    """王芳 and 老陈, who have both started the bot."""
    people = telegram.person(WANG), telegram.person(CHEN)
    for person in people:
        await person.says("/start")
    return people


async def order(desk: Any, *effects: Outgoing) -> None:
    await desk.write(desk.store.outbox.put, CASE, effects, desk.clock())
    desk.ordered.set()


async def first(desk: Any, at: float) -> Any:
    (found, *_) = await desk.read(desk.store.outbox.ready, at, 1)
    return found


async def lost(desk: Any) -> list[dict[str, Any]]:
    rows = await desk.read(desk.store.inbox.waiting, 10)
    return [json.loads(row.payload) for row in rows if row.channel == "outbox"]


async def done(desk: Any) -> None:
    """Wait until nothing waits any more."""
    async with asyncio.timeout(PATIENCE):
        while await desk.read(desk.store.outbox.backlog):
            await asyncio.sleep(0.01)


async def test_a_place_is_told_one_thing_after_the_other(
    people: Any, still: Any, running: Any
) -> None:
    wang, _ = people
    async with still() as desk, running(deliver(desk)):
        await order(desk, *(send(f"第{n}句") for n in range(20)))
        heard = [(await wang.sees()).text for _ in range(20)]
    assert heard == [f"第{n}句" for n in range(20)]


async def test_places_do_not_wait_for_one_another(
    people: Any, still: Any, running: Any, faults: Any
) -> None:
    wang, chen = people
    gate = asyncio.Event()

    async def slow(parameters: Any) -> None:
        if parameters.integer("chat_id") == WANG:
            await gate.wait()

    faults["sendMessage"] = slow
    async with still() as desk, running(deliver(desk)):
        await order(desk, send("慢"), send("后"), send("快", HIM))
        await chen.sees("快")
        gate.set()
        assert (await wang.sees()).text == "慢"
        assert (await wang.sees()).text == "后"


async def test_a_full_group_does_not_keep_people_waiting(
    telegram: Any, people: Any, still: Any, running: Any
) -> None:
    telegram.api.limits = Limits()
    async with still() as desk, running(deliver(desk, Pace())):
        await order(desk, *(send("卡片", Room(f"F{n:04}", "frontline")) for n in range(300)))
        await order(desk, send("您好"))
        await people[0].sees("您好")


async def test_what_fails_is_tried_again_however_long_it_lasts(
    people: Any, still: Any, clock: Any, faults: Any
) -> None:
    async def fail(parameters: Any) -> Answer:
        return BROKEN

    faults["sendMessage"] = fail
    async with still() as desk:
        await order(desk, send("试试"), send("下一句"))
        carrier, waits = Carrier(desk, None), []
        for _ in range(40):
            await carrier.carry(await first(desk, clock()))
            due = await desk.read(desk.store.outbox.next_due, clock())
            waits.append(due - clock())
            clock.now = due
        assert waits == sorted(waits)
        assert waits[:4] == pytest.approx([2, 2, 4, 8], abs=0.01)
        assert waits[-1] == pytest.approx(BACKOFF)
        assert await lost(desk) == []
        del faults["sendMessage"]
        await carrier.carry(await first(desk, clock()))
        assert (await people[0].sees("试试")).text == "试试"
        assert (await first(desk, clock())).effect.text == "下一句"


async def test_a_press_nobody_waits_for_any_more_is_given_up(
    people: Any, still: Any, clock: Any, faults: Any
) -> None:
    async def fail(parameters: Any) -> Answer:
        return BROKEN

    faults["answerCallbackQuery"] = fail
    async with still() as desk:
        await order(desk, Respond(to=HER, query="1", text="好"))
        for _ in range(FEW_ATTEMPTS + 1):
            await Carrier(desk, None).carry(await first(desk, clock()))
            clock.now += BACKOFF
        assert await desk.read(desk.store.outbox.backlog) == 0


async def test_what_was_sent_but_could_not_be_kept_is_no_failure_and_waits(
    people: Any, still: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*args: Any) -> None:
        raise sqlite3.OperationalError("database is locked")

    async with still() as desk:
        await order(desk, send("您好"))
        monkeypatch.setattr(desk.store.outbox, "sent", locked)
        with pytest.raises(sqlite3.OperationalError):
            await Carrier(desk, None).carry(await first(desk, clock()))
        assert await lost(desk) == []
        assert (await first(desk, clock())).effect.text == "您好"


async def test_what_is_for_a_group_that_is_gone_waits_for_it_and_is_told_once(
    telegram: Any, still: Any, clock: Any
) -> None:
    telegram.remove_bot(GROUP, by=LI)
    async with still() as desk:
        await order(desk, send("卡片", ROOM), send("您好", ROOM))
        carrier = Carrier(desk, None)
        for _ in range(3):
            await carrier.carry(await first(desk, clock()))
            clock.now += BACKOFF
        (told,) = await lost(desk)
        assert told["reason"] == "no_group"
        telegram.add_bot(GROUP, by=LI)
        for text in ("卡片", "您好"):
            await carrier.carry(await first(desk, clock()))
            assert (await telegram.person(LI).sees(text, chat=GROUP)).text == text


async def test_what_waited_for_its_group_and_is_refused_then_is_told_as_well(
    still: Any, clock: Any, faults: Any
) -> None:
    answers = [
        Answer(403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was kicked"}),
        Answer(400, {"ok": False, "error_code": 400, "description": "Bad Request: no"}),
    ]

    async def fail(parameters: Any) -> Answer:
        return answers.pop(0)

    faults["sendMessage"] = fail
    async with still() as desk:
        await order(desk, send("卡片", ROOM))
        carrier = Carrier(desk, None)
        await carrier.carry(await first(desk, clock()))
        clock.now += BACKOFF
        await carrier.carry(await first(desk, clock()))
        assert [told["reason"] for told in await lost(desk)] == ["no_group", "refused"]


async def test_a_room_whose_topic_can_not_be_made_again_goes_on_without_one(
    telegram: Any, still: Any, running: Any, faults: Any
) -> None:
    async def refuse(parameters: Any) -> Answer:
        error = {"ok": False, "error_code": 400, "description": "Bad Request: not enough rights"}
        return Answer(400, error)

    li = telegram.person(LI)
    async with still() as desk, running(deliver(desk)):
        await order(desk, Topic(to=ROOM, title="F2222"), send("卡片", ROOM, "card"))
        await done(desk)
        (thread,) = telegram.world.chats[GROUP].topics
        await li.does("topic", chat=GROUP, thread=thread, action="delete")
        faults["createForumTopic"] = refuse
        await order(desk, send("第一句", ROOM), send("第二句", ROOM))
        await done(desk)
        (told,) = await lost(desk)
        assert (told["reason"], told["effect"]["text"]) == ("no_topic", "第一句")
        assert (await li.sees("第二句", chat=GROUP)).thread is None


async def test_telegram_is_left_alone_for_as_long_as_it_asks(
    people: Any, still: Any, clock: Any, faults: Any
) -> None:
    async def fail(parameters: Any) -> Answer:
        error = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        return Answer(429, error | {"parameters": {"retry_after": 77}})

    faults["sendMessage"] = fail
    pace = Pace()
    async with still() as desk:
        await order(desk, send("试试"))
        await Carrier(desk, pace).carry(await first(desk, clock()))
        due = await desk.read(desk.store.outbox.next_due, clock())
        assert due - clock() == pytest.approx(77, abs=0.01)
    now = asyncio.get_running_loop().time()
    assert pace.held(HER.address, now) == pytest.approx(77, abs=0.5)
    assert pace.held(HIM.address, now) < 0.1


async def test_behind_real_limits_everything_arrives_once_and_in_order(
    telegram: Any, people: Any, knowledge: Any, path: Any
) -> None:
    telegram.api.limits = Limits()
    wang, _ = people
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await wang.sees("您好")
        await order(desk, *(send(f"第{n}句") for n in range(4)))
        heard = [(await wang.sees("第")).text for _ in range(4)]
        await done(desk)
    assert heard == [f"第{n}句" for n in range(4)]
    sent = [call for call in telegram.calls if call.method == "sendMessage"]
    assert len(sent) > 6, "no limit was met"
    assert len([s for s in await wang.history() if "第" in s.text]) == 4


async def test_at_the_desks_own_pace_no_limit_is_met(
    telegram: Any, people: Any, still: Any, running: Any
) -> None:
    telegram.api.limits = Limits()
    wang, chen = people
    async with still() as desk, running(deliver(desk, Pace())):
        for n in range(4):
            await order(desk, send(f"第{n}句"), send(f"第{n}句", HIM))
        await wang.sees("第3句")
        await chen.sees("第3句")
        await done(desk)
    assert len([call for call in telegram.calls if call.method == "sendMessage"]) == 8


async def test_what_telegram_refuses_comes_back_as_an_event_and_the_next_goes_on(
    people: Any, still: Any, running: Any
) -> None:
    wang, chen = people
    await wang.does("block")
    async with still() as desk, running(deliver(desk)):
        await order(desk, send("收得到吗"), send("还有"), send("您好", HIM))
        await chen.sees("您好")
        await done(desk)
        told = await lost(desk)
    assert [(each["reason"], each["effect"]["text"]) for each in told] == [
        ("blocked", "收得到吗"),
        ("blocked", "还有"),
    ]


@pytest.mark.parametrize(
    ("effect", "reason"),
    [
        (Relay(to=HER, items=(Item(Ref(HIM.address, 999), "text"),)), "no_message"),
        (send(""), "refused"),
        (
            Relay(
                to=HER,
                items=(Item(Ref(HIM.address, 1), "photo"), Item(Ref(HIM.address, 2), "photo")),
            ),
            "refused",
        ),
    ],
    ids=["message", "empty", "album"],
)
async def test_whatever_goes_wrong_the_place_is_free_again(
    people: Any, still: Any, running: Any, effect: Outgoing, reason: str
) -> None:
    async with still() as desk, running(deliver(desk)):
        await order(desk, effect, send("好了"))
        await people[0].sees("好了")
        (told,) = await lost(desk)
        assert told["reason"] == reason


async def test_what_was_decided_before_a_crash_is_said_after_it(
    telegram: Any, people: Any, knowledge: Any, path: Any, still: Any, fetched: Any
) -> None:
    async with still() as desk:
        await fetched(desk)
        await desk.write(work_on, desk)
        assert await desk.read(desk.store.outbox.backlog) == 2
    assert not [call for call in telegram.calls if call.method == "sendMessage"]
    async with demo.desk_on(telegram, knowledge, path) as desk:
        for person in people:
            await person.sees("您好")
        await done(desk)
    assert len([call for call in telegram.calls if call.method == "sendMessage"]) == 2


async def test_a_message_is_edited_by_the_key_it_was_sent_with(
    people: Any, still: Any, running: Any
) -> None:
    wang, _ = people
    to, buttons = HER, ((Button("好", "yes"),),)
    async with still() as desk, running(deliver(desk)):
        await order(desk, Edit(to=to, key="q", text="还没有"), Send(to=to, text="问", key="q"))
        await order(desk, Edit(to=to, key="q", text="问", buttons=buttons))
        await order(desk, Edit(to=to, key="q", text="问", buttons=buttons), Edit(to=to, key="q"))
        await done(desk)
        said = [seen for seen in await wang.history() if not seen.is_mine]
        assert [(seen.text, seen.buttons) for seen in said] == [("问", {})]
        assert await lost(desk) == []


async def test_a_ticket_has_one_topic_which_changes_its_title_and_is_closed(
    telegram: Any, still: Any, running: Any
) -> None:
    topics = telegram.world.chats[GROUP].topics
    async with still() as desk, running(deliver(desk)):
        await order(desk, Topic(to=ROOM, title="F2222 待接单"), send("卡片", ROOM))
        await order(desk, Topic(to=ROOM, title="F2222 处理中"), send("您好", ROOM))
        await order(desk, Topic(to=ROOM, title="F2222 已关闭", closed=True))
        await done(desk)
    ((number, topic),) = topics.items()
    assert (topic.name, topic.closed) == ("F2222 已关闭", True)
    texts = [seen.text for seen in await telegram.person(LI).history(chat=GROUP, thread=number)]
    assert [text for text in texts if text] == ["卡片", "您好"]


async def test_a_topic_that_somebody_deleted_is_opened_again_and_the_core_is_told(
    telegram: Any, still: Any, running: Any
) -> None:
    chat = telegram.world.chats[GROUP]
    async with still() as desk, running(deliver(desk)):
        await order(desk, Topic(to=ROOM, title="F2222 待接单"))
        await done(desk)
        (topic,) = chat.topics.values()
        telegram.world.delete_topic(chat, topic)
        await order(desk, send("听得到吗", ROOM), send("第二句", ROOM))
        await telegram.person(LI).sees("第二句", chat=GROUP)
        (told,) = await lost(desk)
        assert (told["reason"], told["effect"]["text"]) == ("no_topic", "听得到吗")
    (again,) = chat.topics.values()
    assert again.name == "F2222 待接单"
