"""Whatever is sent arrives once, whole, at the right one, or its writer is told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.content.knowledge import Knowledge
from tests.matrix.cells import KINDS, MANNERS, SETTINGS, nonsense, played
from tests.matrix.page import MARKS, told
from tests.matrix.played import table


@pytest.mark.parametrize("setting", SETTINGS)
async def test_every_cell_holds_the_promise_as_the_page_tells_it(
    knowledge: Knowledge, tmp_path: Path, setting: str
) -> None:
    async with table(knowledge, tmp_path, setting) as people:
        outcomes = {cell: await people.becomes(*cell) for cell in played(setting)}
    good = {"answered"} if setting == "newcomer" else {"arrived", "told"}
    assert {cell: became for cell, became in outcomes.items() if became not in good} == {}
    if setting != "newcomer":
        page = told()
        wrong = {cell: became for cell, became in outcomes.items() if page[cell] != MARKS[became]}
        assert wrong == {}, "python -m tests.matrix.page > docs/what-arrives.md"


def test_no_cell_is_passed_over_in_silence() -> None:
    page = told()
    assert page.keys() == {(kind, manner) for kind in KINDS for manner in MANNERS}
    for (kind, manner), mark in page.items():
        assert (mark in MARKS.values()) == (nonsense("person", kind, manner) is None)
