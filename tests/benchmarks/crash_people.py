"""Those who use the desk during the crash proof: taxpayers with tickets, and an agent."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import TypeVar

from bot.local_telegram import Person, Seen
from bot.local_telegram.client_api.routes import drawn
from tests.addresses import on_telegram
from tests.benchmarks.crash_desk import GROUPS, QUESTION
from tests.benchmarks.crash_wire import AGENT, Sent, Wire

T = TypeVar("T")
LINES = 3  # messages of each side in a ticket, at most
PAUSE = 0.3  # seconds between two of them, at most
PATIENCE = 100.0  # seconds for something to come, through as many lives as that takes
AGAIN = 3.0  # seconds after which a button is pressed again
PRESSES = 30
GROUP = GROUPS["frontline"]
NUMBER = re.compile(r"工单号\D*?(F\w+)")


class Stuck(Exception):
    """What a person waited for did not come."""


class Play:
    """Taxpayers who open one ticket after the other until it is `over`, and what they did.

    `tickets` are their numbers by taxpayer; `lines` the messages (chat, id) that belong to the
    other side, by the lane in which the desk says them; `asked` how often a question was put;
    `words` the messages of the agent in topics that a life may have left behind.
    """

    def __init__(self, wire: Wire) -> None:
        self.over = False
        self.tickets: dict[int, list[str]] = {}
        self.lines: dict[str, list[tuple[int, int]]] = {}
        self.asked = Counter[int]()
        self.words: list[tuple[int, int]] = []
        self._count = count(1)
        self._wire = wire
        self._world = wire.telegram.world

    async def run(self) -> None:
        """Until the last ticket that was opened before `over` is closed. Raises `Stuck`."""
        people = [self._wire.telegram.person(user.id) for user in self._wire.taxpayers]
        talks = [asyncio.ensure_future(self._talk(person)) for person in people]
        looking = asyncio.ensure_future(self._look_in(self._wire.telegram.person(AGENT)))
        try:
            await asyncio.gather(*talks)
        finally:
            for task in (*talks, looking):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    async def _look_in(self, agent: Person) -> None:
        """Write a word for colleagues in every topic that comes, and in what it takes the place of.

        A life that ended in between may not know the topic that it opened.
        """
        topics: list[Sent] = []
        while True:
            async with self._wire.news:
                await self._wire.news.wait_for(lambda: len(self._topics()) > len(topics))
            new = self._topics()[len(topics)]
            same = [old for old in topics if old.what.split()[0] == new.what.split()[0]]
            topics.append(new)
            for topic in (*same, new):
                word = await agent.says("// 看到了", chat=topic.chat, thread=topic.message)
                self.words.append((word.chat, word.id))

    def _topics(self) -> list[Sent]:
        return [sent for sent in self._wire.sent if sent.method == "createForumTopic"]

    async def _talk(self, person: Person) -> None:
        while not self.over:
            if self._wire.random.random() < 0.5:
                self.asked[person.id] += 1
                await person.says(QUESTION)
            await self._ticket(person, self._wire.telegram.person(AGENT))

    async def _ticket(self, person: Person, agent: Person) -> None:
        """One ticket, from the wish for a person to the word that it is solved."""
        since, user = len(self._wire.sent), person.id
        await person.says("转人工")
        await self._until("the offer", lambda: self._sees(user, since, "直接转人工"))
        opened = await self._press(
            person, "直接转人工", user, since, lambda: self._sees(user, since, "工单号")
        )
        found = NUMBER.search(opened.what)
        assert found is not None, opened
        number = found[1]
        self.tickets.setdefault(user, []).append(number)
        mine = f"{number}.*接单"
        card = await self._until("the card", lambda: self._sees(GROUP, since, mine))
        await self._press(
            agent, "接单", GROUP, since, lambda: self._sees(user, since, "已接单"), card
        )
        many = self._wire.random.randint(1, LINES)
        await asyncio.gather(
            self._say(person, many, f"room:{number}:frontline"),
            self._say(agent, many, f"chat:{on_telegram(user)}", GROUP, card.thread),
        )
        later = len(self._wire.sent)
        await self._press(
            agent, "解决", GROUP, since, lambda: self._sees(user, later, "解决了吗"), card
        )
        await self._press(person, "解决了", user, later, lambda: self._closed(number))

    async def _say(
        self,
        who: Person,
        many: int,
        lane: str,
        chat: int | None = None,
        thread: int | None = None,
    ) -> None:
        """Say so many lines, and wait until each has come to the other side: as a copy, or below a
        mark of who writes.
        """
        since, said = len(self._wire.sent), []
        for _ in range(many):
            await asyncio.sleep(self._wire.random.uniform(0, PAUSE))
            line = await who.says(f"第{next(self._count)}句", chat=chat, thread=thread)
            said.append(line)
            self.lines.setdefault(lane, []).append((line.chat, line.id))
        wanted = [(f"{line.chat} {line.id}", line.text) for line in said]

        def come() -> bool:
            there = [sent.what for sent in self._wire.sent[since:]]
            return all(any(w == copied or w.endswith(t) for w in there) for copied, t in wanted)

        await self._until(f"{len(said)} lines in {lane}", come)

    async def _press(
        self,
        who: Person,
        button: str,
        chat: int,
        since: int,
        find: Callable[[], T | None],
        card: Sent | None = None,
    ) -> T:
        """Press the newest button of this name, in `card`'s topic, and wait for what it brings.

        An answer may be lost with a desk, and a button be old by the time it is pressed: people
        press again then.
        """
        thread = card.thread if card else None
        for _ in range(PRESSES):
            there = [s for s in self._with(chat, since, f"{button}$") if s.thread == thread]
            pressing = asyncio.ensure_future(self._press_on(who, button, there[-1:]))
            with suppress(Stuck):
                try:
                    return await self._until(button, find, AGAIN)
                finally:
                    pressing.cancel()
                    await asyncio.gather(pressing, return_exceptions=True)
        raise Stuck(f"{button} brought nothing, pressed {PRESSES} times")

    async def _press_on(self, who: Person, button: str, messages: Sequence[Sent]) -> None:
        for each in messages:
            seen = self._shown(each, who.id)
            await who.presses(next(b for b in seen.buttons if b.endswith(button)), seen)

    def _shown(self, sent: Sent, viewer: int) -> Seen:
        return Seen.read(drawn(self._world.chats[sent.chat].messages[sent.message], viewer))

    def _with(self, chat: int, since: int, pattern: str) -> Iterator[Sent]:
        """The messages sent to this chat since then that have this text or button now."""
        wanted = re.compile(pattern, re.DOTALL | re.MULTILINE)
        for sent in self._wire.sent[since:]:
            if sent.chat == chat and sent.method == "sendMessage":
                shown = "\n".join([sent.what, *self._shown(sent, 0).buttons])
                if wanted.search(shown):
                    yield sent

    def _sees(self, chat: int, since: int, pattern: str) -> Sent | None:
        return next(self._with(chat, since, pattern), None)

    def _closed(self, number: str) -> bool:
        topics = self._world.chats[GROUP].topics.values()
        return any(number in topic.name and topic.closed for topic in topics)

    async def _until(self, what: str, find: Callable[[], T | None], seconds: float = PATIENCE) -> T:
        """What `find` finds, as soon as it does. Raises `Stuck`."""
        try:
            async with asyncio.timeout(seconds), self._wire.news:
                while not (found := find()):
                    await self._wire.news.wait()
                return found
        except TimeoutError:
            raise Stuck(f"{what} did not come in {seconds:.0f} s") from None
