"""Proofread the FAQ: what the desk runs on, and what still misleads its readers or the matcher.

`bot.core.check` refuses what cannot be run: an unknown `related`, an empty `source`, an answer
that no phone shows. The rest is found here. Every check reads the whole FAQ; `CHECKS` lists them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice

from rapidfuzz import fuzz, process

from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, unknown
from bot.core.content.script import DIAGNOSE
from bot.core.content.wording import LABEL
from bot.core.person.commands import COMMANDS
from bot.core.text.render import marked, plain
from bot.insight.presses import no_buttons
from bot.insight.untold import untold
from bot.matching import Answer
from bot.matching.guard import Guard
from bot.matching.text import Folding, normalise

FRESH = timedelta(days=182)
"""Half a year: how long a check of an entry against its source holds."""
PHRASINGS = 12
"""Different phrasings an entry needs at least; faq/README.md recommends more."""
ALIKE = 80.0
"""How alike (0-100, `rapidfuzz.fuzz.ratio`) two phrasings, as compared, leave no reader a reason
to tell their entries apart.

At 80 one character in five differs, or one was added: less than a Chinese word, which has two, so
no word is left to carry the difference. Our own FAQ bears it out: the most alike pair of two
entries has 77.8 (外地开的发票不显示, 刚开的发票还没显示) and people do tell it apart, while some
pairs inside the entries, where all mean the same, reach 80.
"""
ANSWER_LENGTH = 260
"""Characters of an answer as read: about the screen of a phone, and what faq/README.md asks of
authors. The loader's `bot.core.content.wording.AnswerText` and Telegram's 4096 lie far above."""
PHRASING_LENGTH = 60
"""Characters of a phrasing. The longest of our own has 43; what is much longer is a story, whose
other words speak for other entries."""

_DATE = re.compile(
    r"(20\d\d) ?[年/.-] ?(1[0-2]|0?[1-9])(?!\d)"
    r"(?: ?[月/.-] ?([12]\d|3[01]|0?[1-9])(?!\d)(?: ?[日号])?| ?月)?"
)
_COMMAND = re.compile(r"(?<![\w./:])/([a-z]+)")
_DEEP_LINK = re.compile(r"\?start=([\w-]+)")


@dataclass(frozen=True, slots=True)
class Said:
    """A way of asking: its entry, the key in the entry's file, as written and as compared."""

    id: str
    key: str
    text: str
    read: str

    @property
    def file(self) -> str:
        return _file(self.id)


@dataclass(frozen=True, slots=True)
class Proof:
    """The FAQ under the eye on a day: all ways of asking, titles too, and those that are alike."""

    knowledge: Knowledge
    today: date
    said: Sequence[Said]
    alike: Sequence[tuple[Said, Said]]


def proofread(knowledge: Knowledge, today: date) -> list[Mistake]:
    """What authors should mend, file by file; asks the matcher every title and phrasing once."""
    said = tuple(_said(knowledge))
    proof = Proof(knowledge, today, said, tuple(_pairs(said, Guard(knowledge.lexicon))))
    found = (mistake for check in CHECKS for mistake in check(proof))
    return sorted(found, key=lambda mistake: mistake.file)


def _file(id_: str) -> str:
    return f"faq/entries/{id_}.toml"


def _said(knowledge: Knowledge) -> Iterator[Said]:
    fold = Folding(knowledge.lexicon.synonyms)
    for id_, entry in knowledge.entries.items():
        phrasings = ((f"phrasings[{n}]", text) for n, text in enumerate(entry.phrasings))
        for key, text in (("title", entry.title), *phrasings):
            yield Said(id_, key, text, fold(normalise(text)))


