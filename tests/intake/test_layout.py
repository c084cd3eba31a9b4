from __future__ import annotations

from random import Random

from bot.intake.layout import CELL, SIDE, UNKNOWN, Letter, lines


def letters(text: str, x: float, y: float, size: float = 10.0) -> list[Letter]:
    """Square Chinese letters and others half as wide; blanks leave a gap."""
    placed = []
    for character in text:
        wide = size if ord(character) > 0x2E00 else size / 2
        placed.append(Letter(character, x, x + wide, y, size))
        x += wide
    return placed


def test_the_order_of_letters_says_nothing() -> None:
    page = letters("名称：某某公司", 10, 20) + letters("税号：123", 10, 40)
    Random(1).shuffle(page)
    assert [line.text for line in lines(page)] == ["名称:某某公司", "税号:123"]


def test_gaps_are_kept_as_what_they_are_to_the_eye() -> None:
    page = letters("合 计", 10, 20) + letters("¥1.00", 80, 20)
    assert [line.text for line in lines(page)] == ["合 计\t¥1.00"]


def test_a_value_set_a_little_higher_stands_in_the_line_of_its_label() -> None:
    page = letters("发票号码：", 10, 20) + letters("123", 80, 18.5, 9.0)
    assert [line.text for line in lines(page)] == ["发票号码:\t123"]


def test_a_title_takes_no_word_out_of_the_line_below() -> None:
    page = letters("电子发票", 10, 16, 20.0)
    page += letters("发票号码：", 200, 20) + letters("123", 260, 19.2)
    assert [line.text for line in lines(page)] == ["电子发票", "发票号码: 123"]


def test_bold_letters_printed_twice_count_once_and_doubled_digits_twice() -> None:
    page = letters("发票11", 10, 20)
    page += [Letter(one.character, one.left + 0.3, one.right, 20, 10) for one in page]
    assert [line.text for line in lines(page)] == ["发票11"]


def test_variants_of_characters_are_read_as_the_plain_ones() -> None:
    assert [line.text for line in lines(letters("⽇期：￥１", 10, 20))] == ["日期:¥1"]


def test_a_heading_down_a_side_says_whose_box_a_line_stands_in() -> None:
    page = letters("名称：甲", 40, 32) + letters("名称：乙", 240, 32)
    for x, heading in ((10, "购买方信息"), (210, "销售方信息")):
        for row, character in enumerate(heading):
            page += letters(character, x, 20 + 12 * row)
    line = next(line for line in lines(page) if "名称" in line.text)
    assert line.party(line.text.index("名")) == "buyer"
    assert line.party(line.text.rindex("名")) == "seller"
    assert "购" not in line.text


def test_one_heading_alone_says_nothing() -> None:
    page = letters("名称：甲", 40, 32)
    for row, character in enumerate("购买方信息"):
        page += letters(character, 10, 20 + 12 * row)
    line = next(line for line in lines(page) if "名称" in line.text)
    assert line.party(line.text.index("名")) is None


def test_letters_without_a_meaning_are_kept_as_such() -> None:
    page = [*letters("某", 10, 20), Letter("\ue123", 20, 30, 20, 10), *letters("司", 30, 20)]
    assert [line.text for line in lines(page)] == [f"某{UNKNOWN}司"]


def test_where_two_texts_run_into_one_another_nobody_can_say_what_stands_there() -> None:
    page = letters("某某公司", 10, 20) + letters("12", 33, 20)
    assert [line.text for line in lines(page)] == [f"某某公{UNKNOWN}12司"]


def test_what_reaches_the_side_of_the_next_box_is_known_from_what_ends_before_it() -> None:
    page = letters("名称：甲", 140, 32) + letters("名称：乙", 40, 44)
    for x, heading in ((10, "购买方信息"), (181, "销售方信息")):
        for row, character in enumerate(heading):
            page += letters(character, x, 20 + 12 * row)
    texts = [line.text for line in lines(page)]
    assert f"甲{SIDE}" in texts[0]
    assert f"乙{CELL}{SIDE}" in texts[1]


def test_no_letters_make_no_lines() -> None:
    assert lines([]) == []
    assert lines([Letter(" ", 0, 1, 0, 1), Letter("字", 0, 1, 0, 0)]) == []
