"""What people forward, and where it is said to come from."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram, Person, Refused, User

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
PLAIN = -1001000000002
YESTERDAY = 1_790_000_000


async def test_nobody_answers_or_forwards_out_of_a_chat_of_others(wang: Person, li: Person) -> None:
    said = await li.says("内部", chat=PLAIN)
    with pytest.raises(Refused, match="the person is in no such chat"):
        await wang.says("?", reply_to=said)
    with pytest.raises(Refused, match="the person is in no such chat"):
        await wang.forwards(said)


async def test_a_forward_names_who_wrote_first_and_when(
    telegram: LocalTelegram, li: Person, latest: Call
) -> None:
    said = await telegram.person(ZHAO).says("您的发票已作废", chat=PLAIN, date=YESTERDAY)
    (once,) = await li.forwards(said)
    told = await latest()
    origin = {"type": "user", "date": YESTERDAY, "sender_user": said.raw["from"]}
    assert told["text"] == "您的发票已作废"
    assert told["forward_origin"] == origin
    assert (told["forward_from"]["id"], told["forward_date"]) == (ZHAO, YESTERDAY)
    await li.forwards(once, chat=PLAIN)
    assert (await latest())["forward_origin"] == origin


async def test_a_forwarded_album_is_an_album_of_its_own(
    li: Person, photo: Attachment, call: Call
) -> None:
    pieces = await li.sends(photo, photo, kind="photo", caption="两张", chat=PLAIN)
    album = await li.forwards(*pieces)
    told = [update["message"] for update in await call("getUpdates")][-2:]
    groups = {message["media_group_id"] for message in told}
    assert groups == {piece.raw["media_group_id"] for piece in album}
    assert groups.isdisjoint({piece.raw["media_group_id"] for piece in pieces})
    assert [message.get("caption") for message in told] == ["两张", None]
    assert all(message["forward_origin"]["type"] == "user" for message in told)
    await li.forwards(pieces[0])
    assert "media_group_id" not in (await call("getUpdates"))[-1]["message"]


async def test_of_one_who_hides_it_a_forward_tells_the_name_alone(
    telegram: LocalTelegram, li: Person, latest: Call
) -> None:
    hidden = User(3001, "钱", last_name="多多", has_private_forwards=True)
    telegram.world.add_person(hidden)
    telegram.world.chats[PLAIN].members[hidden.id] = "member"
    await li.forwards(await telegram.person(hidden.id).says("藏", chat=PLAIN))
    told = await latest()
    assert told["forward_origin"]["type"] == "hidden_user"
    assert told["forward_origin"]["sender_user_name"] == "钱 多多"
    assert told["forward_sender_name"] == "钱 多多"


async def test_a_message_may_come_from_the_bot_of_a_forward(
    started: LocalTelegram, call: Call, latest: Call
) -> None:
    await call("sendMessage", chat_id=WANG, text="您好")
    wang = started.person(WANG)
    await wang.forwards(await wang.sees("您好"))
    assert (await latest())["forward_origin"]["sender_user"]["is_bot"] is True


async def test_what_the_bot_forwarded_still_comes_from_who_wrote_it_first(
    started: LocalTelegram, call: Call, li: Person, latest: Call
) -> None:
    said = await li.says("已作废", chat=PLAIN)
    await call("forwardMessage", chat_id=WANG, from_chat_id=PLAIN, message_id=said.id)
    wang = started.person(WANG)
    await wang.forwards(await wang.sees("已作废"))
    assert (await latest())["forward_origin"]["sender_user"]["id"] == LI


async def test_out_of_a_protected_group_nobody_forwards(
    telegram: LocalTelegram, li: Person
) -> None:
    said = await li.says("内部", chat=PLAIN)
    telegram.protect_content(PLAIN)
    with pytest.raises(Refused, match="the message can't be forwarded"):
        await li.forwards(said)


@pytest.mark.parametrize(
    ("origin", "field"),
    [
        ("user", "forward_from"),
        ("hidden_user", "forward_sender_name"),
        ("chat", "forward_from_chat"),
        ("channel", "forward_from_message_id"),
    ],
)
async def test_anything_can_come_from_any_origin(
    wang: Person, latest: Call, origin: str, field: str
) -> None:
    await wang.says("转来的", forward_origin=origin)
    told = await latest()
    assert told["forward_origin"]["type"] == origin
    assert field in told


async def test_a_post_of_the_channel_of_a_group_is_an_automatic_forward(
    li: Person, latest: Call
) -> None:
    await li.says("通知", chat=PLAIN, is_automatic_forward=True)
    told = await latest()
    assert told["is_automatic_forward"] is True
    assert told["from"]["id"] == 777000
    assert told["sender_chat"] == told["forward_origin"]["chat"]
