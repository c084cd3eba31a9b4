"""Files that were sent, in memory, and how the Bot API describes each kind."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections import OrderedDict
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.local_telegram.wire.bodies import MEGABYTE
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters, Upload

Json = dict[str, Any]

UPLOAD_LIMITS = {"photo": 10 * MEGABYTE}
UPLOAD_LIMIT = 50 * MEGABYTE
DOWNLOAD_LIMIT = 20 * MEGABYTE
FETCH_LIMITS = {"photo": 5 * MEGABYTE}
FETCHED_DOCUMENTS = frozenset({"image/gif", "application/pdf", "application/zip"})
_FOLDERS = {
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "sticker": "stickers",
    "animation": "animations",
    "video_note": "video_notes",
}
_PHOTO_EDGES = (90, 320, 800, 1280)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file under one `file_id`. `kind` is one of those that `Files.add` takes."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    path: str
    data: bytes

    @property
    def base(self) -> Json:
        """What every object that describes a file has in common."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


class Files:
    """The files of this Telegram. The oldest are forgotten when all together exceed `limit` bytes.

    A photo's smaller sizes have ids of their own, as in Telegram, but share the full image.
    `address` is where this Telegram serves files.
    """

    address = ""

    def __init__(self, limit: int = 256 * MEGABYTE) -> None:
        self.limit = limit
        self.by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self.by_path: dict[str, StoredFile] = {}
        self.objects: dict[str, tuple[str, Any]] = {}
        self._numbers = count(1)
        self._held = 0

    def add(self, kind: str, upload: Upload, extra: Json | None = None) -> Any:
        """Keep `upload`; return its Bot API object (a list of PhotoSize for a photo).

        `extra` gives what cannot be read from the bytes: duration, width, height, title, performer,
        emoji. Raises a 400 for an empty or too large file and for a photo that is no image.
        """
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > UPLOAD_LIMITS.get(kind, UPLOAD_LIMIT):
            raise bad_request("file is too big")
        described = _DESCRIBE[kind](self, upload, Parameters(extra or {}))
        ids = [size["file_id"] for size in described] if kind == "photo" else [described["file_id"]]
        for file_id in ids:
            self.objects[file_id] = (kind, described)
        return described

    def store(self, kind: str, upload: Upload, variant: str = "") -> StoredFile:
        """Keep the bytes under a new `file_id`; the unique id follows from content and kind."""
        number = next(self._numbers)
        digest = hashlib.sha256(f"{kind}{variant}".encode() + upload.data).digest()
        suffix = re.search(r"\.[A-Za-z0-9]{1,8}$", upload.name)
        file = StoredFile(
            id=_name("BQAC", digest[:18] + number.to_bytes(6, "big")),
            unique_id=_name("AgAD", digest[:9]),
            kind=kind,
            name=upload.name,
            mime=sniff(upload.data) or upload.mime,
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{suffix[0] if suffix else ''}",
            data=upload.data,
        )
        self.by_id[file.id] = file
        self.by_path[file.path] = file
        self._held += len(file.data)
        while self._held > self.limit and len(self.by_id) > 1:
            _, old = self.by_id.popitem(last=False)
            self.by_path.pop(old.path, None)
            self.objects.pop(old.id, None)
            self._held -= len(old.data)
        return file

    def known(self, kind: str, file_id: str) -> Any:
        """The Bot API object of a file sent before. Raises a 400 when unknown or of other kind."""
        if file_id not in self.objects:
            raise bad_request("wrong file identifier/HTTP URL specified")
        was, described = self.objects[file_id]
        if was != kind:
            raise bad_request(f"can't use file of type {_title(was)} as {_title(kind)}")
        return described

    def fetched(self, kind: str, url: str) -> Upload:
        """The file at `url`, which must be one that this Telegram serves: it has no network.

        Raises a 400 where there is nothing, too much, or another type than Telegram would fetch.
        """
        if not re.match(r"https?://[^/\s]+", url):
            raise bad_request("wrong HTTP URL specified")
        found = re.fullmatch(re.escape(self.address) + r"/file/bot[^/]+/(.+)", url)
        file = self.by_path.get(found[1]) if found and self.address else None
        limit = FETCH_LIMITS.get(kind, DOWNLOAD_LIMIT)
        if file is None or len(file.data) > limit:
            raise bad_request("failed to get HTTP URL content")
        is_image = file.mime.startswith("image/")
        if (kind == "photo" and not is_image) or (
            kind == "document" and file.mime not in FETCHED_DOCUMENTS
        ):
            raise bad_request("wrong type of the web page content")
        return Upload(file.name, file.mime, file.data)


