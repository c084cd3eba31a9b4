"""Whole conversations, played over HTTP against the local Telegram with a real database file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.app.demo import STORY
from bot.local_telegram.stories import story
from bot.store.account import account

STORIES = [STORY, *sorted(Path(__file__).parent.glob("*.toml"))]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_the_story_comes_true(path: Path, scene: Any, tmp_path: Path) -> None:
    told = read(path)
    lines: list[str] = []
    async with scene(topics=told.get("topics", True), pieces=told.get("pieces", 0)) as stage:
        try:
            played = await story.play(told, stage.telegram, lines.append, stage.later)
        except story.Failed as failed:
            pytest.fail("\n".join([*lines[-12:], str(failed)]), pytrace=False)
        failed_rows = await stage.desk.read(stage.desk.store.inbox.failed)
    assert played == len(told["steps"])
    assert failed_rows == []
    found = account(tmp_path / "desk.db")
    assert found is not None
    assert found.is_settled, found
