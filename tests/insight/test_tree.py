"""The diagnosis as a tree: it asks what the desk would, and every branch comes to a cause."""

from __future__ import annotations

from bot.core.content.flow_graph import exits
from bot.core.content.knowledge import Knowledge
from bot.core.diagnosis.belief import Known
from bot.core.diagnosis.move import Ask, move
from bot.insight.tree import tree
from tests.core.diagnosis.tiny import tiny


def test_the_tree_begins_with_what_the_desk_asks_first(knowledge: Knowledge) -> None:
    diagnosis = tiny()
    grown = tree(diagnosis, knowledge.texts.diagnosis)
    first = move(diagnosis, Known(), 0)
    assert isinstance(first, Ask)
    start = grown.steps[grown.start]
    assert start.label == diagnosis.facts[first.fact].label
    values = [value.id for value in diagnosis.facts[first.fact].values if value.id != "unknown"]
    assert [option.id for option in start.options] == values


def test_a_branch_follows_what_the_desk_would_do(knowledge: Knowledge) -> None:
    diagnosis = tiny()
    grown = tree(diagnosis, knowledge.texts.diagnosis)
    step, known = grown.steps[grown.start], Known()
    while step.options:
        fact = next(f for f in diagnosis.facts.values() if f.label == step.label)
        assert move(diagnosis, known, len(known.values)) == Ask(fact.id)
        value = step.options[0]
        known = Known(values={**known.values, fact.id: value.id})
        step = grown.steps[value.next]
    assert step.label in {cause.title for cause in diagnosis.causes.values()}


def test_every_step_of_the_shipped_tree_is_reached_and_every_branch_ends(
    knowledge: Knowledge,
) -> None:
    grown = tree(knowledge.diagnosis, knowledge.texts.diagnosis)
    reached, edge = {grown.start}, [grown.start]
    while edge:
        step = grown.steps[edge.pop()]
        assert step.end or step.options
        onward = {way.to for way in exits(step)} - reached
        reached |= onward
        edge += sorted(onward)
    assert reached == grown.steps.keys()


def test_a_branch_to_which_few_come_ends_with_its_likeliest_cause(
    knowledge: Knowledge,
) -> None:
    whole = tree(tiny(), knowledge.texts.diagnosis)
    assert not any("…" in o.label for step in whole.steps.values() for o in step.options)
    cut = tree(knowledge.diagnosis, knowledge.texts.diagnosis)
    shortened = [o for step in cut.steps.values() for o in step.options if o.label.endswith("…")]
    assert shortened
    assert all(cut.steps[option.next].end == "solved" for option in shortened)
