"""Copies and forwards, and what can be neither copied nor forwarded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram, Refused, User

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI = 1001, 2001
FORUM, PLAIN = -1001000000001, -1001000000002
CONTENTS: list[tuple[dict[str, Any], bool, bool]] = [
    ({"giveaway": {"winner_count": 1}}, False, True),
    ({"giveaway_winners": {"winner_count": 1}}, False, True),
    ({"paid_media": {"star_count": 1, "paid_media": []}}, False, True),
    ({"invoice": {"title": "x"}}, False, True),
    ({"new_chat_title": "新"}, False, False),
    ({"pinned_message": {}}, False, False),
    ({"something_of_next_year": {}}, False, False),
    ({"story": {"id": 1}}, True, True),
    ({"rich_message": {"blocks": []}}, True, True),
    ({"game": {"title": "x"}}, True, True),
    ({"poll": {"type": "quiz", "options": []}}, False, True),
    ({"poll": {"type": "quiz", "options": [], "correct_option_id": 0}}, True, True),
    ({"poll": {"type": "regular", "options": []}}, True, True),
    ({"dice": {"emoji": "🎲", "value": 3}}, True, True),
    ({"venue": {"title": "厅"}, "location": {"latitude": 1.0, "longitude": 1.0}}, True, True),
    ({"video_note": {"file_id": "x"}}, True, True),
]


@pytest.mark.parametrize(("content", "copies", "forwards"), CONTENTS)
async def test_each_content_is_copied_and_forwarded_as_telegram_does(
    started: LocalTelegram,
    call: Call,
    refused: Call,
    content: dict[str, Any],
    copies: bool,
    forwards: bool,
) -> None:
    world = started.world
    original = world.post(world.chats[WANG], world.users[WANG], content)
    one = {"chat_id": PLAIN, "from_chat_id": WANG, "message_id": original.id}
    many = {"chat_id": PLAIN, "from_chat_id": WANG, "message_ids": [original.id]}
    if copies:
        copy = await call("copyMessage", **one)
        kept = world.chats[PLAIN].messages[copy["message_id"]].content
        assert kept.keys() == content.keys()
        await call("copyMessages", **many)
    else:
        assert await refused("copyMessage", **one) == "Bad Request: the message can't be copied"
        assert await refused("copyMessages", **many) == "Bad Request: messages can't be forwarded"
    if forwards:
        assert "forward_origin" in await call("forwardMessage", **one)
        await call("forwardMessages", **many)
    else:
        said = "Bad Request: the message can't be forwarded"
        assert await refused("forwardMessage", **one) == said


async def test_a_forward_says_who_wrote_first_and_a_copy_does_not(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    said = await started.person(WANG).says("我的话")
    one = {"chat_id": PLAIN, "from_chat_id": WANG, "message_id": said.id}
    forward = await call("forwardMessage", **one)
    assert forward["text"] == "我的话"
    origin = forward["forward_origin"]
    assert (origin["type"], origin["sender_user"]["id"]) == ("user", WANG)
    again = {"chat_id": FORUM, "from_chat_id": PLAIN, "message_id": forward["message_id"]}
    assert (await call("forwardMessage", **again))["forward_origin"] == origin
    await call("copyMessage", **again)
    copy = (await started.person(LI).history(chat=FORUM))[-1]
    assert "forward_origin" not in copy.raw
    edit = {"chat_id": PLAIN, "message_id": forward["message_id"], "text": "x"}
    assert "can't be edited" in await refused("editMessageText", **edit)


async def test_a_bot_forwards_the_name_alone_of_one_who_hides_it(
    started: LocalTelegram, call: Call
) -> None:
    hidden = User(3001, "钱", last_name="多多", has_private_forwards=True)
    started.world.add_person(hidden)
    said = await started.person(hidden.id).says("藏")
    one = {"chat_id": PLAIN, "from_chat_id": hidden.id, "message_id": said.id}
    forward = await call("forwardMessage", **one)
    assert forward["forward_origin"]["sender_user_name"] == "钱 多多"
    assert forward["forward_sender_name"] == "钱 多多"
    assert "forward_from" not in forward


async def test_a_forward_of_the_bot_tells_nothing_of_what_the_message_answered(
    started: LocalTelegram, call: Call
) -> None:
    said = await started.person(LI).says("群里的话", chat=PLAIN)
    reply = {"chat_id": PLAIN, "message_id": said.id}
    answer = await call("sendMessage", chat_id=WANG, text="在此", reply_parameters=reply)
    assert {"external_reply", "quote"} <= answer.keys()
    one = {"chat_id": PLAIN, "from_chat_id": WANG, "message_id": answer["message_id"]}
    assert {"external_reply", "quote"}.isdisjoint(await call("forwardMessage", **one))
    wang = started.person(WANG)
    (forwarded,) = await wang.forwards(await wang.sees("在此"))
    assert {"external_reply", "quote"}.isdisjoint(forwarded.raw)


async def test_protected_content_is_not_forwarded_though_a_bot_may_copy_it(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    sent = await call("sendMessage", chat_id=WANG, text="密", protect_content=True)
    assert sent["has_protected_content"] is True
    one = {"chat_id": PLAIN, "from_chat_id": WANG, "message_id": sent["message_id"]}
    assert await refused("forwardMessage", **one) == "Bad Request: the message can't be forwarded"
    await call("copyMessage", **one)
    edited = await call("editMessageText", chat_id=WANG, message_id=sent["message_id"], text="改过")
    assert edited["has_protected_content"] is True
    said = await started.person(LI).says("群里的话", chat=FORUM)
    started.protect_content(FORUM)
    from_forum = {"chat_id": PLAIN, "from_chat_id": FORUM}
    reason = "Bad Request: message has protected content and can't be forwarded"
    assert await refused("forwardMessage", message_id=said.id, **from_forum) == reason
    assert await refused("forwardMessages", message_ids=[said.id], **from_forum) == reason
    await call("copyMessages", message_ids=[said.id], **from_forum)
    assert (await call("getChat", chat_id=FORUM))["has_protected_content"] is True
    started.protect_content(FORUM, False)
    await call("forwardMessage", message_id=said.id, **from_forum)


@pytest.mark.parametrize("method", ["copyMessages", "forwardMessages", "deleteMessages"])
@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        (list(range(1, 102)), "too many message identifiers specified"),
        (["x"], "invalid message identifier specified"),
        ([0], "invalid message identifier specified"),
        ([2**63], "invalid message identifier specified"),
        (None, "message identifiers are not specified"),
        ({}, "can't parse message_ids: array expected"),
    ],
)
async def test_a_list_of_ids_that_telegram_does_not_take_is_refused(
    started: LocalTelegram, refused: Call, method: str, ids: object, reason: str
) -> None:
    said = await started.person(WANG).says("留着")
    where = {"chat_id": WANG, "from_chat_id": WANG}
    assert await refused(method, message_ids=ids, **where) == f"Bad Request: {reason}"
    assert (await started.person(WANG).history())[-1].id == said.id


async def test_a_hundred_messages_are_taken_at_once(started: LocalTelegram, call: Call) -> None:
    wang = started.person(WANG)
    said = [(await wang.says(str(number))).id for number in range(100)]
    to = {"chat_id": WANG, "from_chat_id": WANG}
    assert len(await call("copyMessages", message_ids=said, **to)) == 100
    assert await call("deleteMessages", chat_id=WANG, message_ids=said) is True
    assert await call("deleteMessages", chat_id=WANG, message_ids=[]) is True
    assert not {seen.id for seen in await wang.history()} & set(said)
    with pytest.raises(Refused, match="at most 100"):
        await wang.forwards(*await wang.history())


async def test_several_messages_are_named_in_order_and_are_not_too_many(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    album = await started.person(WANG).sends(photo, photo, kind="photo", caption="两张")
    ids = [message.id for message in album]
    to = {"chat_id": PLAIN, "from_chat_id": WANG}
    for method in ("copyMessages", "forwardMessages"):
        assert await refused(method, message_ids=ids[::-1], **to) == (
            "Bad Request: message identifiers must be in a strictly increasing order"
        )
        assert "too many" in await refused(method, message_ids=list(range(1, 102)), **to)
        assert "not specified" in await refused(method, message_ids=[], **to)
    forwarded = await call("forwardMessages", message_ids=ids, **to)
    seen = await started.person(LI).history(chat=PLAIN)
    assert [message["message_id"] for message in forwarded] == [message.id for message in seen]
    assert len({message.raw["media_group_id"] for message in seen}) == 1
    assert seen[0].text == "两张"
    await call("copyMessages", message_ids=ids, remove_caption=True, **to)
    assert (await started.person(LI).history(chat=PLAIN))[2].text == ""


async def test_a_copied_poll_begins_anew(started: LocalTelegram, call: Call) -> None:
    poll = await call("sendPoll", chat_id=WANG, question="查到了吗", options=["是", "否"])
    closed = await call("stopPoll", chat_id=WANG, message_id=poll["message_id"])
    assert closed["is_closed"] is True
    copy = {"chat_id": PLAIN, "from_chat_id": WANG, "message_id": poll["message_id"]}
    sent = await call("copyMessage", **copy)
    anew = started.world.chats[PLAIN].messages[sent["message_id"]].content["poll"]
    assert anew["is_closed"] is False
    assert anew["id"] != poll["poll"]["id"]
    assert anew["question"] == "查到了吗"


async def test_a_copy_carries_the_content_but_neither_keyboard_nor_album(
    started: LocalTelegram, call: Call, photo: Attachment
) -> None:
    first, _ = await started.person(WANG).sends(photo, photo, kind="photo", caption="两张")
    await call(
        "copyMessage", chat_id=FORUM, from_chat_id=WANG, message_id=first.id, caption="<i>一</i>",
        parse_mode="HTML",
    )  # fmt: skip
    copy = (await started.person(LI).history(chat=FORUM))[-1]
    assert copy.text == "一"
    assert copy.html == "<i>一</i>"
    assert copy.raw["photo"] == first.raw["photo"]
    assert "media_group_id" not in copy.raw


async def test_an_album_copied_whole_stays_an_album(
    started: LocalTelegram, call: Call, refused: Call, photo: Attachment
) -> None:
    album = await started.person(WANG).sends(photo, photo, kind="photo")
    ids = [message.id for message in album]
    copies = await call("copyMessages", chat_id=FORUM, from_chat_id=WANG, message_ids=[*ids, 999])
    assert len(copies) == 2
    groups = {m.raw["media_group_id"] for m in await started.person(LI).history(chat=FORUM)}
    assert len(groups) == 1
    assert groups != {album[0].raw["media_group_id"]}
    gone = {"chat_id": FORUM, "from_chat_id": WANG}
    assert "message to copy not found" in await refused("copyMessage", message_id=999, **gone)
    assert "no messages to forward" in await refused("copyMessages", message_ids=[999], **gone)
