"""Find tiers, rules, targets and coordinators of `faq/tiers.toml` that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple

from bot.core.check.flows import answers
from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import Mistake, twice, unknown

FILE = "faq/tiers.toml"
_ADDRESS = re.compile(r"[a-z]+:\S+")


def check_tiers(knowledge: Knowledge) -> Iterator[Mistake]:
    """What is wrong beyond types and bounds; needs the flows and the fields."""
    ids = [tier.id for tier in knowledge.tiers.tiers]
    if not ids:
        yield Mistake(FILE, "tiers", finding("empty"))
    yield from twice(FILE, "tiers", ids)
    yield from twice(FILE, "tiers", [tier.name for tier in knowledge.tiers.tiers])
    yield from _coordinators(knowledge)
    yield from _reminder(knowledge)
    yield from _digest(knowledge)
    yield from _rules(knowledge, ids)


def _coordinators(knowledge: Knowledge) -> Iterator[Mistake]:
    for n, tier in enumerate(knowledge.tiers.tiers):
        if tier.coordinator is not None and not _ADDRESS.fullmatch(tier.coordinator.address):
            told = finding("address", address=tier.coordinator.address)
            yield Mistake(FILE, f"tiers[{n}].coordinator.address", told)


def _reminder(knowledge: Knowledge) -> Iterator[Mistake]:
    """A reminder that comes before what it reminds of has begun."""
    targets = [tier.targets for tier in knowledge.tiers.tiers if tier.targets is not None]
    shortest = min((least for each in targets for least in astuple(each)), default=None)
    remind = knowledge.tiers.stages.remind
    if shortest is not None and remind >= shortest:
        told = finding("reminds_early", remind=remind, shortest=shortest)
        yield Mistake(FILE, "stages.remind", told)


def _digest(knowledge: Knowledge) -> Iterator[Mistake]:
    """A digest that comes when nobody works."""
    at, hours = knowledge.tiers.digest, knowledge.calendar.hours
    if at is not None and hours and not any(each.opens <= at <= each.closes for each in hours):
        told = "、".join(f"{each.opens:%H:%M}–{each.closes:%H:%M}" for each in hours)
        yield Mistake(FILE, "digest", finding("out_of_hours", at=f"{at:%H:%M}", hours=told))


def _rules(knowledge: Knowledge, ids: list[str]) -> Iterator[Mistake]:
    for n, rule in enumerate(knowledge.tiers.rules):
        if rule.tier not in ids:
            yield Mistake(FILE, f"rules[{n}].tier", unknown("tier", rule.tier, ids))
        if not rule.values:
            yield Mistake(FILE, f"rules[{n}].values", finding("empty"))
        values = answers(rule.slot, knowledge.flows, knowledge.fields)
        if not values:
            yield Mistake(FILE, f"rules[{n}].slot", finding("no_answers", name=rule.slot))
            continue
        for value in rule.values:
            if value not in values:
                yield Mistake(FILE, f"rules[{n}].values", unknown("answer", value, values))
