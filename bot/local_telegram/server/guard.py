"""Who may ask this server: its own page and programs of this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.values import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OWN_SITES = frozenset({None, "none", "same-origin"})
"""`Sec-Fetch-Site` of a program, of an address typed by a person, and of this server's page."""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what did not come from this server's own page or from a program of this machine.

    A page of another site, or of another server on this machine, could reach this one by a name
    that it lets point here (hence Host), by a form or a script (hence Origin), or as the address of
    a picture (hence Sec-Fetch-Site, which no script can set).
    """
    if not is_loopback(f"//{request.host}") or not is_from_here(request):
        return web.json_response({"error": "this address is for this machine alone"}, status=403)
    try:
        response = await handler(request)
    except ApiError as error:
        said = error.description.removeprefix("Bad Request: ")
        response = web.json_response({"error": said}, status=error.code)
    except web.HTTPRequestEntityTooLarge:
        response = web.json_response({"error": "the file is too big"}, status=413)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def is_from_here(request: web.Request) -> bool:
    """Whether no other site asks; a link of another site may lead to this server's page."""
    here = f"{request.scheme}://{request.host}"
    if any(origin != here for origin in request.headers.getall("Origin", ())):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    return site in OWN_SITES or (request.path == "/" and request.method == "GET")
