"""Files that were sent, in memory."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections import OrderedDict
from itertools import count
from typing import Any

from bot.local_telegram.wire.bodies import MEGABYTE
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters, Upload
from bot.local_telegram.world.file_objects import DESCRIBE, StoredFile, photo_sizes
from bot.local_telegram.world.file_types import sniff

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


class Files:
    """The files of this Telegram. The oldest are forgotten when all exceed `limit` bytes.

    The smaller sizes of a photo have ids of their own, as in Telegram, but the bytes of the full
    image. `address` is the URL at which this Telegram serves files.
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
        if kind == "photo":
            sizes = photo_sizes(upload.data).items()
            photo = [self.store(kind, upload, str(edge)).base | size for edge, size in sizes]
            return self._remember(kind, photo, *photo)
        described = DESCRIBE[kind](self.store(kind, upload), Parameters(extra or {}))
        return self._remember(kind, described, described)

    def _remember(self, kind: str, described: Any, *having_ids: Json) -> Any:
        for each in having_ids:
            self.objects[each["file_id"]] = (kind, described)
        return described

    def store(self, kind: str, upload: Upload, variant: str = "") -> StoredFile:
        """Keep the bytes under a new `file_id`; content, kind and `variant` give the unique id."""
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
        """The Bot API object of a file sent before.

        Raises a 400 when unknown or of another kind.
        """
        if file_id not in self.objects:
            raise bad_request("wrong file identifier/HTTP URL specified")
        was, described = self.objects[file_id]
        if was != kind:
            raise bad_request(f"can't use file of type {_title(was)} as {_title(kind)}")
        return described

    def fetched(self, kind: str, url: str) -> Upload:
        """The file at `url`, which this Telegram must serve itself: it has no network.

        Raises a 400 for an unknown URL, a file too large, or a type that Telegram would not fetch.
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
