"""A diagnosis small enough to reckon by hand: three causes, three facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.content.diagnosis import Cause, Examples, Fact, Message, Value
from bot.core.content.likelihood import Diagnosis

REPLIES = {
    id_: Value(id=id_, label=label)
    for id_, label in (
        ("solved", "好了"),
        ("failed", "还是不行"),
        ("later", "明天再问我"),
        ("unsure", "不清楚"),
    )
}
FACTS = (
    Fact(
        id="sign",
        label="现象",
        ask="怎么了？",
        first=True,
        values=(Value(id="dark", label="不亮"), Value(id="loud", label="太响")),
    ),
    Fact(
        id="age",
        label="多久",
        ask="买了多久？",
        values=(
            Value(id="new", label="新的", days=(0, 30)),
            Value(id="old", label="旧的", days=(31, 9999)),
        ),
    ),
    Fact(
        id="plug",
        label="插头",
        ask="插好了吗？",
        values=(
            Value(id="in", label="插好了"),
            Value(id="out", label="没插"),
            Value(id="unknown", label="看不到"),
        ),
    ),
)


def cause(id_: str, **more: Any) -> Cause:
    """A cause of which nothing is special but what is said."""
    usual = {
        "title": f"原因{id_}",
        "weight": 5,
        "remedy": f"办法{id_}",
        "source": "说明书",
        "checked": date(2026, 1, 1),
    }
    return Cause(id=id_, **{**usual, **more})


CAUSES = (
    cause("unplugged", facts={"sign": ("dark",), "plug": ("out",)}, never={"plug": ("in",)}),
    cause("burnt", facts={"sign": ("dark",), "age": ("old",), "plug": ("in",)}),
    cause("worn", weight=2, facts={"sign": ("loud",), "age": ("old",)}, later=True),
)


def tiny(
    causes: tuple[Cause, ...] = CAUSES,
    examples: Mapping[str, tuple[Message, ...]] | None = None,
    **more: Any,
) -> Diagnosis:
    """The diagnosis; `examples` by cause."""
    told = {id_: Examples(id=id_, messages=messages) for id_, messages in (examples or {}).items()}
    return Diagnosis(
        facts={fact.id: fact for fact in FACTS},
        causes={each.id: each for each in causes},
        replies=REPLIES,
        examples=told,
        order=tuple(fact.id for fact in FACTS),
        **more,
    )
