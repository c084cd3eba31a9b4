"""What the desk itself has to tell its core: by rows of the inbox like everything that happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.core.model.effects import Outgoing, Read
from bot.core.model.events import Extracted, Shared, Undeliverable, Woke
from bot.core.model.extract import Extract
from bot.store import Arrival, Row
from bot.store.codec import EFFECT, EXTRACTS

Inner = Woke | Undeliverable | Extracted | Shared


def undeliverable(
    case_id: str, key: str, effect: Outgoing, reason: str, detail: str, order: int | None = None
) -> Arrival:
    """The arrival that tells the core what could not be done; `order` is its number."""
    told = {"effect": EFFECT.dump_python(effect, mode="json"), "reason": reason, "detail": detail}
    told |= {"order": order} if order is not None else {}
    return _arrival("outbox", case_id, key, told)


def extracted(case_id: str, key: str, effect: Read, extracts: Sequence[Extract]) -> Arrival:
    """The arrival that tells the core what files say."""
    found = EXTRACTS.dump_python(tuple(extracts), mode="json")
    told = {"effect": EFFECT.dump_python(effect, mode="json"), "extracts": found}
    return _arrival("intake", case_id, key, told)


def shared(case_id: str, ticket: str, others: Sequence[str]) -> Arrival:
    """The arrival that tells the core that other people's tickets are about the same invoice."""
    key = " ".join((ticket, *others))
    return _arrival("shared", case_id, key, {"ticket": ticket, "others": list(others)})


def _arrival(channel: str, case_id: str, key: str, told: Mapping[str, Any]) -> Arrival:
    # What a file or the channel says may have half a character, which cannot be kept.
    payload = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
    return Arrival(channel, key, f"case:{case_id}", payload, case_id)


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


def _shared(row: Row, at: datetime) -> Shared:
    told = json.loads(row.payload)
    return Shared(seq=row.id, at=at, ticket=told["ticket"], others=tuple(told["others"]))


_EVENTS: Mapping[str, Callable[[Row, datetime], Inner]] = {
    "clock": _woke,
    "outbox": _undeliverable,
    "intake": _extracted,
    "shared": _shared,
}
