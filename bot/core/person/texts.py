"""What a person writes in the private chat: one order of precedence tells what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.content.script import FORM
from bot.core.model.events import Said
from bot.core.model.message import Item
from bot.core.model.ticket import Slot
from bot.core.person import (
    commands,
    courtesies,
    on_ticket,
    openings,
    pieces,
    ratings,
    remedies,
    replies,
    writing,
)
from bot.core.person.heard import Act, Heard, Test, first, wishes
from bot.core.talk import (
    carry,
    conflicts,
    diagnosing,
    faq,
    flow,
    interpret,
    premises,
    reopening,
    terms,
)
from bot.core.text.render import fill
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.core.understanding.intent import SHORT
from bot.matching import asks

_OWN_WAY = ("ticket", "restart", "direct", "lookup")
"""Wishes that say how somebody wants to go on."""
ROUNDS = 3
"""Messages in a row under one question that left all as it was."""


def said(turn: Turn, event: Said) -> None:
    """A text: a command, a wish, an answer to the question asked, or a question of its own."""
    item = carry.carried(turn, event)
    turn.note("person", event.who.name, carry.words(turn, item, event.text), item)
    if event.forwarded is not None or event.text.startswith("/"):
        settle(turn)
        return first(PRECEDENCE, turn, _heard(turn, event, item))
    before = turn.mark()
    _weigh(turn, _heard(turn, pieces.joined(turn, event), item))
    if turn.tentative and turn.knowledge.limits.pieces:
        turn.undo(before)
        pieces.hold(turn, event)
    return None


def settle(turn: Turn) -> None:
    """No more pieces come: what was held is a message like any other."""
    if (event := pieces.whole(turn)) is None:
        return
    now = turn.at, turn.message
    turn.at, turn.message = event.at, event.ref.message
    _weigh(turn, _heard(turn, event, carry.carried(turn, event)))
    turn.at, turn.message = now


def _act(turn: Turn, heard: Heard) -> None:
    """Do what a text is for. A question under which text after text leaves all as it was is given
    up, but for whoever asks for a moment.
    """
    before, stood = turn.mark(), _stands(turn)
    rounds = 1 + (turn.progress.rounds if turn.progress else 0)
    first(PRECEDENCE, turn, heard)
    if stood is None or _stands(turn) != stood or "wait" in heard.said.wishes:
        return
    assert turn.progress is not None
    turn.progress = replace(turn.progress, rounds=rounds)
    if rounds >= ROUNDS and (option := interpret.gives_up(turn)) is not None:
        turn.undo(before)
        flow.choose(turn, option, fill(turn.talk.never_mind))


def _stands(turn: Turn) -> object:
    """The question that waits and all that is known; None where none waits."""
    progress, draft = turn.progress, turn.draft
    if progress is None:
        return None
    return progress.flow, progress.step, progress.editing, draft.slots, draft.skipped


def _heard(turn: Turn, event: Said, item: Item) -> Heard:
    return Heard(event, item, turn.understood(event.text))


def _weigh(turn: Turn, heard: Heard) -> None:
    """Do what the person's own words are, with what they believe put right."""
    if not _has_one(turn) and "human" not in heard.said.wishes:
        premises.put_right(turn, heard.said)
    before = turn.conversation
    _act(turn, heard)
    if before.rating is not None:
        turn.conversation = replace(turn.conversation, rating=None)
    elif before.over == turn.conversation.over and not courtesies.says_nothing(heard.said):
        turn.conversation = replace(turn.conversation, over="")


def _forwarded(turn: Turn, heard: Heard) -> None:
    """What somebody else wrote: it may tell values, but wishes and answers nothing."""
    if turn.progress is None and turn.ticket is not None:
        return on_ticket.passed_on(turn, heard.event, heard.item)
    if turn.progress is None:
        return openings.hear(turn, heard.event.text)
    values = heard.said.values
    told = {key: Slot(v.text, v.warning) for key, v in values.items()}
    new = {key: slot for key, slot in told.items() if key not in turn.draft.slots}
    flow.fill_slots(turn, new)
    return flow.resume(turn, new) if new else flow.repeat(turn, fill(turn.talk.forwarded_seen))


def _leaves_question(turn: Turn, heard: Heard) -> None:
    wish = next(wish for wish in ("cancel", "back") if wish in heard.said.wishes)
    commands.WISHES[wish](turn)


def _settles(turn: Turn, heard: Heard) -> None:
    if (chosen := conflicts.answer(turn, heard.said)) is not None:
        flow.settle(turn, chosen)


def _goes_own_way(turn: Turn, heard: Heard) -> None:
    wish = next(wish for wish in _OWN_WAY if wish in heard.said.wishes)
    if turn.progress is None:
        diagnosing.hear(turn, heard.said)
    commands.WISHES[wish](turn)


