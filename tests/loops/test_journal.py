"""The log at INFO: the life of a ticket by number and tier, and nothing of anybody."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.app.demo import AGENTS, TAXPAYERS
from bot.channels import BotBack, GroupMoved, TopicClosed
from bot.core.content.knowledge import Knowledge
from bot.core.model.conversation import Conversation
from bot.core.model.effects import Chat, Group, Room, Send
from bot.core.model.events import Blocked, Undeliverable
from bot.core.model.message import Person, Ref
from bot.core.model.state import Decision, State
from bot.core.tickets.transitions import TRANSITIONS
from bot.local_telegram.stories import story
from bot.loops import journal
from tests.addresses import GROUP, on_telegram
from tests.conftest import OpenScene

PHONE = "13800001234"
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "bot")
    return caplog


def told(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.name == journal.__name__]


LIFE = {
    "steps": [
        {"who": "王芳", "says": f"转人工，我的电话 {PHONE}"},
        {"who": "王芳", "sees": "马上为您转人工"},
        {"who": "王芳", "says": "转人工"},
        {"who": "王芳", "sees": "已转给一线客服"},
        {"who": "小李", "in": "一线客服", "presses": "接单"},
        {"who": "小李", "in": "一线客服", "presses": "升级"},
        {"who": "小李", "in": "一线客服", "presses": "确认升级"},
        {"who": "周工", "in": "二线技术支持", "presses": "解决"},
        {"who": "王芳", "presses": "👍 解决了"},
        {"who": "王芳", "sees": "已关闭"},
    ]
}


async def test_a_ticket_is_told_from_its_opening_to_its_end(
    scene: OpenScene, knowledge: Knowledge, log: pytest.LogCaptureFixture
) -> None:
    async with scene() as stage:
        await story.play(LIFE, stage.telegram)
    first, second = (tier.id for tier in knowledge.tiers.tiers[:2])
    lines = told(log)
    number = lines[0].split()[1]
    assert lines == [
        f"ticket {number} in {first}: opened",
        f"ticket {number} in {first}: claimed",
        f"ticket {number} in {second}: escalated from {first}",
        f"ticket {number} in {second}: resolved",
        f"ticket {number} in {second}: closed",
    ]
    names = [user.first_name for user in (*TAXPAYERS, *AGENTS)]
    assert not [part for part in (*names, PHONE) if part in "\n".join(lines)]


def test_every_move_of_a_ticket_has_its_word() -> None:
    moves = {(was, now) for (was, action), now in TRANSITIONS.items() if action != "escalate"}
    assert {(was, now) for was, now in moves if was != now} == journal.MOVES.keys()


SUPER = on_telegram(-1004001)
WANG = Conversation(
    id="conversation:telegram:1", address="telegram:1", person=Person("telegram:1", "王芳")
)


def happens(event: Undeliverable | Blocked, *effects: Send, blocked: bool = False) -> None:
    after = Decision(conversation=replace(WANG, blocked=blocked), effects=effects)
    journal.decided(State(conversation=WANG), event, after)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (Chat("telegram:1"), "not delivered to a person: blocked"),
        (Room("F223C", "technical"), "not delivered in the room of F223C in technical: blocked"),
        (Group("technical"), "not delivered to the group of technical: blocked"),
    ],
)
def test_a_refusal_and_a_notice_are_told_without_their_words(
    to: Chat | Room | Group, said: str, log: pytest.LogCaptureFixture
) -> None:
    effect = Send(to=to, text="王芳的号码")
    lost = Undeliverable(seq=1, at=NOW, effect=effect, reason="blocked", detail="王芳")
    happens(lost, Send(to=Group("frontline"), text="王芳的号码"))
    assert told(log) == [said, "notice to the group of frontline"]


def test_that_somebody_stops_the_bot_is_told_once(log: pytest.LogCaptureFixture) -> None:
    event = Blocked(seq=1, at=NOW, who=WANG.person, ref=Ref("telegram:1", 1), blocked=True)
    happens(event, blocked=True)
    assert told(log) == ["a person stopped the bot"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (GroupMoved(GROUP, SUPER), f"group {GROUP} goes on as supergroup {SUPER}"),
        (BotBack(GROUP), f"the bot was let into group {GROUP}"),
        (TopicClosed(GROUP, 7), f"somebody closed topic 7 of group {GROUP}"),
    ],
)
def test_what_happens_to_a_group_is_told(
    change: GroupMoved | BotBack | TopicClosed, said: str, log: pytest.LogCaptureFixture
) -> None:
    journal.changed(change)
    assert told(log) == [said]
