"""Who comes on a day that is played: people who write at every hour, and agents of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.channels.console import NAME
from bot.core.content.knowledge import Knowledge, Tier
from bot.core.model.address import address
from bot.core.model.message import Person

OPENING = ("给我转人工", "叫客服")
MORE = ("还是看不到，我重新登录也不行", "有人在处理吗，我这边急着报税", "另一张票也是这样，查不到")
THANKS = ("谢谢", "好的谢谢老师", "嗯嗯收到，辛苦了")
ANSWERS = ("您好，我来查。", "请重新登录以后再看一次。", "已经查到原因，明天上午会同步过来。")


@dataclass(frozen=True, slots=True)
class Temper:
    """How an agent works, in working minutes: after how long they take what nobody has, and after
    how long they answer; None: never.
    """

    takes: tuple[int, int]
    answers: tuple[int, int] | None


IN_TIME = Temper(takes=(2, 15), answers=(2, 12))
LATE = Temper(takes=(5, 25), answers=(20, 90))
NEVER = Temper(takes=(2, 30), answers=None)
TEMPERS: Mapping[str, Temper] = {"in-time": IN_TIME, "late": LATE, "never": NEVER}


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody writes when."""

    at: datetime
    who: Person
    text: str


def agents(knowledge: Knowledge) -> dict[str, dict[str, Temper]]:
    """By each tier the addresses of its agents and of its coordinator, and how each works."""
    return {tier.id: dict(_agents(tier)) for tier in knowledge.tiers.tiers}


def _agents(tier: Tier) -> Iterator[tuple[str, Temper]]:
    for name, temper in TEMPERS.items():
        yield address(NAME, f"{tier.id}-{name}"), temper
    if tier.coordinator is not None:
        yield tier.coordinator.address, IN_TIME


def lines(chance: Random, tickets: int, begins: datetime, ends: datetime) -> list[Line]:
    """All that people write, each of whom opens a ticket, in the order of time."""
    step = (ends - begins) / tickets
    every = [
        line
        for n in range(tickets)
        for line in _of(chance, Person(address(NAME, f"person-{n}"), f"{n}"), begins + step * n)
    ]
    return sorted((line for line in every if line.at < ends), key=lambda line: line.at)


def _of(chance: Random, who: Person, begins: datetime) -> Iterator[Line]:
    at = begins.replace(second=0, microsecond=0)
    for text in OPENING:
        yield Line(at, who, text)
        at += timedelta(minutes=1)
    for texts in chance.choices((MORE, THANKS), k=chance.randint(0, 4)):
        at += timedelta(minutes=chance.randint(3, 240))
        yield Line(at, who, chance.choice(texts))
