"""After a ticket closed its person may say how it went: stars once, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Edit, Room
from bot.core.model.record import Record

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def closed(talk: Talk) -> str:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    return number


def stars(talk: Talk, count: int) -> str:
    return talk.informed.button_stars.format(stars=count)


def ratings(talk: Talk) -> list[Record]:
    return [each for some in talk.records for each in some if each.kind == "rating"]


def test_whoever_confirms_is_asked_once_and_the_agents_see_it(talk: Talk) -> None:
    number = closed(talk)
    assert talk.told(talk.informed.rate) in talk.said
    talk.presses(stars(talk, 4))
    assert talk.ticket.stars == 4
    assert talk.said == talk.told(talk.informed.rated, stars="★★★★☆")
    assert talk.room == talk.told(talk.informed.room_rated, stars="★★★★☆")
    (record,) = ratings(talk)
    assert (record.what, record.value, record.ticket) == ("rated", "4", number)
    (edit,) = [e for e in talk.effects if isinstance(e, Edit) and e.key == f"closed:{number}"]
    assert [button.label for row in edit.buttons for button in row] == [talk.informed.button_reopen]


def test_stars_are_given_once(talk: Talk) -> None:
    closed(talk)
    five = talk.button(stars(talk, 5))
    talk.presses(stars(talk, 2))
    talk.presses(five)
    assert talk.ticket.stars == 2
    assert len(ratings(talk)) == 1
    assert talk.responses[0].text == talk.texts.stale


def test_nobody_is_asked_who_did_not_confirm(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/resolve")
    talk.wakes(f"confirm:{number}")
    assert talk.told(talk.informed.rate) not in talk.said
    talk.gets_a_ticket()
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    assert talk.told(talk.informed.rate) not in talk.said


def test_of_a_ticket_that_went_on_nobody_is_asked_again(talk: Talk) -> None:
    closed(talk)
    old = talk.button(stars(talk, 5))
    talk.presses(talk.informed.button_reopen)
    talk.presses(old)
    assert not ratings(talk)
    talk.agent_says("/resolve")
    talk.presses(talk.texts.button_resolved)
    assert talk.told(talk.informed.rate) not in talk.said


@pytest.mark.parametrize(
    "text",
    ["小李很耐心，电话13800001234也打了", "有点慢，下次快一点", "不错", "不太满意，等了半天"],
)
def test_a_sentence_that_follows_is_kept_masked_beside_the_stars(talk: Talk, text: str) -> None:
    number = closed(talk)
    talk.presses(stars(talk, 5))
    talk.says(text)
    record = ratings(talk)[-1]
    assert (record.what, record.value) == ("commented", "5")
    assert "13800001234" not in record.question
    edit = next(e for e in talk.effects if isinstance(e, Edit) and e.key == "rating")
    assert edit.to == Room(number, talk.ticket.tier)
    assert record.question in edit.text
    assert talk.said == talk.told(talk.informed.commented)


@pytest.mark.parametrize(
    "text", ["发票状态是什么意思", "转人工", "还是不行", "昨天开的发票客户查不到", "谢谢"]
)
def test_whatever_else_is_said_is_what_it_is(talk: Talk, text: str) -> None:
    closed(talk)
    talk.presses(stars(talk, 5))
    talk.says(text)
    assert len(ratings(talk)) == 1
    assert talk.said != talk.told(talk.informed.commented)
    talk.says("有点慢，下次快一点")
    assert len(ratings(talk)) == 1


def test_a_message_is_dated_in_whole_seconds_and_may_seem_earlier_than_the_press(
    talk: Talk,
) -> None:
    closed(talk)
    talk.presses(stars(talk, 5))
    talk.passes(seconds=-0.9)
    talk.says("有点慢，下次快一点")
    assert talk.said == talk.told(talk.informed.commented)


def test_ten_minutes_later_nothing_is_a_comment(talk: Talk) -> None:
    closed(talk)
    talk.presses(stars(talk, 5))
    talk.passes(seconds=600)
    talk.says("有点慢，下次快一点")
    assert len(ratings(talk)) == 1


def test_after_a_comment_it_may_still_go_on(talk: Talk) -> None:
    number = closed(talk)
    talk.presses(stars(talk, 5))
    talk.says("有点慢，下次快一点")
    talk.says("还是不行")
    assert (talk.ticket.number, talk.ticket.status) == (number, "open")
