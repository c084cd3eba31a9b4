from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.model.extract import Extract, Told
from bot.intake import pdf
from tests.invoices import Invoice, documents, expected, invoice, sheet
from tests.invoices.layouts import LAYOUTS, Page, Word, framed, pair, remark, ticket

FORMS = [(digital, red) for digital in (True, False) for red in (True, False)]


def told(extract: Extract) -> dict[str, list[str]]:
    """Every value by its key."""
    values: dict[str, list[str]] = {}
    for one in extract.told:
        values.setdefault(one.key, []).append(one.value)
    return values


def whole(given: Invoice) -> dict[str, list[str]]:
    """All that the letters and the QR code say together."""
    return {
        key: [value] for key, value in (expected(given, "text") | expected(given, "qr")).items()
    }


@pytest.mark.parametrize(("digital", "red"), FORMS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_field_of_every_layout_is_read(
    layout: Callable[[Invoice], Page], digital: bool, red: bool
) -> None:
    for seed in range(3):
        given = invoice(seed, digital, red)
        extract = pdf.read(documents.pdf(layout(given)))
        assert told(extract) == whole(given)
        assert (extract.format, extract.problem, extract.invoices) == ("pdf", None, 1)


@pytest.mark.parametrize("digital", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("latin", [documents.CHINESE, *documents.LATIN])
def test_letters_alone_tell_all_that_is_printed(
    layout: Callable[[Invoice], Page], latin: str, digital: bool
) -> None:
    for seed in range(3):
        given = invoice(seed, digital)
        extract = pdf.read(documents.pdf(replace(layout(given), text=""), latin=latin))
        assert {(one.key, one.value) for one in extract.told} == set(
            expected(given, "text").items()
        )
        assert {one.source for one in extract.told} == {"text"}


@pytest.mark.skipif(not sheet.fonts(), reason="no Chinese font on this machine")
@pytest.mark.parametrize("digital", [True, False])
def test_a_font_in_the_file_reads_as_well_as_one_that_is_only_named(digital: bool) -> None:
    given = invoice(3, digital)
    page = replace(framed(given), text="")
    extract = pdf.read(documents.embedded(page))
    assert {one.key: one.value for one in extract.told} == expected(given, "text")


@pytest.mark.parametrize("digital", [True, False])
def test_a_scan_tells_what_its_code_says(digital: bool) -> None:
    given = invoice(7, digital)
    extract = pdf.read(documents.scanned(sheet.draw(given, 5)))
    assert {one.key: one.value for one in extract.told} == expected(given, "qr")
    assert {one.source for one in extract.told} == {"qr"}
    assert extract.invoices == 1


def test_a_railway_ticket_tells_its_fare_and_who_bought_it() -> None:
    given = invoice(11)
    read = expected(given, "text")
    wanted = {key: [read[key]] for key in ("number", "date", "amount", "buyer", "buyer_id")}
    page = replace(ticket(given), text="")
    assert told(pdf.read(documents.pdf(page))) == wanted


@pytest.mark.parametrize("digital", [True, False])
@pytest.mark.parametrize("other", [True, False])
def test_two_invoices_on_one_sheet_are_counted_and_the_first_is_told(
    digital: bool, other: bool
) -> None:
    for seed in range(2):
        first, second = invoice(seed, digital), invoice(seed + 50, other)
        extract = pdf.read(documents.pdf(pair(framed(first), framed(second))))
        assert told(extract) == whole(first)
        assert extract.invoices == 2


def test_pages_of_one_invoice_are_one_and_those_of_two_are_two() -> None:
    first, second = invoice(1), invoice(2)
    goods = tuple(word for word in framed(first).words if "¥" not in word.text)
    begins = replace(framed(first), words=goods)  # the sums are on the last page
    one = pdf.read(documents.pdf(begins, replace(framed(first), text="")))
    assert (told(one), one.invoices) == (whole(first), 1)
    two = pdf.read(documents.pdf(framed(first), framed(second)))
    assert (told(two), two.invoices) == (whole(first), 2)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "被红冲蓝字数电票号码：25112000000999999999",
            "红字发票信息确认单编号：11010825091002619999",
        ),
        ("原发票代码：011002301199 原发票号码：99999999", "开票申请日期：2020年01月02日"),
        ("对应正数发票代码：011002301199号码：99999999", "订单号 25112000000999999999"),
        ("购买方地址：北京市 购买方电话：01000000000", "合同名称：某某项目，价税合计：9.99"),
    ],
)
def test_numbers_in_a_remark_are_no_numbers_of_the_invoice(lines: tuple[str, ...]) -> None:
    for digital in (True, False):
        given = invoice(4, digital, red=True)
        extract = pdf.read(documents.pdf(remark(framed(given), *lines)))
        assert (told(extract), extract.invoices) == (whole(given), 1)