def _pairs(said: Sequence[Said], guard: Guard) -> Iterator[tuple[Said, Said]]:
    """Ways of asking in two entries that are too alike, each pair once.

    Alike is also what has the same characters in another order (怎么打印发票, 发票怎么打印). What
    the matcher's guard tells apart, such as a denial or another number, is not.
    """
    read = [each.read for each in said]
    near = {
        (first, second)
        for first, text in enumerate(read)
        for _, _, second in process.extract_iter(text, read, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if first < second
    }
    same: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(read):
        same["".join(sorted(text))].append(place)
    near.update(pair for places in same.values() for pair in combinations(places, 2))
    for first, second in sorted(near):
        one, other = said[first], said[second]
        told_apart = guard.marks(one.read).contradict(guard.marks(other.read))
        if one.id != other.id and not told_apart:
            yield one, other


def _alike(proof: Proof) -> Iterator[Mistake]:
    for one, other in proof.alike:
        how = "same" if one.read == other.read else "alike"
        text = finding(how, text=one.text, other=other.text, file=other.file)
        yield Mistake(one.file, one.key, text)


def _found(proof: Proof) -> Iterator[Mistake]:
    """Every way of asking, asked: it must be answered, and by its own entry.

    What is alike was told already. A phrasing that is only offered counts too: whoever writes
    exactly what the author wrote is owed the answer.
    """
    told = {each for pair in proof.alike for each in pair}
    matcher = proof.knowledge.matcher
    for each in proof.said:
        if each in told:
            continue
        verdict = matcher.verdict(each.text)
        if isinstance(verdict, Answer) and verdict.id == each.id:
            continue
        first = next(iter(matcher.ranked(each.text, 1)), None)
        if first is None:
            text = finding("found_nothing", text=each.text)
        elif first.id != each.id:
            text = finding("found_other", text=each.text, id=first.id, phrasing=first.phrasing)
        else:
            text = finding("not_sure", text=each.text)
        yield Mistake(each.file, each.key, text)


def _links(proof: Proof) -> Iterator[Mistake]:
    """Links that lead nowhere, or back to where the reader is; commands in an answer are links."""
    entries = proof.knowledge.entries
    for id_, entry in entries.items():
        for place, other in enumerate(entry.related):
            if other == id_:
                yield Mistake(_file(id_), f"related[{place}]", finding("itself"))
            elif other in entry.related[:place]:
                text = finding("there_already", name=other)
                yield Mistake(_file(id_), f"related[{place}]", text)
        for name in _COMMAND.findall(entry.answer):
            if name not in COMMANDS:
                yield Mistake(_file(id_), "answer", unknown("command", name, COMMANDS))
        targets = {DIAGNOSE, *(f"faq-{other}" for other in entries)}
        for link in _DEEP_LINK.findall(entry.answer):
            if link not in targets:
                yield Mistake(_file(id_), "answer", unknown("link", link, targets))


def _stale(proof: Proof) -> Iterator[Mistake]:
    for id_, entry in proof.knowledge.entries.items():
        age = proof.today - entry.checked
        if age > FRESH:
            text = finding("stale", day=entry.checked, days=age.days, most=FRESH.days)
            yield Mistake(_file(id_), "checked", text)
        elif age < timedelta():
            yield Mistake(_file(id_), "checked", finding("future", day=entry.checked))


def _dated(proof: Proof) -> Iterator[Mistake]:
    """What is said of days to come and has no end, or has passed it.

    A day before the last check, such as the one from which a law holds, stays as it is.
    """
    for id_, entry in proof.knowledge.entries.items():
        if entry.expired(proof.today):
            text = finding("expired", day=entry.valid_until)
            yield Mistake(_file(id_), "valid_until", text)
        if entry.valid_until is not None:
            continue
        for key, said in (("title", entry.title), ("answer", plain(marked(entry.answer)))):
            ahead = ((found, day) for found, day in _days(said) if day >= entry.checked)
            for found, day in islice(ahead, 1):
                yield Mistake(_file(id_), key, finding("no_end", found=found, day=day))


def _days(text: str) -> Iterator[tuple[str, date]]:
    """The days with a year that a text names, each as written; a month stands for its last day."""
    for met in _DATE.finditer(text):
        year, month, day = int(met[1]), int(met[2]), met[3]
        last = monthrange(year, month)[1]
        yield met[0], date(year, month, min(int(day), last) if day else last)


def _festivals(proof: Proof) -> Iterator[Mistake]:
    """Festivals that move and whose day this year nobody wrote down."""
    for place, festival in enumerate(proof.knowledge.vocabulary.festivals):
        if festival.on(proof.today.year) is None:
            text = finding("festival_year", name=festival.names[0], year=proof.today.year)
            yield Mistake("faq/vocabulary.toml", f"festivals[{place}].days", text)


def _year(proof: Proof) -> Iterator[Mistake]:
    """The year whose days and deadlines have been told for long."""
    if (year := proof.knowledge.calendar.overdue(proof.today)) is not None:
        yield _no_year(year)


def coming(knowledge: Knowledge, today: date) -> list[Mistake]:
    """What authors should add before it becomes a mistake."""
    year = knowledge.calendar.missing(today)
    due = knowledge.calendar.overdue(today)
    return [_no_year(year)] if year is not None and due is None else []


def _no_year(year: int) -> Mistake:
    return Mistake("faq/calendar.toml", "years", finding("no_year", year=year))


def _long(proof: Proof) -> Iterator[Mistake]:
    """Text over its limit. A title and a category's name are the labels of buttons."""
    texts = [
        ("faq/categories.toml", f"categories[{place}].name", category.name, LABEL.most)
        for place, category in enumerate(proof.knowledge.categories)
    ]
    texts += [
        (each.file, each.key, each.text, LABEL.most if each.key == "title" else PHRASING_LENGTH)
        for each in proof.said
    ]
    texts += [
        (_file(id_), "answer", plain(marked(entry.answer)), ANSWER_LENGTH)
        for id_, entry in proof.knowledge.entries.items()
    ]
    for file, key, text, limit in texts:
        if len(text) > limit:
            yield Mistake(file, key, finding("too_long", count=len(text), most=limit))


def _few(proof: Proof) -> Iterator[Mistake]:
    """Too few phrasings; one that repeats another, or the title, adds nothing and does not count.

    The title is a way of asking too, and what is written differently may be read as the same
    (a particle, a synonym).
    """
    counts: Counter[str] = Counter()
    before: dict[tuple[str, str], Said] = {}
    for each in proof.said:
        first = before.setdefault((each.id, each.read), each)
        if first is not each:
            text = finding("repeats", text=each.text, key=first.key, other=first.text)
            yield Mistake(each.file, each.key, text)
        counts[each.id] += first is each and each.key != "title"
    for id_, count in counts.items():
        if count < PHRASINGS:
            text = finding("too_few", count=count, least=PHRASINGS)
            yield Mistake(_file(id_), "phrasings", text)


CHECKS: tuple[Callable[[Proof], Iterator[Mistake]], ...] = (
    _alike,
    _found,
    _links,
    _stale,
    _dated,
    _festivals,
    _year,
    _long,
    _few,
    lambda proof: untold(proof.knowledge.diagnosis),
    lambda proof: no_buttons(proof.knowledge),
)
