from bot.matching.finder import Finder


def found(words: list[str], text: str) -> list[str]:
    return [text[start:end] for start, end in Finder.of(words).spans(text)]


def test_words_are_found_from_left_to_right_the_longest_where_several_begin() -> None:
    assert found(["个税", "个税号", "税"], "个税号的个税和税") == ["个税号", "个税", "税"]


def test_a_word_that_begins_inside_another_is_passed_over() -> None:
    assert found(["甲乙", "乙丙", "丙丁"], "甲乙丙丁") == ["甲乙", "丙丁"]


def test_a_word_in_latin_letters_is_only_found_as_a_whole() -> None:
    assert found(["app", "app store"], "apple的app") == ["app"]
    assert found(["app", "app store"], "app store的app2") == ["app store"]
    assert found(["9"], "19和9") == ["9"]


def test_a_word_that_is_partly_latin_is_found_anywhere() -> None:
    assert found(["t恤"], "at恤2") == ["t恤"]


def test_what_has_a_meaning_in_patterns_has_none_here() -> None:
    assert found(["]", "^", "-a"], "甲^]-a") == ["^", "]", "-a"]


def test_no_words_and_empty_ones_are_nowhere() -> None:
    assert found([], "甲") == found([""], "甲") == []
