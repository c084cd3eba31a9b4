"""What a bot may do where it is restricted, put out, blocked, or where the group is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, Group, LocalTelegram, User
from bot.local_telegram.world.chats import PERMISSIONS
from bot.local_telegram.world.kinds import PERMISSION_FOR

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN, BASIC = -1001000000001, -1001000000002, -4001

SENDS: list[tuple[str, dict[str, Any], str, str]] = [
    ("sendMessage", {"text": "x"}, "can_send_messages", "text messages"),
    ("sendLocation", {"latitude": 1, "longitude": 1}, "can_send_messages", "locations"),
    (
        "sendVenue",
        {"latitude": 1, "longitude": 1, "title": "厅", "address": "路"},
        "can_send_messages",
        "venues",
    ),
    ("sendContact", {"phone_number": "1", "first_name": "x"}, "can_send_messages", "contacts"),
    ("sendPoll", {"question": "?", "options": ["甲", "乙"]}, "can_send_polls", "polls"),
    ("sendDice", {}, "can_send_other_messages", "dice"),
]


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    people = [User(WANG, "王芳", "wangfang"), User(LI, "小李"), User(ZHAO, "小赵")]
    groups = [
        Group(FORUM, "一线客服", (LI, ZHAO)),
        Group(PLAIN, "二线", (LI,), is_forum=False, username="second_line"),
        Group(BASIC, "旧群", (LI,), is_forum=False),
    ]
    async with LocalTelegram(people=people, groups=groups) as running:
        yield running


@pytest.mark.parametrize(("method", "parameters", "right", "named"), SENDS)
async def test_a_restricted_bot_sends_only_what_it_may(
    telegram: LocalTelegram,
    call: Call,
    refused: Call,
    method: str,
    parameters: dict[str, Any],
    right: str,
    named: str,
) -> None:
    telegram.restrict_bot(PLAIN, by=LI, may=set(PERMISSIONS) - {right})
    said = await refused(method, chat_id=PLAIN, **parameters)
    assert said == f"Bad Request: not enough rights to send {named} to the chat"
    telegram.restrict_bot(PLAIN, by=LI, may=[right])
    await call(method, chat_id=PLAIN, **parameters)


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("photo", "sendPhoto"),
        ("document", "sendDocument"),
        ("voice", "sendVoice"),
        ("video", "sendVideo"),
        ("audio", "sendAudio"),
        ("animation", "sendAnimation"),
        ("video_note", "sendVideoNote"),
        ("sticker", "sendSticker"),
    ],
)
async def test_each_kind_of_file_has_its_own_permission(
    telegram: LocalTelegram, call: Call, refused: Call, photo: Attachment, kind: str, method: str
) -> None:
    from bot.local_telegram.wire.parameters import Upload

    described = telegram.world.files.add(kind, Upload("x.png", "image/png", photo.data))
    file_id = (described[-1] if isinstance(described, list) else described)["file_id"]
    permission, named = PERMISSION_FOR[kind]
    telegram.demote_bot(PLAIN, by=LI)
    telegram.permit(PLAIN, set(PERMISSIONS) - {permission})
    said = await refused(method, chat_id=PLAIN, **{kind: file_id})
    assert said == f"Bad Request: not enough rights to send {named} to the chat"
    telegram.permit(PLAIN, [permission])
    assert kind in await call(method, chat_id=PLAIN, **{kind: file_id})


async def test_the_bot_is_told_that_it_was_restricted_and_to_what(
    telegram: LocalTelegram, call: Call
) -> None:
    telegram.restrict_bot(FORUM, by=LI, may=["can_send_photos"])
    (update,) = await call("getUpdates")
    change = update["my_chat_member"]
    assert change["old_chat_member"]["status"] == "administrator"
    member = change["new_chat_member"]
    assert (member["status"], member["is_member"]) == ("restricted", True)
    assert [name for name in PERMISSIONS if member[name]] == ["can_send_photos"]
    me = (await call("getMe"))["id"]
    assert await call("getChatMember", chat_id=FORUM, user_id=me) == member
    with pytest.raises(KeyError):
        telegram.restrict_bot(FORUM, by=LI, may=["can_fly"])
    with pytest.raises(KeyError):
        telegram.promote_bot(FORUM, by=LI, can_fly=True)


async def test_what_the_group_forbids_its_members_it_does_not_forbid_administrators(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    telegram.permit(PLAIN, [])
    await call("sendMessage", chat_id=PLAIN, text="管理员可以")
    telegram.demote_bot(PLAIN, by=LI)
    assert "not enough rights" in await refused("sendMessage", chat_id=PLAIN, text="x")
    permissions = (await call("getChat", chat_id=PLAIN))["permissions"]
    assert set(permissions.values()) == {False}


async def test_a_copy_without_the_right_is_refused_as_any_copy_is(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    message = await call("sendMessage", chat_id=FORUM, text="x")
    telegram.restrict_bot(PLAIN, by=LI)
    copy = {"chat_id": PLAIN, "from_chat_id": FORUM, "message_id": message["message_id"]}
    assert await refused("copyMessage", **copy) == "Bad Request: the message can't be copied"
    assert await refused("forwardMessage", **copy) == "Bad Request: the message can't be forwarded"
    many = {"chat_id": PLAIN, "from_chat_id": FORUM, "message_ids": [message["message_id"]]}
    for method in ("copyMessages", "forwardMessages"):
        assert await refused(method, **many) == "Bad Request: messages can't be forwarded"


async def test_others_messages_are_deleted_and_pinned_only_with_the_right(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    said = await telegram.person(LI).says("留着", chat=PLAIN)
    one = {"chat_id": PLAIN, "message_id": said.id}
    telegram.promote_bot(PLAIN, by=LI, can_delete_messages=False, can_pin_messages=False)
    assert await refused("deleteMessage", **one) == "Bad Request: message can't be deleted"
    many = {"chat_id": PLAIN, "message_ids": [said.id]}
    assert await refused("deleteMessages", **many) == "Bad Request: message can't be deleted"
    assert await refused("pinChatMessage", **one) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )
    telegram.demote_bot(PLAIN, by=LI)
    assert "not enough rights" in await refused("pinChatMessage", **one)
    own = await call("sendMessage", chat_id=PLAIN, text="x")
    assert await call("deleteMessage", chat_id=PLAIN, message_id=own["message_id"]) is True
    telegram.promote_bot(PLAIN, by=LI)
    assert await call("pinChatMessage", **one) is True
    assert await call("deleteMessage", **one) is True


async def test_a_group_that_is_gone_says_how(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    telegram.delete_group(BASIC)
    assert await refused("sendMessage", chat_id=BASIC, text="x") == (
        "Forbidden: the group chat was deleted"
    )
    telegram.delete_group(FORUM)
    assert await refused("sendMessage", chat_id=FORUM, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    assert await call("leaveChat", chat_id=PLAIN) is True
    assert await refused("sendMessage", chat_id=PLAIN, text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    (update,) = await call("getUpdates")
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert "can't be changed in private" in await refused("leaveChat", chat_id=WANG)


async def test_a_group_to_which_nobody_may_write_refuses_in_the_servers_words(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    telegram.refuse_writing(FORUM)
    assert await refused("sendMessage", chat_id=FORUM, text="x") == (
        "Bad Request: CHAT_WRITE_FORBIDDEN"
    )
    telegram.refuse_writing(FORUM, "CHAT_RESTRICTED")
    assert "CHAT_RESTRICTED" in await refused("sendMessage", chat_id=FORUM, text="x")
    telegram.refuse_writing(FORUM, None)
    await call("sendMessage", chat_id=FORUM, text="x")


async def test_a_person_who_is_gone_or_takes_no_voice_says_so(
    started: LocalTelegram, call: Call, refused: Call
) -> None:
    voice = await started.person(WANG).sends(Attachment("a.ogg", b"OggS"), kind="voice")
    file_id = voice[0].raw["voice"]["file_id"]
    started.forbid_voice(WANG)
    assert await refused("sendVoice", chat_id=WANG, voice=file_id) == (
        "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    )
    copy = {"chat_id": WANG, "from_chat_id": WANG, "message_id": voice[0].id}
    assert await refused("copyMessage", **copy) == "Bad Request: the message can't be copied"
    started.forbid_voice(WANG, False)
    await call("sendVoice", chat_id=WANG, voice=file_id)
    started.deactivate(WANG)
    assert await refused("sendMessage", chat_id=WANG, text="x") == "Forbidden: user is deactivated"


async def test_a_public_group_is_named_and_a_person_is_not(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    message = await call("sendMessage", chat_id="@Second_Line", text="x")
    assert message["chat"]["username"] == "second_line"
    for name in ("@wangfang", "@nobody", "wangfang"):
        said = await refused("sendMessage", chat_id=name, text="x")
        assert said == "Bad Request: chat not found"


async def test_a_bot_restricts_bans_and_promotes_only_whom_it_may(
    telegram: LocalTelegram, call: Call, refused: Call
) -> None:
    async def status(user: int) -> Any:
        return (await call("getChatMember", chat_id=FORUM, user_id=user))["status"]

    one = {"chat_id": FORUM, "user_id": ZHAO}
    await call("restrictChatMember", permissions={"can_send_polls": True}, **one)
    member = await call("getChatMember", **one)
    assert (member["status"], member["can_send_messages"]) == ("restricted", True)
    everything = dict.fromkeys(PERMISSIONS, True)
    await call("restrictChatMember", permissions=everything, **one)
    assert await status(ZHAO) == "member"
    assert "not enough rights" in await refused("promoteChatMember", can_pin_messages=True, **one)
    telegram.promote_bot(FORUM, by=LI, can_promote_members=True)
    await call("promoteChatMember", can_pin_messages=True, **one)
    assert await status(ZHAO) == "administrator"
    assert await refused("banChatMember", **one) == (
        "Bad Request: user is an administrator of the chat"
    )
    await call("promoteChatMember", **one)
    await call("banChatMember", **one)
    assert await status(ZHAO) == "kicked"
    await call("unbanChatMember", only_if_banned=True, **one)
    assert await status(ZHAO) == "left"
    owner = {"chat_id": FORUM, "user_id": LI}
    assert await refused("banChatMember", **owner) == "Bad Request: can't remove chat owner"
    basic = {"chat_id": BASIC, "user_id": ZHAO, "permissions": {}}
    assert "only for supergroups" in await refused("restrictChatMember", **basic)
    await call("setChatPermissions", chat_id=FORUM, permissions={"can_send_photos": True})
    telegram.demote_bot(FORUM, by=LI)
    assert "not enough rights to change" in await refused(
        "setChatPermissions", chat_id=FORUM, permissions={}
    )
