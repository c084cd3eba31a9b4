"""Stories: what their steps can do, and how a step that does not come true is told."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram
from bot.local_telegram.stories import story

Call = Callable[..., Coroutine[Any, Any, Any]]

Json = dict[str, Any]

FORUM = -1001000000001


def wang(**step: Any) -> Json:
    return {"who": "王芳"} | step


def li(**step: Any) -> Json:
    return {"who": "小李", "in": "二线"} | step


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([wang(sends="giveaway")], {"giveaway"}),
        ([wang(sends="poll", about={"question": "几点？"})], {"poll"}),
        ([wang(sends="hologram", content={"depth": 3})], {"hologram"}),
        ([wang(sends="animation", caption="看")], {"animation", "caption"}),
        ([wang(sends="photo", has_media_spoiler=True)], {"photo", "has_media_spoiler"}),
        ([wang(sends="photo", count=2), wang(adds="photo", date=1)], {"media_group_id"}),
        ([wang(says="甲乙"), wang(says="丙", to="甲", quote="乙")], {"quote", "reply_to_message"}),
        ([wang(says="甲", forward_origin="channel")], {"forward_origin"}),
        ([wang(says="甲"), wang(forwards="甲")], {"forward_origin"}),
        ([li(says="甲"), {"who": "小李", "forwards": "甲", "from_in": "二线"}], {"forward_origin"}),
        ([li(says="甲"), {"who": "小李", "says": "乙", "to": "甲", "to_in": "二线"}], {"quote"}),
        ([li(says="甲", sender_chat="group")], {"sender_chat"}),
        ([wang(says="甲"), wang(replaces="photo")], {"photo", "edit_date", "caption"}),
        ([wang(sends="live_location"), wang(moves=[1.5, 2])], {"location", "edit_date"}),
        ([wang(sends="live_location"), wang(moves=[])], {"location", "edit_date"}),
        ([wang(says="甲"), wang(reacts="👍", to="甲")], {"text"}),
        ([{"who": "小李", "in": "一线客服", "topic": "T", "says": "甲"}], {"is_topic_message"}),
        ([li(does="member", member="小赵", status="administrator")], {"new_chat_member"}),
    ],
)
async def test_a_step_makes_the_update_that_it_names(
    telegram: LocalTelegram, call: Call, steps: list[Json], told: set[str]
) -> None:
    kinds = ["message", "edited_message", "chat_member"]
    await call("createForumTopic", chat_id=FORUM, name="T-1")
    await call("getUpdates", allowed_updates=kinds)
    assert await story.play({"steps": steps}, telegram) == len(steps)
    update = (await call("getUpdates", offset=-1))[-1]
    (body,) = (update[kind] for kind in kinds if kind in update)
    assert told <= body.keys()


async def test_a_mark_is_seen_on_the_message_that_is_meant(telegram: LocalTelegram) -> None:
    said = [wang(says="甲"), wang(says="乙"), wang(reacts="👍", to="甲")]
    await story.play({"steps": [*said, wang(sees_mark="👍", on="甲")]}, telegram)


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (wang(says="甲", to="没说过"), "no message with '没说过'"),
        (wang(edits="甲"), "王芳 has sent nothing there"),
        (wang(says="甲", sees_mark="👍"), "has not just one of"),
        (wang(sends="hologram"), "kind is one of text"),
        (wang(says="甲", sees="乙"), "has not just one of"),
        (wang(says="甲", sender_chat="duck"), "sender_chat is an object or one of channel, group"),
        ({"who": "谁", "says": "甲"}, "nobody is called"),
    ],
)
async def test_a_step_that_cannot_be_says_why(
    telegram: LocalTelegram, step: Json, why: str
) -> None:
    with pytest.raises(story.Failed, match=why):
        await story.play({"steps": [step]}, telegram)
