from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.core.content.knowledge import Field
from bot.core.values.fields import Refused, Value


@pytest.mark.parametrize(
    ("written", "district"),
    [
        ("海淀区", "海淀区"),
        ("海淀", "海淀区"),
        ("北京市海淀区", "海淀区"),
        ("在中关村这边", "海淀区"),
        ("朝阳区望京", "朝阳区"),
        ("昌平回龙观", "昌平区"),
        ("亦庄", "经开区"),
        ("北京经济技术开发区", "经开区"),
        ("密云县", "密云区"),
        ("海定区", "海淀区"),
        ("石锦山区", "石景山区"),
    ],
)
def test_a_district_is_known_by_name_alias_or_a_clear_slip(
    outcome: Callable[[str, str], str], written: str, district: str
) -> None:
    assert outcome("district", written) == district


def test_every_choice_and_alias_is_read_as_its_district(
    fields: Mapping[str, Field], outcome: Callable[[str, str], str]
) -> None:
    field = fields["district"]
    aliases = {name: field.labels[choice] for name, choice in (field.aliases or {}).items()}
    names = {**{label: label for label in field.labels.values()}, **aliases}
    assert {name: outcome("district", name) for name in names} == names
    assert len(field.choices) == 17


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("朝阳和海淀", "district_several"),
        ("大兴亦庄", "district_several"),
        ("天津", "district_outside"),
        ("上海浦东", "district_outside"),
        ("辽宁朝阳", "district_outside"),
        ("海珠区", "district_near"),
        ("门头钩", "district_near"),
        ("南城区", "district_unclear"),
        ("不知道", "district_unclear"),
    ],
)
def test_another_place_or_several_are_asked_back(
    outcome: Callable[[str, str], str], written: str, reason: str
) -> None:
    assert outcome("district", written) == reason


def test_the_question_back_names_what_was_understood(
    read: Callable[[str, str], Value | Refused],
) -> None:
    several = read("district", "海淀和朝阳")
    assert isinstance(several, Refused)
    assert several.given["districts"] == "朝阳区、海淀区"
    outside = read("district", "我在天津")
    assert isinstance(outside, Refused)
    assert outside.given["place"] == "天津"


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("我们在海淀区", "海淀区"),
        ("公司在海淀", "海淀区"),
        ("我在中关村", "海淀区"),
        ("北京市朝阳那边", "朝阳区"),
        ("主管税务局是海淀", "海淀区"),
        ("去朝阳买的", None),
        ("朝阳路的店", None),
        ("朝阳区和海淀区都有", None),
        ("上海通州区", None),
        ("昨天在国贸开的发票", None),
        ("在朝阳区吃饭开的发票", None),
        ("海淀区银行", None),
        ("销售方是北京朝阳区某某有限公司", None),
    ],
)
def test_a_district_is_found_where_the_person_is(
    found: Callable[[str], dict[str, str]], text: str, district: str | None
) -> None:
    assert found(text).get("district") == district
