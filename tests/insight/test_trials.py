from bot.insight.trials import Question, Trial, ask_folds, twins_of, variant
from bot.matching import Candidate

ENTRIES = {
    "print": ["怎么打印", "下载发票", "打票", "列印"],
    "red": ["红冲", "冲红", "开错了", "作废"],
}


def test_a_twin_sounds_the_same_and_is_another_character() -> None:
    twins = twins_of(["红洪", "票"])
    assert twins == {"红": "洪", "洪": "红"}


def test_a_phrasing_is_asked_in_four_ways_by_turns() -> None:
    asked = dict(variant("红冲", {"红": "洪", "冲": "充"}, turn) for turn in range(4))
    assert asked["plain"] == "红冲"
    assert asked["noisy"] == "洪冲"
    assert asked["script"] == "hong chong"
    assert "红冲" in asked["story"]


def test_every_phrasing_is_asked_of_a_matcher_that_never_saw_it() -> None:
    trials = list(ask_folds(ENTRIES))
    assert len(trials) == 8
    plain = [t for t in trials if t.question.style == "fold-plain"]
    assert plain
    assert all(c.phrasing != t.question.text for t in plain for c in t.candidates)


def test_the_evidence_of_a_trial_has_a_row_a_candidate() -> None:
    candidates = [
        Candidate(id_, 0.5, id_, {"one": 1.0, "two": place}) for place, id_ in enumerate("ab")
    ]
    trial = Trial(Question("甲", frozenset("a")), candidates)
    assert trial.evidence(["two", "one"]).tolist() == [[0, 1], [1, 1]]
    assert Trial(trial.question, []).evidence(["one"]).shape == (0, 1)
