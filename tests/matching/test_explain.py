from bot.matching.explain import GROUPS, group, parts, summed
from bot.matching.verdict import Candidate
from bot.matching.weights import SEMANTIC

CANDIDATE = Candidate("a", 0.9, "甲", dict.fromkeys(SEMANTIC.weights, 0.5))


def test_every_evidence_belongs_to_a_group_and_each_group_has_some() -> None:
    assert {group(name) for name in SEMANTIC.weights} == set(GROUPS)


def test_the_parts_are_value_times_weight_and_the_groups_sum_them_up() -> None:
    found = parts(CANDIDATE, SEMANTIC.weights)
    assert found["none"] == 0.5 * SEMANTIC.weights["none"]
    sums = summed(CANDIDATE, SEMANTIC.weights)
    assert abs(sum(sums.values()) - sum(found.values())) < 0.2


def test_a_group_without_a_say_is_left_out() -> None:
    assert summed(CANDIDATE, {"spelled": 2.0, "known": 0.0}) == {"phrasing": 1.0}
