"""In a ticket's room: only members act, only the owner speaks to the person, notes stay inside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.model.effects import Amend, Button, Chat, Relay, Room, Send
from bot.core.model.events import Edited, Replied, Said
from bot.core.model.message import Item, Person, Ref

if TYPE_CHECKING:
    from tests.core.conftest import Talk

COLLEAGUE = Person("telegram:8", "周工")
WANG = Chat("telegram:100")
GROUP = "telegram:-1000"


def to_person(talk: Talk) -> list[Relay]:
    return [relay for relay in talk.relayed if relay.to == WANG]


def notes(talk: Talk) -> list[str]:
    return [line.text for line in talk.lines if line.who == "note"]


def test_the_owners_message_reaches_the_person_as_it_is(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    asked = talk.says("在吗")
    ref = talk.agent_says("在的<b>", reply_to=asked)
    words = talk.voiced(Item(ref, "text"))
    assert talk.relayed == [Relay(to=WANG, items=(words,), reply_to=asked)]
    assert (talk.lines[-1].who, talk.lines[-1].text) == ("agent", "在的<b>")


def test_who_writes_is_told_by_name_once_and_again_when_another_does(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("在的")
    again = talk.agent_says("请稍等")
    assert talk.relayed[0].items == (talk.voiced(Item(again, "text"), None),)
    talk.agent_says("/claim", who=COLLEAGUE)
    talk.agent_says("/take", who=COLLEAGUE)
    other = talk.agent_says("我来看", who=COLLEAGUE)
    assert talk.relayed[0].items == (talk.voiced(Item(other, "text"), COLLEAGUE),)


def test_an_edit_keeps_the_mark(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("在的")
    ref = talk.agent_says("第三步")
    for text in ("第四步", "第五步"):
        item = Item(ref, "text", html=text)
        talk.agent(Edited, ref=ref, item=item, text=text)
        assert talk.effects == (Amend(to=WANG, item=talk.voiced(item, None)),)
        assert talk.lines[-1].text == text


@pytest.mark.parametrize(
    "text",
    [
        *("// 内部", "//内部", "／／内部", "/note 内部", "/NOTE 内部"),
        *("/note\n内部", "/note\u3000内部", "/note内部"),
    ],
)
def test_a_note_never_leaves_however_it_is_written(talk: Talk, text: str) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says(text)
    assert not to_person(talk)
    assert notes(talk) == ["内部"]
    assert talk.marks == [(ref, talk.agents.mark_noted, talk.told(talk.staff.noted))]
    assert talk.room == ""
    assert all(line.who == "note" for line in talk.history if "内部" in line.text)


def test_the_next_message_is_a_note_when_that_was_said_before(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_presses(talk.staff.button_note)
    talk.agent_says("内部")
    assert notes(talk) == ["内部"]
    assert not to_person(talk)
    talk.agent_says("给您")
    assert to_person(talk)


def test_a_caption_may_mark_a_file_as_a_note(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    item = talk.agent_attaches("// 内部截图")
    assert not to_person(talk)
    kept = [line.item for line in talk.lines if line.who == "note"]
    assert kept == [replace(item, html="内部截图")]


def test_a_note_behind_the_command_is_the_note_that_was_announced(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/note")
    talk.agent_says("/note 等二线确认")
    talk.agent_says("请再查一次")
    assert len(to_person(talk)) == 1
    assert len(notes(talk)) == 1


@pytest.mark.parametrize("caption", ["// 内部", ""])
def test_an_album_is_a_note_as_a_whole(talk: Talk, caption: str) -> None:
    talk.gets_a_ticket(claimed=True)
    if not caption:
        talk.agent_says("/note")
    talk.agent_attaches(caption, album="a")
    talk.agent_attaches("", album="a")
    talk.wakes("album:a")
    assert not to_person(talk)
    assert len(notes(talk)) == 2
    assert not any(isinstance(effect, Relay) for effects in talk.turns for effect in effects)


def test_before_it_is_claimed_nothing_reaches_the_person(talk: Talk) -> None:
    talk.gets_a_ticket()
    ref = talk.agent_says("您好")
    assert not to_person(talk)
    assert notes(talk) == ["您好"]
    (told,) = [effect for effect in talk.effects if isinstance(effect, Send)]
    assert told.reply_to == ref
    assert talk.told(talk.staff.claim_first) in talk.room


def test_another_agents_message_becomes_a_note(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("我也见过", who=COLLEAGUE)
    assert not to_person(talk)
    assert notes(talk) == ["我也见过"]
    assert talk.told(talk.staff.owned_by, owner="小李") in talk.room


def test_who_is_no_member_can_do_nothing(talk: Talk) -> None:
    talk.gets_a_ticket()
    before = talk.stands
    talk.agent_presses(talk.staff.button_claim, member=False)
    assert talk.stands == before
    assert [(r.text, r.alert) for r in talk.responses] == [
        (talk.told(talk.staff.members_only), True)
    ]
    talk.agent_says("您好", member=False)
    talk.agent_says("/claim", member=False)
    assert talk.stands == before
    assert talk.told(talk.staff.members_only) in talk.room


def test_a_room_left_behind_says_where_the_ticket_went(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.agent_presses(talk.staff.button_escalate)
    tier = talk.knowledge.tiers.above("frontline")
    assert tier is not None
    talk.agent_presses(talk.told(talk.staff.button_escalate_yes, tier=tier.name))
    before = talk.stands
    ref = talk.agent_says("还有一点", tier="frontline")
    assert talk.stands == before
    moved = talk.told(talk.staff.moved, number=number, tier=tier.name)
    assert talk.effects == (Send(to=Room(number, "frontline"), text=moved, reply_to=ref),)


def test_a_closed_ticket_takes_no_messages(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("/cancel")
    talk.presses(talk.texts.button_withdraw)
    talk.agent_says("您好")
    assert not to_person(talk)
    assert talk.told(talk.staff.over, number=number) in talk.room


def test_an_erased_ticket_is_gone(talk: Talk) -> None:
    number = talk.gets_a_ticket(claimed=True).number
    talk.says("/delete")
    talk.presses(talk.texts.button_delete)
    said = Said(seq=99, at=talk.at, who=COLLEAGUE, ref=Ref(GROUP, 99), group=True, text="在吗")
    talk.happens(Replied, ticket=number, tier="frontline", member=True, what=said)
    assert talk.told(talk.staff.gone) in talk.room


def test_an_agents_edit_follows(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("第三步")
    item = Item(ref, "text", html="第四步")
    talk.agent(Edited, ref=ref, item=item, text="第四步")
    assert talk.effects == (Amend(to=WANG, item=talk.voiced(item)),)


def test_whoever_blocked_the_bot_is_sent_nothing_and_the_agent_knows(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.blocks()
    talk.agent_says("在吗")
    assert not to_person(talk)
    assert talk.told(talk.staff.blocked) in talk.room
    talk.agent_attaches(album="a")
    talk.agent_attaches(album="a")
    talk.wakes("album:a")
    assert not to_person(talk)
    assert talk.told(talk.staff.blocked) in talk.room


def test_an_old_button_says_so(talk: Talk) -> None:
    talk.gets_a_ticket()
    before = talk.stands
    talk.agent_presses(Button("?", "nothing"))
    assert [r.text for r in talk.responses] == [talk.told(talk.staff.old_button)]
    assert talk.stands == before


def test_a_command_in_chinese_is_not_sent_to_the_person(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/解决")
    assert talk.told(talk.staff.unknown_command, name="解决") in talk.room
    assert not talk.relayed


def test_what_the_person_has_cannot_be_edited_into_a_note(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("请稍等")
    talk.agent(Edited, ref=ref, item=Item(ref, "text", html="// 很急"), text="// 很急")
    assert not [effect for effect in talk.effects if isinstance(effect, Amend)]
    assert talk.told(talk.staff.edit_not_note) in talk.room
    assert talk.lines[-1].text == "请稍等"


def test_who_writes_as_the_group_itself_is_told_why_it_stays_inside(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("我看看", who=Person(GROUP, "一线客服", face="group"))
    assert not talk.relayed
    assert talk.told(talk.staff.anonymous) in talk.room


def test_a_mistyped_command_is_not_sent_to_the_person(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/reslove")
    assert not talk.relayed
    assert talk.told(talk.staff.unknown_command, name="reslove") in talk.room


@pytest.mark.parametrize("said", ["/nonsense", "/snooze", "/why"])
def test_what_a_command_is_answered_is_for_its_agent_alone(talk: Talk, said: str) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says(said)
    (answer,) = (effect for effect in talk.effects if isinstance(effect, Send))
    assert (answer.only, answer.reply_to) == ("telegram:7", ref)


def test_that_a_message_has_not_gone_out_is_told_to_all(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("我来说", who=COLLEAGUE)
    assert [effect.only for effect in talk.effects if isinstance(effect, Send)] == [""]


def test_that_a_ticket_was_given_back_is_told_to_all(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/release")
    told = [e for e in talk.effects if isinstance(e, Send) and isinstance(e.to, Room)]
    assert [(e.only, e.text) for e in told] == [
        ("", talk.told_html(talk.staff.released, owner="小李"))
    ]


def test_what_one_agent_alone_was_to_be_told_is_not_repeated_to_the_group(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/why")
    (answer,) = (effect for effect in talk.effects if isinstance(effect, Send))
    talk.loses(answer, "refused")
    assert talk.effects == ()


def test_an_agent_may_be_quicker_than_the_card(talk: Talk) -> None:
    talk.gets_a_ticket()
    seen = talk.button(talk.staff.button_resolve, Room)
    talk.agent_presses(talk.staff.button_claim)
    talk.agent_presses(seen)
    assert talk.ticket.status == "resolved"


def test_a_button_of_before_a_ticket_was_given_back_is_refused(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    old = talk.button(talk.staff.button_resolve, Room)
    talk.agent_says("/release")
    talk.agent_presses(old)
    (answer,) = talk.responses
    assert answer.text == talk.told(talk.staff.old_button)
    assert talk.ticket.status == "new"


def test_the_answer_to_an_earlier_question_whether_it_is_resolved_is_refused(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    talk.agent_says("/resolve")
    old = talk.button(talk.texts.button_resolved)
    talk.presses(talk.texts.button_unresolved)
    talk.agent_says("/resolve")
    talk.presses(old)
    assert talk.ticket.status == "resolved"


@pytest.mark.parametrize("data", ["resolve:F9999.0", "resolve:{0}", "resolve", "claim:F9999:1"])
def test_a_button_that_names_another_ticket_or_none_is_refused(talk: Talk, data: str) -> None:
    number = talk.gets_a_ticket().number
    talk.agent_presses(Button("", data.format(number)))
    assert talk.ticket.status == "new"
    assert [answer.text for answer in talk.responses] == [talk.told(talk.staff.old_button)]


def test_a_button_of_before_a_ticket_was_reopened_is_refused(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    old = talk.button(talk.staff.button_resolve, Room)
    talk.agent_presses(old)
    talk.presses(talk.texts.button_unresolved)
    talk.agent_presses(old)
    assert talk.ticket.status == "open"
