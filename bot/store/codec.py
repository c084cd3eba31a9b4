"""Frozen values to JSON and back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Tag, TypeAdapter

from bot.core import effects
from bot.core.case import Case
from bot.core.extract import Extract


def _tag(value: Any) -> str:
    return str(value["kind"] if isinstance(value, dict) else value.kind)


_effect = Annotated[
    Annotated[effects.Send, Tag("send")]
    | Annotated[effects.Edit, Tag("edit")]
    | Annotated[effects.Respond, Tag("respond")]
    | Annotated[effects.Relay, Tag("relay")]
    | Annotated[effects.Amend, Tag("amend")]
    | Annotated[effects.Topic, Tag("topic")]
    | Annotated[effects.Read, Tag("read")],
    Discriminator(_tag),
]

CASE: TypeAdapter[Case] = TypeAdapter(Case)
EXTRACTS: TypeAdapter[tuple[Extract, ...]] = TypeAdapter(tuple[Extract, ...])
EFFECT: TypeAdapter[effects.Outgoing] = TypeAdapter(_effect)
