"""What stands on a terminal: messages, which of them reply to which, and what can be pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from bot.core.model.effects import Buttons
from bot.core.model.message import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message of the desk, as its readers see it; a `note` is said by the way and is none.

    `root` is the message with which a thread of a group began, which all its replies belong to, and
    0 in a private chat. `buttons` are labels by the number that presses each; `file` is a path.
    """

    ref: Ref
    root: int = 0
    text: str = ""
    kind: str = "text"
    file: str = ""
    reply_to: int | None = None
    buttons: Mapping[int, str] = field(default_factory=dict)
    note: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A button that can be pressed: the message that it is under, and its data."""

    message: int
    data: str


Thread = tuple[str, int]
"""A chat's address, and the root of a thread in it; 0 for a private chat, and outside of any."""


class Board:
    """Everything since the terminal was opened; the first message is number `first`."""

    def __init__(self, first: int) -> None:
        self._numbers = count(first)
        self._roots: dict[Ref, int] = {}
        self._ours: dict[Ref, str] = {}
        self._keys: dict[Thread, list[Key]] = {}

    def number(self) -> int:
        """One that no message and no update has yet."""
        return next(self._numbers)

    def put(self, chat: str, *, private: bool, reply_to: int | None = None) -> tuple[Ref, int]:
        """A new message there, and the root of its thread."""
        ref = Ref(chat, self.number())
        before = None if reply_to is None else self._roots.get(Ref(chat, reply_to), reply_to)
        root = 0 if private else ref.message if before is None else before
        self._roots[ref] = root
        return ref, root

    def say(
        self, chat: str, text: str, buttons: Buttons, *, private: bool, reply_to: int | None
    ) -> Post:
        """A new message of the desk; the numbers of its buttons go on from those of its thread."""
        ref, root = self.put(chat, private=private, reply_to=reply_to)
        self._ours[ref] = text
        keys = self._keys.setdefault((chat, root), [])
        every = [button for row in buttons for button in row if not button.disabled]
        numbered = {n: button.label for n, button in enumerate(every, len(keys) + 1)}
        keys.extend(Key(ref.message, button.data) for button in every)
        return Post(ref=ref, root=root, text=text, reply_to=reply_to, buttons=numbered)

    def is_ours(self, ref: Ref) -> bool:
        """Whether the desk sent it."""
        return ref in self._ours

    def key(self, thread: Thread, number: int) -> Key | None:
        """The button with this number there."""
        keys = self._keys.get(thread, [])
        return keys[number - 1] if 0 < number <= len(keys) else None

    def answered(self, thread: Thread) -> None:
        """What was asked there is over: its numbers are given anew, and mean nothing till then."""
        self._keys.pop(thread, None)

    def place(self, part: str) -> tuple[Thread, int] | None:
        """The thread of a group that this part of a message names, and the message: the newest that
        a thread began with, or else the newest of all.
        """
        found = [ref for ref, text in self._ours.items() if self._roots[ref] and part in text]
        begun = [ref for ref in found if self._roots[ref] == ref.message]
        if not found:
            return None
        newest = max(begun or found, key=lambda ref: ref.message)
        return (newest.chat, self._roots[newest]), newest.message
