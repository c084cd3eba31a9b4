import numpy as np

from bot.matching.space import Space
from bot.matching.topics import Topics

PHRASINGS = [["发票", "打印"], ["打印"], ["发票", "查验"]]
SPACE = Space.over(PHRASINGS)
PRINT, CHECK = 0, 1
TOPICS = Topics.over(SPACE, np.array([PRINT, PRINT, CHECK]), 2)


def test_a_question_points_where_an_entry_points() -> None:
    cosine, _, said = TOPICS.compare(SPACE.vector(["打印"]))
    assert cosine[PRINT] > 0.9
    assert cosine[CHECK] == said[CHECK] == 0


def test_what_several_entries_say_belongs_to_none_of_them() -> None:
    _, shared, said = TOPICS.compare(SPACE.vector(["发票"]))
    _, own, _ = TOPICS.compare(SPACE.vector(["查验"]))
    assert shared[CHECK] < own[CHECK]
    assert said[CHECK] == said[PRINT] > 0.9


def test_an_entry_without_phrasings_is_compared_as_nothing() -> None:
    topics = Topics.over(SPACE, np.array([PRINT, PRINT, CHECK]), 3)
    assert [values[2] for values in topics.compare(SPACE.vector(["发票"]))] == [0, 0, 0]
