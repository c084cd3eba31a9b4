"""Invented invoices for tests: drawn from a seed, the same seed the same invoice.

Numbers, codes and names belong to nobody. A taxpayer id has the check character of GB 32100-2015,
while the organisation's part in it has a wrong one of its own (GB 11714), so none was ever issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from zlib import crc32

from stdnum.cn import uscc

from bot.core.model.extract import Key, Source

CENT = Decimal("0.01")
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_REGIONS = {"11": "北京", "31": "上海", "44": "广州", "53": "昆明"}
_NAMES = ("云杉", "听澜", "拾光", "北辰星", "青禾", "同舟", "墨池", "知行里", "乐山水")
_TRADES = ("信息技术", "餐饮管理", "文化传播", "办公用品", "物业服务", "商贸", "建筑工程")
_PEOPLE = ("钱多米", "孙小样", "周试试", "吴例之")
_GOODS = (
    ("*信息技术服务*软件维护费", "项", 6),
    ("*餐饮服务*餐费", "次", 6),
    ("*纸制品*复印纸A4 80克", "箱", 13),
    ("*计算机外部设备*激光打印机", "台", 13),
    ("*运输服务*客运服务费", "次", 9),
    ("*物业管理服务*物业费", "月", 6),
    ("*印刷品*宣传册（彩色）", "本", 9),
    ("*经营租赁*会议室租金", "天", 5),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an invoice; sums in yuan, `rate` in percent."""

    name: str
    unit: str
    quantity: int
    price: Decimal
    amount: Decimal
    rate: int
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    """A fully digital invoice (20 digits, no code, no check code) or an older one.

    `kind` is the two digits of the QR text; `net` and `tax` are negative on a red invoice; a person
    who buys has no `buyer_id`.
    """

    number: str
    code: str
    kind: str
    date: date
    net: Decimal
    tax: Decimal
    check: str
    seller: str
    seller_id: str
    buyer: str
    buyer_id: str
    items: tuple[Item, ...]

    @property
    def digital(self) -> bool:
        return not self.code

    @property
    def special(self) -> bool:
        """A special VAT invoice (专用发票); all others here are general ones."""
        return self.kind in ("01", "31")

    @property
    def total(self) -> Decimal:
        """With the tax."""
        return self.net + self.tax

    def qr_text(self) -> str:
        """As printed: the sum is with the tax on a digital invoice, without it on an older one."""
        mark = f"{crc32(self.number.encode()) & 0xFFFF:04X}"
        amount = self.total if self.digital else self.net
        parts = ("01", self.kind, self.code, self.number, f"{amount:.2f}", f"{self.date:%Y%m%d}")
        return ",".join((*parts, self.check, mark)) + ("" if self.digital else ",")


def invoice(seed: int, digital: bool = True, red: bool = False) -> Invoice:
    """The invoice of a seed; `red` makes one that takes another back, with negative sums."""
    chance = Random(seed * 4 + digital * 2 + red)
    items = tuple(_item(chance, -1 if red else 1) for _ in range(chance.randint(1, 5)))
    region = chance.choice(("11", "11", "11", *_REGIONS))
    seller, seller_id = _company(chance, region)
    kind = chance.choice(("31", "32", "32") if digital else ("01", "04", "10", "10", "51"))
    buyer, buyer_id = _company(chance, "11")
    if kind not in ("01", "31") and chance.random() < 0.15:
        buyer, buyer_id = chance.choice(_PEOPLE), ""
    first = date(2024, 12, 1) if digital else date(2019, 1, 1)
    day = first + timedelta(days=chance.randrange(540 if digital else 1800))
    code, number = "", f"{day:%y}{region}2{chance.randrange(10**9):015d}"
    if not digital:
        code, number = _code(chance, kind, region, day), f"{chance.randrange(10**7, 10**8)}"
    check = "" if digital or kind == "01" else f"{chance.randrange(10**19, 10**20)}"
    net = sum((item.amount for item in items), Decimal())
    tax = sum((item.tax for item in items), Decimal())
    return Invoice(
        number, code, kind, day, net, tax, check, seller, seller_id, buyer, buyer_id, items
    )


def expected(given: Invoice, source: Source) -> dict[Key, str]:
    """All that a source can tell of an invoice; nothing empty. Only a QR code tells the kind."""
    sums: dict[Key, str] = {"amount": f"{given.total:.2f}", "net": f"{given.net:.2f}"}
    told: dict[Key, str] = {"number": given.number, "code": given.code, "check": given.check}
    told["date"] = f"{given.date:%Y-%m-%d}"
    if source == "qr":
        key: Key = "amount" if given.digital else "net"
        told |= {"kind": given.kind, key: sums[key]}
    else:
        told |= sums | {
            "seller": given.seller,
            "seller_id": given.seller_id,
            "buyer": given.buyer,
            "buyer_id": given.buyer_id,
        }
    return {key: value for key, value in told.items() if value}


def capitals(yuan: Decimal) -> str:
    """The sum as invoices print it in words: 壹佰圆整, （负数）伍圆零叁分."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿")
    whole, cents = divmod(round(abs(yuan) * 100), 100)
    words, zero = "", False
    for place in range(len(units) - 1, -1, -1):
        digit = whole // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + digits[digit] + units[place]
        elif place == 4 and whole // 10**4 % 10**4:
            words += "万"
        zero = not digit
    words = (words or "零") + "圆"
    jiao, fen = divmod(cents, 10)
    if cents:
        words += (digits[jiao] + "角" if jiao else "零") + (digits[fen] + "分" if fen else "整")
    return ("（负数）" if yuan < 0 else "") + words + ("" if cents else "整")


def taxpayer_id(chance: Random, region: str) -> str:
    """18 characters with a right check character that were never given to anybody."""
    organisation = "MA" + "".join(chance.choices("0123456789ABCDEFGHJ", k=6))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(
        _ORGANISATION.index(c) * weight for c, weight in zip(organisation, weights, strict=True)
    )
    right = (11 - total % 11) % 11  # 10 is written as X
    wrong = (right + chance.randrange(1, 10)) % 10 if right < 10 else 0
    body = f"91{region}01{chance.randrange(2, 20):02d}{organisation}{wrong}"
    return body + uscc.calc_check_digit(body)


def _company(chance: Random, region: str) -> tuple[str, str]:
    name = f"{_REGIONS[region]}{chance.choice(_NAMES)}{chance.choice(_TRADES)}有限公司"
    return name, taxpayer_id(chance, region)


def _code(chance: Random, kind: str, region: str, day: date) -> str:
    """10 digits for a special invoice on paper; 12 with 11 (electronic) or 04 at the end."""
    batch = chance.randrange(1, 10)
    if kind == "01":
        return f"{region}00{day:%y}{batch}130"
    return f"0{region}00{day:%y}{batch:03d}" + ("04" if kind == "04" else "11")


def _item(chance: Random, sign: int) -> Item:
    name, unit, rate = chance.choice(_GOODS)
    quantity = chance.choice((1, 1, 2, 3, 10, 12))
    price = (Decimal(chance.randrange(500, 10 ** chance.randint(4, 6))) / 100).quantize(CENT)
    amount = sign * price * quantity
    tax = (amount * rate / 100).quantize(CENT)
    return Item(name, unit, sign * quantity, price, amount, rate, tax)
