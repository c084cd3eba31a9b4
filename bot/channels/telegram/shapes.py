"""The shapes of an update: every field that the desk reads, as core.telegram.org/bots/api has it.

What is read of further fields belongs in here as well. Fields that are not named pass unseen, so
what Telegram adds next year is no nonsense. No field is ever null there: it is left out.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

SIGNIFICANT = 2**52
"""Ids have at most 52 significant bits: core.telegram.org/bots/api#chat"""

Id = Annotated[int, Field(ge=-SIGNIFICANT, le=SIGNIFICANT)]
Size = Annotated[int, Field(ge=0, le=SIGNIFICANT)]
Moment = Annotated[int, Field(ge=0, le=253_402_300_799)]
"""Seconds since 1970, up to the year 9999."""
# As tuples: a list is copied wherever it is left out, which would take most of the time.
Entities = Annotated[tuple[dict[str, Any], ...], Field(strict=False)]


class Shape(BaseModel):
    """What a field holds is of its type already: a number in quotes is no number.

    What reads it is built with the first update, and for whole updates alone.
    """

    model_config = ConfigDict(strict=True, frozen=True, defer_build=True)


class User(Shape):
    id: Id
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False


class Chat(Shape):
    id: Id
    type: str
    title: str = ""


class SenderChat(Shape):
    id: Id
    title: str = ""


class Replied(Shape):
    message_id: Id
    topic: str = ""
    by_desk: bool = False


class Origin(Shape):
    """Who wrote a message first: each kind of `MessageOrigin` tells it by another field."""

    sender_user: User | None = None
    sender_user_name: str = ""
    sender_chat: SenderChat | None = None
    chat: SenderChat | None = None


class Elsewhere(Shape):
    origin: Origin


class Quote(Shape):
    text: str
    entities: Entities = ()


class Contact(Shape):
    phone_number: str = ""


class Media(Shape):
    """A file, or what is sent like one and has none."""

    file_id: str = ""
    file_unique_id: str = ""
    file_name: str = ""
    mime_type: str = ""
    file_size: Size = 0


_NOBODY = User(id=0, first_name="")
_NO_FILE = Media()


class Message(Shape):
    message_id: Id
    chat: Chat
    sender: User = Field(_NOBODY, alias="from")
    sender_chat: SenderChat = SenderChat(id=0)
    via_bot: User = _NOBODY
    forward_origin: Origin = Origin()
    is_automatic_forward: bool = False
    external_reply: Elsewhere = Elsewhere(origin=Origin())
    quote: Quote = Quote(text="")
    date: Moment = 0
    edit_date: Moment = 0
    message_thread_id: Id = 0
    is_topic_message: bool = False
    reply_to_message: Replied = Replied(message_id=0)
    migrate_to_chat_id: Id = 0
    migrate_from_chat_id: Id = 0
    text: str = ""
    caption: str = ""
    entities: Entities = ()
    caption_entities: Entities = ()
    media_group_id: str = ""
    contact: Contact = Contact()
    photo: Annotated[tuple[Media, ...], Field(min_length=1, strict=False)] = (_NO_FILE,)
    live_photo: Media = _NO_FILE
    animation: Media = _NO_FILE
    video: Media = _NO_FILE
    video_note: Media = _NO_FILE
    voice: Media = _NO_FILE
    audio: Media = _NO_FILE
    document: Media = _NO_FILE
    sticker: Media = _NO_FILE


class Press(Shape):
    id: str
    sender: User = Field(alias="from")
    data: str = ""
    message: Message | None = None


class InlineQuery(Shape):
    id: str
    sender: User = Field(alias="from")
    query: str
    offset: str = ""


class Member(Shape):
    status: str
    can_send_messages: bool = False


class Membership(Shape):
    chat: Chat
    sender: User = Field(alias="from")
    new_chat_member: Member


class Update(Shape):
    """One of these is there, or another kind that the desk does not read."""

    update_id: int = Field(ge=0)
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Press | None = None
    my_chat_member: Membership | None = None
    inline_query: InlineQuery | None = None
