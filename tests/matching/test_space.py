import math

import numpy as np
import pytest

from bot.matching.space import BUDGET, Space, grams

PHRASINGS = ["发票打印", "发票查验", "忘记密码"]
SPACE = Space.over(grams(p) for p in PHRASINGS)


def nearest(text: str, limit: int = 5) -> list[int]:
    return [int(number) for number in SPACE.nearest(SPACE.vector(grams(text)), limit)]


def test_grams_are_the_parts_and_their_neighbours() -> None:
    assert grams("甲乙丙") == ["甲", "乙", "丙", "甲乙", "乙丙"]


def test_a_known_sentence_has_length_one_and_rare_grams_weigh_more() -> None:
    vector = SPACE.vector(grams("发票打印"))
    assert vector.known == pytest.approx(1)
    weight = dict(zip(vector.grams.tolist(), vector.weights, strict=True))
    assert weight[SPACE.number["打印"]] > weight[SPACE.number["发票"]]


def test_what_no_phrasing_says_takes_its_share_of_the_length() -> None:
    assert SPACE.vector(["打印", "天气"]).known == pytest.approx(0.5, abs=0.1)
    assert SPACE.vector(["天气"]).known == 0
    assert SPACE.vector([]).known == 0


def test_only_phrasings_that_share_something_are_found() -> None:
    assert nearest("密码") == [2]
    assert nearest("天气") == []
    assert nearest("") == []


def test_the_phrasing_that_shares_most_comes_first_and_the_limit_holds() -> None:
    assert nearest("查验发票", 1) == [1]
    assert nearest("查验发票") == [1, 0]


def test_a_phrasing_compares_with_itself_as_one_and_holds_itself() -> None:
    cosines, contained = SPACE.compare(SPACE.vector(grams("发票查验")), np.array([2, 1]))
    assert cosines.tolist() == pytest.approx([0, 1])
    assert contained.tolist() == pytest.approx([0, 1])


def test_a_longer_sentence_still_contains_the_phrasing() -> None:
    cosines, contained = SPACE.compare(SPACE.vector(grams("昨天的发票查验了")), np.array([1]))
    assert cosines[0] < 0.9
    assert contained[0] == pytest.approx(1)


def test_several_sentences_compare_at_once_as_one_by_one() -> None:
    asked = [SPACE.vector(grams(text)) for text in ("发票查验", "忘记密码", "天气")]
    for each, cosines in zip(asked, SPACE.cosines(asked, np.array([2, 0])), strict=True):
        assert cosines.tolist() == SPACE.compare(each, np.array([2, 0]))[0].tolist()


def test_the_closest_is_the_best_cosine_or_none() -> None:
    assert SPACE.closest(SPACE.vector(grams("忘记密码"))) == pytest.approx(1)
    assert SPACE.closest(SPACE.vector(grams("天气"))) == 0
    assert Space.over([]).closest(Space.over([]).vector(["天"])) == 0


def test_reading_stops_at_the_budget_however_large_the_faq() -> None:
    common = [f"常{n}" for n in range(10)]
    space = Space.over([common] * BUDGET + [[*common, "罕"]])
    vector = space.vector([*common, "罕"])
    assert space.nearest(vector, 2).tolist()[0] == BUDGET
    read = vector.grams[space.postings.shortest(vector.grams, BUDGET)]
    assert len(space.postings.places(read)[0]) == 1


def test_rows_turned_twice_are_the_same_pairs() -> None:
    rows = SPACE.phrasings
    back = SPACE.postings.turned(len(PHRASINGS))
    assert np.array_equal(back.starts, rows.starts)
    for start, end in zip(rows.starts[:-1], rows.starts[1:], strict=True):
        assert set(back.numbers[start:end]) == set(rows.numbers[start:end])


def test_weights_grow_with_rarity_as_the_logarithm_says() -> None:
    assert SPACE.rarity[SPACE.number["发票"]] == pytest.approx(math.log(4 / 2))
