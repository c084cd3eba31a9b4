"""What the core tells itself: by an order of one subject, as an event of another."""

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


Fact = Reported | Shared
