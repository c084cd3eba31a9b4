"""What the letters of a document say of its invoice: labels, and the values that stand beside them.

Shared by the readers of PDF and OFD. A value counts only behind its own label: 20 digits may be a
check code (校验码) or the confirmation of a red invoice (红字确认单编号) as well as a number, and a
remark names the numbers of other invoices (被红冲蓝字数电票号码). So a label must begin its words,
and what two labels tell differently is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from bot.core.model.extract import Key
from bot.core.text import party, yuan
from bot.intake.labels import LABEL, YUAN, Labelled, labelled
from bot.intake.layout import CELL, SIDE, UNKNOWN, Letter, PrintedLine, lines
from bot.intake.values import CANONICAL, agreed, sums

MOST: Final = 20_000
"""Letters of a page that are read; a full one has some 2,000."""

_CUT = 17
"""An id of so many characters more likely lost one of 18: few real ones have as many."""
_NEAR = 3
"""Lines above and under that may belong to a name: those of its box and of the boxes beside it."""
_IN_SUM = re.compile(rf"-? ?[¥·•] ?{YUAN}")
_NO_NAME = re.compile(rf"[<>*+¥{UNKNOWN}]|\d{{6}}|发票|^统一社会|^纳税人")
_GAP, _CLOSE = re.compile(r"[\u3400-\u9fff] [\u3400-\u9fff]"), re.compile(r"[\u3400-\u9fff]{2}")
_TITLE = re.compile(r"电子发票|(?:专用|普通|统一)发票")
_LAST = re.compile(r"开票人|收款人|\(小写\)|票价")


def told(pages: Iterable[Sequence[Letter]]) -> tuple[dict[Key, str], int]:
    """The values of the first invoice on these pages, and how many invoices they show."""
    readings = [
        reading for page in pages for part in _parts(lines(page[:MOST])) if (reading := _read(part))
    ]
    numbers = dict.fromkeys(reading["number"] for reading in readings if "number" in reading)
    if not numbers:
        return (readings[0], 1) if readings else ({}, 0)
    first = next(iter(numbers))
    same = (reading.items() for reading in readings if reading.get("number") == first)
    return agreed(item for items in same for item in items), len(numbers)


def _parts(page: Sequence[PrintedLine]) -> Iterator[Sequence[PrintedLine]]:
    """The page cut above every further invoice that is printed on it."""
    starts, known = [0], None
    for index, line in enumerate(page):
        number = next(_values([line], "number"), None)
        if number is not None and known is not None and number != known:
            starts.append(_top(page, starts[-1], index))
        known = number or known
    for start, end in zip(starts, [*starts[1:], len(page)], strict=True):
        yield page[start:end]


def _top(page: Sequence[PrintedLine], start: int, number: int) -> int:
    """The first line of the invoice whose number stands in a line: its title is above, if near."""
    top = number
    for index in range(number - 1, start, -1):
        text = re.sub(r"\s", "", page[index].text)
        if _LAST.search(text):
            break
        if _TITLE.search(text) or "发票代码" in text:
            top = index
    return top


def _values(part: Sequence[PrintedLine], label: str) -> Iterator[str]:
    for line in part:
        for found in labelled(line):
            if found.label == label and (value := _value(found)) is not None:
                yield value


def _value(found: Labelled) -> str | None:
    """The canonical value directly behind a label."""
    text = found.value()
    return CANONICAL[_KEYS[found.label]](text) if text else None


_KEYS: Mapping[str, Key] = {
    "number": "number",
    "code": "code",
    "date": "date",
    "check": "check",
    "total": "amount",
}


def _read(part: Sequence[PrintedLine]) -> dict[Key, str]:
    """All that one invoice tells; nothing where the lines show no invoice."""
    readings: list[tuple[Key, str]] = [
        (key, value)
        for label, key in _KEYS.items()
        if key != "amount"
        for value in _values(part, label)
    ]
    if not any(key == "number" for key, _ in readings) and not any(
        _TITLE.search(re.sub(r"\s", "", line.text)) for line in part
    ):
        return {}
    return agreed([*readings, *_parties(part)]) | _sums(part)


def _parties(part: Sequence[PrintedLine]) -> Iterator[tuple[Key, str]]:
    for index, line in enumerate(part):
        for found in labelled(line):
            if found.party is None or found.label not in ("name", "id"):
                continue
            if found.label == "id":
                text = found.value()
                key: Key = "buyer_id" if found.party == "buyer" else "seller_id"
                value = CANONICAL[key](text) if text else None
                value = None if value and len(value) == _CUT else value
            else:
                key, value = found.party, _name(found, index, part)
            if value is not None:
                yield key, value


def _name(found: Labelled, index: int, part: Sequence[PrintedLine]) -> str | None:
    """The name behind a label, with the line under it where it goes on there."""
    text = found.value()
    if text is None:
        return None
    at = part[index].places[found.start]
    if any(_lone(part[index], at, line) for line in part[max(0, index - _NEAR) : index]):
        return None  # it began above its label
    under = (_lone(part[index], at, line) for line in part[index + 1 : index + 1 + _NEAR])
    whole = text.rstrip() + next(filter(None, under), "")
    if _NO_NAME.search(whole) or (_GAP.search(whole) and _CLOSE.search(whole)):
        return None  # of letters with and without gaps some may be missing
    return party.name(whole)


def _lone(line: PrintedLine, at: float, other: PrintedLine) -> str:
    """What stands in a line just above or under another, as far left and without a label."""
    if abs(other.base - line.base) >= 1.7 * line.size:
        return ""
    begins = next(
        (i for i, place in enumerate(other.places)
         if abs(place - at) < 0.7 * line.size and not other.text[i].isspace()), None
    )  # fmt: skip
    if begins is None or other.text[:begins].rpartition(SIDE)[2].strip():
        return ""
    rest = re.split(rf"[{CELL}{SIDE}]", other.text[begins:])[0]
    return "" if LABEL.search(rest) else rest


def _sums(part: Sequence[PrintedLine]) -> dict[Key, str]:
    """The sums; none where they do not add up or the words say another amount than the digits."""
    totals = set(_values(part, "total"))
    if len(totals) > 1:
        return {}
    total = totals.pop() if totals else None
    for line in part:
        for found in labelled(line):
            if found.label == "words" and _contradicts(found.text, total):
                return {}
    rows = [
        [yuan.printed(met) for met in _IN_SUM.findall(found.text)]
        for line in part
        for found in labelled(line)
        if found.label == "sum"
    ]
    if len(rows) != 1 or total is None:
        return sums(None, None, total)
    match rows[0]:
        case [net, tax]:
            return sums(net, tax, total)
        case [net] if net == total:  # no tax is due, stars stand in its place
            return sums(net, None, total)
    return sums(None, None, total)


def _contradicts(words: str, total: str | None) -> bool:
    """Whether an amount in words is readable and another than the one in digits."""
    met = yuan.CAPITALS.search(re.sub(r"\s", "", words))
    if met is None or total is None or (said := yuan.worded(met["sum"])) is None:
        return False
    return (-said if met["minus"] else said) != Decimal(total)
