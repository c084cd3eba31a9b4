"""Connections of a web server, bounded in number and in the time they may take.

aiohttp waits for the rest of a request for ever, so whoever begins some hundred of them and ends
none takes every descriptor that the desk has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

CONNECTIONS = 64
"""At a time; one more ends the one that has been silent for longest. Telegram opens one."""
PATIENCE = 30.0
"""Seconds for a whole request, and for the next one on a connection that is kept."""


class Gate:
    """The connections of one server: `loop.create_server` calls `gate.of(server)` for each."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Transport, Connection] = {}
        self._open: set[asyncio.Transport] = set()

    def of(self, server: Callable[[], asyncio.Protocol]) -> Callable[[], Connection]:
        return lambda: Connection(self, server())

    def opened(self, connection: Connection) -> None:
        """Let it in; at the limit the one goes that has waited longest for its request."""
        if len(self._open) >= CONNECTIONS and self._waiting:
            next(iter(self._waiting)).abort()
        self._open.add(connection.transport)
        self._wait(connection)

    def closed(self, connection: Connection) -> None:
        self._open.discard(connection.transport)
        if self._waiting.pop(connection.transport, None) is not None:
            connection.timer.cancel()

    @contextmanager
    def answering(self, request: web.Request) -> Iterator[None]:
        """A whole request has come: its answer may take what it takes."""
        connection = None
        if isinstance(request.transport, asyncio.Transport):
            connection = self._waiting.pop(request.transport, None)
        if connection is not None:
            connection.timer.cancel()
        try:
            yield
        finally:
            if connection is not None and connection.transport in self._open:
                self._wait(connection)

    def _wait(self, connection: Connection) -> None:
        later = asyncio.get_running_loop().call_later
        connection.timer = later(PATIENCE, connection.transport.abort)
        self._waiting[connection.transport] = connection


class Connection(asyncio.Protocol):
    """Hands all on to the server's own protocol, and tells the gate when it begins and ends."""

    transport: asyncio.Transport
    timer: asyncio.TimerHandle

    def __init__(self, gate: Gate, inner: asyncio.Protocol) -> None:
        self._gate = gate
        self._inner = inner

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._gate.opened(self)
        self._inner.connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._gate.closed(self)
        self._inner.connection_lost(error)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
