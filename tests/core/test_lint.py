"""The linter: every mistake is told with its file and key, and what the desk ships has none."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bot.core.knowledge import Flow
from bot.core.lint import lint
from bot.core.predicates import PREDICATES

SHIPPED = Path(__file__).parents[2] / "faq"
FIELDS = ("number", "date")

SOUND = """
title = "试"
start = "first"
[steps.first]
ask = "还好吗？"
options = [{ id = "yes", label = "好", next = "done" }, { id = "no", label = "不好", next = "day" }]
[steps.day]
field = "date"
read = "fresh"
unread = "later"
[steps.fresh]
test = "recent"
of = "date"
yes = "later"
no = "done"
[steps.later]
wait = { days = 1, hour = 10 }
say = "明天见。"
next = "done"
[steps.done]
end = "solved"
say = "好。"
"""

NOTHING_TO_READ = "missing: the person would read nothing here"
NO_KIND = (
    "has none of options, field, test, wait, recap, summary, flow, end; a step has exactly one"
)


def flow(text: str, name: str = "trial") -> Flow:
    table = tomllib.loads(text)
    table["steps"] = {step: {"id": step, **keys} for step, keys in table["steps"].items()}
    return TypeAdapter(Flow).validate_python({"id": name, **table})


def faults(text: str, *others: Flow) -> list[str]:
    flows = {f.id: f for f in (flow(text), *others)}
    return [str(mistake) for mistake in lint(flows, FIELDS, PREDICATES)]


def shipped() -> dict[str, Flow]:
    paths = sorted((SHIPPED / "flows").glob("*.toml"))
    return {p.stem: flow(p.read_text(encoding="utf-8"), p.stem) for p in paths}


def test_a_sound_flow_has_no_mistakes() -> None:
    assert faults(SOUND) == []


def test_the_shipped_flows_have_no_mistakes() -> None:
    fields = tomllib.loads((SHIPPED / "fields.toml").read_text(encoding="utf-8"))["fields"]
    assert [str(m) for m in lint(shipped(), [f["id"] for f in fields], PREDICATES)] == []


def test_in_the_shipped_flows_no_phrase_chooses_two_answers_of_a_step() -> None:
    for step in (step for f in shipped().values() for step in f.steps.values()):
        counted = Counter(cue for option in step.options for cue in option.cues)
        assert [cue for cue, count in counted.items() if count > 1] == []


def test_every_shipped_step_that_asks_to_try_something_can_solve_the_case() -> None:
    for step in (step for f in shipped().values() for step in f.steps.values()):
        answers = {option.id: option.next for option in step.options}
        if "failed" in answers:
            assert shipped()["diagnose"].steps[answers["solved"]].end == "solved", step.id


@pytest.mark.parametrize(
    ("old", "new", "key", "fault"),
    [
        (
            'next = "day"',
            'next = "dya"',
            "steps.first.options[1].next",
            "no step 'dya' (did you mean 'day'?)",
        ),
        (
            'read = "fresh"',
            'read = "frsh"',
            "steps.day.read",
            "no step 'frsh' (did you mean 'fresh'?)",
        ),
        (
            'unread = "later"',
            'unread = "laterr"',
            "steps.day.unread",
            "no step 'laterr' (did you mean 'later'?)",
        ),
        (
            'yes = "later"',
            'yes = "late"',
            "steps.fresh.yes",
            "no step 'late' (did you mean 'later'?)",
        ),
        ('no = "done"', 'no = "don"', "steps.fresh.no", "no step 'don' (did you mean 'done'?)"),
        ('start = "first"', 'start = "frist"', "start", "no step 'frist' (did you mean 'first'?)"),
        (
            'field = "date"',
            'field = "dtae"',
            "steps.day.field",
            "no field 'dtae' (did you mean 'date'?)",
        ),
        (
            'test = "recent"',
            'test = "resent"',
            "steps.fresh.test",
            "no predicate 'resent' (did you mean 'recent'?)",
        ),
        ('of = "date"', 'of = "dates"', "steps.fresh.of", "no slot 'dates' (did you mean 'date'?)"),
        ('of = "date"', "", "steps.fresh.of", "missing: a step with 'test' needs it"),
        (
            'read = "fresh"',
            'read = "fresh"\nyes = "done"',
            "steps.day.yes",
            "has no meaning in a step with 'field'",
        ),
        ('end = "solved"\nsay = "好。"', 'end = "solved"', "steps.done.say", NOTHING_TO_READ),
        ('say = "明天见。"', "", "steps.later.say", NOTHING_TO_READ),
        ('ask = "还好吗？"', "", "steps.first.ask", NOTHING_TO_READ),
        (
            'label = "好"',
            'label = ""',
            "steps.first.options[0].label",
            "missing: the button would be empty",
        ),
        (
            'label = "好"',
            f'label = "{"好" * 25}"',
            "steps.first.options[0].label",
            "25 characters; at most 24",
        ),
        ('label = "好"', 'label = "不好"', "steps.first.options", "label '不好' stands 2 times"),
        ('id = "yes"', 'id = "no"', "steps.first.options", "id 'no' stands 2 times"),
        (
            'id = "yes"',
            'id = "Ja"',
            "steps.first.options[0].id",
            "id 'Ja' must be 1 to 20 characters of a-z, 0-9, _ and -",
        ),
        (
            'ask = "还好吗？"',
            f'ask = "{"好" * 600}"\nsay = "{"好" * 401}"',
            "steps.first.ask",
            "1001 characters; at most 1000",
        ),
        (
            'end = "solved"',
            'end = "solved"\nrecap = true',
            "steps.done",
            "has both recap and end; a step has exactly one",
        ),
        ('end = "solved"\n', "", "steps.done", NO_KIND),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(old: str, new: str, key: str, fault: str) -> None:
    assert old in SOUND
    assert f"faq/flows/trial.toml  {key}  {fault}" in faults(SOUND.replace(old, new, 1))


def test_a_misspelt_target_is_the_only_thing_told_about_it() -> None:
    slip = SOUND.replace('next = "day"', 'next = "dya"')
    assert len(faults(slip)) == 1


def test_a_name_like_no_other_is_told_without_a_guess() -> None:
    text = SOUND.replace('yes = "later"', 'yes = "qqq"')
    assert faults(text) == ["faq/flows/trial.toml  steps.fresh.yes  no step 'qqq'"]


def test_a_step_to_which_nothing_leads_is_told() -> None:
    lonely = SOUND + '[steps.island]\nend = "submit"\n'
    assert faults(lonely) == ["faq/flows/trial.toml  steps.island  no step leads here"]


def test_a_step_from_which_no_end_is_reached_is_told() -> None:
    text = SOUND.replace('next = "done" }, {', 'next = "trap" }, {') + (
        '[steps.trap]\nfield = "number"\nread = "trap2"\n'
        '[steps.trap2]\nfield = "number"\nread = "trap"\n'
    )
    assert faults(text) == [
        f"faq/flows/trial.toml  steps.{step}  a dead end: no way from here to a step with 'end'"
        for step in ("trap", "trap2")
    ]


def test_a_circle_in_which_nobody_is_asked_is_told_once() -> None:
    text = SOUND.replace('no = "done"', 'no = "again"') + (
        '[steps.again]\ntest = "known"\nof = "date"\nyes = "fresh"\nno = "done"\n'
    )
    assert faults(text) == [
        "faq/flows/trial.toml  steps.fresh  a circle without a question: again, fresh"
    ]


def test_a_circle_with_a_question_is_sound() -> None:
    assert (
        faults(SOUND.replace('next = "day"', 'next = "first"').replace('"done" }', '"day" }')) == []
    )


def test_more_buttons_than_a_phone_shows_are_told() -> None:
    answers = ", ".join(f'{{ id = "o{n}", label = "答{n}", next = "day" }}' for n in range(9))
    text = f'title = "试"\nstart = "many"\n[steps.many]\nask = "选"\noptions = [{answers}]\n'
    ending = SOUND[SOUND.index("[steps.day]") :]
    assert faults(text + ending) == [
        "faq/flows/trial.toml  steps.many.options  9 options; at most 8"
    ]


def test_a_flow_may_end_in_another_but_must_name_it_rightly() -> None:
    form = flow('title = "单"\nstart = "hand"\n[steps.hand]\nend = "submit"\n', "form")
    text = 'title = "试"\nstart = "on"\n[steps.on]\nflow = "form"\n'
    assert faults(text, form) == []
    assert faults(text.replace('"form"', '"from"'), form) == [
        "faq/flows/trial.toml  steps.on.flow  no flow 'from' (did you mean 'form'?)"
    ]


def test_two_flows_that_only_lead_to_each_other_never_end() -> None:
    other = flow('title = "乙"\nstart = "back"\n[steps.back]\nflow = "trial"\n', "other")
    told = faults('title = "甲"\nstart = "on"\n[steps.on]\nflow = "other"\n', other)
    assert "faq/flows/trial.toml  steps.on  a circle without a question: back, on" in told
    assert (
        "faq/flows/trial.toml  steps.on  a dead end: no way from here to a step with 'end'" in told
    )
