from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from bot.core.model.extract import Extract, Told
from bot.intake import ofd
from bot.intake.workers import Workers
from tests.invoices import documents, expected, invoice, sheet

FORMS = [(digital, red) for digital in (True, False) for red in (True, False)]


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("digital", "red"), FORMS)
@pytest.mark.parametrize("shape", documents.SHAPES)
def test_every_field_is_told_wherever_it_stands(shape: str, digital: bool, red: bool) -> None:
    for seed in range(4):
        given = invoice(seed, digital, red)
        extract = ofd.read(documents.ofd(given, shape))
        assert {(one.key, one.value) for one in extract.told} == set(
            expected(given, "data").items()
        )
        assert (extract.format, extract.problem, extract.invoices) == ("ofd", None, 1)


def test_data_count_as_data_and_letters_as_text() -> None:
    sources = {
        shape: {told.source for told in ofd.read(documents.ofd(invoice(1, False), shape)).told}
        for shape in documents.SHAPES
    }
    assert sources == {"attached": {"data"}, "tagged": {"data"}, "lettered": {"text"}}


def test_locations_are_followed_into_any_folder() -> None:
    given = invoice(2)
    assert ofd.read(documents.ofd(given, "attached", "Doc_7")) == ofd.read(documents.ofd(given))


def test_an_attachment_counted_from_the_documents_folder_is_found() -> None:
    parts = entries(documents.ofd(invoice(2)))
    name = "Doc_0/Attachs/Attachments.xml"
    parts[name] = parts[name].replace(b">original", b">Attachs/original")
    assert ofd.read(documents.packed(parts)) == ofd.read(documents.ofd(invoice(2)))


def test_where_data_and_letters_differ_both_are_told() -> None:
    parts = entries(documents.ofd(invoice(2)))
    other = entries(documents.ofd(invoice(3)))
    content = "Doc_0/Pages/Page_0/Content.xml"
    extract = ofd.read(documents.packed(parts | {content: other[content]}))
    assert Told("number", invoice(2).number, "data") in extract.told
    assert Told("number", invoice(3).number, "text") in extract.told


def test_a_page_takes_the_letters_of_its_template() -> None:
    parts = entries(documents.ofd(invoice(2), "lettered"))
    content, document = "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Document.xml"
    parts["Doc_0/Tpls/Content.xml"] = parts[content]
    parts[content] = b'<Page><Template TemplateID="9"/></Page>'
    parts[document] = parts[document].replace(
        b"<ofd:CommonData/>",
        b'<ofd:CommonData><ofd:TemplatePage ID="9" BaseLoc="Tpls/Content.xml"/></ofd:CommonData>',
    )
    extract = ofd.read(documents.packed(parts))
    assert {told.key: told.value for told in extract.told} == expected(invoice(2), "data")


def test_a_missing_or_broken_part_costs_that_part_alone() -> None:
    parts = entries(documents.ofd(invoice(2)))
    parts["Doc_0/Attachs/original_invoice.xml"] = b"<EInvoice>"
    document = parts["Doc_0/Document.xml"]
    parts["Doc_0/Document.xml"] = document.replace(b"Tags/CustomTags", b"Tags/of_nobody")
    extract = ofd.read(documents.packed(parts))
    assert {told.key: told.value for told in extract.told} == expected(invoice(2), "data")
    assert {told.source for told in extract.told} == {"text"}


def test_a_tag_on_letters_of_which_some_are_missing_tells_nothing() -> None:
    parts = entries(documents.ofd(invoice(2), "tagged"))
    tags = parts["Doc_0/Tags/CustomTag.xml"]
    before, reference, after = tags.partition(b"</ofd:BuyerName>")
    more = b'<ofd:ObjectRef PageRef="1">of_nobody</ofd:ObjectRef>'
    parts["Doc_0/Tags/CustomTag.xml"] = before + more + reference + after
    extract = ofd.read(documents.packed(parts))
    assert {told.source for told in extract.told if told.key == "buyer"} == {"text"}
    assert {told.source for told in extract.told if told.key == "seller"} == {"data"}


def test_several_documents_are_counted_and_the_first_is_told() -> None:
    first, second = entries(documents.ofd(invoice(2))), entries(
        documents.ofd(invoice(3), folder="Doc_1")
    )  # fmt: skip
    bodies = [part["OFD.xml"].split(b"<ofd:DocBody>")[1] for part in (first, second)]
    bodies = [body.partition(b"</ofd:DocBody>")[0] for body in bodies]
    root = b"".join(b"<DocBody>" + body + b"</DocBody>" for body in bodies)
    root = b'<OFD xmlns:ofd="http://www.ofdspec.org/2016">' + root + b"</OFD>"
    extract = ofd.read(documents.packed(first | second | {"OFD.xml": root}))
    assert {told.key: told.value for told in extract.told} == expected(invoice(2), "data")
    assert extract.invoices == 2


def test_a_scan_tells_what_its_code_says() -> None:
    given = invoice(4)
    picture = io.BytesIO()
    sheet.draw(given, 5).save(picture, "PNG")
    parts = {"OFD.xml": b"<OFD><DocBody/></OFD>", "Doc_0/Res/image_1.png": picture.getvalue()}
    extract = ofd.read(documents.packed(parts))
    assert {told.key: told.value for told in extract.told} == expected(given, "qr")
    assert (extract.format, extract.invoices) == ("ofd", 1)


async def test_a_process_that_may_open_no_file_reads_the_same() -> None:
    async with Workers() as workers:
        data = documents.ofd(invoice(1))
        assert await workers.read(data) == ofd.read(data)


def test_a_document_of_nothing_tells_nothing() -> None:
    assert ofd.read(documents.packed({"OFD.xml": "<OFD/>"})) == Extract("ofd")


Parts = dict[str, bytes]


def entities(parts: Parts) -> Parts:
    bomb = b'<!DOCTYPE a [<!ENTITY b "b">]><EInvoice>&b;</EInvoice>'
    return parts | {"Doc_0/Attachs/original_invoice.xml": bomb}


def zipped(parts: Parts) -> Parts:
    return parts | {"Doc_0/Res/picture.png": documents.packed({"a": "b"})}


def many(parts: Parts) -> Parts:
    return parts | {f"Doc_0/Res/{n}": b"" for n in range(1001)}


def grown(parts: Parts) -> Parts:
    return parts | {"Doc_0/Res/zeros": bytes(40 * 2**20)}


@pytest.mark.parametrize("made", [entities, zipped, many, grown])
def test_what_is_made_to_exhaust_is_refused(made: Callable[[Parts], Parts]) -> None:
    data = documents.packed(made(entries(documents.ofd(invoice(2)))))
    assert ofd.read(data) == Extract("ofd", problem="bomb")


def test_more_than_fifty_pages_are_too_long() -> None:
    parts = entries(documents.ofd(invoice(2)))
    pages = b'<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
    document = parts["Doc_0/Document.xml"].replace(pages, pages * 51)
    data = documents.packed(parts | {"Doc_0/Document.xml": document})
    assert ofd.read(data) == Extract("ofd", problem="too_long")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\3\4",
        documents.ofd(invoice(2))[:-100],
        documents.packed({"other.xml": "<a/>"}),
        documents.packed({"OFD.xml": "<OFD>"}),
        documents.packed({"OFD.xml": "<OFD/>", "../../escaped": "x"}),
        documents.packed({"OFD.xml": "<OFD/>", "/absolute": "x"}),
    ],
)
def test_what_is_no_ofd_is_unreadable(data: bytes) -> None:
    assert ofd.read(data) == Extract("ofd", problem="unreadable")
