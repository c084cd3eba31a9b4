"""`/mydata`: a person gets all that is kept of them, as a file in their own chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil

from bot.core.model.effects import Export
from bot.core.talk import flow
from bot.core.text import clock
from bot.core.text.render import fill, plain
from bot.core.turn import Turn

AGAIN = timedelta(hours=1)
"""Until when the last file is new enough: making one reads all that was ever said."""


def asked(turn: Turn, payload: str = "") -> None:
    """Send it; who has one from just now is told when there will be another."""
    texts, last = turn.knowledge.texts.mydata, turn.conversation.exported_at
    if last is not None and clock.within(turn.at, last, AGAIN):
        minutes = ceil((last + AGAIN - turn.at).total_seconds() / 60)
        return turn.say(fill(texts.too_soon, minutes=minutes))
    turn.conversation = replace(turn.conversation, exported_at=turn.at)
    caption = fill(texts.caption)
    turn.order(Export(to=turn.chat, text=caption))
    return turn.note("desk", "", plain(caption))


def lost(turn: Turn) -> None:
    """It could not be sent: the person is told, and may ask again at once."""
    turn.conversation = replace(turn.conversation, exported_at=None)
    turn.say(fill(turn.knowledge.texts.mydata.unsent))
    if turn.progress is not None:
        flow.repeat(turn, fill(turn.talk.back_to_question))
