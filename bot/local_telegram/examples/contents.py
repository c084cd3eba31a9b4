"""An example of each kind of content that people send, as the Bot API has it.

    content = CONTENTS["giveaway"](Scene(world, user, chat))  # {"giveaway": {...}}

`service_messages` has the kinds by which Telegram tells what was done. `poll` and `quiz`,
`location` and `live_location` are one kind to the Bot API; an `animation`, a `live_photo` and a
`venue` also have the field of an older kind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.local_telegram.examples.origins import CHANNEL
from bot.local_telegram.wire.parameters import Upload
from bot.local_telegram.world.chats import Chat
from bot.local_telegram.world.file_types import image_size
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

# A picture of 2 x 2 points, the smallest that is taken as a photo here.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001049444154789c6338"
    "516103440c100a002bce05f1d07aed5a0000000049454e44ae426082"
)
LATER = 86_400  # seconds until a date in the future
_SHAPE: Json = {"width": 320, "height": 240, "duration": 2}
_POINT: Json = {"latitude": 39.9042, "longitude": 116.4074}
_LIVE: Json = {"live_period": 900, "heading": 90, "horizontal_accuracy": 12.5}


@dataclass(frozen=True, slots=True)
class Scene:
    """The sender and the chat of an example, and the file in it (None: an example file)."""

    world: World
    user: User
    chat: Chat
    upload: Upload | None = None

    @property
    def now(self) -> int:
        """Unix seconds."""
        return int(time.time())

    def file(self, kind: str, shape: Json | None = None) -> Any:
        """A file of `kind` as the Bot API describes it, kept to be downloaded."""
        upload = self.upload or _FILES.get(kind, _DOCUMENT)
        if shape is None:
            return self.world.files.add(kind, upload)
        described = self.world.files.store(kind, upload).base | shape
        self.world.files.objects[described["file_id"]] = (kind, described)
        return described


Make = Callable[[Scene], Json]
_DOCUMENT = Upload("1.pdf", "application/pdf", b"%PDF-1.4 %%EOF")
_FILES = {
    "photo": Upload("1.png", "image/png", PICTURE),
    "sticker": Upload("sticker.webp", "image/webp", "🙂".encode()),
    "video": Upload("1.mp4", "video/mp4", b"\0\0\0\x18ftypmp42"),
    "audio": Upload("1.mp3", "audio/mpeg", b"ID3\x04"),
    "voice": Upload("1.ogg", "audio/ogg", b"OggS"),
}


def example(**content: Any) -> Make:
    """A maker of the same content every time."""
    return lambda scene: deepcopy(content)


def _file(kind: str) -> Make:
    return lambda scene: {kind: scene.file(kind)}


def _animation(scene: Scene) -> Json:
    size = image_size(scene.upload.data) if scene.upload else None
    shape = dict(zip(("width", "height"), size, strict=True)) if size else {}
    name = scene.upload.name if scene.upload else "1.mp4"
    named = {"file_name": name, "mime_type": "video/mp4"}
    animation: Json = scene.file("animation", _SHAPE | shape | named)
    document = {k: v for k, v in animation.items() if k not in _SHAPE}
    return {"animation": animation, "document": document}


def _live_photo(scene: Scene) -> Json:
    photo = scene.file("photo")
    moving = Scene(scene.world, scene.user, scene.chat).file("live_photo", _SHAPE)
    return {"live_photo": moving | {"photo": photo, "mime_type": "video/mp4"}, "photo": photo}


def _paid_media(scene: Scene) -> Json:
    shown = [{"type": "preview"} | _SHAPE, {"type": "photo", "photo": scene.file("photo")}]
    return {"paid_media": {"star_count": 5, "paid_media": shown}}


def _contact(scene: Scene) -> Json:
    who = {"first_name": scene.user.first_name, "user_id": scene.user.id}
    return {"contact": {"phone_number": "+8613800000000"} | who}


def _game(scene: Scene) -> Json:
    about = {"title": "猜票号", "description": "猜猜看", "photo": scene.file("photo")}
    return {"game": about}


def _poll(**more: Any) -> Make:
    shown: Json = {
        "id": "5400000000000000001",
        "question": "发票能查到吗？",
        "options": [
            {"persistent_id": str(n), "text": text, "voter_count": 0}
            for n, text in enumerate(("能", "不能"))
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return example(poll=shown | more)


def _giveaway(scene: Scene) -> Json:
    prize = {"winner_count": 2, "prize_star_count": 500, "prize_description": "奖品"}
    return {"giveaway": prize | {"chats": [CHANNEL], "winners_selection_date": scene.now + LATER}}


def _winners(scene: Scene) -> Json:
    won = {"winner_count": 1, "winners": [scene.user.json], "prize_star_count": 500}
    where = {"chat": CHANNEL, "giveaway_message_id": 7, "winners_selection_date": scene.now}
    return {"giveaway_winners": where | won}


RICH: list[Json] = [
    {"type": "heading", "text": "发票", "size": 1},
    {"type": "paragraph", "text": ["今天开的", {"type": "bold", "text": "发票"}, "查不到"]},
    {"type": "divider"},
]
CONTENTS: Mapping[str, Make] = {
    "text": example(text="发票查不到"),
    "photo": _file("photo"),
    "document": _file("document"),
    "animation": _animation,
    "audio": _file("audio"),
    "voice": _file("voice"),
    "video": _file("video"),
    "video_note": lambda s: {"video_note": s.file("video_note", {"length": 240, "duration": 2})},
    "live_photo": _live_photo,
    "sticker": _file("sticker"),
    "paid_media": _paid_media,
    "story": example(story={"chat": CHANNEL, "id": 5}),
    "checklist": example(
        checklist={
            "title": "要带的",
            "tasks": [{"id": 1, "text": "发票"}, {"id": 2, "text": "小票"}],
        }
    ),
    "contact": _contact,
    "dice": example(dice={"emoji": "🎲", "value": 4}),
    "game": _game,
    "poll": _poll(),
    "quiz": _poll(type="quiz", correct_option_ids=[0], explanation="开票后可查"),
    "venue": example(
        venue={"location": _POINT, "title": "税务局", "address": "北京"}, location=_POINT
    ),
    "location": example(location=_POINT),
    "live_location": example(location=_POINT | _LIVE),
    "giveaway": _giveaway,
    "giveaway_winners": _winners,
    "rich_message": example(rich_message={"blocks": RICH}),
    "invoice": example(
        invoice={
            "title": "停车费",
            "description": "两小时",
            "start_parameter": "",
            "currency": "CNY",
            "total_amount": 1000,
        }
    ),
    "passport_data": example(
        passport_data={
            "data": [{"type": "phone_number", "phone_number": "8613800000000", "hash": "aGFzaA=="}],
            "credentials": {"data": "ZGF0YQ==", "hash": "aGFzaA==", "secret": "c2VjcmV0"},
        }
    ),
}
