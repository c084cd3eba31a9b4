"""A case of an older desk, which was one value, as rows: conversation, tickets, what was said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.text import private

Json = Mapping[str, Any]
BEFORE, SINCE = -1, 0
"""What was said before the last ticket was closed, and since: events are numbered from 1 on."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The conversation as JSON; of each ticket its number, the columns that change and the rest;
    of each line what `messages` has.
    """

    conversation: str
    tickets: tuple[tuple[Any, ...], ...] = ()
    lines: tuple[tuple[Any, ...], ...] = ()


def split(text: str) -> Rows:
    """The rows that a case becomes; one that cannot be read stays what it was."""
    try:
        return _split(json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError):
        return Rows(text)


def _split(case: Json) -> Rows:
    tickets = case["tickets"]
    ended = max((_end(t) for t in tickets if t["status"] == "closed"), default=None)
    lines = [(line, ticket["number"]) for ticket in tickets for line in ticket["talk"]]
    known = {_same(line) for line, _ in lines}
    lines += [(line, "") for line in case["talk"] if _same(line) not in known]
    lines.sort(key=lambda each: _at(each[0]["at"]))
    return Rows(
        _dumped(_conversation(case)),
        tuple(_ticket(ticket) for ticket in tickets),
        tuple(_line(line, number, ended) for line, number in lines),
    )


def _conversation(case: Json) -> Json:
    flood = case.get("flood")
    kept = [{**line, "seq": SINCE} for line in (flood or {}).get("kept", ())]
    gone = {"slots", "skipped", "files", "talk", "told", "matched", "tickets"}
    heard = max((line["at"] for line in case["talk"]), key=_at, default=None)
    return {key: value for key, value in case.items() if key not in gone} | {
        "draft": {key: case[key] for key in gone - {"talk", "tickets"} if key in case},
        "flood": {**flood, "kept": kept} if flood else None,
        "since": BEFORE,
        "heard_at": heard,
    }


def _ticket(ticket: Json) -> tuple[Any, ...]:
    about, owner = ticket["summary"], ticket["owner"] or {}
    replies = [line["at"] for line in ticket["talk"] if line["who"] == "agent"]
    closed = _end(ticket) if ticket["status"] == "closed" else None
    names = ("slots", "noting", "asked", "matched", "acked_at", "version", "told", "shared")
    rest = {name: ticket[name] for name in names if name in ticket}
    people = (line["text"] for line in ticket["talk"] if line["who"] in ("person", "agent"))
    rest |= {"since": BEFORE, "replied_at": replies[-1] if replies else None}
    rest |= {"private": any(map(private.find, people))}
    return (
        f"{about['kind']}:{about['field']}:{about['text']}",
        owner.get("id"),
        _at(replies[0]) if replies else None,
        closed,
        _dumped(rest),
        ticket["number"],
    )


def _end(ticket: Json) -> float:
    """When a ticket was closed, or when something was last said in it."""
    if ticket.get("closed_at"):
        return _at(ticket["closed_at"])
    return max((_at(line["at"]) for line in ticket["talk"]), default=_at(ticket["opened_at"]))


def _line(line: Json, number: str, ended: float | None) -> tuple[Any, ...]:
    at, item = _at(line["at"]), line.get("item")
    seq = BEFORE if ended is not None and at <= ended else SINCE
    ref = (item or {}).get("ref") or {}
    return (
        *(number, seq, at, line["who"], line["name"], line["text"]),
        *(_dumped(item) if item else None, ref.get("chat"), ref.get("message")),
    )


def _same(line: Json) -> tuple[Any, ...]:
    return (line["at"], line["who"], line["text"], json.dumps(line.get("item")))


def _at(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
