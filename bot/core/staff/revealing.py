"""What a room shows masked, shown whole to one agent; it never stands in the group."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import Reveal, button
from bot.core.model.effects import Room, Send
from bot.core.model.message import Person
from bot.core.model.ticket import Ticket
from bot.core.text.parts import parts
from bot.core.text.render import Html, escaped, fill, pages, plain, units
from bot.core.tickets import card
from bot.core.turn import Turn

ALERT = 200
"""UTF-16 units of an answer to a press, of which Telegram takes 200 characters:
core.telegram.org/bots/api#answercallbackquery"""
MOST_PARTS = 999
"""For the number of a part is left so much room."""


def over_the_press(turn: Turn, now: Ticket, agent: Person) -> str:
    """Show what the card hides over the press, at each press the next part, and keep who saw it."""
    staff, whole = turn.knowledge.texts.staff, plain(card.whole(turn, now))
    if not whole:
        return fill(staff.reveal_nothing)
    _saw(turn, agent)
    if units(whole) <= ALERT:
        return escaped(whole)
    widest = plain(fill(staff.reveal_part, part=MOST_PARTS, parts=MOST_PARTS))
    found = parts(whole, ALERT - units(f"\n{widest}"))
    part = now.revealed.get(agent.address, 0) % len(found)
    later = {**now.revealed, agent.address: part + 1}
    turn.put(replace(turn.named(now.number), revealed=later))
    where = fill(staff.reveal_part, part=part + 1, parts=len(found))
    return Html(f"{escaped(found[part])}\n{where}")


def alone(turn: Turn, now: Ticket, agent: Person) -> str:
    """Show all that the card hides to the agent alone, or tell them to press the button for it."""
    staff, room = turn.knowledge.texts.staff, Room(now.number, now.tier)
    whole = card.whole(turn, now)
    if not whole:
        return fill(staff.reveal_nothing)
    _saw(turn, agent)
    press = ((button(staff.button_reveal, Reveal(now.bound)),),)
    for page in pages(whole):
        turn.order(
            Send(
                to=room,
                text=page,
                buttons=press,
                only=agent.address,
                instead=fill(staff.reveal_press),
            )
        )
    return ""


def _saw(turn: Turn, agent: Person) -> None:
    turn.note("note", agent.name, plain(fill(turn.knowledge.texts.staff.revealed, who=agent.name)))
