"""What a person writes in the private chat: one order of precedence tells what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.model.events import Said
from bot.core.model.message import Item
from bot.core.model.ticket import Slot
from bot.core.person import commands, on_ticket
from bot.core.talk import carry, faq, flow, interpret, leaving, verdicts
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.core.values.fields import Refused
from bot.matching import Answer

_NOTHING: Mapping[str, Slot] = {}


@dataclass(frozen=True, slots=True)
class Heard:
    """A person's text with its content as it is relayed, and what it says."""

    event: Said
    item: Item
    said: Understood


Test = Callable[[Turn, Heard], bool]
Act = Callable[[Turn, Heard], object]


def said(turn: Turn, event: Said) -> None:
    """A text: a command, a wish, an answer to the question asked, or a question of its own."""
    heard = Heard(event, carry.carried(turn, event), turn.understood(event.text))
    words = carry.words(turn, heard.item, event.text)
    turn.note("person", event.who.name, words, heard.item)
    _first(PRECEDENCE, turn, heard)


def _first(order: Sequence[tuple[Test, Act]], turn: Turn, heard: Heard) -> None:
    """Do what the first row says whose test the message passes."""
    act = next(act for test, act in order if test(turn, heard))
    act(turn, heard)


def _forwarded(turn: Turn, heard: Heard) -> None:
    """What somebody else wrote: it may tell values, but wishes and answers nothing."""
    if turn.progress is None and turn.ticket is not None:
        return on_ticket.passed_on(turn, heard.event, heard.item)
    if turn.progress is None:
        return open_question(turn, heard.event.text)
    values = heard.said.values
    told = {key: Slot(v.text, v.warning, True) for key, v in values.items()}
    new = {key: slot for key, slot in told.items() if key not in turn.draft.slots}
    flow.fill_slots(turn, new)
    return flow.resume(turn, new) if new else flow.repeat(turn, fill(turn.talk.forwarded_seen))


def _leaves_question(turn: Turn, heard: Heard) -> None:
    wish = next(wish for wish in ("cancel", "back") if wish in heard.said.wishes)
    commands.WISHES[wish](turn)


def _glad(turn: Turn, heard: Heard) -> None:
    verdicts.judge(turn, "helped")
    leaving.leave(turn, "solved")
    turn.say(fill(turn.talk.glad))


def _unasked(turn: Turn, heard: Heard) -> None:
    """A text when no question of a flow waits: a word on what the desk said, or a question."""
    picked = _picked(turn, heard)
    turn.conversation = replace(turn.conversation, offered=())
    if picked is not None:
        return faq.choose(turn, picked)
    return _first(UNASKED, turn, heard)


def _story(turn: Turn, heard: Heard) -> bool:
    """Whether a text tells what is the matter rather than how the last answer went."""
    went_before = turn.draft.matched or turn.conversation.reminder is not None
    return len(heard.said.slots) > bool(went_before)


def _is_courtesy(turn: Turn, heard: Heard) -> bool:
    """Whether it wants no help, only an answer. In a flow only where it is all that was said."""
    wishes, courtesies = heard.said.wishes, commands.COURTESIES.keys()
    if turn.progress is None:
        return bool(wishes & courtesies)
    return bool(wishes) and wishes <= courtesies and not heard.said.slots


def _courtesy(turn: Turn, heard: Heard) -> None:
    name = next(name for name in commands.COURTESIES if name in heard.said.wishes)
    reply, before = commands.COURTESIES[name](turn.talk)
    if turn.progress is None or before is None:
        turn.say(fill(reply))
    else:
        flow.repeat(turn, fill(before))


def _picked(turn: Turn, heard: Heard) -> str | None:
    """The entry that it picks by its place of those just offered: 2, 第二个."""
    offered, place = turn.conversation.offered, heard.said.place
    return offered[place] if place is not None and place < len(offered) else None


def _wishes(*names: str) -> Test:
    """Whether one of these is wished."""
    return lambda turn, heard: not heard.said.wishes.isdisjoint(names)


def _is_asked(turn: Turn, heard: Heard) -> bool:
    return turn.progress is not None


def _has_one(turn: Turn) -> bool:
    """Whether a wish for a human is for those who have the ticket already."""
    return turn.ticket is not None and turn.progress is None


