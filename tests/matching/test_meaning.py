import numpy as np
import pytest

from bot.app.encoder import encoder
from bot.matching import Matcher
from bot.matching.meaning import Meanings, Vectors

TEXTS = ["怎么打印发票", "忘记密码怎么办", "退税多久到账", "查不到发票"]
OWNER = np.array([0, 1, 2, 2])


class Letters:
    """An encoder at the edge of the world: counts characters, so its meaning is its spelling."""

    def encode(self, texts: list[str], /) -> Vectors:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            text.encode()
            for character in text:
                row[ord(character) % 64] += 1
        return rows


def test_a_phrasing_means_most_what_it_says_itself() -> None:
    meanings = Meanings.over(Letters(), [(text, text) for text in TEXTS], OWNER, 3)
    for place, text in enumerate(TEXTS):
        phrasings, entries = meanings.compare(text, text)
        assert phrasings.argmax() == place
        assert phrasings[place] == pytest.approx(1, abs=1e-3)
        assert entries.argmax() == OWNER[place]


def test_pinyin_is_left_to_the_ear() -> None:
    matcher = Matcher({"print": TEXTS[:1], "password": TEXTS[1:2]}, encoder=Letters())
    evidence = matcher.ranked("wang ji mi ma")[0].evidence
    assert evidence["meant"] == evidence["heard"]
    assert evidence["topic_meant"] == evidence["topic_heard"]


def test_without_an_encoder_there_is_no_such_evidence() -> None:
    assert "meant" not in Matcher({"print": TEXTS[:1]}).ranked("打印")[0].evidence


def test_the_real_encoder_finds_what_shares_no_word() -> None:
    said = {"fee": ["要交多少钱", "费用是多少"], "time": ["几点开门", "营业时间"]}
    matcher = Matcher(said, encoder=encoder(wanted=True))
    candidates = {c.id: c.evidence["meant"] for c in matcher.ranked("收费标准贵不贵")}
    assert candidates["fee"] > candidates["time"]


@pytest.mark.parametrize("said", [{}, {"a": []}, {"a": ["怎么打印"]}, {"a": ["怎么打印"], "b": []}])
def test_a_small_faq_with_an_encoder_gives_verdicts_too(said: dict[str, list[str]]) -> None:
    matcher = Matcher(said, encoder=Letters())
    for text in ("怎么打印", "打因", "\ud800", "", "da yin"):
        assert all(0 <= candidate.score <= 1 for candidate in matcher.ranked(text))


def test_half_a_character_is_no_harm_to_the_encoder() -> None:
    matcher = Matcher({"a": TEXTS[:2], "b": TEXTS[2:]}, encoder=Letters())
    assert matcher.ranked("打印\ud800发票")[0].id == "a"
