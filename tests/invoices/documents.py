"""Invoices as files: PDF, OFD and XML, the same invoice the same bytes by and large."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

import segno
from fpdf import FPDF
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.invoices import Invoice
from tests.invoices.layouts import Page, Word, framed
from tests.invoices.sheet import fonts

CHINESE = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))

_MM = 25.4 / 72
_OFD = "http://www.ofdspec.org/2016"


LATIN = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Courier")
"""Of the 14 fonts that need not be in a document, those that issuers set digits in."""


def pdf(*pages: Page, password: str | None = None, latin: str = CHINESE) -> bytes:
    """A document whose fonts are named and not embedded, as many issuers do; `latin` is the one of
    digits and of Latin letters.
    """
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=password, invariant=1)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        canvas.setPageRotation(page.turned)
        for word in page.words:
            canvas.saveState()
            canvas.translate(word.x, page.height - word.y)
            canvas.rotate(word.turn)
            _set(canvas, word, latin)
            canvas.restoreState()
        if page.text:
            x, y, side = page.code
            picture = ImageReader(code(page.text))
            canvas.drawImage(picture, x, page.height - y - side, side, side)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _set(canvas: Canvas, word: Word, latin: str) -> None:
    """The word from the origin on, each run of it in its own font and by that font's widths."""
    x = 0.0
    for run in re.findall(r"[\0-\xff]+|[^\0-\xff]+", word.text):
        font = latin if run < "\u0100" else CHINESE
        canvas.setFont(font, word.size)
        canvas.drawString(x, 0, run)
        x += canvas.stringWidth(run, font, word.size)


def embedded(*pages: Page) -> bytes:
    """A document with a subset of a font of this machine in it; needs one (`sheet.fonts()`)."""
    document = FPDF(unit="pt")
    document.set_auto_page_break(False)
    file = next(name for name in fonts() if "Noto" in name or "ttc" not in name)
    number = 2 if "Noto" in file else 0  # simplified Chinese in its collection
    document.add_font("chinese", fname=file, collection_font_number=number)
    for page in pages:
        document.add_page(format=(page.width, page.height))
        for word in page.words:
            document.set_font("chinese", size=word.size)
            with document.rotation(word.turn, word.x, word.y):
                document.text(word.x, word.y, word.text)
        if page.text:
            x, y, side = page.code
            document.image(code(page.text), x, y, side, side)
    return bytes(document.output())


def scanned(picture: Image.Image) -> bytes:
    """A document of one picture that fills the page, without a letter."""
    file = io.BytesIO()
    canvas = Canvas(file, (842, 842 * picture.height / picture.width), invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, 842, 842 * picture.height / picture.width)
    canvas.save()
    return file.getvalue()


def code(text: str) -> Image.Image:
    """A QR code, four pixels a module."""
    return Image.open(io.BytesIO(_png(text))).convert("L")


def _png(text: str) -> bytes:
    file = io.BytesIO()
    segno.make_qr(text, error="m").save(file, kind="png", scale=4, border=2)
    return file.getvalue()


def xml(invoice: Invoice, tail: str = "") -> bytes:
    """The XML of a fully digital invoice, or what is attached to the OFD of an older one; `tail`
    stands behind the header.
    """
    return (_einvoice if invoice.digital else _original)(invoice, tail).encode()


def _einvoice(invoice: Invoice, tail: str) -> str:
    items = "".join(
        f"<IssuItemInformation>{_tag('ItemName', item.name)}{_tag('Amount', item.amount)}"
        f"{_tag('ComTaxAm', item.tax)}</IssuItemInformation>"
        for item in invoice.items
    )
    blue = "Y" if invoice.net >= 0 else "N"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Header>'
        f"{_tag('EIid', invoice.number)}<Version>0.31</Version><InherentLabel><InIssuType>"
        f"{_tag('LabelCode', blue)}</InIssuType></InherentLabel></Header>{tail}<EInvoiceData>"
        f"<SellerInformation>{_tag('SellerIdNum', invoice.seller_id)}"
        f"{_tag('SellerName', invoice.seller)}</SellerInformation><BuyerInformation>"
        f"{_tag('BuyerIdNum', invoice.buyer_id)}{_tag('BuyerName', invoice.buyer)}"
        f"</BuyerInformation><BasicInformation>{_tag('TotalAmWithoutTax', invoice.net)}"
        f"{_tag('TotalTaxAm', invoice.tax)}{_tag('TotalTax-includedAmount', invoice.total)}"
        f"<RequestTime>2026-01-02 03:04:05</RequestTime></BasicInformation>{items}"
        "<SpecificInformation><RedEInvoice><OriginalInvoiceCode>25112000000000000001"
        "</OriginalInvoiceCode></RedEInvoice></SpecificInformation></EInvoiceData>"
        f"<TaxSupervisionInfo>{_tag('InvoiceNumber', invoice.number)}"
        f"{_tag('IssueTime', invoice.date)}</TaxSupervisionInfo></EInvoice>"
    )


def _original(invoice: Invoice, tail: str) -> str:
    fields = {
        "InvoiceCode": invoice.code,
        "InvoiceNo": invoice.number,
        "IssueDate": f"{invoice.date:%Y年%m月%d日}",
        "InvoiceCheckCode": invoice.check,
        "MachineNo": "499099999999",
        "TaxExclusiveTotalAmount": invoice.net,
        "TaxTotalAmount": invoice.tax,
        "TaxInclusiveTotalAmount": invoice.total,
    }
    parties = "".join(
        f"<{who}>{_tag(who + 'Name', name)}{_tag(who + 'TaxID', taxpayer)}</{who}>"
        for who, name, taxpayer in (
            ("Buyer", invoice.buyer, invoice.buyer_id),
            ("Seller", invoice.seller, invoice.seller_id),
        )
    )
    return f"<eInvoice>{tail}{_tags(fields)}{parties}</eInvoice>"


