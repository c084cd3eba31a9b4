"""Tags of a ticket, people who may not write to agents, and help in the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.content.script import FORM
from bot.core.text.render import plain
from tests.core.conftest import COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def test_tags_are_shown_on_the_card_and_taken_off_again(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/tag 红冲 #急 红冲", who=COLLEAGUE)
    assert talk.ticket.tags == ("红冲", "急")
    assert talk.told(talk.agents.card_tags, tags="红冲 急") in talk.room
    talk.agent_says("/tag -急 －没有 跨区")
    assert talk.ticket.tags == ("红冲", "跨区")
    ref = talk.agent_says("/tag -红冲 -跨区")
    assert talk.marks == [(ref, talk.agents.mark_done, talk.told(talk.agents.untagged))]
    talk.agent_says("/tag")
    assert talk.room == talk.told(talk.agents.tag_how)


def test_tags_are_few_short_and_tell_nothing_private(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/tag " + " ".join(f"词{n}" for n in range(20)))
    assert len(talk.ticket.tags) == 10
    talk.agent_says("/tag " + " ".join(f"-词{n}" for n in range(20)))
    talk.agent_says(f"/tag 13800001234 {'长' * 60}")
    assert "13800001234" not in talk.ticket.tags
    assert max(map(len, talk.ticket.tags)) <= 12


def banned(talk: Talk, said: str = "/ban 3天 辱骂") -> Talk:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says(said)
    return talk


UNTIL = "11-27 14:00"


def test_who_is_banned_is_told_once_and_so_is_the_room(talk: Talk) -> None:
    banned(talk)
    assert talk.said == talk.told(talk.agents.banned_person, until=UNTIL)
    told = talk.told(talk.agents.banned, by="小李", until=UNTIL, reason="辱骂")
    assert told in talk.room
    assert talk.lines[-1].text == told or talk.lines[-2].text == told


def test_nothing_they_send_reaches_the_agents_and_the_faq_stays(talk: Talk) -> None:
    banned(talk)
    talk.says("发票状态是什么意思")
    assert "状态" in talk.said
    assert talk.agents.banned_person[:6] not in talk.said
    for _ in range(2):
        talk.attaches("photo")
        talk.attaches("sticker")
    assert talk.relayed == []
    talk.says("你们都不回")
    assert (talk.relayed, talk.room) == ([], "")
    ref = talk.says("还在吗")
    talk.edits(ref, "还在不在")
    assert talk.effects == () or not talk.room
    assert talk.ticket.status == "open"


def test_whoever_asks_for_agents_is_told_again_and_gets_no_other_ticket(talk: Talk) -> None:
    banned(talk)
    told = talk.told(talk.agents.banned_person, until=UNTIL)
    for wish in ("/human", "转人工", "/ticket"):
        talk.says(wish)
        assert told in talk.said
        assert not (talk.conversation.progress and talk.conversation.progress.flow == FORM)
    assert len(talk.tickets) == 1


def test_it_ends_by_itself_and_by_hand(talk: Talk) -> None:
    banned(talk)
    talk.passes(hours=72)
    talk.says("现在可以了吗")
    assert len(talk.relayed) == 1
    talk.agent_says("/ban 0")
    assert talk.room == talk.told(talk.agents.not_banned)
    talk.agent_says("/ban 1天 刷屏")
    talk.agent_says("/ban 0", who=COLLEAGUE)
    assert talk.said == talk.told(talk.agents.unbanned_person)
    assert talk.told(talk.agents.unbanned, by=COLLEAGUE.name) in talk.room
    talk.says("谢谢啦")
    assert len(talk.relayed) == 1


def test_it_may_be_ended_when_the_ticket_is_closed(talk: Talk) -> None:
    banned(talk, "/ban 30天 辱骂")
    talk.agent_says("/resolve")
    talk.wakes(f"confirm:{talk.ticket.number}")
    assert talk.ticket.status == "closed"
    talk.agent_says("/ban 0")
    assert talk.conversation.banned_until is None
    talk.agent_says("还有")
    assert talk.room == talk.told(talk.staff.over, number=talk.ticket.number)


@pytest.mark.parametrize("said", ["/ban", "/ban 3天", "/ban 辱骂", "/ban 0天 辱骂", "/ban 100天 a"])
def test_without_a_time_or_reason_nobody_is_banned(talk: Talk, said: str) -> None:
    banned(talk, said)
    assert talk.room == talk.told(talk.agents.ban_how)
    assert talk.conversation.banned_until is None


def test_agents_still_write_to_who_is_banned(talk: Talk) -> None:
    banned(talk)
    talk.agent_says("请注意用语")
    assert len(talk.relayed) == 1
    assert talk.lines[-1].ticket == talk.ticket.number


def test_help_lists_every_command_of_the_menu_in_its_words(talk: Talk) -> None:
    told = plain(talk.consults("/help"))
    for name, text in talk.knowledge.texts.commands.group.items():
        assert f"/{name} {text}" in told
    assert "/queue" in told
