"""Albums come in pieces and go whole, and nothing overtakes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.model.effects import Chat, Relay, Room
from bot.core.model.message import Item

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def room(talk: Talk) -> Room:
    return Room(talk.ticket.number, talk.ticket.tier)


def test_the_pieces_of_an_album_wait_for_one_another(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    first = talk.attaches(album="a")
    set_at = talk.timers["album:a"]
    talk.passes(seconds=1)
    second = talk.attaches(album="a")
    assert not talk.relayed
    assert talk.timers["album:a"] > set_at
    talk.wakes("album:a")
    assert talk.relayed == [Relay(to=room(talk), items=(first, second))]
    assert not talk.conversation.albums


def test_a_text_after_an_album_does_not_overtake_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    pieces = (talk.attaches(album="a"), talk.attaches(album="a"))
    ref = talk.says("就是这两张")
    assert [relay.items for relay in talk.relayed] == [pieces, (Item(ref, "text"),)]
    assert not talk.promises


def test_the_next_album_does_not_join_the_last(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    first = talk.attaches(album="a")
    second = talk.attaches(album="b")
    assert [relay.items for relay in talk.relayed] == [(first,)]
    talk.wakes("album:b")
    assert [relay.items for relay in talk.relayed] == [(second,)]


def test_albums_of_both_sides_at_once_stay_whole(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    mine, theirs = [], []
    for _ in range(2):
        mine.append(talk.attaches(album="a"))
        theirs.append(talk.agent_attaches(album="b"))
    talk.wakes("album:a")
    assert talk.relayed == [Relay(to=room(talk), items=tuple(mine))]
    talk.wakes("album:b")
    theirs = [talk.voiced(theirs[0]), *theirs[1:]]
    assert talk.relayed == [Relay(to=Chat("telegram:100"), items=tuple(theirs))]


def test_an_agents_album_goes_whole_before_their_next_words(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    first, second = talk.agent_attaches("说明", album="b"), talk.agent_attaches(album="b")
    ref = talk.agent_says("请看图")
    words = talk.voiced(Item(ref, "text"), None)
    assert [relay.items for relay in talk.relayed] == [(talk.voiced(first), second), (words,)]


def test_an_album_sent_before_there_is_a_ticket_is_kept_for_it(talk: Talk) -> None:
    pieces = (talk.attaches(album="a", text="查不到"), talk.attaches(album="a"))
    talk.wakes("album:a")
    assert talk.told(talk.texts.received["photo"]) in talk.said
    assert talk.draft.files == pieces


def test_an_album_answers_the_question_for_a_file(talk: Talk) -> None:
    talk.says("/human")
    talk.goes_on(until="ticket/file", by="跳过")
    talk.attaches(album="a")
    talk.attaches(album="a")
    talk.wakes("album:a")
    assert talk.asked == "ticket/summary"
    assert talk.knows()["file"] == "2"
    assert talk.told(talk.texts.file_count, count=2) in talk.said


def test_an_album_finished_after_its_ticket_was_closed_is_not_lost_in_silence(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_attaches(album="b")
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    talk.wakes("album:b")
    assert not talk.relayed
    assert talk.told(talk.staff.over, number=number) in talk.room
