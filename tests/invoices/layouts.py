"""Where the words of an invoice stand on its page, in several layouts.

Lengths are in points, y grows downwards to the baseline. Words come in the order in which issuers
write them: all labels first, then the values, headings letter by letter down their box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.invoices import Invoice, capitals

ROWS = 8
"""Lines of goods that fit on a page."""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text; `turn` in degrees against the clock around its beginning."""

    x: float
    y: float
    text: str
    size: float = 9.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """Words and, at `code`, a QR code with its side; `turned` is how the page is shown, degrees."""

    width: float
    height: float
    words: tuple[Word, ...]
    text: str = ""
    code: tuple[float, float, float] = (16.0, 14.0, 60.0)
    turned: int = 0


def width(text: str, size: float) -> float:
    """Of a text in a font whose Chinese letters are square and others half as wide."""
    return sum(size if ord(letter) > 0x2E00 else size / 2 for letter in text)


def framed(invoice: Invoice) -> Page:
    """The frame that the tax authority prints: fully digital, or the older electronic one."""
    labels, values = (_digital if invoice.digital else _older)(invoice)
    chance = Random(invoice.number)
    goods = tuple(_goods(invoice, 204 if invoice.digital else 190))
    values = tuple(replace(word, y=word.y + chance.choice((-0.8, 0.0, 0.6))) for word in values)
    return Page(600, 394, (*labels, *_seal(300, 44), *values, *goods), invoice.qr_text())


def scattered(invoice: Invoice) -> Page:
    """The same frame as converters write it: one letter a piece, out of order, the page turned."""
    page, chance = framed(invoice), Random(invoice.number)
    letters = []
    for word in page.words:
        x = word.x
        for letter in word.text:
            step = width(letter, word.size)
            if not letter.isspace() and not word.turn:
                letters.append(replace(word, x=x, text=letter))
            x += step
    letters += [replace(word, x=word.x + 0.2) for word in letters if word.text in "发票"]  # bold
    chance.shuffle(letters)
    turned = chance.choice((0, 0, 90, 180, 270))
    return replace(page, words=tuple(letters), turned=turned)


def narrow(invoice: Invoice) -> Page:
    """A page for a phone: one label a line, its value at the right, parties named in the label."""
    title = f"电子发票（{'增值税专用发票' if invoice.special else '普通发票'}）"
    rows = [("发票代码：", invoice.code)] if invoice.code else []
    rows += [("发票号码：", invoice.number), ("开票日期：", f"{invoice.date:%Y年%m月%d日}")]
    rows += [("校验码：", invoice.check)] if invoice.check else []
    rows += [("购买方名称：", invoice.buyer), ("购买方税号：", invoice.buyer_id)]
    rows += [("销售方名称：", invoice.seller), ("销售方税号：", invoice.seller_id)]
    rows += [(item.name, f"{item.amount:,}") for item in invoice.items]
    rows += [("合计", f"¥{invoice.net:,}  ¥{invoice.tax:,}")]
    rows += [("价税合计（大写）", capitals(invoice.total)), ("（小写）", f"¥{invoice.total:,}")]
    words = [Word(70, 40, title, 11)]
    for index, (label, value) in enumerate(rows):
        y = 70.0 + 17 * index
        words += [Word(16, y, label, 8), Word(304 - width(value, 8), y, value, 8)]
    below = 70.0 + 17 * len(rows)
    return Page(320, below + 120, tuple(words), invoice.qr_text(), (120, below + 10, 80))


LAYOUTS: Mapping[str, Callable[[Invoice], Page]] = {
    "framed": framed,
    "scattered": scattered,
    "narrow": narrow,
}
"""Each shows all that a page of an invoice tells."""


def ticket(invoice: Invoice) -> Page:
    """The railway's: no seller, no sum without the tax, the seal between number and date."""
    words = (
        Word(190, 30, "电子发票（铁路电子客票）", 14),
        Word(20, 56, f"发票号码:{invoice.number}", 9),
        Word(258, 56, "国家税务总局", 6),
        Word(252, 64, "北京市税务局", 6),
        Word(420, 56, f"开票日期:{invoice.date:%Y年%m月%d日}", 9),
        Word(60, 100, "北京南站", 16),
        Word(270, 96, "G2611", 12),
        Word(400, 100, "上海虹桥站", 16),
        Word(60, 130, "2026年06月18日     09:00开     07车12F号     二等座"),
        Word(60, 156, f"票价:￥{invoice.total}", 11),
        Word(60, 190, "1101011990****0000     孙小样"),
        Word(60, 222, "电子客票号:2611265000061800000012026"),
        Word(60, 246, f"购买方名称:{invoice.buyer}     统一社会信用代码:{invoice.buyer_id}"),
    )
    return Page(600, 280, words, invoice.qr_text(), (500, 150, 70))


def pair(first: Page, second: Page) -> Page:
    """Two invoices on a sheet of A4, one above the other."""
    moved = (replace(word, y=word.y + 430) for word in second.words)
    return Page(600, 842, (*first.words, *moved), first.text, first.code)


def remark(page: Page, *texts: str) -> Page:
    """The same page with these lines in the box of remarks."""
    x = next(word.x for word in page.words if word.text == "备") + 20
    lines = (Word(x, 326 + 11 * row, text, 8) for row, text in enumerate(texts))
    return replace(page, words=(*page.words, *lines))


