import numpy as np
import pytest

from bot.matching.rank import shares


def share(*strength: float) -> list[float]:
    return [float(share) for share in shares(np.array(strength))]


def test_shares_leave_room_for_none_of_them() -> None:
    assert share(0.0) == [0.5]
    assert share() == []
    assert sum(share(3.0, 2.0, -4.0)) < 1


def test_a_close_runner_up_lowers_the_first() -> None:
    assert share(5.0, 4.9)[0] < share(5.0, 0.0)[0]


def test_a_huge_strength_does_not_overflow() -> None:
    assert share(5000.0, -5000.0) == pytest.approx([1.0, 0.0])
