"""Seller and buyer: a company's name, its taxpayer id, or both.

Taxpayer ids have 15, 17, 18 or 20 characters. One of 18 is a unified social credit code
(GB 32100-2015, no letters I O S V Z, the last character a check) or an identity card number
(GB 11643-1999). Some real ones fail their check, so a wrong one is a warning, never a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.content.knowledge import Field
from bot.core.text import party
from bot.core.text.check_digits import NO_LETTERS, credit_code, identity_card
from bot.core.text.party import ID_LENGTHS, LETTERS, LONGEST, SHORTEST
from bot.core.values.context import Context
from bot.core.values.page import Found, Page, either
from bot.core.values.value import Refused, Value, refuse, tidy

_FEW_LETTERS = rf"(?=(?:[A-Za-z]{{0,12}}\d){{{party.FEWEST_DIGITS}}})"
_ID_LIKE = re.compile(rf"(?<![A-Za-z\d]){_FEW_LETTERS}[A-Za-z\d]{{12,24}}(?![A-Za-z\d])")
_APART = re.compile(r"(?<![A-Za-z\d])[A-Za-z\d]+(?:[ -][A-Za-z\d]+)+")
_ID_LABEL = r"(?:(?:的|公司)?(?:税号|纳税人识别号|统一社会信用代码|信用代码))"
_LABEL = re.compile(
    rf"^(?:(?:销售|购买|销货|购货)?方|[买卖]方|抬头|公司)?(?:名称|全称)?{_ID_LABEL}?"
    rf"(?:[是为叫][:= ]*|[:= ]+|$)"
    rf"|^(?:名称|全称)(?=[\u3400-\u9fff])"
    rf"|[,;/、 (]*{_ID_LABEL}(?:是|为)?[:= ]*"
)
_NO_NAME = ("公司", "单位", "企业", "我公司", "我们公司", "个体户")

_BRANCH = r"(?:[^\W\d_开给和的与查看不我是在]{2,12}(?:分公司|分店|分行|支行|营业部))?"
_ID_AFTER = re.compile(
    rf"[\s,;/、(]{{0,3}}{_ID_LABEL}?(?:是|为)?[\s:=]{{0,2}}(?P<id>[A-Za-z\d]{{15,20}})(?![A-Za-z\d])"
)
_ID = re.compile(r"[A-Za-z\d]{15,20}(?![A-Za-z\d])")
_OTHERWISE = re.compile(r"^(?:不|没|未|谁|哪|什么|怎么|也|都|一直|说|把|给|已|还)")


def read(field: Field, given: str, context: Context) -> Value | Refused:
    """A name, a taxpayer id in capitals, or the name and the id with a space between."""
    text = _APART.sub(_joined, tidy(given).replace("\n", " "))
    ids = {met[0].upper() for met in _ID_LIKE.finditer(text)}
    if len(ids) > 1:
        return refuse("taxpayer_id_several")
    name = _bare(_ID_LIKE.sub(" ", text))
    if not ids:
        return _name(name, text)
    taxpayer = ids.pop()
    if len(taxpayer) not in ID_LENGTHS:
        return refuse("taxpayer_id_length", digits=len(taxpayer))
    if not name:
        return Value(taxpayer, doubt(taxpayer))
    named = _name(name, text)
    if isinstance(named, Refused):
        return named
    return Value(f"{named.text} {taxpayer}", doubt(taxpayer))


def _bare(name: str) -> str:
    """A name without labels, punctuation and empty brackets around it."""
    while True:
        less = re.sub(r" +", " ", _LABEL.sub(" ", name)).strip(" ,;:。.、/!\"'")
        less = re.sub(r"^\( *\)|\( *\)$|^\)|\($", "", less)
        if less == name:
            return name
        name = less


def _joined(met: re.Match[str]) -> str:
    """The groups of a match joined, if they make an id; else as they were."""
    groups = re.split(r"[ -]", met[0])
    whole = "".join(groups)
    if max(map(len, groups)) >= min(ID_LENGTHS) or len(whole) not in ID_LENGTHS:
        return met[0]
    return whole if sum(c.isdigit() for c in whole) > len(whole) // 2 else met[0]


def _name(name: str, text: str) -> Value | Refused:
    if not name or name in _NO_NAME or not LETTERS.search(name):
        digits = sum(c.isdigit() for c in text)
        return refuse("taxpayer_id_length", digits=digits) if digits else refuse("party_unclear")
    if broken := re.search(r"\d{6,}", name):
        return refuse("taxpayer_id_length", digits=len(broken[0]))
    if not SHORTEST <= len(name) <= LONGEST:
        return refuse("party_length", characters=len(name))
    spelled = party.name(name)
    return refuse("party_unclear") if spelled is None else Value(spelled)


def doubt(taxpayer: str) -> str | None:
    """Why an id of 18 characters may be mistyped, as a key of `WARNINGS`, or None."""
    if len(taxpayer) != 18 or credit_code(taxpayer) or identity_card(taxpayer):
        return None
    return "taxpayer_id_letters" if NO_LETTERS & set(taxpayer) else "taxpayer_id_check"


@lru_cache
def organisation(endings: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for the name of an organisation up to the first of its endings, with its branch."""
    return re.compile(
        rf"[\u3400-\u9fffA-Za-z\d()·&]{{2,40}}?(?:{either(endings).pattern})"
        rf"(?:\(有限合伙\))?{_BRANCH}"
    )


def find(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """The name of an organisation, an id or both behind labels of this field; none where there are
    two different ones.
    """
    names: dict[str, tuple[int, int]] = {}
    ids: dict[str, tuple[int, int]] = {}
    name = organisation(context.vocabulary.organisations)
    for start in page.owned(field):
        if met := _ID.match(page.text, start):
            ids[met[0].upper()] = met.span()
        elif (met := name.match(page.text, start)) and not _OTHERWISE.match(met[0]):
            names[met[0]] = met.span()
            if taxpayer := _ID_AFTER.match(page.text, met.end()):
                ids[taxpayer["id"].upper()] = taxpayer.span("id")
    if (names or ids) and len(names) <= 1 and len(ids) <= 1:
        yield Found(" ".join((*names, *ids)), (*names.values(), *ids.values()), True)
