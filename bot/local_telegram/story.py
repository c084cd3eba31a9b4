"""A conversation written down, played by people on a local Telegram.

    steps = [
        { who = "王芳", says = "发票查不到" },
        { who = "王芳", sees = "哪天开的" },
        { who = "小李", in = "一线客服", presses = "接单", toast = "由您负责" },
    ]

`sees` waits for the next message, new or edited, that has this part. `in` is a group by its title;
in a forum its newest topic, or the newest that has `topic` in its title. `presses` names a part of
a label, on the newest message that has it.

`VERBS` lists what a step may do. A step that does not come true raises `Failed`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local_telegram.feed import Shown
from bot.local_telegram.person import Person, Refused
from bot.local_telegram.seen import Attachment, Seen
from bot.local_telegram.server import LocalTelegram
from bot.local_telegram.world import Message

Step = Mapping[str, Any]
Tell = Callable[[str], None]
KINDS = (
    *("photo", "document", "voice", "video", "audio", "sticker", "animation", "video_note"),
    *("location", "contact", "poll", "venue", "dice"),
)
"""What a message may be besides words: core.telegram.org/bots/api#message."""
PATIENCE = 8.0  # seconds for anything to come
# A picture of 2 x 2 points, the smallest that Telegram takes as a photo here.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001049444154789c6338"
    "516103440c100a002bce05f1d07aed5a0000000049454e44ae426082"
)


class Failed(AssertionError):
    """A step of the story did not come true."""


@dataclass
class Stage:
    """The people of a story and where they are; `later` lets time pass (seconds)."""

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

    async def place(self, step: Step) -> dict[str, Any]:
        """`chat` and `thread` of a step; waits for its topic to be there."""
        if "in" not in step:
            return {}
        chats = self.telegram.world.chats.values()
        chat = next((c for c in chats if c.id < 0 and c.title == step["in"]), None)
        if chat is None:
            raise Failed(f"no group {step['in']!r}")
        if not chat.is_forum:
            return {"chat": chat.id}
        wanted = step.get("topic", "")

        def newest() -> int | None:
            return max((i for i, t in chat.topics.items() if wanted in t.name), default=None)

        return {"chat": chat.id, "thread": await eventually(newest, f"a topic {wanted!r}")}

    def oversees(self, shown: Shown) -> None:
        """Tell a new message: who says it where, its words or what it is, and its buttons."""
        message = shown.message
        if shown.kind != "message" or message is None:
            return
        content = message.content
        words = content.get("text") or content.get("caption") or ""
        kinds = [f"<{kind}>" for kind in KINDS if kind in content]
        if not (words or kinds):
            return  # of Telegram itself: a topic was opened, its title changed
        rows = (message.markup or {}).get("inline_keyboard", [])
        buttons = " ".join(f"[{button['text']}]" for row in rows for button in row)
        parts = " ".join(part for part in (*kinds, words) if part)
        self.tell(_told(self._where(message), "\n".join(filter(None, (parts, buttons)))))

    def _where(self, message: Message) -> str:
        chat, sender = message.chat, message.sender
        if chat.id < 0:
            return f"{sender.first_name} @{chat.title}"
        reader = self.telegram.world.users[chat.id]
        return (
            sender.first_name if sender is reader else f"{sender.first_name} → {reader.first_name}"
        )

    async def close(self) -> None:
        for person in self.people.values():
            await person.close()


async def eventually(find: Callable[[], Any], what: str) -> Any:
    """What `find` gives once it gives something."""
    for _ in range(int(PATIENCE / 0.05)):
        if (found := find()) is not None:
            return found
        await asyncio.sleep(0.05)
    raise Failed(f"{what} did not come")


async def play(
    story: Mapping[str, Any],
    telegram: LocalTelegram,
    tell: Tell = lambda line: None,
    later: Callable[[float], Awaitable[None]] | None = None,
) -> int:
    """Play `story["steps"]` in order; returns how many there were. Raises `Failed`.

    Tells every message of every chat once, as it comes, and what people press and edit.
    """
    stage = Stage(telegram, tell, later)
    try:
        with telegram.world.feed.overseen(stage.oversees):
            await _play(story, stage)
    finally:
        await stage.close()
    return len(story["steps"])


async def _play(story: Mapping[str, Any], stage: Stage) -> None:
    for number, step in enumerate(story["steps"], 1):
        verbs = [verb for verb in VERBS if verb in step]
        if len(verbs) != 1:
            raise Failed(f"step {number} has not just one of {', '.join(VERBS)}: {step}")
        try:
            await VERBS[verbs[0]](stage, step)
        except (Failed, Refused, TimeoutError) as error:
            raise Failed(f"step {number} {dict(step)}: {error}") from None


async def _says(stage: Stage, step: Step) -> None:
    person, place = stage.person(step["who"]), await stage.place(step)
    reply = None
    if "to" in step:
        reply = await _message(person, place, step["to"])
    sent = await person.says(step["says"], reply_to=reply, **place)
    stage.last[step["who"], place.get("chat")] = [sent]


