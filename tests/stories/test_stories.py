"""Whole conversations with a real database file: over HTTP against the local Telegram, and on the
terminal those that need nothing that it lacks.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.app import wiring
from bot.app.demo import STORY
from bot.channels import console
from bot.core.content.knowledge import Knowledge
from bot.local_telegram.stories import story
from bot.store.account import account
from tests.conftest import Clock, OpenScene, always_open
from tests.stories.needs import needs, offers
from tests.stories.terminal import Terminals

STORIES = [STORY, *sorted(Path(__file__).parent.glob("*.toml"))]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


LACKING = {path: needs(read(path)) - offers(console.ABILITIES) for path in STORIES}
"""By each story what the terminal has not for it."""


PLAYED = [path for path, lacking in LACKING.items() if not lacking]


def settled(database: Path) -> None:
    """All that arrived was worked on, and all that was ordered is done or told."""
    found = account(database)
    assert found is not None
    assert found.is_settled, found


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_the_story_comes_true(path: Path, scene: OpenScene, tmp_path: Path) -> None:
    told = read(path)
    lines: list[str] = []
    about = {
        "topics": told.get("topics", True),
        "pieces": told.get("pieces", 0),
        "around_the_clock": told.get("around_the_clock", False),
    }
    async with scene(**about) as stage:
        try:
            played = await story.play(told, stage.telegram, lines.append, stage.later)
        except story.Failed as failed:
            pytest.fail("\n".join([*lines[-12:], str(failed)]), pytrace=False)
        failed_rows = await stage.desk.read(stage.desk.store.inbox.failed)
    assert played == len(told["steps"])
    assert failed_rows == []
    settled(tmp_path / "desk.db")


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
async def test_the_story_comes_true_on_the_terminal(
    path: Path, knowledge: Knowledge, tmp_path: Path
) -> None:
    told, clock = read(path), Clock()
    knowledge = always_open(knowledge) if told.get("around_the_clock") else knowledge
    knowledge = wiring.in_pieces(knowledge, told.get("pieces", 0))
    terminals = Terminals(knowledge, tmp_path, topics=told.get("topics", True))
    chats = {tier: chat for tier, (chat, _) in terminals.rooms.items()}
    about = wiring.live([terminals.console], knowledge, tmp_path / "desk.db", chats, clock=clock)
    async with about as (desk, _):

        async def later(seconds: float) -> None:
            clock.ahead += seconds
            desk.timed.set()

        try:
            played = await terminals.play(told["steps"], later)
        except story.Failed as failed:
            pytest.fail("\n".join([*terminals.last(), str(failed)]), pytrace=False)
        failed_rows = await desk.read(desk.store.inbox.failed)
    assert played == len(told["steps"])
    assert failed_rows == []
    settled(tmp_path / "desk.db")


def test_the_terminal_leaves_out_only_what_it_cannot_play() -> None:
    left_out = {path.stem: sorted(lacking) for path, lacking in LACKING.items() if lacking}
    for stem, lacking in left_out.items():
        print(f"not on the terminal, which has no {', '.join(lacking)}: {stem}")  # noqa: T201
    reasons = Counter(reason for lacking in left_out.values() for reason in lacking)
    assert len(PLAYED) + len(left_out) == len(STORIES)
    assert len(PLAYED) > len(left_out)
    assert reasons.keys() <= {
        "edit",
        "marks",
        "topics",
        "sticker",
        "location",
        "contact",
        "albums",
        "an app",
    }
