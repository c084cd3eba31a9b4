"""What a story needs of the channel that it is played on, and what a channel offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels import Abilities

Story = Mapping[str, Any]
NEEDS: Mapping[str, str] = {
    "presses": "buttons",
    "answers": "buttons",
    "edits": "edit",
    "replaces": "edit",
    "topic_title": "topics",
    "sees_mark": "marks",
    "sticker": "sticker",
    "location": "location",
    "contact": "contact",
    # What no ability tells of: several files as one message, and what only an app can do.
    "count": "albums",
    "adds": "albums",
    "does": "an app",
    "forwards": "an app",
    "reacts": "an app",
    "moves": "an app",
    "quote": "an app",
    "content": "an app",
    "topic": "an app",
}
"""By a key of a step what it needs; a key that is not named here needs nothing."""


def needs(story: Story) -> set[str]:
    """All that the steps of a story need."""
    return {need for step in story["steps"] for need in _of(step)}


def _of(step: Mapping[str, Any]) -> Iterator[str]:
    yield from (NEEDS[key] for key in step if key in NEEDS)
    if "sends" in step:
        yield step["sends"]
    if step.get("kind") == "media_group_id":
        yield "albums"
    if "to" in step and "in" not in step:
        yield "an app"  # who writes to the desk itself cannot answer one of its messages


def offers(abilities: Abilities) -> set[str]:
    """What a channel can do, in the same words."""
    can = {name for name in ("edit", "topics", "buttons", "marks") if getattr(abilities, name)}
    return can | {*abilities.largest}
