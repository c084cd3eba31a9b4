import math

from bot.matching.candidates import Index, grams

PHRASINGS = ["发票打印", "发票查验", "忘记密码"]
INDEX = Index.over(grams(p) for p in PHRASINGS)


def test_grams_are_the_parts_and_their_neighbours() -> None:
    assert grams("甲乙丙") == ("甲", "乙", "丙", "甲乙", "乙丙")


def test_a_vector_has_length_one_and_rare_grams_weigh_more() -> None:
    vector = INDEX.weigh(grams("发票打印"))
    assert math.isclose(sum(w * w for w in vector.values()), 1)
    assert vector["打印"] > vector["发票"]


def test_only_phrasings_that_share_something_are_found() -> None:
    assert INDEX.find(INDEX.weigh(grams("密码")), 5) == [2]
    assert INDEX.find(INDEX.weigh(grams("天气")), 5) == []
    assert INDEX.find({}, 5) == []


def test_the_phrasing_that_shares_most_comes_first_and_the_limit_holds() -> None:
    assert INDEX.find(INDEX.weigh(grams("查验发票")), 1) == [1]


def test_reading_stops_at_the_budget_however_large_the_faq() -> None:
    index = Index.over([["常"]] * 50_000 + [["常", "罕"]])
    found = index.find(index.weigh(["常", "罕"]), 100_000)
    assert found[0] == 50_000
    assert len(found) <= 1_001
