"""What is remembered, and for how long."""

from __future__ import annotations

from bot.local_telegram import Group, User
from bot.local_telegram.world.world import World

BOT = User(7, "小票", "local_bot", is_bot=True)


def test_only_the_latest_messages_are_kept() -> None:
    person = User(1, "王芳")
    world = World(BOT, [person], [], keep=3)
    chat = world.chats[1]
    last = None
    for number in range(10):
        last = world.post(chat, person, {"text": str(number)}, reply_to=last)
    assert [m.content["text"] for m in chat.messages.values()] == ["7", "8", "9"]
    assert next(iter(chat.messages.values())).reply_to is not None
    oldest = next(iter(chat.messages.values())).reply_to
    assert oldest is not None
    assert oldest.reply_to is None


def test_private_chats_share_one_row_of_ids_and_supergroups_have_their_own() -> None:
    one, two = User(1, "王芳"), User(2, "小李")
    world = World(BOT, [one, two], [Group(-100777, "群", (2,))], keep=100)
    ids = [
        world.post(world.chats[chat], person, {"text": "x"}).id
        for chat, person in [(1, one), (2, two), (1, one), (-100777, two)]
    ]
    assert ids == [1, 2, 3, 2]


def test_a_basic_group_is_no_forum_and_no_supergroup() -> None:
    world = World(BOT, [User(1, "王芳")], [Group(-55, "小群", (1,))], keep=100)
    assert world.chats[-55].json == {"id": -55, "title": "小群", "type": "group"}
    assert world.chats[-55].members == {1: "creator", 7: "administrator"}


def test_a_group_may_have_more_administrators() -> None:
    group = Group(-1005, "群", (1, 2, 3), admins=(3,))
    world = World(BOT, [User(n, "x") for n in (1, 2, 3)], [group], keep=100)
    chat = world.chats[-1005]
    assert [chat.members[n] for n in (1, 2, 3)] == ["creator", "member", "administrator"]
