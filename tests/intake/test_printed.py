"""Pages are given as lines of text; what stands where is the matter of `test_lines.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from bot.core.model.extract import Key
from bot.intake.layout import Letter
from bot.intake.printed import told
from tests.invoices import Invoice, expected, invoice
from tests.invoices.layouts import Page, Word, framed, narrow, ticket

NUMBER = "26112000001234567890"
TITLE = "电子发票（普通发票）"


def page(*rows: str) -> list[Letter]:
    """Letters in lines; a blank is a gap, | one between cells."""
    placed = []
    for row, text in enumerate(rows):
        x = 0.0
        for character in text:
            wide = 30.0 if character == "|" else 10.0 if ord(character) > 0x2E00 else 5.0
            if character not in "| ":
                placed.append(Letter(character, x, x + wide, 30.0 * row, 10.0))
            x += wide
    return placed


def read(*rows: str) -> dict[Key, str]:
    return told([page(*rows)])[0]


@pytest.mark.parametrize(
    ("row", "key", "value"),
    [
        (f"发票号码：{NUMBER}", "number", NUMBER),
        (f"发 票 号 码：|{NUMBER}", "number", NUMBER),
        (f"发票号码:{NUMBER}国家税务总局", "number", NUMBER),
        ("发票号码：12345678", "number", "12345678"),
        ("发票代码：|011002300111", "code", "011002300111"),
        ("机器编号:499099999999|发票代码:1100231130", "code", "1100231130"),
        ("校 验 码：12345 67890 12345 67890", "check", "12345678901234567890"),
        ("开票日期：2026 年 01 月 05 日", "date", "2026-01-05"),
        ("开票日期：2026-1-5", "date", "2026-01-05"),
        ("开票日期：20260105", "date", "2026-01-05"),
        ("价税合计（大写）|⊗壹佰圆整|（小写）￥100.00", "amount", "100.00"),
        ("价税合计（大写）|⊗壹佰圆整（小写）￥100.00", "amount", "100.00"),
        ("（小写）¥1,234,567.80", "amount", "1234567.80"),
        ("（小写） ·94. 00", "amount", "94.00"),
        ("（小写）￥1, 234. 50", "amount", "1234.50"),
        ("（小写）￥1 2 3 4 . 5 0", "amount", "1234.50"),
        ("（大写）（负数）伍圆零叁分|（小写）¥-5.03", "amount", "-5.03"),
        ("票价：￥56.00", "amount", "56.00"),
        ("购买方名称：某某（北京）公司", "buyer", "某某（北京）公司"),
        ("销售方信息 名称：ABC Trading Co., Ltd", "seller", "ABC Trading Co., Ltd"),
        ("销方税号：91110108MA0000000X", "seller_id", "91110108MA0000000X"),
        ("销方税号：110108123456789", "seller_id", "110108123456789"),
        ("销方税号：110108123456789|地址：某路", "seller_id", "110108123456789"),
    ],
)
def test_a_value_stands_behind_its_label(row: str, key: Key, value: str) -> None:
    assert read(TITLE, row) == {key: value}


@pytest.mark.parametrize(
    "row",
    [
        f"被红冲蓝字数电票号码：{NUMBER}",
        "红字发票信息确认单编号：11010826091002619999",
        f"原发票号码：{NUMBER}",
        f"订单号 {NUMBER}",
        "发票号码：12345678901234567890",  # a check code: no such region
        "发票号码：123456789",
        "发票号码：12345678A",
        "校验码：123456",
        "开票日期：2026年02月30日",
        "申请开票日期：2026年01月05日",
        "开票日期：2026年01月",
        "名称：谁的公司",
        "项目名称：销售方",
        "购买方名称：3>*78<4+29",
        "购买方税号：9111****43",
        "购买方税号：1110108MA0000000X",  # one of 18 without its first
        "购买方名称：北京某 公司",
        "购买方名称：北京\ue000某公司",
        "发票号码：26112000国0012家3456",  # one of 20 under a seal
        "发票号码：26112000\ue000",
        "发票号码：26112000|001234567890",
        "发票号码：2611 20 00",  # between whose digits some may be missing
        "发票代码：0110023001国11",
        "开票日期：2026-01-1国5",
        "购买方税号：91110108MA00000统0一0社X",
        "购买方税号：91110108MA00000\ue000",
        "购买方税号：91110108MA00000***",
        "购买方税号：91110108MA00000|00X",
        "购买方税号：9111010 8MA0 0000",
        "购买方税号：91110108MA0000000X\ue000",
        "（小写）￥1 34.50",
        "价税合计（大写）|⊗壹佰圆整|（小写）￥200.00",
        "（小写）￥100.005",
        "合计|¥94.34|¥5.66",
    ],
)
def test_what_is_in_doubt_is_left_out(row: str) -> None:
    assert read(TITLE, row) == {}


def test_sums_are_told_when_they_add_up() -> None:
    total = "价税合计（大写）|⊗壹佰圆整|（小写）￥100.00"
    assert read(TITLE, "合 计|¥94.34|¥5.66", total) == {"amount": "100.00", "net": "94.34"}
    assert read(TITLE, "合 计|¥94.34|¥5.67", total) == {}
    assert read(TITLE, "合 计|¥100.00|***", total) == {"amount": "100.00", "net": "100.00"}
    assert read(TITLE, "合 计|¥94.34|***", total) == {"amount": "100.00"}


def test_what_is_labelled_twice_and_differs_is_left_out() -> None:
    rows = ("开票日期：2026年01月05日", "开票日期：2026年01月06日")
    assert read(f"发票号码：{NUMBER}", *rows) == {"number": NUMBER}


def shifted(text: str, x: float, y: float) -> list[Letter]:
    return [Letter(one.character, one.left + x, one.right + x, y, one.size) for one in page(text)]


def test_a_long_name_goes_on_in_the_next_line() -> None:
    label, number = page("购买方名称："), shifted(f"发票号码：{NUMBER}", 0, 60)
    upper, lower = shifted("某某某某某某某某", 70, 0), shifted("设备有限公司", 70, 12)
    wanted = {"buyer": "某某某某某某某某设备有限公司", "number": NUMBER}
    assert told([[*label, *upper, *lower, *number]]) == (wanted, 1)


def test_a_name_that_began_above_its_label_is_left_out() -> None:
    label, number = page("购买方名称："), shifted(f"发票号码：{NUMBER}", 0, 60)
    upper, lower = shifted("某某某某某某某某", 70, -12), shifted("设备有限公司", 70, 0)
    assert told([[*label, *upper, *lower, *number]]) == ({"number": NUMBER}, 1)


def stretched(words: Iterable[Word], factor: float) -> Iterator[Letter]:
    """Letters of which those that are not Chinese stand so many times as far from one another."""
    for word in words:
        x = word.x
        for character in word.text:
            wide = word.size if ord(character) > 0x2E00 else word.size / 2 * factor
            if not (character.isspace() or word.turn):
                yield Letter(character, x, x + wide, word.y, word.size)
            x += wide


@pytest.mark.parametrize("layout", [framed, narrow, ticket])
@pytest.mark.parametrize("factor", [0.6, 0.8, 1.3, 1.5, 1.8, 2.0, 2.5])
def test_letters_that_run_into_one_another_tell_nothing_wrong(
    layout: Callable[[Invoice], Page], factor: float
) -> None:
    for seed in range(3):
        for digital in (True, False):
            given = invoice(seed, digital)
            values, _ = told([list(stretched(layout(given).words, factor))])
            assert values.items() <= expected(given, "text").items()


def test_letters_of_no_invoice_tell_nothing() -> None:
    assert told([page("购买方名称：某某公司", "开票日期：2026年01月05日")]) == ({}, 0)
    assert told([]) == ({}, 0)
    assert told([[]]) == ({}, 0)
