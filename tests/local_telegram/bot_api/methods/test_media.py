"""Files that a bot sends and downloads."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.local_telegram import Attachment, LocalTelegram
from bot.local_telegram.bot_api.methods import media
from bot.local_telegram.world import files

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001


async def test_a_file_is_downloaded_as_it_was_sent(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    (sent,) = await started.person(WANG).sends(Attachment("票.pdf", b"%PDF-1.7 x"))
    file = await call("getFile", file_id=sent.raw["document"]["file_id"])
    assert file["file_size"] == 10
    url = f"{started.url}/file/bot{started.token}/{file['file_path']}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert await response.read() == b"%PDF-1.7 x"
    reason = await refused("getFile", file_id="nothing")
    assert reason == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_a_file_over_20_megabytes_cannot_be_downloaded(
    started: LocalTelegram, call: Call, refused: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "DOWNLOAD_LIMIT", 9)
    (sent,) = await started.person(WANG).sends(Attachment("big.pdf", b"0123456789"))
    reason = await refused("getFile", file_id=sent.raw["document"]["file_id"])
    assert reason == "Bad Request: file is too big"


async def test_a_file_is_sent_again_by_its_id_as_the_kind_it_is(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    file_id = sent.raw["photo"][-1]["file_id"]
    again = await call("sendPhoto", chat_id=WANG, photo=file_id)
    assert again["photo"] == sent.raw["photo"]
    wrong = await refused("sendDocument", chat_id=WANG, document=file_id)
    assert wrong == "Bad Request: can't use file of type Photo as Document"
    unknown = await refused("sendPhoto", chat_id=WANG, photo="AgACnothing")
    assert unknown == "Bad Request: wrong file identifier/HTTP URL specified"
    assert "no voice in the request" in await refused("sendVoice", chat_id=WANG)


async def test_a_file_comes_by_url_from_this_telegram_alone(
    started: LocalTelegram,
    call: Call,
    refused: Call,
    photo: Attachment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    (note,) = await started.person(WANG).sends(Attachment("a.txt", b"text", "text/plain"))

    async def url(file_id: str) -> str:
        path = (await call("getFile", file_id=file_id))["file_path"]
        return f"{started.url}/file/bot{started.token}/{path}"

    picture = await url(sent.raw["photo"][-1]["file_id"])
    again = await call("sendPhoto", chat_id=WANG, photo=picture)
    assert again["photo"][-1]["width"] == sent.raw["photo"][-1]["width"]
    text = await url(note.raw["document"]["file_id"])
    for method, kind, given, reason in (
        ("sendPhoto", "photo", text, "wrong type of the web page content"),
        ("sendDocument", "document", text, "wrong type of the web page content"),
        ("sendPhoto", "photo", "https://a.cn/x.png", "failed to get HTTP URL content"),
        ("sendPhoto", "photo", f"{started.url}/file/botx/none", "failed to get HTTP URL content"),
        ("sendPhoto", "photo", "ftp://a.cn/x", "wrong HTTP URL specified"),
        ("sendPhoto", "photo", "x.png", "wrong file identifier/HTTP URL specified"),
    ):
        assert await refused(method, chat_id=WANG, **{kind: given}) == f"Bad Request: {reason}"
    monkeypatch.setitem(files.FETCH_LIMITS, "photo", 10)
    assert "failed to get" in await refused("sendPhoto", chat_id=WANG, photo=picture)


async def test_an_album_has_two_to_ten_items_of_kinds_that_go_together(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    (sent,) = await started.person(WANG).sends(photo, kind="photo")
    item = {"type": "photo", "media": sent.raw["photo"][-1]["file_id"]}
    for count in (1, 11):
        reason = await refused("sendMediaGroup", chat_id=WANG, media=[item] * count)
        assert reason == "Bad Request: there must be from 2 to 10 items in an album"
    mixed = [item, item | {"type": "document"}]
    assert "specified type in the album" in await refused(
        "sendMediaGroup", chat_id=WANG, media=mixed
    )
    album = await call("sendMediaGroup", chat_id=WANG, media=[item | {"caption": "甲"}, item])
    assert album[0]["caption"] == "甲"
    assert album[0]["media_group_id"] == album[1]["media_group_id"]


@pytest.mark.parametrize(
    ("width", "height", "taken"),
    [(9_000, 1_000, True), (9_001, 1_000, False), (2_000, 100, True), (100, 2_001, False)],
)
async def test_a_photo_is_not_too_large_and_not_too_long(
    started: LocalTelegram, call: Call, width: int, height: int, taken: bool
) -> None:
    """It is uploaded as a bot does it; its pixels are not looked at, so that a header is enough."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    form = aiohttp.FormData({"chat_id": str(WANG), "caption": "图"})
    form.add_field("photo", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size, filename="chart.png")
    url = f"{started.url}/bot{started.token}/sendPhoto"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as response:
        answer = await response.json()
    assert answer["ok"] is taken
    assert taken or answer["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    heard = [seen for seen in await started.person(WANG).history() if seen.text == "图"]
    assert len(heard) == taken
