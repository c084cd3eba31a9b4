from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.values.fields import Refused, Value

VALID = "91350100M000100Y43"
"""The example in GB 32100-2015."""


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("北京某某科技有限公司", "北京某某科技有限公司"),
        ("北京某某（集团）有限公司", "北京某某（集团）有限公司"),
        ("北京某某(集团)有限公司", "北京某某（集团）有限公司"),
        ("北京360科技有限公司", "北京360科技有限公司"),
        ("销售方是北京某某有限公司。", "北京某某有限公司"),
        ("公司名称：北京甲有限公司", "北京甲有限公司"),
        ("方太厨具有限公司", "方太厨具有限公司"),
        (f"公司税号{VALID}，名称北京甲有限公司", f"北京甲有限公司 {VALID}"),
        ("北京 某某 有限公司", "北京某某有限公司"),
        ("个人", "个人"),
        ("IBM", "IBM"),
        ("APPLE COMPUTER", "APPLE COMPUTER"),
        ("APPLECOMPUTER12", "APPLECOMPUTER12"),
        (VALID, VALID),
        (VALID.lower(), VALID),
        ("9135 0100 M000 100Y 43", VALID),
        (f"税号是{VALID}", VALID),
        (f"北京某某科技有限公司 {VALID}", f"北京某某科技有限公司 {VALID}"),
        (f"北京某某科技有限公司\n纳税人识别号：{VALID}", f"北京某某科技有限公司 {VALID}"),
        ("110101900000001", "110101900000001"),
        ("11010119900307001X01", "11010119900307001X01"),
    ],
)
def test_a_party_is_a_name_or_a_taxpayer_id_or_both(
    read: Callable[[str, str], Value | Refused], written: str, party: str
) -> None:
    assert read("seller", written) == Value(party)


@pytest.mark.parametrize(
    ("taxpayer", "warning"),
    [
        (VALID, None),
        ("91350100M000100Y44", "taxpayer_id_check"),
        ("91350100M000100Y4Z", "taxpayer_id_letters"),
        ("9135O100M000100Y43", "taxpayer_id_letters"),
        ("110101199003070012", "taxpayer_id_check"),
        ("110101199003070011", None),
        ("110101199013070015", "taxpayer_id_check"),
        ("N2110108MF1234567U", None),
    ],
)
def test_an_id_that_may_be_mistyped_is_taken_with_a_warning(
    read: Callable[[str, str], Value | Refused], taxpayer: str, warning: str | None
) -> None:
    assert read("buyer", taxpayer) == Value(taxpayer, warning)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("123", "taxpayer_id_length"),
        ("9135010012345678", "taxpayer_id_length"),
        ("91350100M000100Y4", None),
        ("北京某某有限公司 税号9135010", "taxpayer_id_length"),
        (f"{VALID} 或 91350100M000100Y44", "taxpayer_id_several"),
        ("？", "party_unclear"),
        ("公司", "party_unclear"),
        ("某某\ufffd公司", "party_unclear"),
        ("北", "party_length"),
        ("某" * 101, "party_length"),
    ],
)
def test_what_is_no_party_is_refused_with_the_reason(
    outcome: Callable[[str, str], str], written: str, reason: str | None
) -> None:
    assert outcome("seller", written) == (reason or written)


@pytest.mark.parametrize(
    ("text", "seller", "buyer"),
    [
        ("销售方是北京某某科技有限公司", "北京某某科技有限公司", None),
        (f"销售方是北京甲有限公司，税号{VALID}", f"北京甲有限公司 {VALID}", None),
        (f"购买方税号{VALID}", None, VALID),
        (f"购买方名称：北京甲有限公司 购买方税号：{VALID}", None, f"北京甲有限公司 {VALID}"),
        ("销售方 北京甲有限公司 购买方 上海乙商行", "北京甲有限公司", "上海乙商行"),
        ("抬头是北京甲有限公司的发票查不到", None, "北京甲有限公司"),
        ("销售方：上海乙有限公司北京分公司", "上海乙有限公司北京分公司", None),
        ("北京某某科技有限公司", None, None),
        (f"我的税号{VALID}", None, None),
        ("销售方不给开票", None, None),
        ("抬头怎么改", None, None),
        ("销售方：北京甲有限公司 销售方：北京乙有限公司", None, None),
    ],
)
def test_seller_and_buyer_are_found_by_their_labels_only(
    found: Callable[[str], dict[str, str]], text: str, seller: str | None, buyer: str | None
) -> None:
    told = found(text)
    assert (told.get("seller"), told.get("buyer")) == (seller, buyer)
