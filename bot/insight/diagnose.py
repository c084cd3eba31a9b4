"""How well the desk diagnoses: cases played as a person would, and replies read in a step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.content.diagnosis import UNKNOWN
from bot.core.content.knowledge import Knowledge
from bot.core.content.script import AGAIN, DIAGNOSE, FORM, REMEDY
from bot.core.model.effects import ANSWER, Send
from bot.core.model.ticket import Slot
from bot.insight.figures import share
from bot.insight.rehearsal import Rehearsal

CLOCK = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
"""When every case is played: 30 November 2026, 10 in the morning in Beijing."""
APART = 1.0
"""Seconds between the messages with which somebody opens."""
READS = 20.0
"""Seconds after which somebody has read what the desk said; it may hold back longer than `APART`
in case another message follows."""
TURNS = 25
"""Replies after which a case has gone round in circles."""
SOLVED, UNSOLVED = "solved", "unsolved"
FAILED = "还是不行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a person writes first, replies by fact, and the causes that are right.

    `otherwise` answers whatever has no reply, `known` are the facts that the opening tells.
    """

    id: str
    opening: tuple[str, ...]
    replies: Mapping[str, str]
    otherwise: str
    causes: frozenset[str]
    known: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Played:
    """What came of a case.

    `asked` are the facts that were asked before the first remedy, `told` the causes whose remedy
    was told, `again` what was asked though it was known, `lost` the replies that were not
    understood, of so many `replies`; `lists` counts choices of entries.
    """

    case: Case
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    replies: int = 0
    lists: int = 0
    handed_over: bool = False
    talk: list[str] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether a right remedy was told before the hand-over."""
        return not self.case.causes.isdisjoint(self.told)

    @property
    def found_first(self) -> bool:
        """Whether it was the first that was told."""
        return bool(self.told) and self.told[0] in self.case.causes


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of all of them: shares, 0 to 1, but for `n` and `questions`."""

    n: int
    found: float | None
    """Told a right cause's remedy before the hand-over."""
    found_first: float | None
    """The first remedy told was right."""
    questions: float
    """Facts asked before the first remedy, on average."""
    most_questions: int
    """The most of them in one case."""
    asked_known: float | None
    """Cases in which something was asked that was known or answered already."""
    lists: float | None
    """Cases in which entries were offered to choose from."""
    not_understood: float | None
    """Replies that were not understood, of all replies."""
    handed_over: float | None
    """Cases that came to the ticket's form."""


def play(knowledge: Knowledge, case: Case) -> Played:
    """Play one case to its remedy, its ticket, or the end of the person's patience."""
    talk, played = Rehearsal(knowledge, CLOCK), Played(case=case)
    for text in case.opening:
        _says(talk, played, text, APART)
    _hears(talk, played, READS - APART)
    seen: set[str] = set()
    while len(seen) < TURNS and played.replies < TURNS:
        reply = _reply(talk, played)
        if reply is None:
            break
        before = (talk.asked, talk.conversation.draft.slots)
        played.replies += 1
        _says(talk, played, reply, READS)
        if _lost(talk, before):
            played.lost.append(reply)
    return played


def _says(talk: Rehearsal, played: Played, text: str, then: float) -> None:
    played.talk.append(f"> {text}")
    _heard(talk, played, talk.says(text))
    _hears(talk, played, then)


def _hears(talk: Rehearsal, played: Played, seconds: float) -> None:
    _heard(talk, played, talk.waits(seconds))


def _heard(talk: Rehearsal, played: Played, said: Sequence[Send]) -> None:
    """What the desk said: an answer from the FAQ tells the remedy of its causes too."""
    played.talk += [each.text for each in said]
    played.lists += bool(said and talk.conversation.offered)
    matched = talk.conversation.draft.matched
    if matched is not None and any(each.key.startswith(ANSWER) for each in said):
        causes = talk.knowledge.entries[matched.entry].causes
        played.told += [cause for cause in causes if cause not in played.told]


