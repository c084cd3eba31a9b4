"""The channel against a Telegram that answers as Telegram does."""

from __future__ import annotations

import gc
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import unused_port
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.app import demo
from bot.channels import Later, Refused, Target
from bot.channels.telegram import Telegram
from bot.channels.telegram.failures import RETRY, failure
from bot.channels.telegram.polling import ALLOWED
from bot.core.model.effects import Button
from bot.core.model.events import Said
from bot.core.model.message import Item, Ref
from bot.local_telegram import Attachment
from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.stories import story
from tests.addresses import on_telegram

WANG, CHEN, LI, ZHOU = 1001, 1002, 2001, 2002
GROUP = demo.FIRST_GROUP
HER, HIM, AT_GROUP = on_telegram(WANG), on_telegram(CHEN), on_telegram(GROUP)
WRONG = "7000000001:not-the-one-that-is-right"
BUTTONS = ((Button("是", "yes"), Button("否", "no")),)


def called(telegram: Any, method: str) -> list[dict[str, Any]]:
    return [call.parameters for call in telegram.calls if call.method == method]


async def test_a_wrong_token_is_one_clear_refusal_that_does_not_tell_it(telegram: Any) -> None:
    with pytest.raises(Refused) as caught:
        async with Telegram(WRONG, telegram.url).connected():
            pass
    assert str(caught.value) == "Telegram does not know this token"
    assert WRONG not in "".join(traceback.format_exception(caught.value))
    gc.collect()  # a connection left open would warn


async def test_a_telegram_that_is_not_there_is_told_without_the_token() -> None:
    with pytest.raises(Later, match="cannot be reached") as caught:
        async with Telegram(WRONG, f"http://127.0.0.1:{unused_port()}").connected():
            pass
    assert WRONG not in "".join(traceback.format_exception(caught.value))
    gc.collect()


async def test_a_failure_later_does_not_tell_the_token_either(telegram: Any) -> None:
    channel = Telegram(telegram.token, telegram.url)
    async with channel.connected() as name:
        assert name == "fapiao_desk_bot"
        await telegram.__aexit__(None, None, None)
        for call in (
            channel.fetch(),
            channel.send(Target(HER), "在吗", ()),
            channel.member(AT_GROUP, HER),
        ):
            with pytest.raises(Later) as caught:
                await call
            told = "".join(traceback.format_exception(caught.value))
            assert telegram.token not in told
            assert telegram.token.partition(":")[2] not in told


async def test_commands_are_registered_where_they_may_be_used(
    telegram: Any, channel: Telegram
) -> None:
    await channel.introduce({"help": "帮助"}, {"claim": "接单"})
    menus = {
        scope[0]: [menu["command"] for menu in menus]
        for scope, menus in telegram.world.commands.items()
    }
    assert menus == {"all_private_chats": ["help"], "all_group_chats": ["claim"]}


async def unfit(channel: Telegram, chat: str) -> list[str]:
    return [line async for line in channel.unfit("frontline", chat)]


async def test_a_group_that_cannot_be_used_is_named_with_what_to_do(
    telegram: Any, channel: Telegram
) -> None:
    assert await unfit(channel, AT_GROUP) == []
    (line,) = await unfit(channel, on_telegram(-100999))
    assert line.startswith("frontline:-100999 cannot be used")
    assert "add the bot" in line
    telegram.promote_bot(GROUP, LI, can_manage_topics=False)
    (line,) = await unfit(channel, AT_GROUP)
    assert f"frontline:{GROUP} has topics" in line
    telegram.remove_bot(GROUP, LI)
    (line,) = await unfit(channel, AT_GROUP)
    assert "cannot be used" in line


