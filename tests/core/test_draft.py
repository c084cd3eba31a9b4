"""What is known before there is a ticket is of one problem, and empty when that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.model.conversation import Draft
from bot.core.model.extract import Extract, Told
from bot.core.text.render import plain
from bot.core.tickets.card import card

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER, OTHER = "25112000000012345678", "25112000000087654321"
CHECK = "44556677889900112233"
PHOTO = Extract(
    "picture",
    (Told("number", NUMBER, "qr"), Told("net", "118.87", "qr"), Told("check", CHECK, "qr")),
    invoices=1,
)


def shown(talk: Talk) -> str:
    return plain(card(talk.turn(), talk.ticket))


def test_of_a_cancelled_invoice_a_new_ticket_knows_nothing(talk: Talk) -> None:
    talk.attaches(says=PHOTO)
    talk.says("/cancel")
    assert talk.draft == Draft()
    talk.gets_a_ticket()
    assert talk.ticket.told == ()
    assert "118.87" not in shown(talk)
    assert CHECK not in shown(talk)


def test_files_of_one_invoice_say_nothing_of_another(talk: Talk) -> None:
    talk.attaches(says=PHOTO)
    talk.says("退出")
    talk.says(f"查不到发票，号码是{OTHER}")
    assert talk.knows()["number"] == OTHER
    assert talk.draft.told == ()


def test_a_number_that_was_corrected_is_not_that_of_the_file_any_more(talk: Talk) -> None:
    talk.attaches(says=PHOTO)
    talk.says(f"号码是{OTHER}")
    assert talk.knows()["number"] == OTHER
    assert talk.draft.told == ()


def test_what_is_solved_is_forgotten_and_what_became_a_ticket_is_the_tickets(talk: Talk) -> None:
    talk.attaches(says=PHOTO)
    assert {one.key for one in talk.draft.told} == {"number", "net", "check"}
    talk.gets_a_ticket()
    assert talk.draft == Draft()
    assert {one.key for one in talk.ticket.told} == {"number", "net", "check"}


def test_a_new_card_shows_nothing_that_was_said_in_the_ticket_before(talk: Talk) -> None:
    talk.says("第一件事：发票查不到")
    talk.gets_a_ticket()
    talk.says("还在第一张单子里")
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    talk.says("第二件事，另一张")
    talk.gets_a_ticket()
    assert "第一" not in shown(talk)
    assert "第二件事" in shown(talk)
    assert "第一" not in "".join(line.text for line in talk.lines if line.who == "person")
