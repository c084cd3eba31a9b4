"""An author may reword what people are offered while they talk: only its id is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.content.knowledge import Field, Flow, Knowledge
from bot.core.evidence import slots
from bot.core.tickets import card

if TYPE_CHECKING:
    from tests.core.conftest import Talk


def reworded(knowledge: Knowledge, old: str, new: str) -> Knowledge:
    """The knowledge after an author gave every choice and option `old` the label `new`."""

    def field(of: Field) -> Field:
        choices = (replace(c, label=new) if c.label == old else c for c in of.choices)
        return replace(of, choices=tuple(choices))

    def flow(of: Flow) -> Flow:
        steps = {
            name: replace(
                step,
                options=tuple(replace(o, label=new) if o.label == old else o for o in step.options),
            )
            for name, step in of.steps.items()
        }
        return replace(of, steps=steps)

    return replace(
        knowledge,
        fields={id_: field(each) for id_, each in knowledge.fields.items()},
        flows={id_: flow(each) for id_, each in knowledge.flows.items()},
    )


def test_a_ticket_goes_to_its_tier_and_is_shown_in_the_new_words(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("error")
    talk.knowledge = reworded(talk.knowledge, "页面报错", "网页出错")
    ticket = talk.gets_a_ticket()
    assert ticket.tier == "technical"
    assert "网页出错" in card.title(talk.knowledge, ticket)
    assert "页面报错" not in talk.room


def test_a_step_that_was_answered_is_not_asked_again(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("nothing")
    before = talk.asked
    talk.knowledge = reworded(talk.knowledge, "完全查不到", "一张也没有")
    talk.says("/start diagnose")
    assert talk.asked == before


def test_what_an_author_took_away_is_shown_by_its_id(talk: Talk) -> None:
    talk.says("/diagnose")
    talk.chooses("error")
    symptom = replace(talk.knowledge.fields["symptom"], choices=())
    fields = {**talk.knowledge.fields, "symptom": symptom}
    talk.knowledge = replace(talk.knowledge, fields=fields)
    assert "error" in card.title(talk.knowledge, talk.gets_a_ticket())


def test_every_label_is_stored_as_its_id_and_everything_else_as_it_is(
    knowledge: Knowledge,
) -> None:
    for field in knowledge.fields.values():
        assert {slots.stored(knowledge, field.id, c.label): c.label for c in field.choices} == dict(
            field.labels
        )
    for flow in knowledge.flows.values():
        for step in flow.steps.values():
            stored = [slots.stored(knowledge, step.id, option.label) for option in step.options]
            assert stored == [option.id for option in step.options]
    assert slots.stored(knowledge, "file", "3 个文件") == "3"
    assert slots.stored(knowledge, "symptom", "从前的说法") == "从前的说法"
    assert slots.stored(knowledge, "gone", "完全查不到") == "完全查不到"