async def test_fetching_again_confirms_what_was_fetched(telegram: Any, channel: Telegram) -> None:
    first, second = await channel.fetch()
    assert [(each.chat, each.private) for each in (first, second)] == [(HER, True), (HIM, True)]
    assert list(telegram.world.updates.pending) == [int(first.key), int(second.key)]
    await telegram.person(WANG).says("还有")
    (third,) = await channel.fetch()
    assert int(third.key) == int(second.key) + 1
    assert list(telegram.world.updates.pending) == [int(third.key)]
    assert telegram.world.updates.allowed == set(ALLOWED)


async def test_an_update_is_read_with_its_formatting(telegram: Any, channel: Telegram) -> None:
    entity = {"type": "bold", "offset": 0, "length": 2}
    await telegram.person(WANG).says("急事 <查> & 办", entities=[entity])
    *_, update = await channel.fetch()
    said = channel.read(update.payload, 1, datetime.now(UTC))
    assert isinstance(said, Said)
    assert said.text == "急事 <查> & 办"
    assert said.html == "<b>急事</b> &lt;查&gt; &amp; 办"
    photo = Attachment("1.png", story.PICTURE, "image/png")
    await telegram.person(WANG).sends(photo, kind="photo", caption="看 <这里>")
    *_, update = await channel.fetch()
    attached: Any = channel.read(update.payload, 2, datetime.now(UTC))
    assert attached.item.html == "看 &lt;这里&gt;"


async def test_a_message_is_sent_with_formatting_buttons_and_what_it_replies_to(
    telegram: Any, channel: Telegram
) -> None:
    wang = telegram.person(WANG)
    asked = await wang.says("在吗")
    sent = await channel.send(Target(HER, reply_to=asked.id), "<b>在</b> &amp; 请讲", BUTTONS)
    seen = await wang.sees()
    assert (seen.id, seen.html) == (sent, "<b>在</b> &amp; 请讲")
    assert seen.buttons == {"是": "yes", "否": "no"}
    assert seen.raw["reply_to_message"]["message_id"] == asked.id
    await channel.send(Target(HER, reply_to=999), "原来那条已被删除", ())
    assert "reply_to_message" not in (await wang.sees()).raw


async def test_text_that_telegram_cannot_read_is_sent_in_plain_letters(
    telegram: Any, channel: Telegram
) -> None:
    await channel.send(Target(HER), "<b>重要</i> &amp; 急", ())
    assert (await telegram.person(WANG).sees()).text == "重要 & 急"


async def test_a_picture_is_shown_with_its_text_where_that_has_room(
    telegram: Any, channel: Telegram
) -> None:
    (alone,) = await channel.show(Target(HER), PICTURE, "<b>日报</b> &amp; 图")
    photo, words = await channel.show(Target(HER), PICTURE, "长" * 1025)
    shown, first, last = [s for s in await telegram.person(WANG).history() if not s.is_mine][-3:]
    assert (shown.id, shown.html, "photo" in shown.raw) == (alone, "<b>日报</b> &amp; 图", True)
    assert (first.id, first.text, "photo" in first.raw) == (photo, "", True)
    assert (last.id, last.text, "photo" in last.raw) == (words, "长" * 1025, False)
    await channel.show(Target(HER), PICTURE, "<b>读不懂</i>")
    assert (await telegram.person(WANG).sees("读不懂")).text == "读不懂"


async def test_the_text_under_a_picture_can_be_changed_as_far_as_it_has_room(
    telegram: Any, channel: Telegram
) -> None:
    (sent,) = await channel.show(Target(HER), PICTURE, "日报")
    for _ in range(2):  # the second time it says so already
        await channel.edit(Target(HER), sent, "<b>改了</b>", BUTTONS)
    with pytest.raises(Refused):
        await channel.edit(Target(HER), sent, "长" * 1025, ())
    await channel.edit(Target(HER), sent, "", ())
    shown = [s for s in await telegram.person(WANG).history() if not s.is_mine][-1]
    assert (shown.id, shown.html, shown.buttons) == (sent, "<b>改了</b>", {})
    assert "photo" in shown.raw


