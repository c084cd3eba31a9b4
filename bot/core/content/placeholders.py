"""How a text of the authors names the placeholders that it may use."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def text(*placeholders: str) -> Any:
    """A text that may use these placeholders; any other is an author's mistake."""
    return field(metadata={"placeholders": placeholders})
