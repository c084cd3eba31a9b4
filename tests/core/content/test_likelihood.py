"""How likely values are joins what authors wrote with what their examples show."""

from __future__ import annotations

import pytest

from bot.core.content.diagnosis import Message
from bot.core.content.knowledge import Knowledge
from bot.core.content.likelihood import ALIKE, FITS, answers
from tests.core.diagnosis.tiny import FACTS, tiny

SEEN = Message(text="修了还是响", facts={"sign": "loud"})


def test_who_cannot_tell_gives_no_answer() -> None:
    assert [answers(fact) for fact in FACTS] == [("dark", "loud"), ("new", "old"), ("in", "out")]


def test_what_the_author_names_fits_and_the_rest_is_unlikely_not_impossible() -> None:
    likely = tiny().likely["burnt"]["sign"]
    assert likely == pytest.approx({"dark": FITS, "loud": 1 - FITS})


def test_what_the_author_excludes_never_is() -> None:
    assert tiny().likely["unplugged"]["plug"] == pytest.approx({"in": 0.0, "out": 1.0})


def test_a_fact_that_a_cause_does_not_name_is_told_as_with_any_other() -> None:
    assert tiny().likely["worn"]["plug"] == pytest.approx({"in": 0.5, "out": 0.5})


def test_examples_count_beside_what_the_author_expects() -> None:
    likely = tiny(examples={"burnt": (SEEN,) * 10}).likely["burnt"]["sign"]
    expected = (ALIKE * (1 - FITS) + 10) / (ALIKE + 10)
    assert likely["loud"] == pytest.approx(expected)
    assert sum(likely.values()) == pytest.approx(1)


def test_what_people_say_of_their_own_accord_is_seldom_unsaid() -> None:
    diagnosis = tiny(examples={"worn": (SEEN,) * 20, "burnt": (Message(text="坏了"),) * 20})
    assert diagnosis.unsaid["worn"]["sign"] < 0.2 < 0.8 < diagnosis.unsaid["burnt"]["sign"]
    assert diagnosis.unsaid["worn"]["age"] > 0.8


def test_every_shipped_share_is_one(knowledge: Knowledge) -> None:
    diagnosis = knowledge.diagnosis
    for each in diagnosis.causes:
        for fact in diagnosis.facts.values():
            shares = diagnosis.likely[each][fact.id]
            assert set(shares) == {*answers(fact)}
            assert sum(shares.values()) == pytest.approx(1)
            assert 0 < diagnosis.unsaid[each][fact.id] < 1
