"""What somebody says to a remedy that neither helped nor failed: they ask back, or are trying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.content.diagnosis import Cause
from bot.core.person import commands
from bot.core.talk import faq, flow, interpret, terms
from bot.core.text.render import fill, joined, marked
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.matching import Answer


def outcome(turn: Turn, said: Understood) -> str:
    """How the remedy went that was told last, or what is wished after it; "" where none waits."""
    return (said.outcome or "") if interpret.waits_for_remedy(turn) else ""


def waits(turn: Turn, said: Understood) -> None:
    """What is said to this, after which the remedy still waits."""
    WAITS[outcome(turn, said)](turn, said)


def _asks_back(turn: Turn, said: Understood) -> None:
    """A question about the remedy is answered where the FAQ can; else the remedy is told once more,
    which often answers it, and then a human is offered.
    """
    texts, conversation = turn.knowledge.texts.diagnosis, turn.conversation
    if meaning := terms.meaning(turn, said):
        return flow.insist(turn, meaning)
    if isinstance(said.verdict, Answer):
        faq.reply(turn, said)
        return flow.repeat(turn, fill(turn.talk.back_to_question))
    turn.conversation = replace(conversation, abstained=conversation.abstained + 1)
    cause = _told(turn)
    if cause is None or conversation.abstained:
        return flow.insist(turn, fill(texts.cannot_explain))
    again = marked(cause.remedy), marked(cause.check or texts.check)
    return flow.insist(turn, joined(fill(texts.once_more), *again))


def _told(turn: Turn) -> Cause | None:
    """The cause whose remedy waits."""
    progress = turn.progress
    step = flow.current(turn, progress) if progress is not None else None
    causes = turn.knowledge.diagnosis.causes
    return causes.get(step.cause or "") if step is not None else None


def _tries(turn: Turn, said: Understood) -> None:
    flow.insist(turn, fill(turn.knowledge.texts.diagnosis.try_it))


def _cannot_try(turn: Turn, said: Understood) -> None:
    flow.insist(turn, fill(turn.knowledge.texts.diagnosis.cannot_try))


WAITS: Mapping[str, Callable[[Turn, Understood], None]] = {
    "human": lambda turn, said: commands.human(turn),
    "asks": _asks_back,
    "doing": _tries,
    "unsure": _cannot_try,
}
"""What is done with the outcomes that leave a remedy waiting, and with the wish for a human."""
