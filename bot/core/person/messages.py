"""What a person writes and presses in the private chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.model.events import Edited, Pressed, Said
from bot.core.model.message import Item
from bot.core.model.ticket import Slot
from bot.core.person import attachments, commands, on_ticket
from bot.core.talk import carry, faq, files, flow, interpret, leaving, relaying, verdicts
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.values.fields import Refused, Value
from bot.matching import Answer

_NOTHING: Mapping[str, Slot] = {}


def said(turn: Turn, event: Said) -> None:
    """A text: a command, a wish, an answer to the question asked, or a question of its own."""
    item = carry.carried(turn, event)
    turn.note("person", event.who.name, carry.words(turn, item, event.text), item)
    if event.forwarded is not None:
        return _forwarded(turn, event, item)
    if event.text.startswith("/"):
        return commands.run(turn, event.text)
    wishes = turn.knowledge.words.means(event.text)
    busy = turn.progress is not None
    if "human" in wishes and not (turn.ticket and not busy):
        return commands.human(turn)
    if busy:
        wish = next((commands.WISHES[w] for w in ("cancel", "back") if w in wishes), None)
        if wish is None and not _courtesy(turn, wishes, event.text):
            return in_flow(turn, event.text)
        return wish(turn) if wish else None
    if turn.ticket is not None:
        return on_ticket.said(turn, event, item)
    if "solved" in wishes:
        verdicts.judge(turn, "helped")
        leaving.leave(turn, "solved")
        return turn.say(fill(turn.talk.glad))
    if "unsolved" in wishes and not _story(turn, event.text):
        return faq.stuck(turn)
    return None if _courtesy(turn, wishes, event.text) else _unasked(turn, wishes, event.text)


def _forwarded(turn: Turn, event: Said, item: Item) -> None:
    """What somebody else wrote: it may tell values, but wishes and answers nothing."""
    if turn.progress is None and turn.ticket is not None:
        return on_ticket.passed_on(turn, event, item)
    if turn.progress is None:
        return open_question(turn, event.text)
    told = {key: Slot(v.text, v.warning, True) for key, v in turn.values(event.text).items()}
    new = {key: slot for key, slot in told.items() if key not in turn.draft.slots}
    flow.fill_slots(turn, new)
    return flow.resume(turn, new) if new else flow.repeat(turn, fill(turn.talk.forwarded_seen))


def _unasked(turn: Turn, wishes: frozenset[str], text: str) -> None:
    """A text when no question of a flow waits: a word on what the desk said, or a question."""
    offered, number = turn.conversation.offered, interpret.place(text)
    turn.conversation = replace(turn.conversation, offered=())
    if number is not None and number < len(offered):
        return faq.choose(turn, offered[number])
    if "yes" in wishes and turn.conversation.abstained >= faq.PATIENCE:  # it had offered a human
        return commands.human(turn)
    if "cancel" in wishes and turn.conversation.reminder is not None:
        return commands.cancel(turn)
    if wishes & {"yes", "cancel"}:
        return turn.say(fill(turn.talk.all_right))
    if "no" in wishes:
        return faq.stuck(turn)
    return open_question(turn, text)


def _story(turn: Turn, text: str) -> bool:
    """Whether a text tells what is the matter rather than how the last answer went."""
    went_before = turn.draft.matched or turn.conversation.reminder is not None
    return len(interpret.recognise(turn, text)) > bool(went_before)


def _courtesy(turn: Turn, wishes: frozenset[str], text: str) -> bool:
    """Answer what wants no help. In a flow only where it is all that was said."""
    name = next((name for name in commands.COURTESIES if name in wishes), None)
    if name is None:
        return False
    reply, before = commands.COURTESIES[name](turn.talk)
    if turn.progress is None:
        turn.say(fill(reply))
    elif not wishes <= commands.COURTESIES.keys() or interpret.recognise(turn, text):
        return False
    elif before is None:
        turn.say(fill(reply))
    else:
        flow.repeat(turn, fill(before))
    return True


def in_flow(turn: Turn, text: str) -> None:
    """An answer to the current question; or else a question, after which it is asked again."""
    given = interpret.give(turn, text)
    if given is True:
        turn.conversation = replace(turn.conversation, abstained=0)
        return None
    tries = turn.conversation.abstained + 1
    if isinstance(given, Refused) and not _asks_faq(turn, text):
        turn.conversation = replace(turn.conversation, abstained=tries)
        return flow.repeat(turn, _refusal(turn, given, insist=tries >= faq.PATIENCE))
    if not turn.knowledge.words.means(text) and faq.reply(turn, text):
        return flow.repeat(turn, fill(turn.talk.back_to_question))
    turn.conversation = replace(turn.conversation, abstained=tries)
    again = turn.talk.not_an_answer
    if turn.conversation.abstained >= faq.PATIENCE:
        again = turn.talk.not_an_answer_again
    return flow.repeat(turn, fill(again))


def _asks_faq(turn: Turn, text: str) -> bool:
    return isinstance(turn.consider(text)[0], Answer)


def _refusal(turn: Turn, refused: Refused, *, insist: bool) -> Html:
    """Why an answer cannot be taken; to `insist` on it again is not the only way on."""
    reason = fill(turn.knowledge.texts.fields[refused.reason], **refused.given)
    progress = turn.progress
    skips = progress is not None and flow.current(turn, progress).unread is not None
    return joined(reason, fill(turn.talk.may_skip)) if insist and skips else reason


def open_question(
    turn: Turn, text: str, read: Mapping[str, Slot] = _NOTHING, lead: str = ""
) -> None:
    """Nothing was asked: answer from the FAQ, or begin the diagnosis with what the text tells.

    `read` is what files tell that came with it, `lead` what is to be said of them.
    """
    found = {**interpret.told(turn, text), **read}
    values = [f for f in turn.knowledge.fields.values() if f.id in found and f.kind != "choice"]
    verdict, _ = turn.consider(text)
    leads = isinstance(verdict, Answer) and turn.knowledge.entries[verdict.id].next != "diagnose"
    leads = leads and not interpret.hands_over(turn, text)
    noted = flow.noted(turn, found) if len(found) == 1 else Html()  # of more there is a recap
    if found or turn.conversation.reminder is None:  # what a reminder will go on with stays known
        turn.draft = turn.draft.anew()
        flow.fill_slots(turn, found)
    if (values or len(found) > 1) and not leads:
        return flow.begin(turn, flow.DIAGNOSE, joined(lead, noted))
    if lead:
        turn.say(lead)
    if text and faq.reply(turn, text):
        return None
    if found:
        return flow.begin(turn, flow.DIAGNOSE, noted)
    return faq.abstain(turn)


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
        return open_question(turn, event.text)
    return None


def _corrected(turn: Turn, text: str) -> None:
    """Take over what an edited message tells, but for what later ones have told since."""
    known = turn.draft.slots
    new = {
        key: slot
        for key, slot in interpret.recognise(turn, text).items()
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
    faq.choose(turn, entry)
    flow.repeat(turn, fill(turn.talk.back_to_question))


def _flow(turn: Turn, name: str, _: str) -> bool:
    if name not in turn.knowledge.flows:
        return False
    verdicts.judge(turn, "diagnosed")
    flow.begin(turn, name)
    return True


_ANYTIME: Mapping[str, Callable[[Turn, str, str], object]] = {
    "faq": _show,
    "shelf": lambda turn, category, _: faq.shelf(turn, category),
    "shelves": lambda turn, *_: faq.shelves(turn),
    "flow": _flow,
    "helped": lambda turn, seq, _: faq.helped(turn, seq),
    "stuck": faq.stuck,
    "human": lambda turn, *_: commands.human(turn),
    "resolved": _resolved,
    "withdraw": commands.withdraw,
    "delete": commands.deleted,
}
