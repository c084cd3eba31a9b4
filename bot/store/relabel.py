"""A case as an older desk kept it, with labels where ids belong.

Which id a label has only the authors' files tell, so `Ids` is asked; a label that nobody knows any
more stays as it is, and is shown so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Ids = Callable[[str, str], str]
"""From a slot's name and how its value was shown to the value that is stored."""


def same(slot: str, shown: str) -> str:
    """Leaves every value as it was shown."""
    return shown


def relabelled(case: str, ids: Ids) -> str:
    """The JSON of a case with ids; what is no case stays as it is."""
    try:
        told = json.loads(case)
        tickets = [_ticket(ticket, ids) for ticket in told["tickets"]]
        rest = {"slots": _slots(told["slots"], ids), "tickets": tickets, "matched": None}
    except (KeyError, TypeError, ValueError, AttributeError):
        return case
    return json.dumps({**told, **rest}, ensure_ascii=False)


def _slots(slots: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    return {key: {**slot, "text": ids(key, slot["text"])} for key, slot in slots.items()}


def _ticket(ticket: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    rest = {key: value for key, value in ticket.items() if key != "subject"}
    subject, slots = ticket["subject"], ticket["slots"]
    field = next((key for key, slot in slots.items() if slot["text"] == subject), None)
    if field is None:
        summary = {"kind": "said", "text": subject, "field": ""}
    else:
        summary = {"kind": "choice", "text": ids(field, subject), "field": field}
    return {**rest, "slots": _slots(slots, ids), "summary": summary, "matched": None}
