"""The linter: every mistake is told with its file and key, and what the desk ships has none."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bot.core.check.flows import lint
from bot.core.content.knowledge import Choice, Field, Flow
from bot.core.values.predicates import PREDICATES

GOOD_OR_BAD = (Choice(id="yes", label="好"), Choice(id="bad", label="坏"))
SHIPPED = Path(__file__).parents[3] / "faq"
FIELDS = {
    "number": Field(id="number", label="号码", kind="number", ask="号码？"),
    "date": Field(id="date", label="日期", kind="date", ask="哪天？"),
    "how": Field(id="how", label="现象", kind="choice", ask="怎样？", choices=GOOD_OR_BAD),
}

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

NO_KIND = (
    "没有写这一步做什么，要有 options、field、test、wait、summary、flow、diagnosis、end 中的一个"
)
NOTHING_TO_READ = "没有写，用户在这一步会什么都看不到"


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
    blocks = tomllib.loads((SHIPPED / "fields.toml").read_text(encoding="utf-8"))["fields"]
    fields = TypeAdapter(tuple[Field, ...]).validate_python(blocks)
    assert [str(m) for m in lint(shipped(), {f.id: f for f in fields}, PREDICATES)] == []


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
            "没有步骤“dya”，是不是“day”？",
        ),
        (
            'read = "fresh"',
            'read = "frsh"',
            "steps.day.read",
            "没有步骤“frsh”，是不是“fresh”？",
        ),
        (
            'unread = "later"',
            'unread = "laterr"',
            "steps.day.unread",
            "没有步骤“laterr”，是不是“later”？",
        ),
        (
            'unread = "later"',
            'unread = "later"\nunless = { hwo = ["bad"] }',
            "steps.day.unless.hwo",
            "没有工单项或步骤“hwo”，是不是“how”？",
        ),
        (
            'unread = "later"',
            'unread = "later"\nunless = { how = ["goood"] }',
            "steps.day.unless.how",
            "没有选项“goood”，可以写：bad、yes",
        ),
        (
            'unread = "later"',
            'unless = { how = ["bad"] }',
            "steps.day.unread",
            "没有写，有 unless 的一步少不了它",
        ),
        (
            'yes = "later"',
            'yes = "late"',
            "steps.fresh.yes",
            "没有步骤“late”，是不是“later”？",
        ),
        ('no = "done"', 'no = "don"', "steps.fresh.no", "没有步骤“don”，是不是“done”？"),
        ('start = "first"', 'start = "frist"', "start", "没有步骤“frist”，是不是“first”？"),
        (
            'field = "date"',
            'field = "dtae"',
            "steps.day.field",
            "没有工单项“dtae”，是不是“date”？",
        ),
        (
            'test = "recent"',
            'test = "resent"',
            "steps.fresh.test",
            "没有判断“resent”，是不是“recent”？",
        ),
        (
            'of = "date"',
            'of = "dates"',
            "steps.fresh.of",
            "没有工单项或步骤“dates”，是不是“date”？",
        ),
        ('of = "date"', "", "steps.fresh.of", "没有写，有 test 的一步少不了它"),
        (
            'read = "fresh"',
            'read = "fresh"\nyes = "done"',
            "steps.day.yes",
            "有 field 的一步用不到它，请删掉",
        ),
        ('end = "solved"\nsay = "好。"', 'end = "solved"', "steps.done.say", NOTHING_TO_READ),
        ('say = "明天见。"', "", "steps.later.say", NOTHING_TO_READ),
        ('ask = "还好吗？"', "", "steps.first.ask", NOTHING_TO_READ),
        ('label = "好"', 'label = "不好"', "steps.first.options", "“不好”写了 2 次，只能有一个"),
        ('id = "yes"', 'id = "no"', "steps.first.options", "“no”写了 2 次，只能有一个"),
        (
            'ask = "还好吗？"',
            f'ask = "{"好" * 600}"\nsay = "{"好" * 401}"',
            "steps.first.ask",
            "有 1001 个字，最多 1000 个",
        ),
        (
            'end = "solved"',
            'end = "solved"\nsummary = true',
            "steps.done",
            "写了 summary 和 end；一步只做一件事，只留一个",
        ),
        ('end = "solved"\n', "", "steps.done", NO_KIND),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(old: str, new: str, key: str, fault: str) -> None:
    assert old in SOUND
    assert f"faq/flows/trial.toml  {key}  {fault}" in faults(SOUND.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "key", "part"),
    [
        ('of = "date"', 'of = "number"', "steps.fresh.of", "kind 是 date 的工单项"),
        ('of = "date"', 'of = "first"', "steps.fresh.of", "“first”不是"),
        ('test = "recent"', 'test = "coded"', "steps.fresh.of", "kind 是 number 的工单项"),
        (
            'next = "done" }',
            'next = "done", cues = ["行"] }',
            "steps.first.options",
            "“行”同时属于",
        ),
    ],
)
def test_what_would_break_a_talk_is_told_before_anybody_comes(
    old: str, new: str, key: str, part: str
) -> None:
    """A date is read from the answer to another question; one phrase chooses two answers."""
    text = SOUND.replace('label = "不好",', 'label = "不好", cues = ["行", "不行"],')
    found = [fault for fault in faults(text.replace(old, new, 1)) if f"  {key}  " in fault]
    assert found
    assert part in found[0]


def test_a_step_that_answers_for_a_field_offers_only_its_choices() -> None:
    text = SOUND.replace("first", "how")
    assert faults(text) == [
        "faq/flows/trial.toml  steps.how.options[1].id  "
        "编号和工单的“how”相同，选项的 id 只能是它的 choices 里有的，没有“no”"
    ]
    assert faults(text.replace('id = "no"', 'id = "bad"')) == []


def test_a_misspelt_target_is_the_only_thing_told_about_it() -> None:
    slip = SOUND.replace('next = "day"', 'next = "dya"')
    assert len(faults(slip)) == 1


def test_a_name_like_no_other_is_told_with_all_that_there_are() -> None:
    text = SOUND.replace('yes = "later"', 'yes = "qqq"')
    assert faults(text) == [
        "faq/flows/trial.toml  steps.fresh.yes  "
        "没有步骤“qqq”，可以写：day、done、first、fresh、later"
    ]


def test_a_step_to_which_nothing_leads_is_told() -> None:
    lonely = SOUND + '[steps.island]\nend = "submit"\n'
    assert faults(lonely) == ["faq/flows/trial.toml  steps.island  没有哪一步会走到这里"]


def test_a_step_from_which_no_end_is_reached_is_told() -> None:
    text = SOUND.replace('next = "done" }, {', 'next = "trap" }, {') + (
        '[steps.trap]\nfield = "number"\nread = "trap2"\n'
        '[steps.trap2]\nfield = "number"\nread = "trap"\n'
    )
    assert faults(text) == [
        f"faq/flows/trial.toml  steps.{step}  走不出去：从这里走不到写了 end 的一步"
        for step in ("trap", "trap2")
    ]


def test_a_circle_in_which_nobody_is_asked_is_told_once() -> None:
    text = SOUND.replace('no = "done"', 'no = "again"') + (
        '[steps.again]\ntest = "known"\nof = "date"\nyes = "fresh"\nno = "done"\n'
    )
    assert faults(text) == ["faq/flows/trial.toml  steps.fresh  不问人就转圈：again、fresh"]


def test_a_circle_with_a_question_is_sound() -> None:
    assert (
        faults(SOUND.replace('next = "day"', 'next = "first"').replace('"done" }', '"day" }')) == []
    )


def test_more_buttons_than_a_phone_shows_are_told() -> None:
    answers = ", ".join(f'{{ id = "o{n}", label = "答{n}", next = "day" }}' for n in range(9))
    text = f'title = "试"\nstart = "many"\n[steps.many]\nask = "选"\noptions = [{answers}]\n'
    ending = SOUND[SOUND.index("[steps.day]") :]
    assert faults(text + ending) == ["faq/flows/trial.toml  steps.many.options  有 9 个，最多 8 个"]


def test_a_flow_may_end_in_another_but_must_name_it_rightly() -> None:
    form = flow('title = "单"\nstart = "hand"\n[steps.hand]\nend = "submit"\n', "form")
    text = 'title = "试"\nstart = "on"\n[steps.on]\nflow = "form"\n'
    assert faults(text, form) == []
    assert faults(text.replace('"form"', '"from"'), form) == [
        "faq/flows/trial.toml  steps.on.flow  没有流程“from”，是不是“form”？"
    ]


def test_two_flows_that_only_lead_to_each_other_never_end() -> None:
    other = flow('title = "乙"\nstart = "back"\n[steps.back]\nflow = "trial"\n', "other")
    told = faults('title = "甲"\nstart = "on"\n[steps.on]\nflow = "other"\n', other)
    assert "faq/flows/trial.toml  steps.on  不问人就转圈：back、on" in told
    assert "faq/flows/trial.toml  steps.on  走不出去：从这里走不到写了 end 的一步" in told
