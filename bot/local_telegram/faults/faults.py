"""Faults injected between this Telegram and its bot: by rule, or at random from a seed.

    faults = Faults()
    faults.on("sendMessage", "reset after", chat=1001)     # the next one to that chat
    faults.on("copyMessage", too_many(3), nth=2, times=5)  # or any error of the Bot API
    faults.on_update("twice")

    faults.at_random(0.05, seed=7)  # one call or update in twenty, the same ones in every run

A `Trouble` befalls a call of the bot, a `Twist` an update on its way to the bot.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.local_telegram.faults.troubles import SWIFT, TROUBLES, Trouble
from bot.local_telegram.wire.errors import ApiError

Twist = Literal["twice", "late", "jump", "broken"]

TWISTS: Mapping[Twist, str] = {
    "twice": "it is handed over again after it was confirmed",
    "late": "the one after it comes first",
    "jump": "its number is far from the one before",
    "broken": "its sender has no name, which no bot can expect",
}
JUMP = 1000


@dataclass(slots=True)
class Rule:
    """A fault for calls or updates of one chat (None: any), from the `nth` on, `times` in all."""

    what: Any
    chat: int | None
    nth: int
    times: int | None

    def meets(self, chat: int | None) -> bool:
        """Whether the fault befalls a call or update of `chat`; counts it."""
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
    """A fault that befell a call of method `to`, or an update (`to` is "update")."""

    to: str
    what: Any
    chat: int | None


class Faults:
    """Decides which fault befalls each call and update; `happened` holds the latest 10,000."""

    def __init__(self) -> None:
        self.happened: deque[Happened] = deque(maxlen=10_000)
        self._rules: dict[str, list[Rule]] = {}
        self.clear()

    def clear(self) -> None:
        """Remove all rules and random faults."""
        self._rules.clear()
        self.at_random(0.0, seed=0)

    def at_random(
        self,
        rate: float,
        *,
        seed: int,
        troubles: Collection[str] = SWIFT,
        twists: Collection[Twist] = ("twice", "late"),
        methods: Collection[str] = (),
    ) -> None:
        """One of `troubles` or `twists` befalls a share `rate` (0 to 1) of calls and updates.

        `methods` limits it to calls of these (empty: of all).
        """
        self._rate, self._dice = rate, random.Random(seed)
        self._troubles, self._twists = sorted(troubles), sorted(twists)
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
        """`trouble` befalls the `nth` call of `method` from now on and later ones, `times` in all.

        `times` None: until `clear`. Raises `KeyError` for a name that is not in `TROUBLES`.
        """
        if isinstance(trouble, ApiError):
            trouble = Trouble(trouble)
        what = TROUBLES[trouble] if isinstance(trouble, str) else trouble
        return self._add(method.lower(), Rule(what, chat, nth, times))

    def on_update(
        self, twist: Twist, *, chat: int | None = None, nth: int = 1, times: int | None = 1
    ) -> Rule:
        """`twist` befalls the `nth` update from now on and later ones, `times` in all."""
        return self._add("update", Rule(twist, chat, nth, times))

    def _add(self, to: str, rule: Rule) -> Rule:
        self._rules.setdefault(to, []).append(rule)
        return rule

    def call(self, method: str, chat: int | None) -> Trouble | None:
        """The trouble that befalls this call, None for none."""
        drawn = None
        if not self._methods or method in self._methods:
            drawn = self._drawn(self._troubles)
        trouble: Trouble | None = self._ruled(method.lower(), chat)
        if trouble is None and drawn is not None:
            trouble = TROUBLES[drawn]
        self._note(method, trouble, chat)
        return trouble

    def update(self, chat: int | None) -> Twist | None:
        """The twist that befalls this update, None for none."""
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
