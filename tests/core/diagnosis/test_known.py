"""What is known: what was said first, then what follows from the invoice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.core.content.knowledge import Knowledge
from bot.core.diagnosis.belief import Known
from bot.core.diagnosis.known import known, questions
from bot.core.model.ticket import Slot
from tests.core.diagnosis.tiny import tiny

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DIAGNOSIS = tiny()


def of(slots: Mapping[str, str], skipped: tuple[str, ...] = (), **invoice: str) -> Known:
    said = {key: Slot(value) for key, value in slots.items()}
    return known(DIAGNOSIS, said, skipped, invoice, {}, AT)


@pytest.mark.parametrize(("day", "age"), [("2026-11-24", "new"), ("2026-10-24", "old")])
def test_the_day_tells_the_age(day: str, age: str) -> None:
    assert of({}, date=day).values == {"age": age}


def test_a_day_begins_at_midnight_in_beijing() -> None:
    late = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert known(DIAGNOSIS, {}, (), {"date": "2026-10-24"}, {}, late).values == {"age": "old"}


def test_what_somebody_says_counts_before_what_follows() -> None:
    assert of({"age": "new"}, date="2025-01-01").values == {"age": "new"}


def test_what_is_no_value_of_a_fact_is_not_known() -> None:
    assert of({"age": "x", "number": "1"}).values == {}


def test_who_cannot_tell_was_asked() -> None:
    case = of({"plug": "unknown"}, ("sign", "amount"))
    assert set(case.asked) == {"plug", "sign"}
    assert not case.values


def test_a_remedy_that_failed_rules_out_its_cause_also_on_another_day() -> None:
    case = of({"is-burnt": "failed", "again-worn": "failed", "is-unplugged": "solved"})
    assert case.out == ("burnt", "worn")


def test_a_hint_at_what_is_settled_counts_no_more() -> None:
    hints = {"age": {"new": 0.6}, "sign": {"dark": 0.6}}
    case = known(DIAGNOSIS, {"age": Slot("old")}, (), {}, hints, AT)
    assert case.likely == {"sign": {"dark": 0.6}}


def test_questions_are_counted_since_the_last_remedy() -> None:
    trail = ("diagnose/sign", "diagnose/is-burnt", "diagnose/age", "diagnose/plug")
    assert questions(trail, DIAGNOSIS) == 2
    assert questions(("ticket/number",), DIAGNOSIS) == questions((), DIAGNOSIS) == 0


@pytest.mark.parametrize(
    ("number", "fact", "value"),
    [
        ("26112000000012345678", "province", "beijing"),
        ("26312000000012345678", "province", "other"),
        ("26112000000012345678", "kind", "digital"),
    ],
)
def test_a_number_tells_its_kind_and_its_region(
    knowledge: Knowledge, number: str, fact: str, value: str
) -> None:
    case = known(knowledge.diagnosis, {}, (), {"number": number}, {}, AT)
    assert case.values[fact] == value
