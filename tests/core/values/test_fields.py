from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app.load import folder
from bot.core import text as core_text
from bot.core import values
from bot.core.content.knowledge import Choice, Field
from bot.core.content.vocabulary import Festival, Vocabulary
from bot.core.values.fields import (
    KINDS,
    REASONS,
    WARNINGS,
    Context,
    Refused,
    Value,
    alone,
    mask,
    parse,
    recognise,
    shown,
)
from bot.core.values.page import after
from bot.core.values.parties import organisation
from bot.core.values.value import tidy
from tests.backtracking import longest, parsed
from tests.work import calls, patterns, steps

TRICKY = (
    "年月日号前后上下个周一二三十百千万元角分点半今昨天这的开票代码:，。-./ ()@￥+X" + string.digits
)
WORDS = (
    *(
        "发票号码",
        "25112000000012345678",
        "昨天",
        "5月",
        "12日",
        "下午3点",
        "开的",
        "报错",
        "1,234",
    ),
    *(
        ".5",
        "万元",
        "购买方",
        "有限公司",
        "91350100M000100Y43",
        "海淀",
        "、",
        " ",
        "\n",
        "前",
        "13800001234",
    ),
)
TEXTS = st.one_of(
    st.text(max_size=4000),
    st.text(alphabet=TRICKY, max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
)
REPEATED = (
    *(
        "1",
        "a",
        "0",
        " ",
        "1 ",
        "1,",
        "1.",
        "1-",
        "十",
        "5月",
        "￥",
        "10:05",
        "(010)",
        "a@",
        "公司",
    ),
    *("2025-05-12 ", "发票号码", "销售方a1", "购买方北京", "金额一百", "昨天开的", "代码"),
)


READERS = [
    import_module(f"{package.__name__}.{found.name}")
    for package in (values, core_text)
    for found in iter_modules(package.__path__)
]


@pytest.fixture(scope="module")
def repeating(fields: Mapping[str, Field], vocabulary: Vocabulary) -> list[re.Pattern[str]]:
    """Patterns in which something may repeat so often that it counts."""
    authored = [organisation(vocabulary.organisations), *map(after, fields.values())]
    found = {**patterns(*READERS), **{each.pattern: each for each in authored}}
    return [each for each in found.values() if longest(parsed(each)) > 8]


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    with (folder() / "messages" / "zh" / "fields.toml").open("rb") as file:
        return tomllib.load(file)


def test_the_fields_come_in_the_order_in_which_they_are_shown(fields: Mapping[str, Field]) -> None:
    assert list(fields) == [
        *("number", "code", "date", "amount", "seller", "buyer", "district", "symptom"),
        *("error_code", "error_at", "tried", "contact", "file"),
    ]


def test_every_field_has_a_known_kind_and_an_example_that_it_takes(
    fields: Mapping[str, Field], context: Context
) -> None:
    for field in fields.values():
        assert field.kind in KINDS
        if field.example and field.kind != "number":  # which would be of somebody's invoice
            assert isinstance(parse(field, field.example, context), Value), field.id


def test_every_reason_and_warning_has_its_text_and_no_text_is_left_over(
    texts: Mapping[str, str],
) -> None:
    assert set(texts) == {*REASONS, *WARNINGS}


def test_every_text_can_be_filled_with_what_comes_with_its_reason(
    texts: Mapping[str, str],
) -> None:
    for key, text in texts.items():
        wanted = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        assert wanted <= {*REASONS.get(key, ()), "label", "example"}, key
        assert set(REASONS.get(key, ())) <= wanted, key


def test_a_warning_needs_nothing_filled_in(texts: Mapping[str, str]) -> None:
    assert not [key for key in WARNINGS if "{" in texts[key]]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_no_text_makes_reading_raise_and_every_refusal_can_be_told(
    fields: Mapping[str, Field], texts: Mapping[str, str], context: Context, text: str
) -> None:
    for field in fields.values():
        answer = parse(field, text, context)
        if isinstance(answer, Refused):
            assert set(answer.given) == {*REASONS[answer.reason], "label", "example"}
            assert texts[answer.reason].format(**answer.given)
        else:
            assert answer.text == answer.text.strip() != ""
            assert answer.warning in {None, *WARNINGS}
            assert shown(field, answer.text)
            assert mask(field, answer.text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_what_is_read_once_is_read_again_from_how_it_is_shown(
    fields: Mapping[str, Field], context: Context, text: str
) -> None:
    for field in fields.values():
        answer = parse(field, text, context)
        if isinstance(answer, Value):
            again = parse(field, shown(field, answer.text), context)
            assert isinstance(again, Value), field.id
            assert again.text == answer.text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_what_a_text_tells_is_always_a_value_of_its_field(
    fields: Mapping[str, Field], context: Context, text: str
) -> None:
    for name, value in recognise(text, tuple(fields.values()), context).items():
        again = parse(fields[name], shown(fields[name], value.text), context)
        assert isinstance(again, Value)
        assert again.text == value.text


@pytest.mark.parametrize("part", REPEATED)
def test_a_text_twice_as_long_makes_twice_as_many_calls(
    fields: Mapping[str, Field], context: Context, part: str
) -> None:
    def read(length: int) -> None:
        tidy.cache_clear()
        text = (part * length)[:length]
        recognise(text, tuple(fields.values()), context)
        for field in fields.values():
            parse(field, text, context)

    read(1)  # patterns are made of the authors' words once
    assert calls(lambda: read(1000)) < 2.2 * calls(lambda: read(500))


@pytest.mark.parametrize("part", REPEATED)
def test_no_pattern_takes_more_steps_than_the_square_of_a_texts_length(
    repeating: list[re.Pattern[str]], part: str
) -> None:
    for pattern in repeating:
        once, twice = (steps(pattern, (part * length)[:length]) for length in (48, 96))
        assert twice < 4.5 * once, pattern.pattern


def test_a_long_report_fills_its_fields(found: Callable[[str], dict[str, str]]) -> None:
    report = (
        "您好，我在海淀区，昨天下午3点半登录的时候报错 E-1001。发票号码25112000000012345678，"
        "2025年5月12日开的，价税合计￥1,234.50，销售方是北京某某科技有限公司，"
        "购买方税号91350100M000100Y43，电话13800001234。"
    )
    assert found(report) == {
        "number": "25112000000012345678",
        "date": "2025-05-12",
        "amount": "1234.50",
        "seller": "北京某某科技有限公司",
        "buyer": "91350100M000100Y43",
        "district": "海淀区",
        "error_code": "E-1001",
        "error_at": "2026-11-23 15:30",
        "contact": "13800001234",
    }


def test_an_older_invoice_is_told_by_number_and_code(
    found: Callable[[str], dict[str, str]],
) -> None:
    assert found("发票代码011001900311 发票号码12340098 开票日期2020年8月21日") == {
        "number": "12340098",
        "code": "011001900311",
        "date": "2020-08-21",
    }


@pytest.mark.parametrize(
    "text",
    [
        "校验码85342965681116380258",
        "校验码 25112000000012345678",
        "红字确认单编号 25112000000012345678",
        "银行卡6222021234567890123",
        "订单号25112000000012345678",
        "身份证110101199003070096",
        "统一社会信用代码91350100M000100Y43",
        "发票号码：12345678901",
        "12340098",
        "251120000000123456789",
        "A25112000000012345678",
        "发票查不到怎么办",
        "",
    ],
)
def test_other_numbers_fill_no_field(found: Callable[[str], dict[str, str]], text: str) -> None:
    assert found(text) == {}


def test_two_numbers_without_a_label_are_neither(found: Callable[[str], dict[str, str]]) -> None:
    both = "25112000000012345678 和 25112000000012345679 都查不到"
    assert "number" not in found(both)
    assert found("发票号码" + both)["number"] == "25112000000012345678"


def test_a_field_of_a_known_kind_needs_no_code_of_its_own(context: Context) -> None:
    paid = Field(id="paid", label="付款日期", kind="date", ask="?", cues=("付款日期",))
    assert recognise("付款日期2025-05-12", (paid,), context) == {"paid": Value("2025-05-12")}


@pytest.mark.parametrize(
    ("words", "field", "text", "before", "after"),
    [
        ({"places": ("通辽",)}, "district", "通辽", "district_unclear", "district_outside"),
        ({"here": ("小窗",)}, "contact", "小窗", "contact_unclear", "Telegram"),
        ({"lunar": ("三月三",)}, "date", "三月三", "2026-03-03", "date_vague"),
        (
            {"festivals": (Festival(names=("泼水",), month=4, day=13),)},
            "date",
            "泼水节第二天",
            "date_vague",
            "2026-04-14",
        ),
    ],
)
def test_an_answer_is_read_by_the_words_that_authors_wrote(
    fields: Mapping[str, Field],
    context: Context,
    words: dict[str, Any],
    field: str,
    text: str,
    before: str,
    after: str,
) -> None:
    changed = replace(context, vocabulary=replace(context.vocabulary, **words))
    for known, told in ((context, before), (changed, after)):
        answer = parse(fields[field], text, known)
        assert told == (answer.text if isinstance(answer, Value) else answer.reason)


@pytest.mark.parametrize(
    ("words", "text", "before", "after"),
    [
        (
            {"labels": ("会员编号",)},
            "会员编号25112000000012345678",
            {"number": "25112000000012345678"},
            {},
        ),
        ({"landmarks": ("水库",)}, "海淀区水库", {"district": "haidian"}, {}),
        ({"places": ("通辽",)}, "通辽海淀区", {"district": "haidian"}, {}),
        (
            {"organisations": ("诊所",)},
            "销售方：北京某某诊所",
            {},
            {"seller": "北京某某诊所"},
        ),
    ],
)
def test_a_free_text_is_read_by_the_words_that_authors_wrote(
    fields: Mapping[str, Field],
    context: Context,
    words: dict[str, Any],
    text: str,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    changed = replace(context, vocabulary=replace(context.vocabulary, **words))
    for known, told in ((context, before), (changed, after)):
        found = recognise(text, tuple(fields.values()), known)
        assert {field: value.text for field, value in found.items()} == told


def test_an_alias_in_latin_letters_is_read_in_any_case(context: Context) -> None:
    choices = (Choice(id="chaoyang", label="朝阳区"),)
    field = Field(
        id="d", label="d", kind="district", ask="?", choices=choices, aliases={"CBD": "chaoyang"}
    )
    assert parse(field, "在cbd", context) == Value("chaoyang")


def test_text_kinds_mask_only_what_identifies_somebody(fields: Mapping[str, Field]) -> None:
    assert mask(fields["buyer"], "91350100M000100Y43") == "9135****43"
    assert mask(fields["contact"], "13800001234") == "138****1234"
    assert mask(fields["number"], "25112000000012345678") == "25112000000012345678"


def test_a_value_alone_is_only_one_where_a_single_field_can_have_it(context: Context) -> None:
    issued, paid = (Field(id=i, label=i, kind="date", ask="?") for i in ("issued", "paid"))
    assert alone("昨天", (issued,), context) == {"issued": Value("2026-11-23")}
    assert alone("昨天", (issued, paid), context) == {}
    assert alone("明天", (issued,), context) == {}
