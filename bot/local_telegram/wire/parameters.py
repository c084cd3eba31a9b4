"""The parameters of one call, whichever form they came in.

In a query string or a form every value is text, and objects are JSON inside that text; in a JSON
body a library may send either. So a value is read by what the method expects.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.values import parse_json, whole

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values by name, and uploads by the name of their multipart part."""

    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value as text; empty when it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str) -> int | None:
        """The value as an integer of 64 bits, None when it is missing.

        Raises a 400 for anything else.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        number = whole(value)
        if number is None:
            raise bad_request(f"invalid {name} specified")
        return number

    def number(self, name: str) -> float | None:
        """The value as a finite number, None when it is missing or is none."""
        try:
            number = float(self.text(name))
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def flag(self, name: str) -> bool:
        """The value as a boolean: true, True, 1 and yes are true, all else is false."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.lower() in {"true", "1", "yes"}
        return bool(value)

    def structure(self, name: str) -> Any:
        """The value as parsed JSON, None when it is missing. Raises a 400 when it is broken."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        return parse_json(value, f"{name} JSON object")

    def mapping(self, name: str) -> Json | None:
        """The value as a JSON object, None when it is missing. Raises a 400 when it is not one."""
        value = self.structure(name)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {name.replace('_', ' ')}")

    def sequence(self, name: str) -> list[Any] | None:
        """The value as a JSON array, None when it is missing. Raises a 400 when it is not one."""
        value = self.structure(name)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"can't parse {name}: array expected")

    def objects(self, name: str) -> list[Json]:
        """The value as a JSON array of objects, empty when missing.

        Raises a 400 for anything else.
        """
        items = self.sequence(name) or []
        if not all(isinstance(item, dict) for item in items):
            raise bad_request(f"can't parse {name}: objects expected in the array")
        return items

    def upload(self, name: str, value: object = None) -> Upload | None:
        """The upload that `value` ("attach://PART") names, else the part called `name`."""
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)
