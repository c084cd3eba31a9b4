"""Whose words a message repeats and what it answers go with it, and so do links that words hide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.model.effects import Chat, Edit, Forget, Send
from bot.core.model.events import Attached, Edited, Said
from bot.core.model.message import Item, Person

if TYPE_CHECKING:
    from tests.core.conftest import Talk

WANG = "telegram:100"
COLLEAGUE = Person("telegram:8", "周工")
VOIDED = "您的发票已作废"


def written(talk: Talk) -> str:
    """What the history has of the last message of the person or an agent."""
    return next(line.text for line in reversed(talk.lines) if line.who != "desk")


def places(talk: Talk) -> set[Any]:
    return {effect.to for effect in talk.effects if isinstance(effect, Send | Edit)}


def forwards(talk: Talk, text: str, name: str = "某公司财务", **facts: Any) -> None:
    ref = talk.new_ref()
    facts = {"forwarded": name, "html": text} | facts
    talk.happens(Said, who=talk.conversation.person, ref=ref, text=text, **facts)


def test_a_forwarded_message_is_shown_as_somebody_elses(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    forwards(talk, VOIDED, "某公司<财务>")
    (item,) = talk.relayed[0].items
    assert item.lead == talk.told_html(talk.texts.forwarded, name="某公司<财务>")
    assert written(talk) == f"↪️ 转发自“某公司<财务>”：\n{VOIDED}"
    forwards(talk, VOIDED, "")
    assert talk.relayed[0].items[0].lead == talk.texts.forwarded_hidden


def test_an_agent_forwards_to_the_person(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/resolve 的说明", forwarded="税务通知")
    (relay,) = talk.relayed
    assert relay.to == Chat(WANG)
    assert relay.items[0].lead
    assert talk.ticket.status == "open"


@pytest.mark.parametrize("text", ["/delete", "转人工", "好了，已经解决", "退出"])
def test_a_forwarded_message_asks_for_nothing(talk: Talk, text: str) -> None:
    talk.says("/diagnose")
    step = talk.asked
    forwards(talk, text)
    assert talk.asked == step
    assert talk.told(talk.texts.forwarded_seen) in talk.said


def test_a_forwarded_number_is_still_a_number(talk: Talk) -> None:
    talk.says("/diagnose")
    forwards(talk, "发票号码：25112000000012345678")
    assert talk.draft.slots["number"].text == "25112000000012345678"


def test_a_quote_and_the_message_of_another_chat_stand_above_the_words(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    asked = talk.agent_says("先红冲，再重开")
    facts = {"quote": "先<b>红冲</b>", "elsewhere": "财务群", "reply_to": asked, "html": "为什么"}
    talk.happens(Said, who=talk.conversation.person, ref=talk.new_ref(), text="为什么", **facts)
    (item,) = talk.relayed[0].items
    named = talk.told_html(talk.texts.answers_elsewhere, name="财务群")
    assert item.lead == f"{named}\n<blockquote>先<b>红冲</b></blockquote>"


def test_where_words_lead_stays_in_the_history(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    html = '点<a href="https://etax.example.cn/?a=1&amp;b=2">这里</a>'
    facts = {"who": talk.conversation.person, "ref": talk.new_ref()}
    talk.happens(Said, **facts, text="点这里", html=html)
    assert written(talk) == "点这里 (https://etax.example.cn/?a=1&b=2)"
    bare = '<a href="https://a.example.cn">https://a.example.cn</a>'
    talk.agent_says("https://a.example.cn", html=bare)
    assert written(talk) == "https://a.example.cn"
    item = Item(talk.new_ref(), "photo", file="f", html=html)
    talk.happens(Attached, who=talk.conversation.person, ref=item.ref, item=item, text="点这里")
    assert written(talk) == "[图片] 点这里 (https://etax.example.cn/?a=1&b=2)"


def test_an_album_says_once_whose_it_is(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    for _ in range(2):
        item = Item(talk.new_ref(), "photo", file="f", album="a")
        facts = {
            "who": talk.conversation.person,
            "ref": item.ref,
            "item": item,
            "forwarded": "财务",
        }
        talk.happens(Attached, **facts, album="a")
    talk.wakes("album:a")
    assert [bool(item.lead) for item in talk.relayed[0].items] == [True, False]


def test_answers_go_to_the_topic_of_their_chat_in_which_the_person_wrote(talk: Talk) -> None:
    talk.happens(Said, who=talk.conversation.person, ref=talk.new_ref(), text="你好", thread=5)
    assert places(talk) == {Chat(WANG, thread=5)}
    talk.says("发票状态是什么意思")
    assert places(talk) == {Chat(WANG)}


def test_a_command_for_another_bot_is_not_carried_out(talk: Talk) -> None:
    talk.says("/delete@AnotherBot")
    assert not [e for e in talk.effects if isinstance(e, Forget)]
    assert talk.told(talk.texts.unknown_command) in talk.said


@pytest.mark.parametrize("face", ["group", "channel"])
def test_who_writes_as_a_chat_owns_no_ticket_and_is_told_so(talk: Talk, face: Any) -> None:
    talk.gets_a_ticket()
    nobody = Person("telegram:-1000", "一线客服", face=face)
    told = talk.staff.anonymous if face == "group" else talk.staff.as_channel
    for text in ("/claim", "您好", "/resolve"):
        talk.agent_says(text, who=nobody)
        assert talk.told(told) in talk.room
        assert not talk.relayed
    assert (talk.ticket.owner, talk.ticket.status) == (None, "new")


def test_an_owner_who_is_away_is_replaced(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_says("/claim", who=COLLEAGUE)
    assert talk.told(talk.staff.taken, number=number, owner="小李") in talk.room
    talk.agent_presses(talk.told(talk.staff.button_take, owner="小李"), who=COLLEAGUE)
    assert talk.ticket.owner == COLLEAGUE
    assert talk.told(talk.staff.taken_over, owner="周工", before="小李") in talk.room
    assert "周工" in talk.said
    talk.agent_says("我来处理", who=COLLEAGUE)
    assert talk.relayed


def test_what_a_colleague_wrote_goes_out_when_they_take_over(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("<急>", who=COLLEAGUE, html="&lt;急&gt;")
    assert not talk.relayed
    talk.agent_presses(talk.staff.button_take_and_send, who=COLLEAGUE)
    words = talk.voiced(Item(ref, "text", html="&lt;急&gt;"), COLLEAGUE)
    assert [relay.items for relay in talk.relayed] == [(words,)]


def test_an_edited_forward_stays_somebody_elses(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    forwards(talk, VOIDED)
    (item,) = talk.relayed[0].items
    new = replace(item, html="已红冲", lead="")
    facts = {"item": new, "text": "已红冲", "forwarded": "某公司财务"}
    talk.happens(Edited, who=talk.conversation.person, ref=item.ref, **facts)
    (amend,) = talk.effects
    assert amend.item.lead == item.lead  # type: ignore[union-attr]