async def test_an_edit_to_what_it_says_already_is_done(telegram: Any, channel: Telegram) -> None:
    sent = await channel.send(Target(HER), "问", BUTTONS)
    await channel.edit(Target(HER), sent, "问", BUTTONS)
    await channel.edit(Target(HER), sent, "", ())
    await channel.edit(Target(HER), sent, "", ())
    (seen,) = [seen for seen in await telegram.person(WANG).history() if not seen.is_mine]
    assert (seen.text, seen.buttons) == ("问", {})


async def test_a_message_that_is_gone_cannot_be_edited_or_copied(channel: Telegram) -> None:
    gone = Item(Ref(HER, 999), "text", html="改")
    for call in (
        channel.edit(Target(HER), 999, "改", ()),
        channel.amend(Target(HER), 999, gone),
        channel.copy(Target(HIM), [gone]),
    ):
        with pytest.raises(Refused) as caught:
            await call
        assert caught.value.reason == "no_message"


async def test_a_message_is_copied_and_its_copy_can_be_amended(
    telegram: Any, channel: Telegram
) -> None:
    said = await telegram.person(WANG).says("原文")
    (copy,) = await channel.copy(Target(HIM), [Item(Ref(HER, said.id), "text")])
    await channel.amend(Target(HIM), copy, Item(Ref(HER, said.id), "text", html="<b>改过</b>"))
    await channel.amend(Target(HIM), copy, Item(Ref(HER, said.id), "text", html="<b>改过</b>"))
    seen = await telegram.person(CHEN).sees("改过")
    assert (seen.id, seen.html) == (copy, "<b>改过</b>")


@pytest.mark.parametrize("lead", ["", "💬 "])
@pytest.mark.parametrize("words", ["王芳您好", "长" * 4096])
async def test_what_was_filled_never_goes_out_as_the_message_that_it_was(
    telegram: Any, channel: Telegram, lead: str, words: str
) -> None:
    said = await telegram.person(WANG).says("{姓名}您好")
    filled = Item(Ref(HER, said.id), "text", html=words, lead=lead, offered=True)
    await channel.copy(Target(HIM), [filled])
    seen = await telegram.person(CHEN).sees(words)
    assert "{" not in seen.text


async def test_an_album_is_copied_whole_and_its_caption_can_be_amended(
    telegram: Any, channel: Telegram
) -> None:
    photo = Attachment("1.png", story.PICTURE, "image/png")
    wang, chen = telegram.person(WANG), telegram.person(CHEN)
    await wang.sends(photo, photo, photo, kind="photo", caption="三张")
    updates = await channel.fetch()
    events: list[Any] = [channel.read(u.payload, 1, datetime.now(UTC)) for u in updates[-3:]]
    copies = await channel.copy(Target(HIM), [event.item for event in events])
    seen = [await chen.sees(lambda seen: "photo" in seen.raw) for _ in range(3)]
    assert [each.id for each in seen] == copies
    assert len({each.raw["media_group_id"] for each in seen}) == 1
    assert [each.text for each in seen] == ["三张", "", ""]
    await channel.amend(Target(HIM), copies[0], Item(events[0].ref, "photo", html="就这三张"))
    await chen.sees("就这三张")


async def test_the_answer_to_a_press_that_nobody_waits_for_is_done(channel: Telegram) -> None:
    await channel.respond("12345", "太晚了", False)


async def test_whether_a_group_has_topics_is_asked_anew_for_they_may_be_turned_on(
    telegram: Any, channel: Telegram
) -> None:
    asked = len(called(telegram, "getChat"))
    assert [await channel.has_topics(AT_GROUP) for _ in range(2)] == [True, True]
    assert len(called(telegram, "getChat")) == asked + 2


