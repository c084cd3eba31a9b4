"""A person's text with what it says, and the first of several rows that fits it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.model.events import Said
from bot.core.model.message import Item
from bot.core.turn import Turn
from bot.core.understanding import Understood


@dataclass(frozen=True, slots=True)
class Heard:
    """A person's text with its content as it is relayed, and what it says."""

    event: Said
    item: Item
    said: Understood


Test = Callable[[Turn, Heard], bool]
Act = Callable[[Turn, Heard], object]


def first(order: Sequence[tuple[Test, Act]], turn: Turn, heard: Heard) -> None:
    """Do what the first row says whose test the message passes."""
    act = next(act for test, act in order if test(turn, heard))
    act(turn, heard)


def wishes(*names: str) -> Test:
    """Whether one of these is wished."""
    return lambda turn, heard: not heard.said.wishes.isdisjoint(names)
