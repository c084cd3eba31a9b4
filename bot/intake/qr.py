"""What the text of a QR code says: an invoice, or another thing, which is never opened.

Invoices print comma-separated fields; no public standard names them, these are their places in
texts as printed:

    older    01,<kind>,<code 10 or 12>,<number 8>,<net>,<YYYYMMDD>,<check code 20 or none>,<4 hex>,
    digital  01,<kind>,,<number 20>,<amount>,<YYYYMMDD>,,<4 hex>

The last ones may be missing, the commas Chinese. Shorter forms leave out the kind. The sum is
without the tax on an older invoice and with it on a fully digital one. Numbers and codes have the
lengths that 国家税务总局公告2024年第11号 (20 digits and no code) and the older ones (2015年第84号,
2020年第22号: code 12, number 8; paper special invoices: code 10) give them. So bills of the finance
offices (code 8, number 10), which begin alike, are no invoices.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from bot.core.invoice.numbers import DIGITAL, OLDER, digital_form
from bot.core.model.extract import Extract, Format, Key, Stranger, Told
from bot.core.text import calendar, yuan
from bot.intake import values

LONGEST = 2000
"""Characters that are read; no invoice's text has more than a hundred."""

_NET_KINDS = frozenset({"01", "02", "03", "04", "08", "10", "51"})
"""Kinds of older invoices whose sum is known to be without the tax; that of rolls, tolls and
second-hand vehicles (11, 14, 15) is left out."""
_FULL, _SHORT, _SHORT_DIGITAL = (
    ("kind", "code", "number", "sum", "date", "check"),
    ("code", "number", "sum", "date", "check"),
    ("number", "sum", "date"),
)
_KIND = re.compile(r"[0-9]{2}")

TAX = "chinatax.gov.cn"
"""The domain of the tax authority's sites."""
PAYMENT_HOSTS = (
    *("alipay.com", "95516.com", "unionpay.com", "tenpay.com", "payapp.weixin.qq.com"),
    *("chinaums.com", "shouqianba.com"),
)
"""Domains of the payment services. They are no words of authors, and a process that reads a file
can open no other, so they stand here."""
_PAYMENT = re.compile(
    r"wxp:|weixin://wxpay|alipays?:|uppay|upwallet:|000201[0-9]{2}"
    r"|1[0-5][0-9]{16}$|(?:2[5-9]|30)(?:[0-9]{14,17}|[0-9]{19,22})$|62[0-9]{17}$",
    re.IGNORECASE,
)
"""Texts of payment apps; then EMV's merchant-presented mode, which begins with 000201; then codes
that a payer shows: 18 digits from 10 to 15 (WeChat's micropay), 16 to 24 from 25 to 30 (Alipay's
alipay.trade.pay), 19 from 62 (UnionPay). Alipay's 20 are left out, for an invoice number looks the
same.
"""
_LINK = re.compile(r"(?:https?:[/\\]*|(?=www\.))(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_GRAVE: tuple[Stranger, ...] = ("payment", "link", "tax_link", "other")
"""Which of several strangers is told: the first in this order."""


def read(text: str, of: Format = "picture") -> Extract:
    """An invoice's values, or which stranger it is. Never raises."""
    text = text[:LONGEST].strip("\ufeff \t\r\n\0")
    if told := tuple(_invoice(unicodedata.normalize("NFKC", text))):
        return Extract(of, told, invoices=1)
    host = _host(text)
    if told := tuple(_tax_page(text) if _under(host, TAX) else ()):
        return Extract(of, told, host=host, invoices=1)
    return Extract(of, stranger=_stranger(text, host), host=host)


def read_all(texts: Iterable[str], of: Format = "picture") -> Extract:
    """The same of all codes in one file: its first invoice, else the first stranger by `_GRAVE`."""
    extracts = [read(text, of) for text in dict.fromkeys(texts)]
    numbers = {found.told: found for found in extracts if found.told}
    if numbers:
        first = next(iter(numbers.values()))
        return Extract(of, first.told, host=first.host, invoices=len(numbers))
    strangers = [found for found in extracts if found.stranger]
    order = sorted(strangers, key=lambda found: _GRAVE.index(found.stranger or "other"))
    return order[0] if order else Extract(of)


def _invoice(text: str) -> Iterator[Told]:
    """The values of an invoice's text; none unless its number and code are an invoice's."""
    version, *rest = re.split(r"\s*[,、]\s*", text)
    if version != "01":
        return
    for names in (_FULL, _SHORT, _SHORT_DIGITAL):
        given = dict(zip(names, rest, strict=False))
        if "sum" in given and _named(given):
            yield from (Told(key, value, "qr") for key, value in _values(given).items() if value)
            return


def _named(given: dict[str, str]) -> bool:
    """Whether number and code are those of one invoice; a kind, if there is one, has two digits."""
    if "kind" in given and not _KIND.fullmatch(given["kind"]):
        return False
    number = values.number(given["number"])
    if number is None or not given.get("code"):
        return number is not None and len(number) == DIGITAL
    return len(number) == OLDER and values.code(given["code"]) is not None


def _values(given: dict[str, str]) -> dict[Key, str | None]:
    """The canonical values; None for what has not the form of one."""
    kind, code = given.get("kind", ""), given.get("code", "")
    told: dict[Key, str | None] = {"kind": kind, "code": values.code(code)}
    told["number"] = values.number(given["number"])
    if not code:
        told["amount"] = _sum(given["sum"])
    elif kind in _NET_KINDS:
        told["net"] = _sum(given["sum"])
    told["date"] = calendar.printed(given.get("date", ""))
    told["check"] = values.check(given.get("check", "")) if code else None
    return told


def _sum(text: str) -> str | None:
    """The canonical sum, `1234.50`; None for zero, which no invoice has, and for what is no sum."""
    said = yuan.printed(text)
    return said if said is not None and Decimal(said) else None


def _host(text: str) -> str:
    """The host that a browser would go to, in ASCII; empty for what is no link.

    Browsers take a backslash for a slash and leave out tabs and line ends, and what stands before
    an @ is no host.
    """
    met = _LINK.match(re.sub(r"[\t\r\n]", "", text))
    if not met:
        return ""
    place = re.split(r"[/\\?#]", met["rest"], maxsplit=1)[0].rpartition("@")[2]
    host = re.sub(r":[0-9]*$", "", place).rstrip(".").lower()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _stranger(text: str, host: str) -> Stranger:
    if _PAYMENT.match(text) or any(_under(host, domain) for domain in PAYMENT_HOSTS):
        return "payment"
    if not host:
        return "other"
    return "tax_link" if _under(host, TAX) else "link"


def _tax_page(text: str) -> Iterator[Told]:
    """The number and the day that a link of the tax authority carries as fphm and kprq.

    Its sum (je) is left out: with or without the tax is not said.
    """
    try:
        given = parse_qs(urlsplit(text).query, max_num_fields=50)
    except ValueError:
        return
    number, day = (given.get(name, [""])[0] for name in ("fphm", "kprq"))
    if digital_form(number):
        yield Told("number", number, "qr")
        if issued := calendar.printed(day):
            yield Told("date", issued, "qr")
