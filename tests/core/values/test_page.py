from __future__ import annotations

from bot.core.content.knowledge import Field
from bot.core.values.page import TAKEN, after, open_page


def a_field(id_: str, *cues: str) -> Field:
    return Field(id=id_, label=id_, kind="text", ask="?", cues=cues)


NUMBER = a_field("number", "号码", "…这张")
PHONE = a_field("phone", "电话号码")
LABELS = ("银行卡号", "CVV")
"""Of values that no field asks for."""
DAY = a_field("day", "…开的", "…的发票")


def test_the_longest_label_owns_what_stands_after_it() -> None:
    page = open_page("电话号码：123，号码是456", (NUMBER, PHONE), LABELS)
    assert page.owned(PHONE) == [page.text.index("1")]
    assert page.owned(NUMBER) == [page.text.index("4")]


def test_what_stands_after_a_foreign_label_is_nobodys() -> None:
    for text in ("银行卡号 123", "cvv 123"):
        page = open_page(text, (NUMBER, PHONE), LABELS)
        start = page.text.index("1")
        assert not page.free(start)
        assert not page.cued(NUMBER, start)


def test_a_label_reaches_over_punctuation_and_small_words_only() -> None:
    for text in ("号码:1", "号码 1", "号码是1", "号码应该是：1", "号码（1"):
        page = open_page(text, (NUMBER,), LABELS)
        assert page.owned(NUMBER) == [page.text.index("1")]
    page = open_page("号码我忘了1", (NUMBER,), LABELS)
    assert page.owned(NUMBER) != [page.text.index("1")]


def test_a_label_in_latin_letters_is_a_whole_word() -> None:
    code = a_field("code", "error")
    assert open_page("error 5", (code,), LABELS).owned(code) == [6]
    assert open_page("terrors 5", (code,), LABELS).owned(code) == []


def test_what_one_field_took_is_gone_for_the_others() -> None:
    page = open_page("号码123", (NUMBER,), LABELS)
    assert page.without([(2, 5)]).text == "号码" + TAKEN * 3


def test_a_cue_after_the_value_allows_a_few_words_between() -> None:
    assert after(DAY).match("在京东开的")
    assert after(DAY).match("开的")
    assert not after(DAY).match("没开的")
    assert not after(DAY).match("之前开的")
    assert not after(DAY).match("，后来在京东开的")


def test_a_cue_that_begins_with_de_stands_at_once_after_the_value() -> None:
    assert after(DAY).match("的发票")
    assert not after(DAY).match("下载的发票")


def test_a_field_without_such_cues_has_nothing_after_it() -> None:
    assert not after(PHONE).match("开的")
