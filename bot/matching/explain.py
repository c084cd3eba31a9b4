"""Why a candidate scores as it does, in groups that a person can weigh."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .verdict import Candidate

GROUPS = ("phrasing", "entry", "meaning", "context")
"""What spoke: the closest phrasing, the entry as a whole, the meaning by the sentence encoder, and
the sentence by itself (how much of it the FAQ knows, what is foreign in it)."""
_PHRASING = frozenset(
    ("spelled", "single", "worded", "heard", "contained", "clause", "ratio", "sound_ratio",
     "partial", "same", "denied")
)  # fmt: skip


@cache
def group(evidence: str) -> str:
    """The one of `GROUPS` to which evidence of a name belongs."""
    evidence = evidence.removeprefix("told_")
    if evidence in _PHRASING:
        return "phrasing"
    if evidence.endswith("meant"):
        return "meaning"
    return "entry" if evidence.startswith(("topic_", "part_", "said_")) else "context"


def parts(candidate: Candidate, weights: Mapping[str, float]) -> dict[str, float]:
    """What each evidence adds to the candidate's strength, by name."""
    return {name: weight * candidate.evidence[name] for name, weight in weights.items()}


def summed(candidate: Candidate, weights: Mapping[str, float]) -> dict[str, float]:
    """The same by group, only those that have a say."""
    sums = dict.fromkeys(GROUPS, 0.0)
    for name, part in parts(candidate, weights).items():
        sums[group(name)] += part
    return {name: value for name, value in sums.items() if round(value, 1)}
