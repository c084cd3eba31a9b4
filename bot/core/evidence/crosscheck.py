"""Hints on an invoice: what is odd in what was said, what its file says and the day it is.

A hint never refuses anything and never claims that an invoice is wrong: it says what to look at.
Its texts for the person and for the agents stand in `faq/messages/zh/hints.toml` under its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.core.invoice import classify, regions
from bot.core.invoice.numbers import CODES, DIGITAL, OLDER
from bot.core.model.extract import Extract, Key
from bot.core.text import calendar, clock, party, yuan
from bot.core.values import parties

HINTS: Mapping[str, tuple[str, ...]] = {
    "unreadable": (),
    "too_big": (),
    "too_long": (),
    "bomb": (),
    "locked": (),
    "slow": (),
    "crashed": (),
    "payment": (),
    "link": ("host",),
    "tax_link": ("host",),
    "other": (),
    "several_invoices": ("count",),
    "finance_bill": (),
    "toll_summary": (),
    "confirmation": (),
    "check_code": (),
    "code_spare": ("code",),
    "code_missing": (),
    "code_unlike": ("by_code", "by_qr"),
    "number_year": ("year", "date"),
    "code_year": ("year", "date"),
    "date_future": ("date",),
    "issued_just_now": ("minutes",),
    "issued_today": (),
    "beyond_checking": ("date",),
    "elsewhere": ("place",),
    "red": ("amount",),
    "number_differs": ("said", "file"),
    "code_differs": ("said", "file"),
    "date_differs": ("said", "file"),
    "amount_differs": ("said", "file"),
    "amount_is_net": ("net", "file"),
    "amount_unlike_net": ("said", "net"),
    "seller_differs": (),
    "buyer_differs": (),
    "buyer_without_id": (),
    "buyer_id_check": (),
    "file_at_odds": ("first", "second"),
    "reported": ("ticket",),
    "other_ticket": ("tickets",),
}
"""Every hint, and what fills the braces of its texts. The first seven are the problems of a file,
the four after them the strangers among QR codes."""

STAFF_ONLY = frozenset({"other_ticket", "code_missing"})
"""Hints that a person is never told: one speaks of somebody else, one a flow asks for anyway."""

JUST_NOW = timedelta(minutes=60)
MOST_TAX = Decimal("1.17")
"""No invoice carries more than 17 % tax: the highest rate there was (until April 2018)."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key of `HINTS` and what fills its texts; kinds of invoice are given by their ids."""

    key: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All there is to compare.

    `said` is what the person wrote or confirmed, `file` the extract of a file, `issued_at` the
    aware moment of issue where somebody told it, `reported` this person's own tickets by invoice
    (see `identity`), `others` the open tickets of other people with the same invoice.
    """

    at: datetime
    said: Mapping[Key, str] = field(default_factory=dict)
    file: Extract | None = None
    issued_at: datetime | None = None
    reported: Mapping[str, str] = field(default_factory=dict)
    others: Sequence[str] = ()

    @property
    def today(self) -> date:
        """The day of the message in Beijing."""
        return clock.day(self.at)

    def read(self, key: Key) -> tuple[str, ...]:
        """The values of this key in the file: several where its sources differ."""
        told = self.file.told if self.file else ()
        return tuple(dict.fromkeys(each.value for each in told if each.key == key))

    def differ(self, key: Key) -> bool:
        """Whether what the person said is nowhere in the file, which says something else."""
        read = self.read(key)
        return bool(read) and key in self.said and self.said[key] not in read

    def best(self, key: Key) -> str:
        """What the person said, else the one value of the file, else nothing."""
        read = self.read(key)
        return self.said.get(key) or (read[0] if len(read) == 1 else "")

    @property
    def alike(self) -> classify.Alike | None:
        """What the number is if it is not an invoice's."""
        return classify.look_alike(self.best("number"), self.today, self.best("code"))

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.best("date")) if self.best("date") else None


_SHOWN: Mapping[Key, Callable[[str], str]] = {
    "number": str,
    "code": str,
    "date": calendar.shown,
    "amount": yuan.shown,
}
"""What a hint may show of an invoice; names and taxpayer ids are private and never are."""
_PARTIES: Mapping[Key, Key] = {"seller": "seller_id", "buyer": "buyer_id"}


def identity(number: str, code: str = "") -> str | None:
    """What tells an invoice from all others: its number of 20 digits, or code and number.

    None where a number of 8 digits stands without its code: many invoices share it.
    """
    if len(number) == DIGITAL:
        return number
    return f"{code} {number}" if len(number) == OLDER and len(code) in CODES else None


def hints(seen: Seen) -> tuple[Hint, ...]:
    """Everything noticed, the gravest first; nothing twice. Values must be canonical."""
    return tuple(hint for check in CHECKS for hint in check(seen))


def _hint(key: str, **given: object) -> Hint:
    return Hint(key, {name: str(given[name]) for name in HINTS[key]})


