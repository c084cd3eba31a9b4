"""What goes wrong between this Telegram and its bot: by rule, or at random from a seed.

    faults = Faults()
    faults.on("sendMessage", "reset after", chat=1001)     # the next one to that chat
    faults.on("copyMessage", too_many(3), nth=2, times=5)  # any refusal in Telegram's own words
    faults.on_update("twice")

    faults.at_random(0.05, seed=7)  # one call or update in twenty, and in every run the same ones

A `Trouble` befalls a call: an answer that is not the one due, or none at all, and whether the call
took effect all the same. A `Twist` befalls an update on its way to the bot.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.local_telegram.errors import ApiError, bad_request, forbidden, too_many

Json = dict[str, Any]
Twist = Literal["twice", "late", "jump", "broken"]

TWISTS: Mapping[Twist, str] = {
    "twice": "it is handed over again after it was confirmed",
    "late": "the one after it comes first",
    "jump": "its number is far from the one before",
    "broken": "its sender has no name, which no bot can expect",
}
JUMP = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and body; bytes are sent as they are."""

    status: int
    body: Json | bytes


class Dropped(Exception):
    """The connection is cut instead of an answer."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """`wrong` comes instead of the answer; `after`: the call took effect all the same.

    "reset" cuts the connection and "silence" never answers.
    """

    wrong: ApiError | Answer | Literal["reset", "silence"]
    after: bool = False

    async def befall(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """What the bot is answered. Raises `ApiError` or `Dropped`."""
        if self.after:
            await call()
        if isinstance(self.wrong, ApiError):
            raise self.wrong
        if isinstance(self.wrong, Answer):
            return self.wrong
        if self.wrong == "silence":
            await asyncio.Event().wait()  # until the bot hangs up
        raise Dropped


BAD_GATEWAY = Answer(502, b"<html><h1>502 Bad Gateway</h1></html>")
GARBAGE = Answer(200, b'{"ok":true,"result":{"message_id":')

PASSING: Mapping[str, Trouble] = {
    "too many": Trouble(too_many(1)),
    "error 500": Trouble(ApiError(500, "Internal Server Error")),
    "error 500 after": Trouble(ApiError(500, "Internal Server Error"), after=True),
    "bad gateway": Trouble(BAD_GATEWAY),
    "bad gateway after": Trouble(BAD_GATEWAY, after=True),
    "reset": Trouble("reset"),
    "reset after": Trouble("reset", after=True),
    "garbage": Trouble(GARBAGE),
    "garbage after": Trouble(GARBAGE, after=True),
    "timeout": Trouble("silence"),
    "timeout after": Trouble("silence", after=True),
}
"""What passes: the same call succeeds another time."""

LASTING: Mapping[str, Trouble] = {
    "blocked": Trouble(forbidden("bot was blocked by the user")),
    "kicked": Trouble(forbidden("bot was kicked from the supergroup chat")),
    "unreadable": Trouble(bad_request("can't parse entities: unsupported start tag at offset 0")),
    "no topic": Trouble(bad_request("message thread not found")),
    "topic closed": Trouble(bad_request("TOPIC_CLOSED")),
    "nothing to edit": Trouble(bad_request("message to edit not found")),
    "nothing to copy": Trouble(bad_request("message to copy not found")),
    "too big": Trouble(bad_request("file is too big")),
    "too large": Trouble(ApiError(413, "Request Entity Too Large")),
}
"""What does not pass by trying again."""

TROUBLES = {**PASSING, **LASTING}
SWIFT = tuple(name for name in PASSING if not name.startswith("timeout"))
"""What happens at random unless told otherwise: a silence would only make a run long."""


@dataclass(slots=True)
class Rule:
    """Which calls or updates something befalls: of one chat, from the `nth` one on, so often."""

    what: Any
    chat: int | None
    nth: int
    times: int | None

    def meets(self, chat: int | None) -> bool:
        """Whether it befalls this one, which then counts."""
        if self.chat not in (None, chat) or self.times == 0:
            return False
        self.nth -= 1
        if self.nth > 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(frozen=True, slots=True)
class Happened:
    """One call or update ("update") that something befell."""

    to: str
    what: Any
    chat: int | None


class Faults:
    """Decides what befalls each call and update; `happened` keeps the latest of it."""

    def __init__(self) -> None:
        self.happened: deque[Happened] = deque(maxlen=10_000)
        self._rules: dict[str, list[Rule]] = {}
        self.clear()

    def clear(self) -> None:
        """From now on all is well."""
        self._rules.clear()
        self.at_random(0.0, seed=0)

    def at_random(
        self,
        rate: float,
        *,
        seed: int,
        kinds: Collection[str] = SWIFT,
        twists: Collection[Twist] = ("twice", "late"),
        methods: Collection[str] = (),
    ) -> None:
        """Of all calls and updates, `rate` (0 to 1) are befallen by one of `kinds` or `twists`.

        `methods`: the calls that it may be, all if empty.
        """
        self._rate, self._dice = rate, random.Random(seed)
        self._kinds, self._twists = sorted(kinds), sorted(twists)
        self._methods = frozenset(methods)

    def on(
        self,
        method: str,
        trouble: str | ApiError | Trouble,
        *,
        chat: int | None = None,
        nth: int = 1,
        times: int | None = 1,
    ) -> Rule:
        """Trouble for the `nth` call of `method` from now on and those after, `times` in all.

        `times` None: until `clear`. Raises `KeyError` for a name that is not in `TROUBLES`.
        """
        if isinstance(trouble, ApiError):
            trouble = Trouble(trouble)
        what = TROUBLES[trouble] if isinstance(trouble, str) else trouble
        return self._add(method.lower(), Rule(what, chat, nth, times))

    def on_update(
        self, twist: Twist, *, chat: int | None = None, nth: int = 1, times: int | None = 1
    ) -> Rule:
        """A twist for the `nth` update from now on and those after, `times` in all."""
        return self._add("update", Rule(twist, chat, nth, times))

    def _add(self, to: str, rule: Rule) -> Rule:
        self._rules.setdefault(to, []).append(rule)
        return rule

    def call(self, method: str, chat: int | None) -> Trouble | None:
        """What befalls this call."""
        drawn = None
        if not self._methods or method in self._methods:
            drawn = self._drawn(self._kinds)
        trouble: Trouble | None = self._ruled(method.lower(), chat)
        if trouble is None and drawn is not None:
            trouble = TROUBLES[drawn]
        self._note(method, trouble, chat)
        return trouble

    def update(self, chat: int | None) -> Twist | None:
        """What befalls this update."""
        drawn = self._drawn(self._twists)
        twist: Twist | None = self._ruled("update", chat) or drawn
        self._note("update", twist, chat)
        return twist

    def _ruled(self, to: str, chat: int | None) -> Any:
        return next((rule.what for rule in self._rules.get(to, ()) if rule.meets(chat)), None)

    def _drawn(self, names: Sequence[Any]) -> Any:
        if not self._rate or not names or self._dice.random() >= self._rate:
            return None
        return self._dice.choice(names)

    def _note(self, to: str, what: Any, chat: int | None) -> None:
        if what is not None:
            self.happened.append(Happened(to, what, chat))
