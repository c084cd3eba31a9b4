"""Plays the cells of one setting on a real desk and tells what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from bot.app import demo
from bot.core.content.knowledge import Knowledge
from bot.core.text.render import units
from bot.local_telegram import Attachment, LocalTelegram, Person, Seen
from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.world.message import Message
from bot.loops import Desk
from bot.store import Store
from tests.matrix.cells import REPLACED, UNKNOWN, WORDED
from tests.patience import PATIENCE

Outcome = Literal["arrived", "told", "answered", "lost", "twice", "not whole", "elsewhere"]

WANG, LI = 1001, 2001
GROUP = demo.FIRST_GROUP
WORDS = "步骤见 https://etax.example.cn #发票 @someone a@b.cn /help 粗体 链接"
MARKS = [
    {"type": "bold", "offset": WORDS.index("粗体"), "length": 2},
    {
        "type": "text_link",
        "offset": WORDS.index("链接"),
        "length": 2,
        "url": "https://hidden.example.cn/",
    },
]
FORWARDED = "钱 多多"
"""Who wrote what is forwarded: the stranger of the local Telegram."""


class Table:
    """The people of a setting, the desk between them, and what was there before a cell."""

    def __init__(self, telegram: LocalTelegram, desk: Desk[Store], setting: str) -> None:
        self.telegram, self.desk, self.setting = telegram, desk, setting
        self.wang, self.li = telegram.person(WANG), telegram.person(LI)
        self.by_agent = setting.startswith("agent")
        self.thread: int | None = None
        self.before: dict[int, int] = {}

    @property
    def writer(self) -> Person:
        return self.li if self.by_agent else self.wang

    @property
    def texts(self) -> Any:
        return self.desk.knowledge.texts

    def place(self) -> dict[str, Any]:
        """Where the writer writes."""
        if self.by_agent:
            return {"chat": GROUP, "thread": self.topic}
        return {"thread": self.thread} if self.thread else {}

    @property
    def topic(self) -> int | None:
        return max(self.telegram.world.chats[GROUP].topics, default=None)

    def chat_of(self, *, other: bool) -> int:
        """The chat of the writer, or of the `other` side."""
        return GROUP if self.by_agent != other else WANG

    async def begins(self) -> None:
        """With a ticket that 小李 owns, and a word of each that the other may answer."""
        talk, staff = self.texts.talk, self.texts.staff
        if self.setting == "newcomer":
            await self.wang.says("/start")
            return await self.settled()
        if self.setting == "person, topic":
            self.telegram.world.bot.json["has_topics_enabled"] = True
            self.telegram.world.bot.has_topics_enabled = True
            self.thread = await self.wang.opens_topic("发票")
        where: dict[str, Any] = {"thread": self.thread} if self.thread else {}
        await self.wang.says("/human", **where)
        await self.settled()
        await self.wang.presses(
            talk.button_human_now, await self.latest(WANG, talk.button_human_now)
        )
        await self.settled()
        await self.li.presses(staff.button_claim, await self.latest(GROUP, staff.button_claim))
        await self.settled()
        await self.wang.says("先红冲再重开吗", **where)
        await self.settled()
        card = None if self.topic else await self.latest(GROUP, "🎫")
        await self.li.says("请先看发票状态", chat=GROUP, thread=self.topic, reply_to=card)
        return await self.settled()

    async def latest(self, chat: int, part: str) -> Seen:
        """The bot's newest message there that has this in its text or on a button."""
        person, thread = (self.li, self.topic) if chat == GROUP else (self.wang, self.thread)
        said = await person.history(chat=chat, thread=thread)
        return next(
            seen
            for seen in reversed(said)
            if not seen.is_mine and (part in seen.text or any(part in b for b in seen.buttons))
        )

    async def settled(self) -> None:
        """Until the desk has nothing left to do."""
        async with asyncio.timeout(PATIENCE):
            while True:
                quiet = not self.telegram.world.updates.pending
                waiting = await self.desk.read(self.left)
                if quiet and not waiting:
                    return
                await asyncio.sleep(0.01)

    def left(self) -> int:
        return self.desk.store.inbox.backlog() + self.desk.store.outbox.backlog()

    async def becomes(self, kind: str, manner: str) -> Outcome:
        """Play one cell."""
        self.before = {c.id: max(c.messages, default=0) for c in self.chats()}
        sent = await self.sends(kind, manner)
        await self.settled()
        if manner == "edited":
            arrived = self.arrivals(self.original(sent))
            sent = await self.edits(sent, kind)
            await self.settled()
            if not arrived and self.told():
                return "told"
        return self.judged(self.original(sent), manner)

    def chats(self) -> Iterable[Any]:
        return self.telegram.world.chats.values()

    def original(self, seen: Seen) -> Message:
        return self.telegram.world.chats[seen.chat].messages[seen.id]

    async def sends(self, kind: str, manner: str) -> Seen:
        how: dict[str, Any] = self.place()
        if manner in ("reply", "quoted"):
            said = "先红冲再重开吗" if self.by_agent else "请先看发票状态"
            how["reply_to"] = await self.latest(self.chat_of(other=False), said)
            if manner == "quoted":
                how["quote"] = said[1:4]
        elif self.setting == "agent, flat":
            how["reply_to"] = await self.latest(GROUP, "🎫")
        if manner == "forwarded":
            how["forward_origin"] = "user"
        if kind == UNKNOWN:
            return await self.writer.sends_content({UNKNOWN: {"size": 3}}, **how)
        words = WORDS if manner == "entities" else "看这个"
        if manner == "entities":
            how["entities"] = MARKS
        if kind == "text":
            return await self.writer.says(words, **how)
        return await self.writer.sends_kind(kind, caption=words if kind in WORDED else "", **how)

    async def edits(self, sent: Seen, kind: str) -> Seen:
        if kind in REPLACED and kind != "text":
            file = Attachment("2.png", PICTURE + b" ", "image/png")
            return await self.writer.replaces(sent, file, kind=REPLACED[kind], caption="看那个")
        return await self.writer.edits(sent, "看那个")

    def new(self, chat: int) -> list[Message]:
        """What the bot has said there since."""
        messages = self.telegram.world.chats[chat].messages.values()
        bot = self.telegram.world.bot
        return [m for m in messages if m.sender is bot and m.id > self.before[chat]]

    def told(self) -> bool:
        """Whether the writer was told that it did not arrive."""
        staff, talk = self.texts.staff, self.texts.talk
        marks = [
            staff.undelivered.split("“")[0].strip(),
            staff.edit_lost.split("“")[0].strip(),
            talk.not_shown.split("{what}")[1],
        ]
        said = [m.text for m in self.new(self.chat_of(other=False))]
        return any(mark in text for mark in marks for text in said)

    def arrivals(self, original: Message) -> list[Message]:
        return [m for m in self.new(self.chat_of(other=True)) if same(original, m)]

    def judged(self, original: Message, manner: str) -> Outcome:
        if self.setting == "newcomer":
            return "answered" if self.new(WANG) else "lost"
        here = {WANG, GROUP}
        if any(self.new(c.id) for c in self.chats() if c.id not in here):
            return "elsewhere"
        arrived = self.arrivals(original)
        if not arrived:
            return "told" if self.told() else "lost"
        if len(arrived) > 1:
            return "twice"
        return "arrived" if self.is_whole(original, arrived[0], manner) else "not whole"

    def is_whole(self, original: Message, copy: Message, manner: str) -> bool:
        """Whether the copy says where it belongs, whose it is, and what it answers."""
        said = copy.json()
        topic = self.thread if self.by_agent else self.topic
        if copy.thread != topic and not (self.setting.endswith("flat") or topic is None):
            return False
        if manner in ("reply", "quoted") and "reply_to_message" not in said:
            return False
        around = self.leads(copy)
        if manner == "forwarded" and FORWARDED not in around:
            return False
        quoted = original.json().get("quote", {}).get("text", "")
        return manner != "quoted" or quoted in around

    def leads(self, copy: Message) -> str:
        """The copy's words, and those of the desk right above it."""
        above = [m.text for m in self.new(copy.chat.id) if m.id < copy.id][-1:]
        return "\n".join([*above, copy.text])


