"""XML of invoices, by a parser that refuses whatever only an attack needs.

A fully digital invoice has the root `EInvoice` and no namespace, an older one, attached to its OFD,
`eInvoice` and other names. No public standard lists them: these are the paths that issuers write. A
path counts as a whole, because a red invoice's file also has the number of the one it takes back.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, cast
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bot.core.model.extract import Extract, Key, Problem
from bot.intake.values import CANONICAL, agreed, sums, together

BYTES: Final = 4 * 2**20
"""The largest XML that is read; an invoice's has some 10,000 bytes."""
DEPTH: Final = 48
"""Elements within one another; an invoice has 7."""
ELEMENTS: Final = 100_000
"""Elements in all; an invoice of 2,000 lines has some 20,000."""

_Field = Key | Literal["tax"]

_DIGITAL: Mapping[str, _Field] = {
    "TaxSupervisionInfo/InvoiceNumber": "number",
    "TaxSupervisionInfo/IssueTime": "date",
    "EInvoiceData/BasicInformation/TotalAmWithoutTax": "net",
    "EInvoiceData/BasicInformation/TotalTaxAm": "tax",
    "EInvoiceData/BasicInformation/TotalTax-includedAmount": "amount",
    "EInvoiceData/SellerInformation/SellerName": "seller",
    "EInvoiceData/SellerInformation/SellerIdNum": "seller_id",
    "EInvoiceData/BuyerInformation/BuyerName": "buyer",
    "EInvoiceData/BuyerInformation/BuyerIdNum": "buyer_id",
}
_OLDER: Mapping[str, _Field] = {
    "InvoiceNo": "number",
    "InvoiceCode": "code",
    "IssueDate": "date",
    "InvoiceCheckCode": "check",
    "TaxExclusiveTotalAmount": "net",
    "TaxTotalAmount": "tax",
    "TaxInclusiveTotalAmount": "amount",
    "Seller/SellerName": "seller",
    "Seller/SellerTaxID": "seller_id",
    "Buyer/BuyerName": "buyer",
    "Buyer/BuyerTaxID": "buyer_id",
}
_ROOTS: Mapping[str, Mapping[str, _Field]] = {
    "EInvoice": _DIGITAL,
    "eInvoice": _OLDER,
    "Invoice": _OLDER,
}

_CHINESE: Final = "gb18030"
codecs.lookup(_CHINESE)  # now, for where files are read no module can be loaded
_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]{0,60}?encoding\s*=\s*["'](?:gbk|gb2312|gb18030)["']""", re.I
)


class NotRead(Exception):
    """A file, or a part of one, is not read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read(data: bytes) -> Extract:
    """What the file says; nothing where it is no invoice."""
    try:
        values = told(parse(data))
    except NotRead as failure:
        return Extract("xml", problem=failure.problem)
    return Extract("xml", together(("data", values)), invoices=int("number" in values))


def parse(data: bytes) -> Element:
    """The root element. Raises `NotRead`: `bomb` for a document type, an entity, or what is deeper
    or more than the limits; `too_big`; `unreadable` for what is no XML.
    """
    if len(data) > BYTES:
        raise NotRead("too_big")
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        # expat knows no Chinese encoding; a declaration does not count in text that is decoded
        parser.feed(data.decode(_CHINESE) if _DECLARED.match(data[:200]) else data)
        return cast(Element, parser.close())
    except DefusedXmlException:
        raise NotRead("bomb") from None
    except (ParseError, ValueError, LookupError):
        raise NotRead("unreadable") from None


class _Bounded(TreeBuilder):
    """Builds the tree as long as it stays within the limits."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH or self._count > ELEMENTS:
            raise NotRead("bomb")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def told(root: Element) -> dict[Key, str]:
    """The values of an invoice; what stands twice and differs, or does not add up, is left out."""
    fields = _ROOTS.get(local(root), {})
    values = agreed(_values(root, fields))
    tax = values.pop("tax", None)
    added = sums(values.pop("net", None), tax, values.pop("amount", None))
    return cast(dict[Key, str], values) | added


def _values(root: Element, fields: Mapping[str, _Field]) -> Iterator[tuple[_Field, str]]:
    """Each value on a path of the table, canonical; elements within one would cut it short."""
    for path, element in _paths(root, ""):
        if (field := fields.get(path)) and element.text and not len(element):
            value = CANONICAL["net" if field == "tax" else field](element.text)
            if value is not None:
                yield field, value


def _paths(element: Element, path: str) -> Iterator[tuple[str, Element]]:
    """Every element within one, with the names on the way to it."""
    for child in element:
        way = f"{path}/{local(child)}" if path else local(child)
        yield way, child
        yield from _paths(child, way)
