"""The terminal: one person, whose questions are decided like any other and answered in text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.core.content.knowledge import Knowledge
from bot.core.decide import decide
from bot.core.model.address import address
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Send
from bot.core.model.events import Said
from bot.core.model.message import Person, Ref
from bot.core.model.state import State
from bot.core.model.subject import conversation
from bot.core.text.render import plain


def ask(question: str, knowledge: Knowledge) -> Iterator[str]:
    """What the desk says to somebody who opens with this question, buttons in brackets."""
    here = address("console", 1)
    person = Person(here, "您")
    state = State(conversation=Conversation(id=conversation(here), address=here, person=person))
    said = Said(seq=1, at=datetime.now(UTC), who=person, ref=Ref(here, 1), text=question)
    for effect in decide(state, said, knowledge).effects:
        if isinstance(effect, Send):
            yield plain(effect.text)
            yield from ("  ".join(f"[{button.label}]" for button in row) for row in effect.buttons)
