"""A piece of an album that comes late shares what became of the album."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Chat, Relay

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def to_person(talk: Talk) -> list[Relay]:
    return [relay for relay in talk.relayed if relay.to == Chat("telegram:100")]


@pytest.mark.parametrize("note", ["caption", "said before"])
def test_of_an_internal_note_nothing_reaches_the_person(talk: Talk, note: str) -> None:
    talk.gets_a_ticket(claimed=True)
    if note == "said before":
        talk.agent_says("/note")
    talk.agent_attaches("// 内部截图" if note == "caption" else "", album="a")
    talk.agent_attaches(album="a")
    talk.wakes("album:a")
    assert not to_person(talk)
    talk.passes(seconds=8)
    late = talk.agent_attaches(album="a")
    assert not talk.effects
    assert [line.who for line in talk.lines if line.item and line.item.ref == late.ref] == ["note"]


def test_of_a_message_it_reaches_the_person(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_attaches("请看", album="a")
    talk.wakes("album:a")
    talk.passes(seconds=8)
    late = talk.agent_attaches(album="a")
    assert [relay.items for relay in to_person(talk)] == [(talk.voiced(late, None),)]


def test_of_a_note_that_was_sent_since_it_is_sent(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.agent_attaches("请看", album="a")
    talk.wakes("album:a")
    talk.agent_presses(talk.staff.button_claim_and_send)
    late = talk.agent_attaches(album="a")
    assert [relay.items for relay in to_person(talk)] == [(talk.voiced(late, None),)]


def test_of_what_joined_the_ticket_it_joins_it_without_a_word(talk: Talk) -> None:
    talk.gets_a_ticket()
    talk.attaches(text="两张", album="a")
    talk.wakes("album:a")
    talk.passes(hours=1)
    late = talk.attaches(album="a")
    assert [relay.items for relay in talk.relayed] == [(late,)]
    assert "" not in [line.text for line in talk.lines]


def test_of_what_was_kept_it_is_kept(talk: Talk) -> None:
    first = talk.attaches(album="a")
    talk.wakes("album:a")
    late = talk.attaches(album="a")
    assert talk.draft.files == (first, late)


def test_how_many_are_remembered_has_an_end(talk: Talk) -> None:
    for n in range(50):
        talk.attaches(album=f"a{n}")
        talk.wakes(f"album:a{n}")
    assert len(talk.conversation.settled) == 20
    assert "a49" in talk.conversation.settled
