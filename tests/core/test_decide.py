"""Whatever happens in whatever order, the promises hold; what happened can be replayed."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.core.case import Case, Ticket
from bot.core.decide import decide
from bot.core.effects import REASONS, Button, Chat, Edit, Relay, Respond, Room, Send, Topic
from bot.core.events import Pressed, Replied
from bot.core.message import Person
from bot.core.render import plain, units
from bot.core.ticket import TRANSITIONS

if TYPE_CHECKING:
    from tests.core.conftest import Talk

TEXTS = (
    "昨天开的发票在系统里查不到，<script>alert(1)</script>",
    "发票代码和号码印在哪里",
    "帮我写一首诗",
    "你好谢谢",
    "转人工",
    "退出",
    "上一步",
    "跳过",
    "对",
    "不对",
    "好了",
    "还是不行",
    "2",
    "12345678",
    "25112000000012345678",
    "2026年11月23日",
    "10000000000000000",
    "北京<某某>&商贸有限公司",
    "海淀区 13800001234 密码没错 同事也查不到",
    "&" * 4096,
    "长" * 4096,
    "",
    "/",
    "/start",
    "/start faq-query-just-issued",
    "/diagnose",
    "/human",
    "/ticket",
    "/cancel",
    "/delete",
    "/faq@desk_bot",
    "/nosuch",
)
NOTES = ("// 内部", "／／内部", "/note 内部", "/note@desk_bot 内部", "/note\n内部")
ORDERS = ("您好<b>", "/claim", "/ask", "/escalate", "/resolve", "/release@desk_bot", "/note", "/no")
FORGED = (
    *("", ":", "faq", "faq:", "shelf:x", "shelf:99", "flow", "flow:x", "helped", "resolved"),
    *("resolved:F2222", "withdraw", "withdraw:F2222", "delete", "delete:1", "opt", "val:1"),
    *("claim", "claim:", "claim:F2222:x", "ask:F2222:x", "escalate", "card:F2222", "x:y:z"),
)
LATEST = tuple(f"{verb}:now{rest}" for verb in ("opt", "val", "edit") for rest in ("", ":x", ":99"))
KINDS: tuple[Any, ...] = (
    *("photo", "document", "voice", "video", "audio", "sticker", "location", "contact", "other"),
)
AGENTS = (Person(7, "小李"), Person(8, "周工<"), Person(9, "路人"))
ONE_MOVE = {(a, b) for (a, _), b in TRANSITIONS.items()}
MOVES = ONE_MOVE | {(a, c) for (a, b), (x, c) in product(ONE_MOVE, repeat=2) if b == x}


class Walk:
    """Plays drawn steps, and looks after every one whether all promises held."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.notes: set[Any] = set()
        self.numbers: set[str] = set()

    def step(self, kind: str, n: int) -> None:
        before = self.talk.case
        happened = len(self.talk.events)
        getattr(self, kind)(n)
        if len(self.talk.events) > happened:
            self.check(before)

    # what may happen

    def say(self, n: int) -> None:
        self.talk.says(TEXTS[n % len(TEXTS)])

    def press(self, n: int) -> None:
        self._press(n, Chat, self.talk.presses)

    def press_latest(self, n: int) -> None:
        latest = next((e for e in self.talk.sent(Chat, slice(None)) if e.buttons), None)
        if latest is not None:
            buttons = [b for row in latest.buttons for b in row]
            self.talk.presses(buttons[n % len(buttons)])

    def forge(self, n: int) -> None:
        data = (*FORGED, *LATEST)[n % len(FORGED + LATEST)]
        self.talk.presses(Button("?", data.replace("now", str(self.talk.case.turn))))

    def attach(self, n: int) -> None:
        self.talk.attaches(KINDS[n % len(KINDS)], "说明<u>" if n % 2 else "")

    def album(self, n: int) -> None:
        self.talk.attaches("photo", "", album=f"a{n % 2}")

    def edit(self, n: int) -> None:
        self.talk.edits(self.talk.new_ref(), TEXTS[n % len(TEXTS)])

    def block(self, n: int) -> None:
        self.talk.blocks(bool(n % 2))

    def wake(self, n: int) -> None:
        if self.talk.timers:
            self.talk.wakes(sorted(self.talk.timers)[n % len(self.talk.timers)])

    def lose(self, n: int) -> None:
        effects = [e for e in self.talk.effects if isinstance(e, Send | Relay | Edit | Topic)]
        if effects:
            self.talk.loses(effects[n % len(effects)], REASONS[n % len(REASONS)], "<detail>")

    def agent_say(self, n: int) -> None:
        if self.talk.case.tickets:
            self.talk.agent_says(ORDERS[n % len(ORDERS)], **_agent(n))

    def agent_note(self, n: int) -> None:
        if self.talk.case.tickets:
            self.notes.add(self.talk.agent_says(NOTES[n % len(NOTES)], **_agent(n)))

    def agent_album(self, n: int) -> None:
        if self.talk.case.tickets:
            text = NOTES[0] if n % 5 == 0 else ""
            item = self.talk.agent_attaches(text, album=f"b{n % 2}", **_agent(n))
            if text:
                self.notes.add(item.ref)

    def agent_press(self, n: int) -> None:
        if self.talk.case.tickets:
            self._press(n, Room, lambda button: self.talk.agent_presses(button, **_agent(n)))

    def agent_forge(self, n: int) -> None:
        if self.talk.case.tickets:
            self.talk.agent_presses(Button("?", FORGED[n % len(FORGED)]), **_agent(n))

    def _press(self, n: int, place: Any, press: Callable[[Any], None]) -> None:
        sent = self.talk.sent(place, slice(None))
        buttons = [button for effect in sent for row in effect.buttons for button in row]
        if buttons:
            press(buttons[n % len(buttons)])

    # what must hold

    def check(self, before: Case) -> None:
        talk = self.talk
        open_tickets = [t for t in talk.case.tickets if t.status != "closed"]
        assert len(open_tickets) <= 1
        for ticket in talk.case.tickets:
            self.check_ticket(before.named(ticket.number), ticket)
        event = talk.events[-1]
        pressed = isinstance(event.what if isinstance(event, Replied) else event, Pressed)
        assert len(talk.responses) == pressed
        for effect in talk.effects:
            self.check_effect(effect)

    def check_ticket(self, old: Ticket | None, ticket: Ticket) -> None:
        if old is None:
            assert ticket.number not in self.numbers
            self.numbers.add(ticket.number)
            assert ticket.status == "new"
        elif old.status != ticket.status:
            assert (old.status, ticket.status) in MOVES
        tiers = [t.id for t in self.talk.knowledge.tiers.tiers]
        assert old is None or tiers.index(old.tier) <= tiers.index(ticket.tier)
        if ticket.status != "closed":
            assert (ticket.owner is None) == (ticket.status == "new")

    def check_effect(self, effect: Any) -> None:
        match effect:
            case Send() | Edit():
                assert units(plain(effect.text)) <= 4096
                assert plain(effect.text).strip() or isinstance(effect, Edit)
                assert set(re.findall("<[^>]*>?", effect.text)) <= {"<b>", "</b>"}
                assert effect.text.count("<b>") == effect.text.count("</b>")
                for button in (button for row in effect.buttons for button in row):
                    assert button.label
                    assert len(button.data.encode()) <= 64
                assert not isinstance(effect.to, Chat) or "内部" not in effect.text
            case Relay(to=Chat()):
                assert not self.talk.case.blocked
                assert not self.notes & {item.ref for item in effect.items}
                assert all(item.ref.chat < 0 for item in effect.items)
            case Respond():
                assert len(effect.text) <= 200
            case Topic():
                assert 0 < len(effect.title) <= 128


def _agent(n: int) -> dict[str, Any]:
    return {"who": AGENTS[n % 7 % 3], "member": n % 7 % 3 < 2}


def steps() -> st.SearchStrategy[list[tuple[str, int]]]:
    kinds = [name for name in vars(Walk) if not name.startswith(("_", "step", "check"))]
    often = ["say", "press_latest", "agent_press"] * 3
    return st.lists(
        st.tuples(st.sampled_from(kinds + often), st.integers(0, 10_000)), min_size=5, max_size=60
    )


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # making a long walk shorter takes minutes
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
@given(steps=steps(), ticket=st.booleans())
def test_every_promise_holds_whatever_happens(
    steps: list[tuple[str, int]], ticket: bool, new_talk: Callable[[], Talk]
) -> None:
    walk = Walk(new_talk())
    if ticket:
        walk.talk.gets_a_ticket(claimed=True)
        walk.numbers.add(walk.talk.ticket.number)
    for kind, n in steps:
        walk.step(kind, n)
    case = walk.talk.start
    for event, effects in zip(walk.talk.events, walk.talk.turns, strict=True):
        decision = decide(case, event, walk.talk.knowledge)
        case = decision.case
        assert decision.effects == effects
    assert case == walk.talk.case
