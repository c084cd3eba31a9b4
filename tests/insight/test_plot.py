"""The plot says in words what it shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib
import pytest

from bot.insight.figures import Judged
from bot.insight.plot import kind, picture
from bot.insight.trials import Question
from bot.matching import Candidate
from bot.matching.verdict import judge
from bot.matching.weights import SHIPPED

MODEL = replace(SHIPPED, answer_from=0.7, known_from=0.0, suggest_from=0.2, flipped=0.6)
NS = "{http://www.w3.org/2000/svg}"


def judged(right: str, score: float | None) -> Judged:
    """A question with one candidate, the entry a, or none."""
    found = [] if score is None else [Candidate("a", score, "甲", {"conflict": 0.0})]
    return Judged(Question("问", frozenset(right)), found, judge(found, MODEL))


OWN = [judged("a", 0.9), judged("a", 0.8), judged("b", 0.75), judged("a", 0.4)]
STRANGE = [judged("", 0.72), judged("", 0.3), judged("", 0.2), judged("", 0.1)]


def words(drawing: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawing).iter(f"{NS}text")]


def test_title_axes_curves_and_the_shipped_threshold_are_named() -> None:
    shown = words(picture([*OWN, *STRANGE], "svg", MODEL))
    assert {
        "Precision against coverage",
        "4 questions in scope, 4 out of scope",
        "Coverage: in-scope questions answered at once",
        "Share",
        "precision: right answers among those given",
        "out-of-scope questions answered",
        "shipped threshold 0.7: 75.0% of in-scope questions answered",
        "66.7%",
        "25.0%",
    } <= set(shown)


def test_without_strangers_one_curve_is_left() -> None:
    shown = words(picture(OWN, "svg", MODEL))
    assert "precision: right answers among those given" in shown
    assert "out-of-scope questions answered" not in shown


@pytest.mark.parametrize("scores", [[0.5], [None]])
def test_a_threshold_that_answers_nothing_is_not_marked(scores: list[float | None]) -> None:
    shown = words(picture([judged("a", score) for score in scores], "svg", MODEL))
    assert not [text for text in shown if text.startswith("shipped")]


def test_the_same_figures_make_the_same_file_and_leave_no_setting_behind() -> None:
    before = dict(matplotlib.rcParams)
    assert picture(OWN, "svg", MODEL) == picture(OWN, "svg", MODEL)
    assert dict(matplotlib.rcParams) == before


def test_a_picture_in_pixels_is_a_png() -> None:
    assert picture(OWN, "png", MODEL).startswith(b"\x89PNG\r\n")


def test_the_suffix_of_a_file_says_its_kind() -> None:
    assert [kind(Path(name)) for name in ("a.svg", "b.c.PNG")] == ["svg", "png"]
    for name in ("plot", "plot.pdf", ".svg"):
        with pytest.raises(ValueError, match=r"ends in \.png or \.svg"):
            kind(Path(name))
