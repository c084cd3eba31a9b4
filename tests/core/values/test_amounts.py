from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import yuan
from bot.core.values.fields import Refused, Value


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("￥1,234.50", "1234.50"),
        ("¥1234.5", "1234.50"),
        ("1234元", "1234.00"),
        ("1234.50元整", "1234.50"),
        ("1 234.50", "1234.50"),
        ("１２３４．５", "1234.50"),
        ("1.2万", "12000.00"),
        ("1.2万元", "12000.00"),
        ("3万5", "35000.00"),
        ("1万2千", "12000.00"),
        ("一千二百元", "1200.00"),
        ("一千二", "1200.00"),
        ("两百", "200.00"),
        ("一百零五元", "105.00"),
        ("十二块五", "12.50"),
        ("12块5", "12.50"),
        ("12元5角3分", "12.53"),
        ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"),
        ("人民币壹万元整", "10000.00"),
        ("-50", "-50.00"),
        ("-￥1,234.50", "-1234.50"),
        ("负五十元", "-50.00"),
        ("（负数）￥50.00", "-50.00"),
        ("价税合计：1234.5", "1234.50"),
        ("总金额是1234.50元", "1234.50"),
        ("RMB 100", "100.00"),
        ("0.01", "0.01"),
        ("1.500", "1.50"),
        ("含税价1200元", "1200.00"),
        ("1，234.50", "1234.50"),
        ("1 234 567.00", "1234567.00"),
        ("一百二十三块四毛五", "123.45"),
        ("四毛五", "0.45"),
        ("5分", "0.05"),
        ("一百零五点五", "105.50"),
        ("1.2w", "12000.00"),
        ("￥-50", "-50.00"),
        ("负壹佰元整", "-100.00"),
        ("价税合计（大写）壹佰壹拾叁圆整 （小写）￥113.00", "113.00"),
    ],
)
def test_an_amount_is_read_in_yuan_with_two_decimals(
    outcome: Callable[[str, str], str], written: str, yuan: str
) -> None:
    assert outcome("amount", written) == yuan


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0", "amount_zero"),
        ("零元", "amount_zero"),
        ("1.234", "amount_decimals"),
        ("1000000000000", "amount_too_big"),
        ("99999999999999999999999999999999999999", "amount_too_big"),
        ("大概1200", "amount_about"),
        ("约1200", "amount_about"),
        ("1200多", "amount_about"),
        ("几百块", "amount_about"),
        ("100元左右", "amount_about"),
        ("不含税1000", "amount_net"),
        ("1,23", "amount_unclear"),
        ("1234,50", "amount_unclear"),
        ("1000-2000", "amount_unclear"),
        ("100.5.5", "amount_unclear"),
        ("1e5", "amount_unclear"),
        ("$100", "amount_unclear"),
        ("100美元", "amount_unclear"),
        ("一二三", "amount_unclear"),
        ("两张100的", "amount_unclear"),
        ("忘了", "amount_unclear"),
        ("100 200", "amount_unclear"),
        ("100，200", "amount_unclear"),
        ("1发票200", "amount_unclear"),
        ("（大写）壹佰圆整（小写）￥113.00", "amount_unclear"),
        ("(100.00)", "amount_unclear"),
        ("12块50", "amount_unclear"),
        ("一点五万", "amount_unclear"),
        ("近1000", "amount_about"),
        ("1000以上", "amount_about"),
    ],
)
def test_an_uncertain_amount_is_refused_with_the_reason(
    outcome: Callable[[str, str], str], written: str, reason: str
) -> None:
    assert outcome("amount", written) == reason


@given(st.decimals(min_value="-999999999999", max_value="999999999999", places=2).filter(bool))
def test_what_is_shown_reads_back_as_the_same_amount(
    read: Callable[[str, str], Value | Refused], said: Decimal
) -> None:
    assert read("amount", yuan.shown(f"{said:.2f}")) == Value(f"{said:.2f}")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("金额￥1,234.50，查不到", "1234.50"),
        ("价税合计 1234.5", "1234.50"),
        ("金额1234.5日期2025.5.12", "1234.50"),
        ("花了一千二百元", "1200.00"),
        ("金额一千二百", "1200.00"),
        ("有张1234元的发票查不到", "1234.00"),
        ("税额13元 价税合计113元", "113.00"),
        ("金额是负50元", "-50.00"),
        ("红字发票 -￥50.00", "-50.00"),
        ("今天开的，100元", "100.00"),
    ],
)
def test_an_amount_is_found_by_its_sign_or_its_label(
    found: Callable[[str], dict[str, str]], text: str, yuan: str
) -> None:
    assert found(text).get("amount") == yuan


@pytest.mark.parametrize(
    "text",
    [
        "1234",
        "100，200元的发票",
        "100、200元的发票",
        "我等了3天",
        "罚款200元",
        "税额13元",
        "不含税金额 100元",
        "退款100元",
        "100元和200元的票",
        "大概500元",
        "金额12块5毛多",
        "金额100，20张",
        "去了三元桥",
        "金额3月5日",
        "几百元",
        "第一百元店",
        "注册资本100万元",
    ],
)
def test_no_amount_is_made_up(found: Callable[[str], dict[str, str]], text: str) -> None:
    assert "amount" not in found(text)
