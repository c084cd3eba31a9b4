"""What waited for hours says less: of several answers to one person only the last is said, and of
how a tier stands what is newest.

It is decided when it is said, for only then is it known how long it waited and what came after it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import ANSWER, DIGEST, Outgoing, Picture, Send
from bot.core.text.render import fill, joined

OLD = 2 * 3600.0  # seconds after which somebody does not wait for each answer any more


def is_old(effect: Outgoing, waited: float) -> bool:
    """Whether an order that waited so long (seconds) may be left unsaid.

    What agents wrote, tickets and questions never are: only answers from the FAQ, which may be
    asked for again, and how a tier stood.
    """
    return waited >= OLD and (
        (isinstance(effect, Send) and effect.key.startswith(ANSWER))
        or (isinstance(effect, Picture) and effect.key == DIGEST)
    )


def said(effect: Outgoing, knowledge: Knowledge, *, unsaid: bool, follows: bool) -> Outgoing | None:
    """What an old answer says now; None where one that `follows` stands for it.

    The last one says that others were left `unsaid`.
    """
    if follows:
        return None
    if not unsaid or not isinstance(effect, Send):
        return effect
    return replace(effect, text=joined(fill(knowledge.texts.talk.outdated), effect.text))
