"""Slips in tiers, their targets and coordinators are told with their place, in Chinese."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

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


@pytest.mark.parametrize(("at", "wrong"), [("09:00", 0), ("13:30", 0), ("12:30", 1), ("08:59", 1)])
def test_a_digest_comes_while_somebody_works(knowledge: Knowledge, at: str, wrong: int) -> None:
    tiers = replace(knowledge.tiers, digest=time.fromisoformat(at))
    found = told(knowledge, tiers)
    expected = f"digest {at} 不在上班时间里（calendar.toml 的 hours：09:00–12:00、13:30–18:00）"
    assert [line.partition("，")[0] for line in found] == [expected] * wrong


def test_without_targets_nothing_is_reminded_of(knowledge: Knowledge) -> None:
    bare = tuple(replace(tier, targets=None) for tier in knowledge.tiers.tiers)
    tiers = replace(knowledge.tiers, tiers=bare, stages=Stages(remind=100_000))
    assert told(knowledge, tiers) == []
