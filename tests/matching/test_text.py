import pytest

from bot.matching.text import MOST, Folding, clauses, normalise, units


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("發票查詢不到", "发票查询不到"),
        ("ＯＦＤ文件打不开", "ofd文件打不开"),
        ("您好，请问一下发票怎么打印呢？谢谢！", "发票怎么打印"),
        ("发票😵😵 呢", "发票"),
        ("怎么申请退税", "怎么申请退税"),
        ("login   failed 了", "login failed了"),
        ("你好", "你好"),
        ("🙂🙂", ""),
    ],
)
def test_only_what_is_asked_remains(written: str, meant: str) -> None:
    assert normalise(written) == meant


def test_a_very_long_text_keeps_its_head_and_its_tail() -> None:
    short = normalise("甲乙" + "中" * 5000 + "丙丁")
    assert len(short) <= MOST
    assert short.startswith("甲乙中")
    assert short.endswith("中丙丁")


def test_a_sentence_falls_into_clauses_without_empty_ones() -> None:
    assert clauses("忙了一天，，还是不行！😀。发票没有") == ("忙了一天", "还是不行", "发票没有")


def test_units_are_characters_words_and_short_numbers() -> None:
    assert units("拨12366还是login") == ("拨", "12366", "还", "是", "login")


def test_a_long_serial_number_is_no_part_of_the_question() -> None:
    assert units("发票24112000000012345678查不到") == tuple("发票查不到")


def test_synonyms_are_written_as_the_first_of_their_group() -> None:
    fold = Folding([["登录", "登陆", "login"], ["电子税务局", "电税局"]])
    assert fold("电税局login失败") == "电子税务局登录失败"


def test_the_longest_synonym_wins() -> None:
    assert Folding([["甲", "人工客服"], ["乙", "人工"]])("人工客服") == "甲"


def test_a_latin_synonym_stands_only_for_a_whole_word() -> None:
    assert Folding([["应用", "app"]])("apple的app") == "apple的应用"
