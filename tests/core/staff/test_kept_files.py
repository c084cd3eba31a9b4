"""An agent has a file of the ticket sent into the room again, without asking the person for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.model.effects import Room, SendFile
from bot.core.model.ticket import Kept

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def keeps(talk: Talk, *titles: str) -> None:
    talk.memory.files = tuple(
        Kept(title * 8, title, talk.at - timedelta(minutes=9 - n)) for n, title in enumerate(titles)
    )


def test_the_files_are_offered_and_the_one_chosen_is_sent(talk: Talk) -> None:
    ticket = talk.gets_a_ticket(claimed=True)
    keeps(talk, "发票.pdf", "截图.png")
    talk.agent_says("/files")
    assert talk.told(talk.staff.files_which) in talk.room
    talk.agent_presses(talk.button("11-24 13:52 截图.png", Room))
    room = Room(ticket.number, ticket.tier)
    sent = SendFile(to=room, name="截图.png" * 8, title="截图.png")
    assert [e for e in talk.effects if isinstance(e, SendFile)] == [sent]


def test_where_nothing_is_kept_the_agent_is_told_so(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/files")
    assert talk.told(talk.staff.files_none) in talk.room


def test_a_file_that_is_gone_since_is_not_waited_for(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    keeps(talk, "发票.pdf")
    talk.agent_says("/files")
    button = talk.button("11-24 13:51 发票.pdf", Room)
    talk.memory.files = ()
    talk.agent_presses(button)
    assert talk.responses[0].text == talk.told(talk.staff.files_none)
    room = Room(talk.ticket.number, talk.ticket.tier)
    talk.loses(SendFile(to=room, name="x", title="发票.pdf"), "no_message")
    assert talk.told(talk.staff.file_gone, name="发票.pdf") in talk.room
