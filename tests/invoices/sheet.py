"""The page of an invoice as one sees it: QR code, title, parties, lines, sums, remark.

Drawn with the Chinese fonts of the machine; without any the letters are boxes, and the QR code
and the layout stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFont

from tests.invoices import Invoice, capitals

WIDTH, HEIGHT = 240, 140
"""Millimetres, as half of an A4 page."""
QR, CORNER = 20, (8, 7)
"""Side of the QR code and its place, in millimetres."""

Font = ImageFont.FreeTypeFont
Draw = ImageDraw.ImageDraw

_FOLDERS = ("/usr/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")
_CHINESE = ("*CJK*.ttc", "*CJK*.otf", "wqy*.ttc", "PingFang.ttc", "STHeiti*", "simsun.ttc",
            "msyh.ttc", "simhei.ttf", "simkai.ttf")  # fmt: skip
_RED, _BLACK, _BROWN = (170, 30, 30), (20, 20, 20), (128, 60, 20)
_SECRET = "0123456789+-*/<>"


@cache
def fonts() -> tuple[str, ...]:
    """Files of Chinese fonts of this machine, always in the same order; may be none."""
    folders = [Path(folder) for folder in _FOLDERS if Path(folder).is_dir()]
    return tuple(sorted({str(file) for folder in folders for name in _CHINESE
                         for file in folder.rglob(name)}))  # fmt: skip


def qr(text: str, side: int) -> Image.Image:
    """A QR code of `side` pixels, its quiet zone included; modules may be fractions of pixels."""
    code = segno.make_qr(text, error="m")
    rows = [[0 if dark else 255 for dark in row] for row in code.matrix_iter(border=2)]
    small = Image.new("L", (len(rows), len(rows)))
    small.putdata([value for row in rows for value in row])
    return small.resize((side, side), Image.Resampling.NEAREST)


def draw(invoice: Invoice, scale: float, seed: int = 0, beside: str = "") -> Image.Image:
    """The page in colours, `scale` pixels a millimetre. `beside` is the text of a second QR code,
    stuck on by somebody.
    """
    fine = 2
    return _Sheet(invoice, scale * fine, Random(seed), beside).image.reduce(fine)


class _Sheet:
    """Places are in millimetres."""

    def __init__(self, invoice: Invoice, scale: float, chance: Random, beside: str) -> None:
        self.invoice, self.scale, self.chance = invoice, scale, chance
        self.image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.file = chance.choice(fonts() or ("",))
        self.ink = chance.choice((_RED, _BROWN))
        self.head()
        self.parties()
        self.lines()
        self.sums()
        self.paste(invoice.qr_text(), CORNER, QR)
        if beside:
            self.paste(beside, (150, 112), QR + 2)

    def paste(self, text: str, place: tuple[float, float], side: float) -> None:
        left, top = (round(value * self.scale) for value in place)
        self.image.paste(qr(text, round(side * self.scale)), (left, top))

    def write(self, x: float, y: float, text: str, size: float = 3.4, ink: Any = _BLACK) -> None:
        font = _font(self.file, round(size * self.scale))
        self.pen.text((x * self.scale, y * self.scale), text, fill=ink, font=font)

    def rule(self, *points: float) -> None:
        width = max(round(self.scale * 0.3), 1)
        self.pen.line([value * self.scale for value in points], fill=self.ink, width=width)

    def head(self) -> None:
        invoice = self.invoice
        kind = "专用发票" if invoice.special else "普通发票"
        title = f"电子发票（{kind}）" if invoice.digital else f"增值税{kind}"
        self.write(82, 8, title, 7.5, self.ink)
        self.rule(78, 19, 162, 19)
        self.rule(78, 20.2, 162, 20.2)
        told = [f"发票号码：{invoice.number}", f"开票日期：{invoice.date:%Y年%m月%d日}"]
        if invoice.code:
            told.insert(0, f"发票代码：{invoice.code}")
        if invoice.check:
            told.append(f"校 验 码：{_fours(invoice.check)}")
        for row, text in enumerate(told):
            self.write(172, 8 + row * 5, text)

    def parties(self) -> None:
        invoice = self.invoice
        self.rule(6, 30, 234, 30, 234, 132, 6, 132, 6, 30)
        self.rule(6, 52, 234, 52)
        sides = (("购", invoice.buyer, invoice.buyer_id), ("销", invoice.seller, invoice.seller_id))
        places = ((8, 32), (122, 32)) if invoice.digital else ((8, 32), (8, 111))
        for (who, name, number), (x, y) in zip(sides, places, strict=True):
            self.write(x, y + 2, f"{who}\n方", 4, self.ink)
            self.write(x + 9, y + 2, f"名称：{name}", 3.6)
            self.write(x + 9, y + 10, f"统一社会信用代码/纳税人识别号：{number}")
        if not invoice.digital:
            for row in range(4):  # the area of the tax machine's cipher
                secret = "".join(self.chance.choices(_SECRET, k=27))
                self.write(150, 33 + row * 4.5, secret, 3.8)
            self.rule(144, 30, 144, 52)
            self.rule(6, 110, 234, 110)

    def lines(self) -> None:
        columns = ((8, "项目名称"), (72, "单位"), (92, "数量"), (112, "单价"), (140, "金额"))
        for x, name in (*columns, (172, "税率"), (200, "税额")):
            self.write(x, 53.5, name, ink=self.ink)
        for row, item in enumerate(self.invoice.items):
            values = (item.name, item.unit, item.quantity, item.price, item.amount)
            for (x, _), value in zip(columns, values, strict=True):
                self.write(x, 60 + row * 6, str(value))
            self.write(172, 60 + row * 6, f"{item.rate}%")
            self.write(200, 60 + row * 6, str(item.tax))

    def sums(self) -> None:
        invoice = self.invoice
        self.rule(6, 92, 234, 92)
        self.rule(6, 101, 234, 101)
        self.write(30, 94, "合    计", ink=self.ink)
        self.write(138, 94, f"￥{invoice.net}")
        self.write(198, 94, f"￥{invoice.tax}")
        self.write(12, 103, "价税合计（大写）", ink=self.ink)
        self.write(60, 103, capitals(invoice.total), 4)
        self.write(160, 103, f"（小写） ￥{invoice.total}", 4)
        self.write(12, 133.5, f"开票人：{self.chance.choice(('钱多米', '吴例之'))}", ink=self.ink)


def _fours(digits: str) -> str:
    return " ".join(_parts(digits))


def _parts(digits: str) -> Iterator[str]:
    for start in range(0, len(digits), 5):
        yield digits[start : start + 5]


@cache
def _font(file: str, size: int) -> Any:
    return ImageFont.truetype(file, size) if file else ImageFont.load_default(size)