def _file(seen: Seen) -> Iterator[Hint]:
    if seen.file is None:
        return
    if seen.file.problem:
        yield _hint(seen.file.problem)
    if seen.file.stranger:
        yield _hint(seen.file.stranger, host=seen.file.host)
    if seen.file.invoices > 1:
        yield _hint("several_invoices", count=seen.file.invoices)
    for key, show in _SHOWN.items():
        if len(read := seen.read(key)) > 1:
            yield _hint("file_at_odds", first=show(read[0]), second=show(read[1]))


def _no_invoice(seen: Seen) -> Iterator[Hint]:
    """The number is one of something else: a check code, a confirmation, a bill."""
    key = "check_code" if seen.alike == "check" else seen.alike
    if key is not None and key in HINTS:
        yield _hint(key)


def _code(seen: Seen) -> Iterator[Hint]:
    """Number, code and the kind in the QR code are not those of one kind of invoice."""
    number, code = seen.best("number"), seen.best("code")
    if len(number) == DIGITAL and code and not seen.alike:
        yield _hint("code_spare", code=code)
    if len(number) == OLDER and not code:
        yield _hint("code_missing")
    kinds = classify.kinds_told(number, code, seen.best("kind"))
    if len(kinds) > 1:
        yield _hint("code_unlike", by_code=kinds[0].id, by_qr=kinds[1].id)


def _year(seen: Seen) -> Iterator[Hint]:
    """The day is not in the number's year, or is before the year in which the code was printed."""
    number, code = seen.best("number"), seen.best("code")
    year, day = classify.year_of(number, code), seen.day
    if year is None or day is None or seen.alike or seen.differ("date"):
        return
    digital = len(number) == DIGITAL
    if (year != day.year) if digital else (year > day.year):
        key = "number_year" if digital else "code_year"
        yield _hint(key, year=year, date=calendar.shown(day.isoformat()))


def _day(seen: Seen) -> Iterator[Hint]:
    day = seen.day
    if day is None:
        return
    shown = calendar.shown(day.isoformat())
    if day > seen.today:
        yield _hint("date_future", date=shown)
    elif day == seen.today:
        yield from _today(seen)
    elif classify.checkable(day, seen.today) == "no_more":
        yield _hint("beyond_checking", date=shown)


def _today(seen: Seen) -> Iterator[Hint]:
    age = seen.at - seen.issued_at if seen.issued_at else None
    if age is not None and timedelta() <= age < JUST_NOW:
        yield _hint("issued_just_now", minutes=age // timedelta(minutes=1))
    else:
        yield _hint("issued_today")


def _place(seen: Seen) -> Iterator[Hint]:
    place = classify.place_of(seen.best("number"), seen.best("code"))
    if place not in (None, regions.BEIJING) and not seen.alike:
        yield _hint("elsewhere", place=place)


def _red(seen: Seen) -> Iterator[Hint]:
    amount = seen.best("amount") or seen.best("net")
    if amount and Decimal(amount) < 0:
        yield _hint("red", amount=yuan.shown(amount))


def _differences(seen: Seen) -> Iterator[Hint]:
    """The person said another value than the file does."""
    for key, show in _SHOWN.items():
        if not seen.differ(key):
            continue
        said, read = seen.said[key], seen.read(key)
        if key == "amount" and said in seen.read("net"):
            yield _hint("amount_is_net", net=show(said), file=show(read[0]))
        else:
            yield _hint(f"{key}_differs", said=show(said), file=show(read[0]))


def _net(seen: Seen) -> Iterator[Hint]:
    """The sum said is less than the net sum in the file, or more than any tax explains."""
    said, nets = seen.said.get("amount"), seen.read("net")
    if not said or not nets or seen.read("amount"):
        return
    if not abs(Decimal(nets[0])) <= abs(Decimal(said)) <= abs(Decimal(nets[0])) * MOST_TAX:
        yield _hint("amount_unlike_net", said=yuan.shown(said), net=yuan.shown(nets[0]))


def _parties(seen: Seen) -> Iterator[Hint]:
    """The names or ids said are others than in the file, or the buyer's id there is missing or
    fails its check. Only data made for machines can lack it: on a page it may be unread.
    """
    for key, of_id in _PARTIES.items():
        name, taxpayer = party.parts(seen.said.get(key, ""))
        names, ids = seen.read(key), seen.read(of_id)
        other_name = names and not any(party.same_name(name, each) for each in names)
        if other_name or (taxpayer and ids and taxpayer not in ids):
            yield _hint(f"{key}_differs")
    told = seen.file.told if seen.file else ()
    ids = seen.read("buyer_id")
    if not ids and any(each.key == "buyer" and each.source == "data" for each in told):
        yield _hint("buyer_without_id")
    if any(parties.doubt(each) for each in ids):
        yield _hint("buyer_id_check")


def _again(seen: Seen) -> Iterator[Hint]:
    invoice = identity(seen.best("number"), seen.best("code"))
    if invoice is not None and invoice in seen.reported:
        yield _hint("reported", ticket=seen.reported[invoice])
    if seen.others:
        yield _hint("other_ticket", tickets="、".join(seen.others))


CHECKS: tuple[Callable[[Seen], Iterator[Hint]], ...] = (
    _file,
    _no_invoice,
    _again,
    _differences,
    _net,
    _parties,
    _day,
    _year,
    _code,
    _red,
    _place,
)
"""Every check, in the order in which its hints are told."""
