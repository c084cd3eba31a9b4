"""What somebody says to the question of a flow that waits for them."""

from __future__ import annotations

from dataclasses import replace

from bot.core.talk import conflicts, diagnosing, faq, flow, interpret
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.core.values.fields import Refused
from bot.matching import Answer, asks

VAGUELY = 0.25
"""Probability from which who corrects something is taken to tell a fact."""


def take(turn: Turn, said: Understood) -> None:
    """An answer to the current question; or else a question, after which it is asked again."""
    diagnosing.hear(turn, said, asked=True)
    given = interpret.give(turn, said)
    if given is True:
        turn.conversation = replace(turn.conversation, abstained=0)
        return None
    if "correct" in said.wishes:
        return _corrects(turn, said)
    if diagnosing.hints(said) and (onward := interpret.gives_up(turn)) is not None:
        diagnosing.hear(turn, said)
        return flow.choose(turn, onward)
    tries = turn.conversation.abstained + 1
    if isinstance(given, Refused) and not isinstance(said.verdict, Answer):
        turn.conversation = replace(turn.conversation, abstained=tries)
        return flow.insist(turn, _refusal(turn, given, insist=tries >= faq.PATIENCE))
    if not said.wishes and asks(said.text) and isinstance(said.verdict, Answer):
        faq.reply(turn, said)
        return flow.repeat(turn, fill(turn.talk.back_to_question))
    if tries >= faq.PATIENCE and conflicts.asked(turn) is not None:
        turn.conversation = replace(turn.conversation, abstained=0)
        return flow.unsettled(turn, fill(turn.talk.never_mind))
    if tries >= faq.PATIENCE and (option := interpret.gives_up(turn)) is not None:
        turn.conversation = replace(turn.conversation, abstained=0)
        return flow.choose(turn, option, fill(turn.talk.never_mind))
    turn.conversation = replace(turn.conversation, abstained=tries)
    again = turn.talk.not_an_answer
    if turn.conversation.abstained >= faq.PATIENCE:
        again = turn.talk.not_an_answer_again
    return flow.insist(turn, fill(again))


def _corrects(turn: Turn, said: Understood) -> None:
    """Something was told wrong: what it says of facts counts, even where it says it vaguely."""
    told = said.sure(VAGUELY)
    if not told:
        return flow.insist(turn, fill(turn.talk.wrong_what))
    flow.fill_slots(turn, told, corrects=True)
    return flow.resume(turn, told)


def _refusal(turn: Turn, refused: Refused, *, insist: bool) -> Html:
    """Why an answer cannot be taken; to `insist` on it again is not the only way on."""
    reason = fill(turn.knowledge.texts.fields[refused.reason], **refused.given)
    progress = turn.progress
    skips = progress is not None and flow.current(turn, progress).unread is not None
    return joined(reason, fill(turn.talk.may_skip)) if insist and skips else reason
