from dataclasses import replace

from bot.matching.verdict import Abstain, Answer, Candidate, Suggest, judge
from bot.matching.weights import SHIPPED

MODEL = replace(SHIPPED, answer_from=0.8, known_from=0.85, suggest_from=0.3, flipped=0.6)


def candidate(id_: str, score: float, conflict: float = 0.0) -> Candidate:
    return Candidate(id_, score, f"问{id_}", {"conflict": conflict})


def test_a_sure_candidate_is_the_answer() -> None:
    assert judge([candidate("a", 0.9)], MODEL) == Answer("a", 0.9, "问a")


def test_a_sentence_with_one_flipped_word_is_offered_not_answered() -> None:
    assert judge([candidate("a", 0.9, conflict=0.8)], MODEL) == Suggest(("a",), (0.9,))


def test_the_likeliest_is_offered_where_perhaps_none_is_meant() -> None:
    assert judge([candidate("a", 0.82)], MODEL) == Suggest(("a",), (0.82,))
    assert isinstance(judge([candidate("a", 0.82), candidate("b", 0.04)], MODEL), Answer)


def test_at_most_four_are_offered_likeliest_first() -> None:
    several = [candidate(id_, 0.15) for id_ in "abcdef"]
    assert judge(several, MODEL) == Suggest(("a", "b", "c", "d"), (0.15,) * 4)


def test_small_chances_of_several_entries_add_up_to_a_suggestion() -> None:
    assert isinstance(judge([candidate("a", 0.2)], MODEL), Abstain)
    assert isinstance(judge([candidate("a", 0.2), candidate("b", 0.2)], MODEL), Suggest)


def test_nothing_found_is_an_abstention() -> None:
    assert judge([], MODEL) == Abstain()


def test_the_shipped_thresholds_are_probabilities_in_order() -> None:
    assert 0 < SHIPPED.suggest_from <= SHIPPED.known_from < 1
    assert 0 < SHIPPED.answer_from <= SHIPPED.known_from
