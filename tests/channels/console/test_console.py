"""What a typed line means, and what a terminal shows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels import Read, Refused, Target, Update
from bot.channels.console import Console, Group, Nowhere, person
from bot.channels.console.board import Post
from bot.core.model.effects import Button
from bot.core.model.events import Attached, Pressed, Said
from bot.core.model.message import Item, Ref

WANG, LI = person("王芳", "1"), person("小李", "2")
ROOM = "console:frontline"
HERE, THERE = Target(WANG.address, private=True), Target(ROOM)
BUTTONS = ((Button("好了", "yes"), Button("还不行", "no")), (Button("转人工", "human"),))
NOW = datetime(2026, 11, 30, tzinfo=UTC)


class Terminal:
    """A terminal whose desk takes each line at once."""

    def __init__(self, files: Path) -> None:
        self.posts: list[Post] = []
        groups = {ROOM: Group("一线客服", [LI.address])}
        self.console = Console(groups, self.posts.append, files)
        self.updates: list[Update] = []

    async def take(self) -> None:
        while True:
            self.updates.extend(await self.console.fetch())

    async def heard(self, line: str, who: str = "person") -> Read | None:
        """The event that a line becomes."""
        await self.console.type(WANG if who == "person" else LI, line)
        return self.console.read(self.updates[-1].payload, len(self.updates), NOW)


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    terminal = Terminal(tmp_path)
    taking = asyncio.create_task(terminal.take())
    yield terminal
    taking.cancel()
    await asyncio.wait([taking])


async def test_a_line_is_what_its_person_says(terminal: Terminal) -> None:
    said = await terminal.heard("a < b\ud800")
    assert isinstance(said, Said)
    assert (said.who, said.ref.chat, said.group) == (WANG, WANG.address, False)
    assert (said.text, said.html) == ("a < b?", "a &lt; b?")
    (update,) = terminal.updates
    assert (update.chat, update.private) == (WANG.address, True)


async def test_a_number_presses_a_button_once(terminal: Terminal) -> None:
    message = await terminal.console.send(HERE, "<b>现在</b>有了吗？", BUTTONS)
    (post,) = terminal.posts
    assert post.text == "现在有了吗？"
    assert post.buttons == {1: "好了", 2: "还不行", 3: "转人工"}
    pressed = await terminal.heard(" 2 ")
    assert isinstance(pressed, Pressed)
    assert (pressed.data, pressed.ref) == ("no", Ref(WANG.address, message))
    again = await terminal.heard("2")
    assert isinstance(again, Said)
    assert again.text == "2"


async def test_numbers_go_on_until_the_person_writes(terminal: Terminal) -> None:
    await terminal.console.send(HERE, "一", BUTTONS)
    await terminal.console.send(HERE, "二", BUTTONS)
    assert [*terminal.posts[-1].buttons] == [4, 5, 6]
    assert isinstance(await terminal.heard("9"), Said)
    await terminal.console.send(HERE, "三", BUTTONS)
    assert [*terminal.posts[-1].buttons] == [1, 2, 3]


async def test_an_agent_answers_a_ticket_by_its_number(terminal: Terminal) -> None:
    card = await terminal.console.send(THERE, "🎫 F223C", BUTTONS)
    follow = Target(ROOM, reply_to=card)
    question = await terminal.console.send(follow, "F223C 的用户问：在吗", ())
    said = await terminal.heard("@F223C 您好，请讲", "agent")
    assert isinstance(said, Said)
    assert (said.text, said.reply_to, said.group) == ("您好，请讲", Ref(ROOM, card), True)
    assert said.reply_to_desk
    to_that = await terminal.heard("@在吗 在的", "agent")
    assert isinstance(to_that, Said)
    assert to_that.reply_to == Ref(ROOM, question)
    pressed = await terminal.heard("@F223C 3", "agent")
    assert isinstance(pressed, Pressed)
    assert (pressed.data, pressed.ref) == ("human", Ref(ROOM, card))
    await terminal.console.respond(pressed.query, "由您负责", False)
    note = terminal.posts[-1]
    assert (note.ref.chat, note.root, note.text, note.note) == (ROOM, card, "由您负责", True)


async def test_buttons_of_a_ticket_keep_their_numbers(terminal: Terminal) -> None:
    first = await terminal.console.send(THERE, "🎫 F223C", BUTTONS)
    await terminal.heard("@F223C 您好", "agent")
    await terminal.console.send(Target(ROOM, reply_to=first), "现在这样", BUTTONS)
    assert [*terminal.posts[-1].buttons] == [4, 5, 6]
    pressed = await terminal.heard("@F223C 1", "agent")
    assert isinstance(pressed, Pressed)
    assert pressed.ref == Ref(ROOM, first)


async def test_a_group_is_called_by_its_title_and_others_are_unknown(terminal: Terminal) -> None:
    said = await terminal.heard("@一线客服 中午吃什么", "agent")
    assert isinstance(said, Said)
    assert (said.ref.chat, said.reply_to, said.group) == (ROOM, None, True)
    with pytest.raises(Nowhere, match="F9999"):
        await terminal.console.type(LI, "@F9999 在吗")
    assert isinstance(await terminal.heard("@F9999"), Said)


@pytest.mark.parametrize(
    ("name", "kind"), [("1.PNG", "photo"), ("1.pdf", "document"), ("1.xyz", "document")]
)
async def test_a_path_sends_the_file(
    terminal: Terminal, tmp_path: Path, name: str, kind: str
) -> None:
    path = tmp_path / "a b" / name
    path.parent.mkdir()
    path.write_bytes(b"data")
    sent = await terminal.heard(f"'{path}' 查不到 这张")
    assert isinstance(sent, Attached)
    assert (sent.item.what, sent.item.name, sent.size) == (kind, name, 4)
    assert (sent.text, sent.item.html) == ("查不到 这张", "查不到 这张")
    assert await terminal.console.download(sent.item.file) == b"data"
    again = await terminal.heard(f"'{path}'")
    assert isinstance(again, Attached)
    assert again.item.unique == sent.item.unique
    path.unlink()
    with pytest.raises(Refused) as refused:
        await terminal.console.download(sent.item.file)
    assert refused.value.reason == "no_message"


@pytest.mark.parametrize(
    "line", ["/start", "/", "a/b", "it's 1/2", "", "'", "0", "25112000000012345678", "9" * 5000]
)
async def test_what_is_no_file_and_no_button_is_said(terminal: Terminal, line: str) -> None:
    said = await terminal.heard(line)
    assert isinstance(said, Said)
    assert said.text == line


async def test_what_is_passed_on_is_shown(terminal: Terminal, tmp_path: Path) -> None:
    ref = Ref(ROOM, 1)
    items = [
        Item(ref, "text", html="请看 <b>这里</b>", lead="小李："),
        Item(ref, "photo", file="/tmp/1.png"),
    ]
    messages = await terminal.console.copy(HERE, items)
    text, photo = terminal.posts
    assert messages == [text.ref.message, photo.ref.message]
    assert text.text == "小李：\n请看 这里"
    assert (photo.kind, photo.file) == ("photo", "/tmp/1.png")
    await terminal.console.upload(HERE, b"data", "../../说明.pdf")
    path = Path(terminal.posts[-1].file)
    assert path.parent == tmp_path
    assert await terminal.console.download(str(path)) == b"data"


async def test_numbers_are_new_to_a_database_that_knows_some(tmp_path: Path) -> None:
    shown: list[Post] = []
    console = Console({}, shown.append, tmp_path, first=500)
    typing = asyncio.create_task(console.type(WANG, "在吗"))
    (update,) = await console.fetch()
    assert json.loads(update.payload)["message"] == 500
    assert int(update.key) > 500
    assert not typing.done()  # until it is fetched again nobody knows that it was received
    fetching = asyncio.create_task(console.fetch())
    assert await typing == Ref(WANG.address, 500)
    fetching.cancel()