def test_where_the_code_and_the_letters_differ_both_are_told() -> None:
    given, other = invoice(5), invoice(6)
    page = replace(framed(given), text=other.qr_text())
    extract = pdf.read(documents.pdf(page))
    assert Told("number", other.number, "qr") in extract.told
    assert Told("number", given.number, "text") in extract.told
    assert Told("buyer", given.buyer, "text") in extract.told
    assert extract.invoices == 1


def test_a_code_that_pays_is_named_where_there_is_no_invoice() -> None:
    page = Page(300, 300, (Word(40, 250, "扫一扫"),), "https://qr.alipay.com/fkx00000invented0000")
    extract = pdf.read(documents.pdf(page))
    assert extract == Extract("pdf", stranger="payment", host="qr.alipay.com")


def test_a_contract_tells_nothing() -> None:
    words = ("采购合同", "购买方名称：北京某某有限公司", "税号：91110108MA00000000", "合计 ¥9.00")
    page = Page(300, 300, tuple(Word(30, 40 + 20 * row, text) for row, text in enumerate(words)))
    assert pdf.read(documents.pdf(page)) == Extract("pdf")


def test_a_document_behind_a_password_is_locked() -> None:
    data = documents.pdf(framed(invoice(1)), password="a secret")
    assert pdf.read(data) == Extract("pdf", problem="locked")


def test_fifty_pages_are_read_and_one_more_is_too_long() -> None:
    blank = Page(200, 200, (Word(20, 20, "附件"),))
    data = documents.pdf(framed(invoice(1)), *[blank] * (pdf.PAGES - 1))
    assert pdf.read(data).invoices == 1
    data = documents.pdf(*[blank] * (pdf.PAGES + 1))
    assert pdf.read(data) == Extract("pdf", problem="too_long")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", b"PK\3\4"]
)
def test_what_is_no_document_is_unreadable(data: bytes) -> None:
    assert pdf.read(data) == Extract("pdf", problem="unreadable")


def test_the_document_information_is_data() -> None:
    entries = {
        "IssueTime": "2026-01-05",
        "TotalAmWithoutTax": "100.00",
        "TotalTaxAm": "6.00",
        "TotalTax-includedAmount": "106.00",
        "SellerIdNum": invoice(1).seller_id,
    }
    extract = pdf.read(_informed(entries))
    assert {(one.key, one.value) for one in extract.told} == {
        ("date", "2026-01-05"),
        ("net", "100.00"),
        ("amount", "106.00"),
        ("seller_id", invoice(1).seller_id),
    }
    assert {one.source for one in extract.told} == {"data"}


def _informed(entries: dict[str, str]) -> bytes:
    """An empty page with document information; PDFium makes the missing table of objects itself."""
    information = " ".join(f"/{name} ({value})" for name, value in entries.items())
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
        f"4 0 obj<<{information}>>endobj\n"
        "trailer<</Root 1 0 R/Info 4 0 R/Size 5>>\n%%EOF\n"
    ).encode()
