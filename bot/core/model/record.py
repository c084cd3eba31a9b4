"""What happened, one line each, in values that can be counted: for clocks, learning and reports.

Nothing that people wrote stands in it but for a question that the FAQ was asked, and a sentence on
how a ticket went, masked and cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["ticket", "verdict", "judgement", "step", "flow", "clock", "rating", "message"]
Role = Literal["person", "agent", "desk"]
How = Literal["button", "words", "file"]
Moved = Literal[
    "opened", "claimed", "taken", "assigned", "asked", "answered", "released", "escalated",
    "resolved", "merged", "reopened", "confirmed", "expired", "withdrawn", "erased",
]  # fmt: skip
"""What became of a ticket. Of the ways to its end the person `confirmed` that it is resolved, said
nothing to that until it `expired`, has `withdrawn` it, or had all their data `erased`."""
Struck = Literal["reminded", "due", "overdue", "handed_back", "met", "late"]
"""What became of a ticket's clock (`field`): its stages, and that it was `met` or done too `late`.
"""
Rated = Literal["rated", "commented"]
"""What somebody told of how their ticket went: stars (`value`), and a sentence (`question`)."""
Unsaid = Literal["taken_back"]
"""What became of a message of an agent to the person."""
Given = Literal["answered", "offered", "abstained", "shown"]
"""What the FAQ did with a question; what somebody looked for by buttons alone is `shown`."""
Judged = Literal["helped", "not_helped", "chosen", "none", "human", "diagnosed"]
"""How that was taken: what was offered was `chosen` from or it was `none` of these, or the person
went on to a human or to the diagnosis instead of saying."""
Walked = Literal["asked", "repeated", "told", "skipped"]
"""What became of a step: the same step may be `repeated` before it is told or skipped."""
Left = Literal[
    "cancelled", "solved", "handed_over", "waiting", "reminded", "taken_over", "replaced", "gone",
    "erased", "silent",
]  # fmt: skip
"""Why a flow ended. A `waiting` one goes on with a reminder, which ends what was asked meanwhile as
`reminded`; an agent has `taken_over`, another flow `replaced` it, its authors took the step away
(`gone`), or the person was `silent` for as long as anything is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`what` happened of its `kind`, at what time, and who did it: an `agent` by their address.

    `ticket` is the one that it is of or that was open then; its `owner` (an agent's address),
    status and tier are those afterwards and, in `from_`, before. `flow`, `step` and `field` are
    where it was in a flow, or what an agent asked for. `entry` came first of the `candidates` of a
    verdict, each with its `score`, a probability; `verdict` is the event whose verdict is judged.
    `how` something was told; `value` is the id of the option, choice or button that was, never a
    free text. `minutes` is how much working time passed until what a clock waits for was done.
    """

    at: datetime
    kind: Kind
    what: Moved | Struck | Rated | Unsaid | Given | Judged | Walked | Left
    role: Role
    agent: str = ""
    ticket: str = ""
    owner: str = ""
    from_status: str = ""
    to_status: str = ""
    from_tier: str = ""
    to_tier: str = ""
    flow: str = ""
    step: str = ""
    field: str = ""
    how: How | Literal[""] = ""
    value: str = ""
    entry: str = ""
    score: float | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    verdict: int | None = None
    question: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a ticket, as its person is told; `tier` is the one that it is at afterwards,
    `field` what they were asked for.
    """

    at: datetime
    what: Moved
    tier: str
    field: str = ""
