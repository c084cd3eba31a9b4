import pytest

from bot.core.content.knowledge import Knowledge
from bot.matching import Lexicon
from bot.matching.guard import Guard, denied

OPPOSITES = (("上传", "下载"), ("购方", "销方"))
GUARD = Guard(Lexicon(synonyms=(("购买方", "购方"), ("销售方", "销方")), opposites=OPPOSITES))


@pytest.mark.parametrize(
    "text", ["查不到发票", "没有权限", "登录失败", "无法上传", "别删除", "cha bu dao", "系统里没有"]
)
def test_a_denial_is_seen(text: str) -> None:
    assert denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "能不能延期",
        "neng bu neng yan qi",
        "有没有热线",
        "是不是要重新登录",
        "上传了没",
        "会重复吗",
        "非常慢",
    ],
)
def test_an_open_question_denies_nothing(text: str) -> None:
    assert not denied(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发票能查到", "发票查不到"),
        ("税率是6", "税率是13"),
        ("怎么上传发票", "怎么下载发票"),
        ("我是购买方", "我是销售方"),
    ],
)
def test_one_flipped_word_is_a_contradiction_both_ways(one: str, other: str) -> None:
    assert GUARD.marks(one).contradict(GUARD.marks(other))
    assert GUARD.marks(other).contradict(GUARD.marks(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发票查不到", "票没有显示"),
        ("错误代码500", "页面出现错误代码"),
        ("上传和下载有什么区别", "怎么下载"),
    ],
)
def test_another_way_of_saying_it_is_no_contradiction(one: str, other: str) -> None:
    assert not GUARD.marks(one).contradict(GUARD.marks(other))


def test_without_opposites_two_words_are_only_two_words() -> None:
    one, other = (Guard().marks(text) for text in ("怎么上传发票", "怎么下载发票"))
    assert not one.contradict(other)


def test_a_word_that_nothing_is_left_of_is_in_no_sentence() -> None:
    empty = Guard(Lexicon(opposites=(("？", "查"),)))
    assert empty.marks("发票").sides == frozenset()


def test_the_authors_opposites_flip_a_question_of_their_faq(knowledge: Knowledge) -> None:
    guard = Guard(knowledge.lexicon)
    assert guard.marks("怎么上传发票").contradict(guard.marks("怎么下载发票"))
