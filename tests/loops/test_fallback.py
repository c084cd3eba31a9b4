"""A person on one channel and agents on another hear one another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import demo
from bot.app.wiring import live, reached
from bot.channels.console import ABILITIES, Console, person
from bot.channels.console.board import Post
from bot.channels.telegram import Telegram
from bot.core.content.knowledge import Knowledge
from bot.local_telegram import Attachment, LocalTelegram, Person, Seen
from bot.local_telegram.examples.contents import PICTURE
from bot.loops import Desk, internal_events
from bot.store import Store
from bot.store.account import account
from tests.addresses import WANG
from tests.patience import PATIENCE

YOU = person("您", "you")
FRONTLINE = demo.FIRST_GROUP


class Both:
    """A person at the terminal, and 小李 in the group of the local Telegram."""

    desk: Desk[Store]

    def __init__(self, telegram: LocalTelegram, folder: Path) -> None:
        self.posts: list[Post] = []
        self.console = Console({}, self.posts.append, folder)
        self.agent: Person = telegram.person(demo.AGENTS[0].id)
        self.telegram = telegram
        self.at: dict[str, Any] = {"chat": FRONTLINE}

    async def type(self, line: str) -> None:
        await self.console.type(YOU, line)

    async def shown(self, wanted: Callable[[Post], bool]) -> Post:
        """The first post that is wanted."""
        async with asyncio.timeout(PATIENCE):
            while not (found := [post for post in self.posts if wanted(post)]):
                await asyncio.sleep(0.02)
        return found[0]

    async def reads(self, part: str) -> Post:
        return await self.shown(lambda post: part in post.text)

    async def hears(self, part: str, kind: str = "text") -> Seen:
        """What 小李 sees of that in the topic."""
        return await self.agent.sees(
            lambda seen: part in seen.text and kind in seen.raw, 8.0, **self.at
        )

    async def hand_over(self) -> None:
        """Have a ticket, which 小李 takes."""
        await self.type("转人工")
        asked = await self.reads("马上为您转人工")
        await self.type(next(str(n) for n, label in asked.buttons.items() if "转人工" in label))
        card = await self.hears("🎫")
        self.at["thread"] = card.thread
        await self.agent.presses("接单", card)
        await self.reads("小李已接单")


@pytest.fixture
async def both(
    telegram: LocalTelegram, knowledge: Knowledge, path: Path, tmp_path: Path
) -> AsyncIterator[Both]:
    both = Both(telegram, tmp_path)
    channel, groups = Telegram(telegram.token, telegram.url), demo.groups_of(knowledge)
    async with (
        reached(channel),
        live([channel, both.console], knowledge, path, groups) as (desk, _),
    ):
        both.desk = desk
        await both.hand_over()
        yield both
        assert await desk.read(desk.store.inbox.failed) == []
    found = account(path)
    assert found is not None
    assert found.is_settled, found


async def test_words_pass_both_ways(both: Both) -> None:
    await both.type("a < b 怎么办")
    question = await both.hears("a < b 怎么办")
    await both.agent.says("请 *看* a & b", reply_to=question, **both.at)
    answer = await both.reads("请 *看* a & b")
    assert answer.ref.chat == YOU.address
    await both.type("谢谢")
    await both.hears("谢谢")


async def test_an_edit_of_what_cannot_be_changed_is_told(both: Both) -> None:
    said = await both.agent.says("请看第三步", **both.at)
    await both.reads("请看第三步")
    await both.agent.edits(said, "请看第四步")
    await both.hears("请看第四步")
    assert not [post for post in both.posts if "第四步" in post.text]


async def test_files_pass_both_ways_with_their_words(both: Both, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(PICTURE)
    await both.type(f"{picture} 截图在这")
    sent = await both.hears("截图在这", "document")
    assert sent.raw["document"]["file_name"] == "shot.png"
    files = [Attachment(f"{n}.pdf", b"%PDF-" + bytes([n]), "application/pdf") for n in (1, 2)]
    await both.agent.sends(*files, kind="document", caption="操作说明", **both.at)
    assert (await both.reads("操作说明")).file.endswith("1.pdf")
    await both.shown(lambda post: post.file.endswith("2.pdf"))
    got = [Path(post.file) for post in both.posts if post.file]
    assert [path.name.partition("-")[2] for path in got] == ["1.pdf", "2.pdf"]
    assert [path.read_bytes() for path in got] == [file.data for file in files]


async def test_words_that_have_no_room_under_a_file_follow_it(both: Both, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(PICTURE)
    await both.type(f"{picture} {'很长' * 600}")
    sent = await both.hears("", "document")
    assert sent.text == ""
    await both.hears("很长" * 600)


async def test_who_sends_what_cannot_pass_is_told(both: Both) -> None:
    await both.agent.sends_sticker("🙏", **both.at)
    await both.hears("没有送达")
    assert not [post for post in both.posts if post.kind == "sticker"]


async def test_a_file_that_is_gone_is_told(both: Both, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(PICTURE)
    real = both.console.download

    async def late(file: str) -> bytes:
        picture.unlink(missing_ok=True)
        return await real(file)

    both.console.download = late  # type: ignore[method-assign]
    await both.type(str(picture))
    await both.hears("无法显示")


async def test_a_file_that_is_too_large_there_is_told(both: Both) -> None:
    both.console.abilities = replace(ABILITIES, largest={"document": 3})
    await both.agent.sends(Attachment("1.pdf", b"data"), kind="document", **both.at)
    await both.hears("没有送达")
    await both.agent.sends(Attachment("1.pdf", b"pdf"), kind="document", **both.at)
    await both.shown(lambda post: post.file.endswith("1.pdf"))


async def test_who_is_one_person_on_both_deletes_both(both: Both) -> None:
    talk, home = both.desk.knowledge.texts.talk, both.telegram.person(demo.TAXPAYERS[0].id)
    await home.says("在家也查不到")
    await home.sees(lambda seen: not seen.is_mine)
    told = internal_events.joined(YOU.address, WANG, "join")
    await both.desk.write(both.desk.store.inbox.take, [told], both.desk.clock())
    both.desk.arrived.set()
    await both.type("/delete")
    asked = await both.shown(lambda post: talk.button_delete in post.buttons.values())
    await both.type(next(str(n) for n, at in asked.buttons.items() if at == talk.button_delete))
    await both.reads(talk.deleted)
    await home.sees(talk.deleted)
