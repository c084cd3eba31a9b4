"""Questions and phrasings from a file: whole, or every mistake with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.insight.figures import Judged
from bot.insight.rows import TOLD, BadRows, phrasings, questions, written
from bot.insight.trials import Question
from bot.matching import Abstain, Answer, Candidate, Suggest

GOOD = '{"text": "甲", "id": "a"}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


def told(path: Path) -> list[str]:
    with pytest.raises(BadRows) as caught:
        questions(path, ["a", "b", "print-how"])
    return str(caught.value).splitlines()


def test_a_question_has_one_entry_several_or_none(path: Path) -> None:
    rows = (
        GOOD,
        '{"text": "乙", "ids": ["b", "c"], "style": "terse"}',
        '{"text": "丙", "id": null}',
        '{"text": "丁", "ids": []}',
        '{"text": "戊", "id": "", "ids": null, "style": null}',
        '{"text": "己", "source": "unknown keys are passed over"}',
        '{"text": "庚", "id": "a", "ids": ["a", "b"]}',
    )
    path.write_text("\n\n".join(rows) + "\n", "utf-8")
    assert questions(path) == [
        Question("甲", frozenset("a")),
        Question("乙", frozenset("bc"), "terse"),
        *[Question(text, frozenset()) for text in "丙丁戊己"],
        Question("庚", frozenset("ab")),
    ]


def test_a_file_from_windows_is_read_as_well(path: Path) -> None:
    path.write_bytes(f"{GOOD}\r\n{GOOD}\r\n".encode("utf-8-sig"))
    assert len(questions(path)) == 2


def test_a_separator_of_unicode_inside_a_text_ends_no_row(path: Path) -> None:
    path.write_text('{"text": "甲\u2028乙\x85"}', "utf-8")
    assert questions(path) == [Question("甲\u2028乙\x85", frozenset())]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("甲\ta", "not JSON: Expecting value at column 1"),
        ('{"text": "甲"', "not JSON: Expecting ',' delimiter at column 13"),
        ("[" * 100_000, "not JSON of this kind: too deep"),
        ('["甲", "a"]', "must be one JSON object, not ['甲', 'a']"),
        ('{"id": "a"}', "text must be a string that is not blank"),
        ('{"text": " "}', "text must be a string that is not blank, not ' '"),
        ('{"text": 5, "id": "a"}', "text must be a string that is not blank, not 5"),
        ('{"text": "甲\\ud83d"}', "text has half a character in it: '\\u7532\\ud83d'"),
        ('{"text": "甲", "id": 0}', "id must be a string, or null when out of scope, not 0"),
        ('{"text": "甲", "id": ["a"]}', "id must be a string, or null when out of scope, not"),
        ('{"text": "甲", "ids": "a"}', "ids must be a list of strings, empty when out of scope"),
        ('{"text": "甲", "ids": ["a", 5]}', "ids must be a list of strings, empty when out"),
        ('{"text": "甲", "ids": [""]}', "ids must be a list of strings, empty when out"),
        ('{"text": "甲", "style": 5}', "style must be a string, not 5"),
        ('{"text": "甲", "id": "print"}', "no entry 'print' (did you mean 'print-how'?)"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_with_what_would_be_right(
    path: Path, row: str, says: str
) -> None:
    path.write_text(f"{GOOD}\n{row}\n{GOOD}\n", "utf-8")
    mistake, right = told(path)
    assert mistake.startswith(f"{path}:2  {says}")
    assert right.startswith('a row is {"text": "...", "id": "entry"}')


def test_all_bad_rows_are_told_at_once_but_not_of_another_kind_of_file(path: Path) -> None:
    path.write_text("{}\n" + GOOD + "\n{}\n", "utf-8")
    assert [line.partition("  ")[0] for line in told(path)[:-1]] == [f"{path}:1", f"{path}:3"]
    path.write_text("{}\n" * 1000, "utf-8")
    assert len(told(path)) == TOLD + 1


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_rows_is_a_mistake(path: Path, content: str) -> None:
    path.write_text(content)
    assert told(path)[0] == f"{path}  there is no row in it"


def test_bytes_that_are_no_text_are_told_with_their_line(path: Path) -> None:
    path.write_bytes(GOOD.encode() + b"\n" + '{"text": "甲"}'.encode("gb18030"))
    assert told(path)[0].startswith(f"{path}:2  not UTF-8")


def test_phrasings_are_read_by_entry(path: Path) -> None:
    rows = ('{"id": "a", "phrasings": ["甲", "乙"]}', '{"id": "b", "phrasings": ["丙"]}')
    path.write_text("\n".join(rows), "utf-8")
    assert phrasings(path) == {"a": ("甲", "乙"), "b": ("丙",)}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('{"phrasings": ["乙"]}', "id must be a string that is not blank"),
        ('{"id": "b"}', "phrasings must be a list of strings, at least one"),
        ('{"id": "b", "phrasings": []}', "phrasings must be a list of strings, at least one"),
        ('{"id": "b", "phrasings": "乙"}', "phrasings must be a list of strings, at least one"),
        ('{"id": "b", "phrasings": ["乙", ""]}', "phrasings must be a string that is not blank"),
        ('{"id": "a", "phrasings": ["乙"]}', "id 'a' stands in another row too"),
    ],
)
def test_a_bad_entry_is_told_with_its_line(path: Path, row: str, says: str) -> None:
    path.write_text('{"id": "a", "phrasings": ["甲"]}\n' + row, "utf-8")
    with pytest.raises(BadRows) as caught:
        phrasings(path)
    mistake, right = str(caught.value).splitlines()
    assert mistake.startswith(f"{path}:2  {says}")
    assert right == 'a row is {"id": "entry", "phrasings": ["...", "..."]}'


def test_what_came_is_written_a_row_a_question() -> None:
    found = [Candidate("b", 0.6, "乙", {}), Candidate("a", 0.3, "甲", {})]
    asked = Question("甲", frozenset({"c", "a"}))
    judged = [
        Judged(asked, found, Suggest(("b", "a"), (0.6, 0.3))),
        Judged(asked, found, Answer("b", 0.6, "乙")),
        Judged(Question("丙", frozenset()), [], Abstain()),
    ]
    rows = [json.loads(line) for line in written(judged).splitlines()]
    same = {"text": "甲", "ids": ["a", "c"], "ranked": [["b", 0.6], ["a", 0.3]]}
    assert rows == [
        same | {"verdict": "suggest", "answered": None, "suggested": ["b", "a"]},
        same | {"verdict": "answer", "answered": "b", "suggested": []},
        {
            "text": "丙",
            "ids": [],
            "verdict": "abstain",
            "answered": None,
            "suggested": [],
            "ranked": [],
        },
    ]
