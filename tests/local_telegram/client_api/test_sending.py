"""How people send, change and react, over HTTP, and what the bot is told of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, How, LocalTelegram, Person, Refused, User
from tests.local_telegram.conftest import png

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG, LI, ZHAO = 1001, 2001, 2002
FORUM, PLAIN = -1001000000001, -1001000000002
YESTERDAY = 1_790_000_000


@pytest.fixture
def wang(telegram: LocalTelegram) -> Person:
    return telegram.person(WANG)


@pytest.fixture
def li(telegram: LocalTelegram) -> Person:
    return telegram.person(LI)


@pytest.fixture
async def latest(call: Call) -> Call:
    """`await latest()` -> the content of the newest update."""

    async def read() -> Any:
        update = (await call("getUpdates", offset=-1))[-1]
        (kind,) = update.keys() - {"update_id"}
        return update[kind] | {"update": kind}

    return read


async def topic_of(call: Call, name: str) -> int:
    thread: int = (await call("createForumTopic", chat_id=FORUM, name=name))["message_thread_id"]
    return thread


async def test_an_answer_goes_to_the_topic_of_what_it_answers(
    li: Person, call: Call, latest: Call
) -> None:
    thread = await topic_of(call, "甲")
    card = await call("sendMessage", chat_id=FORUM, message_thread_id=thread, text="卡片")
    await li.says("收到", chat=FORUM, reply_to=card["message_id"])
    told = await latest()
    assert told["message_thread_id"] == thread
    assert told["reply_to_message"]["text"] == "卡片"
    assert "external_reply" not in told


async def test_an_answer_to_another_topic_is_external_and_quotes_by_itself(
    li: Person, call: Call, latest: Call
) -> None:
    one, two = await topic_of(call, "甲"), await topic_of(call, "乙")
    said = await li.says("查不到发票", chat=FORUM, thread=one)
    await li.says("看那边", chat=FORUM, thread=two, reply_to=said)
    told = await latest()
    assert told["reply_to_message"]["message_id"] == two
    assert told["external_reply"]["message_id"] == said.id
    assert told["external_reply"]["chat"]["id"] == FORUM
    assert told["quote"] == {"text": "查不到发票", "position": 0}


async def test_an_answer_to_another_chat_tells_whence_but_not_the_text(
    li: Person, photo: Attachment, latest: Call
) -> None:
    (said,) = await li.sends(photo, kind="photo", caption="在群里", chat=PLAIN)
    await li.says("看这个", reply_to=said, quote="群里")
    told = await latest()
    assert "reply_to_message" not in told
    assert told["external_reply"]["origin"]["sender_user"]["id"] == LI
    assert "caption" not in told["external_reply"]
    assert told["external_reply"]["photo"] == said.raw["photo"]
    assert told["quote"] == {"text": "群里", "position": 1, "is_manual": True}


async def test_only_what_was_said_can_be_quoted(wang: Person) -> None:
    said = await wang.says("查不到")
    with pytest.raises(Refused, match="does not have what is quoted"):
        await wang.says("?", reply_to=said, quote="查得到")


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


async def test_a_post_of_the_channel_of_a_group_is_an_automatic_forward(
    li: Person, latest: Call
) -> None:
    await li.says("通知", chat=PLAIN, is_automatic_forward=True)
    told = await latest()
    assert told["is_automatic_forward"] is True
    assert told["from"]["id"] == 777000
    assert told["sender_chat"] == told["forward_origin"]["chat"]


async def test_the_marks_of_a_message_arrive(wang: Person, photo: Attachment, latest: Call) -> None:
    gif = {"id": 9, "is_bot": True, "first_name": "Gif", "username": "gif"}
    marks: How = {
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


async def test_what_was_sent_yesterday_keeps_its_date(wang: Person, call: Call) -> None:
    for hours in range(3):
        await wang.says(f"第 {hours} 小时", date=YESTERDAY + 3600 * hours)
    dates = [update["message"]["date"] for update in await call("getUpdates")]
    assert dates == [YESTERDAY, YESTERDAY + 3600, YESTERDAY + 7200]


async def test_updates_can_be_told_in_another_order_than_things_happened(
    telegram: LocalTelegram, wang: Person, call: Call
) -> None:
    with telegram.world.updates.held():
        await wang.says("先", date=YESTERDAY)
        await wang.says("后", date=YESTERDAY + 60)
        assert await call("getUpdates") == []
    late, early = await call("getUpdates")
    assert (late["message"]["text"], early["message"]["text"]) == ("后", "先")
    assert late["update_id"] > early["update_id"]
    assert late["message"]["date"] > early["message"]["date"]
    assert await call("getUpdates", offset=late["update_id"] + 1) == []


async def test_a_later_piece_belongs_to_the_album(
    wang: Person, photo: Attachment, latest: Call
) -> None:
    first, _ = await wang.sends(photo, photo, kind="photo", date=YESTERDAY)
    await wang.sends(photo, kind="photo", into=first, date=YESTERDAY + 11)
    told = await latest()
    assert told["media_group_id"] == first.raw["media_group_id"]
    assert told["date"] == YESTERDAY + 11
    with pytest.raises(Refused, match="an album holds"):
        await wang.sends(photo, kind="voice", into=first)


async def test_another_file_takes_the_place_of_the_first_under_the_same_words(
    wang: Person, photo: Attachment, latest: Call
) -> None:
    first, _ = await wang.sends(photo, photo, kind="photo", caption="退税 https://a.cn")
    other = Attachment("b.png", png(10, 10), "image/png")
    await wang.replaces(first, other, kind="photo", date=YESTERDAY)
    told = await latest()
    assert (told["update"], told["edit_date"]) == ("edited_message", YESTERDAY)
    assert told["photo"][-1]["width"] == 10
    assert told["caption"] == "退税 https://a.cn"
    assert told["caption_entities"] == first.raw["caption_entities"]
    assert told["media_group_id"] == first.raw["media_group_id"]
    await wang.replaces(first, other, kind="document", caption="")
    told = await latest()
    assert "document" in told
    assert {"photo", "caption", "caption_entities"}.isdisjoint(told)


async def test_a_text_can_become_a_picture_and_a_caption_can_go(
    wang: Person, photo: Attachment, latest: Call
) -> None:
    said = await wang.says("在这里")
    await wang.replaces(said, photo)
    told = await latest()
    assert (told["caption"], "text" in told) == ("在这里", False)
    await wang.edits(said, "")
    assert "caption" not in await latest()


async def test_an_edit_still_tells_what_it_answers_and_is_told_in_answers_to_it(
    wang: Person, latest: Call
) -> None:
    first = await wang.says("退税100元")
    second = await wang.says("是这笔", reply_to=first, quote="100元")
    await wang.edits(second, "就是这笔")
    told = await latest()
    assert told["reply_to_message"]["text"] == "退税100元"
    assert told["quote"]["text"] == "100元"
    await wang.edits(first, "退税10元")
    await wang.says("改了", reply_to=first)
    assert (await latest())["reply_to_message"]["text"] == "退税10元"
    assert "edit_date" in (await latest())["reply_to_message"]


async def test_a_piece_of_an_album_can_be_edited(
    wang: Person, photo: Attachment, latest: Call
) -> None:
    first, _ = await wang.sends(photo, photo, kind="photo", caption="退税100元")
    await wang.edits(first, "退税10元 https://a.cn")
    told = await latest()
    assert told["media_group_id"] == first.raw["media_group_id"]
    assert told["caption"] == "退税10元 https://a.cn"
    assert told["caption_entities"][0]["type"] == "url"


async def test_a_live_location_moves_by_edits_until_it_ends(wang: Person, latest: Call) -> None:
    live = await wang.sends_kind("live_location")
    await wang.moves(live, 40.0, 116.0)
    told = await latest()
    assert told["update"] == "edited_message"
    assert told["location"]["latitude"] == 40.0
    assert told["location"]["live_period"] == 900
    await wang.stops(live)
    assert (await latest())["location"] == {"latitude": 40.0, "longitude": 116.0}
    with pytest.raises(Refused, match="no live location"):
        await wang.moves(live, 1, 1)


async def test_a_first_reaction_comes_as_an_edit_that_changes_nothing(
    wang: Person, call: Call
) -> None:
    said = await wang.says("谢谢")
    await wang.reacts(said, "👍")
    await wang.reacts(said, "👎")
    await wang.reacts(said, "")
    sent, edited = await call("getUpdates")
    assert edited["edited_message"] == sent["message"]


async def test_reactions_are_told_where_the_bot_asked_for_them(
    started: LocalTelegram, call: Call
) -> None:
    await call("getUpdates", allowed_updates=["message_reaction"])
    await call("sendMessage", chat_id=WANG, text="好了")
    wang = started.person(WANG)
    answer = await wang.sees("好了")
    await wang.reacts(answer, "👍")
    await wang.reacts(answer, "")
    put, taken = [update["message_reaction"] for update in await call("getUpdates")]
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert (put["old_reaction"], put["new_reaction"]) == ([], thumb)
    assert (taken["old_reaction"], taken["new_reaction"]) == (thumb, [])
    assert put["user"]["id"] == WANG


async def test_the_buttons_of_the_bot_are_no_edit_for_it(
    started: LocalTelegram, call: Call
) -> None:
    await call("sendMessage", chat_id=WANG, text="好了")
    answer = await started.person(WANG).sees("好了")
    await started.person(WANG).reacts(answer, "👍")
    await call("editMessageReplyMarkup", chat_id=WANG, message_id=answer.id, reply_markup={
        "inline_keyboard": [[{"text": "好", "callback_data": "1"}]]
    })  # fmt: skip
    assert await call("getUpdates") == []


async def test_an_administrator_changes_who_one_is_in_a_group(
    telegram: LocalTelegram, li: Person, call: Call
) -> None:
    await call("getUpdates", allowed_updates=["chat_member", "my_chat_member"])
    for member, status in [(ZHAO, "administrator"), (ZHAO, "kicked"), (7000000001, "member")]:
        await li.does("member", chat=PLAIN, member=member, status=status)
    up, out, bot = await call("getUpdates")
    assert up["chat_member"]["new_chat_member"]["status"] == "administrator"
    assert out["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert bot["my_chat_member"]["from"]["id"] == LI
    with pytest.raises(Refused, match="not in this chat"):
        await telegram.person(ZHAO).says("x", chat=PLAIN)
    with pytest.raises(Refused, match="status of a known member is one of"):
        await li.does("member", chat=PLAIN, member=ZHAO, status="king")


@pytest.fixture
async def talking() -> AsyncIterator[LocalTelegram]:
    """A Telegram whose bot has topics in private chats."""
    async with LocalTelegram(people=[User(WANG, "王芳")], private_topics=True) as running:
        yield running


async def test_a_private_chat_may_have_topics(talking: LocalTelegram) -> None:
    wang = talking.person(WANG)
    thread = await wang.opens_topic()
    said = await wang.says("在话题里", thread=thread)
    outside = await wang.says("在外面")
    created, inside, out = [update.body for update in talking.world.updates.pending.values()]
    assert created["forum_topic_created"]["is_name_implicit"] is True
    assert inside["message_thread_id"] == said.thread == thread
    assert inside["is_topic_message"] is True
    assert "is_forum" not in inside["chat"]
    assert outside.thread is None
    assert "message_thread_id" not in out
    await wang.does("topic", thread=thread, action="delete")
    with pytest.raises(Refused, match="no such topic"):
        await wang.says("x", thread=thread)


async def test_topics_are_opened_only_where_there_are_some(
    telegram: LocalTelegram, wang: Person, li: Person, call: Call
) -> None:
    assert (await call("getMe"))["has_topics_enabled"] is False
    with pytest.raises(Refused, match="the chat has no topics"):
        await wang.opens_topic("甲")
    with pytest.raises(Refused, match="only an administrator"):
        await telegram.person(ZHAO).opens_topic("甲", chat=FORUM)
    thread = await li.opens_topic("甲", chat=FORUM)
    assert telegram.world.chats[FORUM].topics[thread].name == "甲"
