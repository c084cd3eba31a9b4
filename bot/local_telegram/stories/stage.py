"""The people of a story while it is played, and the conversations they are in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local_telegram.examples.service_messages import SERVICE
from bot.local_telegram.people.person import Person
from bot.local_telegram.people.seen import Seen
from bot.local_telegram.server.telegram import LocalTelegram
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.feed import Change
from bot.local_telegram.world.message import Message

Step = Mapping[str, Any]
Tell = Callable[[str], None]
PATIENCE = 8.0  # seconds for anything to come


class Failed(AssertionError):
    """A step of the story did not come true."""


@dataclass
class Stage:
    """The people of a story and what each sent last; `later` lets time pass (seconds)."""

    telegram: LocalTelegram
    tell: Tell
    later: Callable[[float], Awaitable[None]] | None = None
    people: dict[str, Person] = field(default_factory=dict)
    last: dict[tuple[str, int | None], list[Seen]] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        if name not in self.people:
            ids = {user.first_name: id_ for id_, user in self.telegram.world.users.items()}
            if name not in ids:
                raise Failed(f"nobody is called {name!r}; there are: {sorted(ids)}")
            self.people[name] = self.telegram.person(ids[name])
        return self.people[name]

    async def conversation(self, step: Step) -> dict[str, Any]:
        """`chat` and `thread` of a step; waits until its topic is there.

        Without `in` it is the private chat, with a topic only where `topic` names one.
        """
        if not {"in", "topic"} & step.keys():
            return {}
        chat = self._chat(step)
        if not chat.is_forum and "topic" not in step:
            return {"chat": chat.id}
        wanted = step.get("topic", "")

        def newest() -> int | None:
            return max((i for i, t in chat.topics.items() if wanted in t.name), default=None)

        return {"chat": chat.id, "thread": await eventually(newest, f"a topic {wanted!r}")}

    def _chat(self, step: Step) -> Chat:
        chats = self.telegram.world.chats
        if "in" not in step:
            return chats[self.person(step["who"]).id]
        found = next((c for c in chats.values() if c.id < 0 and c.title == step["in"]), None)
        if found is None:
            raise Failed(f"no group {step['in']!r}")
        return found

    def keep(self, step: Step, conversation: Mapping[str, Any], sent: list[Seen]) -> None:
        """Remember what the person of a step sent last there."""
        self.last[step["who"], conversation.get("chat")] = sent

    def latest(self, step: Step, conversation: Mapping[str, Any]) -> Seen:
        """The first message of what the person of a step sent last there."""
        sent = self.last.get((step["who"], conversation.get("chat")))
        if sent is None:
            raise Failed(f"{step['who']} has sent nothing there")
        return sent[0]

    def oversees(self, change: Change) -> None:
        """Tell a new message: its sender, its words or its kind, and its buttons."""
        message = change.message
        if change.type != "message" or message is None or message.kind in SERVICE:
            return
        kind = "" if message.kind == "text" else f"<{message.kind}>"
        rows = (message.markup or {}).get("inline_keyboard", [])
        buttons = " ".join(f"[{button['text']}]" for row in rows for button in row)
        words = " ".join(filter(None, (kind, message.text)))
        self.tell(line_of(self._speaker(message), "\n".join(filter(None, (words, buttons)))))

    def _speaker(self, message: Message) -> str:
        chat, sender = message.chat, message.sender
        if chat.id < 0:
            return f"{sender.name} @{chat.title}"
        person = self.telegram.world.users[chat.id]
        return sender.name if sender is person else f"{sender.name} → {person.name}"

    async def close(self) -> None:
        for person in self.people.values():
            await person.close()


Verb = Callable[[Stage, Step], Awaitable[None]]


def step_line(step: Step, text: str) -> str:
    """A line of what the person of a step did."""
    where = f" @{step['in']}" if "in" in step else ""
    return line_of(f"{step['who']}{where}", text)


def line_of(who: str, text: str) -> str:
    """A line of what happened."""
    return f"{who} · " + text.replace("\n", "\n        ")


async def eventually(find: Callable[[], Any], what: str) -> Any:
    """What `find` returns once it is not None. Raises `Failed` after `PATIENCE`."""
    for _ in range(int(PATIENCE / 0.05)):
        if (found := find()) is not None:
            return found
        await asyncio.sleep(0.05)
    raise Failed(f"{what} did not come")
