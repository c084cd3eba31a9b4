"""The objects by which the Bot API describes files, for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.file_types import image_size

Json = dict[str, Any]

_PHOTO_EDGES = (90, 320, 800, 1280)
_PHOTO_SIDES, _PHOTO_RATIO = 10_000, 20


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


def photo_sizes(data: bytes) -> dict[int, Json]:
    """Width and height in pixels of each size of a photo, by its longer edge, growing.

    Raises a 400 for what is no image, or one of measures that Telegram takes as a file alone
    (core.telegram.org/bots/api#sendphoto).
    """
    size = image_size(data)
    if size is None or not all(size):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _PHOTO_SIDES or max(size) > _PHOTO_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    longest = max(size)
    edges = [edge for edge in _PHOTO_EDGES if edge < longest]
    if longest <= _PHOTO_EDGES[-1]:
        edges.append(longest)
    width, height = size
    return {
        edge: {
            "width": max(1, width * edge // longest),
            "height": max(1, height * edge // longest),
        }
        for edge in edges
    }


def _document(file: StoredFile, extra: Parameters) -> Json:
    return file.base | {"file_name": file.name, "mime_type": file.mime}


def _voice(file: StoredFile, extra: Parameters) -> Json:
    duration = extra.integer("duration") or 1
    return file.base | {"duration": duration, "mime_type": "audio/ogg"}


def _audio(file: StoredFile, extra: Parameters) -> Json:
    named = {key: extra.text(key) for key in ("performer", "title") if extra.text(key)}
    about = {"duration": extra.integer("duration") or 1, "file_name": file.name}
    return file.base | about | {"mime_type": file.mime} | named


def _video(file: StoredFile, extra: Parameters) -> Json:
    shape = {key: extra.integer(key) or 320 for key in ("width", "height")}
    about = {"duration": extra.integer("duration") or 1, "file_name": file.name}
    return file.base | shape | about | {"mime_type": file.mime}


def _animation(file: StoredFile, extra: Parameters) -> Json:
    width, height = image_size(file.data) or (320, 320)
    shape = {"width": width, "height": height, "duration": extra.integer("duration") or 1}
    return file.base | shape | {"file_name": file.name, "mime_type": file.mime}


def _video_note(file: StoredFile, extra: Parameters) -> Json:
    names = {"length": 240, "duration": 1}
    return file.base | {name: extra.integer(name) or usual for name, usual in names.items()}


def _sticker(file: StoredFile, extra: Parameters) -> Json:
    emoji = {"emoji": extra.text("emoji")} if extra.text("emoji") else {}
    shape = {"type": "regular", "width": 512, "height": 512}
    return file.base | shape | {"is_animated": False, "is_video": False} | emoji


DESCRIBE: Mapping[str, Callable[[StoredFile, Parameters], Json]] = {
    "document": _document,
    "voice": _voice,
    "audio": _audio,
    "video": _video,
    "sticker": _sticker,
    "animation": _animation,
    "video_note": _video_note,
}
"""The object of a file of each kind but photo; parameters give what the bytes do not tell."""
