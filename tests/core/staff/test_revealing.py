"""What a room shows masked is shown whole over a press or to one agent, and never in the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.model.effects import Respond, Room, Send
from bot.core.staff.revealing import ALERT
from bot.core.text.render import units
from tests.core.conftest import AGENT, COLLEAGUE

if TYPE_CHECKING:
    from tests.core.conftest import Talk

PHONES = [f"138000012{n:02}" for n in range(30)]


def pressed(talk: Talk, **facts: object) -> Respond:
    talk.agent_presses(talk.staff.button_reveal, **facts)
    (response,) = talk.responses
    assert not [effect for effect in talk.effects if isinstance(effect, Send)]
    return response


def seen_by(talk: Talk) -> list[str]:
    """Who saw what is masked, oldest first."""
    return [line.name for line in talk.lines if line.who == "note"]


def with_much_to_hide(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    for phone in PHONES:
        talk.passes(hours=0.1)
        talk.says(f"电话是{phone}，<请>&打")
    talk.says("长" * 150 + "卡号4111 1111 1111 1111" + "长" * 150)


def test_a_press_shows_what_is_masked_as_an_alert(talk: Talk) -> None:
    talk.says("查不到，我的卡号4111 1111 1111 1111")
    talk.gets_a_ticket(claimed=True)
    response = pressed(talk)
    assert response.alert
    assert "4111 1111 1111 1111" in response.text
    assert seen_by(talk) == [AGENT.name]
    assert pressed(talk).text == response.text


def test_little_is_an_alert_as_well(talk: Talk) -> None:
    talk.says("发票号码25112000000012345678")
    talk.gets_a_ticket(claimed=True)
    talk.says("13800001234")
    assert pressed(talk).alert


def test_pressing_again_shows_the_rest_and_then_the_beginning(talk: Talk) -> None:
    with_much_to_hide(talk)
    first = pressed(talk).text
    count = int(first.rpartition("/")[2].partition("，")[0])
    assert count > 5
    shown = [first, *(pressed(talk).text for _ in range(count - 1))]
    for n, text in enumerate(shown, 1):
        assert units(text) <= ALERT
        assert text.endswith(talk.told(talk.staff.reveal_part, part=n, parts=count))
    whole = "\n".join(shown)
    assert [phone for phone in PHONES if phone not in whole] == []
    assert whole.count("4111 1111 1111 1111") == 1
    assert "<请>&打" in whole
    assert pressed(talk).text == first
    assert seen_by(talk) == [AGENT.name] * (count + 1)


def test_each_agent_reads_from_the_beginning(talk: Talk) -> None:
    with_much_to_hide(talk)
    first = pressed(talk).text
    assert pressed(talk).text != first
    assert pressed(talk, who=COLLEAGUE).text == first


def test_what_came_meanwhile_stands_at_the_end_of_what_is_left(talk: Talk) -> None:
    with_much_to_hide(talk)
    pressed(talk)
    talk.says("还有13911112222")
    second = pressed(talk).text
    assert "（2/" in second
    count = int(second.rpartition("/")[2].partition("，")[0])
    assert "13911112222" in [pressed(talk).text for _ in range(count - 2)][-1]


def test_the_command_shows_it_to_the_agent_alone_or_has_them_press(talk: Talk) -> None:
    with_much_to_hide(talk)
    talk.agent_says("/reveal")
    told = [effect for effect in talk.effects if isinstance(effect, Send)]
    assert all(phone in "".join(e.text for e in told) for phone in PHONES)
    press = talk.told_html(talk.staff.reveal_press)
    room = Room(talk.ticket.number, talk.ticket.tier)
    assert {(e.to, e.only, e.instead) for e in told} == {(room, AGENT.address, press)}
    assert seen_by(talk) == [AGENT.name]


def test_who_is_to_press_has_the_button_at_hand_even_where_the_card_has_none(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.says("卡号4111 1111 1111 1111")
    talk.agent_says("/resolve")
    talk.agent_says("/reveal")
    (told,) = (effect for effect in talk.effects if isinstance(effect, Send))
    ((button,),) = told.buttons
    assert button.label == talk.staff.button_reveal
    assert "4111 1111 1111 1111" in pressed(talk).text


def test_where_nothing_is_known_nobody_saw_anything(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/reveal")
    assert talk.told(talk.staff.reveal_nothing) in talk.room
    assert seen_by(talk) == []


def test_one_whom_it_cannot_reach_is_not_shown_it_before_everybody(talk: Talk) -> None:
    with_much_to_hide(talk)
    talk.agent_says("/reveal")
    whisper = next(effect for effect in talk.effects if isinstance(effect, Send))
    talk.loses(whisper, "refused")
    assert talk.effects == ()


def test_in_a_topic_that_is_made_again_it_is_shown_to_the_same_agent_alone(talk: Talk) -> None:
    with_much_to_hide(talk)
    talk.agent_says("/reveal")
    whisper = next(effect for effect in talk.effects if isinstance(effect, Send))
    talk.loses(whisper, "no_topic")
    again = [effect for effect in talk.effects if isinstance(effect, Send)]
    assert whisper in again
    assert [effect for effect in again if PHONES[-1] in effect.text and not effect.only] == []