def _name(prefix: str, raw: bytes) -> str:
    return prefix + urlsafe_b64encode(raw).decode().rstrip("=")


def _title(kind: str) -> str:
    return kind.title().replace("_", "")


def sniff(data: bytes) -> str | None:
    """The MIME type that the first bytes prove, of those safe to show in a page."""
    for magic, mime in _MAGIC:
        if data.startswith(magic):
            return mime
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "video/mp4" if data[4:8] == b"ftyp" else None


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP image, None for anything else."""
    mime = sniff(data)
    if mime == "image/png" and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if mime == "image/gif" and len(data) >= 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if mime == "image/jpeg":
        return _jpeg_size(data)
    return (512, 512) if mime == "image/webp" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height = int.from_bytes(data[at + 5 : at + 7], "big")
            return int.from_bytes(data[at + 7 : at + 9], "big"), height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _photo(files: Files, upload: Upload, extra: Parameters) -> list[Json]:
    size = image_size(upload.data)
    if size is None or not all(size):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    longest = max(width, height)
    edges = [edge for edge in _PHOTO_EDGES if edge < longest]
    if longest <= _PHOTO_EDGES[-1]:
        edges.append(longest)
    sizes = []
    for edge in edges:
        shape = {
            "width": max(1, width * edge // longest),
            "height": max(1, height * edge // longest),
        }
        sizes.append(files.store("photo", upload, str(edge)).base | shape)
    return sizes


def _document(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("document", upload)
    return file.base | {"file_name": file.name, "mime_type": file.mime}


def _voice(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("voice", upload)
    duration = extra.integer("duration") or 1
    return file.base | {"duration": duration, "mime_type": "audio/ogg"}


def _audio(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("audio", upload)
    named = {key: extra.text(key) for key in ("performer", "title") if extra.text(key)}
    about = {"duration": extra.integer("duration") or 1, "file_name": file.name}
    return file.base | about | {"mime_type": file.mime} | named


def _video(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("video", upload)
    shape = {key: extra.integer(key) or 320 for key in ("width", "height")}
    about = {"duration": extra.integer("duration") or 1, "file_name": file.name}
    return file.base | shape | about | {"mime_type": file.mime}


def _animation(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("animation", upload)
    width, height = image_size(upload.data) or (320, 320)
    shape = {"width": width, "height": height, "duration": extra.integer("duration") or 1}
    return file.base | shape | {"file_name": file.name, "mime_type": file.mime}


def _video_note(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("video_note", upload)
    names = {"length": 240, "duration": 1}
    return file.base | {name: extra.integer(name) or usual for name, usual in names.items()}


def _sticker(files: Files, upload: Upload, extra: Parameters) -> Json:
    file = files.store("sticker", upload)
    emoji = {"emoji": extra.text("emoji")} if extra.text("emoji") else {}
    shape = {"type": "regular", "width": 512, "height": 512}
    return file.base | shape | {"is_animated": False, "is_video": False} | emoji


_DESCRIBE: dict[str, Any] = {
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "audio": _audio,
    "video": _video,
    "sticker": _sticker,
    "animation": _animation,
    "video_note": _video_note,
}
