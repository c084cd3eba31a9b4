"""The stories' verbs on the terminal: people type lines, and see what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from bot.app import demo
from bot.app.terminal import groups, shown
from bot.channels.console import Console, Group, person
from bot.channels.console.board import Post
from bot.core.content.knowledge import Knowledge
from bot.core.model.message import Person, Ref
from bot.core.tickets.lifecycle import number_in
from bot.local_telegram.stories.story import PICTURE, Failed

Step = Mapping[str, Any]
Later = Callable[[float], Awaitable[None]]
PATIENCE = 8.0  # seconds for anything to come
MOST_QUESTIONS = 12
FILES = {"photo": "1.png", "document": "1.pdf"}


class Terminals:
    """The people of a story, each at a terminal of one channel; `folder` is for files."""

    def __init__(self, knowledge: Knowledge, folder: Path, *, topics: bool) -> None:
        everybody = (*demo.TAXPAYERS, *demo.AGENTS)
        self.people = {user.first_name: person(user.first_name, str(user.id)) for user in everybody}
        self.rooms = groups(knowledge, self._members)
        self.titles: dict[str, Group] = dict(self.rooms.values())
        self.console = Console(self.titles, self._show, folder)
        self.later: Later | None = None
        self._folder = folder
        self._topics = topics
        self._posts: list[Post] = []
        self._read: dict[tuple[str, str], int] = {}
        self._asked: dict[str, int] = {}
        self._typed: dict[Ref, str] = {}

    def _members(self, tier: int) -> list[str]:
        agents = demo.AGENTS[min(tier, len(demo.AGENTS) - 1) :]
        return [self.people[agent.first_name].address for agent in agents]

    def _show(self, post: Post) -> None:
        self._posts.append(post)

    def last(self) -> list[str]:
        """What was shown at last, as in a terminal."""
        return [shown(post, post.ref.chat) for post in self._posts[-12:]]

    async def play(self, steps: list[Step], later: Later) -> int:
        """Play all steps; returns how many there were. `later` lets time pass (seconds). Raises
        `Failed`.
        """
        self.later = later
        for number, step in enumerate(steps, 1):
            (verb,) = (VERBS[key] for key in step if key in VERBS)
            try:
                await verb(self, step)
            except Failed as error:
                raise Failed(f"step {number} {dict(step)}: {error}") from None
        return len(steps)

    def chat(self, step: Step) -> str:
        """The address of the chat of a step."""
        if "in" not in step:
            return self.person(step).address
        return next(at for at, group in self.titles.items() if group.title == step["in"])

    def person(self, step: Step) -> Person:
        return self.people[step["who"]]

    def posts(self, step: Step) -> list[Post]:
        """The messages of the chat of a step."""
        chat = self.chat(step)
        return [post for post in self._posts if post.ref.chat == chat and not post.note]

    async def type(self, step: Step, words: str, root: int | None = None) -> None:
        """Type a line; in a group behind the name of where it is meant: of the thread `root`, of
        the message that has `to`, of the newest ticket, or in a group without topics of itself.
        """
        chat, where = self.chat(step), ""
        if "in" in step:
            called = step.get("to") or step["in"]
            if root is not None or (self._topics and "to" not in step):
                called = await eventually(lambda: self._ticket(step, root), "a ticket")
            where = f"@{called} "
        else:
            self._asked[chat] = len(self._posts)
        ref = await self.console.type(self.person(step), where + words)
        self._typed.setdefault(ref, words)

    def _ticket(self, step: Step, root: int | None) -> str | None:
        cards = [post for post in self.posts(step) if post.ref.message == post.root]
        cards = [post for post in cards if root is None or post.root == root]
        return next(filter(None, (number_in(post.text) for post in reversed(cards))), None)

    def pressable(self, step: Step, label: str) -> tuple[int, int] | None:
        """The number of the newest button with this part of a label, and its message's root."""
        for post in reversed(self._posts[self._asked.get(self.chat(step), 0) :]):
            if post.ref.chat == self.chat(step) and step.get("on", "") in post.text:
                for number, name in post.buttons.items():
                    if label in name:
                        return number, post.root
        return None

    async def sees(self, step: Step, wanted: Callable[[Post], bool], what: str) -> Post:
        """Wait for the next message there that is wanted; it and all before it are then read."""
        at = (step["who"], self.chat(step))

        def look() -> Post | None:
            unread = self.posts(step)[self._read.get(at, 0) :]
            for number, post in enumerate(unread, self._read.get(at, 0) + 1):
                if wanted(post):
                    self._read[at] = number
                    return post
            return None

        seen: Post = await eventually(look, what)
        return seen

    def noted(self, step: Step, since: int, part: str) -> bool | None:
        """True where a note of since then has this part."""
        notes = [post for post in self._posts[since:] if post.note]
        here = [post for post in notes if post.ref.chat == self.chat(step)]
        return any(part in post.text for post in here) or None

    def replied_to(self, post: Post) -> str:
        """The text of the message that this one replies to."""
        if post.reply_to is None:
            return ""
        ref = Ref(post.ref.chat, post.reply_to)
        shown = {post.ref: post.text for post in self._posts if not post.note}
        return shown.get(ref) or self._typed.get(ref, "")

    def count(self) -> int:
        """How many messages and notes were shown by now."""
        return len(self._posts)

    def file(self, kind: str) -> Path:
        """A file of this kind to send."""
        path = self._folder / FILES[kind]
        path.write_bytes(PICTURE)
        return path


