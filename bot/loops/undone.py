"""How the core is told of an order that was not carried out: by a row of the inbox."""

from __future__ import annotations

import json

from bot.core.effects import Outgoing
from bot.store import Arrival
from bot.store.codec import EFFECT


def undeliverable(case_id: str, key: str, effect: Outgoing, reason: str, detail: str) -> Arrival:
    """The arrival that tells the core what could not be done."""
    payload = {"effect": EFFECT.dump_python(effect, mode="json"), "reason": reason}
    text = json.dumps({**payload, "detail": detail}, ensure_ascii=False)
    return Arrival("outbox", key, f"case:{case_id}", text, case_id)
