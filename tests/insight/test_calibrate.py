import pytest

from bot.insight.calibrate import (
    BOTHERED,
    PROMISE,
    Unlearnable,
    calibrate,
    rescored,
    thresholds,
    written,
)
from bot.insight.measure import judged, lines
from bot.insight.trials import Question, Trial, ask
from bot.matching import Abstain, Matcher
from bot.matching.verdict import Candidate, judge
from bot.matching.weights import SHIPPED

ENTRIES = {
    "print": ["怎么打印发票", "打印电子发票", "发票打印不了", "在哪打印发票"],
    "red": ["怎么红冲发票", "发票开错怎么红冲", "红冲的步骤", "红冲发票在哪"],
    "password": ["忘记密码", "密码忘记了", "登录密码忘记怎么办", "忘记登录密码"],
}
QUESTIONS = [
    Question("发票怎么打印", frozenset({"print"}), "plain"),
    Question("红冲怎么弄", frozenset({"red"}), "plain"),
    Question("忘记了密码", frozenset({"password"}), "plain"),
    Question("今天下雨吗", frozenset(), "stranger"),
    Question("红烧肉怎么弄", frozenset(), "stranger"),
]


def candidate(id_: str, score: float) -> Candidate:
    return Candidate(id_, score, id_, {"conflict": 0.0})


def test_the_model_learned_keeps_its_promise_and_can_be_repeated() -> None:
    found = calibrate(ENTRIES, QUESTIONS)
    assert found == calibrate(ENTRIES, QUESTIONS)
    strange = [t for t in found.trials if not t.question.ids]
    over = [t for t in strange if t.candidates and t.candidates[0].score >= found.model.answer_from]
    assert len(over) <= PROMISE.strayed * len(strange)
    assert all(t.hit(1) for t in found.trials if t.question.ids)


def test_the_answer_threshold_is_the_lowest_above_every_stranger() -> None:
    trials = [
        Trial(Question("甲", frozenset({"a"})), [candidate("a", 0.9)]),
        Trial(Question("乙", frozenset()), [candidate("a", 0.7)]),
    ]
    assert thresholds(trials, SHIPPED).known_from == 0.701


def test_a_stranger_as_sure_as_can_be_leaves_no_threshold() -> None:
    with pytest.raises(ValueError, match="no threshold"):
        thresholds([Trial(Question("乙", frozenset()), [candidate("a", 1.0)])], SHIPPED)


def test_close_rivals_do_not_hold_back_what_strangers_cannot_reach() -> None:
    trials = [
        Trial(Question("甲", frozenset({"a"})), [candidate("a", 0.6), candidate("b", 0.38)]),
        Trial(Question("乙", frozenset()), [candidate("a", 0.9)]),
    ]
    found = thresholds(trials, SHIPPED)
    assert found.answer_from <= 0.6
    assert found.known_from == 0.901


def test_a_wrong_answer_raises_the_threshold_too() -> None:
    trials = [
        Trial(Question("甲", frozenset({"a"})), [candidate("a", 0.9)]),
        Trial(Question("乙", frozenset({"a"})), [candidate("b", 0.8)]),
    ]
    assert thresholds(trials, SHIPPED).known_from == 0.801


def test_no_more_strangers_are_bothered_than_promised() -> None:
    strangers = [Trial(Question("", frozenset()), [candidate("a", n / 20)]) for n in range(10)]
    own = Trial(Question("甲", frozenset({"a"})), [candidate("a", 0.9)])
    for trials in ([own, *strangers], [own, *strangers[:1] * 10]):
        found = thresholds(trials, SHIPPED)
        met = [judge(t.candidates, found) for t in trials if not t.question.ids]
        assert sum(not isinstance(one, Abstain) for one in met) <= BOTHERED * len(met)


def test_weights_are_judged_by_questions_that_they_did_not_learn_from() -> None:
    found = calibrate(ENTRIES, QUESTIONS)
    again = {t.question: t for t in found.trials}
    known = {q: t for q in QUESTIONS for t in ask([q], Matcher(ENTRIES, model=found.model))}
    assert any(
        again[q].candidates[0].score != pytest.approx(known[q].candidates[0].score)
        for q in QUESTIONS
        if known[q].candidates
    )


def test_what_cannot_be_learned_from_is_told() -> None:
    with pytest.raises(Unlearnable, match="finds nothing"):
        calibrate({"a": ["甲"]}, [Question("乙", frozenset({"a"}))])


def test_another_model_orders_the_candidates_anew() -> None:
    evidence = dict.fromkeys(SHIPPED.weights, 0.0)
    trial = Trial(
        Question("甲", frozenset({"b"})),
        [
            Candidate("a", 0.9, "a", evidence | {"spelled": 1.0}),
            Candidate("b", 0.1, "b", evidence | {"heard": 1.0}),
        ],
    )
    assert rescored(trial, {"spelled": 0.0, "heard": 5.0}).hit(1)


def test_what_is_written_is_the_model_as_python() -> None:
    for name in ("answer_from", "known_from", "suggest_from", "flipped"):
        assert f"{name}={getattr(SHIPPED, name)}" in written(SHIPPED)
    assert all(
        f'"{name}": {weight}' in written(SHIPPED) for name, weight in SHIPPED.weights.items()
    )


def test_the_table_has_a_line_a_style_and_one_for_each_scope() -> None:
    found = calibrate(ENTRIES, QUESTIONS)
    shown = list(lines(judged(found.trials, found.model)))
    assert [line.split("  ")[0] for line in shown[1:3]] == ["= in scope", "= out of scope"]
    assert {line.split()[0] for line in shown[3:]} >= {"plain", "stranger"}
