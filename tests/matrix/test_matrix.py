"""Whatever is sent arrives once, whole, at the right one, or its writer is told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.knowledge import Knowledge
from tests.matrix.cells import SETTINGS, played
from tests.matrix.played import table


@pytest.mark.parametrize("setting", SETTINGS)
async def test_every_cell_holds_the_promise(
    knowledge: Knowledge, tmp_path: Path, setting: str
) -> None:
    async with table(knowledge, tmp_path, setting) as people:
        outcomes = {cell: await people.becomes(*cell) for cell in played(setting)}
    good = {"answered"} if setting == "newcomer" else {"arrived", "told"}
    assert {cell: became for cell, became in outcomes.items() if became not in good} == {}