def same(original: Message, copy: Message) -> bool:
    """Whether a message of the bot says and shows what this one does."""
    if not copy.text.endswith(original.text):
        return False
    shift = units(copy.text) - units(original.text)
    marks = {(e["type"], e["offset"] + shift, e.get("url")) for e in original.entities}
    if not marks <= {(e["type"], e["offset"], e.get("url")) for e in copy.entities}:
        return False
    shown = {k: v for k, v in original.content.items() if k not in _WORDS}
    return all(_alike(k, v, copy.content.get(k)) for k, v in shown.items())


_WORDS = {"text", "entities", "caption", "caption_entities"}


def _alike(kind: str, here: Any, there: Any) -> bool:
    if there is None:
        return False
    if kind == "photo":
        return bool(here[-1]["file_unique_id"] == there[-1]["file_unique_id"])
    if isinstance(here, dict) and "file_unique_id" in here:
        return bool(here["file_unique_id"] == there["file_unique_id"])
    if kind == "dice":  # a copy is thrown anew
        return bool(here["emoji"] == there["emoji"])
    if kind == "poll":
        return bool(here["question"] == there["question"])
    if kind == "location":
        return all(here[name] == there[name] for name in ("latitude", "longitude"))
    return bool(here == there)


@asynccontextmanager
async def table(knowledge: Knowledge, folder: Path, setting: str) -> AsyncIterator[Table]:
    """A desk of its own for one setting."""
    telegram = demo.telegram_for(knowledge, topics=not setting.endswith("flat"))
    async with telegram, demo.desk_on(telegram, knowledge, folder / "desk.db") as desk:
        played = Table(telegram, desk, setting)
        await played.begins()
        yield played
