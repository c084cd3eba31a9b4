"""The parameters of one Bot API call, however the client chose to send them.

Telegram takes a query string, a urlencoded form, a multipart form or a JSON body. In the first
three every value is text, and objects are JSON inside that text; in a JSON body a library may send
either. So a value is read by what the method expects, not by how it came.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import (
    BadContentDispositionHeader,
    BadContentDispositionParam,
    BodyPartReader,
    ClientPayloadError,
    ClientResponse,
    MultipartReader,
    web,
)
from aiohttp.http_exceptions import HttpProcessingError

from bot.local_telegram.errors import bad_request
from bot.local_telegram.values import parse_json, whole

Json = dict[str, Any]

MOST_FIELDS = 1_000
"""How many fields a form may have."""
_UNREADABLE = (
    ValueError,
    RuntimeError,
    HttpProcessingError,
    ClientPayloadError,
    web.RequestPayloadError,
    # warnings, which stop a program that takes warnings for errors
    BadContentDispositionHeader,
    BadContentDispositionParam,
)
"""What aiohttp raises for a body that is not what its headers say."""


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
        """The value as a number of 64 bits, None when it is missing. Raises a 400 for all else."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        number = whole(value)
        if number is None:
            raise bad_request(f"invalid {name} specified")
        return number

    def number(self, name: str) -> float | None:
        """The value as a finite number, None when it is missing or is not one."""
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
        """The value as a JSON array of objects, empty when it is missing. Raises a 400 for else."""
        items = self.sequence(name) or []
        if not all(isinstance(item, dict) for item in items):
            raise bad_request(f"can't parse {name}: objects expected in the array")
        return items

    def upload(self, name: str, value: object = None) -> Upload | None:
        """The upload meant by `value` ("attach://PART"), or the part called `name`."""
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)


async def read_parameters(request: web.Request) -> Parameters:
    """Read a call's parameters from its query string and body.

    Raises `ApiError` 400 for a body that cannot be read or is JSON but not an object, and aiohttp's
    413 for a body over the server's limit.
    """
    values: Json = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if request.method != "POST" or not request.body_exists:
        return Parameters(values)
    if kind == "multipart/form-data":
        return Parameters(values, await read_multipart(request, values))
    with _readable():
        body = await request.read()
    return Parameters(values | (_from_json if kind == "application/json" else _from_form)(body))


async def read_call(response: ClientResponse, limit: int) -> Parameters:
    """The call that a bot's answer to an update carries: its name is `method`, if it has one.

    Raises what `read_parameters` does.
    """
    kind = response.content_type
    values: Json = {}
    if kind == "multipart/form-data":
        with _readable():
            uploads = await read_parts(MultipartReader.from_response(response), values, limit)
        return Parameters(values, uploads)
    body = await response.read()
    if kind == "application/json":
        values = _from_json(body)
    elif kind == "application/x-www-form-urlencoded":
        values = _from_form(body)
    return Parameters(values)


@contextmanager
def _readable() -> Iterator[None]:
    """Turns what is raised for a broken body into a 400."""
    try:
        yield
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except _UNREADABLE:
        raise bad_request("can't parse the request body") from None


def _from_json(body: bytes) -> Json:
    with _readable():
        text = body.decode()
    sent = parse_json(text, "JSON in the request body") if text else {}
    if not isinstance(sent, dict):
        raise bad_request("object expected as the request body")
    return sent


def _from_form(body: bytes) -> Json:
    with _readable():
        return dict(parse_qsl(body.decode(), True, errors="strict", max_num_fields=MOST_FIELDS))


async def read_multipart(request: web.Request, values: Json) -> dict[str, Upload]:
    """Put the text parts of a request into `values`; return the file parts."""
    with _readable():
        return await read_parts(await request.multipart(), values, request.client_max_size)


async def read_parts(parts: AsyncIterable[Any], values: Json, limit: int) -> dict[str, Upload]:
    """Put the text parts into `values`; return the file parts.

    A part name that comes again is kept under NAME, NAME.1, NAME.2 and so on. Raises what aiohttp
    does for a body that is not multipart, and its 413 when all together exceed `limit` bytes, if
    that is not 0.
    """
    uploads: dict[str, Upload] = {}
    times: Counter[str] = Counter()
    size = fields = 0
    async for part in parts:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read())
        size += len(data)
        fields += 1
        if limit and size > limit:
            raise web.HTTPRequestEntityTooLarge(limit, size)
        if fields > MOST_FIELDS:
            raise ValueError("too many fields")
        if part.filename is None:
            values[part.name] = data.decode()
            continue
        mime = part.headers.get("Content-Type", "application/octet-stream")
        again = times[part.name]
        times[part.name] += 1
        key = f"{part.name}.{again}" if again else part.name
        uploads[key] = Upload(part.filename, mime.partition(";")[0].strip(), data)
    return uploads
