"""OFD (GB/T 33190-2016): a zip of XML, with the invoice as data, as tags and as letters.

`OFD.xml` names the documents; each names its pages and, as invoices have it, an attachment
`original_invoice` (the invoice as XML), custom data with Chinese names, and custom tags that say
which text object is which value. Locations are followed, no folder's name is taken for granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from bot.core.model.extract import Extract, Key
from bot.intake import picture, printed
from bot.intake.archive import Archive, resolve
from bot.intake.ofd_text import TextObject, texts
from bot.intake.values import CANONICAL, agreed, sums, together
from bot.intake.xml import NotRead, local, parse, told

PAGES: Final = 50
"""The longest file that is read, in pages of all its documents."""
LOOKED: Final = 3
"""Pictures that are looked at in a file without letters and data."""
ROOT: Final = "OFD.xml"

_PICTURES = (".jpg", ".jpeg", ".png", ".bmp")

_CUSTOM: Mapping[str, Key] = {
    "发票号码": "number",
    "发票代码": "code",
    "开票日期": "date",
    "校验码": "check",
    "合计金额": "net",
    "价税合计": "amount",
    "购买方名称": "buyer",
    "购买方纳税人识别号": "buyer_id",
    "销售方名称": "seller",
    "销售方纳税人识别号": "seller_id",
}
"""Names of custom data, as issuers write them; 合计税额 is the tax."""
_TAX = "合计税额"

_TAGS: Mapping[str, Key] = {
    "InvoiceNo": "number",
    "InvoiceCode": "code",
    "IssueDate": "date",
    "BuyerName": "buyer",
    "BuyerTaxID": "buyer_id",
    "SellerName": "seller",
    "SellerTaxID": "seller_id",
}
"""Names of custom tags, as issuers write them."""


def read(data: bytes) -> Extract:
    """What the file says: the values of its first document's invoice, and how many there are."""
    try:
        archive = Archive(data)
        found = list(_documents(archive))
    except NotRead as failure:
        return Extract("ofd", problem=failure.problem)
    first = next((values for values in found if any(values)), None)
    if first is None:
        return _pictured(archive)
    numbers = {data.get("number") or text.get("number") for data, text in found} - {None}
    told_ = together(("data", first[0]), ("text", first[1]))
    return Extract("ofd", told_, invoices=max(len(numbers), 1))


def _pictured(archive: Archive) -> Extract:
    """What the QR code of a picture says in a file that holds nothing else."""
    names = [name for name in archive.names() if name.lower().endswith(_PICTURES)]
    seen = [picture.read(archive.read(name)) for name in names[:LOOKED]]
    best = next((extract for extract in seen if extract.told), None)
    best = best or next((extract for extract in seen if extract.stranger), Extract("ofd"))
    return replace(best, format="ofd", problem=None)


def _documents(archive: Archive) -> Iterator[tuple[dict[Key, str], dict[Key, str]]]:
    """What the data and what the letters of each document say."""
    left = PAGES
    for body in _named(parse(archive.read(ROOT)), "DocBody"):
        root = resolve(_text(body, "DocRoot"), ROOT)
        document = _xml(archive, root)
        pages = [] if document is None else _pages(archive, document, root)
        left -= len(pages)
        if left < 0:
            raise NotRead("too_long")
        readings = [*_custom(body).items()]
        if document is not None:
            readings += _attached(archive, document, root)
            readings += _tagged(archive, document, root, pages)
        letters_of = [[letter for text in page for letter in text.letters] for page in pages]
        yield agreed(readings), printed.told(letters_of)[0]


def _xml(archive: Archive, name: str) -> Element | None:
    """An entry, None for a missing or broken one: the rest of the file may do."""
    try:
        return parse(archive.read(name))
    except NotRead as failure:
        if failure.problem == "unreadable":
            return None
        raise


def _custom(body: Element) -> dict[Key, str]:
    """The custom data of a document. Fully digital invoices have the net and the tax alone."""
    given = {element.get("Name", ""): element.text or "" for element in _named(body, "CustomData")}
    values = {
        key: value
        for name, key in _CUSTOM.items()
        if (value := CANONICAL[key](given.get(name, ""))) is not None
    }
    tax = CANONICAL["net"](given.get(_TAX, ""))
    return values | sums(values.pop("net", None), tax, values.pop("amount", None))


def _attached(archive: Archive, document: Element, root: str) -> Iterator[tuple[Key, str]]:
    """The values of each attachment that is the XML of an invoice."""
    index = resolve(_text(document, "Attachments"), root)
    listed = _xml(archive, index) if index in archive else None
    for attachment in _named(listed, "Attachment"):
        location = _text(attachment, "FileLoc")
        # some writers count the location from the document's folder
        names = [resolve(location, beside) for beside in (index, root)]
        name = next((name for name in names if name in archive), "")
        if name.lower().endswith(".xml") and (found := _xml(archive, name)) is not None:
            yield from told(found).items()


def _pages(archive: Archive, document: Element, root: str) -> list[list[TextObject]]:
    """The text objects of every page, those of its template among them."""
    templates = {
        template.get("ID", ""): resolve(template.get("BaseLoc", ""), root)
        for template in _named(document, "TemplatePage")
    }
    listed = [page for pages in _named(document, "Pages") for page in _named(pages, "Page")]
    if len(listed) > PAGES:
        raise NotRead("too_long")
    found = []
    for entry in listed:
        page = _xml(archive, resolve(entry.get("BaseLoc", ""), root))
        used = dict.fromkeys(
            name
            for template in _named(page, "Template")
            if (name := templates.get(template.get("TemplateID", "")))
        )
        layers = [page, *(_xml(archive, name) for name in used)]
        found.append([text for layer in layers if layer is not None for text in texts(layer)])
    return found


def _tagged(
    archive: Archive, document: Element, root: str, pages: Iterable[Iterable[TextObject]]
) -> Iterator[tuple[Key, str]]:
    """The values that custom tags point at; a tag may name several objects, read in that order, and
    none is told of which an object has no letters.
    """
    said = {text.id: text.text for page in pages for text in page}
    index = resolve(_text(document, "CustomTags"), root)
    listed = _xml(archive, index) if index in archive else None
    for entry in _named(listed, "CustomTag"):
        tags = _xml(archive, resolve(_text(entry, "FileLoc"), index))
        for tag in [] if tags is None else tags.iter():
            key = _TAGS.get(local(tag))
            ids = [(reference.text or "").strip() for reference in _named(tag, "ObjectRef")]
            pieces = [said.get(id_, "") for id_ in ids]
            if key and all(pieces) and (value := CANONICAL[key]("".join(pieces))):
                yield key, value


def _named(element: Element | None, name: str) -> Iterator[Element]:
    """Every element of a name within one."""
    for found in [] if element is None else element.iter():
        if local(found) == name:
            yield found


def _text(element: Element, name: str) -> str:
    """The text of the first element of a name within one, empty where there is none."""
    return next((found.text or "" for found in _named(element, name)), "").strip()
