"""The diagnosis on cases and replies of people who knew neither its facts nor its phrasings.

The floors lie a little below what was measured (docs/measurements.md).
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.core.content.knowledge import Knowledge
from bot.core.understanding import Understood
from bot.insight import case_rows
from bot.insight.diagnose import figures, play, reading, taken

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)


def test_a_cause_is_found_with_few_questions(knowledge: Knowledge) -> None:
    cases = case_rows.cases(HERE / "cases.jsonl", knowledge.diagnosis)
    row = figures([play(knowledge, case) for case in cases])
    assert row.n == 72
    assert row.found is not None
    assert row.found_first is not None
    assert row.found >= 0.9
    assert row.found_first >= 0.75
    assert row.questions <= 3
    assert row.most_questions <= 6
    assert row.lists == 0


def test_a_reply_in_a_step_is_read_for_what_it_is(knowledge: Knowledge) -> None:
    replies = case_rows.replies(HERE / "replies.jsonl", knowledge.diagnosis)
    row = reading(replies, [taken(knowledge, reply) for reply in replies])
    assert row.n == 200
    assert row.right is not None
    assert row.wrong is not None
    assert row.right >= 0.9
    assert row.wrong <= 0.06


def test_a_reply_to_a_remedy_is_hardly_ever_taken_for_another_outcome(
    knowledge: Knowledge,
) -> None:
    rows = [json.loads(line) for line in (HERE / "outcomes.jsonl").read_text("utf-8").splitlines()]
    read = Counter[bool | None]()
    for row in rows:
        said = Understood(row["text"], NOW, knowledge)
        outcome = "human" if "human" in said.wishes else said.outcome
        read[None if outcome is None else outcome == row["means"]] += 1
    assert len(rows) == 240
    assert read[True] >= 0.7 * len(rows)
    assert read[False] <= 0.11 * len(rows)
