"""A conversation written down, played by people on a local Telegram.

    steps = [
        { who = "王芳", says = "发票查不到" },
        { who = "王芳", sees = "哪天开的" },
        { who = "小李", in = "一线客服", presses = "接单", toast = "由您负责" },
    ]

`sees` waits for the next message, new or edited, that has this part. `in` is a group by its title;
in a forum its newest topic, or the newest that has `topic` in its title. `sees_mark` waits for a
reaction to a message that has the part `on`. `presses` names a part of a label, on the newest
message that has it. `answers` answers whatever is asked:

    { who = "王芳", answers = { "哪个页面" = "查验平台" }, otherwise = "不清楚", until = "看起来" }

Whatever is sent may have any of `SendOptions`, and answer the newest message that has `to` in it:

    { who = "王芳", says = "这张", to = "发来两张", quote = "两张", date = 1790000000 }
    { who = "小李", in = "一线客服", sends = "giveaway", forward_origin = "channel" }
    { who = "王芳", reacts = "👍", to = "您好" }

`VERBS` lists what a step may do. A step that does not come true raises `Failed`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.people.app import Refused
from bot.local_telegram.server.telegram import LocalTelegram
from bot.local_telegram.stories.stage import Failed, Stage, Tell
from bot.local_telegram.stories.verbs import VERBS

__all__ = ["PICTURE", "VERBS", "Failed", "play"]


async def play(
    story: Mapping[str, Any],
    telegram: LocalTelegram,
    tell: Tell = lambda line: None,
    later: Callable[[float], Awaitable[None]] | None = None,
) -> int:
    """Play `story["steps"]` in order; returns how many there were. Raises `Failed`.

    Tells every message of every chat once, as it comes, and what people press and edit.
    """
    stage = Stage(telegram, tell, later)
    try:
        with telegram.world.feed.overseen(stage.oversees):
            await _play(story, stage)
    finally:
        await stage.close()
    return len(story["steps"])


async def _play(story: Mapping[str, Any], stage: Stage) -> None:
    for number, step in enumerate(story["steps"], 1):
        verbs = [verb for verb in VERBS if verb in step]
        if len(verbs) != 1:
            raise Failed(f"step {number} has not just one of {', '.join(VERBS)}: {step}")
        try:
            await VERBS[verbs[0]](stage, step)
        except (Failed, Refused, TimeoutError) as error:
            raise Failed(f"step {number} {dict(step)}: {error}") from None
