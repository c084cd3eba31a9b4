"""A person of several addresses: what one conversation tells the others of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.model.effects import Chat, Forget, Join, Send, Tell
from bot.core.model.events import Informed
from bot.core.model.facts import Erased, Joined

if TYPE_CHECKING:
    from tests.core.conftest import Talk

ELSEWHERE = ("conversation:line:u7", "conversation:telegram:200")


def hears(talk: Talk, fact: Erased | Joined) -> None:
    talk.happens(Informed, to=talk.conversation.id, fact=fact)


def test_whoever_deletes_everything_has_it_deleted_at_every_address(talk: Talk) -> None:
    talk.memory.elsewhere = ELSEWHERE
    talk.says("/delete")
    assert not [each for each in talk.effects if isinstance(each, Tell)]
    talk.presses(talk.texts.button_delete)
    told = [each for each in talk.effects if isinstance(each, Tell)]
    assert told == [Tell(to=each, fact=Erased()) for each in ELSEWHERE]
    assert Forget() in talk.effects


def test_whoever_keeps_their_data_keeps_it_everywhere(talk: Talk) -> None:
    talk.memory.elsewhere = ELSEWHERE
    talk.says("/delete")
    talk.presses(talk.texts.button_keep_data)
    assert not [each for each in talk.effects if isinstance(each, Tell | Forget)]


def test_what_was_deleted_elsewhere_is_deleted_here_and_told_nobody_again(talk: Talk) -> None:
    talk.memory.elsewhere = ELSEWHERE
    talk.gets_a_ticket(claimed=True)
    talk.says("我的票还是没有")
    talk.says("/diagnose")
    hears(talk, Erased())
    assert Forget() in talk.effects
    assert not [each for each in talk.effects if isinstance(each, Tell)]
    assert talk.told(talk.staff.erased) in talk.room
    assert "王" not in talk.room
    said = [e.text for e in talk.effects if isinstance(e, Send) and isinstance(e.to, Chat)]
    assert said == [talk.texts.deleted]
    assert ("ticket", "erased") in talk.recorded


def test_an_operator_joins_whoever_is_at_two_addresses_and_nobody_is_told(talk: Talk) -> None:
    talk.gets_a_ticket()
    before = talk.stands
    hears(talk, Joined("telegram:200"))
    assert talk.effects == (Join(address="telegram:200"),)
    assert talk.stands == before
