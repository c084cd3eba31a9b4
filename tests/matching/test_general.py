import numpy as np
import pytest

from bot.matching.general import LATIN, Told, information
from bot.matching.reading import WAYS
from bot.matching.space import Space
from bot.matching.text import terms
from bot.matching.topics import Topics

PHRASINGS = ("信用卡额度", "发票额度怎么调高", "发票怎么打印")
SPACE = Space.over({way: map(parts, PHRASINGS) for way, parts in WAYS.items()})
CARD, INVOICE = 0, 1
TOPICS = Topics.over(SPACE, np.array([CARD, INVOICE, INVOICE]), 2)
UNSEEN = len(SPACE.rarity) - 1


def unknown(text: str) -> tuple[float, list[float]]:
    told = Told.of(terms(text), SPACE)
    unheard, unsaid = told.unknown(UNSEEN, np.array([CARD, INVOICE]), TOPICS)
    return unheard, unsaid.tolist()


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert 0 < information("的") < information("怎么") < information("书签") <= 1
    assert information("从没见过的词") == 1
    assert information("chrome") == LATIN


def test_what_a_sentence_tells_is_the_sum_of_its_words() -> None:
    told = Told.of(["发票", "怎么", "打印"], SPACE)
    assert told.whole == pytest.approx(sum(map(information, ("发票", "怎么", "打印"))))
    assert len(told.information) == 6


def test_what_nobody_says_is_unheard_and_what_another_entry_says_is_unsaid() -> None:
    unheard, (card, invoice) = unknown("信用卡额度")
    assert unheard == card == 0
    assert invoice == pytest.approx(information("信用卡"))
    unheard, (card, invoice) = unknown("书签")
    assert unheard == card == invoice == pytest.approx(information("书签"))


def test_a_typing_slip_that_sounds_the_same_is_known() -> None:
    assert unknown("法票")[0] == 0


def test_a_word_of_one_syllable_is_known_alone() -> None:
    assert unknown("票")[0] == 0
    assert unknown("猫")[0] == pytest.approx(information("猫"))


@pytest.mark.parametrize("text", ["", "！", "12"])
def test_what_says_nothing_tells_nothing(text: str) -> None:
    assert unknown(text) == (0, [0, 0])
