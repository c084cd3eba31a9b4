"""A whole desk with people who tell what is private, send what is hostile, want to be forgotten.

Real HTTP, a real database file; what must not be there is looked for in the bytes of the files.
"""

from __future__ import annotations

import logging
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import demo
from bot.cli.output import start_log
from bot.core.content.limits import Limits
from bot.local_telegram import Attachment

WANG, CHEN, LI, ZHOU = 1001, 1002, 2001, 2002
GROUP = demo.FIRST_GROUP
TAXPAYER, CARD, IDENTITY = "91110108MA01A2B3CX", "6222021234567890128", "110101199003070038"
PRIVATE = (TAXPAYER, CARD, IDENTITY, "13800001234", "wang.fang@example.com")
HOSTILE = """<img src=x onerror="document.title='坏'">'; drop table cases; --"""


def written(path: Path) -> bytes:
    """Every byte of the database, its log and whatever else lies beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()))


async def tells_everything(telegram: Any, knowledge: Any) -> list[str]:
    """王芳 says, sends and edits much with a ticket open, and 小李 answers; what she sent."""
    wang, li, talk = telegram.person(WANG), telegram.person(LI), knowledge.texts.talk
    said = ["我们海淀门店的票一直没有出现", "转人工", f"销售方税号{TAXPAYER}，联系人王小芳"]
    for text in said:
        await wang.says(text)
    await wang.sees(lambda seen: talk.button_human_now in seen.buttons)
    await wang.presses(talk.button_human_now)
    card = await li.sees("🎫", chat=GROUP)
    await li.says("/claim", chat=GROUP, thread=card.thread)
    await wang.sees("小李")
    more = [f"卡号{CARD}", f"身份证{IDENTITY}", f"电话13800001234 邮箱{PRIVATE[-1]}"]
    for text in more:
        first = await wang.says(text)
    await li.sees(more[-1], chat=GROUP, thread=card.thread)
    await wang.edits(first, "改成别的电话13900005678了")
    await wang.sends(Attachment("阿芳的流水.pdf", b"%PDF-1.4 1"), caption="流水在这里面")
    await li.sees("流水在这里面", chat=GROUP, thread=card.thread)
    await li.says("王女士您的卡我看到了", chat=GROUP, thread=card.thread)
    await wang.sees("王女士您的卡我看到了")
    return [*said, *more, "改成别的电话13900005678了", "阿芳的流水.pdf", "流水在这里面", "王小芳"]


async def test_whoever_deletes_everything_is_in_no_byte_of_the_files(
    telegram: Any, knowledge: Any, path: Path, eventually: Any
) -> None:
    wang, talk = telegram.person(WANG), knowledge.texts.talk
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await telegram.person(CHEN).says("老陈的票也查不到了")
        sent = await tells_everything(telegram, knowledge)
        sent += [*PRIVATE, "王女士您的卡我看到了", "wangfang", "王芳", "/delete"]
        before = written(path)
        assert all(text.encode() in before for text in sent if text != "/delete")
        await wang.says("/delete")
        await wang.sees(lambda seen: talk.button_delete in seen.buttons)
        await wang.presses(talk.button_delete)
        await wang.sees(talk.deleted)
        left = written(path)
        own = [text for text in sent if text not in ("转人工", "/delete")]  # the desk says these
        assert [text for text in own if text.encode() in left] == []
        assert "老陈的票也查不到了".encode() in left

        async def closed() -> bool:
            (row,) = await desk.read(desk.store.tickets.rows)
            room = await desk.read(desk.store.rooms.room, str(row["number"]), str(row["tier"]))
            return room is not None and room.closed

        await eventually(closed)  # of which Telegram tells with the title the topic once had
        await telegram.person(CHEN).says("/ticket")
        await telegram.person(CHEN).sees(talk.no_ticket)
        assert [text for text in own if text.encode() in written(path)] == []
    assert [text for text in own if text.encode() in written(path)] == []


async def test_nothing_anybody_said_is_in_a_log_at_debug(
    telegram: Any, knowledge: Any, path: Path, capsys: pytest.CaptureFixture[str], log: None
) -> None:
    start_log("DEBUG", telegram.token)
    async with demo.desk_on(telegram, knowledge, path):
        sent = await tells_everything(telegram, knowledge)
    logging.getLogger("bot.test").debug("%s", " ".join(PRIVATE))
    lines = capsys.readouterr().err
    assert "bot.test" in lines
    assert [text for text in (*sent, *PRIVATE, telegram.token) if text in lines] == []


@pytest.fixture
def log() -> Iterator[None]:
    """The log as it was, after a test that starts its own."""
    names = ("", "telegram", "aiohttp", "asyncio")
    before = {name: logging.getLogger(name).level for name in names}
    handlers = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


async def test_agents_read_what_is_private_masked_until_one_asks(
    telegram: Any, knowledge: Any, path: Path
) -> None:
    li, staff = telegram.person(LI), knowledge.texts.staff
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await tells_everything(telegram, knowledge)
        (row,) = await desk.read(desk.store.tickets.rows)
        room = await desk.read(desk.store.rooms.room, str(row["number"]), str(row["tier"]))
        assert room is not None
        bot = [seen.text for seen in await li.history(chat=GROUP, thread=room.thread)]
        cards = [text for text in bot if "🎫" in text]
        assert not [value for value in PRIVATE for text in (*cards, room.title) if value in text]
        await li.says("/reveal", chat=GROUP, thread=room.thread)
        shown = await li.sees(CARD, chat=GROUP, thread=room.thread)
        assert "ephemeral_message_id" in shown.raw
        assert all(value in shown.text for value in PRIVATE[:3])
        zhou = await telegram.person(ZHOU).history(chat=GROUP, thread=room.thread)
        assert not any(shown.text == seen.text for seen in zhou)
        pressed = [await li.presses(staff.button_reveal, chat=GROUP) for _ in range(4)]
        assert all(each.alert for each in pressed)
        assert all(value in "".join(each.text for each in pressed) for value in PRIVATE[:3])
        rows = await desk.read(lambda: [*desk.store._db["messages"].rows])
        audit = [row["name"] for row in rows if row["who"] == "note"]
        assert audit == ["小李"] * 5


async def test_what_is_kept_too_long_goes_by_itself_and_leaves_the_file(
    telegram: Any, knowledge: Any, path: Path, eventually: Any
) -> None:
    kept = replace(knowledge, limits=Limits(keep=timedelta(days=30)))
    ahead = [0.0]

    def clock() -> float:
        return time.time() + ahead[0]

    async with demo.desk_on(telegram, kept, path, clock=clock) as desk:
        sent = await tells_everything(telegram, kept)
        await telegram.person(WANG).says("/cancel")
        wang, talk = telegram.person(WANG), kept.texts.talk
        await wang.sees(lambda seen: talk.button_withdraw in seen.buttons)
        await wang.presses(talk.button_withdraw)
        await wang.sees("已撤销")
        assert sent[0].encode() in written(path)

        async def closed() -> bool:
            (row,) = await desk.read(desk.store.tickets.rows)
            room = await desk.read(desk.store.rooms.room, str(row["number"]), str(row["tier"]))
            left = await desk.read(desk.store.inbox.backlog)  # a file may still be read
            left += await desk.read(desk.store.outbox.backlog)
            return room is not None and room.closed and not left

        await eventually(closed)
        ahead[0] = 31 * 86400.0
        desk.timed.set()

        async def thinned() -> bool:
            return not [text for text in (*sent, *PRIVATE) if text.encode() in written(path)]

        await eventually(thinned)
        (row,) = await desk.read(desk.store.tickets.rows)
        assert (row["status"], row["tier"]) == ("closed", "frontline")
        assert float(str(row["opened_at"])) < clock() - 30 * 86400


async def test_the_files_are_for_their_owner_alone_while_people_talk(
    telegram: Any, knowledge: Any, path: Path
) -> None:
    async with demo.desk_on(telegram, knowledge, path):
        await telegram.person(WANG).says("/help")
        await telegram.person(WANG).sees("/diagnose")
        modes = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert modes == {0o600}


async def test_hostile_names_texts_and_files_stay_letters_and_do_nothing(
    telegram: Any, knowledge: Any, path: Path
) -> None:
    telegram.world.users[WANG].json["first_name"] = HOSTILE
    wang, li, talk = telegram.person(WANG), telegram.person(LI), knowledge.texts.talk
    async with demo.desk_on(telegram, knowledge, path) as desk:
        await wang.says(HOSTILE)
        await wang.sends(Attachment("../../etc/<b>x</b>'.pdf", b"%PDF-1.4 1"), caption=HOSTILE)
        await wang.says("转人工")
        await wang.sees(lambda seen: talk.button_human_now in seen.buttons)
        await wang.presses(talk.button_human_now)
        card = await li.sees("🎫", chat=GROUP)
        head, _, last_lines = card.text.partition("最近对话")
        assert HOSTILE in head
        assert HOSTILE in last_lines
        assert (
            await desk.read(desk.store.conversations.load, f"conversation:telegram:{WANG}")
        ) is not None
        await wang.says("/start " + HOSTILE)
        await wang.sees(lambda seen: seen.text.startswith("您好，" + HOSTILE))
    sent = [call.parameters for call in telegram.calls if call.method == "sendMessage"]
    assert all(call.get("parse_mode") == "HTML" for call in sent), "a text was not taken as HTML"
