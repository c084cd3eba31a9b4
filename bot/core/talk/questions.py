"""What a step's question looks like: its text, its answers as buttons, the way out."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.buttons import (
    Again,
    AllWrong,
    Back,
    Cancel,
    ChooseOption,
    ChooseValue,
    EditField,
    Right,
    Skip,
    WantHuman,
    Wrong,
    button,
)
from bot.core.content.knowledge import Field, Step
from bot.core.evidence import intake, slots
from bot.core.model.effects import Button, Buttons
from bot.core.text.render import Html, fill, joined, marked, rows
from bot.core.turn import Turn

# The flow whose end opens a ticket: asking for a human in it needs no further question.
FORM = "ticket"


def question(turn: Turn, step: Step) -> Html:
    """The text that asks this step."""
    if step.recap:
        told = {k: s for k, s in turn.draft.slots.items() if s.recognised}
        return joined(marked(step.ask or turn.talk.recap), slots.listed(turn.knowledge, told))
    if step.summary:
        known = slots.values(turn.knowledge, turn.draft.slots)
        return joined(marked(step.ask or turn.talk.summary), Html("\n".join(known)))
    if step.field and not step.ask:
        return asks(turn, turn.knowledge.fields[step.field])
    return joined(_look_up(turn) if step.look_up else Html(), marked(step.ask))


def _look_up(turn: Turn) -> Html:
    """Where an invoice of this kind is looked up, and from when."""
    knowledge, draft = turn.knowledge, turn.draft
    kind = intake.kind(knowledge, draft.slots, draft.told)
    if kind is None:
        return Html()
    head = fill(turn.talk.look_up, kind=knowledge.texts.hints.kinds[kind.id])
    places = intake.look_up(knowledge, draft.slots, draft.told, turn.at)
    return Html("\n".join([head, *(fill("· {place}", place=place) for place in places)]))


def asks(turn: Turn, field: Field) -> Html:
    """A field's own question with its example."""
    if not field.example:
        return marked(field.ask)
    return Html(f"{marked(field.ask)}\n{fill(turn.talk.example, example=field.example)}")


def warning(turn: Turn, key: str | None) -> Html:
    """What a doubtful value is told, with the words for `key`."""
    return fill(turn.knowledge.texts.fields[key]) if key else Html()


def answers(turn: Turn, step: Step, now: int, can_go_back: bool) -> Buttons:
    """The buttons of a step asked as question number `now`."""
    return (*_own(turn, step, now), *_ways_out(turn, now, can_go_back))


def _own(turn: Turn, step: Step, now: int) -> Buttons:
    if step.recap or step.summary:
        right = turn.talk.button_submit if step.summary else turn.talk.button_right
        wrong = turn.talk.button_edit if step.summary else turn.talk.button_wrong
        return ((button(right, Right(now)), button(wrong, Wrong(now))),)
    if step.field:
        skip = [button(turn.talk.button_skip, Skip(now))] if step.unread else []
        return rows([*_choices(turn.knowledge.fields[step.field], now), *skip], 3)
    return rows(button(o.label, ChooseOption(now, o.id)) for o in step.options)


def _choices(field: Field, now: int) -> Iterable[Button]:
    return (button(choice.label, ChooseValue(now, choice.id)) for choice in field.choices)


def field_answers(turn: Turn, field: Field, now: int) -> Buttons:
    """The buttons of a field that is corrected from the summary."""
    return rows([*_choices(field, now), button(turn.talk.button_keep, Skip(now))], 3)


def fields_to_edit(turn: Turn, step: Step, now: int) -> Buttons:
    """A button a field that the step shows, and one that leaves all as it is; a recap may be all
    wrong.
    """
    known, fields = turn.draft.slots, turn.knowledge.fields.values()
    shown = [f for f in fields if step.summary or (f.id in known and known[f.id].recognised)]
    buttons = (button(f.label, EditField(now, f.id)) for f in shown)
    all_wrong = [button(turn.talk.button_all_wrong, AllWrong(now))] if step.recap else []
    keep = button(turn.talk.button_keep, Again(now))
    return (*rows(buttons, 3), (*all_wrong, keep))


def _ways_out(turn: Turn, now: int, can_go_back: bool) -> Buttons:
    back = [button(turn.talk.button_back, Back(now))] if can_go_back else []
    asking = turn.progress and turn.progress.flow == FORM
    label = turn.talk.button_human_now if asking else turn.talk.button_human
    human = button(label, WantHuman())
    return ((*back, human, button(turn.talk.button_cancel, Cancel(now))),)