SHAPES = ("attached", "tagged", "lettered")
"""Where an OFD says what it says: in an attached XML; in its custom data and, for names, in tags on
the letters of the page; in the letters alone.
"""


def ofd(invoice: Invoice, shape: str = "attached", folder: str = "Doc_0") -> bytes:
    """An OFD in one of `SHAPES`, laid out as GB/T 33190-2016 has it."""
    entries = {
        f"{folder}/Document.xml": _ofd(
            "Document",
            '<ofd:CommonData/><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            "</ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
            "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>",
        ),
        f"{folder}/Pages/Page_0/Content.xml": _content(framed(invoice)),
    }
    custom: Mapping[str, object] = {}
    if shape == "attached":
        location = "<ofd:FileLoc>original_invoice.xml</ofd:FileLoc>"
        attachment = f'<ofd:Attachment ID="8" Name="original_invoice" Format="xml">{location}'
        entries[f"{folder}/Attachs/Attachments.xml"] = _ofd(
            "Attachments", f"{attachment}</ofd:Attachment>"
        )
        entries[f"{folder}/Attachs/original_invoice.xml"] = xml(invoice).decode()
    if shape == "tagged":
        custom = _custom(invoice)
        entries |= _tagged(invoice, folder)
    datas = "".join(
        f'<ofd:CustomData Name="{name}">{value}</ofd:CustomData>' if value else
        f'<ofd:CustomData Name="{name}"/>' for name, value in custom.items()
    )  # fmt: skip
    entries["OFD.xml"] = _ofd(
        "OFD",
        f"<ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>{datas}</ofd:CustomDatas></ofd:DocInfo>"
        f"<ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>",
    )
    return packed(dict(reversed(entries.items())))


def packed(entries: Mapping[str, str | bytes]) -> bytes:
    """A zip of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def _custom(invoice: Invoice) -> dict[str, object]:
    fields: dict[str, object] = {
        "native-producer": "an invented one",
        "发票号码": invoice.number,
        "合计税额": invoice.tax,
        "合计金额": invoice.net,
        "开票日期": f"{invoice.date:%Y年%m月%d日}",
        "购买方纳税人识别号": invoice.buyer_id,
        "销售方纳税人识别号": invoice.seller_id,
    }
    if not invoice.digital:
        fields |= {"发票代码": invoice.code, "校验码": invoice.check, "价税合计": invoice.total}
    return fields


def _tagged(invoice: Invoice, folder: str) -> dict[str, str]:
    words = [word.text for word in framed(invoice).words]
    references = "".join(
        f'<ofd:{name}><ofd:ObjectRef PageRef="1">{100 + words.index(text)}</ofd:ObjectRef>'
        f"</ofd:{name}>"
        for name, text in (("BuyerName", invoice.buyer), ("SellerName", invoice.seller))
    )
    place = '<ofd:CustomTag TypeID="0"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag>'
    return {
        f"{folder}/Tags/CustomTags.xml": _ofd("CustomTags", place),
        f"{folder}/Tags/CustomTag.xml": _ofd("eInvoice", references),
    }


def _content(page: Page) -> str:
    """A text object a word; a heading down a side is one object, as issuers write it."""
    columns: list[list[Word]] = []
    objects = []
    for index, word in enumerate(page.words):
        if word.turn:
            continue
        if columns and _continues(word, columns[-1][-1]):
            columns[-1].append(word)
            continue
        columns.append([word])
        objects.append(100 + index)
    return _ofd(
        "Page",
        f'<ofd:Content><ofd:Layer ID="2">'
        f"{''.join(_object(*given) for given in zip(objects, columns, strict=True))}"
        "</ofd:Layer></ofd:Content>",
    )


def _continues(word: Word, above: Word) -> bool:
    """Whether a letter stands under another."""
    return len(word.text) == len(above.text) == 1 and (word.x, word.size) == (above.x, above.size)


def _object(number: int, column: Sequence[Word]) -> str:
    """Words of one letter go down in steps of DeltaY alone, a longer one across in DeltaX alone."""
    first = column[0]
    text = "".join(word.text for word in column)
    x, y, size = (round(value * _MM, 3) for value in (first.x, first.y - first.size, first.size))
    if len(column) > 1:
        steps = [(under.y - above.y) * _MM for above, under in pairwise(column)]
        delta = _delta("DeltaY", steps)
    else:
        delta = _delta("DeltaX", [size if ord(c) > 0x2E00 else size / 2 for c in text[:-1]])
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y} 100 {size * 1.2:.3f}" Font="1" '
        f'Size="{size}"><ofd:TextCode X="0" Y="{size}"{delta}>{escape(text)}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def _delta(name: str, steps: Sequence[float]) -> str:
    """The attribute; equal steps are counted (GB/T 33190-2016, 11.3: g count step)."""
    written = [f"{step:.3f}" for step in steps]
    if len(written) > 3 and len(set(written)) == 1:
        written = ["g", str(len(written)), written[0]]
    return f' {name}="{" ".join(written)}"' if written else ""


def _ofd(root: str, body: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<ofd:{root} xmlns:ofd="{_OFD}">{body}</ofd:{root}>'


def _tags(fields: Mapping[str, Any]) -> str:
    return "".join(_tag(name, value) for name, value in fields.items())


def _tag(name: str, value: object) -> str:
    return f"<{name}>{escape(str(value))}</{name}>" if value != "" else f"<{name}/>"
