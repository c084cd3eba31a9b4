from bot.matching.foreign import Foreign
from bot.matching.sound import sounds

FOREIGN = Foreign.of(
    ["微信", "个税", "王者荣耀"], ["两个税号"], ["微信密码忘了怎么找回", "打印机卡纸了"]
)


def test_a_foreign_word_is_found_wherever_it_stands() -> None:
    assert FOREIGN.words_in("我的微信打不开") == {"微信"}
    assert FOREIGN.words_in("发票打不开") == frozenset()


def test_inside_a_longer_word_it_does_not_count() -> None:
    assert FOREIGN.words_in("两个税号") == frozenset()
    assert FOREIGN.words_in("两个税号的个税") == {"个税"}


def test_in_pinyin_it_is_found_by_its_sound_with_the_same_exceptions() -> None:
    assert FOREIGN.words_in("wei xin mima", sounds("wei xin mima")) == {"微信"}
    assert FOREIGN.words_in("liang ge shui hao", sounds("liang ge shui hao")) == frozenset()


def test_the_closest_sentence_is_told_as_spelled_and_as_heard() -> None:
    spelled, heard = FOREIGN.closest("打印机卡纸了", sounds("打印机卡纸了"))
    assert spelled > 0.99
    assert heard > 0.99
    typo_spelled, typo_heard = FOREIGN.closest("打因机卡指了", sounds("打因机卡指了"))
    assert typo_spelled < typo_heard
    assert FOREIGN.closest("发票", sounds("发票")) == (0, 0)


def test_without_words_and_sentences_nothing_is_foreign() -> None:
    nothing = Foreign.of([])
    assert nothing.words_in("微信", sounds("微信")) == frozenset()
    assert nothing.closest("微信", sounds("微信")) == (0, 0)
