"""What a person presses in the private chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.core import buttons
from bot.core.model.events import Pressed
from bot.core.person import commands, my_tickets, on_ticket, ratings, writing
from bot.core.talk import faq, flow, reopening, verdicts
from bot.core.text.render import fill
from bot.core.turn import Turn, on
from bot.core.values.fields import Value


def pressed(turn: Turn, event: Pressed) -> None:
    """A button: those of a question count only while it is the latest one."""
    turn.press, turn.pressed = event.query, True
    turn.conversation = replace(turn.conversation, offered=())
    press = buttons.read(event.data)
    if isinstance(press, buttons.OfQuestion):
        if turn.progress is None or press.question != turn.conversation.turn:
            return turn.respond(turn.talk.stale)
        turn.respond()
    act = ACTS.get(type(press))
    if act is None or act(turn, press) is False:
        turn.respond(turn.talk.stale)
    return turn.respond()


def _option(turn: Turn, press: buttons.ChooseOption) -> None:
    progress = turn.progress
    assert progress is not None
    option = flow.current(turn, progress).option(press.option)
    if option is not None:
        flow.choose(turn, option)


def _value(turn: Turn, press: buttons.ChooseValue) -> None:
    progress = turn.progress
    assert progress is not None
    name = progress.editing or flow.current(turn, progress).field or ""
    field = turn.knowledge.fields.get(name)
    if field is not None and press.choice in field.labels:
        flow.take(turn, field, Value(press.choice))


def _edit(turn: Turn, press: buttons.EditField) -> None:
    field = turn.knowledge.fields.get(press.field)
    if field is not None:
        flow.edit(turn, field)


def _resolved(turn: Turn, press: buttons.SayResolved) -> bool:
    now = turn.ticket
    if now is None or now.bound != press.of or now.status != "resolved":
        return False
    if press.answer == "yes":
        on_ticket.confirmed(turn)
    else:
        on_ticket.reopened(turn)
    return True


def _show(turn: Turn, press: buttons.ShowEntry) -> None:
    faq.choose(turn, press.entry)
    flow.repeat(turn, fill(turn.talk.back_to_question))


def _flow(turn: Turn, press: buttons.BeginFlow) -> bool:
    if press.flow not in turn.knowledge.flows:
        return False
    verdicts.judge(turn, "diagnosed")
    if turn.progress is not None and turn.progress.flow == press.flow:
        flow.repeat(turn)
    else:
        flow.begin(turn, press.flow)
    return True


# False: there is nothing any more for which the button was shown.
ACTS: Mapping[type[buttons.Pressable | None], Callable[[Turn, Any], object]] = dict(
    (
        on(buttons.ChooseOption, _option),
        on(buttons.ChooseValue, _value),
        on(buttons.Skip, lambda turn, _: flow.skip(turn)),
        on(buttons.Right, lambda turn, _: flow.confirm(turn, right=True)),
        on(buttons.Wrong, lambda turn, _: flow.confirm(turn, right=False)),
        on(buttons.EditField, _edit),
        on(buttons.Again, lambda turn, _: flow.repeat(turn)),
        on(buttons.ChooseSide, lambda turn, press: flow.settle(turn, press.side)),
        on(buttons.Back, lambda turn, _: flow.back(turn)),
        on(buttons.Cancel, lambda turn, _: commands.cancel(turn)),
        on(buttons.ShowEntry, _show),
        on(buttons.ShowCategory, lambda turn, press: faq.shelf(turn, press.category)),
        on(buttons.ShowCategories, lambda turn, _: faq.shelves(turn)),
        on(buttons.BeginFlow, _flow),
        on(buttons.Helped, lambda turn, press: faq.helped(turn, press.seq)),
        on(buttons.Stuck, lambda turn, press: faq.stuck(turn, press.seq)),
        on(buttons.NoneOfThese, lambda turn, press: faq.none_of_these(turn, press.seq)),
        on(buttons.WantHuman, lambda turn, _: commands.human(turn)),
        on(buttons.SayResolved, _resolved),
        on(buttons.Withdraw, commands.withdraw),
        on(buttons.ShowTickets, my_tickets.more),
        on(buttons.ShowTicket, my_tickets.show),
        on(buttons.Rate, ratings.pressed),
        on(buttons.Reopen, reopening.pressed),
        on(buttons.WriteTo, writing.pressed),
        on(buttons.Delete, commands.deleted),
    )
)
