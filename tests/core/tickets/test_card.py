"""A card tells an agent all they need in one message, however much there is to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.core.buttons import data
from bot.core.model.effects import Button, Pin, Room, Topic
from bot.core.model.ticket import Match, Slot, Summary
from bot.core.text.render import TEXT_LIMIT, plain, units
from bot.core.tickets.card import ACTIONS, CARD_LINES, card, title
from bot.core.values.fields import KINDS

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def shown(talk: Talk) -> str:
    return plain(card(talk.turn(), talk.ticket))


def test_a_card_names_ticket_person_time_and_owner(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    text = shown(talk)
    for part in (number, "王<i>芳 @wang", "11-24 14:00", "小李", talk.staff.statuses["open"]):
        assert part in text


def test_a_card_shows_fields_and_what_did_not_help(talk: Talk) -> None:
    talk.says("发票状态是什么意思")
    talk.is_told_a_remedy()
    talk.chooses("failed")
    talk.says("转人工")
    talk.says("25112000000012345678")
    talk.presses(talk.texts.button_human_now)
    text = shown(talk)
    assert f"{talk.knowledge.fields['number'].label}：25112000000012345678" in text
    title = talk.knowledge.diagnosis.causes["just-issued"].title
    assert talk.told(talk.staff.ruled_out_one, title=title) in text


def test_a_card_shows_the_last_words_of_people_not_of_the_desk(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    for n in range(CARD_LINES + 2):
        talk.says(f"第{n}句")
    talk.agent_says("// 内部")
    text = shown(talk)
    assert "第1句" not in text
    assert all(f"第{n}句" in text for n in range(2, CARD_LINES + 2))
    assert "内部" not in text


def test_a_card_shows_what_was_edited_as_it_reads_now(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.says("昨天开的票")
    talk.edits(ref, "前天开的票")
    assert "前天开的票" in shown(talk)
    talk.says("还在吗")
    assert "前天开的票" in shown(talk)
    assert "昨天开的票" not in shown(talk)


MATCH = Match(
    entry="query-not-shown",
    score=0.9,
    phrasing="配" * 300,
    evidence={"phrasing": 1.0},
    next_entry="gone",
    next_score=0.1,
)


def test_a_card_fits_one_message_however_much_is_known(talk: Talk) -> None:
    ticket = talk.gets_a_ticket(claimed=True)
    as_written = [f for f in talk.knowledge.fields.values() if KINDS[f.kind].show is str]
    slots = {field.id: Slot("&长" * 500) for field in as_written}
    for _ in range(10):
        talk.says("<>&" * 300)
    for many in (slots, {}):
        full = replace(ticket, slots=many, matched=MATCH)
        text = card(talk.turn(), full)
        assert units(plain(text)) <= TEXT_LIMIT
        assert text.count("<b>") == text.count("</b>")
        assert ticket.number in text


def test_a_title_fits_and_is_not_html(talk: Talk) -> None:
    named = replace(talk.gets_a_ticket(), name="王<i>" * 60)
    ticket = replace(named, summary=Summary("said", "<i>" * 60))
    whole = title(talk.knowledge, ticket)
    assert units(whole) <= 128
    assert "王<i>" in whole
    assert whole.endswith(ticket.number)


def test_a_title_tells_whose_ticket_it_is_and_changes_with_its_status_alone(talk: Talk) -> None:
    def titles() -> list[str]:
        return [e.title for e in talk.effects if isinstance(e, Topic)]

    number = talk.gets_a_ticket().number
    nothing = talk.texts.no_summary
    assert titles() == [f"🆕 王<i>芳 · {nothing} · 11-24 · {number}"]
    talk.passes(hours=20)
    talk.says("号码是 25112000000012345678")
    assert {*titles()} == {f"🆕 王<i>芳 · {nothing} · 11-24 · {number}"}
    talk.agent_says("/claim")
    assert titles() == [f"🟢 王<i>芳 · {nothing} · 11-24 · {number}"]


def test_a_card_tells_when_it_is_due_and_its_deadline(talk: Talk) -> None:
    due = talk.told(talk.agents.card_due, due="11-24 14:30")
    talk.gets_a_ticket()
    assert due in shown(talk)
    ticket = replace(talk.ticket, deadline=date(2026, 11, 25))
    text = plain(card(talk.turn(), ticket))
    assert talk.told(talk.agents.card_deadline, day="2026年11月25日") in text
    assert due in text
    assert "到期" not in plain(card(talk.turn(), replace(ticket, status="closed", waiting=None)))


def test_the_buttons_are_those_of_the_status(talk: Talk) -> None:
    talk.gets_a_ticket()

    def offered() -> list[str]:
        (card,) = [e for e in talk.sent(Room) if e.key == "card"]
        return [button.data for row in card.buttons for button in row]

    assert offered() == [data(action(talk.ticket.bound)) for action in ACTIONS["new"]]
    talk.agent_says("/claim")
    assert offered() == [data(action(talk.ticket.bound)) for action in ACTIONS["open"]]
    talk.agent_says("/resolve")
    assert offered() == []


def card_buttons(talk: Talk) -> dict[str, Button]:
    """Those of the card as it was shown last, by their labels."""
    (shown,) = [e for e in talk.sent(Room) if e.key == "card"]
    return {button.label: button for row in shown.buttons for button in row}


def test_the_main_action_and_the_one_that_moves_it_to_strangers_stand_out(talk: Talk) -> None:
    talk.gets_a_ticket()
    staff, above = talk.staff, talk.knowledge.tiers.above(talk.ticket.tier)
    assert above is not None
    styles = {label: button.style for label, button in card_buttons(talk).items()}
    marked = {staff.button_claim: "primary", staff.button_escalate: "danger"}
    assert styles == dict.fromkeys(styles, "") | marked
    talk.agent_says("/escalate")
    surely = card_buttons(talk)[talk.told(staff.button_escalate_yes, tier=above.name)]
    assert surely.style == "danger"


def test_a_claimed_ticket_shows_whose_it_is_where_it_was_claimed(talk: Talk) -> None:
    talk.gets_a_ticket()
    assert not card_buttons(talk)[talk.staff.button_claim].disabled
    talk.agent_says("/claim")
    taken = talk.staff.button_claimed.format(owner="小李")
    buttons = card_buttons(talk)
    assert talk.staff.button_claim not in buttons
    assert [label for label, button in buttons.items() if button.disabled] == [taken]
    assert buttons[taken].style == ""
    talk.agent_says("/release")
    assert not card_buttons(talk)[talk.staff.button_claim].disabled


def test_the_icon_of_a_topic_is_that_of_its_status(talk: Talk) -> None:
    def icon() -> str:
        (topic,) = [e for e in talk.effects if isinstance(e, Topic)]
        return topic.icon

    icons = talk.agents.icons
    assert len({talk.agents.icon_left, *icons.values()}) == 6
    talk.gets_a_ticket()
    assert icon() == icons["new"]
    for order in ("/claim", "/resolve"):
        talk.agent_says(order)
        assert icon() == icons[talk.ticket.status] != icons["new"]
    talk.says("解决了")
    assert icon() == icons["closed"]


def test_a_topic_that_its_ticket_has_left_shows_that_it_went_up(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    old, above = talk.ticket.tier, talk.knowledge.tiers.above(talk.ticket.tier)
    assert above is not None
    talk.agent_presses(talk.staff.button_escalate)
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above.name))
    icons = {e.to.tier: (e.icon, e.closed) for e in talk.effects if isinstance(e, Topic)}
    assert icons[old] == (talk.agents.icon_left, True)
    assert icons[above.id] == (talk.agents.icons[talk.ticket.status], False)


def test_the_card_is_pinned_where_a_ticket_is_introduced_and_not_again(talk: Talk) -> None:
    def pinned() -> list[str]:
        return [e.to.tier for e in talk.effects if isinstance(e, Pin) and e.key == "card"]

    talk.gets_a_ticket()
    assert pinned() == [talk.ticket.tier]
    talk.agent_says("/claim")
    assert pinned() == []
    above = talk.knowledge.tiers.above(talk.ticket.tier)
    assert above is not None
    talk.agent_presses(talk.staff.button_escalate)
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=above.name))
    assert pinned() == [above.id]


def test_a_card_hides_what_is_private_wherever_it_stands(talk: Talk) -> None:
    named = replace(talk.conversation.person, name="王芳 13800001234")
    talk.says("请联系13900005678查一下票的事情，税号91110108MA01A2B3CX")
    ticket = talk.gets_a_ticket(claimed=True)
    talk.says("我的卡 4111 1111 1111 1111")
    slots = {"tried": Slot("打过13700001111"), "number": Slot("25112000000012345678")}
    known = replace(talk.ticket, slots=slots)
    turn = talk.turn()
    turn.conversation = replace(turn.conversation, person=named)
    text = plain(card(turn, known))
    for value in ("13800001234", "13900005678", "13700001111", "91110108MA01A2B3CX", "4111 1111"):
        assert value not in text
        assert value not in title(talk.knowledge, ticket)
    assert "138****1234" in text
    assert "25112000000012345678" in text


def test_what_is_hidden_is_shown_on_demand_with_a_line_of_who_asked(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("我的卡 4111 1111 1111 1111")
    talk.agent_says("/reveal")
    assert "4111 1111 1111 1111" in talk.room
    assert talk.lines[-1].text == talk.told(talk.staff.revealed, who="小李")


def test_a_summary_cut_short_tells_no_part_of_a_number(talk: Talk) -> None:
    talk.says("号码里有我的身份证件11010119900307003X呀")
    assert "1101011" not in talk.gets_a_ticket().summary.text
