"""Slips in tiers, their targets and coordinators are told with their place, in Chinese."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.check.tiers import check_tiers
from bot.core.content.knowledge import Coordinator, Knowledge, Stages, Targets, Tiers


def told(knowledge: Knowledge, tiers: Tiers) -> list[str]:
    found = check_tiers(replace(knowledge, tiers=tiers))
    return [f"{mistake.key} {mistake.text}" for mistake in found]


def test_the_tiers_that_ship_are_right(knowledge: Knowledge) -> None:
    assert told(knowledge, knowledge.tiers) == []


@pytest.mark.parametrize("address", ["100", ":100", "telegram:", "telegram: 100", "@wangmin"])
def test_a_coordinator_is_somewhere_on_a_channel(knowledge: Knowledge, address: str) -> None:
    *others, last = knowledge.tiers.tiers
    owned = replace(last, coordinator=Coordinator(address=address, name="王敏"))
    (mistake,) = told(knowledge, replace(knowledge.tiers, tiers=(*others, owned)))
    assert mistake.startswith(f"tiers[{len(others)}].coordinator.address “{address}”不是地址")
    right = replace(last, coordinator=Coordinator(address="telegram:100", name="王敏"))
    assert told(knowledge, replace(knowledge.tiers, tiers=(*others, right))) == []


@pytest.mark.parametrize(("remind", "wrong"), [(4, False), (5, True), (6, True)])
def test_a_reminder_comes_after_what_it_reminds_of_has_begun(
    knowledge: Knowledge, remind: int, wrong: bool
) -> None:
    first, *others = knowledge.tiers.tiers
    quick = replace(first, targets=Targets(first_reply=60, next_reply=5, resolve=900))
    tiers = replace(knowledge.tiers, tiers=(quick, *others), stages=Stages(remind=remind))
    assert bool(told(knowledge, tiers)) == wrong


def test_without_targets_nothing_is_reminded_of(knowledge: Knowledge) -> None:
    bare = tuple(replace(tier, targets=None) for tier in knowledge.tiers.tiers)
    tiers = replace(knowledge.tiers, tiers=bare, stages=Stages(remind=100_000))
    assert told(knowledge, tiers) == []
