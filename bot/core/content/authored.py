"""The mark of what authors write."""

from __future__ import annotations

from typing import Any, ClassVar


class Authored:
    """A table that an author writes: keys it does not know are mistakes, not extras."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}
