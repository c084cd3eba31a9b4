"""The questions that measure the desk are not among those it has learned by heart."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.app.load import asked
from bot.core.content.knowledge import Knowledge
from bot.insight import calibrate, rows
from bot.matching import weights

HERE = Path(__file__).parent
LEARNED, UNSEEN = HERE / "questions.jsonl", HERE / "unseen.jsonl"
WITHHELD = frozenset((HERE / "withheld.txt").read_text().split())
"""Digests of the sentences of a sample by others, whose words are not to be looked at."""


def bare(text: str) -> str:
    """A text without what people may write differently."""
    return "".join(filter(str.isalnum, text))


def digest(text: str) -> str:
    return sha256(bare(text).encode()).hexdigest()[:16]


@pytest.fixture(scope="module")
def written(knowledge: Knowledge) -> list[str]:
    """Every sentence that the matcher has stored."""

    def sentences() -> Iterator[str]:
        for said in asked(knowledge.entries).values():
            yield from said
        yield from knowledge.lexicon.strangers

    return list(sentences())


def test_no_withheld_sentence_is_stored(written: list[str]) -> None:
    assert len(WITHHELD) > 100
    assert WITHHELD.isdisjoint(map(digest, written))


def test_no_withheld_sentence_is_learned_from() -> None:
    learned = [q.text for q in rows.questions(LEARNED)]
    assert WITHHELD.isdisjoint(map(digest, learned))


def test_no_unseen_question_is_stored_or_learned_from(written: list[str]) -> None:
    unseen = {bare(q.text) for q in rows.questions(UNSEEN)}
    learned = {bare(q.text) for q in rows.questions(LEARNED)}
    assert unseen.isdisjoint(learned)
    assert unseen.isdisjoint(map(bare, written))


def test_the_shipped_weights_are_what_calibrating_prints(knowledge: Knowledge) -> None:
    entries = asked(knowledge.entries)
    found = calibrate.calibrate(entries, rows.questions(LEARNED), knowledge.lexicon)
    # Another processor may sum in another order.
    assert found.model.weights == pytest.approx(weights.SHIPPED.weights, abs=0.03)
    assert found.model.answer_from == pytest.approx(weights.SHIPPED.answer_from, abs=0.011)
    assert found.model.known_from == pytest.approx(weights.SHIPPED.known_from, abs=0.02)
    assert found.model.suggest_from == pytest.approx(weights.SHIPPED.suggest_from, abs=0.02)
