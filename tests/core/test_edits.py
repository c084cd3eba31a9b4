"""An edit changes what the message says, and nothing that was said or pressed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.content.limits import Limits
from bot.core.model.effects import Amend, Chat, Read, Relay, Room
from bot.core.model.events import Attached, Edited
from bot.core.model.extract import Extract, Told
from bot.core.model.message import Item
from bot.core.text.clock import BEIJING

if TYPE_CHECKING:
    from tests.core.conftest import Talk

NUMBER, OTHER = "25112000000012345678", "25112000000087654321"


def says_of(number: str) -> Extract:
    return Extract("pdf", (Told("number", number, "qr"),))


def test_an_edit_that_changes_nothing_is_no_event(talk: Talk) -> None:
    """As Telegram sends one for a first reaction."""
    ref = talk.says("发票状态是什么意思")
    talk.edits(ref, "发票状态是什么意思")
    assert not talk.effects
    talk.gets_a_ticket(claimed=True)
    ref = talk.says("<还是>查不到")
    talk.edits(ref, "&lt;还是&gt;查不到")
    assert not talk.effects


def test_an_edit_of_what_nobody_remembers_is_no_event(talk: Talk) -> None:
    talk.edits(talk.new_ref(), "发票状态是什么意思")
    assert not talk.effects


def test_an_agents_edit_that_changes_nothing_is_no_event(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    for text in ("请看第三步", "// 内部", "/reslove"):
        ref = talk.agent_says(text)
        talk.agent(Edited, ref=ref, item=Item(ref, "text", html=text), text=text)
        assert not talk.effects
    talk.agent_presses(talk.staff.button_resolve)
    talk.presses(talk.texts.button_resolved)
    talk.agent(Edited, ref=ref, item=Item(ref, "text", html="/reslove"), text="/reslove")
    assert not talk.effects


def test_an_edit_never_overrides_what_was_said_later(talk: Talk) -> None:
    first = talk.says(f"号码{NUMBER}查不到")
    talk.says(f"号码是{OTHER}")
    assert talk.draft.slots["number"].text == OTHER
    talk.edits(first, f"号码{NUMBER}，查不到啊")
    assert talk.draft.slots["number"].text == OTHER


def test_an_edit_corrects_what_the_same_message_said(talk: Talk) -> None:
    ref = talk.says(f"号码{NUMBER}查不到")
    for number in (OTHER, NUMBER):
        talk.passes(seconds=5)
        talk.edits(ref, f"号码{number}查不到")
        assert talk.draft.slots["number"].text == number


def test_an_older_question_is_not_answered_again(talk: Talk) -> None:
    first = talk.says("发票状态是什么意思")
    talk.passes(seconds=5)
    talk.says("谢谢")
    talk.edits(first, "发票的状态是什么意思")
    assert not talk.said


def test_a_picture_in_the_place_of_another_reaches_the_agents_and_is_read(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    item = Item(talk.new_ref(), "photo", file="file-old", html="这张", unique="u1")
    talk.happens(Attached, who=talk.conversation.person, ref=item.ref, item=item, text="这张")
    new = replace(item, file="file-new", unique="u2")
    talk.happens(Edited, who=talk.conversation.person, ref=item.ref, item=new, text="这张")
    (amend,) = (e for e in talk.effects if isinstance(e, Amend))
    room = Room(talk.ticket.number, talk.ticket.tier)
    assert amend == Amend(to=room, item=new, media=True)
    assert [e.items for e in talk.effects if isinstance(e, Read)] == [(new,)]


def test_what_the_picture_before_said_goes_with_it(talk: Talk) -> None:
    item = talk.attaches("photo", says=says_of(NUMBER))
    assert talk.draft.slots["number"].text == NUMBER
    new = replace(item, file="file-new", unique="u2", what="document")
    talk.happens(Edited, who=talk.conversation.person, ref=item.ref, item=new, text="")
    assert "number" not in talk.draft.slots
    talk.reads(says_of(OTHER))
    assert talk.draft.slots["number"].text == OTHER
    assert [each.value for each in talk.draft.told] == [OTHER]
    assert [each.file for each in talk.draft.files] == ["file-new"]


def test_a_file_that_may_not_be_sent_may_not_be_edited_in(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    item = talk.attaches("photo")
    new = replace(item, what="document", name="发票.exe", file="f2", unique="u2")
    talk.happens(Edited, who=talk.conversation.person, ref=item.ref, item=new, text="")
    assert not [e for e in talk.effects if isinstance(e, Amend | Read)]
    assert talk.told(talk.texts.file_runs) in talk.said


def test_an_agent_replaces_a_picture(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    item = talk.agent_attaches("第一步")
    new = replace(item, file="f2", what="document")
    talk.agent(Edited, ref=item.ref, item=new, text="第一步")
    voiced = talk.voiced(new)
    assert talk.effects == (Amend(to=Chat("telegram:100"), item=voiced, media=True),)


def test_a_note_does_not_become_a_message_and_its_writer_hears_it(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    ref = talk.agent_says("// 用户很急")
    talk.agent(Edited, ref=ref, item=Item(ref, "text", html="马上处理"), text="马上处理")
    assert not [e for e in talk.effects if isinstance(e, Amend | Relay)]
    assert talk.told(talk.staff.edit_still_note) in talk.room


def test_an_edit_while_the_album_is_waited_for_is_what_is_read(talk: Talk) -> None:
    talk.gets_a_ticket(claimed=True)
    for agent, album in ((False, "a"), (True, "b")):
        attaches = talk.agent_attaches if agent else talk.attaches
        first = attaches(text="退税100元", album=album)
        attaches(album=album)
        new = replace(first, html="退税10元")
        if agent:
            talk.agent(Edited, ref=first.ref, item=new, text="退税10元")
        else:
            talk.happens(
                Edited, who=talk.conversation.person, ref=first.ref, item=new, text="退税10元"
            )
        assert not talk.effects
        talk.wakes(f"album:{album}")
        assert [item.html for item in talk.relayed[0].items] == ["退税10元", ""]
    assert "退税100元" not in "".join(line.text for line in talk.lines)


def test_a_reaction_counts_for_no_flood_and_an_edit_in_the_silence_is_the_newer_word(
    talk: Talk,
) -> None:
    talk.knowledge = replace(talk.knowledge, limits=Limits(messages=5))
    talk.gets_a_ticket(claimed=True)
    refs = [talk.says(f"第{n}句") for n in range(12)]
    kept = len(talk.conversation.flood.kept) if talk.conversation.flood else 0
    talk.edits(refs[-1], "第11句")
    assert talk.conversation.flood is not None
    assert len(talk.conversation.flood.kept) == kept
    talk.edits(refs[-1], "最后一句")
    assert talk.conversation.flood.kept[-1].text == "最后一句"
    assert len(talk.conversation.flood.kept) == kept


def test_what_is_meant_by_today_goes_by_when_it_was_said(talk: Talk) -> None:
    said = talk.at
    talk.passes(hours=20)
    talk.happens_late(said, "今天开的发票查不到")
    assert talk.draft.slots["date"].text == said.astimezone(BEIJING).date().isoformat()


def test_what_was_written_over_hours_is_no_flood_when_it_comes_at_once(talk: Talk) -> None:
    talk.knowledge = replace(talk.knowledge, limits=Limits())
    since = talk.at
    talk.passes(hours=3)
    for n in range(35):
        talk.happens_late(since + n * timedelta(minutes=5), f"第{n}张")
    assert talk.conversation.flood is None or talk.conversation.flood.until is None
