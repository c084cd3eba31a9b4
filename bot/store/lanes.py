"""Lanes: what is carried out one after the other, and who waits for it."""

from __future__ import annotations

from bot.core.model.effects import (
    Chat,
    Edit,
    Group,
    Outgoing,
    Picture,
    Place,
    Read,
    Respond,
    Role,
    Room,
    Send,
    Topic,
)

PEOPLE = ("chat:", "press:", "read:")
NEWS = "news:"


def lane_of(effect: Outgoing) -> str:
    """The lane of a place; the answer to a press waits for nothing.

    News has lanes of its own, so that what a person waits for passes it, and so has what is read.
    """
    if isinstance(effect, Respond):
        return f"press:{effect.query}"
    lane = place_lane(effect.to)
    if isinstance(effect, Read):
        return f"read:{lane}"
    news = isinstance(effect, Send | Picture | Edit | Topic) and effect.news
    return f"{NEWS}{lane}" if news else lane


def place_lane(place: Place) -> str:
    match place:
        case Chat():
            return f"chat:{place.address}"
        case Room():
            return f"room:{place.ticket}:{place.tier}"
        case Group():
            return f"group:{place.tier}"
        case Role():
            return f"role:{place.role}"


def for_people(lane: str) -> bool:
    """Whether somebody in a private chat waits for what is in this lane."""
    return lane.startswith(PEOPLE)


def is_news(lane: str) -> bool:
    """Whether nobody waits for what is in this lane."""
    return lane.startswith(NEWS)
