"""A text that names a button which is not there is found, with its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.content.knowledge import Knowledge
from bot.insight.presses import no_buttons
from bot.insight.proofread import CHECKS, Proof


def found(knowledge: Knowledge) -> list[str]:
    return [str(mistake) for mistake in no_buttons(knowledge)]


def with_answer(knowledge: Knowledge, answer: str, **changed: Any) -> Knowledge:
    entries = dict(knowledge.entries)
    entries["print-how"] = replace(entries["print-how"], answer=answer, **changed)
    return replace(knowledge, entries=entries)


def test_the_shipped_texts_name_buttons_that_are_there(knowledge: Knowledge) -> None:
    assert found(knowledge) == []


def test_it_is_part_of_proofreading(knowledge: Knowledge) -> None:
    wrong = with_answer(knowledge, "点下面的「一键修复」。")
    proof = Proof(wrong, wrong.entries["print-how"].checked, (), ())
    assert any("一键修复" in str(told) for check in CHECKS for told in check(proof))


@pytest.mark.parametrize(
    "answer",
    [
        "还不行，点下面的「开始排查」。",
        "请点下面的“转人工”。",
        "点下面的**「没解决」**。",
        "到平台里点「勾选」，再点「提交」。",
        "结案后点「👍 解决了」。",
    ],
)
def test_what_exists_or_is_of_another_system_is_right(knowledge: Knowledge, answer: str) -> None:
    assert found(with_answer(knowledge, answer)) == []


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("还不行，点下面的「一键修复」。", "一键修复"),
        ("请看下面的「外地开的发票不显示」。", "外地开的发票不显示"),
        ("点下面的「还没有」。", "还没有"),
        ("点「开始排察」。", "开始排察"),
    ],
)
def test_what_is_not_there_is_found_in_its_entry(
    knowledge: Knowledge, answer: str, name: str
) -> None:
    (told,) = found(with_answer(knowledge, answer))
    assert told.startswith(f"faq/entries/print-how.toml  answer  让用户点“{name}”")


def test_a_related_entry_that_is_named_is_a_button(knowledge: Knowledge) -> None:
    title = knowledge.entries["query-cross-region"].title
    answer = f"请看下面的「{title}」。"
    named = with_answer(knowledge, answer, related=("query-cross-region",))
    assert found(named) == []
    (told,) = found(with_answer(knowledge, answer, related=()))
    assert title in told


def test_a_remedy_has_the_buttons_of_its_own_step(knowledge: Knowledge) -> None:
    diagnosis = knowledge.diagnosis
    outage = replace(
        diagnosis.causes["outage"], remedy="点下面的「还是不行」，或点下面的「明天见」。"
    )
    causes = {**diagnosis.causes, "outage": outage}
    (told,) = found(replace(knowledge, diagnosis=replace(diagnosis, causes=causes)))
    assert told.startswith("faq/causes/outage.toml  remedy  让用户点“明天见”")


def test_a_question_has_its_own_answers(knowledge: Knowledge) -> None:
    diagnosis = knowledge.diagnosis
    label = diagnosis.facts["party"].values[0].label
    party = replace(diagnosis.facts["party"], ask=f"点下面的「{label}」或点下面的「开始排查」。")
    facts = {**diagnosis.facts, "party": party}
    (told,) = found(replace(knowledge, diagnosis=replace(diagnosis, facts=facts)))
    assert told.startswith("faq/facts/party.toml  ask  让用户点“开始排查”")


@pytest.mark.parametrize(
    ("file", "key"),
    [("talk", "never_mind"), ("diagnosis", "check"), ("staff", "files_none")],
)
def test_a_message_names_buttons_of_its_readers_alone(
    knowledge: Knowledge, file: str, key: str
) -> None:
    right = "请点“解决”" if file == "staff" else "请点「跳过」"
    for text, count in ((right, 0), ("请点「认领了」", 1)):
        group = replace(getattr(knowledge.texts, file), **{key: text})
        texts = replace(knowledge.texts, **{file: group})
        told = found(replace(knowledge, texts=texts))
        assert len(told) == count
        assert all(each.startswith(f"faq/messages/zh/{file}.toml  {key}") for each in told)
