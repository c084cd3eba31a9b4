"""The desk's own fields, and short ways to read with them at one moment."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter

from bot.core.fields import Refused, Value, parse, recognise
from bot.core.knowledge import Field
from bot.load import folder

TUESDAY_AFTERNOON = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""14:00 in Beijing on Tuesday 24 November 2026."""


@pytest.fixture(scope="session")
def at() -> datetime:
    return TUESDAY_AFTERNOON


@pytest.fixture(scope="session")
def fields() -> Mapping[str, Field]:
    with (folder() / "fields.toml").open("rb") as file:
        blocks = tomllib.load(file)["fields"]
    return {f.id: f for f in TypeAdapter(tuple[Field, ...]).validate_python(blocks)}


@pytest.fixture(scope="session")
def read(fields: Mapping[str, Field], at: datetime) -> Callable[[str, str], Value | Refused]:
    return lambda field, given: parse(fields[field], given, at)


@pytest.fixture(scope="session")
def outcome(read: Callable[[str, str], Value | Refused]) -> Callable[[str, str], str]:
    """The canonical text of an answer, or the reason why it was refused."""

    def told(field: str, given: str) -> str:
        answer = read(field, given)
        return answer.text if isinstance(answer, Value) else answer.reason

    return told


@pytest.fixture(scope="session")
def found(fields: Mapping[str, Field], at: datetime) -> Callable[[str], dict[str, str]]:
    """What a free text tells, by field."""
    return lambda text: {
        field: value.text for field, value in recognise(text, tuple(fields.values()), at).items()
    }
