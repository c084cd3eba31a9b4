"""What the desk itself has to tell its core: by rows of the inbox like everything that happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.core.model.effects import Outgoing, Read, Tell
from bot.core.model.events import Extracted, Informed, Undeliverable, Woke
from bot.core.model.extract import Extract
from bot.core.model.facts import Fact, Joined
from bot.core.model.subject import conversation
from bot.store import Arrival, Row
from bot.store.codec import EFFECT, EXTRACTS, FACT

Inner = Woke | Undeliverable | Extracted | Informed
CHAIN = 3
"""How often subjects may tell one another in turn; rules that need more would not be understood."""


class TooLong(RuntimeError):
    """A chain of orders to other subjects that does not end."""


def undeliverable(
    subject: str, key: str, effect: Outgoing, reason: str, detail: str, order: int | None = None
) -> Arrival:
    """The arrival that tells the core what could not be done; `order` is its number."""
    told = {"effect": EFFECT.dump_python(effect, mode="json"), "reason": reason, "detail": detail}
    told |= {"order": order} if order is not None else {}
    return _arrival("outbox", subject, key, told)


def extracted(subject: str, key: str, effect: Read, extracts: Sequence[Extract]) -> Arrival:
    """The arrival that tells the core what files say."""
    found = EXTRACTS.dump_python(tuple(extracts), mode="json")
    told = {"effect": EFFECT.dump_python(effect, mode="json"), "extracts": found}
    return _arrival("intake", subject, key, told)


def informed(subject: str, fact: Fact, key: str, hops: int = 0) -> Arrival:
    """The arrival that tells a subject a fact, after so many others that told one another."""
    told = {"fact": FACT.dump_python(fact, mode="json"), "hops": hops}
    return _arrival("desk", subject, key, told)


def told(effect: Tell, row: Row, place: int) -> Arrival:
    """The arrival that tells another subject a fact; it is the `place`-th that follows from a row.

    Raises `TooLong` where it would be one more than a chain may have.
    """
    hops = _hops(row) + 1
    if hops > CHAIN:
        raise TooLong(f"row {row.id} tells {effect.to} what {CHAIN} others have told in turn")
    return informed(effect.to, effect.fact, f"{row.id} {place}", hops)


def joined(address: str, other: str, key: str) -> Arrival:
    """The arrival that tells the core that whoever is at two addresses is one person."""
    return informed(conversation(address), Joined(other), key)


def _arrival(channel: str, subject: str, key: str, told: Mapping[str, Any]) -> Arrival:
    # What a file or the channel says may have half a character, which cannot be kept.
    payload = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
    return Arrival(channel, key, subject, payload, subject)


def _hops(row: Row) -> int:
    """How many have told one another until this row came of it."""
    return int(json.loads(row.payload)["hops"]) if row.channel == "desk" else 0


def event(row: Row, at: datetime) -> Inner | None:
    """The event of a row that came from the desk itself; None for one that a channel brought."""
    make = _EVENTS.get(row.channel)
    return make(row, at) if make else None


def refused_order(row: Row) -> int | None:
    """The number of the order whose refusal this row tells; None where it tells something else."""
    number = json.loads(row.payload).get("order") if row.channel == "outbox" else None
    return number if isinstance(number, int) else None


def _woke(row: Row, at: datetime) -> Woke:
    return Woke(seq=row.id, at=at, what=row.payload)


def _undeliverable(row: Row, at: datetime) -> Undeliverable:
    told = json.loads(row.payload)
    order = told.pop("order", None)
    if "effect" not in told:
        raise ValueError(f"order {order} cannot be read, so nobody was told what it says")
    effect = EFFECT.validate_python(told.pop("effect"))
    return Undeliverable(seq=row.id, at=at, effect=effect, **told)


def _extracted(row: Row, at: datetime) -> Extracted:
    told = json.loads(row.payload)
    effect, extracts = EFFECT.validate_python(told["effect"]), told["extracts"]
    assert isinstance(effect, Read)
    return Extracted(
        seq=row.id,
        at=at,
        items=effect.items,
        text=effect.text,
        extracts=EXTRACTS.validate_python(extracts),
    )


def _told(row: Row, at: datetime) -> Informed:
    told = json.loads(row.payload)
    return Informed(
        seq=row.id, at=at, to=row.subject or "", fact=FACT.validate_python(told["fact"])
    )


_EVENTS: Mapping[str, Callable[[Row, datetime], Inner]] = {
    "clock": _woke,
    "outbox": _undeliverable,
    "intake": _extracted,
    "desk": _told,
}
