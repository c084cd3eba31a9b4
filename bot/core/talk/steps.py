"""What becomes of the steps of a flow, recorded: asked, told or skipped, and why it ended."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.record import How, Left, Record, Role, Walked
from bot.core.talk import verdicts
from bot.core.turn import Turn

ENDED_BY: Mapping[Left, Role] = {
    "cancelled": "person",
    "solved": "person",
    "handed_over": "person",
    "waiting": "person",
    "reminded": "desk",
    "taken_over": "agent",
    "replaced": "person",
    "gone": "desk",
    "erased": "person",
    "silent": "desk",
}
"""Who ends a flow so."""


def asked(turn: Turn, flow: str, step: str, field: str | None, *, again: bool) -> None:
    """A step is asked, and with it a `field`; `again` where it was the last one."""
    turn.record(
        Record(
            at=turn.now,
            kind="step",
            what="repeated" if again else "asked",
            role="desk",
            ticket=turn.number,
            flow=flow,
            step=step,
            field=field or "",
        )
    )


def told(turn: Turn, what: Walked, value: str = "", how: How | None = None) -> None:
    """The step that was asked is told or skipped: by a button or in words, where `how` is not said.

    `value` is the id of an option, choice or button.
    """
    progress = turn.progress
    assert progress is not None
    step = turn.knowledge.flows[progress.flow].steps[progress.step]
    verdicts.pass_over(turn)
    turn.record(
        Record(
            at=turn.at,
            kind="step",
            what=what,
            role="person",
            ticket=turn.number,
            flow=progress.flow,
            step=progress.step,
            field=progress.settling or progress.editing or step.field or "",
            how=how or ("button" if turn.pressed else "words"),
            value=value,
        )
    )


def ended(turn: Turn, why: Left, flow: str, step: str) -> None:
    """A flow ended at this step: the one that was asked, or one that is an end."""
    role = ENDED_BY[why]
    turn.record(
        Record(
            at=turn.now if role == "desk" else turn.at,
            kind="flow",
            what=why,
            role=role,
            ticket=turn.number,
            flow=flow,
            step=step,
        )
    )
