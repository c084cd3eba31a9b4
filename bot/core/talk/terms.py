"""What a word of the trade means, told before whatever is said next."""

from __future__ import annotations

from bot.core.text.render import Html, marked
from bot.core.turn import Turn
from bot.core.understanding import Understood


def meaning(turn: Turn, said: Understood) -> Html:
    """What the word means of which a text asks; empty where it asks of none that is known."""
    term = turn.knowledge.glossary.get(said.term or "")
    return marked(term.text) if term is not None else Html()