async def eventually(find: Callable[[], Any], what: str) -> Any:
    """What `find` returns once it is not None. Raises `Failed` after `PATIENCE`."""
    for _ in range(int(PATIENCE / 0.02)):
        if (found := find()) is not None:
            return found
        await asyncio.sleep(0.02)
    raise Failed(f"{what} did not come")


async def _says(at: Terminals, step: Step) -> None:
    await at.type(step, step["says"])


async def _sends(at: Terminals, step: Step) -> None:
    await at.type(step, f"{at.file(step['sends'])} {step.get('caption', '')}")


async def _presses(at: Terminals, step: Step) -> None:
    label, since = step["presses"], at.count()
    number, root = await eventually(lambda: at.pressable(step, label), f"a button {label!r}")
    await at.type(step, str(number), root or None)
    if toast := step.get("toast"):
        await eventually(lambda: at.noted(step, since, toast), f"the note {toast!r}")


async def _sees(at: Terminals, step: Step) -> None:
    part, kind = step["sees"], step.get("kind")
    seen = await at.sees(
        step, lambda post: part in post.text and kind in (None, post.kind), repr(part)
    )
    if step.get("reply_to", "") not in at.replied_to(seen):
        raise Failed("it does not reply to that")


async def _never_sees(at: Terminals, step: Step) -> None:
    if any(step["never_sees"] in post.text for post in at.posts(step)):
        raise Failed("it was said")


async def _answers(at: Terminals, step: Step) -> None:
    for _ in range(MOST_QUESTIONS):
        asked = await at.sees(step, lambda post: bool(post.buttons), "a question")
        if step["until"] in asked.text:
            return
        told = (answer for part, answer in step["answers"].items() if part in asked.text)
        await at.type(step, next(told, step["otherwise"]))
    raise Failed(f"{step['until']!r} was not said after {MOST_QUESTIONS} answers")


async def _later(at: Terminals, step: Step) -> None:
    assert at.later is not None
    await at.later(float(step["later"]) * 3600)


VERBS: Mapping[str, Callable[[Terminals, Step], Awaitable[None]]] = {
    "says": _says,
    "sends": _sends,
    "presses": _presses,
    "sees": _sees,
    "never_sees": _never_sees,
    "answers": _answers,
    "later": _later,
}
