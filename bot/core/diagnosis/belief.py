"""Which causes are left of what is known, and how likely each is (Bayes, as if facts told nothing
of one another).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import log2

from bot.core.content.diagnosis import CAUSE, UNKNOWN, Fact
from bot.core.content.likelihood import Diagnosis, Shares, answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a case: `values` by fact, `likely` values of facts that nobody told for
    certain (under `CAUSE` the causes at which somebody's words hint), facts `asked` without an
    answer, and causes that were ruled `out`.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    likely: Mapping[str, Shares] = field(default_factory=dict)
    asked: Collection[str] = ()
    out: Collection[str] = ()


Belief = Mapping[str, float]
"""Causes by id with their probability, likeliest first, in sum 1; empty where none is left."""


def belief(diagnosis: Diagnosis, known: Known) -> Belief:
    """What is to be thought of the causes."""
    strength = {
        cause.id: float(cause.weight)
        for cause in diagnosis.causes.values()
        if cause.id not in known.out
    }
    for fact, value in known.values.items():
        if fact in diagnosis.facts:
            fits = _fits(diagnosis, fact, value)
            strength = {id_: each * fits[id_] for id_, each in strength.items()}
    for fact, shares in known.likely.items():
        hinted = _hinted(diagnosis, fact, shares)
        strength = {id_: each * hinted[id_] for id_, each in strength.items()}
    for fact in diagnosis.facts:
        if fact not in known.values and fact not in known.asked:
            told = min(sum(known.likely.get(fact, {}).values()), 1.0)
            strength = {
                id_: each * diagnosis.unsaid[id_][fact] ** (1 - told)
                for id_, each in strength.items()
            }
    return _shares({id_: each for id_, each in strength.items() if each > 0})


def leading(beliefs: Belief, together: float) -> Belief:
    """The likeliest causes that have this probability together, as if they were all."""
    whole, kept = 0.0, dict[str, float]()
    for id_, share in beliefs.items():
        if whole >= together:
            break
        kept[id_], whole = share, whole + share
    return _shares(kept)


def gain(diagnosis: Diagnosis, beliefs: Belief, fact: Fact) -> float:
    """How many bits the answer to a fact is expected to tell about the cause."""
    ways: dict[str, dict[str, float]] = {}
    for id_, share in beliefs.items():
        for value in answers(fact):
            told = share * diagnosis.likely[id_][fact.id][value]
            if told:
                ways.setdefault(value, {})[id_] = told
    after = sum(sum(way.values()) * _entropy(_shares(way)) for way in ways.values())
    return _entropy(beliefs) - after


def _fits(diagnosis: Diagnosis, fact: str, value: str) -> Mapping[str, float]:
    """How probable a value is with each cause, beside how probable it is of all."""
    causes = diagnosis.causes.values()
    fits = {cause.id: diagnosis.likely[cause.id][fact].get(value, 0.0) for cause in causes}
    usual = sum(cause.weight * fits[cause.id] for cause in causes)
    usual /= sum(cause.weight for cause in causes)
    return {id_: each / usual if usual else 1.0 for id_, each in fits.items()}


def _hinted(diagnosis: Diagnosis, fact: str, shares: Shares) -> Mapping[str, float]:
    """The same for what is only likely."""
    rest = max(1 - sum(shares.values()), 0.0)
    if fact == CAUSE:
        count = len(diagnosis.causes)
        return {id_: rest + count * shares.get(id_, 0.0) for id_ in diagnosis.causes}
    if fact not in diagnosis.facts:
        return dict.fromkeys(diagnosis.causes, 1.0)
    hinted = dict.fromkeys(diagnosis.causes, rest)
    for value, share in shares.items():
        if value == UNKNOWN:
            hinted = {id_: each + share for id_, each in hinted.items()}
            continue
        for id_, fits in _fits(diagnosis, fact, value).items():
            hinted[id_] += share * fits
    return hinted


def _shares(strength: Mapping[str, float]) -> Belief:
    whole = sum(strength.values())
    ranked = sorted(strength.items(), key=lambda each: -each[1])
    return {id_: each / whole for id_, each in ranked}


def _entropy(shares: Belief) -> float:
    return -sum(share * log2(share) for share in shares.values() if share)
