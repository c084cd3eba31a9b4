"""What authors edit is taken on while the desk runs; what is wrong is told, and the old stays."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest

from bot.app import demo, renewing
from bot.app.load import load
from bot.app.renewing import Source, renewed
from bot.app.wiring import in_pieces
from bot.local_telegram import LocalTelegram
from bot.loops import Desk
from bot.loops.winding import digest
from bot.matching.meaning import Vectors
from bot.store import Store
from tests.app.load.edits import Edit, add, change, swap
from tests.patience import PATIENCE

NEW = "您好，这是改过的帮助。"
HELP = "messages/zh/talk.toml", swap('help = """\n', f'help = """\n{NEW}')
STAYS = "the edited faq/ is not taken on: "


@pytest.fixture(autouse=True)
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, renewing.__name__)
    return caplog


Edited = tuple[Desk[Store], LocalTelegram]


@pytest.fixture
async def edited(root: Path, tmp_path: Path) -> AsyncIterator[Edited]:
    """A running desk whose folder is looked at all the time."""
    knowledge = load(root)
    telegram = demo.telegram_for(knowledge)
    groups = demo.groups_of(knowledge)
    source = Source(root, tmp_path / "desk.index", groups, {})
    async with (
        telegram,
        demo.desk_on(telegram, in_pieces(knowledge, 0), tmp_path / "desk.db") as desk,
        renewed(desk, source, every=0.05),
    ):
        yield desk, telegram


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)


async def test_an_edit_is_heard_by_whoever_writes_next(
    edited: Edited, root: Path, told: pytest.LogCaptureFixture
) -> None:
    desk, telegram = edited
    before = desk.knowledge.version
    change(root, *HELP)
    await until(lambda: "is taken on" in told.text)
    assert before != desk.knowledge.version == desk.basis.faq == load(root).version
    assert desk.knowledge.limits.pieces.total_seconds() == 0
    person = telegram.person(1001)
    await person.says("/help")
    await person.sees(NEW)


async def test_edited_targets_wind_the_clocks_and_edited_commands_are_shown(
    edited: Edited, root: Path, told: pytest.LogCaptureFixture
) -> None:
    desk, telegram = edited
    change(root, "tiers.toml", swap("first_reply = 30", "first_reply = 45"))
    change(root, "messages/zh/commands.toml", swap("能帮您做什么", "有什么能帮您"))
    await until(lambda: "is taken on" in told.text)
    assert not await desk.write(desk.store.timers.wind, digest(desk.knowledge), desk.clock())
    shown = [each["description"] for made in telegram.world.commands.values() for each in made]
    assert "有什么能帮您" in shown
    assert "能帮您做什么" not in shown


@pytest.mark.parametrize(
    ("name", "slip", "line"),
    [
        ("tiers.toml", swap("first_reply = 30", "first_reply = 0"), "faq/tiers.toml  "),
        ("calendar.toml", add("= 5"), "faq/calendar.toml  "),
        (
            "tiers.toml",
            add('[[tiers]]\nid = "fourth"\nname = "四线"\npromise = "请等。"'),
            "FAPIAO_GROUPS  tier 'fourth' has no group; add fourth:<chat id>",
        ),
    ],
)
async def test_what_is_wrong_is_told_with_its_place_and_the_old_stays(
    name: str, slip: Edit, line: str, edited: Edited, root: Path, told: pytest.LogCaptureFixture
) -> None:
    desk, _ = edited
    old = desk.knowledge
    change(root, name, slip)
    await until(lambda: STAYS in told.text)
    assert f"{STAYS}{line}" in told.text
    assert desk.knowledge is old


async def test_the_old_stays_while_the_folder_is_away_and_what_comes_then_is_taken_on(
    edited: Edited, root: Path, told: pytest.LogCaptureFixture
) -> None:
    desk, _ = edited
    old = desk.knowledge
    away = await asyncio.to_thread(root.rename, root.with_name("away"))
    await until(lambda: STAYS in told.text)
    await asyncio.to_thread(away.rename, root)
    change(root, *HELP)
    await until(lambda: desk.knowledge is not old)


async def test_with_an_encoder_it_is_built_here_and_heeds_meaning(
    root: Path, tmp_path: Path
) -> None:
    class Lengths:
        def encode(self, texts: list[str], /) -> Vectors:
            return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    knowledge = load(root)
    source = Source(root, tmp_path / "desk.index", demo.groups_of(knowledge), {}, Lengths())
    telegram = demo.telegram_for(knowledge)
    async with (
        telegram,
        demo.desk_on(telegram, knowledge, tmp_path / "desk.db") as desk,
        renewed(desk, source, every=0.05),
    ):
        change(root, *HELP)
        await until(lambda: desk.knowledge is not knowledge)
        assert desk.knowledge.matcher.semantic
        assert desk.basis.matcher == "semantic"
    assert not source.index.exists()
