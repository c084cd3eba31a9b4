from __future__ import annotations

import pytest

from bot.intake.ofd_text import MOST, TextObject, texts
from bot.intake.xml import parse


def objects(inner: str, **attributes: str) -> list[TextObject]:
    given = {"ID": "7", "Boundary": "10 20 50 5", "Size": "4", **attributes}
    told = " ".join(f'{name}="{value}"' for name, value in given.items())
    return list(texts(parse(f"<Page><TextObject {told}>{inner}</TextObject></Page>".encode())))


def lefts(inner: str, **attributes: str) -> list[float]:
    return [letter.left for letter in objects(inner, **attributes)[0].letters]


def test_a_text_object_has_its_letters_at_their_places() -> None:
    (found,) = objects('<TextCode X="1" Y="4" DeltaX="4 5">发票1</TextCode>')
    assert (found.id, found.text) == ("7", "发票1")
    assert [(one.left, one.right, one.base, one.size) for one in found.letters] == [
        (11.0, 15.0, 24.0, 4.0),
        (15.0, 19.0, 24.0, 4.0),
        (20.0, 22.0, 24.0, 4.0),
    ]


@pytest.mark.parametrize(
    ("steps", "places"),
    [
        ("g 3 2", [10, 12, 14, 16]),
        ("1 g 2 3", [10, 11, 14, 17]),
        ("2", [10, 12, 14, 16]),
        ("", [10, 12, 14, 16]),
        ("g 1e9 2", [10, 12, 14, 16]),
        ("g x y", [10, 12, 14, 16]),
        ("nan inf", [10, 12, 14, 16]),
        ("0 0 0", [10, 12, 14, 16]),
        ("g 2 1 g 1 5", [10, 11, 12, 17]),
        ("-1 g 2 -2", [10, 9, 7, 5]),
    ],
)
def test_steps_may_be_counted_few_or_senseless(steps: str, places: list[float]) -> None:
    assert lefts(f'<TextCode X="0" Y="0" DeltaX="{steps}">1234</TextCode>') == places


def places(inner: str) -> list[tuple[float, float]]:
    return [(letter.left, letter.base) for letter in objects(inner)[0].letters]


@pytest.mark.parametrize("steps", ['DeltaY="5 5"', 'DeltaY="g 2 5"', 'DeltaY="5" DeltaX="0 0"'])
def test_letters_of_steps_downwards_alone_stand_one_under_the_other(steps: str) -> None:
    assert places(f'<TextCode X="1" Y="4" {steps}>购买方</TextCode>') == [
        (11, 24),
        (11, 29),
        (11, 34),
    ]


def test_steps_in_both_directions_are_taken_together() -> None:
    assert places('<TextCode X="0" Y="4" DeltaX="1 2" DeltaY="0 5">123</TextCode>') == [
        (10, 24),
        (11, 24),
        (13, 29),
    ]


def test_steps_down_of_zero_leave_letters_in_their_line() -> None:
    assert places('<TextCode X="0" Y="4" DeltaY="0 0">名称</TextCode>') == [(10, 24), (14, 24)]


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ('X="0" Y="0"', (10, 20)),
        ('X="0" Y="9"', (10, 29)),
        ('Y="9"', (11, 29)),
        ('X="20"', (30, 24)),
        ("", (11, 24)),
    ],
)
def test_a_text_code_begins_where_it_says_or_where_the_one_before_it_did(
    second: str, place: tuple[float, float]
) -> None:
    codes = f'<TextCode X="1" Y="4" DeltaX="5">12</TextCode><TextCode {second}>3</TextCode>'
    assert places(codes)[2] == place


def test_letters_are_scaled_and_moved_by_the_matrix() -> None:
    (found,) = objects('<TextCode X="1" Y="1">字</TextCode>', CTM="2 0 0 2 3 4")
    letter = found.letters[0]
    assert (letter.left, letter.right, letter.base, letter.size) == (15.0, 23.0, 26.0, 8.0)


def test_letters_may_be_narrower_than_they_are_high() -> None:
    (found,) = objects('<TextCode X="0" Y="4" DeltaX="2">字1</TextCode>', HScale="0.5")
    assert [(one.left, one.right, one.size) for one in found.letters] == [(10, 12, 4), (12, 13, 4)]


@pytest.mark.parametrize(
    "attributes",
    [{"CTM": "0 1 -1 0 0 0"}, {"CTM": "-1 0 0 1 0 0"}, {"Boundary": "1 2 3"}, {"Size": "x"}],
)
def test_turned_and_broken_objects_have_no_letters(attributes: dict[str, str]) -> None:
    assert objects("<TextCode>字</TextCode>", **attributes)[0].letters == ()


def test_a_page_has_no_more_letters_than_are_read_and_no_part_of_an_object() -> None:
    def page(*lengths: int) -> list[int]:
        given = "".join(
            f'<TextObject Boundary="0 0 9 9" Size="1"><TextCode>{"字" * length}</TextCode>'
            "</TextObject>"
            for length in lengths
        )
        return [len(one.letters) for one in texts(parse(f"<Page>{given}</Page>".encode()))]

    assert page(MOST - 5, 5, 1) == [MOST - 5, 5]
    assert page(MOST - 5, 6, 1) == [MOST - 5]
