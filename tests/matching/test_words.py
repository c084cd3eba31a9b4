import pytest

from bot.matching import Words

WORDS = Words(
    {
        "human": {
            "equals": ["人工", "客服"],
            "contains": ["转人工", "要人工", "真人"],
            "except": ["人工智能", "人工费", "真人秀"],
        },
        "yes": {"equals": ["是", "好的", "ok"]},
        "solved": {"equals": ["好了", "解决了"], "contains": ["已经好了"], "except": ["好了吗"]},
        "thanks": {"equals": ["谢谢"], "exactly": ["谢谢老师"]},
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "转人工",
        "赚人工",
        "zhuanrengong",
        "zhuan ren gong",
        "轉人工",
        "我要人工！！",
        "人工人工 转人工",
        "請問人工",
        "人工呢",
        "我要跟真人说",
    ],
)
def test_a_wish_for_a_human_is_heard_in_any_writing(text: str) -> None:
    assert WORDS.means(text) == {"human"}


@pytest.mark.parametrize(
    "text", ["人工智能", "要人工智能做什么", "想看真人秀", "人工费多少", "发票查不到", "", "😵"]
)
def test_what_only_looks_like_a_wish_is_none(text: str) -> None:
    assert WORDS.means(text) == frozenset()


def test_an_exception_hides_only_itself() -> None:
    assert WORDS.means("不要人工智能，转人工") == {"human"}


def test_a_phrase_for_the_whole_message_is_not_sought_inside_one() -> None:
    assert WORDS.means("好的") == {"yes"}
    assert WORDS.means("好的发票在哪") == frozenset()


def test_politeness_may_itself_be_a_wish_and_is_ignored_around_others() -> None:
    assert WORDS.means("谢谢") == {"thanks"}
    assert WORDS.means("好了，谢谢！") == {"solved"}


def test_what_stands_exactly_so_is_not_heard_without_its_filler() -> None:
    assert WORDS.means("谢谢老师！") == WORDS.just("谢谢老师！") == {"thanks"}
    assert WORDS.means("老师") == frozenset()


def test_an_exception_turns_a_whole_message_away() -> None:
    assert WORDS.means("好了吗") == frozenset()


def test_one_syllable_is_read_but_not_heard() -> None:
    assert WORDS.means("是") == {"yes"}
    assert WORDS.means("事") == frozenset()


def test_a_long_story_is_not_heard_through_for_chance_sounds() -> None:
    assert WORDS.means("昨天下午我去办税厅的路上那边说药仁功能的事情还要等几天") == frozenset()


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'contain'"):
        Words({"human": {"contain": ["转人工"]}})
