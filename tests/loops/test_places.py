"""A place that refuses now may take the same later: what is for it waits, and others are told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import demo
from bot.local_telegram import Attachment
from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.stories import story

LI, ZHOU = 2001, 2002
TECHNICAL = demo.FIRST_GROUP - 1
LOST = "不能用"


async def lets_speak_again(telegram: Any, group: int) -> None:
    telegram.refuse_writing(group, None)
    telegram.remove_bot(group, LI)
    telegram.add_bot(group, LI)


@pytest.mark.parametrize(
    "refuses",
    [
        lambda telegram, group: telegram.restrict_bot(group, LI),
        lambda telegram, group: telegram.refuse_writing(group, "CHAT_WRITE_FORBIDDEN"),
        lambda telegram, group: telegram.remove_bot(group, LI),
    ],
    ids=["restricted", "forbidden", "removed"],
)
@pytest.mark.parametrize("kind", ["text", "photo"])
async def test_a_group_that_refuses_the_bot_has_everything_once_it_may_speak_again(
    ticket: Any, path: Any, refuses: Any, kind: str
) -> None:
    telegram, wang = ticket.telegram, ticket.wang
    async with demo.desk_on(telegram, ticket.knowledge, path):
        await ticket.opens()
        await ticket.li.history(chat=ticket.group)
        refuses(telegram, ticket.group)
        if kind == "text":
            await wang.says("还是查不到")
        else:
            photo = Attachment("1.png", PICTURE, "image/png")
            await wang.sends(photo, kind="photo", caption="还是查不到")
        await telegram.person(ZHOU).sees(LOST, chat=TECHNICAL)
        await lets_speak_again(telegram, ticket.group)
        await ticket.li.sees("还是查不到", chat=ticket.group)
        shown = await ticket.shown("还是查不到")
    assert shown == ["还是查不到"]


async def test_a_notice_of_a_lost_group_that_is_lost_as_well_waits(ticket: Any, path: Any) -> None:
    telegram = ticket.telegram
    async with demo.desk_on(telegram, ticket.knowledge, path) as desk:
        await ticket.opens()
        for group in (ticket.group, TECHNICAL):
            telegram.refuse_writing(group)
        await ticket.wang.says("还是查不到")
        while (await desk.read(desk.store.outbox.backlog)) < 2:  # the word and the notice
            await desk.read(desk.store.inbox.backlog)
        await lets_speak_again(telegram, TECHNICAL)
        await telegram.person(ZHOU).sees(LOST, chat=TECHNICAL)


async def test_who_takes_no_voice_is_written_to_and_the_agent_knows_why(
    ticket: Any, path: Any
) -> None:
    async with demo.desk_on(ticket.telegram, ticket.knowledge, path):
        await ticket.opens()
        ticket.telegram.forbid_voice(ticket.wang.id)
        voice = Attachment("v.ogg", b"OggS", "audio/ogg")
        await ticket.li.sends(voice, kind="voice", chat=ticket.group, thread=ticket.thread)
        why = ticket.knowledge.texts.staff.refusals["voice_forbidden"]
        await ticket.li.sees(why, chat=ticket.group)


async def test_a_reply_to_what_is_gone_goes_without_it(ticket: Any, path: Any) -> None:
    async with demo.desk_on(ticket.telegram, ticket.knowledge, path):
        await ticket.opens()
        asked = await ticket.wang.says("哪一张？")
        shown = await ticket.li.sees("哪一张？", chat=ticket.group)
        await ticket.wang.deletes(asked)
        await ticket.li.says("第一张", chat=ticket.group, thread=ticket.thread, reply_to=shown)
        answer = await ticket.wang.sees("第一张")
    assert "reply_to_message" not in answer.raw


async def test_late_pieces_of_an_album_reach_the_person(ticket: Any, path: Any) -> None:
    picture = Attachment("1.png", story.PICTURE, "image/png")
    place = {"chat": ticket.group, "thread": ticket.thread}
    async with demo.desk_on(ticket.telegram, ticket.knowledge, path):
        await ticket.opens()
        place["thread"] = ticket.thread
        first, _ = await ticket.li.sends(picture, picture, kind="photo", caption="请看", **place)
        await ticket.wang.sees("请看")
        await ticket.li.sends(picture, kind="photo", caption="还有", into=first, **place)
        await ticket.wang.sees("还有")
