"""A talk in the terminal is one with the real desk."""

from __future__ import annotations

import pty
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.app import terminal
from bot.cli import author
from bot.core.content.knowledge import Knowledge
from bot.local_telegram.stories.story import PICTURE
from bot.store.account import account


class Talk:
    """Lines, each typed when the one before it was answered; `{number}` is the ticket's."""

    def __init__(self, knowledge: Knowledge, folder: Path) -> None:
        self.knowledge = knowledge
        self.folder = folder
        self.said: list[str] = []

    async def lines(self, lines: tuple[str, ...]) -> AsyncIterator[str]:
        for line in lines:
            numbers = re.findall(r"F[0-9A-Z]{4}", "\n".join(self.said))
            yield line.replace("{number}", numbers[-1] if numbers else "")

    async def type(self, *lines: str) -> str:
        """All that is said to these lines."""
        before = len(self.said)
        about = (self.knowledge, self.folder / "talk.db", self.folder, self.lines(lines))
        await terminal.talk(*about, self.said.append, at_once=True)
        return "\n".join(self.said[before:])


@pytest.fixture
def talk(knowledge: Knowledge, tmp_path: Path) -> Talk:
    return Talk(knowledge, tmp_path)


async def test_a_sure_question_is_answered_from_its_entry(talk: Talk) -> None:
    entry = talk.knowledge.entries["query-status-meaning"]
    answer = await talk.type(entry.title)
    assert entry.answer.strip().splitlines()[0].replace("**", "") in answer
    assert re.search(rf"^  \d  {talk.knowledge.texts.talk.button_helped}$", answer, re.MULTILINE)


async def test_a_question_about_something_else_says_so_and_shows_the_way_on(talk: Talk) -> None:
    answer = await talk.type("帮我写一首关于春天的诗")
    assert talk.knowledge.texts.talk.abstain in answer
    assert talk.knowledge.texts.talk.button_human in answer


async def test_the_answer_is_text_and_not_html(talk: Talk) -> None:
    answer = await talk.type("/help <b> & ok")
    assert not {"<b>", "&amp;", "&lt;", "**"} & set(answer.split())
    assert "<b>" not in answer


async def test_a_handoff_shows_the_agents_side_and_both_hear_one_another(talk: Talk) -> None:
    picture = talk.folder / "shot.png"
    picture.write_bytes(PICTURE)
    said = await talk.type(
        "转人工",
        "10",
        "@{number} 1",
        "@{number} 您好，看到了",
        f"{picture} 报错截图",
        "@nobody 在吗",
    )
    assert re.search(r"^一线客服 │ 🎫 F[0-9A-Z]{4} ", said, re.MULTILINE)
    assert "由您负责）" in said
    assert "\n您好，看到了\n" in said
    assert f"一线客服 │ <photo> {picture}\n一线客服 │ 报错截图" in said
    assert terminal.NOWHERE.format(called="nobody") in said


async def test_a_talk_goes_on_from_its_file(talk: Talk) -> None:
    await talk.type("转人工", "10")
    said = await talk.type("/ticket", "在吗")
    assert "待接单" in said
    assert "一线客服 │ 在吗" in said
    found = account(talk.folder / "talk.db")
    assert found is not None
    assert found.is_settled, found


@pytest.mark.usefixtures("unset")
def test_what_is_typed_is_answered_until_it_ends(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(author, "with_matcher", lambda *_: knowledge)  # which takes seconds
    entry = knowledge.entries["query-status-meaning"]
    typed = b"\xff\n" + f"{entry.title}\n\n转人工".encode()
    result = CliRunner().invoke(app, ["ask"], input=typed)
    assert result.exit_code == 0, result.output
    assert entry.answer.strip().splitlines()[0].replace("**", "") in result.stdout
    assert "赶时间就点" in result.stdout
    assert terminal.HELP not in result.stdout


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], int]]:
    """Types at a terminal that is standard input."""
    ours, theirs = pty.openpty()
    with open(theirs, encoding="utf-8") as stdin, open(ours, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield keys.write


async def test_a_terminal_is_read_line_by_line_until_ctrl_d(
    keyboard: Callable[[bytes], int],
) -> None:
    lines = terminal.typed()
    keyboard("发票查不到\n昨天开的\n".encode())
    assert [await anext(lines), await anext(lines)] == ["发票查不到", "昨天开的"]
    keyboard(b"\x04")
    assert [line async for line in lines] == []


async def test_ctrl_c_ends_a_talk_as_ctrl_d_does(keyboard: Callable[[bytes], int]) -> None:
    lines = terminal.typed()
    keyboard(b"a\n")
    assert await anext(lines) == "a"
    signal.raise_signal(signal.SIGINT)
    assert [line async for line in lines] == []


def test_a_why_needs_a_question() -> None:
    result = CliRunner().invoke(app, ["ask", "--explain"])
    assert result.exit_code == 2
    assert result.stderr == "--explain  needs a question\n"
