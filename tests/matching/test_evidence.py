import numpy as np
import pytest

from bot.matching.evidence import TOLD, belonging, circumstance, closeness, likeness, told
from bot.matching.foreign import Foreign
from bot.matching.guard import Guard
from bot.matching.reading import WAYS, Reader, Sentence
from bot.matching.sound import pinyin, sounds_of
from bot.matching.space import Space
from bot.matching.topics import Topics

PHRASINGS = ("怎么打印发票", "忘记密码怎么办", "密码能找回吗")
SPACES = {way: Space.over(map(parts, PHRASINGS)) for way, parts in WAYS.items()}
TOPICS = {way: Topics.over(space, np.array([0, 1, 1]), 2) for way, space in SPACES.items()}
GUARD = Guard()
READER = Reader(str, SPACES, Foreign.of([]), GUARD)
ALL = np.arange(3)


def read(text: str) -> Sentence:
    return READER.read(text)


def test_a_phrasing_is_closest_to_itself_in_every_way() -> None:
    found = closeness(read("忘记密码怎么办"), ALL, SPACES)
    for way in (*WAYS, "contained", "clause"):
        assert found[way][1] == pytest.approx(1), way
        assert found[way].argmax() == 1, way


def test_the_closest_clause_of_a_story_counts() -> None:
    found = closeness(read("今天真忙，老板催我，怎么打印发票"), ALL, SPACES)
    assert found["clause"][0] == pytest.approx(1)
    assert found["heard"][0] < 0.9


def test_pinyin_is_compared_as_heard_in_every_way() -> None:
    found = closeness(read("wang ji mi ma zen me ban"), ALL, SPACES)
    assert found["spelled"].tolist() == found["heard"].tolist()
    assert found["worded"][1] == pytest.approx(1)


def test_likeness_tells_equals_slips_and_flips() -> None:
    stored = [(text, sounds_of(text)) for text in ("密码找到了", "密码没找到")]
    found = likeness(read("密码找到了"), stored, GUARD)
    assert found["same"].tolist() == [1, 0]
    assert found["ratio"][0] == 1
    assert found["denied"].tolist() == [0, 1]
    assert found["conflict"][0] == 0
    assert found["conflict"][1] > 0.5
    typo = likeness(read("蜜码找道了"), stored, GUARD)
    assert typo["sound_ratio"][0] == 1
    assert typo["ratio"][0] < 1


def test_what_sounds_the_same_is_the_same_if_it_is_long_enough() -> None:
    long, short = [("密码找到了", sounds_of("密码找到了"))], [("密码", sounds_of("密码"))]
    assert likeness(read("mi ma zhao dao le"), long, GUARD)["same"][0] == 1
    assert likeness(read("蜜码找道了"), long, GUARD)["same"][0] == 1
    assert likeness(read("蜜码"), short, GUARD)["same"][0] == 0


def test_a_question_belongs_to_the_entry_that_says_its_words() -> None:
    found = belonging(read("密码"), np.array([0, 1]), TOPICS)
    for name in ("topic_spelled", "part_heard", "said_single", "topic_clause", "said_clause"):
        assert found[name][0] == 0, name
        assert found[name][1] > 0.3, name


def test_circumstance_is_the_same_for_every_candidate() -> None:
    found = circumstance(read("忘记密码"), 3)
    assert found["none"].tolist() == [1, 1, 1]
    assert found["known"].tolist() == pytest.approx([1, 1, 1])
    assert found["story"].tolist() == [0, 0, 0]


def test_a_storys_evidence_counts_a_second_time_by_another_weight() -> None:
    evidence = dict.fromkeys(TOLD, np.array([0.5, 1.0]))
    story = read("我家楼下新开了一个很大的水果店，老板人特别好，可是怎么打印发票")
    assert {tuple(values) for values in told(story, evidence).values()} == {(0.5, 1.0)}
    assert {tuple(values) for values in told(read("打印发票"), evidence).values()} == {(0.0, 0.0)}


def test_a_phrasing_in_pinyin_contradicts_itself_never() -> None:
    for text in ("全部发票怎么下载", "登录失败", "每天能查几次", "查不到发票"):
        asked = read(" ".join(pinyin(text)))
        assert likeness(asked, [(text, sounds_of(text))], GUARD)["conflict"][0] == 0, text


def test_another_number_is_not_the_same_though_it_sounds_so() -> None:
    stored = [(text, sounds_of(text)) for text in ("返回代码10", "返回代码12")]
    found = likeness(read("返回代码10"), stored, GUARD)
    assert found["same"].tolist() == [1, 0]
