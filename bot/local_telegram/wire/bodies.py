"""The parameters of a call, read from its query string and body in each form Telegram takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
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

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters, Upload
from bot.local_telegram.wire.values import parse_json

Json = dict[str, Any]

MEGABYTE = 1024 * 1024
BODY_LIMIT = 52 * MEGABYTE
"""The most bytes of a body: the largest file and the other parts of its form."""
MOST_FIELDS = 1_000
"""How many fields a form may have."""
_UNREADABLE = (
    ValueError,
    RuntimeError,
    HttpProcessingError,
    ClientPayloadError,
    web.RequestPayloadError,
    # these are warnings, which are raised where warnings are errors
    BadContentDispositionHeader,
    BadContentDispositionParam,
)
"""The exceptions of aiohttp for a body that does not fit its headers."""


async def read_parameters(request: web.Request) -> Parameters:
    """Read a call's parameters from its query string and body.

    Raises `ApiError` 400 for a body that cannot be read or is JSON but not an object, and aiohttp's
    413 for a body over the server's limit.
    """
    values: Json = dict(request.query) if request.query_string else {}
    content_type = request.content_type
    if request.method != "POST" or not request.body_exists:
        return Parameters(values)
    if content_type == "multipart/form-data":
        return Parameters(values, await read_multipart(request, values))
    with _readable():
        body = await request.read()
    return Parameters(
        values | (_from_json if content_type == "application/json" else _from_form)(body)
    )


async def read_call(response: ClientResponse, limit: int) -> Parameters:
    """The call in a bot's answer to an update; parameter `method` is its name, if it has one.

    Raises what `read_parameters` does.
    """
    content_type = response.content_type
    values: Json = {}
    if content_type == "multipart/form-data":
        with _readable():
            uploads = await read_parts(MultipartReader.from_response(response), values, limit)
        return Parameters(values, uploads)
    body = await response.read()
    if content_type == "application/json":
        values = _from_json(body)
    elif content_type == "application/x-www-form-urlencoded":
        values = _from_form(body)
    return Parameters(values)


@contextmanager
def _readable() -> Iterator[None]:
    """Turn the exceptions of a broken body into a 400."""
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

    A repeated part name becomes NAME, NAME.1, NAME.2 and so on. Raises what aiohttp does for a body
    that is not multipart, and its 413 when all parts exceed `limit` bytes (0: no limit).
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
