"""Cases are played as people would, through the real desk, and counted as what they came to."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.content.knowledge import Knowledge
from bot.core.content.limits import PIECES
from bot.insight import case_rows
from bot.insight.diagnose import (
    CLOCK,
    Case,
    Played,
    Reply,
    by_cause,
    by_fact,
    figures,
    lines,
    play,
    reading,
    taken,
)
from bot.insight.rehearsal import Rehearsal
from bot.insight.rows import BadRows

EASY = Case(
    id="easy",
    opening=("列表里有这张票", "就是看不到明细"),
    replies={},
    otherwise="不清楚",
    causes=frozenset({"details-missing"}),
    known=frozenset({"symptom"}),
)
STUCK = Case(
    id="stuck",
    opening=("昨天开的发票查不到",),
    replies={"kind": "数电票"},
    otherwise="不清楚",
    causes=frozenset({"kind-customs"}),
)


def played(id_: str = "a", **came: object) -> Played:
    case = Case(id=id_, opening=("x",), replies={}, otherwise="x", causes=frozenset({"late"}))
    return Played(case=case, **came)  # type: ignore[arg-type]


# the talk


def test_pieces_are_waited_for_and_a_talk_goes_by_its_own_clock(knowledge: Knowledge) -> None:
    talk = Rehearsal(knowledge, CLOCK)
    assert talk.says("昨天开的发票查不到") == []
    assert talk.waits(PIECES.total_seconds() - 0.1) == []
    (said,) = talk.waits(1)
    assert "2026年11月29日" in said.text
    assert talk.asked in {("diagnose", fact) for fact in knowledge.diagnosis.facts}
    assert talk.at == CLOCK + PIECES - timedelta(seconds=0.1) + timedelta(seconds=1)


def test_a_button_is_pressed_and_a_ticket_ends_the_talk(knowledge: Knowledge) -> None:
    talk = Rehearsal(knowledge, CLOCK)
    talk.says("/human")
    assert talk.asked == ("ticket", "symptom")
    talk.presses("human")
    assert talk.handed_over
    assert talk.asked is None


def test_a_reminder_comes_in_its_time(knowledge: Knowledge) -> None:
    talk = Rehearsal(knowledge, CLOCK)
    for text in ("昨天开的发票查不到", "别问了直接说怎么办", "明天再问我"):
        talk.says(text)
        talk.waits(5)
    assert talk.asked is None
    assert talk.waits(3600) == []
    assert talk.waits(2 * 86400)
    assert talk.asked == ("diagnose", "again-just-issued")


# what comes of a case


def test_a_case_whose_cause_is_told_is_found(knowledge: Knowledge) -> None:
    came = play(knowledge, EASY)
    assert (came.found, came.found_first, came.told) == (True, True, ["details-missing"])
    assert (came.asked, came.again, came.lost, came.handed_over) == ([], [], [], False)
    assert came.talk[:2] == ["> 列表里有这张票", "> 就是看不到明细"]
    assert figures([came]).questions == 0


def test_a_case_whose_cause_never_comes_ends_with_the_ticket(knowledge: Knowledge) -> None:
    came = play(knowledge, STUCK)
    assert (came.found, came.handed_over) == (False, True)
    assert len(came.told) == knowledge.diagnosis.remedies
    assert "kind-customs" not in came.told
    assert 0 < len(came.asked) <= knowledge.diagnosis.questions
    assert came.again == []


def test_the_same_case_is_played_the_same_way(knowledge: Knowledge) -> None:
    assert play(knowledge, STUCK).talk == play(knowledge, STUCK).talk


def test_figures_are_shares_of_all_cases() -> None:
    first = played(told=["late"], asked=["kind", "age"], replies=3, lost=["x"])
    second = played(told=["other", "late"], again=["kind"], asked=["kind"], replies=2, lists=1)
    third = played(told=["other"], asked=["age", "kind", "place"], replies=5, handed_over=True)
    row = figures([first, second, third])
    assert (row.n, row.questions, row.most_questions) == (3, 2.0, 3)
    assert row.found == pytest.approx(2 / 3, abs=1e-4)
    assert row.found_first == row.asked_known == row.lists == pytest.approx(1 / 3, abs=1e-4)
    assert row.handed_over == pytest.approx(1 / 3, abs=1e-4)
    assert row.not_understood == 0.1
    assert by_fact([first, second, third]) == {
        "age": {"asked": 2, "known": 0},
        "kind": {"asked": 3, "known": 1},
        "place": {"asked": 1, "known": 0},
    }
    (cause,) = by_cause([first, second, third])
    assert cause == "late"
    head, line = lines([first, second, third])
    assert head.split() == ["cause", "n", "found", "first", "questions"]
    assert line.split() == ["late", "3", "0.67", "0.33", "2.00"]


def test_of_nothing_there_are_no_figures() -> None:
    with pytest.raises(ValueError, match="no case"):
        figures([])
    with pytest.raises(ValueError, match="no reply"):
        reading([], [])


# replies in a step


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("kind", "数电票", "digital"),
        ("issued", "不清楚", "unknown"),
        ("place", "不清楚", "unknown"),
        ("kind", "帮我写一首诗", None),
        ("kind", "什么是数电票", None),
    ],
)
def test_a_reply_is_taken_as_in_a_talk(
    knowledge: Knowledge, asked: str, text: str, value: str | None
) -> None:
    assert taken(knowledge, Reply(asked=asked, text=text, value=value)) == value


def test_replies_are_right_wrong_or_asked_back() -> None:
    replies = [Reply(asked="kind", text="x", value=value) for value in ("a", "b", None, "c")]
    row = reading(replies, ["a", "a", None, None])
    assert (row.n, row.right, row.wrong, row.asked_back) == (4, 0.5, 0.25, 0.25)


# rows of files

GOOD = {
    "id": "1",
    "opening": ["查不到"],
    "replies": {"kind": "数电票", "solved": "好了"},
    "otherwise": "不清楚",
    "cause": ["overdue"],
    "known": ["symptom"],
}


def test_a_case_is_read_from_its_row(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(GOOD) + "\n")
    (case,) = case_rows.cases(file, knowledge.diagnosis)
    assert (case.id, case.opening, case.otherwise) == ("1", ("查不到",), "不清楚")
    assert (case.causes, case.known) == (frozenset({"overdue"}), frozenset({"symptom"}))


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"cause": ["overdu"]}, "overdue"),
        ({"cause": []}, "cause"),
        ({"opening": "查不到"}, "opening"),
        ({"replies": {"knid": "数电票"}}, "kind"),
        ({"replies": ["数电票"]}, "replies"),
        ({"otherwise": 1}, "otherwise"),
    ],
)
def test_a_row_that_is_no_case_is_told_with_what_is_wrong(
    knowledge: Knowledge, tmp_path: Path, changed: dict[str, object], part: str
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({**GOOD, **changed}) + "\n")
    with pytest.raises(BadRows, match=part):
        case_rows.cases(file, knowledge.diagnosis)


def test_a_reply_is_read_from_its_row_and_must_name_what_there_is(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "replies.jsonl"
    file.write_text('{"asked": "kind", "text": "数电", "value": "digital"}\n')
    assert case_rows.replies(file, knowledge.diagnosis) == [
        Reply(asked="kind", text="数电", value="digital")
    ]
    for row in (
        '{"asked": "knid", "text": "数电", "value": null}',
        '{"asked": "kind", "text": "数电", "value": "digitl"}',
    ):
        file.write_text(row + "\n")
        with pytest.raises(BadRows, match=r"kind|digital"):
            case_rows.replies(file, knowledge.diagnosis)


def test_all_that_came_of_it_is_written_as_json() -> None:
    told = json.loads(case_rows.written([played(told=["late"], talk=["> x", "好"])]))
    assert (told["n"], told["found"]) == (1, 1.0)
    assert told["cases"][0]["talk"] == ["> x", "好"]
    assert told["by_cause"]["late"]["n"] == 1
