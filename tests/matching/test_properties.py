"""What holds for every text and every phrasing of the FAQ as it ships."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bot.app.load import asked, folder
from bot.app.load.reader import Reader
from bot.core.content.knowledge import Entry, Knowledge
from bot.insight.rows import questions
from bot.matching import Abstain, Answer, Matcher, Suggest, Verdict
from bot.matching.text import MOST, normalise, simplified
from tests.benchmarks.phrasings import corpus

ENTRIES = asked(Reader(folder()).folder("entries", Entry))
PHRASINGS = {phrasing: id_ for id_, said in ENTRIES.items() for phrasing in said}
QUESTIONS = [q.text for q in questions(Path(__file__).with_name("questions.jsonl"))]

MIXED = st.sampled_from(
    "請请问问你好 发發票漂查不到揹著裡，。！．｡?啊吗麻烦谢谢一下申到底急"
    "login ＡＢ１２ÉßİŉﬁﷺΣςйあカｶ각"
    "\n\r\t\0\x7f\x85\u00a0\u200b\u200d\u202e\u2028\u3000\ufe0f\ufeff😵👨👩🏽🇨🇳①❶㊗\ud83d\ude00\udfff"
)
"""Several scripts, emoji, control characters and lone surrogates, which a `str` can hold."""
TEXTS = st.text(MIXED, max_size=60) | st.text(st.characters(), max_size=200)
SAID = st.sampled_from(sorted(PHRASINGS))
LONG = st.text(MIXED, min_size=1, max_size=20).map(lambda text: (text * 4000)[:4000])

OPENCC: Mapping[str, Callable[[str], str]] = {
    "traditional": OpenCC("s2t").convert,
    "as in Taiwan": OpenCC("s2twp").convert,
}
WRITTEN: Mapping[str, Callable[[str], str]] = {
    **OPENCC,
    "full width": lambda text: text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
    "capitals": str.upper,
    "with emoji around": lambda text: f"😵 {text}👨‍👩‍👧\u200b",
}
WRITINGS = st.sampled_from(sorted(WRITTEN))
SLIPS: Mapping[str, Callable[[str, int, str], str]] = {
    "typed wrong": lambda text, at, typed: text[:at] + typed + text[at + 1 :],
    "dropped": lambda text, at, _: text[:at] + text[at + 1 :],
    "doubled": lambda text, at, _: text[: at + 1] + text[at:],
    "swapped": lambda text, at, _: text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
}


STEPS = 200_000
"""Lines of Python for any one message; most questions take about 4,000, a long story 40,000."""


@pytest.fixture(scope="module")
def matcher(knowledge: Knowledge) -> Matcher:
    return knowledge.matcher


def steps(call: Callable[[], object]) -> int:
    """Lines of Python that a call runs, each turn of a loop anew: its work on any machine."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def shown(verdict: Verdict) -> tuple[str, dict[str, float]]:
    """The kind of a verdict, and its entries with their scores, likeliest first."""
    match verdict:
        case Answer(id_, score, _):
            return "answer", {id_: score}
        case Suggest(ids, scores):
            return "suggest", dict(zip(ids, scores, strict=True))
    return "abstain", {}


@given(TEXTS | LONG)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS | LONG)
def test_what_is_kept_of_a_text_has_a_bound(text: str) -> None:
    assert len(normalise(text)) <= MOST


def test_every_stored_phrasing_finds_its_entry(matcher: Matcher) -> None:
    found = {phrasing: shown(matcher.verdict(phrasing)) for phrasing in PHRASINGS}
    missed = {p: found[p] for p, id_ in PHRASINGS.items() if next(iter(found[p][1]), None) != id_}
    assert missed == {}


@settings(deadline=None, max_examples=300)
@given(SAID, st.sampled_from(sorted(SLIPS)), st.data())
def test_a_character_typed_wrong_dropped_doubled_or_swapped_gets_a_verdict(
    matcher: Matcher, phrasing: str, slip: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(phrasing) - 1))
    text = SLIPS[slip](phrasing, place, data.draw(MIXED | st.characters()))
    assert isinstance(matcher.verdict(text), Answer | Suggest | Abstain)


@settings(deadline=None)
@given(TEXTS | LONG)
def test_any_text_gets_a_verdict(matcher: Matcher, text: str) -> None:
    assert isinstance(matcher.verdict(text), Answer | Suggest | Abstain)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=3), TEXTS)
@example(["25112000000012345678"], "")
@example(["", "😵"], "请问")
def test_whatever_the_phrasings_of_a_faq_are_any_text_gets_a_verdict(
    said: list[str], text: str
) -> None:
    small = Matcher({"any": said, "other": ["发票怎么打印"]})
    for question in (*said, text):
        assert isinstance(small.verdict(question), Answer | Suggest | Abstain)


@settings(deadline=None)
@given(
    st.text(st.sampled_from("😵🙂👍🏽👨\u200d👩\ufe0f🇨🇳☎✅"), max_size=4000)
    | st.text(st.characters(categories=["Zs", "Zl", "Zp"]) | st.sampled_from("\n\r\t"))
    | st.text(st.characters(categories=["Cc", "Cf", "Cs"]))
    | st.text(st.sampled_from("？！……，。?!.,"))
)
@example("")
@example("😵" * 4000)
@example("\0" * 4000)
@example(" \n" * 2000)
def test_a_message_that_says_nothing_is_an_abstention(matcher: Matcher, text: str) -> None:
    assert matcher.verdict(text) == Abstain()


@pytest.mark.parametrize(
    "repeated",
    ["发票查不到", "我想问发票的事，", "票，", "票  ", "a,", "fapiao", "1", "😵", "\0", "é", "ﷺ"],
)
def test_a_message_of_4000_characters_takes_no_more_than_its_share_of_work(
    matcher: Matcher, repeated: str
) -> None:
    work = steps(partial(matcher.verdict, (repeated * 4000)[:4000]))
    assert work <= STEPS


def test_ten_times_as_many_phrasings_hardly_make_more_work() -> None:
    few, many = (Matcher(corpus(size).entries) for size in (200, 2000))
    for question in ("谁知道下载电子发票的流程", "碰上快递单打不开咋回事", "明天会下雨么"):
        small, large = (steps(partial(one.verdict, question)) for one in (few, many))
        assert large <= 3 * small


@settings(deadline=None, max_examples=200)
@given(SAID | st.tuples(SAID, st.sampled_from("，。,.!? "), SAID).map("".join), WRITINGS)
def test_a_phrasing_or_two_in_another_writing_get_the_same_verdict(
    matcher: Matcher, text: str, writing: str
) -> None:
    written = WRITTEN[writing](text)
    # OpenCC itself does not bring back every character that it made traditional (背 as 揹).
    assume(writing not in OPENCC or simplified(written) == simplified(text))
    assert matcher.verdict(written) == matcher.verdict(text)


@settings(deadline=None)
@given(TEXTS | SAID)
def test_a_text_asked_twice_gets_the_same_verdict(matcher: Matcher, text: str) -> None:
    assert matcher.verdict(text) == matcher.verdict(text)


def test_the_order_of_the_entries_changes_no_verdict(knowledge: Knowledge) -> None:
    other = Matcher(dict(reversed(ENTRIES.items())), knowledge.lexicon)
    for text in QUESTIONS:
        one, two = shown(knowledge.matcher.verdict(text)), shown(other.verdict(text))
        assert one[0] == two[0], text
        assert one[1] == pytest.approx(two[1]), text