def _solved_meanwhile(turn: Turn, heard: Heard) -> bool:
    """Whether it works now, said to a form whose question it does not answer."""
    return _is_filling(turn) and heard.said.is_solved and heard.said.words >= SHORT


def _is_filling(turn: Turn) -> bool:
    """Whether a form is being filled in."""
    return turn.progress is not None and turn.progress.flow == FORM


def _unasked(turn: Turn, heard: Heard) -> None:
    """A text when no question of a flow waits: a word on what the desk said, or a question."""
    picked, offered = _picked(turn, heard), turn.conversation.offered
    turn.conversation = replace(turn.conversation, offered=())
    if picked is not None:
        return faq.choose(turn, picked)
    if offered and not heard.said.wishes and not asks(heard.event.text):
        return openings.hear(turn, heard.event.text, passed_over=True)
    return first(UNASKED, turn, heard)


def _story(turn: Turn, heard: Heard) -> bool:
    """Whether a text tells what is the matter rather than how the last answer went."""
    went_before = turn.draft.matched or turn.conversation.reminder is not None
    return len(heard.said.slots) > bool(went_before)


def _is_unsolved(turn: Turn, said: Understood) -> bool:
    """Whether it says that it still does not work, after an answer also beside something else."""
    heard = said.wishes_in_part if turn.conversation.answered else frozenset[str]()
    return "unsolved" in said.wishes | heard


def _picked(turn: Turn, heard: Heard) -> str | None:
    """The entry that it picks by its place of those just offered: 2, 第二个."""
    offered, place = turn.conversation.offered, heard.said.place
    return offered[place] if place is not None and place < len(offered) else None


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
    (wishes("yes", "cancel"), lambda turn, heard: turn.say(fill(turn.talk.all_right))),
    (wishes("no"), lambda turn, heard: faq.stuck(turn)),
    (
        lambda turn, heard: openings.only_wonders(turn, heard.said),
        lambda turn, heard: faq.lead_on(turn, terms.meaning(turn, heard.said)),
    ),
    (lambda turn, heard: True, lambda turn, heard: openings.hear(turn, heard.event.text)),
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
        lambda turn, heard: openings.wants_human(turn, heard.said),
    ),
    (
        lambda turn, heard: _is_asked(turn, heard) and wishes("cancel", "back")(turn, heard),
        _leaves_question,
    ),
    (
        lambda turn, heard: "letter" in heard.said.wishes and not _has_one(turn),
        lambda turn, heard: writing.wished(turn, heard.event.text),
    ),
    (
        lambda turn, heard: (
            _is_asked(turn, heard) and conflicts.answer(turn, heard.said) is not None
        ),
        _settles,
    ),
    (
        lambda turn, heard: (
            _is_asked(turn, heard) and remedies.outcome(turn, heard.said) in remedies.WAITS
        ),
        lambda turn, heard: remedies.waits(turn, heard.said),
    ),
    (
        lambda turn, heard: _is_asked(turn, heard) and interpret.answers(turn, heard.said),
        lambda turn, heard: replies.take(turn, heard.said),
    ),
    (_solved_meanwhile, lambda turn, heard: commands.glad(turn)),
    (
        lambda turn, heard: _is_asked(turn, heard) and heard.said.term is not None,
        lambda turn, heard: replies.take(turn, heard.said),
    ),
    (
        lambda turn, heard: not _has_one(turn) and wishes(*_OWN_WAY)(turn, heard),
        _goes_own_way,
    ),
    (
        lambda turn, heard: _is_filling(turn) and "direct" in heard.said.wishes_in_part,
        lambda turn, heard: commands.human(turn),
    ),
    (
        lambda turn, heard: _is_asked(turn, heard) and courtesies.is_one(turn, heard.said),
        lambda turn, heard: courtesies.answer(turn, heard.said),
    ),
    (_is_asked, lambda turn, heard: replies.take(turn, heard.said)),
    (
        lambda turn, heard: turn.ticket is not None,
        lambda turn, heard: on_ticket.said(turn, heard.event, heard.item),
    ),
    (
        lambda turn, heard: ratings.is_comment(turn, heard.said),
        lambda turn, heard: ratings.commented(turn, heard.said),
    ),
    (wishes("solved"), lambda turn, heard: commands.glad(turn)),
    (
        lambda turn, heard: reopening.means(turn, heard.said),
        lambda turn, heard: reopening.said(turn, heard.item),
    ),
    (
        lambda turn, heard: _is_unsolved(turn, heard.said) and not _story(turn, heard),
        lambda turn, heard: faq.unsolved(turn),
    ),
    (
        lambda turn, heard: courtesies.is_one(turn, heard.said),
        lambda turn, heard: courtesies.answer(turn, heard.said),
    ),
    (lambda turn, heard: True, _unasked),
)
"""What a text is, the first that fits: somebody else's words, a command, a wish that holds
anywhere, an answer to the question of a flow, part of the open ticket, a word on the last answer,
or something of its own."""
