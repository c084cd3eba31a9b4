"""What is to be thought of the causes, reckoned beside a diagnosis small enough to follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.diagnosis import CAUSE
from bot.core.diagnosis.belief import Known, belief, gain
from tests.core.diagnosis.tiny import tiny

DIAGNOSIS = tiny()
FACTS = {fact.id: [value.id for value in fact.values] for fact in DIAGNOSIS.facts.values()}


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    """Anything that may be known."""
    values = {
        fact: draw(st.sampled_from([v for v in ids if v != "unknown"]))
        for fact, ids in FACTS.items()
        if draw(st.booleans())
    }
    likely = {
        fact: {draw(st.sampled_from(ids)): draw(st.floats(0.05, 1.0))}
        for fact, ids in FACTS.items()
        if fact not in values and draw(st.booleans())
    }
    out = draw(st.sets(st.sampled_from(sorted(DIAGNOSIS.causes))))
    return Known(values=values, likely=likely, out=tuple(sorted(out)))


def test_before_anything_is_known_the_common_causes_are_likelier() -> None:
    beliefs = belief(DIAGNOSIS, Known())
    assert list(beliefs)[-1] == "worn"
    assert beliefs["worn"] == pytest.approx(2 / 12)


@given(knowns())
def test_beliefs_are_shares_of_what_is_left_the_likeliest_first(known: Known) -> None:
    beliefs = belief(DIAGNOSIS, known)
    assert list(beliefs.values()) == sorted(beliefs.values(), reverse=True)
    assert not beliefs or sum(beliefs.values()) == pytest.approx(1)
    assert not beliefs.keys() & {*known.out}


def test_what_fits_makes_a_cause_likelier_and_what_does_not_only_unlikely() -> None:
    before, after = belief(DIAGNOSIS, Known()), belief(DIAGNOSIS, Known(values={"sign": "loud"}))
    assert after["worn"] > 3 * before["worn"]
    assert 0 < after["burnt"] < before["burnt"]


def test_what_an_author_excludes_is_impossible() -> None:
    assert "unplugged" not in belief(DIAGNOSIS, Known(values={"plug": "in"}))


def test_what_is_ruled_out_comes_no_more_and_the_rest_is_shared_anew() -> None:
    beliefs = belief(DIAGNOSIS, Known(out=("burnt",)))
    assert set(beliefs) == {"unplugged", "worn"}
    assert beliefs["unplugged"] == pytest.approx(5 / 7)
    assert belief(DIAGNOSIS, Known(out=tuple(DIAGNOSIS.causes))) == {}


def test_a_hint_moves_the_same_way_as_a_word_but_less() -> None:
    nothing = belief(DIAGNOSIS, Known())["worn"]
    hinted = belief(DIAGNOSIS, Known(likely={"sign": {"loud": 0.5}}))["worn"]
    told = belief(DIAGNOSIS, Known(values={"sign": "loud"}))["worn"]
    assert nothing < hinted < told


def test_a_hint_at_a_cause_makes_it_likelier() -> None:
    hinted = belief(DIAGNOSIS, Known(likely={CAUSE: {"worn": 0.9}}))
    assert next(iter(hinted)) == "worn"


def test_a_fact_and_a_value_that_nobody_knows_say_nothing() -> None:
    usual = belief(DIAGNOSIS, Known())
    assert belief(DIAGNOSIS, Known(values={"no-such": "x"})) == pytest.approx(usual)
    assert belief(DIAGNOSIS, Known(likely={"no-such": {"x": 0.9}})) == pytest.approx(usual)
    likely = Known(likely={"plug": {"unknown": 1.0}})
    assert belief(DIAGNOSIS, likely) == pytest.approx(usual)


@given(knowns())
def test_no_answer_is_expected_to_tell_less_than_nothing(known: Known) -> None:
    beliefs = belief(DIAGNOSIS, known)
    for fact in DIAGNOSIS.facts.values():
        assert gain(DIAGNOSIS, beliefs, fact) >= -1e-9


def test_a_question_tells_nothing_where_one_cause_is_left() -> None:
    one = belief(DIAGNOSIS, Known(out=("burnt", "worn")))
    assert one == {"unplugged": 1.0}
    assert all(gain(DIAGNOSIS, one, fact) == pytest.approx(0) for fact in DIAGNOSIS.facts.values())
