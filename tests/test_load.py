"""The faq/ folder: read whole, or every mistake in it at once, each with its file and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.knowledge import Knowledge
from bot.load import Mistakes, folder, load

Edit = Callable[[str], str]
ENTRY = "entries/query-not-shown.toml"
FLOW = "flows/diagnose.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the folder that ships."""
    return Path(shutil.copytree(folder(), tmp_path / "faq"))


def change(root: Path, name: str, edit: Edit) -> None:
    before = (root / name).read_text("utf-8")
    after = edit(before)
    assert after != before
    (root / name).write_text(after, "utf-8")


def swap(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


def add(text: str) -> Edit:
    return lambda before: f"{before}\n{text}\n"


def line(key: str, new: str = "") -> Edit:
    """Replace the line on which the key stands."""
    return lambda text: "\n".join(
        new if each.startswith(f"{key} =") else each for each in text.split("\n")
    )


def table(key: str, new: str) -> Edit:
    """Rename a table."""
    return swap(f"[{key}]", f"[{new}]")


def mistakes(root: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Mistakes) as caught:
        load(root)
    assert str(caught.value).count("\n") + 1 >= len(caught.value.mistakes)
    return [(each.file, each.key, each.text) for each in caught.value.mistakes]


# File, what is done to it, and the mistake: its key and a part of what is told.
SLIPS: dict[str, tuple[str, Edit, str, str]] = {
    "an unknown key": (ENTRY, add('answr = "x"'), "answr", "Unexpected"),
    "an unknown key of a flow": (
        FLOW,
        swap("recap = true", "recaps = true"),
        "steps.recap.recaps",
        "",
    ),
    "an unknown key of a list": ("categories.toml", add("[[shelves]]"), "shelves", "unknown key"),
    "a wrong type": ("tiers.toml", swap("= 72", '= "lang"'), "close_after_hours", "integer"),
    "a wrong type in a list": (
        "categories.toml",
        line("icon", "icon = 5"),
        "categories[0].icon",
        "",
    ),
    "a missing key": (ENTRY, line("source"), "source", "required"),
    "a wrong date": (ENTRY, line("checked", 'checked = "soon"'), "checked", "date"),
    "no TOML": ("synonyms.toml", lambda text: "groups = [[", "", "not TOML"),
    "an empty file": ("fields.toml", lambda text: "", "fields", "is missing"),
    "an unknown category": (ENTRY, swap("发票查询", "发票查问"), "category", "发票查询"),
    "an unknown related entry": (
        ENTRY,
        swap("query-just-issued", "query-just-isued"),
        "related[0]",
        "did you mean 'query-just-issued'",
    ),
    "no phrasings": (
        ENTRY,
        lambda t: t[: t.index("phr")] + "phrasings = []\n" + t[t.index("answer") :],
        "phrasings",
        "empty",
    ),
    "no source": (ENTRY, line("source", 'source = " "'), "source", "empty"),
    "an answer too long": (
        ENTRY,
        swap('answer = """', 'answer = """' + "长" * 1300),
        "answer",
        "1200",
    ),
    "an unknown step": (
        FLOW,
        swap('next = "symptom"', 'next = "symtom"'),
        "steps.recap.next",
        "symptom",
    ),
    "an unknown field of a step": (
        FLOW,
        swap('field = "date"', 'field = "dat"'),
        "steps.date.field",
        "date",
    ),
    "an unknown kind": (
        "fields.toml",
        swap('kind = "number"', 'kind = "numer"'),
        "fields[0].kind",
        "number",
    ),
    "an unknown tier": (
        "tiers.toml",
        line("tier", 'tier = "technic"'),
        "rules[0].tier",
        "technical",
    ),
    "an unknown answer in a rule": (
        "tiers.toml",
        line("values", 'values = ["页面报错了"]'),
        "rules[0].values",
        "页面报错",
    ),
    "an unknown slot in a rule": (
        "tiers.toml",
        line("slot", 'slot = "sympton"'),
        "rules[0].slot",
        "",
    ),
    "an unknown placeholder": (
        "messages/talk.toml",
        line("closed", 'closed = "{nummer} 已关闭"'),
        "closed",
        "nummer",
    ),
    "a placeholder of agents' texts": (
        "messages/staff.toml",
        line("yours", 'yours = "{owner}"'),
        "yours",
        "owner",
    ),
    "braces that do not pair": (
        "messages/talk.toml",
        line("glad", 'glad = "好 {"'),
        "glad",
        "braces",
    ),
    "an empty text": ("messages/staff.toml", line("noted", 'noted = ""'), "noted", "empty"),
    "a missing text": ("messages/talk.toml", line("glad"), "glad", "required"),
    "a content without a word for it": (
        "messages/talk.toml",
        line("contact", ""),
        "kinds.contact",
        "empty",
    ),
    "a missing reason": ("messages/fields.toml", line("number_length"), "number_length", "missing"),
    "a missing hint": ("messages/hints.toml", line("red"), "staff.red", "missing"),
    "an unknown hint": (
        "messages/hints.toml",
        line("red", 'redd = "红字发票"'),
        "person.redd",
        "red",
    ),
    "a hint on somebody else for a person": (
        "messages/hints.toml",
        swap("[person]", '[person]\nother_ticket = "{tickets}"'),
        "person.other_ticket",
        "",
    ),
    "an unknown placeholder of a hint": (
        "messages/hints.toml",
        line("elsewhere", 'elsewhere = "{region}开的票"'),
        "person.elsewhere",
        "region",
    ),
    "a kind of invoice without a name": (
        "messages/hints.toml",
        line("railway"),
        "kinds.railway",
        "missing",
    ),
    "an unknown command": (
        "messages/commands.toml",
        line("diagnose", 'diagnos = "排查"'),
        "private.diagnos",
        "diagnose",
    ),
    "a missing wish": ("words.toml", table("human", "humans"), "human", "missing"),
    "an unknown wish": ("words.toml", table("human", "humans"), "humans", "human"),
    "an unknown way of a wish": (
        "words.toml",
        swap("equals =", "equal ="),
        "human.equal",
        "equals",
    ),
}


def test_the_folder_that_ships_is_without_mistakes(knowledge: Knowledge) -> None:
    assert len(knowledge.entries) >= 20
    assert {"diagnose", "ticket"} <= knowledge.flows.keys()


@pytest.mark.parametrize("slip", SLIPS)
def test_a_mistake_is_told_with_file_and_key(root: Path, slip: str) -> None:
    name, edit, key, part = SLIPS[slip]
    change(root, name, edit)
    found = [text for file, k, text in mistakes(root) if (file, k) == (f"faq/{name}", key)]
    assert found
    assert part in found[0]


@pytest.mark.parametrize(
    "name",
    [
        "categories.toml",
        "fields.toml",
        "tiers.toml",
        "synonyms.toml",
        "foreign.toml",
        "words.toml",
        "messages/talk.toml",
        "messages/staff.toml",
        "messages/commands.toml",
        "messages/fields.toml",
        "messages/hints.toml",
        FLOW,
        "flows/ticket.toml",
    ],
)
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    (root / name).unlink()
    assert (f"faq/{name}", "", "file is missing") in mistakes(root)


def test_a_folder_without_entries_says_so(root: Path) -> None:
    shutil.rmtree(root / "entries")
    assert ("faq/entries/", "", "no .toml file in it") in mistakes(root)


def test_a_folder_that_is_not_there_names_every_file(tmp_path: Path) -> None:
    assert len(mistakes(tmp_path / "nowhere")) >= 10


def test_a_file_in_another_encoding_is_named(root: Path) -> None:
    path = root / "synonyms.toml"
    path.write_bytes(path.read_text("utf-8").encode("gbk"))
    ((file, _, text),) = mistakes(root)
    assert file == "faq/synonyms.toml"
    assert text.startswith("not UTF-8")


def test_an_entry_whose_name_is_too_long_for_a_button_is_named(root: Path) -> None:
    (root / ENTRY).rename(root / f"entries/{'n' * 61}.toml")
    assert any(file == f"faq/entries/{'n' * 61}.toml" for file, _, _ in mistakes(root))


def test_all_mistakes_are_told_at_once(root: Path) -> None:
    """One of each sort, in files that can be read and in files that cannot."""
    together = {
        "an unknown category": (
            "entries/query-old-invoice.toml",
            line("category", 'category = "无"'),
            "category",
        ),
        "bad TOML": ("entries/safety-scam.toml", lambda text: "title = ", ""),
        "an unknown key": ("entries/safety-delete.toml", add('answr = "x"'), "answr"),
        "an unknown step": (FLOW, swap('next = "symptom"', 'next = "symtom"'), "steps.recap.next"),
        "an unknown kind": (
            "fields.toml",
            swap('kind = "number"', 'kind = "numer"'),
            "fields[0].kind",
        ),
        "an unknown tier": ("tiers.toml", line("tier", 'tier = "technic"'), "rules[0].tier"),
        "a wrong type": ("foreign.toml", lambda text: "words = 5", "words"),
        "no placeholder": ("messages/talk.toml", line("glad", 'glad = "{x}"'), "glad"),
        "a missing text": ("messages/staff.toml", line("noted"), "noted"),
        "a missing reason": ("messages/fields.toml", line("number_length"), "number_length"),
        "a missing wish": ("words.toml", table("no", "nope"), "no"),
    }
    for name, edit, _ in together.values():
        change(root, name, edit)
    (root / "synonyms.toml").unlink()
    expected = {(f"faq/{name}", key) for name, _, key in together.values()}
    expected |= {("faq/synonyms.toml", ""), ("faq/words.toml", "nope")}
    assert {(file, key) for file, key, _ in mistakes(root)} == expected


def test_one_slip_is_one_mistake(root: Path) -> None:
    """What could not be read is not reported again by the files that name it."""
    change(root, "entries/query-just-issued.toml", add('answr = "x"'))
    assert [key for _, key, _ in mistakes(root)] == ["answr"]
