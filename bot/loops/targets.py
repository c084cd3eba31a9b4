"""Where on the channel a place is now, and which message there is meant."""

from __future__ import annotations

from bot.channels import Refused, Target
from bot.core.model.effects import Chat, Group, Place, Role, Room
from bot.core.model.message import Ref
from bot.loops.desk import Desk
from bot.store.protocol import Deliver


async def target(desk: Desk[Deliver], place: Place, reply_to: Ref | None = None) -> Target:
    """Where this place is on the channel now. Raises `Refused` where it has no chat.

    A private chat never moves; asking the store would wait for the batch that is worked on.
    """
    if isinstance(place, Chat) and reply_to is None:
        return Target(place.address, private=True, thread=place.thread)
    return await desk.read(_find, desk, place, reply_to)


def _find(desk: Desk[Deliver], place: Place, reply_to: Ref | None) -> Target:
    chat = chat_of(desk, place)
    if chat is None:
        raise Refused("no_group", f"no group is set for tier {getattr(place, 'tier', '')!r}")
    store = desk.store
    reply, private = None, isinstance(place, Chat)
    if reply_to is not None:
        reply = there(desk, reply_to, chat)
    if isinstance(place, Role):
        return Target(chat, reply_to=reply)
    if not isinstance(place, Room):
        return Target(chat, private, place.thread, reply)
    room = store.rooms.room(place.ticket, place.tier)
    if room is not None and room.thread is not None:
        return Target(room.chat, thread=room.thread, reply_to=reply)
    return Target(chat, reply_to=reply or store.outbox.named(place, "card"))


def there(desk: Desk[Deliver], ref: Ref, chat: str) -> int | None:
    """What this message is in a chat: itself, or its counterpart."""
    return ref.message if ref.chat == chat else desk.store.outbox.counterpart(ref, chat)


async def chat_now(desk: Desk[Deliver], place: Place) -> str | None:
    """`chat_of`, without asking the store for one that never moves: it may be busy."""
    return place.address if isinstance(place, Chat) else await desk.read(chat_of, desk, place)


def chat_of(desk: Desk[Deliver], place: Place) -> str | None:
    """The address of the chat of a place; None where its tier has no group."""
    match place:
        case Chat():
            return place.address
        case Role():
            return desk.role(place.role)
        case Room() | Group():
            return desk.group(place.tier)
