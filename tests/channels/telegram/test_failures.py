"""What Telegram's refusals come to: plain letters once, or a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels import Moved, Refused, Target
from bot.channels.telegram import Telegram
from bot.core.model.message import Item, Ref
from bot.local_telegram import Attachment
from bot.local_telegram.stories import story
from bot.local_telegram.wire.errors import migrated

WANG, CHEN = 1001, 1002


def called(telegram: Any, method: str) -> int:
    return sum(call.method == method for call in telegram.calls)


async def test_a_message_that_telegram_cannot_read_goes_once_more_in_plain_letters(
    telegram: Any, channel: Telegram
) -> None:
    telegram.faults.on("sendMessage", "unreadable")
    await channel.send(Target(WANG), "<b>重要</b> &amp; 急", ())
    seen = await telegram.person(WANG).sees()
    assert (seen.text, seen.raw.get("entities")) == ("重要 & 急", None)


async def test_an_edit_that_telegram_cannot_read_goes_once_more_in_plain_letters(
    telegram: Any, channel: Telegram
) -> None:
    message = await channel.send(Target(WANG), "旧", ())
    telegram.faults.on("editMessageText", "unreadable", times=1)
    await channel.edit(Target(WANG), message, "<b>新</b>的", ())
    await telegram.person(WANG).sees("新的")
    telegram.faults.on("editMessageText", "unreadable", times=1)
    await channel.amend(Target(WANG), message, Item(Ref(CHEN, 1), "text", html="<i>更</i>新"))
    await telegram.person(WANG).sees("更新")


async def test_an_album_whose_captions_telegram_cannot_read_keeps_their_words(
    telegram: Any, channel: Telegram
) -> None:
    photo = Attachment("1.png", story.PICTURE, "image/png")
    wang, chen = telegram.person(WANG), telegram.person(CHEN)
    await wang.sends(photo, photo, kind="photo", caption="两<张>")
    updates = await channel.fetch()
    items = [channel.read(u.payload, 1, datetime.now(UTC)).item for u in updates[-2:]]  # type: ignore[union-attr]
    telegram.faults.on("sendMediaGroup", "unreadable")
    copies = await channel.copy(Target(CHEN), items)
    seen = [await chen.sees(lambda seen: "photo" in seen.raw) for _ in range(2)]
    assert [each.text for each in seen] == ["两<张>", ""]
    telegram.faults.on("editMessageCaption", "unreadable")
    await channel.amend(Target(CHEN), copies[0], Item(Ref(WANG, 1), "photo", html="就<b>这</b>些"))
    await chen.sees("就这些")


async def test_what_cannot_be_read_in_plain_letters_either_is_refused(
    telegram: Any, channel: Telegram
) -> None:
    telegram.faults.on("sendMessage", "unreadable", times=None)
    with pytest.raises(Refused, match="parse entities"):
        await channel.send(Target(WANG), "您好", ())
    assert called(telegram, "sendMessage") == 2


async def test_a_group_that_became_a_supergroup_is_refused_with_where_it_is_now(
    telegram: Any, channel: Telegram
) -> None:
    telegram.faults.on("sendMessage", migrated(-1005))
    with pytest.raises(Moved) as caught:
        await channel.send(Target(-5), "您好", ())
    assert (caught.value.reason, caught.value.chat) == ("no_group", -1005)
