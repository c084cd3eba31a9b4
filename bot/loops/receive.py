"""Updates into the inbox. A channel hears that one is received only after it is on the disk."""

from __future__ import annotations

import asyncio
import hmac
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from aiohttp import web

from bot.channels import Channel, Later, Update
from bot.loops import inline, members
from bot.loops.desk import Desk
from bot.loops.gate import Gate
from bot.loops.typing import promise_typing
from bot.store import Arrival
from bot.store.protocol import Receive

log = logging.getLogger(__name__)
BODY_LIMIT = 1024 * 1024  # bytes; an update is a few thousand

SLOW = 1.0  # seconds for a caller in the middle of a call when asked to stop


async def take(desk: Desk[Receive], channel: Channel, updates: Sequence[Update]) -> None:
    """Keep the updates of a channel; returns when they are durable.

    What is asked inline is answered and not kept.
    """
    inline.answer_soon(desk, channel, [u.asked for u in updates if u.asked is not None])
    updates = [update for update in updates if update.asked is None]
    if not updates:
        return
    arrivals = [Arrival(channel.name, u.key, members.lane(u), u.payload) for u in updates]
    await desk.write(desk.store.inbox.take, arrivals, desk.clock())
    desk.arrived.set()
    if private := [update.chat for update in updates if update.private]:
        promise_typing(desk, private)


async def poll(desk: Desk[Receive], but: str = "") -> None:
    """Fetch from every channel for ever, but from the one with this name."""
    others = [each for each in desk.channels.values() if each.name != but]
    polling = [asyncio.ensure_future(_poll(desk, each)) for each in others]
    try:
        await asyncio.gather(asyncio.Event().wait(), *polling)
    finally:
        for each in polling:
            each.cancel()


async def _poll(desk: Desk[Receive], channel: Channel) -> None:
    """Fetching again confirms the batch before, so it comes after `take`."""
    while True:
        try:
            updates = await channel.fetch()
        except Later as wait:
            log.warning("cannot fetch updates, trying again in %.0f s: %s", wait.seconds, wait)
            await asyncio.sleep(wait.seconds)
            continue
        if updates:
            await take(desk, channel, updates)


def webhook(
    desk: Desk[Receive], name: str, secret: str, gate: Gate | None = None
) -> web.Application:
    """The web application that the channel with this name posts updates to, at any path, through
    the gate.
    """
    channel, gate = desk.channels[name], gate or Gate()

    async def post(request: web.Request) -> web.Response:
        given = request.headers.get(channel.secret_header, "")
        # A header may hold bytes that are no text.
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            raise web.HTTPForbidden
        try:
            update = channel.posted(await request.read())
        except ValueError:
            raise web.HTTPBadRequest from None
        with gate.answering(request):
            await take(desk, channel, [update])
        return web.Response()

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post("/{path:.*}", post)
    return app


@contextmanager
def serve(
    listen: str, name: str, secret: str
) -> Iterator[Callable[[Desk[Receive]], Awaitable[None]]]:
    """A loop that takes updates from `webhook` on `host:port`, which is bound from now on, and
    fetches from every other channel.

    Raises `OSError` where that address cannot be had.
    """
    host, _, port = listen.rpartition(":")

    async def serving(desk: Desk[Receive]) -> None:
        gate = Gate()
        app = webhook(desk, name, secret, gate)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SLOW)
        await runner.setup()
        assert runner.server is not None
        make = gate.of(runner.server)
        try:
            async with await asyncio.get_running_loop().create_server(make, sock=bound):
                await poll(desk, but=name)
        finally:
            await runner.cleanup()

    with socket.create_server((host.strip("[]"), int(port))) as bound:
        yield serving
