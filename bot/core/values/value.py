"""The outcome of reading an answer: a value, perhaps with a warning, or a refusal with a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.matching.text import KEPT, simplified

REASONS: Mapping[str, tuple[str, ...]] = {
    "blank": (),
    "number_length": ("digits",),
    "number_is_code": ("digits",),
    "number_none": (),
    "number_several": (),
    "number_not_invoice": (),
    "number_example": (),
    "code_length": ("digits",),
    "code_none": (),
    "code_is_number": (),
    "date_unclear": (),
    "date_vague": (),
    "date_no_day": (),
    "date_which": ("day",),
    "date_several": (),
    "date_impossible": ("date",),
    "date_weekday": ("date",),
    "date_future": ("date",),
    "date_too_old": ("date",),
    "moment_no_clock": (),
    "moment_half": ("hour",),
    "moment_unclear": (),
    "moment_future": ("moment",),
    "amount_unclear": (),
    "amount_about": (),
    "amount_net": (),
    "amount_zero": (),
    "amount_decimals": (),
    "amount_too_big": (),
    "party_unclear": (),
    "party_length": ("characters",),
    "taxpayer_id_length": ("digits",),
    "taxpayer_id_several": (),
    "contact_unclear": (),
    "contact_length": ("digits",),
    "contact_area": (),
    "contact_wechat": (),
    "district_unclear": (),
    "district_near": ("district",),
    "district_several": ("districts",),
    "district_outside": ("place",),
    "choice_unclear": ("choices",),
    "text_long": ("characters", "most"),
    "file_expected": (),
}
"""Every reason of a refusal, and what fills the braces of its text beside label and example."""

WARNINGS = (
    "taxpayer_id_check",
    "taxpayer_id_letters",
    "date_last_year",
)
"""Every warning that a value may carry."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in its canonical spelling; `warning` is a key of `faq/messages/zh/fields.toml`."""

    text: str
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer cannot be taken: a key of `faq/messages/zh/fields.toml` and what fills it."""

    reason: str
    given: Mapping[str, str] = field(default_factory=dict)


def refuse(reason: str, **given: object) -> Refused:
    """A refusal for a reason of `REASONS`. Raises `KeyError` for another, or if `given` lacks what
    the reason is filled with.
    """
    return Refused(reason, {name: str(given[name]) for name in REASONS[reason]})


@lru_cache(KEPT)
def tidy(text: str) -> str:
    """The text in half width and simplified characters, with plain digits, single spaces, its line
    breaks and nothing invisible.
    """
    text = simplified(unicodedata.normalize("NFKC", text))
    return re.sub(r" +", " ", "".join(map(_plain, text))).strip()


def _plain(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character.isspace():
        return "\n" if character == "\n" else " "
    return character if character.isprintable() else ""
