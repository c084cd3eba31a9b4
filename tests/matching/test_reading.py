import pytest

from bot.matching.foreign import Foreign
from bot.matching.guard import Guard
from bot.matching.reading import CLAUSES, WAYS, Reader
from bot.matching.space import Space
from bot.matching.text import Folding

PHRASINGS = ("怎么打印发票", "忘记密码怎么办", "登录失败")
READER = Reader(
    Folding([["登录", "login"]]),
    Space.over({way: map(parts, PHRASINGS) for way, parts in WAYS.items()}),
    Foreign.of(["微信"]),
    Guard(),
)


def test_a_sentence_is_looked_at_in_every_way() -> None:
    asked = READER.read("请问login失败？")
    assert asked.normalised == "登录失败"
    assert tuple(asked.vector.parts) == tuple(WAYS)
    assert [asked.vector.known(way) for way in WAYS] == pytest.approx([1] * len(WAYS))
    assert asked.comparable is asked.vector
    assert not asked.mute


def test_pinyin_is_known_by_its_sounds_alone() -> None:
    asked = READER.read("dayin fapiao")
    assert asked.mute
    assert asked.vector.known("heard") > 0.5
    assert asked.vector.known("spelled") == 0
    assert tuple(asked.comparable.parts) == ("heard",)


def test_clauses_count_only_where_there_are_several_and_no_more_than_a_dozen() -> None:
    assert READER.read("怎么打印发票").clauses == ()
    assert len(READER.read("忙了一天，怎么打印发票").clauses) == 2
    assert len(READER.read("忙，" * 100).clauses) == CLAUSES


def test_what_shares_no_pair_of_sounds_is_strange_but_not_in_a_story() -> None:
    assert READER.read("忘记密码").strange == 0
    assert READER.read("红烧排骨").strange == 1
    assert READER.read("红烧排骨，忘记密码").strange == 0


def test_a_story_is_what_takes_long_to_tell() -> None:
    assert not READER.read("怎么打印发票").story
    assert READER.read("我家楼下新开了一个很大的水果店，老板人特别好，可是怎么打印发票").story


def test_foreign_words_are_met_as_spelled_and_in_pinyin_as_heard() -> None:
    assert READER.read("微信怎么登录").foreign == {"微信"}
    assert READER.read("wei xin zen me deng lu").foreign == {"微信"}
