"""A person at an app, for tests and stories: writes, presses, waits for answers."""

from __future__ import annotations

import json
from typing import Any, Unpack

import aiohttp

from bot.local_telegram.people.app import App, Refused
from bot.local_telegram.people.seen import Answered, Attachment, Offered, Seen
from bot.local_telegram.people.send_options import SendOptions, request_of

Json = dict[str, Any]


class Person(App):
    """A person at an app, over HTTP. Without `chat` everything is in the private chat with the bot.

    Whatever is sent may have any of `SendOptions`.
    """

    async def says(self, text: str, **options: Unpack[SendOptions]) -> Seen:
        """Send a text."""
        return await self._send(options, text=text)

    async def sends(
        self,
        *files: Attachment,
        kind: str = "document",
        caption: str = "",
        into: Seen | None = None,
        **options: Unpack[SendOptions],
    ) -> list[Seen]:
        """Send files; two or more make an album, which those sent `into` a message join.

        `kind`: photo, document, voice, video, audio, animation, video_note, live_photo, sticker.
        """
        about = request_of(self.id, options) | {"kind": kind, "caption": caption}
        if into is not None:
            about["media_group_id"] = into.raw["media_group_id"]
        sent = await self._post("send", data=_form(about, files))
        return [Seen.read(message) for message in sent["messages"]]

    async def sends_kind(
        self,
        kind: str,
        about: Json | None = None,
        *,
        caption: str = "",
        **options: Unpack[SendOptions],
    ) -> Seen:
        """Send an example of a kind, one of `EXAMPLES`; `about` changes its fields."""
        return await self._send(options, kind=kind, about=about or {}, caption=caption)

    async def sends_content(self, content: Json, **options: Unpack[SendOptions]) -> Seen:
        """Send a content of the Bot API as it stands, also of an unknown kind."""
        return await self._send(options, content=content)

    async def sends_sticker(self, emoji: str, **options: Unpack[SendOptions]) -> Seen:
        """Send a sticker."""
        return await self._send(options, sticker=emoji)

    async def sends_location(
        self, latitude: float, longitude: float, **options: Unpack[SendOptions]
    ) -> Seen:
        """Send a point on the map."""
        return await self._send(options, location={"latitude": latitude, "longitude": longitude})

    async def sends_contact(self, phone: str, name: str, **options: Unpack[SendOptions]) -> Seen:
        """Send a contact."""
        return await self._send(options, contact={"phone_number": phone, "first_name": name})

    async def forwards(self, *messages: Seen, **options: Unpack[SendOptions]) -> list[Seen]:
        """Forward messages of one chat that this person can see, by default to the bot."""
        about = {"from_chat": messages[0].chat, "messages": [message.id for message in messages]}
        sent = await self._post("forward", json=request_of(self.id, options) | about)
        return [Seen.read(message) for message in sent["messages"]]

    async def edits(
        self,
        message: Seen,
        text: str,
        *,
        date: int | None = None,
        entities: list[Json] | None = None,
    ) -> Seen:
        """Edit the text or the caption of one's own message; an empty caption is removed."""
        return await self._edit(message, text=text, date=date, entities=entities)

    async def replaces(
        self,
        message: Seen,
        file: Attachment,
        *,
        kind: str = "photo",
        caption: str | None = None,
        date: int | None = None,
    ) -> Seen:
        """Replace the file of one's own message; without `caption` the caption stays."""
        about = {"kind": kind, "caption": caption, "date": date}
        about |= {"user": self.id, "chat": message.chat, "message": message.id}
        edited = await self._post("edit", data=_form(about, [file]))
        return Seen.read(edited["messages"][0])

    async def replaces_with(self, message: Seen, content: Json, *, date: int | None = None) -> Seen:
        """Replace the content of one's own message."""
        return await self._edit(message, content=content, date=date)

    async def moves(
        self, message: Seen, latitude: float, longitude: float, *, date: int | None = None
    ) -> Seen:
        """Move a live location; degrees."""
        location = {"latitude": latitude, "longitude": longitude}
        return await self._edit(message, location=location, date=date)

    async def stops(self, message: Seen, *, date: int | None = None) -> Seen:
        """End a live location."""
        return await self._edit(message, stopped=True, date=date)

    async def reacts(self, message: Seen, emoji: str, *, date: int | None = None) -> None:
        """Put a reaction on a message, or take it away with an empty `emoji`."""
        about = {"user": self.id, "chat": message.chat, "message": message.id}
        await self._post("react", json=about | {"emoji": emoji, "date": date})

    async def deletes(self, message: Seen) -> None:
        """Delete one's own message."""
        where = {"user": self.id, "chat": message.chat, "message": message.id}
        await self._post("delete", json=where)

    async def presses(
        self,
        button: str,
        message: Seen | None = None,
        *,
        chat: int | None = None,
        thread: int | None = None,
    ) -> Answered:
        """Press a button, named by its label or its data, and wait for the bot's answer.

        Without `message`, on the latest message of the chat that has the button. Raises `Refused`
        when none has it.
        """
        if message is None:
            said = await self.history(chat=chat, thread=thread)
            having = [seen for seen in said if _data(seen, button) is not None]
            if not having:
                raise Refused(f"no message has a button {button!r}")
            message = having[-1]
        where = {"user": self.id, "chat": message.chat, "message": message.id}
        data = _data(message, button)
        return Answered(**await self._post("press", json=where | {"data": data or button}))

    async def asks(self, query: str, offset: str = "", *, chat: int | None = None) -> Offered:
        """Type `@bot query` in a chat, and wait for what the bot offers there."""
        about = {"user": self.id, "chat": chat or self.id, "query": query, "offset": offset}
        return Offered.read(await self._post("inline", json=about))

    async def chooses(self, title: str, page: Offered, **options: Unpack[SendOptions]) -> Seen:
        """Send what the bot offered under this title. Raises `Refused` when it offered no such."""
        found = next((each.id for each in page.results if each.title == title), title)
        about = {"page": page.id, "result": found}
        sent = await self._post("choose", json=request_of(self.id, options) | about)
        return Seen.read(sent["messages"][0])

    async def opens_topic(self, name: str = "", *, chat: int | None = None) -> int:
        """Create a topic and return its id; without a name Telegram names it."""
        about = {"user": self.id, "chat": chat or self.id, "action": "create", "name": name}
        created = await self._post("topic", json=about)
        thread: int = created["messages"][0]["message_thread_id"]
        return thread

    async def does(self, act: str, **what: Any) -> None:
        """Anything else of the client API: block, unblock, topic, leave, join, member."""
        await self._post(act, json={"user": self.id} | what)

    async def _send(self, options: SendOptions, **what: Any) -> Seen:
        sent = await self._post("send", json=request_of(self.id, options) | what)
        return Seen.read(sent["messages"][0])

    async def _edit(self, message: Seen, **what: Any) -> Seen:
        where = {"user": self.id, "chat": message.chat, "message": message.id}
        return Seen.read((await self._post("edit", json=where | what))["messages"][0])


def _form(about: Json, files: tuple[Attachment, ...] | list[Attachment]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in about.items():
        if value is not None:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for file in files:
        form.add_field("file", file.data, filename=file.name, content_type=file.mime)
    return form


def _data(seen: Seen, button: str) -> str | None:
    if button in seen.buttons:
        return seen.buttons[button]
    return button if button in seen.buttons.values() else None
