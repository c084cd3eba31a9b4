"""Every kind of update to the event it is."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import Message

from bot.channels import GroupMoved
from bot.channels.telegram.contents import ABOUT, CONTENT, SERVICE
from bot.channels.telegram.reading import Reader, chat, slim
from bot.core.model.events import Attached, Blocked, Edited, Pressed, Said
from bot.core.model.message import Item, Person, Ref
from tests.addresses import on_telegram

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
GROUP = -1001000000001
AT_GROUP = on_telegram(GROUP)
WANG: dict[str, Any] = {"id": 1001, "is_bot": False, "first_name": "王芳"}
LI: dict[str, Any] = {"id": 2001, "is_bot": False, "first_name": "李", "last_name": "明"}
LI["username"] = "liming"
PRIVATE: dict[str, Any] = {"id": 1001, "type": "private", "first_name": "王芳"}
FORUM: dict[str, Any] = {"id": GROUP, "type": "supergroup", "title": "一线", "is_forum": True}
SAID: dict[str, Any] = {"message_id": 5, "date": 0, "chat": PRIVATE, "from": WANG}
IN_TOPIC = {**SAID, "chat": FORUM, "from": LI, "message_thread_id": 7, "is_topic_message": True}
FIRST = {"message_id": 7, "date": 0, "chat": FORUM, "forum_topic_created": {"name": "F2222"}}
NOWHERE = ("", False)
FILE = {"file_id": "f1", "file_unique_id": "u1", "file_name": "发票.pdf"}


def escaped(text: str, entities: object) -> str:
    return html.escape(text)


def event(**update: Any) -> Any:
    return Reader("desk_bot", escaped).read({"update_id": 1, **update}, 42, AT)


def test_a_private_text() -> None:
    assert event(message={**SAID, "text": "发票<查不到>"}) == Said(
        seq=42,
        at=AT,
        taken_at=AT,
        who=Person("telegram:1001", "王芳"),
        ref=Ref("telegram:1001", 5),
        text="发票<查不到>",
        html="发票&lt;查不到&gt;",
    )


DESK = {"id": 9, "is_bot": True, "first_name": "台", "username": "Desk_Bot"}
OTHER = {"id": 8, "is_bot": True, "first_name": "别的", "username": "other_bot"}


def test_what_the_desk_offered_is_told_from_what_was_typed_or_came_of_another_bot() -> None:
    assert event(message={**SAID, "text": "{姓名}", "via_bot": DESK}).offered
    assert not event(message={**SAID, "text": "{姓名}", "via_bot": OTHER}).offered
    assert not event(message={**SAID, "text": "{姓名}"}).offered


def test_what_the_desk_offered_nobody_edits_though_a_reaction_comes_as_an_edit() -> None:
    assert event(edited_message={**SAID, "text": "{姓名}", "via_bot": DESK}) is None
    assert event(edited_message={**SAID, "text": "{姓名}", "via_bot": OTHER}) is not None


def test_what_was_said_before_an_outage_was_said_then() -> None:
    yesterday = AT - timedelta(hours=20)
    said = event(message={**SAID, "date": int(yesterday.timestamp()), "text": "今天开的"})
    assert (said.at, said.now) == (yesterday, AT)
    corrected = {**SAID, "edit_date": int(yesterday.timestamp()), "text": "昨天开的"}
    assert event(edited_message=corrected).at == yesterday


@pytest.mark.parametrize("date", [int(AT.timestamp()) + 500, 10**30, -5, "昨天", None, 1.5])
def test_a_time_that_cannot_be_is_when_it_was_taken_in(date: Any) -> None:
    assert event(message={**SAID, "date": date, "text": "好"}).at == AT


def test_a_command_for_another_bot_is_not_heard_in_a_group() -> None:
    assert event(message={**IN_TOPIC, "text": "/resolve@AnotherBot"}) is None
    assert event(message={**IN_TOPIC, "text": "/note@Desk_Bot 内部"}).text == "/note 内部"
    assert event(message={**SAID, "text": "/delete@AnotherBot"}).text == "/delete@AnotherBot"
    assert event(message={**SAID, "text": "/delete@desk_bot"}).text == "/delete"


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ({"type": "user", "sender_user": LI}, "李 明"),
        ({"type": "hidden_user", "sender_user_name": "税务小助手"}, "税务小助手"),
        ({"type": "chat", "sender_chat": {"id": -5, "title": "财务群"}}, "财务群"),
        ({"type": "channel", "chat": {"id": -6, "title": "北京税务"}, "message_id": 1}, "北京税务"),
        ({"type": "a kind that came later"}, ""),
    ],
)
def test_a_forwarded_message_tells_who_wrote_it(origin: dict[str, Any], name: str) -> None:
    assert event(message={**SAID, "text": "已作废", "forward_origin": origin}).forwarded == name
    answered = event(message={**SAID, "text": "这个", "external_reply": {"origin": origin}})
    assert (answered.forwarded, answered.elsewhere) == (None, name)


def test_a_quote_is_the_part_that_is_answered() -> None:
    quote = {"text": "红冲<后>", "position": 3, "is_manual": True}
    reply = {"reply_to_message": {"message_id": 3}, "quote": quote}
    said = event(message={**SAID, "text": "这句什么意思", **reply})
    assert (said.reply_to, said.quote) == (Ref("telegram:1001", 3), "红冲&lt;后&gt;")


def test_a_reply_names_the_message_it_answers() -> None:
    replied = event(message={**SAID, "text": "这张", "reply_to_message": {"message_id": 3}})
    assert replied.reply_to == Ref("telegram:1001", 3)


def test_a_text_in_a_topic() -> None:
    said = event(message={**IN_TOPIC, "text": "您好", "reply_to_message": FIRST})
    assert said == Said(
        seq=42,
        at=AT,
        who=Person("telegram:2001", "李 明", "liming"),
        ref=Ref(AT_GROUP, 5),
        thread=7,
        group=True,
        reply_to=None,
        text="您好",
        html="您好",
        taken_at=AT,
    )


def test_a_reply_in_a_topic_to_something_said_there() -> None:
    said = event(message={**IN_TOPIC, "text": "好", "reply_to_message": {"message_id": 9}})
    assert (said.thread, said.reply_to) == (7, Ref(AT_GROUP, 9))


def test_a_thread_of_replies_in_a_plain_group_is_no_topic() -> None:
    plain = {"id": GROUP, "type": "supergroup", "title": "一线"}
    message = {**SAID, "chat": plain, "message_thread_id": 4, "text": "好"}
    said = event(message={**message, "reply_to_message": {"message_id": 4}})
    assert (said.thread, said.group, said.reply_to) == (None, True, Ref(AT_GROUP, 4))


def test_an_admin_who_writes_anonymously_is_the_group() -> None:
    said = event(message={**IN_TOPIC, "sender_chat": FORUM, "text": "您好"})
    assert said.who == Person(AT_GROUP, "一线", face="group")


def test_an_agent_who_writes_as_a_channel_is_that_channel() -> None:
    channel = {"id": -100777, "type": "channel", "title": "老李的频道"}
    said = event(message={**IN_TOPIC, "sender_chat": channel, "text": "您好"})
    assert said.who == Person("telegram:-100777", "老李的频道", face="channel")


@pytest.mark.parametrize(
    "message",
    [
        {
            **IN_TOPIC,
            "sender_chat": {"id": -100777, "type": "channel"},
            "is_automatic_forward": True,
            "text": "频道里发的",
        },
        {**SAID, "from": {**LI, "is_bot": True}, "text": "我是另一个机器人"},
        {**IN_TOPIC, "from": {**LI, "is_bot": True}, "forum_topic_closed": {}},
        {**IN_TOPIC, "forum_topic_edited": {"name": "F2222"}},
        {**SAID, "chat": FORUM, "new_chat_members": [LI]},
        {**SAID, "chat": FORUM, "left_chat_member": LI},
        {**SAID, "pinned_message": {"message_id": 3}},
        {"message_id": 5, "date": 0, "chat": FORUM, "text": "没有作者"},
    ],
    ids=["channel", "bot", "closed", "renamed", "joined", "left", "pinned", "nobody"],
)
def test_what_no_person_said_to_the_desk_is_nothing(message: dict[str, Any]) -> None:
    assert event(message=message) is None


@pytest.mark.parametrize(
    "update",
    [
        {"poll": {"id": "1"}},
        {"channel_post": {**SAID, "text": "公告"}},
        {"my_chat_member": {"chat": FORUM, "from": LI, "new_chat_member": {"status": "kicked"}}},
        {"callback_query": {"id": "q", "from": WANG, "data": "yes"}},
        {"callback_query": {"id": "q", "from": WANG, "message": SAID, "game_short_name": "g"}},
        {},
    ],
    ids=["poll", "channel", "group", "inline", "game", "empty"],
)
def test_updates_that_say_nothing_to_the_desk_are_nothing(update: dict[str, Any]) -> None:
    assert event(**update) is None


CONTENTS: list[tuple[str, Any, str]] = [
    ("photo", [{"file_id": "small"}, {"file_id": "large"}], "large"),
    *((kind, FILE, "f1") for kind in ("animation", "video", "video_note", "voice", "audio")),
    ("document", FILE, "f1"),
    ("sticker", FILE, "f1"),
    ("venue", {"title": "税务局"}, ""),
    ("location", {"latitude": 39.9, "longitude": 116.4}, ""),
    ("contact", {"phone_number": "13800001234", "first_name": "王芳"}, ""),
    ("poll", {"id": "1"}, ""),
    ("dice", {"emoji": "🎲", "value": 6}, ""),
    ("story", {"id": 1}, ""),
    ("paid_media", {"star_count": 1}, ""),
    ("game", {"title": "t"}, ""),
    ("invoice", {"title": "t"}, ""),
    ("checklist", {"title": "t"}, ""),
    ("live_photo", FILE, "f1"),
    ("rich_message", {"blocks": []}, ""),
    ("giveaway", {"winner_count": 1}, ""),
    ("giveaway_winners", {"winner_count": 1}, ""),
]


@pytest.mark.parametrize(("kind", "content", "file"), CONTENTS, ids=lambda value: str(value)[:12])
def test_every_other_content_is_an_attachment(kind: str, content: Any, file: str) -> None:
    sent = event(message={**SAID, kind: content, "caption": "看 & 查"})
    assert isinstance(sent, Attached)
    assert (sent.item.what, sent.item.file) == (CONTENT[kind], file)
    assert (sent.text, sent.item.html) == ("看 & 查", "看 &amp; 查")
    assert sent.item.ref == sent.ref == Ref("telegram:1001", 5)


@pytest.mark.parametrize("message", [{"hologram": {"file_id": "f1"}}, {}])
def test_a_kind_that_nobody_knows_yet_was_written_by_somebody(message: dict[str, Any]) -> None:
    sent = event(message={**SAID, **message})
    assert isinstance(sent, Attached)
    assert sent.item.what == "other"


@pytest.mark.parametrize("name", sorted(SERVICE))
def test_what_telegram_tells_itself_was_written_by_nobody(name: str) -> None:
    if name.startswith("migrate_"):
        assert isinstance(event(message={**SAID, name: -100123}), GroupMoved)
    else:
        topic = {"message_thread_id": 7}
        told = event(message={**SAID, **topic, name: {}, "a field that came later": 1})
        assert told is None or name == "forum_topic_closed"


def test_every_field_that_a_message_may_have_is_known() -> None:
    """Judged by the newest models of another library."""
    old = {"forward_date", "forward_from", "forward_from_chat", "forward_from_message_id"}
    old |= {"forward_sender_name", "forward_signature", "user_shared"}
    names = {("from" if name == "from_user" else name) for name in Message.model_fields}
    assert names | old == CONTENT.keys() | SERVICE | ABOUT | {"text"}


def test_there_is_a_test_for_every_content() -> None:
    assert {kind for kind, _, _ in CONTENTS} == CONTENT.keys()


def test_an_animation_is_not_taken_for_the_document_that_comes_with_it() -> None:
    assert event(message={**SAID, "document": FILE, "animation": FILE}).item.what == "video"
    both = {"venue": {"title": "t"}, "location": {"latitude": 1.0, "longitude": 2.0}}
    assert event(message={**SAID, **both}).item.what == "location"


def test_a_contact_says_its_phone_number() -> None:
    contact = {"phone_number": "13800001234", "first_name": "王芳"}
    assert event(message={**SAID, "contact": contact}).text == "13800001234"


def test_a_document_keeps_its_name_and_an_album_its_mark() -> None:
    sent = event(message={**SAID, "document": FILE, "media_group_id": "a1"})
    assert (sent.item.name, sent.album) == ("发票.pdf", "a1")


def test_an_edited_text() -> None:
    edited = event(edited_message={**SAID, "text": "改<过>了"})
    assert edited == Edited(
        seq=42,
        at=AT,
        taken_at=AT,
        who=Person("telegram:1001", "王芳"),
        ref=Ref("telegram:1001", 5),
        item=Item(Ref("telegram:1001", 5), "text", html="改&lt;过&gt;了"),
        text="改<过>了",
    )


def test_an_edited_caption() -> None:
    photo = {"photo": [{"file_id": "large"}], "caption": "新说明"}
    edited = event(edited_message={**IN_TOPIC, **photo})
    assert (edited.item.what, edited.item.file, edited.text) == ("photo", "large", "新说明")
    assert (edited.thread, edited.group) == (7, True)


def test_a_picture_in_the_place_of_another_or_of_a_text() -> None:
    sizes = [{"file_id": "f2", "file_unique_id": "u2", "file_size": 7}]
    edited = event(edited_message={**SAID, "photo": sizes})
    assert (edited.item.what, edited.item.file, edited.item.unique) == ("photo", "f2", "u2")
    assert (edited.text, edited.size) == ("", 7)


def test_what_a_bot_edits_is_nothing() -> None:
    by_bot = {**SAID, "from": {**LI, "is_bot": True}, "text": "改了"}
    assert event(edited_message=by_bot) is None


def test_a_press() -> None:
    message = {**IN_TOPIC, "from": {**LI, "is_bot": True}, "text": "卡片"}
    pressed = event(callback_query={"id": "q", "from": LI, "message": message, "data": "claim:F2"})
    assert pressed == Pressed(
        seq=42,
        at=AT,
        who=Person("telegram:2001", "李 明", "liming"),
        ref=Ref(AT_GROUP, 5),
        thread=7,
        group=True,
        data="claim:F2",
        query="q",
    )


def test_a_press_under_a_message_that_is_too_old_to_be_shown() -> None:
    old = {"message_id": 5, "date": 0, "chat": PRIVATE}
    pressed = event(callback_query={"id": "q", "from": WANG, "message": old, "data": "yes"})
    assert (pressed.ref, pressed.thread, pressed.group) == (Ref("telegram:1001", 5), None, False)


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("member", False)])
def test_a_person_who_blocks_the_bot_or_lets_it_write_again(status: str, blocked: bool) -> None:
    change = {"chat": PRIVATE, "from": WANG, "new_chat_member": {"status": status}}
    assert event(my_chat_member=change) == Blocked(
        seq=42,
        at=AT,
        who=Person("telegram:1001", "王芳"),
        ref=Ref("telegram:1001", 0),
        blocked=blocked,
    )


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"message": SAID}, ("telegram:1001", True)),
        ({"edited_message": {**SAID, "chat": FORUM}}, (AT_GROUP, False)),
        ({"callback_query": {"id": "q", "from": LI, "message": IN_TOPIC}}, (AT_GROUP, False)),
        ({"my_chat_member": {"chat": PRIVATE, "from": WANG}}, ("telegram:1001", True)),
        ({"callback_query": {"id": "q", "from": WANG}}, NOWHERE),
        ({"poll": {"id": "1"}}, NOWHERE),
        ({"message": {**SAID, "chat": {**PRIVATE, "id": "1001"}}}, NOWHERE),
    ],
    ids=["message", "edited", "press", "member", "inline", "poll", "no number"],
)
def test_an_update_is_of_its_chat_private_or_not(
    update: dict[str, Any], expected: tuple[str, bool]
) -> None:
    assert chat({"update_id": 1, **update}) == expected


def test_a_live_location_that_moves_says_nothing() -> None:
    place = {"latitude": 39.9, "longitude": 116.4, "live_period": 60}
    message = {"message_id": 5, "date": 0, "chat": PRIVATE, "from": WANG, "location": place}
    assert event(edited_message=message) is None


def test_what_telegram_tells_of_a_file_is_told_and_of_a_photo_that_of_its_largest_size() -> None:
    file = {**FILE, "file_size": 2048, "mime_type": "application/pdf"}
    told = event(message={**{k: v for k, v in SAID.items() if k != "text"}, "document": file})
    assert isinstance(told, Attached)
    assert (told.size, told.mime, told.item.name) == (2048, "application/pdf", "发票.pdf")
    sizes = [{"file_id": "s", "file_size": 10}, {"file_id": "l", "file_size": 99}]
    photo = event(message={**{k: v for k, v in SAID.items() if k != "text"}, "photo": sizes})
    assert isinstance(photo, Attached)
    assert (photo.size, photo.mime) == (99, "")


ME = 7000000001
BOT = {"id": ME, "is_bot": True, "first_name": "小助手"}


def test_of_a_message_that_is_replied_to_no_more_is_kept_than_which_it_is() -> None:
    update = {"update_id": 1, "message": {**SAID, "reply_to_message": {**SAID, "message_id": 3}}}
    kept = {"message_id": 3, "own": True}
    assert slim(update, ME)["message"] == {**SAID, "reply_to_message": kept}
    assert slim({"update_id": 1, "message": SAID}, ME) == {"update_id": 1, "message": SAID}
    assert slim({"update_id": 1, "message": "no message"}, ME)["message"] == "no message"


@pytest.mark.parametrize(
    ("by", "title", "topic"),
    [
        (BOT, "F223C 🆕待接单 · 王芳的发票查不到", "F223C"),
        (BOT, "🟢处理中 【F2345678】F223C", "F2345678"),
        (BOT, "XF223C F22 F0000 f223c F223C1", ""),
        (LI, "F223C 🆕待接单 · 自己开的话题", ""),
        ({**BOT, "id": 1087968824}, "F223C 匿名管理员开的话题", ""),
        (None, "F223C", ""),
    ],
)
def test_of_a_topic_that_the_desk_opened_the_number_of_its_ticket_is_kept_and_no_more(
    by: Any, title: str, topic: str
) -> None:
    first = {**FIRST, "from": by, "forum_topic_created": {"name": title}}
    update = {"message": {**IN_TOPIC, "text": "在吗", "reply_to_message": first}}
    kept = slim(update, ME)
    said = event(**kept)
    assert isinstance(said, Said)
    assert (said.topic, said.thread, said.reply_to, said.reply_to_desk) == (topic, 7, None, False)
    assert "发票" not in str(kept)


@pytest.mark.parametrize(("by", "expected"), [(BOT, True), (LI, False), (None, False)])
def test_whether_the_desk_wrote_what_is_replied_to_is_kept(by: Any, expected: bool) -> None:
    reply = {"message_id": 9, "date": 0, "chat": FORUM, "from": by, "text": "工单 F223C 的话"}
    said = event(**slim({"message": {**IN_TOPIC, "text": "好", "reply_to_message": reply}}, ME))
    assert isinstance(said, Said)
    assert (said.reply_to_desk, said.topic, said.reply_to) == (expected, "", Ref(AT_GROUP, 9))


@pytest.mark.parametrize(
    ("reply", "said", "own"),
    [
        ({}, {}, True),
        ({"from": BOT}, {}, False),
        ({"from": None}, {}, False),
        ({"from": {"id": None}}, {"from": {"id": None}}, False),
        ({"sender_chat": FORUM}, {}, False),
        ({}, {"sender_chat": FORUM}, False),
    ],
)
def test_whether_the_writer_wrote_what_is_replied_to_is_kept(
    reply: dict[str, Any], said: dict[str, Any], own: bool
) -> None:
    before = {"message_id": 9, "date": 0, "chat": FORUM, "from": LI, "text": "请看", **reply}
    update = {"message": {**IN_TOPIC, "from": LI, **said, "reply_to_message": before}}
    kept = slim(update, ME)["message"]["reply_to_message"]
    assert kept.get("own", False) is own
    if said == {}:
        heard = event(**slim({"message": {**update["message"], "text": "/unsend"}}, ME))
        assert isinstance(heard, Said)
        assert heard.reply_to_own is own
