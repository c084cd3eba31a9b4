"""Lay boxes out in layers, so that arrows run downwards and cross little.

The method is Sugiyama's: break circles, give each box the layer of its longest way from the start,
lead long arrows through every layer between by a slot of their own, order each layer by where its
neighbours stand (here), then move each item as near to its neighbours as the order allows
(`bot.insight.spacing`). Lengths are in pixels; x grows to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Item = str | tuple[int, int]
"""A box by its name, or an arrow's slot in a layer it passes: the arrow's number and the layer."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From box `tail`, leaving `port` right of its middle, to box `head`."""

    tail: str
    head: str
    port: float


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an arrow: its slots from tail to head. It runs `upwards` where a circle closes."""

    arrow: Arrow
    slots: tuple[tuple[int, int], ...]
    upwards: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a route between neighbouring layers; `pull` is how much it wants to be upright."""

    upper: Item
    lower: Item
    port: float
    pull: float


def ranks(names: Sequence[str], arrows: Sequence[Arrow], start: str) -> dict[str, int]:
    """The layer of each box, from 0; a box that no arrow touches stands in the last."""
    rank = dict.fromkeys(names, 0)
    finished, forward = _forward(names, arrows, start)
    for tail in reversed(finished):
        for head in (h for t, h in forward if t == tail):
            rank[head] = max(rank[head], rank[tail] + 1)
    touched = {start} | {arrow.tail for arrow in arrows} | {arrow.head for arrow in arrows}
    return {name: rank[name] if name in touched else max(rank.values()) for name in names}


def _forward(
    names: Sequence[str], arrows: Sequence[Arrow], start: str
) -> tuple[list[str], set[tuple[str, str]]]:
    """The boxes as a walk leaves them for good, and the arrows that close no circle."""
    finished: list[str] = []
    walking: set[str] = set()
    forward: set[tuple[str, str]] = set()

    def visit(name: str) -> None:
        walking.add(name)
        for head in (arrow.head for arrow in arrows if arrow.tail == name):
            if head not in walking:
                forward.add((name, head))
                if head not in finished:
                    visit(head)
        walking.remove(name)
        finished.append(name)

    for name in (start, *names):
        if name not in finished:
            visit(name)
    return finished, forward


def routes(arrows: Sequence[Arrow], rank: Mapping[str, int]) -> list[Route]:
    """Each arrow's slots; one that runs upwards also passes the layers of both its boxes."""
    found = []
    for number, arrow in enumerate(arrows):
        tail, head = rank[arrow.tail], rank[arrow.head]
        passed = range(tail + 1, head) if head > tail else range(tail, head - 1, -1)
        found.append(Route(arrow, tuple((number, layer) for layer in passed), head <= tail))
    return found


def links(route: Route) -> Iterator[Link]:
    """The pieces of a route, downwards; one that runs upwards is held by its own slots alone."""
    arrow, slots = route.arrow, route.slots
    stops: list[Item] = [*reversed(slots)] if route.upwards else [arrow.tail, *slots, arrow.head]
    for upper, lower in pairwise(stops):
        boxes = isinstance(upper, str) + isinstance(lower, str)
        port = arrow.port if isinstance(upper, str) else 0.0
        yield Link(upper, lower, port, (8.0, 2.0, 1.0)[boxes])


def ordered(layers: Sequence[Sequence[Item]], joints: Sequence[Link]) -> list[list[Item]]:
    """The items of each layer from left to right, in the order with the fewest crossings found."""
    now = [list(layer) for layer in layers]
    best, fewest = now, _crossings(now, joints)
    for sweep in range(24):
        now = _swept(now, joints, down=sweep % 2 == 0)
        if (crossings := _crossings(now, joints)) < fewest:
            best, fewest = now, crossings
    return best


def _swept(layers: list[list[Item]], joints: Sequence[Link], *, down: bool) -> list[list[Item]]:
    """Each layer sorted by the mean place of its neighbours in the layer sorted just before."""
    result = [list(layer) for layer in layers]
    for layer in result if down else reversed(result):
        place = _places(result)
        wish: dict[Item, list[float]] = {item: [] for item in layer}
        for link in joints:
            near, far = (link.lower, link.upper) if down else (link.upper, link.lower)
            if near in wish:
                wish[near].append(place[far] + _lean(link.port) * (1 if down else -1))
        mean = {item: sum(at) / len(at) if at else place[item] for item, at in wish.items()}
        layer.sort(key=mean.__getitem__)
    return result


def _places(layers: Sequence[Sequence[Item]]) -> dict[Item, float]:
    """Where in its layer each item stands, in items from the layer's middle."""
    return {
        item: place - (len(layer) - 1) / 2 for layer in layers for place, item in enumerate(layer)
    }


def _lean(port: float) -> float:
    """A port's part in the order: less than a whole place, whatever the box's width."""
    return port / (1000.0 + abs(port))


def _crossings(layers: Sequence[Sequence[Item]], joints: Sequence[Link]) -> int:
    place = _places(layers)
    layer_of = {item: number for number, layer in enumerate(layers) for item in layer}
    lines: dict[int, list[tuple[float, float]]] = {}
    for link in joints:
        line = (place[link.upper] + _lean(link.port), place[link.lower])
        lines.setdefault(layer_of[link.upper], []).append(line)
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for group in lines.values()
        for number, a in enumerate(group)
        for b in group[:number]
    )
