"""The chat page: a messenger in the browser, which uses the client API as an app does."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).with_name("static")
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""Its `Content-Security-Policy`."""


async def page(request: web.Request) -> web.FileResponse:
    """The page itself."""
    return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY})


ROUTES: tuple[web.AbstractRouteDef, ...] = (web.get("/", page), web.static("/static", STATIC))
