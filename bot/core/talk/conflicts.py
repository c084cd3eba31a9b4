"""A file contradicts its person: which of the two is right is asked before anything goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.buttons import ChooseSide, button
from bot.core.evidence import conflicts, intake
from bot.core.evidence.conflicts import NUMBER, same, unlike
from bot.core.model.conversation import Progress
from bot.core.model.effects import Buttons
from bot.core.model.extract import Extract
from bot.core.model.ticket import Conflict, Side, Slot
from bot.core.talk import leaving, pose, questions, steps
from bot.core.text.render import Html, fill, joined, shortened
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.core.values import fields
from bot.core.values.fields import Value
from bot.matching import asks

AT_MOST = 2
"""How often one is asked; whoever goes on without an answer is not held up by it any more."""
LABEL = 30
"""Characters of a button that shows a value."""
SIDES: tuple[Side, Side] = ("said", "file")
"""In the order of the buttons."""
SAYS: Mapping[str, Side] = {"mine": "said", "file": "file", "correct": "file"}
"""Wishes that answer: what I said, what the file says, I was wrong."""


def waiting(turn: Turn) -> tuple[Conflict, ...]:
    """The conflicts that nobody settled."""
    return tuple(each for each in turn.draft.conflicts if not each.right)


def pending(turn: Turn) -> Conflict | None:
    """The conflict that is to be asked for next."""
    return next((each for each in waiting(turn) if each.asked < AT_MOST), None)


def asked(turn: Turn) -> Conflict | None:
    """The conflict for which is asked now."""
    of = turn.progress.settling if turn.progress else None
    return next((each for each in waiting(turn) if each.of == of), None)


def ask(turn: Turn, flow: str, step: str, lead: str = "") -> bool:
    """Ask for a conflict before this step goes on; False where there is none."""
    conflict = pending(turn)
    if conflict is None:
        return False
    before, way = turn.progress, pose.trail(turn, f"{flow}/{step}")
    again = before is not None and before.settling == conflict.of
    steps.asked(turn, flow, step, conflict.of, again=again)
    _become(turn, conflict, replace(conflict, asked=conflict.asked + 1))
    text = joined(lead, question(turn, conflict))
    turn.progress = Progress(
        flow=flow, step=step, asked_at=turn.now, trail=way, settling=conflict.of, question=text
    )
    pose.put(turn, before, text, lambda now: answers(turn, conflict, now))
    return True


def ask_again(turn: Turn, conflict: Conflict, line: str, *, whole: bool) -> None:
    """Ask for the same conflict again after `line`, `whole`: with its question."""
    assert turn.progress is not None
    text = joined(line, question(turn, conflict)) if whole else line
    before, turn.progress = turn.progress, replace(turn.progress, question=text)
    pose.put(turn, before, text, lambda now: answers(turn, conflict, now))


def question(turn: Turn, conflict: Conflict) -> Html:
    """What the person said, what the file says, and which is right."""
    texts = turn.knowledge.texts.diagnosis
    return fill(
        texts.conflict,
        label=conflicts.label(turn.knowledge, conflict.of),
        said=_shown(turn, conflict, conflict.said),
        file=_shown(turn, conflict, conflict.read),
    )


def answers(turn: Turn, conflict: Conflict, now: int) -> Buttons:
    """A button for each side, and the ways out."""
    said, read = labels(turn, conflict)
    own = (button(said, ChooseSide(now, "said")), button(read, ChooseSide(now, "file")))
    return (*((each,) for each in own), *questions.ways_out(turn, now, can_go_back=False))


def labels(turn: Turn, conflict: Conflict) -> tuple[str, str]:
    """What the buttons of the two sides say."""
    texts = turn.knowledge.texts.diagnosis
    pairs = ((texts.button_said, conflict.said), (texts.button_file, conflict.read))
    said, read = (
        shortened(label.format(value=_shown(turn, conflict, slot)), LABEL) for label, slot in pairs
    )
    return said, read


def _shown(turn: Turn, conflict: Conflict, slot: Slot) -> str:
    return conflicts.shown(turn.knowledge, conflict, slot, turn.draft.told, mask=False)


def answer(turn: Turn, said: Understood) -> Side | Slot | None:
    """The side that a text chooses by its place, by words or by its value, or a value that is
    neither's; None where it is about something else.
    """
    conflict = asked(turn)
    if conflict is None or asks(said.text):
        return None
    if said.place is not None and said.place < len(SIDES):
        return SIDES[said.place]
    value = _value(turn, conflict, said)
    if value is not None:
        pairs = zip(SIDES, (conflict.said, conflict.read), strict=True)
        alike = (
            side for side, slot in pairs if same(turn.knowledge, conflict.of, value.text, slot.text)
        )
        return next(alike, value)
    return next((side for wish, side in SAYS.items() if wish in said.wishes), None)


def _value(turn: Turn, conflict: Conflict, said: Understood) -> Slot | None:
    """The value of the field or fact that is in conflict, as the text tells it."""
    field = turn.knowledge.fields.get(conflict.of)
    if field is None:
        told = said.answer(conflict.of)
        return Slot(told) if told is not None else None
    if (found := said.values.get(conflict.of)) is not None:
        return Slot(found.text, found.warning)
    value = fields.parse(field, said.text, said.context)
    if not isinstance(value, Value):
        return None
    known = (conflict.said.text, conflict.read.text)
    means = any(same(turn.knowledge, conflict.of, value.text, each) for each in known)
    return Slot(value.text, value.warning) if means or not fields.KINDS[field.kind].loose else None


def settle(turn: Turn, conflict: Conflict, chosen: Side | Slot) -> None:
    """One of the two stands, or what is said now; what followed from the other goes."""
    right: Side = "file" if chosen == "file" else "said"
    stands = chosen if isinstance(chosen, Slot) else None
    _become(turn, conflict, replace(conflict, right=right, said=stands or conflict.said))
    if right == "file":
        _take(turn, conflict)
    else:
        _keep(turn, conflict, stands)


def _take(turn: Turn, conflict: Conflict) -> None:
    """The file is right: facts that do not go with it are forgotten, and nothing is put off."""
    knowledge, slots = turn.knowledge, dict(turn.draft.slots)
    slots.pop(conflict.of, None)
    read = intake.slots(turn, Extract("other", turn.draft.told))
    doubted = conflicts.in_doubt(knowledge, [conflict]) & knowledge.fields.keys()
    slots |= {key: read[key] for key in doubted if key in read}
    if conflict.of in knowledge.fields:
        slots[conflict.of] = conflict.read
    invoice = intake.invoice_values(knowledge, slots, turn.draft.told)
    wrong = {conflict.of, *unlike(knowledge, slots, invoice, turn.at)} - knowledge.fields.keys()
    turn.draft = replace(
        turn.draft,
        slots={key: slot for key, slot in slots.items() if key not in wrong},
        hints={fact: each for fact, each in turn.draft.hints.items() if fact not in wrong},
    )
    leaving.call_off(turn)


def _keep(turn: Turn, conflict: Conflict, stands: Slot | None) -> None:
    """The person is right. A file of another number is one of another invoice."""
    knowledge, draft = turn.knowledge, turn.draft
    slots, kept = dict(draft.slots), draft.conflicts
    if stands is not None:
        slots[conflict.of] = replace(stands, by=turn.message, at=turn.at)
    field = knowledge.fields.get(conflict.of)
    if field is not None and field.reads[0] == NUMBER:
        slots = {key: slot for key, slot in slots.items() if not slot.from_file}
        kept = tuple(each for each in kept if each.right)
    turn.draft = intake.of_one_invoice(knowledge, replace(draft, slots=slots, conflicts=kept))


def rest(turn: Turn, conflict: Conflict) -> None:
    """Ask for it no more; what the person said stands."""
    _become(turn, conflict, replace(conflict, asked=AT_MOST))


def _become(turn: Turn, old: Conflict, new: Conflict) -> None:
    changed = tuple(
        new if each.of == old.of and not each.right else each for each in turn.draft.conflicts
    )
    turn.draft = replace(turn.draft, conflicts=changed)
