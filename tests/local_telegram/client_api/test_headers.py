"""As whom people send, and with which marks."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram, Person, Refused, SendOptions, User

Call = Callable[..., Coroutine[Any, Any, Any]]

ZHAO = 2002
PLAIN = -1001000000002


async def test_an_anonymous_administrator_writes_as_the_group(li: Person, latest: Call) -> None:
    said = await li.says("匿名", chat=PLAIN, sender_chat="group", author_signature="值班")
    told = await latest()
    assert (told["from"]["id"], told["sender_chat"]["id"]) == (1087968824, PLAIN)
    assert told["author_signature"] == "值班"
    assert (said.sender, said.is_mine) == ("二线", True)
    await li.edits(said, "还是我")
    assert (await latest())["from"]["username"] == "GroupAnonymousBot"


async def test_only_an_administrator_writes_as_the_group(telegram: LocalTelegram) -> None:
    with pytest.raises(Refused, match="only an administrator writes as the group"):
        await telegram.person(ZHAO).says("匿名", chat=PLAIN, sender_chat="group")


async def test_one_can_write_as_a_channel(li: Person, latest: Call) -> None:
    channel = {"id": -1009, "title": "我的频道", "type": "channel"}
    said = await li.says("以频道", chat=PLAIN, sender_chat=channel)
    told = await latest()
    assert (told["from"]["id"], told["sender_chat"]) == (136817688, channel)
    await li.says("看", reply_to=said)
    assert (await latest())["external_reply"]["origin"]["sender_chat"] == channel
    with pytest.raises(Refused, match="in a private chat nobody writes as a chat"):
        await li.says("x", sender_chat="channel")


async def test_the_marks_of_a_message_arrive(wang: Person, photo: Attachment, latest: Call) -> None:
    gif = {"id": 9, "is_bot": True, "first_name": "Gif", "username": "gif"}
    marks: SendOptions = {
        "via_bot": gif,
        "effect_id": "5104841245755180586",
        "is_from_offline": True,
        "link_preview_options": {"is_disabled": True},
    }
    await wang.says("x", **marks)
    assert (await latest()).items() >= marks.items()
    await wang.sends(photo, kind="photo", has_media_spoiler=True, show_caption_above_media=True)
    told = await latest()
    assert (told["has_media_spoiler"], told["show_caption_above_media"]) == (True, True)


async def test_a_last_name_is_told_everywhere(telegram: LocalTelegram, latest: Call) -> None:
    telegram.world.add_person(User(3002, "诸葛", last_name="亮"))
    seen = await telegram.person(3002).says("在")
    told = await latest()
    assert told["from"]["last_name"] == told["chat"]["last_name"] == "亮"
    assert seen.sender == "诸葛 亮"
