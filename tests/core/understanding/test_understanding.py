"""A text is read once, whoever asks what it says, and what it says is plain."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.understanding import Understood
from bot.core.values import fields
from bot.matching import Matcher
from bot.matching.words import Words

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER = "25112000000012345678"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of the dear ways of reading is gone."""
    counted = Counter[str]()

    def count(of: Any, name: str) -> None:
        real = getattr(of, name)

        def counting(*given: Any, **named: Any) -> Any:
            counted[name] += 1
            return real(*given, **named)

        monkeypatch.setattr(of, name, counting)

    count(Matcher, "consider")
    count(fields, "recognise")
    count(Words, "means")
    return counted


@pytest.mark.parametrize(
    "before",
    [(), ("/diagnose",), ("/human",), ("/human", "转人工")],
    ids=["idle", "asked a choice", "asked a value", "with a ticket"],
)
@pytest.mark.parametrize(
    "text",
    ["发票状态是什么意思", f"号码{NUMBER}，昨天开的", "谢谢", "还是不行", "随便说说", "2", NUMBER],
)
def test_whatever_it_is_a_text_is_read_once(
    talk: Talk, reads: Counter[str], before: tuple[str, ...], text: str
) -> None:
    for each in before:
        talk.says(each)
    reads.clear()
    talk.says(text)
    assert reads["consider"] <= 1
    assert reads["recognise"] <= 1


def understood(talk: Talk, text: str) -> Understood:
    return Understood(text, talk.at, talk.knowledge)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 1),
        ("第二个", 1),
        ("选3", 2),
        ("二", 1),
        ("第十个", None),
        ("22", None),
        ("两个", None),
    ],
)
def test_a_place_is_told_by_a_figure_alone(talk: Talk, text: str, place: int | None) -> None:
    assert understood(talk, text).place == place


@pytest.mark.parametrize(
    ("text", "asks"),
    [("怎么查", True), ("能查到吗", True), ("饿了么", False), ("查不到", False), ("那怎么", True)],
)
def test_a_question_is_told_by_its_form(talk: Talk, text: str, asks: bool) -> None:
    assert understood(talk, text).asks is asks


def test_what_is_handed_over_asks_nothing(talk: Talk) -> None:
    assert understood(talk, f"号码 {NUMBER}").hands_over
    assert not understood(talk, f"号码 {NUMBER} 为什么在系统里查不到").hands_over
    assert not understood(talk, "您好").hands_over


def test_a_value_alone_is_told_only_where_nothing_else_is(talk: Talk) -> None:
    assert set(understood(talk, "昨天").told) == {"date", "age"}
    assert set(understood(talk, "昨天").slots) == {"age"}
    said = understood(talk, f"昨天开的，号码{NUMBER}")
    assert said.told == said.slots
