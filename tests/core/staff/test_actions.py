"""What an agent does to a ticket, and what each side is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Button, Chat, Edit, Relay, Room, Send, Topic
from bot.core.model.events import Attached
from bot.core.model.message import Item, Person, Ref
from bot.core.staff.actions import COMMANDS
from bot.core.staff.consulting import CONSULTS
from bot.core.staff.orders import ORDERS
from bot.core.staff.room import REPLIES

if TYPE_CHECKING:
    from tests.core.conftest import Talk

AGENT = Person("telegram:7", "小李")
TAXPAYER = Person("telegram:100", "王芳")
COLLEAGUE = Person("telegram:8", "周工")


def answer(talk: Talk) -> str:
    (response,) = talk.responses
    return response.text


def escalated(talk: Talk) -> None:
    above = talk.knowledge.tiers.above(talk.ticket.tier)
    assert above is not None
    talk.agent_presses(talk.staff.button_escalate)
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above.name))


def test_the_menu_shows_only_what_an_agent_can_do(talk: Talk) -> None:
    assert talk.knowledge.texts.commands.group.keys() <= {*COMMANDS, *ORDERS, *REPLIES, *CONSULTS}


def test_claiming_makes_the_agent_the_owner_and_tells_both_sides(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.agent_presses(talk.staff.button_claim)
    assert (talk.ticket.owner, talk.ticket.status) == (AGENT, "open")
    assert answer(talk) == talk.told(talk.staff.yours, number=number)
    assert talk.told(talk.texts.claimed, number=number, owner="小李") in talk.said
    assert talk.told(talk.staff.claimed, owner="小李") in talk.room


def test_an_order_that_only_was_done_is_answered_by_a_mark_and_no_word(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    staff = talk.staff
    for order, told in {
        "/claim": talk.told(staff.yours, number=number),
        "/resolve": talk.told(staff.resolved_toast),
    }.items():
        ref = talk.agent_says(order)
        assert talk.marks == [(ref, talk.agents.mark_done, told)]
        assert told not in talk.room


def test_that_the_next_message_stays_inside_is_said_in_words(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/note")
    assert talk.room == talk.told(talk.staff.next_is_note)
    assert talk.marks == []


def test_an_order_that_was_not_done_is_answered_in_words(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/resolve")
    talk.agent_says("/release")
    assert talk.room == talk.told(talk.staff.not_now)
    assert talk.marks == []


@pytest.mark.parametrize("verb", ["ask", "escalate", "resolve", "release"])
def test_nobody_acts_on_a_colleagues_ticket(talk: Talk, verb: str) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    before = talk.ticket
    talk.agent_says(f"/{verb}", who=COLLEAGUE)
    assert talk.told(talk.staff.taken, number=number, owner="小李") in talk.room
    assert talk.ticket == before


def test_claim_and_send_sends_the_message_that_was_kept(talk: Talk) -> None:
    talk.gets_a_ticket()
    ref = talk.agent_says("您好，请讲")
    talk.agent_presses(talk.staff.button_claim_and_send)
    assert talk.ticket.owner == AGENT
    words = talk.voiced(Item(ref, "text", html="您好，请讲"))
    assert talk.relayed == [Relay(to=Chat(TAXPAYER.address), items=(words,))]
    assert talk.marks == [(ref, talk.agents.mark_sent, "")]


def test_claim_and_send_pressed_twice_sends_once(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_says("您好，请讲")
    talk.agent_presses(talk.staff.button_claim_and_send)
    talk.agent_presses(talk.staff.button_claim_and_send)
    assert not talk.relayed


def test_claim_and_send_sends_only_that_message(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_says("第一条")
    first = talk.button(talk.staff.button_claim_and_send, Room)
    talk.agent_says("// 内部")
    talk.agent_says("第二条")
    talk.agent_presses(first)
    assert [line.text for line in talk.lines if line.who == "agent"] == ["第一条"]


def test_claim_and_send_sends_an_album_whole(talk: Talk) -> None:
    talk.gets_a_ticket()
    first, *others = [talk.agent_attaches(album="a") for _ in range(3)]
    talk.wakes("album:a")
    talk.agent_presses(talk.staff.button_claim_and_send)
    pieces = (talk.voiced(first), *others)
    assert talk.relayed == [Relay(to=Chat(TAXPAYER.address), items=pieces)]


def test_claim_and_send_sends_nothing_to_whoever_blocked_the_bot(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_says("您好")
    talk.blocks()
    talk.agent_presses(talk.staff.button_claim_and_send)
    assert not talk.relayed
    assert answer(talk) == talk.told(talk.staff.blocked)
    talk.blocks(False)
    talk.agent_presses(talk.staff.button_claim_and_send)
    assert len(talk.relayed) == 1


def test_an_agent_asks_for_a_field_and_the_ticket_waits(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_presses(talk.staff.button_ask)
    field = talk.knowledge.fields["number"]
    talk.agent_presses(field.label)
    assert (talk.ticket.status, talk.ticket.asked) == ("pending", "number")
    assert talk.ticket.owner == AGENT
    assert talk.told(field.ask) in talk.said
    assert answer(talk) == talk.told(talk.staff.asked, field=field.label)


def test_only_what_is_missing_is_offered_to_ask_for(talk: Talk) -> None:
    talk.says("/human")
    talk.says("25112000000012345678")
    talk.presses(talk.texts.button_human_now)
    talk.agent_says("/ask")
    labels = {b.label for e in talk.sent(Room) for row in e.buttons for b in row}
    fields = talk.knowledge.fields
    assert labels == {f.label for f in fields.values()} - {fields["number"].label}


def test_escalating_asks_once_and_may_be_called_off(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    before = talk.ticket
    talk.agent_presses(talk.staff.button_escalate)
    talk.agent_presses(talk.staff.button_escalate_no)
    assert talk.ticket == before
    labels = [b.label for e in talk.sent(Room) for row in e.buttons for b in row]
    assert talk.staff.button_escalate in labels


def test_escalating_moves_the_ticket_up_with_all_its_history(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("第一句<i>")
    photo = talk.attaches("photo", "截图")
    talk.agent_says("// 内部")
    escalated(talk)
    now = talk.ticket
    assert (now.tier, now.status, now.owner) == ("technical", "new", None)
    above = Room(number, "technical")
    told = [e for e in talk.effects if isinstance(e, Send | Relay) and e.to == above]
    text = "".join(e.text for e in told if isinstance(e, Send))
    assert all(part in text for part in ("第一句&lt;i&gt;", "截图", "内部"))
    assert Relay(to=above, items=(photo,)) in told
    closed = [e.to for e in talk.effects if isinstance(e, Topic) and e.closed]
    assert closed == [Room(number, "frontline")]


def test_a_card_left_behind_has_no_buttons(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    escalated(talk)
    room = Room(number, "frontline")
    (card,) = [e for e in talk.effects if isinstance(e, Edit) and e.to == room]
    assert card.buttons == ()


def test_the_highest_tier_keeps_its_tickets(talk: Talk) -> None:
    talk.gets_a_ticket()
    escalated(talk)
    escalated(talk)
    top = talk.ticket
    talk.agent_presses(talk.staff.button_escalate)
    assert answer(talk) == talk.told(talk.staff.top_tier)
    assert talk.ticket == top


def test_resolving_asks_the_person_and_sets_the_time_of_closing(talk: Talk) -> None:
    number = talk.gets_a_ticket().number
    talk.agent_presses(talk.staff.button_resolve)
    assert (talk.ticket.status, talk.ticket.owner) == ("resolved", AGENT)
    hours = talk.knowledge.tiers.close_after_hours
    assert talk.told(talk.texts.resolved, number=number, hours=hours) in talk.said
    wait = talk.timers[f"confirm:{number}"] - talk.at
    assert wait.total_seconds() == hours * 3600


@pytest.mark.parametrize("verb", ["ask", "escalate", "resolve", "release"])
def test_a_resolved_ticket_waits_for_the_person_alone(talk: Talk, verb: str) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/resolve")
    before = talk.ticket
    talk.agent_says(f"/{verb}")
    assert talk.told(talk.staff.not_now) in talk.room
    assert talk.ticket == before


def test_releasing_gives_the_ticket_back(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/release")
    assert (talk.ticket.status, talk.ticket.owner) == ("new", None)
    talk.agent_says("/claim", who=COLLEAGUE)
    assert talk.ticket.owner == COLLEAGUE


def test_an_agent_takes_over_from_a_flow_and_nothing_told_in_it_is_lost(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("/diagnose")
    talk.chooses("error")
    talk.says("错误代码 E-1023")
    photo = talk.attaches("photo")
    talk.agent_says("我来看看")
    assert not talk.asked
    assert "E-1023" in talk.room
    assert talk.relayed[0].items == (photo,)
    assert not talk.draft.files


def test_asking_for_a_field_takes_over_from_a_flow_too(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("/diagnose")
    talk.chooses("error")
    talk.agent_presses(talk.staff.button_ask)
    talk.agent_presses(talk.knowledge.fields["number"].label)
    assert not talk.asked
    talk.says("25112000000012345678")
    assert talk.ticket.slots["number"].text == "25112000000012345678"
    assert talk.ticket.status == "open"


def test_the_card_masks_who_can_be_reached_and_an_agent_may_see_it_which_is_kept(
    talk: Talk,
) -> None:
    talk.says("发票查不到，2026年5月12日开的，我的电话13800001234")
    talk.gets_a_ticket()
    assert "138****1234" in talk.room
    assert "13800001234" not in talk.room.split(talk.told(talk.staff.last_lines))[0]
    talk.agent_presses(talk.staff.button_reveal)
    assert "13800001234" in answer(talk)
    assert "13800001234" not in talk.room
    assert talk.lines[-1].text == talk.told(talk.staff.revealed, who=AGENT.name)
    assert talk.lines[-1].who == "note"


def test_the_history_has_every_word_as_it_reads_now_and_albums_whole(talk: Talk) -> None:
    long = "很长的话。" * 500
    ref = talk.says("写错了")
    talk.edits(ref, "改对了")
    talk.gets_a_ticket(claimed=True)
    talk.agent_says(long)
    refs = [Ref(TAXPAYER.address, number) for number in range(900, 903)]
    album = tuple(Item(ref, "photo", file=f"f{ref.message}", album="a") for ref in refs)
    for item in album:
        talk.happens(Attached, who=TAXPAYER, ref=item.ref, item=item, album="a")
    talk.agent_presses(Button("", f"escalate:{talk.ticket.bound}:yes"))
    room = talk.room.replace("\n", "")
    assert "改对了" in room
    assert "写错了" not in room
    assert room.count("很长的话。") >= 500
    assert album in [relay.items for relay in talk.relayed]
