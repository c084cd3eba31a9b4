"""What people change of what they sent, and their reactions."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.local_telegram import Attachment, LocalTelegram, Person, Refused
from tests.local_telegram.conftest import png

Call = Callable[..., Coroutine[Any, Any, Any]]

WANG = 1001
YESTERDAY = 1_790_000_000


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
