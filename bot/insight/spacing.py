"""Give layers their places on the sheet: boxes near their neighbours, arrows as upright as can be.

Lengths are in pixels; x grows to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.insight.layers import Arrow, Item, Link, Route, links, ordered, ranks, routes

GAP = 30.0
"""Between two boxes of a layer."""
LANE = 18.0
"""Between a passing arrow and what stands beside it."""
RISE = 40.0
"""Between two layers; each arrow that ends or begins there adds `BEND`, up to `MOST`."""
BEND = 5.0
MOST = 90.0
FAN = 14.0
"""Between the tips of arrows that meet at one box."""


@dataclass(frozen=True, slots=True)
class Size:
    """`landing` is how much of the width, around the middle, arrows may land on."""

    width: float
    height: float
    landing: float


@dataclass(frozen=True, slots=True)
class Run:
    """An upright piece of an arrow, drawn from `begin` to `end`; between two runs it bends."""

    x: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Left and top of every box, the runs of every arrow in the order given, and the extent."""

    corners: Mapping[str, tuple[float, float]]
    runs: Sequence[Sequence[Run]]
    width: float
    height: float


def arrange(sizes: Mapping[str, Size], arrows: Sequence[Arrow], start: str) -> Layout:
    """Place boxes (by name) and the arrows between them; `start` is the topmost box."""
    rank = ranks(list(sizes), arrows, start)
    ways = routes(arrows, rank)
    joints = [link for way in ways for link in links(way)]
    layers: list[list[Item]] = [[] for _ in range(max(rank.values()) + 1)]
    for name, layer in rank.items():
        layers[layer].append(name)
    for way in ways:
        for slot in way.slots:
            layers[slot[1]].append(slot)
    layers = ordered(layers, joints)
    widths = {i: sizes[i].width if isinstance(i, str) else 0.0 for layer in layers for i in layer}
    middles = _middles(layers, joints, widths)
    bands = list(_bands(layers, sizes, ways, rank))
    corners = {n: (middles[n] - sizes[n].width / 2, bands[rank[n]][0]) for n in sizes}
    runs = _runs(ways, middles, bands, sizes, rank)
    extent = max(middles[item] + widths[item] / 2 for item in middles)
    return Layout(corners, runs, extent, bands[-1][1])


def _middles(
    layers: Sequence[Sequence[Item]], joints: Sequence[Link], widths: Mapping[Item, float]
) -> dict[Item, float]:
    """The x of each item's middle, the leftmost edge at 0."""
    middles = {item: 0.0 for layer in layers for item in layer}
    for layer in layers:
        middles.update(zip(layer, _steps(layer, widths), strict=True))
    for turn in range(60):
        mean = sum(middles.values()) / len(middles)
        above, below = ((True, False), (False, True), (True, True))[turn % 3]
        for layer in layers if above else reversed(layers):
            wishes = {item: [(mean, 0.001)] for item in layer}
            for link in joints:
                if above and link.lower in wishes:
                    wishes[link.lower].append((middles[link.upper] + link.port, link.pull))
                if below and link.upper in wishes:
                    wishes[link.upper].append((middles[link.lower] - link.port, link.pull))
            placed = _apart([wishes[item] for item in layer], _steps(layer, widths))
            middles.update(zip(layer, placed, strict=True))
    left = min(middles[item] - widths[item] / 2 for item in middles)
    return {item: x - left for item, x in middles.items()}


def _steps(layer: Sequence[Item], widths: Mapping[Item, float]) -> list[float]:
    """The least x of each middle when the layer is packed from 0."""
    packed = [0.0]
    for before, item in pairwise(layer):
        gap = GAP if isinstance(before, str) and isinstance(item, str) else LANE
        packed.append(packed[-1] + widths[before] / 2 + gap + widths[item] / 2)
    return packed[: len(layer)]


def _apart(wishes: Sequence[Sequence[tuple[float, float]]], packed: Sequence[float]) -> list[float]:
    """The places nearest to weighted wishes (least squares) that keep order and distances.

    Without the packed distances the places need only not decrease, so this is isotonic regression
    by pooling neighbours whose wishes run against each other.
    """
    pools: list[tuple[float, float, int]] = []
    for wish, least in zip(wishes, packed, strict=True):
        weight = sum(pull for _, pull in wish)
        pool = (sum(x * pull for x, pull in wish) / weight - least, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            mean, before, count = pools.pop()
            weight = before + pool[1]
            pool = ((mean * before + pool[0] * pool[1]) / weight, weight, count + pool[2])
        pools.append(pool)
    shifts = [mean for mean, _, count in pools for _ in range(count)]
    return [shift + least for shift, least in zip(shifts, packed, strict=True)]


def _bands(
    layers: Sequence[Sequence[Item]],
    sizes: Mapping[str, Size],
    ways: Sequence[Route],
    rank: Mapping[str, int],
) -> Iterator[tuple[float, float]]:
    """Top and bottom of each layer."""
    top = 0.0
    for number, layer in enumerate(layers):
        bottom = top + max((sizes[i].height for i in layer if isinstance(i, str)), default=LANE)
        yield top, bottom
        ends = [rank[w.arrow.tail] == number or rank[w.arrow.head] == number + 1 for w in ways]
        top = bottom + min(RISE + BEND * sum(ends), MOST)


def _runs(
    ways: Sequence[Route],
    middles: Mapping[Item, float],
    bands: Sequence[tuple[float, float]],
    sizes: Mapping[str, Size],
    rank: Mapping[str, int],
) -> list[list[Run]]:
    tips = _tips(ways, middles, sizes)
    runs = []
    for number, way in enumerate(ways):
        tail, head = way.arrow.tail, way.arrow.head
        top, bottom = bands[rank[tail]]
        leaving = Run(middles[tail] + way.arrow.port, top + sizes[tail].height, bottom)
        passing = [Run(middles[slot], *bands[slot[1]]) for slot in way.slots]
        if way.upwards:
            passing = [Run(run.x, run.end, run.begin) for run in passing]
        top = bands[rank[head]][0]
        runs.append([leaving, *passing, Run(tips[number], top, top)])
    return runs


def _tips(
    ways: Sequence[Route], middles: Mapping[Item, float], sizes: Mapping[str, Size]
) -> dict[int, float]:
    """Where each arrow meets its box: side by side, in the order in which they come."""
    coming: dict[str, list[tuple[float, int]]] = {}
    for number, way in enumerate(ways):
        last = way.slots[-1] if way.slots else way.arrow.tail
        x = middles[last] + (0.0 if way.slots else way.arrow.port)
        coming.setdefault(way.arrow.head, []).append((x, number))
    return {
        number: middles[head]
        + min(FAN, sizes[head].landing / len(arrivals)) * (place - (len(arrivals) - 1) / 2)
        for head, arrivals in coming.items()
        for place, (_, number) in enumerate(sorted(arrivals))
    }
