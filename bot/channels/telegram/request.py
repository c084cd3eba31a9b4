"""python-telegram-bot's port for HTTP, on aiohttp.

It logs nothing, so no address with the token in it can reach a log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels import door

CONNECTIONS = 64
TIMEOUT = 20.0
JSON: Mapping[str, str] = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Fields:
    """The JSON of a call, in the place of python-telegram-bot's `RequestData`."""

    json: bytes


class AiohttpRequest(BaseRequest):
    """One session for all calls; `read_timeout` in seconds."""

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            # The Bot API sets no cookies, and looking for them takes a while with every call.
            cookies = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=cookies)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As python-telegram-bot's own, which logs the whole of what is no JSON."""
        try:
            answer = door.parsed(payload)
        except ValueError:
            raise TelegramError("the answer is no JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is no JSON object")
        return answer

    async def call(self, url: str, fields: Mapping[str, Any]) -> Any:
        """Post the fields as JSON; returns the plain `result`. Raises `TelegramError`."""
        return await self.post(url, cast("RequestData", Fields(json.dumps(fields).encode())))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Fields | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        assert self._session is not None, "initialize() comes first"
        seconds = read_timeout if isinstance(read_timeout, int | float) else TIMEOUT
        timeout = aiohttp.ClientTimeout(total=seconds, connect=TIMEOUT)
        data, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            # The text of an aiohttp error may hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from None


def _body(data: RequestData | Fields | None) -> tuple[Any, Mapping[str, str] | None]:
    """What is posted, and its headers where aiohttp does not know them."""
    if isinstance(data, Fields):
        return data.json, JSON
    if data is not None and data.contains_files:
        form = aiohttp.FormData(data.json_parameters)
        for name, (filename, content, mime) in data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=mime)
        return form, None
    return (data.json_parameters if data else None), None
