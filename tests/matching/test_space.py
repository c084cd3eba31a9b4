import math
from collections.abc import Sequence

import numpy as np
import pytest

from bot.matching.space import BUDGET, Space, Vector, grams

PHRASINGS = ["发票打印", "发票查验", "忘记密码"]


def space(phrasings: Sequence[Sequence[str]]) -> Space:
    return Space.over({"way": phrasings})


def vector(said: Sequence[str], space: Space) -> Vector:
    return space.vector({"way": said})


SPACE = space([grams(p) for p in PHRASINGS])
NUMBER = SPACE.number["way"]
TWO = Space.over({"one": PHRASINGS, "two": [p[::-1][:2] for p in PHRASINGS]}, ["two"])
"""Characters in one way, and in another the last two alone, by which phrasings are found."""


def asked(text: str) -> Vector:
    return vector(grams(text), SPACE)


def nearest(text: str, limit: int = 5) -> list[int]:
    (found,) = SPACE.nearest(asked(text), limit)
    return [int(number) for number in found]


def test_grams_are_the_parts_and_their_neighbours() -> None:
    assert grams("甲乙丙") == ["甲", "乙", "丙", "甲乙", "乙丙"]


def test_a_known_sentence_has_length_one_and_rare_grams_weigh_more() -> None:
    known = asked("发票打印")
    assert known.known("way") == pytest.approx(1)
    weight = dict(zip(known.grams.tolist(), known.weights, strict=True))
    assert weight[NUMBER["打印"]] > weight[NUMBER["发票"]]


def test_what_is_said_twice_weighs_more_by_the_logarithm() -> None:
    once, twice = vector(["打印", "密码"], SPACE), vector(["打印", "打印", "密码"], SPACE)
    more = twice.weights[0] / twice.weights[1] / (once.weights[0] / once.weights[1])
    assert more == pytest.approx(1 + math.log(2))


def test_what_no_phrasing_says_takes_its_share_of_the_length() -> None:
    assert vector(["打印", "天气"], SPACE).known("way") == pytest.approx(0.5, abs=0.1)
    assert vector(["天气"], SPACE).known("way") == 0
    assert vector([], SPACE).known("way") == 0


def test_only_phrasings_that_share_something_are_found() -> None:
    assert nearest("密码") == [2]
    assert nearest("天气") == []
    assert nearest("") == []


def test_the_phrasing_that_shares_most_is_found_first_and_the_limit_holds() -> None:
    assert nearest("查验发票", 1) == [1]
    assert nearest("查验发票") == [1, 0]


def test_among_many_phrasings_those_that_share_most_are_found_of_equals_the_first() -> None:
    many = space([["罕", "常"]] * 50 + [["罕", "稀"]])
    (found,) = many.nearest(vector(["罕", "稀"], many), 4)
    assert found.tolist() == [50, 0, 1, 2]


def test_a_phrasing_compares_with_itself_as_one_and_holds_itself() -> None:
    (cosines,), contained = SPACE.compare(asked("发票查验"), np.array([2, 1]))
    assert cosines.tolist() == pytest.approx([0, 1])
    assert contained.tolist() == pytest.approx([0, 1])


def test_a_longer_sentence_still_contains_the_phrasing() -> None:
    (cosines,), contained = SPACE.compare(asked("昨天的发票查验了"), np.array([1]))
    assert cosines[0] < 0.9
    assert contained[0] == pytest.approx(1)


def test_ways_are_compared_each_by_its_own_grams() -> None:
    said = TWO.vector({"one": "发票打印", "two": "密码"})
    one, two = TWO.compare(said, np.array([0, 2]))[0]
    assert one.tolist() == pytest.approx([1, 0])
    assert two.tolist() == pytest.approx([0, 1])
    assert [said.known(way) for way in ("one", "two")] == pytest.approx([1, 1])


def test_what_is_contained_is_told_of_the_last_way_alone() -> None:
    said = TWO.vector({"one": "忘记密码", "two": "打印"})
    assert TWO.compare(said, np.array([0, 2]))[1].tolist() == pytest.approx([1, 0])


def test_one_way_of_a_sentence_is_what_it_is_among_others() -> None:
    said = TWO.vector({"one": "发票打印", "two": "密码"})
    alone, two = TWO.vector({"two": "密码"}), said.only("two")
    assert two.grams.tolist() == alone.grams.tolist()
    assert two.weights.tolist() == alone.weights.tolist()
    assert two.parts == alone.parts


def test_phrasings_are_found_only_in_the_ways_that_are_sought() -> None:
    found = TWO.nearest(TWO.vector({"one": "发票打印", "two": "密码"}), 5)
    assert [numbers.tolist() for numbers in found] == [[2]]
    assert TWO.nearest(TWO.vector({"one": "发票打印"}), 5) == []


def test_several_sentences_compare_at_once_as_one_by_one() -> None:
    sentences = [asked(text) for text in ("发票查验", "忘记密码", "天气")]
    both = np.array([2, 0])
    for each, cosines in zip(sentences, SPACE.cosines(sentences, "way", both), strict=True):
        assert cosines.tolist() == SPACE.compare(each, both)[0][0].tolist()


def test_the_closest_is_the_best_cosine_or_none() -> None:
    assert SPACE.closest(asked("忘记密码")) == pytest.approx([1])
    assert SPACE.closest(asked("天气")) == [0]
    nothing = space([])
    assert nothing.closest(vector(["天"], nothing)) == [0]


def test_reading_stops_at_the_budget_however_large_the_faq() -> None:
    common = [f"常{n}" for n in range(10)]
    large = space([common] * BUDGET + [[*common, "罕"]])
    said = vector([*common, "罕"], large)
    assert large.nearest(said, 2)[0].tolist()[0] == BUDGET
    rare, _ = said.rare(large.postings.sizes)
    assert len(large.postings.places(rare)[0]) == 1


def test_the_budget_is_that_of_each_way() -> None:
    common = ["常"] * BUDGET
    large = Space.over({"one": common, "two": common})
    said = large.vector({"one": "常", "two": "常"})
    assert large.postings.sizes.take(said.rare(large.postings.sizes)[0]).sum() == 2 * BUDGET


def test_rows_turned_twice_are_the_same_pairs() -> None:
    rows = SPACE.phrasings
    back = SPACE.postings.turned(len(PHRASINGS))
    assert np.array_equal(back.starts, rows.starts)
    for start, size in zip(rows.starts, rows.sizes, strict=True):
        pairs = (each.pairs[start : start + size].tolist() for each in (back, rows))
        assert set(next(pairs)) == set(next(pairs))


def test_weights_grow_with_rarity_as_the_logarithm_says() -> None:
    assert SPACE.rarity[NUMBER["发票"]] == pytest.approx(math.log(4 / 2))
