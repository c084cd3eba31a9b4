"""What a step's question looks like: its text, its answers as buttons, the way out."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.buttons import (
    Again,
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
from bot.core.content.script import FORM
from bot.core.evidence import slots
from bot.core.model.effects import Button, Buttons
from bot.core.talk import diagnosing
from bot.core.text.render import Html, fill, joined, marked, rows
from bot.core.turn import Turn


def question(turn: Turn, step: Step) -> Html:
    """The text that asks this step."""
    if step.summary:
        known = slots.values(turn.knowledge, turn.draft.slots)
        return joined(marked(step.ask or turn.talk.summary), Html("\n".join(known)))
    if step.cause:
        return diagnosing.remedy(turn, turn.knowledge.diagnosis.causes[step.cause])
    if step.field and not step.ask:
        return asks(turn, turn.knowledge.fields[step.field])
    return marked(step.ask)


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
    return (*_urgent(turn), *_own(turn, step, now), *ways_out(turn, now, can_go_back))


def _own(turn: Turn, step: Step, now: int) -> Buttons:
    if step.summary:
        talk = turn.talk
        return ((button(talk.button_submit, Right(now)), button(talk.button_edit, Wrong(now))),)
    if step.field:
        skip = [button(turn.talk.button_skip, Skip(now))] if step.unread else []
        return rows([*_choices(turn.knowledge.fields[step.field], now), *skip], 3)
    return rows(button(o.label, ChooseOption(now, o.id)) for o in step.options)


def _choices(field: Field, now: int) -> Iterable[Button]:
    return (button(choice.label, ChooseValue(now, choice.id)) for choice in field.choices)


def field_answers(turn: Turn, field: Field, now: int) -> Buttons:
    """The buttons of a field that is corrected from the summary."""
    own = [*_choices(field, now), button(turn.talk.button_keep, Skip(now))]
    return (*_urgent(turn), *rows(own, 3), *ways_out(turn, now, can_go_back=False))


def fields_to_edit(turn: Turn, now: int) -> Buttons:
    """A button a field, and one that leaves all as it is."""
    buttons = (button(f.label, EditField(now, f.id)) for f in turn.knowledge.fields.values())
    return (*rows(buttons, 3), (button(turn.talk.button_keep, Again(now)),))


def _urgent(turn: Turn) -> Buttons:
    """A human before all else, where a deadline is near."""
    return ((_human(turn),),) if turn.urgent else ()


def ways_out(turn: Turn, now: int, can_go_back: bool) -> Buttons:
    """Back, to a human, and out of the flow."""
    back = [button(turn.talk.button_back, Back(now))] if can_go_back else []
    human = [] if turn.urgent else [_human(turn)]
    return ((*back, *human, button(turn.talk.button_cancel, Cancel(now))),)


def _human(turn: Turn) -> Button:
    asking = turn.progress and turn.progress.flow == FORM
    return button(turn.talk.button_human_now if asking else turn.talk.button_human, WantHuman())
