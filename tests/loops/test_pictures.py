"""Charts: shown with their text, whatever it takes said without them, and nobody waits for one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.app import demo
from bot.channels.console import Console, person
from bot.channels.telegram import Telegram
from bot.charts.drawer import Drawer
from bot.core.model.chart import Chart
from bot.core.model.effects import Chat, Edit, Outgoing, Picture, Place, Role, Send
from bot.core.model.roles import OPERATORS
from bot.core.model.subject import DESK
from bot.local_telegram.wire.answers import Answer
from bot.loops import Desk
from bot.loops.deliver import deliver as delivering
from bot.store import Store
from tests.addresses import on_telegram
from tests.charts.examples import TIERS
from tests.charts.fonts import ready
from tests.patience import PATIENCE

WANG, ZHOU = 1001, 2002
HER, TEAM = Chat(on_telegram(WANG)), Role(OPERATORS)
GROUP = demo.FIRST_GROUP - 1
TEXT = "<b>日报</b>：现有工单 63 单"
LONG = "<b>日报</b>" + "单" * 1023
BROKEN = Answer(500, {"ok": False, "error_code": 500, "description": "Internal Server Error"})
FORBIDDEN = Answer(
    400,
    {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: not enough rights to send photos to the chat",
    },
)


def png(width: int, height: int) -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "white").save(written, "png")
    return written.getvalue()


class Made:
    """Draws what a test gives it, when the test lets it."""

    def __init__(self, what: bytes | OSError | None = None) -> None:
        self.what = what or png(1080, 700)
        self.asked, self.free = asyncio.Event(), asyncio.Event()
        self.free.set()
        self.count = 0

    async def draw(self, chart: Chart) -> bytes:
        self.count += 1
        self.asked.set()
        await self.free.wait()
        if isinstance(self.what, OSError):
            raise self.what
        return self.what


class Orders(Drawer):
    """Draws nothing: what it does at a chart is this order of `tests.charts.unruly`."""

    def __init__(self, title: str) -> None:
        super().__init__(draws="tests.charts.unruly", seconds=0.5)
        self._title = title

    async def draw(self, chart: Chart) -> bytes:
        return await super().draw(replace(chart, title=self._title))


@pytest.fixture
def at_work(still: Any, running: Any) -> Any:
    """A desk that delivers, for the operators in the technical group, with this drawer."""

    @asynccontextmanager
    async def work(drawer: Any) -> AsyncIterator[Desk[Store]]:
        async with still() as desk:
            desk.drawer, desk._roles = drawer, {OPERATORS: on_telegram(GROUP)}
            async with running(delivering(desk)):
                yield desk

    return work


async def order(desk: Desk[Store], *effects: Outgoing) -> None:
    await desk.write(desk.store.outbox.put, DESK, effects, desk.clock())
    desk.ordered.set()


def picture(text: str = TEXT, to: Place = TEAM, *, news: bool = True) -> Picture:
    return Picture(to=to, chart=TIERS, text=text, key="digest", news=news)


async def done(desk: Desk[Store], but: int = 0) -> None:
    """Wait until nothing waits any more, but for so many orders."""
    async with asyncio.timeout(PATIENCE):
        while await desk.read(desk.store.outbox.backlog) > but:
            await asyncio.sleep(0.01)


async def history(telegram: Any) -> list[Any]:
    return [seen for seen in await telegram.person(ZHOU).history(chat=GROUP) if not seen.is_mine]


async def test_a_chart_is_drawn_and_shown_with_its_text_under_it(
    telegram: Any, at_work: Any
) -> None:
    drawer = Drawer()
    await ready(drawer)
    async with at_work(drawer) as desk:
        await order(desk, picture())
        seen = await telegram.person(ZHOU).sees(lambda s: "photo" in s.raw, 30, chat=GROUP)
        await done(desk)
    await drawer.close()
    assert seen.html == TEXT
    sent = telegram.world.files.by_id[seen.raw["photo"][-1]["file_id"]]
    with Image.open(BytesIO(sent.data)) as shown:
        assert shown.size[0] == 1080
    assert len(await history(telegram)) == 1


@pytest.mark.parametrize(("text", "kinds"), [(TEXT, ["photo"]), (LONG, ["photo", "text"])])
@pytest.mark.parametrize("news", [True, False])
async def test_what_is_said_with_a_chart_can_be_changed_by_its_key(
    telegram: Any, at_work: Any, text: str, kinds: list[str], news: bool
) -> None:
    async with at_work(Made()) as desk:
        await order(desk, picture(text, news=news))
        await order(desk, Edit(to=TEAM, key="digest", text="<b>改了</b>", news=news))
        await done(desk)
    shown = await history(telegram)
    assert [next(kind for kind in ("photo", "text") if kind in s.raw) for s in shown] == kinds
    assert [seen.html for seen in shown] == ["", "<b>改了</b>"][-len(shown) :]


async def test_a_text_that_is_just_too_long_to_stand_under_a_chart_follows_it(
    telegram: Any, at_work: Any
) -> None:
    fits = "<b>" + "单" * 1024 + "</b>"
    async with at_work(Made()) as desk:
        await order(desk, picture(fits), picture(LONG))
        await done(desk)
    assert [s.html for s in await history(telegram)] == [fits, "", LONG]


@pytest.mark.parametrize(
    ("drawer", "why"),
    [
        (lambda: Drawer(draws="tests.charts.fontless"), "no font has Chinese letters"),
        (lambda: Drawer(draws="tests.charts.nowhere"), "No module named"),
        (lambda: Orders("abort"), "its process ended 2 times"),
        (lambda: Orders("sleep"), "it takes over 0.5 s"),
        (lambda: Made(png(9000, 2000)), "hoto_invalid_dimensions"),
        (lambda: Made(b"no picture"), "mage_process_failed"),
    ],
    ids=["no font", "no library", "it dies twice", "too slow", "too large", "no picture"],
)
async def test_whatever_fails_the_text_goes_alone_and_the_log_says_why(
    telegram: Any,
    at_work: Any,
    caplog: pytest.LogCaptureFixture,
    drawer: Callable[[], Any],
    why: str,
) -> None:
    made = drawer()
    async with at_work(made) as desk:
        await order(desk, picture())
        await telegram.person(ZHOU).sees("日报", 30, chat=GROUP)
        await done(desk)
        assert await desk.read(desk.store.outbox.named, TEAM, "digest")
    if isinstance(made, Drawer):
        await made.close()
    assert [(s.html, "photo" in s.raw) for s in await history(telegram)] == [(TEXT, False)]
    (line,) = [m for m in caplog.messages if "picture" in m]
    assert why in line


async def test_where_photos_are_forbidden_the_text_goes_alone(
    telegram: Any, at_work: Any, faults: Any
) -> None:
    async def forbid(_: Any) -> Answer:
        return FORBIDDEN

    faults["sendPhoto"] = forbid
    async with at_work(Made()) as desk:
        await order(desk, picture())
        await done(desk)
    assert [s.html for s in await history(telegram)] == [TEXT]


async def test_an_outage_while_a_chart_is_sent_costs_no_second_one(
    telegram: Any, at_work: Any, faults: Any, hasty: None, clock: Any
) -> None:
    answers = [BROKEN, None]

    async def once(_: Any) -> Answer | None:
        clock.now += 60
        return answers.pop(0)

    faults["sendPhoto"] = once
    async with at_work(Made()) as desk:
        await order(desk, picture())
        while answers:
            desk.ordered.set()
            clock.now += 60
            await asyncio.sleep(0.01)
        await done(desk)
    assert [s.html for s in await history(telegram)] == [TEXT]


async def test_a_slow_drawing_holds_up_no_message(telegram: Any, at_work: Any) -> None:
    wang, zhou, drawer = telegram.person(WANG), telegram.person(ZHOU), Made()
    await wang.says("/start")
    drawer.free.clear()
    async with at_work(drawer) as desk:
        await order(desk, picture(), picture(to=HER))
        await drawer.asked.wait()
        await order(desk, Send(to=HER, text="您好"), Send(to=TEAM, text="有人在等"))
        await wang.sees("您好")
        await zhou.sees("有人在等", chat=GROUP)
        await done(desk, but=2)
        drawer.free.set()
        await done(desk)
        assert await wang.sees("日报")
    assert [s.text for s in await history(telegram)] == ["有人在等", "日报：现有工单 63 单"]


@pytest.mark.parametrize("sent", [False, True], ids=["before it is sent", "before that is kept"])
async def test_a_crash_repeats_at_most_the_picture_that_was_on_its_way(
    telegram: Any, at_work: Any, monkeypatch: pytest.MonkeyPatch, sent: bool
) -> None:
    there, show, drawer = asyncio.Event(), Telegram.show, Made()

    async def cut_off(self: Telegram, *given: Any) -> Any:
        if sent:
            await show(self, *given)
        there.set()
        await asyncio.Event().wait()

    async with at_work(drawer) as desk:
        await order(desk, Send(to=TEAM, text="早", news=True))
        await done(desk)
        monkeypatch.setattr(Telegram, "show", cut_off)
        await order(desk, picture(), Send(to=TEAM, text="晚", news=True))
        await there.wait()
    monkeypatch.undo()
    async with at_work(drawer) as desk:
        await done(desk)
    digest = "日报：现有工单 63 单"
    said = [s.text for s in await history(telegram)]
    assert said == ["早", *[digest] * (1 + sent), "晚"]
    assert drawer.count == 2


async def test_a_terminal_is_told_the_text_and_nothing_is_drawn(
    still: Any, running: Any, tmp_path: Path
) -> None:
    shown: list[str] = []
    drawer, you = Made(), person("您", "you")
    console = Console({}, lambda post: shown.append(post.text), tmp_path)
    async with still() as desk, running(delivering(desk)):
        desk.drawer, desk.channels["console"] = drawer, console
        await order(desk, picture(to=Chat(you.address)))
        await done(desk)
    assert shown == ["日报：现有工单 63 单"]
    assert not drawer.count


async def test_a_desk_without_a_drawer_says_the_text(telegram: Any, at_work: Any) -> None:
    async with at_work(None) as desk:
        await order(desk, picture())
        await done(desk)
    assert [s.html for s in await history(telegram)] == [TEXT]
