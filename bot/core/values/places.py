"""The district of Beijing: one of the field's choices, by its name, an alias or a misspelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rapidfuzz.distance import Levenshtein

from bot.core.content.knowledge import Field
from bot.core.values.context import Context
from bot.core.values.page import Found, Page, either
from bot.core.values.value import Refused, Value, refuse, tidy

_CLEAR_LENGTH = 4
_IN = re.compile(r"北京市? ?$")
_OF_A_SHOP = re.compile(r".{0,5}?(?:开的|开具|买|消费|吃|住)")


def read(field: Field, given: str, context: Context) -> Value | Refused:
    """The id of the choice that an answer names; refused where it names several, none, or another
    place.
    """
    text = re.sub(r"\s", "", tidy(given))
    names = names_of(field)
    if (away := either(context.vocabulary.places).search(text)) and "北京" not in text:
        return refuse("district_outside", place=away[0])
    met = {names[name.casefold()] for name in either(tuple(names)).findall(text)}
    if len(met) == 1:
        return Value(met.pop())
    if met:
        several = (choice.label for choice in field.choices if choice.id in met)
        return refuse("district_several", districts="、".join(several))
    return _slip(field, text.removeprefix("北京市").removeprefix("北京"), names)


def names_of(field: Field) -> Mapping[str, str]:
    """Every name of a choice in lower case, its label with and without its 区 and the aliases; with
    the choice's id.
    """
    short = {choice.label.removesuffix("区"): choice.id for choice in field.choices}
    names = {**short, **{c.label: c.id for c in field.choices}, **(field.aliases or {})}
    return {name.casefold(): choice for name, choice in names.items()}


def _slip(field: Field, text: str, names: Mapping[str, str]) -> Value | Refused:
    """The choice whose name differs in one character: taken if the name has four or more, else
    refused with the choice that may be meant.
    """
    close = {
        choice: len(name)
        for name, choice in names.items()
        if len(name) > 2 and len(name) == len(text) and Levenshtein.distance(text, name) == 1
    }
    if len(close) != 1:
        return refuse("district_unclear")
    choice, length = close.popitem()
    if length >= _CLEAR_LENGTH:
        return Value(choice)
    return refuse("district_near", district=field.labels[choice])


def find(field: Field, page: Page, context: Context) -> Iterator[Found]:
    """Full names of choices that stand behind no other field's label, and any names behind a label
    of this one; not as a part of another name, and not where something was bought.
    """
    names, labels = names_of(field), {choice.label for choice in field.choices}
    places, landmarks = map(either, (context.vocabulary.places, context.vocabulary.landmarks))
    for met in either(tuple(names)).finditer(page.text):
        before = page.text[max(0, met.start() - 4) : met.start()]
        if landmarks.match(page.text, met.end()) or places.search(before):
            continue
        if _OF_A_SHOP.match(page.text, met.end()):
            continue
        cued = page.cued(field, met.start())
        short = f"{met[0]}区" in labels and _IN.search(before) is not None
        whole = met[0] in labels or short
        if cued or (whole and page.free(met.start())):
            yield Found(met[0], (met.span(),), cued)
