"""What somebody says to the question of a flow that waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.talk import conflicts, diagnosing, faq, flow, interpret, terms
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.understanding import TOLD_FROM, Understood
from bot.core.values.fields import Refused
from bot.matching import Answer, asks

VAGUELY = 0.25
"""Probability from which who corrects something is taken to tell a fact."""
Given = bool | Refused
"""Whether the question was answered, or why what was given cannot be right."""
Way = Callable[[Turn, Understood, Given], bool]
"""One way to take what answers nothing; False where it is not the one."""


def take(turn: Turn, said: Understood) -> None:
    """An answer to the current question; or else a question, after which it is asked again."""
    turn.foreword = joined(turn.foreword, terms.meaning(turn, said))
    diagnosing.hear(turn, said, asked=True)
    given = interpret.give(turn, said)
    if given is True:
        turn.conversation = replace(turn.conversation, abstained=0)
    elif not any(way(turn, said, given) for way in WAYS):
        _misses(turn)


def _corrects(turn: Turn, said: Understood, given: Given) -> bool:
    """Something was told wrong: what it says of facts counts, even where it says it vaguely."""
    if "correct" not in said.wishes:
        return False
    if told := said.sure(VAGUELY):
        flow.fill_slots(turn, told, corrects=True)
        flow.resume(turn, told)
    else:
        flow.insist(turn, fill(turn.talk.wrong_what))
    return True


def _hints(turn: Turn, said: Understood, given: Given) -> bool:
    """It says a good deal of the cause, and the question is passed over."""
    onward = interpret.gives_up(turn) if diagnosing.hints(said) else None
    if onward is None:
        return False
    diagnosing.hear(turn, said)
    flow.choose(turn, onward)
    return True


def _wonders(turn: Turn, said: Understood, given: Given) -> bool:
    """It asks what a word means, which is told with the question."""
    if not terms.meaning(turn, said):
        return False
    flow.repeat(turn)
    return True


def _told_before(turn: Turn, said: Understood, given: Given) -> bool:
    """Who says that they told it before is not asked again, where there is a way on."""
    progress, sorry = turn.progress, fill(turn.talk.asked_again)
    if "repeated" not in said.wishes or progress is None:
        return False
    if (option := interpret.gives_up(turn)) is not None:
        flow.choose(turn, option, sorry)
    elif flow.current(turn, progress).unread and not progress.editing:
        turn.foreword = joined(turn.foreword, sorry)
        flow.skip(turn)
    else:
        return False
    return True


def _why(turn: Turn, said: Understood, given: Given) -> bool:
    """Who wonders, beside what they say, what the question is for is told."""
    wonders = "why" in said.wishes_in_part
    if wonders:
        flow.repeat(turn, fill(flow.why(turn)))
    return wonders


def _thanks(turn: Turn, said: Understood, given: Given) -> bool:
    """Thanks for a remedy: it will be tried."""
    thanked = "thanks" in said.wishes_in_part and interpret.waits_for_remedy(turn)
    if thanked:
        flow.insist(turn, fill(turn.knowledge.texts.diagnosis.try_it))
    return thanked


def _is_known(turn: Turn, said: Understood, given: Given) -> bool:
    """It tells what was told before, and nothing else: once that is no reason not to understand.
    Said to a remedy, it is still so.
    """
    known = {key: slot.text for key, slot in turn.draft.slots.items()}
    told, tries = said.sure(TOLD_FROM), turn.conversation.abstained + 1
    again = bool(told) and all(known.get(key) == slot.text for key, slot in told.items())
    if not again or tries >= faq.PATIENCE:
        return False
    if (failed := interpret.still_so(turn, told)) is not None:
        flow.choose(turn, failed)
        return True
    turn.conversation = replace(turn.conversation, abstained=tries)
    flow.repeat(turn, fill(turn.talk.known_already))
    return True


def _refused(turn: Turn, said: Understood, given: Given) -> bool:
    """A value that cannot be right: why, and what would be."""
    if not isinstance(given, Refused) or isinstance(said.verdict, Answer):
        return False
    tries = turn.conversation.abstained + 1
    turn.conversation = replace(turn.conversation, abstained=tries)
    flow.insist(turn, _refusal(turn, given, insist=tries >= faq.PATIENCE))
    return True


def _asks(turn: Turn, said: Understood, given: Given) -> bool:
    """A question that the FAQ answers, after which the flow's own is asked again."""
    if said.wishes or not asks(said.text) or not isinstance(said.verdict, Answer):
        return False
    faq.reply(turn, said)
    flow.repeat(turn, fill(turn.talk.back_to_question))
    return True


def _gives_up(turn: Turn, said: Understood, given: Given) -> bool:
    """A question that led nowhere twice is passed over."""
    if turn.conversation.abstained + 1 < faq.PATIENCE:
        return False
    never_mind = fill(turn.talk.never_mind)
    if conflicts.asked(turn) is not None:
        flow.unsettled(turn, never_mind)
    elif (option := interpret.gives_up(turn)) is not None:
        flow.choose(turn, option, never_mind)
    else:
        return False
    turn.conversation = replace(turn.conversation, abstained=0)
    return True


WAYS: Sequence[Way] = (
    _corrects,
    _hints,
    _wonders,
    _told_before,
    _why,
    _thanks,
    _is_known,
    _refused,
    _asks,
    _gives_up,
)
"""What a text is that answers nothing, the first that fits."""


def _misses(turn: Turn) -> None:
    """It was not understood: say so, and that a human is there."""
    tries = turn.conversation.abstained + 1
    turn.conversation = replace(turn.conversation, abstained=tries)
    again = tries >= faq.PATIENCE
    flow.insist(turn, fill(turn.talk.not_an_answer_again if again else turn.talk.not_an_answer))


def _refusal(turn: Turn, refused: Refused, *, insist: bool) -> Html:
    """Why an answer cannot be taken; to `insist` on it again is not the only way on."""
    reason = fill(turn.knowledge.texts.fields[refused.reason], **refused.given)
    progress = turn.progress
    skips = progress is not None and flow.current(turn, progress).unread is not None
    return joined(reason, fill(turn.talk.may_skip)) if insist and skips else reason
