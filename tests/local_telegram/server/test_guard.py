"""Who may ask the server."""

from __future__ import annotations

import aiohttp
import pytest

from bot.local_telegram import LocalTelegram
from tests.local_telegram.conftest import ask


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://localhost:PORT"},
        {"Origin": "https://127.0.0.1:PORT"},
        {"Origin": "http://127.0.0.1:PORT.evil.example"},
        {"Origin": "http://127.0.0.1:PORT@evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:PORT", "Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/client/people"), ("POST", "/client/send"), ("GET", "/botTOKEN/sendMessage")],
)
async def test_pages_of_other_sites_and_servers_are_kept_out(
    telegram: LocalTelegram, headers: dict[str, str], method: str, path: str
) -> None:
    port = telegram.url.rpartition(":")[2]
    sent = {name: value.replace("PORT", port) for name, value in headers.items()}
    path = path.replace("TOKEN", telegram.token)
    status, answer, _ = await ask(telegram, path, method=method, headers=sent)
    assert (status, answer) == (403, {"error": "this address is for this machine alone"})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize("site", ["same-origin", "none"])
async def test_the_servers_own_page_is_let_in_and_nothing_is_shared(
    telegram: LocalTelegram, host: str, site: str
) -> None:
    here = f"{host}:{telegram.url.rpartition(':')[2]}"
    headers = {"Host": here, "Origin": f"http://{here}", "Sec-Fetch-Site": site}
    status, _, headers = await ask(telegram, "/client/people", method="GET", headers=headers)
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


async def test_a_link_of_another_site_may_lead_to_the_page(telegram: LocalTelegram) -> None:
    async with (
        aiohttp.ClientSession(telegram.url) as session,
        session.get("/?start=faq-7", headers={"Sec-Fetch-Site": "cross-site"}) as response,
    ):
        assert response.status == 200
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
