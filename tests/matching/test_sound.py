import pytest

from bot.matching.sound import cut, pinyin, sounds, typed_in_pinyin


def test_a_text_is_heard_in_syllables_without_tones() -> None:
    assert pinyin("重新上传发票") == ["chong", "xin", "shang", "chuan", "fa", "piao"]


def test_pinyin_written_in_one_piece_is_cut_into_syllables() -> None:
    assert pinyin("zhuanrengong") == ["zhuan", "ren", "gong"]


def test_a_word_that_is_no_pinyin_stays_whole() -> None:
    assert pinyin("login失败") == ["login", "shi", "bai"]


def test_the_fewest_syllables_are_taken() -> None:
    assert cut("xian") == ("xian",)
    assert cut("failed") == ()


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("洪冲", "红冲"),
        ("布到", "不到"),
        ("zhuan ren gong", "转人工"),
        ("四平", "视频"),
        ("lv se", "绿色"),
    ],
)
def test_what_sounds_alike_is_heard_alike(mistyped: str, meant: str) -> None:
    assert sounds(mistyped) == sounds(meant)


def test_what_sounds_different_is_heard_different() -> None:
    assert sounds("查询") != sounds("查验")


def test_only_a_text_of_syllables_counts_as_typed_in_pinyin() -> None:
    assert typed_in_pinyin("fapiao cha bu dao")
    assert not typed_in_pinyin("fapiao 查不到")
    assert not typed_in_pinyin("this website crashed")
    assert not typed_in_pinyin("")