UNASKED: Sequence[tuple[Test, Act]] = (
    (
        # The desk had offered a human.
        lambda turn, heard: (
            "yes" in heard.said.wishes and turn.conversation.abstained >= faq.PATIENCE
        ),
        lambda turn, heard: commands.human(turn),
    ),
    (
        lambda turn, heard: (
            "cancel" in heard.said.wishes and turn.conversation.reminder is not None
        ),
        lambda turn, heard: commands.cancel(turn),
    ),
    (_wishes("yes", "cancel"), lambda turn, heard: turn.say(fill(turn.talk.all_right))),
    (_wishes("no"), lambda turn, heard: faq.stuck(turn)),
    (lambda turn, heard: True, lambda turn, heard: open_question(turn, heard.event.text)),
)
"""What a text is to which nothing waits for an answer, the first that fits."""


PRECEDENCE: Sequence[tuple[Test, Act]] = (
    (lambda turn, heard: heard.event.forwarded is not None, _forwarded),
    (
        lambda turn, heard: heard.event.text.startswith("/"),
        lambda turn, heard: commands.run(turn, heard.event.text),
    ),
    (
        lambda turn, heard: "human" in heard.said.wishes and not _has_one(turn),
        lambda turn, heard: commands.human(turn),
    ),
    (
        lambda turn, heard: _is_asked(turn, heard) and _wishes("cancel", "back")(turn, heard),
        _leaves_question,
    ),
    (lambda turn, heard: _is_asked(turn, heard) and _is_courtesy(turn, heard), _courtesy),
    (_is_asked, lambda turn, heard: in_flow(turn, heard.said)),
    (
        lambda turn, heard: turn.ticket is not None,
        lambda turn, heard: on_ticket.said(turn, heard.event, heard.item),
    ),
    (_wishes("solved"), _glad),
    (
        lambda turn, heard: "unsolved" in heard.said.wishes and not _story(turn, heard),
        lambda turn, heard: faq.stuck(turn),
    ),
    (_is_courtesy, _courtesy),
    (lambda turn, heard: True, _unasked),
)
"""What a text is, the first that fits: somebody else's words, a command, a wish that holds
anywhere, an answer to the question of a flow, part of the open ticket, a word on the last answer,
or something of its own."""


def in_flow(turn: Turn, said: Understood) -> None:
    """An answer to the current question; or else a question, after which it is asked again."""
    given = interpret.give(turn, said)
    if given is True:
        turn.conversation = replace(turn.conversation, abstained=0)
        return None
    tries = turn.conversation.abstained + 1
    if isinstance(given, Refused) and not isinstance(said.verdict, Answer):
        turn.conversation = replace(turn.conversation, abstained=tries)
        return flow.repeat(turn, _refusal(turn, given, insist=tries >= faq.PATIENCE))
    if not said.wishes and faq.reply(turn, said):
        return flow.repeat(turn, fill(turn.talk.back_to_question))
    turn.conversation = replace(turn.conversation, abstained=tries)
    again = turn.talk.not_an_answer
    if turn.conversation.abstained >= faq.PATIENCE:
        again = turn.talk.not_an_answer_again
    return flow.repeat(turn, fill(again))


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
    said = turn.understood(text)
    found = {**said.told, **read}
    values = [f for f in turn.knowledge.fields.values() if f.id in found and f.kind != "choice"]
    verdict = said.verdict
    leads = isinstance(verdict, Answer) and turn.knowledge.entries[verdict.id].next != "diagnose"
    leads = leads and not said.hands_over
    noted = flow.noted(turn, found) if len(found) == 1 else Html()  # of more there is a recap
    if found or turn.conversation.reminder is None:  # what a reminder will go on with stays known
        turn.draft = turn.draft.anew()
        flow.fill_slots(turn, found)
    if (values or len(found) > 1) and not leads:
        return flow.begin(turn, flow.DIAGNOSE, joined(lead, noted))
    if lead:
        turn.say(lead)
    if text and faq.reply(turn, said):
        return None
    if found:
        return flow.begin(turn, flow.DIAGNOSE, noted)
    return faq.abstain(turn)
