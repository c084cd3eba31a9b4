"""A table of TOML to a value of the core, or every key in it that is wrong, told to its author."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.core.content.findings import finding
from bot.core.content.mistake import guess

T = TypeVar("T")

TOLD: Mapping[str, str] = {
    "missing": "missing",
    "unexpected_keyword_argument": "unknown_key",
    "string_type": "string",
    **dict.fromkeys(
        ("int_type", "int_parsing", "int_from_float", "int_parsing_size", "finite_number"),
        "integer",
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), "boolean"),
    "tuple_type": "list",
    **dict.fromkeys(("dict_type", "mapping_type", "dataclass_type"), "table"),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "date",
    ),
    **dict.fromkeys(("time_type", "time_parsing"), "time"),
    "literal_error": "choice",
    **dict.fromkeys(("too_long", "too_short"), "count"),
}
"""The finding that an error of pydantic is, by its type: docs.pydantic.dev/latest/errors."""


class Wrong(ValueError):
    """What is wrong in a table: key and finding of each."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{key}  {text}" for key, text in self.faults))


def checked(raw: object, kind: type[T], under: str = "") -> T:
    """The value of that kind, which stands in its file under a key or is all of it.

    Raises `Wrong`.
    """
    try:
        return cast(T, _adapter(cast(Hashable, kind)).validate_python(raw))
    except ValidationError as error:
        found = error.errors(include_url=False)
    raise Wrong(
        (_key((*([under] if under else []), *_place(each))), _told(each, kind)) for each in found
    )


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Built once for all files of a kind, which takes longer than to read one."""
    return TypeAdapter(kind)


def _place(error: ErrorDetails) -> list[int | str]:
    return [part for part in error["loc"] if part != "[key]"]


def _key(place: Iterable[int | str]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in place).lstrip(".")


def _told(error: ErrorDetails, kind: Any) -> str:
    given: dict[str, Any] = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(given["error"])
    name = TOLD.get(error["type"], "wrong")
    if name == "choice":
        given = {"expected": "、".join(re.findall(r"'(.*?)'", given["expected"]))}
    elif name == "count":
        most = given.get("max_length", given.get("min_length"))
        given = {"expected": most, "actual": given.get("actual_length")}
    elif name == "unknown_key":
        given = {"guess": guess(str(error["loc"][-1]), set(_names(kind)))}
    return finding(name, **given)


def _names(kind: Any) -> Iterator[str]:
    """Every key that a table of this kind may have, and those of the tables in it."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            yield field.name
            yield from _names(hints[field.name])
    for part in get_args(kind):
        yield from _names(part)
