from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from bot.matching.readings import LONGEST, readings
from tests.matching.readings import FILE, text

PHRASES = st.sampled_from(sorted(PHRASES_DICT))
SPOKEN = readings()


def pinyin(chinese: str) -> list[str]:
    return lazy_pinyin(chinese, errors="ignore")


def test_the_file_is_what_pypinyin_says_today() -> None:
    assert FILE.read_text("utf-8") == text()


def test_the_longest_phrase_is_as_long_as_is_looked_for() -> None:
    assert max(map(len, PHRASES_DICT)) == LONGEST


def test_every_character_and_every_phrase_is_read_as_pypinyin_reads_it() -> None:
    for chinese in (*map(chr, PINYIN_DICT), *PHRASES_DICT):
        assert SPOKEN.spoken(chinese) == pinyin(chinese)


@given(st.lists(PHRASES.flatmap(lambda p: st.integers(1, len(p)).map(lambda n: p[:n])), max_size=4))
def test_phrases_and_their_beginnings_in_a_row_are_read_as_pypinyin_reads_them(
    parts: list[str],
) -> None:
    assert SPOKEN.spoken("".join(parts)) == pinyin("".join(parts))


def test_what_is_no_chinese_is_not_read() -> None:
    assert SPOKEN.spoken("") == SPOKEN.spoken("abc12 ，あ\ud800😀\U0010ffff") == []
