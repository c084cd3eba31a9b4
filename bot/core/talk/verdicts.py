"""What the FAQ did with a question, and how its asker took that: recorded, to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.model.record import Given, Judged, Record
from bot.core.text import private
from bot.core.text.render import shortened
from bot.core.turn import Turn
from bot.matching import Candidate

LONGEST = 200
"""Characters of a question that are kept."""
BEST = 5
"""Candidates that are kept: one more than is offered."""


def gave(turn: Turn, what: Given, question: str, candidates: Sequence[Candidate]) -> None:
    """The FAQ was asked this."""
    _record(
        turn,
        what,
        candidates=tuple((each.id, round(each.score, 4)) for each in candidates[:BEST]),
        question=shortened(private.hidden(question), LONGEST),
    )
    await_word(turn)


def showed(turn: Turn, entry: str) -> None:
    """An entry is shown that nobody asked for in words."""
    _record(turn, "shown", entry)


def _record(
    turn: Turn,
    what: Given,
    entry: str = "",
    candidates: tuple[tuple[str, float], ...] = (),
    question: str = "",
) -> None:
    best, score = candidates[0] if candidates else (entry, None)
    turn.record(
        Record(
            at=turn.now,
            kind="verdict",
            what=what,
            role="desk",
            ticket=turn.number,
            flow=turn.progress.flow if turn.progress else "",
            step=turn.progress.step if turn.progress else "",
            entry=best,
            score=score,
            candidates=candidates,
            question=question,
        )
    )


def await_word(turn: Turn) -> None:
    """What the person does next may judge what they are told now."""
    turn.conversation = replace(turn.conversation, verdict=turn.seq)


def pass_over(turn: Turn) -> None:
    """The person went on with something else."""
    turn.conversation = replace(turn.conversation, verdict=0)


def judge(turn: Turn, what: Judged, seq: int = 0, entry: str = "") -> None:
    """How the person takes the verdict given in event `seq`, or else the latest one.

    Each is judged once: a button may be pressed twice, and the latest is forgotten when something
    else was said meanwhile.
    """
    talk = turn.conversation
    about = seq or talk.verdict
    if not 0 < about <= turn.seq or about == talk.judged:
        return
    turn.record(
        Record(
            at=turn.at,
            kind="judgement",
            what=what,
            role="person",
            ticket=turn.number,
            how="button" if turn.pressed else "words",
            entry=entry,
            verdict=about,
        )
    )
    left = 0 if about == talk.verdict else talk.verdict
    turn.conversation = replace(talk, judged=about, verdict=left)
