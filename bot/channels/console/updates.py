"""What is typed, as an update that is kept, and back to the event that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from bot.channels import Read
from bot.core.model.events import Attached, Pressed, Said
from bot.core.model.message import Item, Person, Ref, What
from bot.core.text.render import escaped

KINDS: Mapping[str, What] = {"image": "photo", "video": "video", "audio": "audio"}
"""What a file is by the first half of its type; any other is a document."""


def kind(name: str) -> What:
    """What a file of this name is."""
    return KINDS.get((guess_type(name)[0] or "").partition("/")[0], "document")


def file(path: Path) -> dict[str, Any]:
    """What is kept of a file. Raises `OSError` where there is none."""
    if not path.is_file():
        raise FileNotFoundError(path)
    about = path.stat()
    unique = f"{about.st_dev}-{about.st_ino}-{about.st_mtime_ns}"
    return {"path": str(path.absolute()), "size": about.st_size, "unique": unique}


def written(who: Person, ref: Ref, *, group: bool, **what: Any) -> str:
    """The update: `text`, and `file`, `reply_to` with `reply_to_desk`, or the `data` of a press
    with its `query`.
    """
    told = {"who": who.address, "name": who.name, "chat": ref.chat, "message": ref.message}
    text = json.dumps(told | {"group": group} | what, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()  # an argument may have half a character


def read(payload: str, seq: int, at: datetime) -> Read:
    """The event that an update is."""
    told = json.loads(payload)
    ref = Ref(told["chat"], told["message"])
    common: dict[str, Any] = {"seq": seq, "at": at, "group": told["group"], "ref": ref}
    common["who"] = Person(told["who"], told["name"])
    if "data" in told:
        return Pressed(**common, data=told["data"], query=told["query"])
    if (reply := told.get("reply_to")) is not None:
        common["reply_to"] = Ref(ref.chat, reply)
        common["reply_to_desk"] = told["reply_to_desk"]
    text = told["text"]
    if "file" not in told:
        return Said(**common, text=text, html=escaped(text))
    about = told["file"]
    name = Path(about["path"]).name
    item = Item(
        ref=ref,
        what=kind(name),
        file=about["path"],
        name=name,
        html=escaped(text),
        unique=about["unique"],
    )
    mime = guess_type(name)[0] or ""
    return Attached(**common, text=text, item=item, size=about["size"], mime=mime)
