"""What a file says of an invoice, as it was read and before anybody confirmed it.

A reader of `bot.intake` makes an `Extract`; the core takes it from the event `Extracted`. Values
are canonical: digits only for numbers and codes, `2026-05-12` for dates, `1234.50` for yuan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Key = Literal[
    "number",
    "code",
    "kind",
    "date",
    "amount",
    "net",
    "check",
    "seller",
    "seller_id",
    "buyer",
    "buyer_id",
]
"""`kind` is the two-digit kind of a QR text, `amount` includes the tax and `net` does not, `check`
is the check code (校验码); the ids are taxpayer ids."""

Format = Literal["picture", "pdf", "ofd", "xml", "other"]
Source = Literal["qr", "text", "data"]
"""Read from a QR code, from the letters on a page, or from data made for machines."""

Problem = Literal[
    "unreadable",
    "too_big",
    "too_long",
    "bomb",
    "locked",
    "slow",
    "crashed",
]
"""Why a file was not read, or not to its end: broken, over the limit of bytes or pages, made to
exhaust whoever opens it (also nested archives and XML entities), behind a password, took too long,
or ended the reader (also by its memory)."""

Stranger = Literal["payment", "link", "tax_link", "other"]
"""A QR code that is none of an invoice: it pays, leads to a site, leads to the tax authority's site
(under chinatax.gov.cn), or is anything else. It is never opened."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value, and where in the file it stands."""

    key: Key
    value: str
    source: Source


@dataclass(frozen=True, slots=True)
class Extract:
    """All that one file says. `told` may hold a key twice where its sources differ; `invoices` is
    how many invoices it shows, and the values are those of the first; `host` is that of a link.
    """

    format: Format
    told: tuple[Told, ...] = ()
    problem: Problem | None = None
    stranger: Stranger | None = None
    host: str = ""
    invoices: int = 0
