"""A pattern matched step by step, as a backtracking engine does it, Python's own among them.

It knows no shortcut, so no engine takes more steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Nodes = tuple[tuple[Any, Any], ...]
"""The items of a pattern, each what it is and what belongs to it."""
Next = Callable[[int], bool]

_SINGLE = {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT}
_LOOKS = {sre.ASSERT, sre.ASSERT_NOT}


@lru_cache
def parsed(pattern: re.Pattern[str]) -> Nodes:
    """The items of a compiled pattern."""
    return _plain(_parser.parse(pattern.pattern, pattern.flags))


def _plain(nodes: Any) -> Nodes:
    plain = []
    for op, given in nodes:
        if op in _REPEATS:
            given = (given[0], int(given[1]), _plain(given[2]))
        elif op is sre.BRANCH:
            given = tuple(map(_plain, given[1]))
        elif op is sre.SUBPATTERN:
            given = (*given[:3], _plain(given[3]))
        elif op in _LOOKS:
            given = (given[1].getwidth()[0] if given[0] < 0 else 0, _plain(given[1]))
        plain.append((op, given))
    return tuple(plain)


def longest(nodes: Nodes) -> int:
    """How often an item may be repeated at most."""
    most = 1
    for op, given in nodes:
        within = given if op is sre.BRANCH else given[-1:] if op in _REPEATS | _LOOKS else ()
        within = (given[3],) if op is sre.SUBPATTERN else within
        most = max([most, *map(longest, within), *(given[1:2] if op in _REPEATS else ())])
    return most


class Engine:
    """One match of a pattern against a text; `steps` counts the items tried at a place."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.nodes = parsed(pattern)
        self.text, self.flags, self.steps = text, pattern.flags, 0
        self.groups: dict[int, tuple[int, int]] = {}

    def match(self, at: int) -> int | None:
        """Where a match that begins here ends, None if there is none."""
        ends: list[int] = []

        def done(end: int) -> bool:
            ends.append(end)
            return True

        return ends[0] if self._run(self.nodes, 0, done, at) else None

    def _run(self, nodes: Nodes, n: int, then: Next, at: int) -> bool:
        """Whether the nodes from the n-th on fit here, and `then` what follows."""
        while n < len(nodes):
            op, given = nodes[n]
            self.steps += 1
            n += 1
            if op in _SINGLE:
                if not self._fits(op, given, at):
                    return False
                at += 1
            elif op is sre.AT or op in _LOOKS or op is sre.GROUPREF:
                end = self._holds(op, given, at)
                if end is None:
                    return False
                at = end
            else:
                return self._parts(op, given, partial(self._run, nodes, n, then), at)
        return then(at)

    def _parts(self, op: Any, given: Any, then: Next, at: int) -> bool:
        if op in _REPEATS:
            least, most, inner = given
            single = len(inner) == 1 and inner[0][0] in _SINGLE
            repeat = self._repeat_single if single else self._repeat
            return repeat(op is sre.MAX_REPEAT, least, most, inner, then, at)
        if op is sre.SUBPATTERN:
            return self._group(given, then, at)
        return any(self._run(branch, 0, then, at) for branch in given)

    def _repeat(
        self, greedy: bool, least: int, most: int, inner: Nodes, then: Next, at: int
    ) -> bool:
        def again(count: int, place: int) -> bool:
            def onward(end: int) -> bool:
                return end != place and again(count + 1, end)

            more, enough = count < most, count >= least
            if greedy:
                return (more and self._run(inner, 0, onward, place)) or (enough and then(place))
            return (enough and then(place)) or (more and self._run(inner, 0, onward, place))

        return again(0, at)

    def _repeat_single(
        self, greedy: bool, least: int, most: int, inner: Nodes, then: Next, at: int
    ) -> bool:
        count = 0
        while count < most and self._fits(*inner[0], at + count):
            count += 1
        self.steps += count
        for taken in range(count, least - 1, -1) if greedy else range(least, count + 1):
            self.steps += 1
            if then(at + taken):
                return True
        return False

    def _group(self, given: Any, then: Next, at: int) -> bool:
        number, add, drop, inner = given
        groups, flags = dict(self.groups), self.flags
        within = (flags | add) & ~drop

        def onward(end: int) -> bool:
            self.groups[number], self.flags = (at, end), flags
            went = then(end)
            self.flags = within
            return went

        self.flags = within
        met = self._run(inner, 0, onward, at)
        self.flags = flags
        if not met:
            self.groups = groups
        return met

    def _holds(self, op: Any, given: Any, at: int) -> int | None:
        """Where it goes on behind what takes no character of its own, None if it does not hold."""
        if op is sre.AT:
            return at if self._at(given, at) else None
        if op is sre.GROUPREF:
            start, end = self.groups.get(given, (0, -1))
            met = start <= end and self.text.startswith(self.text[start:end], at)
            return at + end - start if met else None
        back, inner = given
        met = at >= back and self._run(inner, 0, lambda _: True, at - back)
        return at if met is (op is sre.ASSERT) else None

    def _at(self, where: Any, at: int) -> bool:
        if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return at == 0
        if where is sre.AT_END:
            return at in (len(self.text), len(self.text) - self.text.endswith("\n"))
        if where is sre.AT_END_STRING:
            return at == len(self.text)
        sides = [self._is(sre.CATEGORY_WORD, self.text[p : p + 1]) for p in (at - 1, at) if p >= 0]
        return (sides.count(True) == 1) is (where is sre.AT_BOUNDARY)

    def _fits(self, op: Any, given: Any, at: int) -> bool:
        if at >= len(self.text):
            return False
        letter = self.text[at]
        if op is sre.ANY:
            return bool(self.flags & re.DOTALL) or letter != "\n"
        if op is sre.IN:
            negated = given[0][0] is sre.NEGATE
            fit = any(self._one(kind, each, letter) for kind, each in given[negated:])
            return fit is not negated
        return self._one(sre.LITERAL, given, letter) is (op is sre.LITERAL)

    def _one(self, op: Any, given: Any, letter: str) -> bool:
        if op is sre.CATEGORY:
            return self._is(given, letter)
        first, last = given if op is sre.RANGE else (given, given)
        if first <= ord(letter) <= last:
            return True
        if not self.flags & re.IGNORECASE:
            return False
        cases = letter.lower(), letter.upper()
        return any(len(case) == 1 and first <= ord(case) <= last for case in cases)

    def _is(self, category: Any, letter: str) -> bool:
        plain = not self.flags & re.ASCII or letter.isascii()
        if category in (sre.CATEGORY_DIGIT, sre.CATEGORY_NOT_DIGIT):
            return (plain and letter.isdecimal()) is (category is sre.CATEGORY_DIGIT)
        if category in (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_SPACE):
            return (plain and letter.isspace()) is (category is sre.CATEGORY_SPACE)
        word = plain and (letter.isalnum() or letter == "_")
        return word is (category is sre.CATEGORY_WORD)
