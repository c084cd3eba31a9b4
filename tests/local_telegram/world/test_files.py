"""Files: what is kept of each kind, its sizes and its ids."""

from __future__ import annotations

import pytest

from bot.local_telegram import Attachment
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Upload
from bot.local_telegram.world import files
from bot.local_telegram.world.file_types import image_size, sniff
from bot.local_telegram.world.files import Files

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080064012c01011100ffd9")


def test_a_photo_comes_in_growing_sizes_each_with_an_id_of_its_own(photo: Attachment) -> None:
    sizes = Files().add("photo", Upload(photo.name, photo.mime, photo.data))
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (400, 200)]
    assert len({size["file_id"] for size in sizes}) == 3


def test_the_same_bytes_get_a_new_file_id_but_the_same_unique_id() -> None:
    kept = Files()
    one, two = (kept.add("document", Upload("a.pdf", "application/pdf", b"x")) for _ in range(2))
    assert one["file_id"] != two["file_id"]
    assert one["file_unique_id"] == two["file_unique_id"]


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        ("photo", b"not an image", "IMAGE_PROCESS_FAILED"),
        ("document", b"", "file must be non-empty"),
        ("document", b"12345", "file is too big"),
        ("photo", b"1234", "file is too big"),
    ],
)
def test_a_file_that_cannot_be_sent_is_refused(
    kind: str, data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason == "file is too big":
        monkeypatch.setattr(files, "UPLOAD_LIMIT", 4)
        monkeypatch.setattr(files, "UPLOAD_LIMITS", {"photo": 3})
    with pytest.raises(ApiError, match=reason):
        Files().add(kind, Upload("x", "image/png", data))


def test_the_oldest_files_go_when_all_are_too_many_bytes() -> None:
    kept = Files(limit=10)
    first, second = (
        kept.add("document", Upload(name, "text/plain", b"1234567")) for name in ("a.txt", "b.txt")
    )
    assert list(kept.by_id) == [second["file_id"]]
    with pytest.raises(ApiError, match="wrong file identifier"):
        kept.known("document", first["file_id"])


@pytest.mark.parametrize(
    ("data", "mime", "size"),
    [
        (JPEG, "image/jpeg", (300, 100)),
        (b"GIF89a" + bytes([5, 0, 7, 0]), "image/gif", (5, 7)),
        (b"RIFF0000WEBP", "image/webp", (512, 512)),
        (b"OggS", "audio/ogg", None),
        (b"\0\0\0\x18ftypmp42", "video/mp4", None),
        (b"<html>", None, None),
        (b"\xff\xd8\xff", "image/jpeg", None),
    ],
)
def test_a_file_is_what_its_bytes_prove(
    data: bytes, mime: str | None, size: tuple[int, int] | None
) -> None:
    assert sniff(data) == mime
    assert image_size(data) == size
