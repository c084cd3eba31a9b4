"""Seller and buyer: the form of a taxpayer id and of a name, and their canonical spelling.

A taxpayer id has 18 characters as a unified social credit code (GB 32100-2015) or an identity card
number (GB 11643-1999), and 15, 17 or 20 in older forms. A party's value is a name, an id, or the
name and the id with a space between. Nothing here imports more than Python, because the readers of
files use it in a small process; check digits are in `bot.core.text.check_digits`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.core.text.spelling import compact, meaningless

ID_LENGTHS: Final = (15, 17, 18, 20)
"""Characters of a taxpayer id."""
FEWEST_DIGITS: Final = 5
"""Digits that one has at least; a word in capitals has fewer."""
ID_FORM: Final = re.compile(
    r"[\dA-Z]{2}\d{6}[\dA-Z]{10}|\d{6}[\dA-Z]{9}(?:[\dA-Z]{2}|[\dA-Z]{5})?", re.ASCII
)
"""An id that nothing names as one: the digits of its region are where each form has them."""

SHORTEST, LONGEST = 2, 100
"""Characters of a name."""
CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
LETTERS: Final = re.compile(r"[A-Za-z\u3400-\u9fff]")
"""What a name has at least one of."""
_GAP = re.compile(r"(?<=[^ -~]) +| +(?=[^ -~])")


def taxpayer(text: str) -> str | None:
    """A taxpayer id in capitals without gaps; None for what has not the form of one.

    Some real ones fail their check, and letters may be mistyped: neither is looked at.
    """
    bare = compact(text).upper()
    fits = len(bare) in ID_LENGTHS and re.fullmatch(r"[\dA-Z]+", bare, re.ASCII)
    return bare if fits and sum(c.isdigit() for c in bare) >= FEWEST_DIGITS else None


def name(text: str) -> str | None:
    """A name with the brackets that invoices print, no gap beside Chinese; None for what is none:
    too short, too long, without a letter, or with characters that mean nothing.
    """
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable())
    kept = _GAP.sub("", re.sub(r" +", " ", kept)).strip(" :;,")
    kept = unicodedata.normalize("NFKC", kept)  # an accent may have lost the gap before it
    if not SHORTEST <= len(kept) <= LONGEST or not LETTERS.search(kept) or meaningless(text):
        return None
    return kept.replace("(", "（").replace(")", "）") if CHINESE.search(kept) else kept


def parts(value: str) -> tuple[str, str]:
    """The name and the taxpayer id of a canonical value; what it lacks is empty."""
    before, _, last = value.rpartition(" ")
    return (before, last) if taxpayer(last) == last else (value, "")


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one party's: equal but for brackets and spaces, or one shortened."""
    first, second = (re.sub(r"[\s()（）]", "", each).casefold() for each in (one, other))
    return first in second or second in first


def masked(value: str) -> str:
    """A canonical value with its id hidden but for four characters and two: 甲公司 9111****43."""
    before, taxpayer_id = parts(value)
    return f"{before} {masked_id(taxpayer_id)}".strip() if taxpayer_id else value


def masked_id(value: str) -> str:
    """An id in capitals, hidden but for its first four and last two characters: 9111****43."""
    return f"{value[:4]}****{value[-2:]}".upper()
