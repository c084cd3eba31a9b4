"""What an agent is told that says no more than that it was done."""

from __future__ import annotations

from bot.core.content.knowledge import Knowledge
from bot.core.model.effects import Place, React
from bot.core.model.message import Ref
from bot.core.text.render import Html


class Receipt(Html):
    """An answer (HTML) that passes by at a press; on what was written a mark says as much."""

    __slots__ = ()


def marked(knowledge: Knowledge, to: Place, ref: Ref, told: str) -> React:
    """The mark on message `ref` that what it orders was done; `told` where none can be made."""
    return React(to=to, ref=ref, sign=knowledge.texts.agents.mark_done, text=told)