async def test_a_topic_is_opened_renamed_closed_and_opened_again(
    telegram: Any, channel: Telegram
) -> None:
    thread = await channel.open_topic(AT_GROUP, "F2222 待接单")
    topic = telegram.world.chats[GROUP].topics[thread]
    to = Target(AT_GROUP, thread=thread)
    for title, closed in (
        ("F2222 处理中", None),
        (None, True),
        ("F2222 处理中", True),
        (None, False),
    ):
        await channel.change_topic(to, title, closed)
        assert topic.name == (title or topic.name)
        assert topic.closed == (topic.closed if closed is None else closed)
    await channel.send(to, "在话题里", ())
    assert (await telegram.person(LI).sees("在话题里", chat=GROUP)).thread == thread


async def test_who_belongs_to_a_group_is_what_telegram_says(
    telegram: Any, channel: Telegram
) -> None:
    assert await channel.member(AT_GROUP, on_telegram(LI))
    assert not await channel.member(AT_GROUP, HER)
    assert not await channel.member(AT_GROUP, on_telegram(999))
    await telegram.person(ZHOU).does("leave", chat=GROUP)
    assert not await channel.member(AT_GROUP, on_telegram(ZHOU))
    asked = len(called(telegram, "getChatMember"))
    assert len(called(telegram, "getChatMember")) == asked


async def test_typing_is_shown(telegram: Any, channel: Telegram) -> None:
    await channel.typing(Target(HER))
    (shown,) = called(telegram, "sendChatAction")
    assert (int(shown["chat_id"]), shown["action"]) == (WANG, "typing")


async def test_the_webhook_is_set_with_its_secret_and_taken_away(
    telegram: Any, channel: Telegram
) -> None:
    await channel.listen("http://127.0.0.1:9/hook", "s3cret")
    assert telegram.world.webhook.url == "http://127.0.0.1:9/hook"
    (call,) = called(telegram, "setWebhook")
    assert call["secret_token"] == "s3cret"
    with pytest.raises(Later, match="another program"):
        await channel.fetch()
    await channel.listen(None, "")
    assert telegram.world.webhook is None
    with pytest.raises(Refused, match="webhook"):
        await channel.listen("https://example.com/", "s3cret")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked"),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), "blocked"),
        (BadRequest("Bad Request: message thread not found"), "no_topic"),
        (BadRequest("Bad Request: chat not found"), "no_group"),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), "no_group"),
        (Forbidden("Forbidden: bot is not a member of the supergroup chat"), "no_group"),
        (BadRequest("Bad Request: message to copy not found"), "no_message"),
        (BadRequest("Bad Request: message to edit not found"), "no_message"),
        (BadRequest("Bad Request: file is too big"), "too_big"),
        (NetworkError("Request Entity Too Large"), "too_big"),
        (ChatMigrated(-1002), "no_group"),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), "refused"),
        (Forbidden("Forbidden: the group chat was deleted"), "no_group"),
        (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), "no_rights"),
        (
            BadRequest("Bad Request: not enough rights to send text messages to the chat"),
            "no_rights",
        ),
        (Forbidden("Forbidden: a reason that came after this list"), "no_rights"),
        (BadRequest("Bad Request: not enough rights to send photos to the chat"), "kind_forbidden"),
        (BadRequest("Bad Request: CHAT_SEND_DOCS_FORBIDDEN"), "kind_forbidden"),
        (BadRequest("Bad Request: VOICE_MESSAGES_FORBIDDEN"), "voice_forbidden"),
        (BadRequest("Bad Request: message can't be copied"), "uncopyable"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_will_never_work_is_refused_with_its_reason(error: TelegramError, reason: str) -> None:
    meant = failure(error)
    assert isinstance(meant, Refused)
    assert meant.reason == reason


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (RetryAfter(timedelta(seconds=37)), 37),
        (TimedOut(), RETRY),
        (NetworkError("Bad Gateway"), RETRY),
        (Conflict("Conflict: terminated by other getUpdates request"), RETRY),
        (InvalidToken("Unauthorized"), RETRY),
        (InvalidToken("Not Found"), RETRY),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_may_work_later_says_when(error: TelegramError, seconds: float) -> None:
    meant = failure(error)
    assert isinstance(meant, Later)
    assert meant.seconds == seconds
