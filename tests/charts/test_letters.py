"""Lines of words end where a reader expects it."""

from __future__ import annotations

import pytest

from bot.charts.letters import ems, wrapped


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("", 5, [""]),
        ("发票在途", 4, ["发票在途"]),
        ("发票在途中", 4, ["发票在", "途中"]),
        ("发票在途，未到", 4, ["发票在", "途，未到"]),
        ("今天比平时多得多的是数据未同步到平台", 17, ["今天比平时多得多的", "是数据未同步到平台"]),
        ("近 24 小时", 4, ["近 24", "小时"]),
        ("supercalifragilistic 长", 4, ["supercalifragilistic", "长"]),
    ],
)
def test_a_line_ends_before_the_word_that_has_no_room(
    words: str, width: float, lines: list[str]
) -> None:
    assert wrapped(words, width) == lines


def test_a_chinese_letter_is_as_wide_as_two_others_at_most() -> None:
    assert ems("发票") == 2
    assert 1 < ems("ab") < ems("AB") < 2