async def _message(person: Person, place: Mapping[str, Any], part: str) -> Seen:
    having = [seen for seen in await person.history(**place) if part in seen.text]
    if not having:
        raise Failed(f"no message with {part!r}")
    return having[-1]


async def _sees(stage: Stage, step: Step) -> None:
    person, place = stage.person(step["who"]), await stage.place(step)
    seen = await person.sees(_wanted(step), PATIENCE, **place)
    if step.get("reply_to", "") not in seen.raw.get("reply_to_message", {}).get("text", ""):
        raise Failed(f"it replies to {seen.raw.get('reply_to_message', {}).get('text')!r}")


def _wanted(step: Step) -> Callable[[Seen], bool]:
    what, kind = step["sees"], step.get("kind")
    return lambda seen: what in seen.text and (kind is None or kind in seen.raw)


async def _never_sees(stage: Stage, step: Step) -> None:
    """Nothing that was said until now has it."""
    person, place = stage.person(step["who"]), await stage.place(step)
    said = [seen.text for seen in await person.history(**place) if not seen.is_mine]
    if any(step["never_sees"] in text for text in said):
        raise Failed("it was said")


async def _presses(stage: Stage, step: Step) -> None:
    person, place = stage.person(step["who"]), await stage.place(step)
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (found := await _button(person, place, step)) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise Failed("no message has such a button")
        await asyncio.sleep(0.05)
    seen, label = found
    stage.tell(_line(step, f"[{label}]"))
    answer = await person.presses(label, seen)
    if not answer.answered:
        raise Failed("the press was not answered")
    if step.get("toast", "") not in (answer.text or ""):
        raise Failed(f"the press was answered {answer.text!r}")


async def _button(person: Person, place: Mapping[str, Any], step: Step) -> tuple[Seen, str] | None:
    said = [seen for seen in await person.history(**place) if step.get("on", "") in seen.text]
    for seen in reversed(said):
        for label in seen.buttons:
            if step["presses"] in label:
                return seen, label
    return None


async def _sends(stage: Stage, step: Step) -> None:
    person, place = stage.person(step["who"]), await stage.place(step)
    kind, count = step["sends"], step.get("count", 1)
    name, mime = ("1.png", "image/png") if kind == "photo" else ("1.pdf", "application/pdf")
    files = [Attachment(name, PICTURE, mime) for _ in range(count)]
    sent = await person.sends(*files, kind=kind, caption=step.get("caption", ""), **place)
    stage.last[step["who"], place.get("chat")] = sent


async def _sticker(stage: Stage, step: Step) -> None:
    await stage.person(step["who"]).sends_sticker(step["sticker"], **await stage.place(step))


async def _location(stage: Stage, step: Step) -> None:
    latitude, longitude = step["location"]
    place = await stage.place(step)
    await stage.person(step["who"]).sends_location(latitude, longitude, **place)


async def _contact(stage: Stage, step: Step) -> None:
    place = await stage.place(step)
    await stage.person(step["who"]).sends_contact(step["contact"], step["who"], **place)


async def _edits(stage: Stage, step: Step) -> None:
    """Edit what this person wrote last there."""
    place = await stage.place(step)
    last = stage.last[step["who"], place.get("chat")][0]
    await stage.person(step["who"]).edits(last, step["edits"])
    stage.tell(_line(step, f"(edited) {step['edits']}"))


async def _does(stage: Stage, step: Step) -> None:
    """Anything else of the client API: block, unblock, leave, join, topic with `action`."""
    place = await stage.place(step)
    about = {"action": step["action"]} if "action" in step else {}
    await stage.person(step["who"]).does(step["does"], **place, **about)


async def _later(stage: Stage, step: Step) -> None:
    if stage.later is None:
        raise Failed("time cannot pass here")
    hours = float(step["later"])
    await stage.later(hours * 3600)
    stage.tell(f"… {hours:g} h later")


async def _topic_title(stage: Stage, step: Step) -> None:
    """The topic's title comes to have this, and with `closed` the topic comes to be so."""
    place = await stage.place(step)
    topic = stage.telegram.world.chats[place["chat"]].topics[place["thread"]]

    def right() -> bool | None:
        same = topic.closed == step.get("closed", topic.closed)
        return True if step["topic_title"] in topic.name and same else None

    await eventually(right, f"title {step['topic_title']!r}, being {topic.name!r},")


def _line(step: Step, text: str) -> str:
    where = f" @{step['in']}" if "in" in step else ""
    return _told(f"{step['who']}{where}", text)


def _told(who: str, text: str) -> str:
    return f"{who} · " + text.replace("\n", "\n        ")


VERBS: Mapping[str, Callable[[Stage, Step], Awaitable[None]]] = {
    "says": _says,
    "sees": _sees,
    "never_sees": _never_sees,
    "presses": _presses,
    "sends": _sends,
    "sticker": _sticker,
    "location": _location,
    "contact": _contact,
    "edits": _edits,
    "does": _does,
    "later": _later,
    "topic_title": _topic_title,
}
