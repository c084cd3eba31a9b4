"""What a veteran does next: ask what separates, tell the likeliest, and come to an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.content.knowledge import Knowledge
from bot.core.content.likelihood import Diagnosis, answers
from bot.core.diagnosis.belief import Known, belief, gain, leading
from bot.core.diagnosis.move import WORTH, Ask, HandOver, Move, Tell, move
from tests.core.diagnosis.tiny import CAUSES, cause, tiny

DIAGNOSIS = tiny()


def test_who_says_nothing_is_asked_for_what_tells_most() -> None:
    step = move(DIAGNOSIS, Known(), 0)
    assert isinstance(step, Ask)
    beliefs = belief(DIAGNOSIS, Known())
    facts = DIAGNOSIS.facts.values()
    worth = {each.id: gain(DIAGNOSIS, beliefs, each) / (4 + len(each.values)) for each in facts}
    assert worth[step.fact] >= 0.85 * max(worth.values())


def test_what_is_sure_is_told_without_another_question() -> None:
    known = Known(values={"plug": "out", "sign": "dark"})
    assert move(DIAGNOSIS, known, 0) == Tell("unplugged")


def test_nothing_is_told_of_a_case_of_which_nothing_is_known() -> None:
    common = (cause("usual", weight=10, facts={"sign": ("dark",)}), replace(CAUSES[2], weight=1))
    assert belief(tiny(common), Known())["usual"] > 0.8
    assert isinstance(move(tiny(common), Known(), 0), Ask)


def test_what_tells_nothing_apart_is_not_asked() -> None:
    same = (cause("one", facts={"sign": ("dark",)}), cause("other", facts={"sign": ("dark",)}))
    assert isinstance(move(tiny(same), Known(), 0), Tell)


def test_what_somebody_told_or_could_not_tell_is_not_asked() -> None:
    asked = {fact: Known(asked=(fact,)) for fact in DIAGNOSIS.facts}
    assert all(move(DIAGNOSIS, known, 1) != Ask(fact) for fact, known in asked.items())
    likely = Known(likely={"age": {"old": 0.7}})
    assert move(DIAGNOSIS, likely, 0) != Ask("age")


def test_who_told_anything_in_their_own_words_is_not_asked_what_people_begin_with() -> None:
    assert move(DIAGNOSIS, Known(likely={"plug": {"in": 0.1}}), 0) != Ask("sign")


def test_what_would_make_no_sense_beside_what_is_known_is_not_asked() -> None:
    step = move(DIAGNOSIS, Known(values={"sign": "dark"}), 0)
    assert isinstance(step, Ask)
    fact = replace(DIAGNOSIS.facts[step.fact], unless={"sign": ("dark",)})
    other = replace(DIAGNOSIS, facts={**DIAGNOSIS.facts, fact.id: fact})
    assert move(other, Known(values={"sign": "dark"}), 0) != step
    assert move(other, Known(likely={"sign": {"dark": 0.6}}), 0) != step


def test_nobody_is_asked_for_the_sake_of_causes_that_hardly_count() -> None:
    shares = {"one": 0.6, "other": 0.3, "rare": 0.06, "never": 0.04}
    assert leading(shares, 0.85) == pytest.approx({"one": 2 / 3, "other": 1 / 3})
    assert leading(shares, 1.0) == pytest.approx(shares)


def test_after_so_many_questions_the_likeliest_is_told() -> None:
    known = Known(values={"sign": "dark"})
    assert isinstance(move(DIAGNOSIS, known, 0), Ask)
    likeliest = next(iter(belief(DIAGNOSIS, known)))
    assert move(DIAGNOSIS, known, DIAGNOSIS.questions) == Tell(likeliest)


def test_after_so_many_remedies_or_with_no_cause_left_it_is_handed_over() -> None:
    assert move(tiny(remedies=1), Known(out=("worn",)), 0) == HandOver()
    assert move(DIAGNOSIS, Known(out=tuple(DIAGNOSIS.causes)), 0) == HandOver()
    assert move(DIAGNOSIS, Known(values={"plug": "in"}, out=("burnt", "worn")), 0) == HandOver()


def walk(diagnosis: Diagnosis, choose: Mapping[str, str], patience: int = 40) -> list[Move]:
    """Every move from nothing known to the hand-over, with these answers and no remedy helping."""
    known, since, moves = Known(), 0, list[Move]()
    while len(moves) < patience:
        moves.append(step := move(diagnosis, known, since))
        if isinstance(step, HandOver):
            break
        if isinstance(step, Tell):
            known, since = replace(known, out=(*known.out, step.cause)), 0
        elif (value := choose.get(step.fact)) is not None:
            known, since = replace(known, values={**known.values, step.fact: value}), since + 1
        else:
            known, since = replace(known, asked=(*known.asked, step.fact)), since + 1
    return moves


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_answered_it_ends_and_asks_each_thing_once(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    diagnosis = knowledge.diagnosis
    told = {
        fact.id: data.draw(st.sampled_from([*answers(fact), None]), fact.id)
        for fact in diagnosis.facts.values()
    }
    moves = walk(diagnosis, {fact: value for fact, value in told.items() if value is not None})
    assert moves[-1] == HandOver()
    asked = [step.fact for step in moves if isinstance(step, Ask)]
    assert len(asked) == len({*asked})
    first = next(n for n, step in enumerate(moves) if not isinstance(step, Ask))
    assert first <= diagnosis.questions <= 6
    tried = [step.cause for step in moves if isinstance(step, Tell)]
    assert len(tried) == len({*tried}) <= diagnosis.remedies


@pytest.mark.parametrize("fact", [fact.id for fact in DIAGNOSIS.facts.values()])
def test_only_what_is_expected_to_tell_something_is_asked(fact: str) -> None:
    beliefs = belief(DIAGNOSIS, Known())
    step = move(DIAGNOSIS, Known(), 0)
    assert step != Ask(fact) or gain(DIAGNOSIS, beliefs, DIAGNOSIS.facts[fact]) >= WORTH
