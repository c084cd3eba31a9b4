"""What a subject is told: by an order of another one, or by an operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reported:
    """To an invoice: another open ticket is about it now."""

    kind: Literal["reported"] = "reported"


@dataclass(frozen=True, slots=True)
class Shared:
    """To a ticket: these tickets of other people, open as it is, are about the same invoice."""

    others: tuple[str, ...]
    kind: Literal["shared"] = "shared"


@dataclass(frozen=True, slots=True)
class Erased:
    """To a conversation: its person had everything erased, at another of their addresses."""

    kind: Literal["erased"] = "erased"


@dataclass(frozen=True, slots=True)
class Joined:
    """To a conversation, by an operator: whoever is at this address is its person as well."""

    address: str
    kind: Literal["joined"] = "joined"


Fact = Reported | Shared | Erased | Joined
