import pytest

from bot.matching.rank import covered, dot, shares


def test_the_cosine_of_a_vector_with_itself_is_one_and_with_a_stranger_none() -> None:
    vector = {"发": 0.6, "票": 0.8}
    assert dot(vector, vector) == pytest.approx(1)
    assert dot(vector, {"天": 1.0}) == 0


def test_only_parts_inside_a_known_pair_are_covered() -> None:
    assert covered("甲乙丙丁", {"甲乙"}) == 0.5
    assert covered("", {"甲乙"}) == 0


def test_shares_leave_room_for_none_of_them() -> None:
    assert shares([0.0]) == [0.5]
    assert shares([]) == []
    assert sum(shares([3.0, 2.0, -4.0])) < 1


def test_a_close_runner_up_lowers_the_first() -> None:
    assert shares([5.0, 4.9])[0] < shares([5.0, 0.0])[0]


def test_a_huge_strength_does_not_overflow() -> None:
    assert shares([5000.0, -5000.0]) == [1.0, 0.0]
