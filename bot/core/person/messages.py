"""What a person presses and edits in the private chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.model.events import Edited, Pressed
from bot.core.person import attachments, commands, on_ticket, texts
from bot.core.talk import carry, faq, files, flow, relaying
from bot.core.text.render import fill
from bot.core.turn import Turn
from bot.core.values.fields import Value


def changed(turn: Turn, event: Edited) -> bool:
    """Whether the edit of a person's message changed anything."""
    return carry.changes(turn.noted(event.ref), carry.carried(turn, event))


def edited(turn: Turn, event: Edited) -> None:
    """An edit: its copy follows in the ticket; an answer given in it is taken over.

    What was said or pressed after the message was written stands.
    """
    line, item = turn.noted(event.ref), carry.carried(turn, event)
    if line is None:
        return None
    replaced = carry.replaces(line, item)
    if replaced and (reason := files.refusal(event, turn.knowledge.limits)) is not None:
        files.refuse(turn, event, reason)
        return None
    others = (each.at for each in turn.tail() if each.who == "person")
    latest = line.at >= max(others, default=line.at)
    turn.renote(item, carry.words(turn, item, event.text))
    if relaying.regather(turn, item, event.text):
        return None
    if turn.ticket is not None:
        return on_ticket.edited(turn, item, event.text, replaced=replaced)
    if replaced:
        return attachments.replaced(turn, item, event.text)
    if turn.progress is not None:
        return _corrected(turn, event.text)
    if latest and event.text and event.forwarded is None:
        return texts.open_question(turn, event.text)
    return None


def _corrected(turn: Turn, text: str) -> None:
    """Take over what an edited message tells, but for what later ones have told since."""
    known = turn.draft.slots
    new = {
        key: slot
        for key, slot in turn.understood(text).slots.items()
        if key not in known or (known[key].by <= turn.message and known[key].text != slot.text)
    }
    if not new:
        return flow.repeat(turn, fill(turn.talk.edit_seen))
    flow.fill_slots(turn, new)
    return flow.resume(turn, new)


def pressed(turn: Turn, event: Pressed) -> None:
    """A button: those of a question count only while it is the latest one."""
    turn.press, turn.pressed = event.query, True
    turn.conversation = replace(turn.conversation, offered=())
    verb, first, second, *_ = (*event.data.split(":"), "", "")
    if (act := _QUESTION.get(verb)) is not None:
        if turn.progress is None or first != str(turn.conversation.turn):
            turn.respond(turn.talk.stale)
        else:
            turn.respond()
            act(turn, second)
        return
    if (press := _ANYTIME.get(verb)) is None or press(turn, first, second) is False:
        turn.respond(turn.talk.stale)
    turn.respond()


def _option(turn: Turn, chosen: str) -> None:
    progress = turn.progress
    assert progress is not None
    step = flow.current(turn, progress)
    option = step.option(chosen)
    if option is not None:
        flow.choose(turn, option)


def _value(turn: Turn, choice: str) -> None:
    progress = turn.progress
    assert progress is not None
    name = progress.editing or flow.current(turn, progress).field or ""
    field = turn.knowledge.fields.get(name)
    if field is not None and choice in field.labels:
        flow.take(turn, field, Value(choice))


def _edit(turn: Turn, name: str) -> None:
    field = turn.knowledge.fields.get(name)
    if field is not None:
        flow.edit(turn, field)


# What stands behind a button: "verb:question:what" here, "verb:what:answer" below.
_QUESTION: Mapping[str, Callable[[Turn, str], None]] = {
    "opt": _option,
    "val": _value,
    "skip": lambda turn, _: flow.skip(turn),
    "yes": lambda turn, _: flow.confirm(turn, right=True),
    "no": lambda turn, _: flow.confirm(turn, right=False),
    "none": lambda turn, _: flow.drop(turn),
    "edit": _edit,
    "again": lambda turn, _: flow.repeat(turn),
    "back": lambda turn, _: flow.back(turn),
    "cancel": lambda turn, _: commands.cancel(turn),
}


def _resolved(turn: Turn, bound: str, answer: str) -> bool:
    now = turn.ticket
    if now is None or now.bound != bound or now.status != "resolved":
        return False
    if answer == "yes":
        on_ticket.confirmed(turn)
    else:
        on_ticket.reopened(turn)
    return True


def _show(turn: Turn, entry: str, _: str) -> None:
    faq.show(turn, entry)
    flow.repeat(turn, fill(turn.talk.back_to_question))


def _flow(turn: Turn, name: str, _: str) -> bool:
    if name not in turn.knowledge.flows:
        return False
    flow.begin(turn, name)
    return True


_ANYTIME: Mapping[str, Callable[[Turn, str, str], object]] = {
    "faq": _show,
    "shelf": lambda turn, category, _: faq.shelf(turn, category),
    "shelves": lambda turn, *_: faq.shelves(turn),
    "flow": _flow,
    "helped": lambda turn, seq, _: faq.helped(turn, seq),
    "stuck": lambda turn, *_: faq.stuck(turn),
    "human": lambda turn, *_: commands.human(turn),
    "resolved": _resolved,
    "withdraw": commands.withdraw,
    "delete": commands.deleted,
}