def _digital(invoice: Invoice) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    title = f"电子发票（{'增值税专用发票' if invoice.special else '普通发票'}）"
    tax_id = "统一社会信用代码/纳税人识别号："
    labels = (
        Word(200, 36, title, 18),
        Word(438, 41, "发票号码：", 8.5),
        Word(438, 58, "开票日期：", 8.5),
        *_down(20, 100, "购买方信息", 11.5),
        *_down(305, 100, "销售方信息", 11.5),
        *(Word(x, 108, "名称：", 8.5) for x in (36, 322)),
        *(Word(x, 135, tax_id, 8.5) for x in (36, 322)),
        *_columns(165),
        Word(70, 279, "合      计", 8.5),
        Word(70, 302, "价税合计（大写）", 8.5),
        Word(418, 302, "（小写）", 8.5),
        *_down(20, 330, "备注", 16),
        Word(40, 385, "开票人：", 8.5),
    )
    values = (
        Word(484, 41, invoice.number),
        Word(484, 58, f"{invoice.date:%Y年%m月%d日}"),
        Word(64, 108, invoice.buyer),
        Word(172, 135, invoice.buyer_id),
        Word(350, 108, invoice.seller),
        Word(458, 135, invoice.seller_id),
        Word(190, 302, f"⊗{capitals(invoice.total)}", 10),
        Word(456, 302, f"¥{invoice.total}", 10),
        Word(78, 385, "周试试"),
        Word(520, 78, "下载次数：1", 7),
    )
    return labels, (*values, *_totals(invoice, 279))


def _older(invoice: Invoice) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    title = f"北京增值税{'专用发票' if invoice.special else '电子普通发票'}"
    fields = ("名        称:", "纳税人识别号:", "地 址、电 话:", "开户行及账号:")
    chance = Random(invoice.number)
    bank = f"北京某某银行 {chance.randrange(10**17, 10**18)}"
    cipher = ["".join(chance.choices("0123456789+-*/<>", k=27)) for _ in range(4)]
    blocks = ((94, invoice.buyer, invoice.buyer_id), (316, invoice.seller, invoice.seller_id))
    labels = [
        Word(190, 36, title, 18),
        Word(95, 30, "机器编号:", 8),
        *(Word(440, 28 + 14 * row, f"{text}:", 8) for row, text in
          enumerate(("发票代码", "发票号码", "开票日期", "校 验 码")[: 4 if invoice.check else 3])),
        *_down(20, 98, "购买方", 16),
        *_down(20, 320, "销售方", 16),
        *_down(356, 98, "密码区", 16),
        *(Word(36, y + 14 * row, text, 8) for y, *_ in blocks for row, text in enumerate(fields)),
        *_down(356, 326, "备注", 20),
        *_columns(162),
        Word(70, 276, "合       计", 8),
        Word(70, 296, "价税合计(大写)", 8),
        Word(420, 296, "(小写)", 8),
        Word(36, 382, "收款人:", 8), Word(190, 382, "复核:", 8), Word(330, 382, "开票人:", 8),
    ]  # fmt: skip
    values = [
        Word(135, 30, "499099999999", 8),
        Word(482, 28, invoice.code),
        Word(482, 42, invoice.number),
        Word(482, 56, f"{invoice.date:%Y 年 %m 月 %d 日}"),
        Word(482, 70, " ".join(invoice.check[i : i + 5] for i in range(0, 20, 5)), 8),
        *(Word(376, 94 + 14 * row, text, 9) for row, text in enumerate(cipher)),
        Word(180, 296, f"ⓧ{capitals(invoice.total)}"),
        Word(452, 296, f"￥{invoice.total}"),
        Word(68, 382, "周试试", 8), Word(214, 382, "吴例之", 8), Word(364, 382, "钱多米", 8),
    ]  # fmt: skip
    for y, name, taxpayer in blocks:
        told = (name, taxpayer, "北京市海淀区某某路1号 010-00000000", bank)
        values += [Word(92, y + 14 * row, text) for row, text in enumerate(told)]
    return tuple(labels), (*values, *_totals(invoice, 276))


def _totals(invoice: Invoice, y: float) -> tuple[Word, Word]:
    return tuple(  # type: ignore[return-value]
        Word(right - width(text, 9), y, text)
        for right, text in ((436, f"¥{invoice.net}"), (584, f"¥{invoice.tax}"))
    )


def _columns(y: float) -> Iterator[Word]:
    names = "项目名称", "规格型号", "单  位", "数  量", "单  价", "金  额", "税率/征收率", "税  额"
    for x, name in zip((50, 128, 196, 250, 316, 400, 448, 552), names, strict=True):
        yield Word(x, y, name, 8.5)


def _goods(invoice: Invoice, y: float) -> Iterator[Word]:
    for row, item in enumerate(invoice.items[:ROWS]):
        numbers = (item.quantity, item.price, item.amount, f"{item.rate}%", item.tax)
        yield Word(18, y + 12 * row, item.name, 8)
        yield Word(200, y + 12 * row, item.unit, 8)
        for right, value in zip((280, 345, 436, 476, 584), numbers, strict=True):
            yield Word(right - width(str(value), 8), y + 12 * row, str(value), 8)


def _down(x: float, y: float, text: str, pitch: float) -> Iterator[Word]:
    for row, letter in enumerate(text):
        yield Word(x, y + pitch * row, letter, 8.5)


def _seal(x: float, y: float) -> Iterator[Word]:
    """The letters around a seal, each turned another way, and its middle line."""
    for index, letter in enumerate("全国统一发票监制章"):
        yield Word(x - 40 + 9 * index, y + abs(4 - index) * 4, letter, 7, 60.0 - 15 * index)
    yield Word(x - 20, y + 18, "国家税务总局", 6)
