from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.core.content.knowledge import Field


def test_every_choice_is_read_as_itself_by_its_words_or_its_place(
    fields: Mapping[str, Field], outcome: Callable[[str, str], str]
) -> None:
    choices = tuple(fields["symptom"].labels.values())
    assert choices[:5] == ("完全查不到", "列表不全", "看不到明细", "页面报错", "登录不了")
    assert len(choices) == 8
    assert tuple(outcome("symptom", choice) for choice in choices) == choices
    assert tuple(outcome("symptom", str(n + 1)) for n in range(len(choices))) == choices


@pytest.mark.parametrize(
    ("written", "choice"),
    [
        ("登录不了啊", "登录不了"),
        ("查不到", "完全查不到"),
        ("看不到明细了。", "看不到明细"),
        ("看不见明细", "看不到明细"),
        ("0", "choice_unclear"),
        ("9", "choice_unclear"),
        ("列表不全，页面报错", "choice_unclear"),
        ("怎么办", "choice_unclear"),
    ],
)
def test_a_choice_is_taken_only_when_it_is_clear(
    outcome: Callable[[str, str], str], written: str, choice: str
) -> None:
    assert outcome("symptom", written) == choice


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("E-1001", "E-1001"),
        ("Ｅ－１００１", "E-1001"),
        ("错误代码：E-1001", "E-1001"),
        ("错误代码 E1001", "E1001"),
        ("报错码500", "500"),
        ("错误码1001，请稍后再试", "错误码1001，请稍后再试"),
        ("系统繁忙，请稍后再试", "系统繁忙，请稍后再试"),
        ("500", "500"),
        ("x" * 100, "x" * 100),
        ("x" * 101, "text_long"),
        ("。。", "blank"),
    ],
)
def test_an_error_is_a_code_or_the_words_on_the_page(
    outcome: Callable[[str, str], str], written: str, error: str
) -> None:
    assert outcome("error_code", written) == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("错误代码 E-1001", "E-1001"),
        ("报错 500", "500"),
        ("报错信息：TX-20261124-88", "TX-20261124-88"),
        ("error code: 0x80004005", "0x80004005"),
        ("Error 404.", "404"),
        ("E-1001", None),
        ("报错3次", None),
        ("报错 10:05", None),
        ("报错 2026-11-24", None),
        ("报错了好几天", None),
        ("发票代码011001600111", None),
        ("代码011001600111", None),
        ("错误：网络超时", None),
    ],
)
def test_an_error_code_is_found_behind_its_cue(
    found: Callable[[str], dict[str, str]], text: str, error: str | None
) -> None:
    assert found(text).get("error_code") == error


def test_what_was_tried_is_kept_as_written(outcome: Callable[[str, str], str]) -> None:
    assert outcome("tried", " 换过浏览器，\n重启过 ") == "换过浏览器，\n重启过"
    assert outcome("tried", "试" * 1001) == "text_long"


def test_words_are_no_file(outcome: Callable[[str, str], str]) -> None:
    assert outcome("file", "截图在这") == "file_expected"
