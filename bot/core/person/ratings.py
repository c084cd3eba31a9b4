"""What a person thinks of how their ticket went: stars once, and a sentence if they like."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.buttons import Rate
from bot.core.model.conversation import Rating
from bot.core.model.effects import Edit, Room
from bot.core.model.record import Record
from bot.core.person import courtesies
from bot.core.person.cases import CASE, has_values
from bot.core.text import private
from bot.core.text.render import fill, shortened
from bot.core.tickets import lifecycle
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.matching import Answer, asks

STARS = lifecycle.STARS
COMMENT = timedelta(minutes=10)
"""In which a sentence may follow the stars."""
LONGEST = 200
"""Characters of it that are kept."""
ABOUT_IT = frozenset({*courtesies.COURTESIES, "solved", "yes"})
"""Wishes that a word on how it went may sound like."""


def pressed(turn: Turn, press: Rate) -> bool:
    """Keep the stars and tell the agents; False where they were given or the ticket goes on."""
    ticket = turn.tickets.get(press.ticket)
    if ticket is None or ticket.stars != 0 or ticket.status != "closed":
        return False
    if press.stars not in range(1, STARS + 1):
        return False
    texts = turn.knowledge.texts.progress
    turn.put(replace(ticket, stars=press.stars))
    rating = Rating(ticket.number, ticket.tier, press.stars, turn.at)
    turn.conversation = replace(turn.conversation, rating=rating)
    _record(turn, rating)
    key = lifecycle.closed_key(ticket)
    turn.order(Edit(to=turn.chat, key=key, buttons=lifecycle.ways_back(turn, ticket)))
    turn.say(fill(texts.rated, stars=_shown(press.stars)))
    told = fill(texts.room_rated, stars=_shown(press.stars))
    turn.tell_room(ticket, told, key="rating")
    return True


def is_comment(turn: Turn, said: Understood) -> bool:
    """Whether it is the word on how it went that may follow the stars, and nothing else."""
    rating = turn.conversation.rating
    if rating is None or turn.at - rating.at >= COMMENT:
        return False
    told = {key: slot for key, slot in said.slots.items() if key not in _reached(turn)}
    if courtesies.says_nothing(said) or said.wishes - ABOUT_IT or has_values(turn, told):
        return False
    asked = asks(said.text) or isinstance(said.verdict, Answer)
    return not asked and said.case < CASE[type(said.verdict)]


def _reached(turn: Turn) -> set[str]:
    """The fields of how somebody is reached, which tell nothing of an invoice."""
    return {field.id for field in turn.knowledge.fields.values() if field.kind == "contact"}


def commented(turn: Turn, said: Understood) -> None:
    """Keep it, masked, and show it beside the stars."""
    texts, rating = turn.knowledge.texts.progress, turn.conversation.rating
    assert rating is not None
    turn.conversation = replace(turn.conversation, rating=None)
    words = shortened(" ".join(private.hidden(said.text).split()), LONGEST)
    _record(turn, rating, words)
    told = fill(texts.room_commented, stars=_shown(rating.stars), text=words)
    turn.order(Edit(to=Room(rating.ticket, rating.tier), key="rating", text=told))
    turn.say(fill(texts.commented))


def _shown(stars: int) -> str:
    return "★" * stars + "☆" * (STARS - stars)


def _record(turn: Turn, rating: Rating, words: str = "") -> None:
    turn.record(
        Record(
            at=turn.at,
            kind="rating",
            what="commented" if words else "rated",
            role="person",
            ticket=rating.ticket,
            to_tier=rating.tier,
            how="words" if words else "button",
            value=str(rating.stars),
            question=words,
        )
    )
