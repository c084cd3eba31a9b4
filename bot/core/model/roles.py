"""Who is told what no ticket's room is for, by what they do rather than by who they are.

An operator names the chat of each role. What is for a role without one goes to the operators.
"""

from __future__ import annotations

from collections.abc import Iterable

OPERATORS = "operators"
ROLES = (OPERATORS, "operations-lead", "technical-lead", "coordinator", "faq-keeper")


def lead(tier: str) -> str:
    """The role of whoever leads a tier's agents."""
    return f"{tier}-agents-lead"


def every(tiers: Iterable[str]) -> tuple[str, ...]:
    """Every role that a desk with these tiers has."""
    return (*ROLES, *map(lead, tiers))
