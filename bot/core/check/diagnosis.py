"""What would leave the diagnosis without an end, or an author's words unheard."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations

from bot.core.content.diagnosis import ANY, FAILED, LATER, SOLVED, UNSURE, Cause, Fact
from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.likelihood import Diagnosis, answers
from bot.core.content.mistake import Mistake, twice, unknown
from bot.core.text.render import pairs_parts, placeholders

ORDER = "faq/diagnosis.toml"
"""The file of the order of questions."""
LETTER = ("invoice", "number", "date", "amount", "seller", "buyer", "symptom", "tried")
"""What a message to somebody else may be filled with."""
APART = 0.05
"""How far the probabilities of an answer must lie apart for it to tell two causes apart."""


def check_diagnosis(knowledge: Knowledge) -> Iterator[Mistake]:
    """Every mistake in facts, causes, examples, and what binds them."""
    diagnosis = knowledge.diagnosis
    for each in CHECKS:
        yield from each(diagnosis)
    for id_, entry in knowledge.entries.items():
        yield from _named(f"faq/entries/{id_}.toml", "causes", entry.causes, diagnosis.causes)


def _order(diagnosis: Diagnosis) -> Iterator[Mistake]:
    for needed in (SOLVED, FAILED, LATER, UNSURE):
        if needed not in diagnosis.replies:
            yield Mistake(ORDER, "replies", finding("no_reply", name=needed))
    yield from _named(ORDER, "facts", diagnosis.order, diagnosis.facts, "fact")
    yield from twice(ORDER, "facts", diagnosis.order)


def _facts(diagnosis: Diagnosis) -> Iterator[Mistake]:
    for fact in diagnosis.facts.values():
        file = f"faq/facts/{fact.id}.toml"
        yield from twice(file, "values", [value.id for value in fact.values])
        yield from twice(file, "values", [value.label for value in fact.values])
        yield from _values(file, "unless", fact.unless, diagnosis)
        if len(answers(fact)) < 2:
            yield Mistake(file, "values", finding("few_values"))
        elif not _separates(diagnosis, fact):
            yield Mistake(file, "", finding("separates_nothing"))


def _separates(diagnosis: Diagnosis, fact: Fact) -> bool:
    shares = [diagnosis.likely[cause][fact.id] for cause in diagnosis.causes]
    return any(
        max(each[value] for each in shares) - min(each[value] for each in shares) >= APART
        for value in answers(fact)
    )


def _causes(diagnosis: Diagnosis) -> Iterator[Mistake]:
    for cause in diagnosis.causes.values():
        file = f"faq/causes/{cause.id}.toml"
        yield from _values(file, "facts", cause.facts, diagnosis)
        yield from _values(file, "never", cause.never, diagnosis)
        yield from _impossible(file, cause)
        if cause.message and cause.needs == "self":
            yield Mistake(file, "needs", finding("nobody_to_write"))
        if not cause.message and cause.needs not in ("self", "hotline"):
            yield Mistake(file, "message", finding("no_message"))
        if not pairs_parts(cause.message):
            yield Mistake(file, "message", finding("parts"))
            continue
        for name in sorted(set(placeholders(cause.message)) - {*LETTER}):
            yield Mistake(
                file, "message", finding("no_message_word", name=name, known="、".join(LETTER))
            )
    for one, other in combinations(diagnosis.causes, 2):
        if _alike(diagnosis, one, other):
            text = finding("same_causes", name=other)
            yield Mistake(f"faq/causes/{one}.toml", "facts", text)


def _impossible(file: str, cause: Cause) -> Iterator[Mistake]:
    for fact, values in cause.never.items():
        for value in sorted({*values} & {*cause.facts.get(fact, ())}):
            yield Mistake(file, f"never.{fact}", finding("both_ways", name=value))


def _alike(diagnosis: Diagnosis, one: str, other: str) -> bool:
    """Whether no answer tells two causes apart."""
    first, second = diagnosis.likely[one], diagnosis.likely[other]
    return all(
        abs(first[fact][value] - second[fact][value]) < APART
        for fact in diagnosis.facts
        for value in first[fact]
    )


def _examples(diagnosis: Diagnosis) -> Iterator[Mistake]:
    for examples in diagnosis.examples.values():
        file = f"faq/examples/{examples.id}.toml"
        if examples.id not in (*diagnosis.causes, ANY):
            yield Mistake(file, "", unknown("cause", examples.id, diagnosis.causes))
        for n, message in enumerate(examples.messages):
            told = {fact: (value,) for fact, value in message.facts.items()}
            yield from _values(file, f"messages[{n}].facts", told, diagnosis)


def _values(
    file: str, key: str, told: Mapping[str, Sequence[str]], diagnosis: Diagnosis
) -> Iterator[Mistake]:
    for fact, values in told.items():
        if fact not in diagnosis.facts:
            yield Mistake(file, f"{key}.{fact}", unknown("fact", fact, diagnosis.facts))
            continue
        known = [value.id for value in diagnosis.facts[fact].values]
        yield from _named(file, f"{key}.{fact}", values, known, "value")


def _named(
    file: str, key: str, names: Collection[str], known: Collection[str], what: str = "cause"
) -> Iterator[Mistake]:
    for name in names:
        if name not in known:
            yield Mistake(file, key, unknown(what, name, known))


CHECKS: tuple[Callable[[Diagnosis], Iterator[Mistake]], ...] = (_order, _facts, _causes, _examples)
