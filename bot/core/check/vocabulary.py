"""Find words of `faq/vocabulary.toml` that are there twice, or that contradict the fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, twice
from bot.core.content.vocabulary import Festival
from bot.core.values.places import names_of
from bot.matching.text import Folding, normalise

FILE = "faq/vocabulary.toml"
LISTS = ("labels", "places", "landmarks", "organisations", "here", "closing", "patient", "lunar")
COMMON_YEAR = 2023


def check_vocabulary(knowledge: Knowledge) -> Iterator[Mistake]:
    """What is wrong beyond types and bounds; needs the fields and the synonyms."""
    for key in LISTS:
        yield from twice(FILE, key, getattr(knowledge.vocabulary, key))
    yield from _opposites(knowledge)
    yield from _labels(knowledge)
    yield from _places(knowledge)
    yield from _festivals(knowledge)


def _opposites(knowledge: Knowledge) -> Iterator[Mistake]:
    fold = Folding(knowledge.lexicon.synonyms)
    opposites = knowledge.vocabulary.opposites
    pairs = [tuple(fold(normalise(word)) for word in pair) for pair in opposites]
    for n, (one, other) in enumerate(opposites):
        if pairs[n][0] == pairs[n][1]:
            text = finding("not_opposite", one=one, other=other)
            yield Mistake(FILE, f"opposites[{n}]", text)
    yield from twice(FILE, "opposites", ["、".join(sorted(pair)) for pair in pairs])


def _labels(knowledge: Knowledge) -> Iterator[Mistake]:
    """A label that is a field's cue would not count."""
    of = {c.casefold(): field.label for field in knowledge.fields.values() for c in field.cues}
    for n, label in enumerate(knowledge.vocabulary.labels):
        if field := of.get(label.casefold()):
            text = finding("cue_of_field", name=label, field=field)
            yield Mistake(FILE, f"labels[{n}]", text)


def _places(knowledge: Knowledge) -> Iterator[Mistake]:
    """A place that is in a district would never be read as that district."""
    districts = [field for field in knowledge.fields.values() if field.kind == "district"]
    of = {name: field.label for field in districts for name in names_of(field)}
    for n, place in enumerate(knowledge.vocabulary.places):
        if field := of.get(place.casefold()):
            text = finding("place_of_field", name=place, field=field)
            yield Mistake(FILE, f"places[{n}]", text)


def _festivals(knowledge: Knowledge) -> Iterator[Mistake]:
    for n, festival in enumerate(knowledge.vocabulary.festivals):
        if not festival.names:
            yield Mistake(FILE, f"festivals[{n}].names", finding("empty"))
        for key, text in _when(festival):
            yield Mistake(FILE, f"festivals[{n}]{key}", text)
    yield from twice(FILE, "festivals", knowledge.vocabulary.festival_names())


def _when(festival: Festival) -> Iterator[tuple[str, str]]:
    """Key and fault of a festival that has no day, two, or one that not every year has."""
    month, day = festival.month, festival.day
    if month is None and day is None and festival.days:
        for year, count in Counter(each.year for each in festival.days).items():
            if count > 1:
                yield ".days", finding("twice", name=year, count=count)
    elif month is None or day is None or festival.days:
        yield "", finding("festival_when")
    else:
        try:
            date(COMMON_YEAR, month, day)
        except ValueError:
            yield ".day", finding("no_such_day", month=month, day=day)
