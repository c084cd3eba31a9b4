"""The text of a QR code: an invoice's values, all right or left out, or which stranger it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.extract import Extract, Stranger
from bot.intake import qr
from tests.invoices import expected, invoice

DIGITAL = "26112000000123456782"
CHECK = "68700000000123456789"


def told(text: str) -> dict[str, str]:
    return {found.key: found.value for found in qr.read(text).told}


@pytest.mark.parametrize("digital", [True, False])
@pytest.mark.parametrize("red", [True, False])
def test_the_text_on_an_invoice_tells_all_that_it_holds(digital: bool, red: bool) -> None:
    for seed in range(50):
        shown = invoice(seed, digital, red)
        read = qr.read(shown.qr_text())
        assert {found.key: found.value for found in read.told} == expected(shown, "qr")
        assert all(found.source == "qr" for found in read.told)
        assert (read.invoices, read.stranger, read.host) == (1, None, "")


OLDER = {"code": "011002300911", "number": "01234567", "date": "2023-08-21"}
NEWER = {"number": DIGITAL, "amount": "100.76", "date": "2026-03-30"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            f"01,10,011002300911,01234567,64.9,20230821,{CHECK}",
            {**OLDER, "kind": "10", "net": "64.90", "check": CHECK},
        ),
        (
            f"01,51,011002300911,01234567,39.62,20230821,{CHECK},f386",
            {**OLDER, "kind": "51", "net": "39.62", "check": CHECK},
        ),
        (
            "01,01,1100233130,01234567,94339.62,20230821,,9335,",
            {**OLDER, "code": "1100233130", "kind": "01", "net": "94339.62"},
        ),
        (f"01,32,,{DIGITAL},100.76,20260330,,5F98", {**NEWER, "kind": "32"}),
        (f"01,32,,{DIGITAL},100.76,20260330", {**NEWER, "kind": "32"}),
        (f"01,51,,{DIGITAL},100.76,20260330,,219a", {**NEWER, "kind": "51"}),
        (f"01，32，，{DIGITAL}，100.76，20260330，，5F98", {**NEWER, "kind": "32"}),
        (f"０１，３２，，{DIGITAL}，￥100.76，２０２６０３３０", {**NEWER, "kind": "32"}),
        (f"\ufeff01,32,,{DIGITAL},100.76,2026-03-30\r\n", {**NEWER, "kind": "32"}),
        (f"01,{DIGITAL},100.76,20260330", NEWER),
        (f"01,011002300911,01234567,64.9,20230821,{CHECK}", {**OLDER, "check": CHECK}),
    ],
)
def test_every_form_that_is_printed_is_read(text: str, values: dict[str, str]) -> None:
    assert told(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"01,32,,{DIGITAL},一百,20260330", {"number": DIGITAL, "date": "2026-03-30"}),
        (f"01,32,,{DIGITAL},100.767,20260330", {"number": DIGITAL, "date": "2026-03-30"}),
        (f"01,32,,{DIGITAL},0.00,20260330", {"number": DIGITAL, "date": "2026-03-30"}),
        (f"01,32,,{DIGITAL},100.76,20260230", {"number": DIGITAL, "amount": "100.76"}),
        (f"01,32,,{DIGITAL},100.76,", {"number": DIGITAL, "amount": "100.76"}),
    ],
)
def test_a_value_that_is_none_is_left_out(text: str, values: dict[str, str]) -> None:
    assert told(text) == {**values, "kind": "32"}


@pytest.mark.parametrize("kind", ["11", "14", "15"])
def test_a_sum_of_which_the_tax_is_not_known_is_left_out(kind: str) -> None:
    assert told(f"01,{kind},011002300907,01234567,50.00,20230821,{CHECK},AB12,") == {
        **OLDER,
        "code": "011002300907",
        "kind": kind,
        "check": CHECK,
    }


@pytest.mark.parametrize(
    "text",
    [
        f"02,32,,{DIGITAL},100.76,20260330",
        f"01,32,,{CHECK},100.76,20260330",  # no year and region
        f"01,32,,{DIGITAL[:-1]},100.76,20260330",
        f"01,32,011002300911,{DIGITAL},100.76,20260330",
        "01,10,,01234567,64.9,20230821",
        "01,06,11060125,0012345678,64.9,20230821,abcdef",  # a bill of the finance office
        "01,32,,२६११२००००००१२३४५६७८२,100.76,20260330",
        f"{DIGITAL}",
        "01,",
        "",
        "AB123456781150312012300000000000000c8000000000028819584",  # Taiwan
        "WIFI:T:WPA;S:invented;P:invented;;",
        "您好",
        "javascript:alert(1)",
        "http://",
        "https:// /",
        "https://chinatax.gov.cn／.example.com/",
    ],
)
def test_what_is_neither_invoice_nor_link_is_another_thing(text: str) -> None:
    assert qr.read(text) == Extract("picture", stranger="other")


@pytest.mark.parametrize(
    "text",
    [
        "wxp://f2f0inventedinvented",
        "weixin://wxpay/bizpayurl?pr=invented",
        "https://payapp.weixin.qq.com/qrcode/get?q=1",
        "HTTPS://QR.ALIPAY.COM/FKX00000INVENTED",
        "alipays://platformapi/startapp?appId=1",
        "https://qr.95516.com/00010000/1",
        "00020101021226330015invented5204581253031565802CN",
        "134500000000000000",
        "280000000000000000",
        "6200000000000000000",
    ],
)
def test_a_payment_code_is_called_one(text: str) -> None:
    assert qr.read(text).stranger == "payment"


@pytest.mark.parametrize(
    ("text", "host", "stranger"),
    [
        ("https://example.com/fp?number=1", "example.com", "link"),
        ("www.example.com/fp", "www.example.com", "link"),
        ("https://例子.example/", "xn--fsqu00a.example", "link"),
        ("http://[2001:db8::1]:8080/", "[2001:db8::1]", "link"),
        ("https://dppt.beijing.chinatax.gov.cn:8443/v/2_1", "dppt.beijing.chinatax.gov.cn",
         "tax_link"),
        ("HTTPS://CHINATAX.GOV.CN./", "chinatax.gov.cn", "tax_link"),
        ("https://chinatax.gov.cn@example.com/", "example.com", "link"),
        ("https://example.com\\@chinatax.gov.cn/", "example.com", "link"),
        ("https://example.com?chinatax.gov.cn", "example.com", "link"),
        ("https://exam\nple.com/@chinatax.gov.cn", "example.com", "link"),
        ("https:example.com/.chinatax.gov.cn", "example.com", "link"),
        ("https://chinatax.gov.cn.example.com/", "chinatax.gov.cn.example.com", "link"),
        ("https://fakechinatax.gov.cn/", "fakechinatax.gov.cn", "link"),
        ("https://qr.alipay.com.example.com/", "qr.alipay.com.example.com", "link"),
    ],
)  # fmt: skip
def test_a_link_is_named_by_the_host_it_leads_to(text: str, host: str, stranger: Stranger) -> None:
    assert qr.read(text) == Extract("picture", stranger=stranger, host=host)


def test_only_the_tax_authority_may_tell_a_number_in_a_link() -> None:
    tail = f"/x?fphm={DIGITAL}&je=100.76&kprq=20260330"
    there = qr.read(f"https://dppt.beijing.chinatax.gov.cn:8443{tail}")
    assert {found.key: found.value for found in there.told} == {
        "number": DIGITAL,
        "date": "2026-03-30",
    }
    assert qr.read(f"https://example.com{tail}").told == ()


def test_of_several_codes_an_invoice_counts_before_strangers() -> None:
    first, second = invoice(1), invoice(2)
    texts = ["wxp://invented", first.qr_text(), second.qr_text(), first.qr_text()]
    read = qr.read_all(texts, "pdf")
    assert {found.key: found.value for found in read.told} == expected(first, "qr")
    assert (read.format, read.invoices, read.stranger) == ("pdf", 2, None)


def test_of_several_strangers_the_one_that_takes_money_counts() -> None:
    read = qr.read_all(["hello", "https://example.com/", "wxp://invented"])
    assert (read.stranger, read.invoices) == ("payment", 0)
    assert qr.read_all([]) == Extract("picture")


def test_a_text_of_any_length_is_read_at_once() -> None:
    assert qr.read("01," * 10**6).stranger == "other"
    assert qr.read(f"https://{'a.' * 10**6}").stranger == "other"


SCRAPS = st.sampled_from(["01", ",", "，", "32", DIGITAL, "011002300911", "01234567", "-", "1.5",
                          "20260330", "https://", "@", "\\", "[", "]", ":", "chinatax.gov.cn", "?",
                          "fphm=", "%", "\0", "ß", "．"])  # fmt: skip


@given(st.one_of(st.text(), st.lists(SCRAPS).map("".join)))
def test_whatever_the_text_it_is_an_invoice_or_a_stranger(text: str) -> None:
    read = qr.read(text)
    assert bool(read.told) == bool(read.invoices) == (read.stranger is None)
    assert all(found.value for found in read.told)
