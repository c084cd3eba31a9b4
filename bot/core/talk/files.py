"""Which files are not taken: too big, or made to run on the computer of whoever opens them.

Only what Telegram tells of a file is looked at: size, media type and name. None of them becomes a
path or an address.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

from bot.core.content.limits import Limits
from bot.core.content.texts import Texts
from bot.core.model.events import Attached, Edited
from bot.core.talk import flow
from bot.core.text import private
from bot.core.text.render import fill, joined
from bot.core.turn import Turn

Reason = Literal["file_too_big", "file_runs"]
REASONS: Mapping[Reason, Callable[[Texts], tuple[str, str]]] = {
    "file_too_big": lambda texts: (texts.talk.file_too_big, texts.staff.file_too_big),
    "file_runs": lambda texts: (texts.talk.file_runs, texts.staff.file_runs),
}
"""Why a file is not taken, as the person reads it and as the agents do."""

RUNS = frozenset(
    """
    apk app appimage appx bat bin cmd com command cpl deb desktop dll dmg docm elf exe gadget hta
    htm html img inf ins ipa iso jar jnlp js jse jsp lnk mht mhtml msi msix msp mst php pif pkg pl
    pptm ps1 psm1 py rb reg rpm run scf scr settingcontent-ms sh shtml svg svgz sys url vb vbe vbs
    vhd ws wsc wsf wsh xht xhtml xlsm
    """.split()  # noqa: SIM905 - sixty words read better without quotes
)
"""Endings of what runs when it is opened: programs, scripts, links, images of disks, documents with
macros, and web pages, which run in a browser."""

_RUNS_TYPES = (
    "text/html",
    "text/javascript",
    "application/javascript",
    "application/xhtml",
    "image/svg",
    "application/x-msdownload",
    "application/x-msdos-program",
    "application/x-dosexec",
    "application/x-executable",
    "application/x-elf",
    "application/x-sharedlib",
    "application/x-mach-binary",
    "application/x-sh",
    "application/x-bat",
    "application/x-msi",
    "application/x-ms-shortcut",
    "application/x-ms-installer",
    "application/x-apple-diskimage",
    "application/vnd.microsoft.portable-executable",
    "application/vnd.android.package-archive",
    "application/java-archive",
    "application/hta",
)


def refusal(event: Attached | Edited, limits: Limits) -> Reason | None:
    """Why this file is not taken, or None."""
    if limits.file_bytes and event.size > limits.file_bytes:
        return "file_too_big"
    if _ending(event.item.name) in RUNS or event.mime.lower().startswith(_RUNS_TYPES):
        return "file_runs"
    return None


def refuse(turn: Turn, event: Attached | Edited, reason: Reason) -> bool:
    """Say why the file goes no further, and let the agents know of it.

    True where nothing waits for the person, so that what they wrote with it may be looked at.
    """
    now, (talk, staff) = turn.ticket, REASONS[reason](turn.knowledge.texts)
    why = fill(talk, most=turn.knowledge.limits.file_bytes // 2**20)
    if now is not None:
        name = private.hidden(event.item.name or turn.talk.kinds[event.item.what])
        caption = fill("{text}", text=private.hidden(event.text))
        turn.tell_room(now, joined(fill(staff, name=name), caption))
    if turn.progress is not None:
        flow.repeat(turn, why)
        return False
    turn.say(why)
    return now is None


def _ending(name: str) -> str:
    """What a system goes by, whatever is done to hide it: `发票.pdf\\u202efdp.EXE. ` is an exe."""
    letters = (c for c in name if unicodedata.category(c)[0] != "C")
    shown = unicodedata.normalize("NFKC", "".join(letters)).rstrip(" .")
    return shown.rpartition(".")[2].strip().lower() if "." in shown else ""
