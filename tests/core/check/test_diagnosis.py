"""The linter of the diagnosis: every mistake is told once, in Chinese, with its file and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.check.diagnosis import check_diagnosis
from bot.core.content.diagnosis import Cause, Examples, Fact, Message, Value
from bot.core.content.knowledge import Knowledge
from bot.core.content.likelihood import Diagnosis
from tests.core.diagnosis.tiny import CAUSES, FACTS, cause, tiny

Broken = Callable[[Diagnosis], Diagnosis]


@pytest.fixture
def faults(knowledge: Knowledge) -> Callable[[Diagnosis], list[str]]:
    """What is found in a diagnosis to which no entry belongs."""
    return lambda diagnosis: [
        str(mistake)
        for mistake in check_diagnosis(replace(knowledge, diagnosis=diagnosis, entries={}))
    ]


def with_fact(fact: Fact) -> Broken:
    return lambda diagnosis: replace(diagnosis, facts={**diagnosis.facts, fact.id: fact})


def with_cause(each: Cause) -> Broken:
    return lambda diagnosis: replace(diagnosis, causes={**diagnosis.causes, each.id: each})


def with_examples(id_: str, *messages: Message) -> Broken:
    told = Examples(id=id_, messages=messages)
    return lambda diagnosis: replace(diagnosis, examples={id_: told})


NEW = cause("new", weight=1, facts={"sign": ("loud",), "age": ("new",), "plug": ("out",)})
VALUES = (Value(id="one", label="一"), Value(id="two", label="二"))
LAMP = Fact(id="lamp", label="灯", ask="哪盏灯？", values=VALUES)


def test_a_sound_diagnosis_has_no_mistakes(faults: Callable[[Diagnosis], list[str]]) -> None:
    assert faults(tiny()) == []
    assert faults(with_cause(NEW)(tiny())) == []


def test_what_the_desk_ships_has_no_mistakes(knowledge: Knowledge) -> None:
    assert [str(mistake) for mistake in check_diagnosis(knowledge)] == []


@pytest.mark.parametrize(
    ("broken", "place", "part"),
    [
        (
            lambda d: replace(d, replies={k: v for k, v in d.replies.items() if k != "later"}),
            "faq/diagnosis.toml  replies",
            "later",
        ),
        (lambda d: replace(d, order=("sing", "age", "plug")), "faq/diagnosis.toml  facts", "sing"),
        (lambda d: replace(d, order=(*d.order, "age")), "faq/diagnosis.toml  facts", "age"),
        (
            with_fact(replace(FACTS[2], values=(*FACTS[2].values, Value(id="in", label="又插")))),
            "faq/facts/plug.toml  values",
            "in",
        ),
        (
            with_fact(replace(FACTS[2], values=(*FACTS[2].values, Value(id="x", label="没插")))),
            "faq/facts/plug.toml  values",
            "没插",
        ),
        (with_fact(replace(LAMP, values=VALUES[:1])), "faq/facts/lamp.toml  values", ""),
        (with_fact(LAMP), "faq/facts/lamp.toml", ""),
        (
            with_fact(replace(FACTS[2], unless={"sign": ("drak",)})),
            "faq/facts/plug.toml  unless.sign",
            "dark",
        ),
        (
            with_cause(replace(NEW, facts={"sing": ("dark",), "age": ("new",)})),
            "faq/causes/new.toml  facts.sing",
            "sign",
        ),
        (
            with_cause(replace(NEW, facts={"sign": ("lout",), "age": ("new",)})),
            "faq/causes/new.toml  facts.sign",
            "loud",
        ),
        (
            with_cause(replace(NEW, never={"age": ("new",)})),
            "faq/causes/new.toml  never.age",
            "new",
        ),
        (with_cause(replace(NEW, message="请查 {number}")), "faq/causes/new.toml  needs", ""),
        (with_cause(replace(NEW, needs="seller")), "faq/causes/new.toml  message", ""),
        (
            with_cause(replace(NEW, needs="seller", message="请查 {nummer}")),
            "faq/causes/new.toml  message",
            "nummer",
        ),
        (
            with_cause(replace(CAUSES[1], id="twin")),
            "faq/causes/burnt.toml  facts",
            "twin",
        ),
        (with_examples("brunt", Message(text="坏了")), "faq/examples/brunt.toml", "burnt"),
        (
            with_examples("any", Message(text="坏了", facts={"sign": "drak"})),
            "faq/examples/any.toml  messages[0].facts.sign",
            "dark",
        ),
    ],
)
def test_a_mistake_is_told_once_in_chinese_with_its_place(
    faults: Callable[[Diagnosis], list[str]], broken: Broken, place: str, part: str
) -> None:
    (fault,) = faults(broken(tiny()))
    assert fault.startswith(f"{place}  ")
    told = fault[len(place) :]
    assert part in told
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told)


def test_an_entry_names_causes_that_there_are(knowledge: Knowledge) -> None:
    id_, entry = next(iter(knowledge.entries.items()))
    slip = {**knowledge.entries, id_: replace(entry, causes=("overdu",))}
    (fault,) = [str(m) for m in check_diagnosis(replace(knowledge, entries=slip))]
    assert fault.startswith(f"faq/entries/{id_}.toml  causes  ")
    assert "overdue" in fault
