from __future__ import annotations

import re

import pytest

from bot.core.model.extract import Extract, Told
from bot.intake import xml
from bot.intake.workers import Workers
from tests.invoices import documents, expected, invoice


@pytest.mark.parametrize("digital", [True, False])
@pytest.mark.parametrize("red", [True, False])
def test_every_field_is_told_as_data(digital: bool, red: bool) -> None:
    for seed in range(20):
        given = invoice(seed, digital, red)
        extract = xml.read(documents.xml(given))
        told = {Told(key, value, "data") for key, value in expected(given, "data").items()}
        assert set(extract.told) == told
        assert (extract.format, extract.problem, extract.invoices) == ("xml", None, 1)


@pytest.mark.parametrize("encoding", ["GBK", "gb2312", "GB18030", "UTF-16"])
def test_other_encodings_tell_the_same(encoding: str) -> None:
    text = documents.xml(invoice(1)).decode().replace("UTF-8", encoding)
    assert xml.read(text.encode(encoding)) == xml.read(documents.xml(invoice(1)))


async def test_a_process_that_may_open_no_file_reads_chinese_encodings() -> None:
    data = documents.xml(invoice(1)).decode().replace("UTF-8", "GBK").encode("GBK")
    async with Workers() as workers:
        assert await workers.read(data) == xml.read(data)


def test_a_number_on_another_path_is_not_that_of_the_invoice() -> None:
    data = re.sub(rb"<TaxSupervisionInfo>.*</TaxSupervisionInfo>", b"", documents.xml(invoice(1)))
    extract = xml.read(data)
    assert "number" not in {told.key for told in extract.told}
    assert extract.invoices == 0


def test_what_stands_twice_and_differs_is_left_out() -> None:
    other = "<InvoiceNumber>25112000000000000009</InvoiceNumber>"
    tail = f"<TaxSupervisionInfo>{other}</TaxSupervisionInfo>"
    extract = xml.read(documents.xml(invoice(1), tail))
    told = {one.key: one.value for one in extract.told}
    wanted = expected(invoice(1), "data")
    del wanted["number"]
    assert told == wanted


@pytest.mark.parametrize(
    ("within", "whole"), [("<!-- -->", True), ("<![CDATA[]]>", True), ("<b/>", False)]
)
def test_a_value_is_told_whole_or_not_at_all(within: str, whole: bool) -> None:
    given = invoice(1)
    cut = f"{given.seller_id[:15]}{within}{given.seller_id[15:]}"
    extract = xml.read(documents.xml(given).decode().replace(given.seller_id, cut).encode())
    told = {one.value for one in extract.told if one.key == "seller_id"}
    assert told == ({given.seller_id} if whole else set())


def test_sums_that_do_not_add_up_are_left_out() -> None:
    given = invoice(1)
    data = documents.xml(given).replace(f">{given.tax}<".encode(), b">0.01<")
    keys = {told.key for told in xml.read(data).told}
    assert "number" in keys
    assert not {"amount", "net"} & keys


def test_another_kind_of_xml_tells_nothing() -> None:
    assert xml.read(b"<svg><TaxSupervisionInfo/></svg>") == Extract("xml")


ENTITIES = """<!DOCTYPE EInvoice [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE EInvoice [<!ENTITY a SYSTEM "file:///etc/hostname">]>"""


@pytest.mark.parametrize(
    "data",
    [
        f"{ENTITIES}<EInvoice>&b;</EInvoice>",
        f"{OUTSIDE}<EInvoice>&a;</EInvoice>",
        '<!DOCTYPE EInvoice SYSTEM "http://127.0.0.1/a.dtd"><EInvoice/>',
        "<a>" * (xml.DEPTH + 1) + "</a>" * (xml.DEPTH + 1),
        f"<a>{'<b/>' * xml.ELEMENTS}</a>",
    ],
)
def test_types_entities_depth_and_multitude_are_refused(data: str) -> None:
    assert xml.read(data.encode()) == Extract("xml", problem="bomb")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<EInvoice>",
        b"no markup",
        b"<a></b>",
        b'<?xml version="1.0" encoding="of nobody"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="gbk"?><a>\xff\xff</a>',
        b"<a>&undefined;</a>",
    ],
)
def test_what_is_no_xml_is_unreadable(data: bytes) -> None:
    assert xml.read(data) == Extract("xml", problem="unreadable")


def test_no_invoice_has_as_many_bytes() -> None:
    data = b"<EInvoice>" + b" " * xml.BYTES + b"</EInvoice>"
    assert xml.read(data) == Extract("xml", problem="too_big")