def _reply(talk: Rehearsal, played: Played) -> str | None:
    """What the person answers; None where the case has come to its end."""
    case, asked = played.case, talk.asked
    if talk.handed_over or (asked is not None and asked[0] == FORM):
        played.handed_over = True
        return None
    if asked is None:
        return None if played.found else case.replies.get(UNSOLVED, FAILED)
    step = asked[1]
    cause = step.removeprefix(REMEDY).removeprefix(AGAIN)
    if cause != step:
        return _tried(played, cause)
    repeated = step in played.asked and talk.conversation.draft.slots.get(step) is not None
    if step in case.known or repeated:
        played.again.append(step)
    if not played.told and step not in played.asked:
        played.asked.append(step)
    return case.replies.get(step, case.otherwise)


def _tried(played: Played, cause: str) -> str | None:
    case = played.case
    if cause not in played.told:
        played.told.append(cause)
    if cause in case.causes:
        return None
    return case.replies.get(UNSOLVED, FAILED)


def _lost(talk: Rehearsal, before: tuple[tuple[str, str] | None, Mapping[str, Slot]]) -> bool:
    """Whether a reply left everything as it was."""
    return before == (talk.asked, talk.conversation.draft.slots)


def figures(played: Sequence[Played]) -> Figures:
    """The row of figures of cases that were played. Raises `ValueError` where there is none."""
    if not played:
        raise ValueError("no case was played")
    asked = [len(one.asked) for one in played]
    replies = sum(one.replies for one in played)
    return Figures(
        n=len(played),
        found=share(one.found for one in played),
        found_first=share(one.found_first for one in played),
        questions=round(sum(asked) / len(played), 2),
        most_questions=max(asked),
        asked_known=share(bool(one.again) for one in played),
        lists=share(bool(one.lists) for one in played),
        not_understood=round(sum(len(one.lost) for one in played) / replies, 4)
        if replies
        else None,
        handed_over=share(one.handed_over for one in played),
    )


def by_cause(played: Sequence[Played]) -> dict[str, dict[str, Any]]:
    """The figures of each cause: of the cases in which it is the first that is right."""
    groups: dict[str, list[Played]] = {}
    for one in played:
        groups.setdefault(min(one.case.causes), []).append(one)
    return {cause: asdict(figures(group)) for cause, group in sorted(groups.items())}


def by_fact(played: Sequence[Played]) -> dict[str, dict[str, int]]:
    """Of each fact in how many cases it was asked, and in how many though it was known."""
    facts = sorted({fact for one in played for fact in (*one.asked, *one.again)})
    return {
        fact: {
            "asked": sum(fact in one.asked for one in played),
            "known": sum(fact in one.again for one in played),
        }
        for fact in facts
    }


def lines(played: Sequence[Played]) -> Iterator[str]:
    """A line of figures a cause."""
    yield f"{'cause':22}{'n':>5}{'found':>8}{'first':>8}{'questions':>11}"
    for cause, row in by_cause(played).items():
        found, first = row["found"], row["found_first"]
        yield f"{cause:22}{row['n']:5}{found:8.2f}{first:8.2f}{row['questions']:11.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A text with which somebody replies to the question for a fact, and the value that it means;
    None where it is no answer.
    """

    asked: str
    text: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """What the desk made of replies: shares, 0 to 1, but for `n`."""

    n: int
    right: float | None
    """Taken for the value that was meant, or for no answer where it is none."""
    wrong: float | None
    """Taken for another value, or for a value where it is no answer."""
    asked_back: float | None
    """Answers that were not understood."""


def taken(knowledge: Knowledge, reply: Reply) -> str | None:
    """The value that the desk takes a reply for; None where it takes it for no answer."""
    talk = Rehearsal(knowledge, CLOCK)
    talk.asks(DIAGNOSE, reply.asked)
    talk.says(reply.text)
    talk.waits(READS)
    draft = talk.conversation.draft
    slot = draft.slots.get(reply.asked)
    if slot is not None:
        return slot.text
    return UNKNOWN if reply.asked in draft.skipped else None


def reading(replies: Sequence[Reply], values: Sequence[str | None]) -> Read:
    """The row of figures of replies and what they were taken for. Raises `ValueError` for none."""
    if not replies:
        raise ValueError("no reply was read")
    pairs = [(reply.value, value) for reply, value in zip(replies, values, strict=True)]
    return Read(
        n=len(pairs),
        right=share(meant == value for meant, value in pairs),
        wrong=share(value is not None and meant != value for meant, value in pairs),
        asked_back=share(value is None and meant is not None for meant, value in pairs),
    )
