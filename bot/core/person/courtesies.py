"""What wants no help, only an answer in a line: a greeting, thanks, haste, a word in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.person.cases import CASE
from bot.core.talk import faq, flow
from bot.core.text.render import fill
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.matching import Answer, Suggest, asks

# What it is answered when nothing was asked, and before the question that waits is asked again.
# None: whoever will answer in a while is left in peace.
COURTESIES: Mapping[str, Callable[[Turn], tuple[str, str | None]]] = {
    "wait": lambda turn: (turn.talk.no_hurry, None),
    "hello": lambda turn: (turn.talk.hello, turn.talk.here),
    "thanks": lambda turn: (turn.talk.welcome_again, turn.talk.welcome_again),
    "robot": lambda turn: (turn.talk.robot, turn.talk.robot),
    "why": lambda turn: (turn.talk.why_ask, flow.why(turn)),
    "guess": lambda turn: (turn.talk.guess_alone, turn.talk.guess),
    "confused": lambda turn: (turn.talk.plain_words, turn.talk.cannot_do),
    "haste": lambda turn: (turn.talk.in_haste, turn.talk.in_haste),
    "anger": lambda turn: (turn.talk.sorry, turn.talk.sorry),
    "smalltalk": lambda turn: (turn.talk.small, turn.talk.small),
    "bye": lambda turn: (turn.talk.goodbye, None),
}
LEADS_ON = frozenset({"haste", "anger", "guess"})
"""Those that name the ways on, which stand below them."""


def is_one(turn: Turn, said: Understood) -> bool:
    """Whether it wants no help, only an answer. In a flow only where it is all that was said."""
    if said.case >= CASE[Suggest]:
        return False
    if turn.progress is not None:
        return bool(said.wishes) and said.wishes <= COURTESIES.keys() and not said.slots
    return bool(said.wishes & COURTESIES.keys()) or _is_polite(said)


def says_nothing(said: Understood) -> bool:
    """Whether it is made of courtesies and closing words alone."""
    return said.closes or (bool(said.wishes) and said.wishes <= COURTESIES.keys())


def _is_polite(said: Understood) -> bool:
    """Whether some part of it is a courtesy, and no question stands beside it."""
    polite = said.wishes_in_part & COURTESIES.keys()
    return bool(polite) and not asks(said.text) and not isinstance(said.verdict, Answer)


def answer(turn: Turn, said: Understood) -> None:
    """Answer it; in a flow, the question is asked again."""
    wished = said.wishes & COURTESIES.keys() or said.wishes_in_part
    name = next(name for name in COURTESIES if name in wished)
    reply, before = COURTESIES[name](turn)
    if turn.progress is None and name in LEADS_ON:
        faq.lead_on(turn, fill(reply))
    elif turn.progress is None or before is None:
        turn.tentative = name == "hello"
        turn.say(fill(reply))
    else:
        flow.repeat(turn, fill(before))
