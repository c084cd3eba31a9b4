from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageFilter

from bot.intake import codes
from tests.invoices import invoice, sheet

LINK = "https://example.com/"
PAYMENT = "wxp://invented"
TEXT = invoice(1).qr_text()


def column(texts: Sequence[str], blurred: Sequence[str] = ()) -> Image.Image:
    """Codes one below the other."""
    page = Image.new("L", (400, 340 * max(len(texts), 1)), 255)
    for row, text in enumerate(texts):
        code = sheet.qr(text, 260)
        if text in blurred:
            code = code.filter(ImageFilter.GaussianBlur(4.1))
        page.paste(code, (70, 40 + 340 * row))
    return page


def test_texts_come_from_top_to_bottom_each_once() -> None:
    assert codes.find(column([LINK, TEXT, PAYMENT, LINK])) == [LINK, TEXT, PAYMENT]


def test_strangers_do_not_end_the_search_for_an_invoice() -> None:
    page = column([LINK, TEXT], blurred=[TEXT])
    assert TEXT in codes.find(page)
    assert codes.find(page.crop((0, 0, 400, 340))) == [LINK]


def test_without_an_invoice_all_that_was_seen_is_given() -> None:
    assert codes.find(column([LINK, PAYMENT])) == [LINK, PAYMENT]
    assert codes.find(column([])) == codes.find(Image.new("L", (1, 1))) == []
