import numpy as np
import pytest

from bot.matching.rows import Floats
from bot.matching.space import Space
from bot.matching.topics import Topics

PHRASINGS = [["发票", "打印"], ["打印"], ["发票", "查验"]]
SPACE = Space.over({"way": PHRASINGS})
PRINT, CHECK = 0, 1
TOPICS = Topics.over(SPACE, np.array([PRINT, PRINT, CHECK]), 2)


def compared(said: str, topics: Topics = TOPICS) -> Floats:
    found: Floats = topics.compare(SPACE.vector({"way": [said]}))[0]
    return found


def test_a_question_points_where_an_entry_points() -> None:
    cosine, _, said = compared("打印")
    assert cosine[PRINT] > 0.9
    assert cosine[CHECK] == said[CHECK] == 0


def test_what_several_entries_say_belongs_to_none_of_them() -> None:
    _, shared, said = compared("发票")
    _, own, _ = compared("查验")
    assert shared[CHECK] < own[CHECK]
    assert said[CHECK] == said[PRINT] > 0.9


def test_an_entry_without_phrasings_is_compared_as_nothing() -> None:
    topics = Topics.over(SPACE, np.array([PRINT, PRINT, CHECK]), 3)
    assert [values[2] for values in compared("发票", topics)] == [0, 0, 0]


def test_each_way_is_compared_by_its_own_grams() -> None:
    space = Space.over({"one": PHRASINGS, "two": [["甲"], ["乙"], ["乙"]]})
    topics = Topics.over(space, np.array([PRINT, PRINT, CHECK]), 2)
    one, two = topics.compare(space.vector({"one": ["查验"], "two": ["甲"]}))
    assert one[2].tolist() == pytest.approx([0, 1])
    assert two[2].tolist() == pytest.approx([1, 0])
    (alone,) = topics.compare(space.vector({"two": ["甲"]}))
    assert alone.tolist() == two.tolist()


def test_which_entry_says_which_gram_of_the_last_way() -> None:
    numbers = [SPACE.number["way"][gram] for gram in ("发票", "打印", "查验")]
    said = TOPICS.says(np.array([*numbers, len(SPACE.rarity) - 1]), np.array([CHECK, PRINT]))
    assert said.tolist() == [[True, False, True, False], [True, True, False, False]]
    nothing = Topics.over(Space.over({"way": []}), np.array([], dtype=np.intp), 1)
    assert not nothing.says(np.array([0]), np.array([0])).any()
