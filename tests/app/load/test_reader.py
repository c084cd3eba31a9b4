"""Files as authors save them: read if they can be, and never passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.load import read
from bot.core.content.findings import finding
from tests.app.load.edits import ENTRY, FLOW, mistakes

ENTRIES = "faq/entries/"


def saved(root: Path, encoding: str, name: str = ENTRY) -> None:
    path = root / name
    path.write_bytes(path.read_text("utf-8").replace("›", "-").encode(encoding))


@pytest.mark.parametrize("name", [ENTRY, FLOW, "tiers.toml", "messages/zh/talk.toml"])
def test_a_byte_order_mark_is_no_part_of_the_text(root: Path, name: str) -> None:
    before = read(root)
    path = root / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    after = read(root)
    assert (after.entries, after.flows) == (before.entries, before.flows)
    assert (after.tiers, after.texts) == (before.tiers, before.texts)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(root: Path, newline: str) -> None:
    path = root / ENTRY
    same = read(root).entries
    path.write_bytes(path.read_text("utf-8").replace("\n", newline).encode())
    assert read(root).entries == same


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("gbk", "gbk"),
        ("gb18030", "gbk"),
        ("utf-16", "utf16"),
        ("utf-16-le", "utf16"),
        ("utf-16-be", "utf16"),
        ("utf-32", "utf16"),
    ],
)
def test_another_encoding_is_told_by_the_name_that_the_editor_gives_it(
    root: Path, encoding: str, told: str
) -> None:
    saved(root, encoding)
    assert mistakes(root) == [(f"faq/{ENTRY}", "", finding(told))]


def test_what_is_no_text_is_told_with_its_line(root: Path) -> None:
    (root / ENTRY).write_bytes('title = "好"\n'.encode() + b"x = \xff\xff\xff\n")
    assert mistakes(root) == [(f"faq/{ENTRY}", "", finding("not_text", line=2))]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("print-stamp.toml.txt", "print-stamp.toml"),
        ("print-stamp.TOML", "print-stamp.toml"),
        ("print-stamp.Toml", "print-stamp.toml"),
        ("print-stamp.toml.toml.txt", "print-stamp.toml"),
        ("print-stamp.txt", "print-stamp.toml"),
        ("print-stamp.docx", "print-stamp.toml"),
        ("print-stamp", "print-stamp.toml"),
    ],
)
def test_an_entry_with_another_ending_is_told_with_the_name_it_should_have(
    root: Path, name: str, right: str
) -> None:
    (root / "entries" / name).write_text('title = "好"', "utf-8")
    assert mistakes(root) == [(f"{ENTRIES}{name}", "", finding("unread", name=right))]


@pytest.mark.parametrize(
    "name",
    [
        "a.toml.bak",
        "a.toml~",
        ".a.toml",
        "._query-not-shown.toml",
        ".DS_Store",
        "README.md",
        "a.swp",
    ],
)
def test_copies_of_editors_and_hidden_files_are_nobodys_business(root: Path, name: str) -> None:
    for folder in ("", "entries", "flows", "messages", "messages/zh"):
        (root / folder / name).write_bytes(b"\xff\xfe\0")
    read(root)


def test_a_file_that_another_name_would_make_known_is_told(root: Path) -> None:
    (root / "tiers.toml").rename(root / "tiers.toml.txt")
    (root / "synonyms.toml").rename(root / "synonym.toml")
    assert mistakes(root) == [
        ("faq/tiers.toml", "", finding("no_file")),
        ("faq/synonyms.toml", "", finding("no_file")),
        ("faq/synonym.toml", "", finding("unused", guess=finding("meant", name="synonyms.toml"))),
        ("faq/tiers.toml.txt", "", finding("unread", name="tiers.toml")),
    ]


def test_a_message_file_that_nobody_reads_is_told(root: Path) -> None:
    (root / "messages" / "zh" / "talks.toml").write_text("", "utf-8")
    ((file, _, text),) = mistakes(root)
    assert file == "faq/messages/zh/talks.toml"
    assert "是不是“talk.toml”" in text


def test_files_in_a_folder_of_their_own_are_told(root: Path) -> None:
    (root / "entries" / "new").mkdir()
    (root / ENTRY).rename(root / "entries" / "new" / "query-not-shown.toml")
    told = finding("unread_folder", folder=ENTRIES)
    assert (f"{ENTRIES}new/", "", told) in mistakes(root)


def test_a_folder_in_the_place_of_a_file_is_told(root: Path) -> None:
    (root / "tiers.toml").unlink()
    (root / "tiers.toml").mkdir()
    (root / "entries" / "a.toml").mkdir()
    assert {(file, text) for file, _, text in mistakes(root)} == {
        ("faq/tiers.toml", finding("is_folder")),
        (f"{ENTRIES}a.toml", finding("is_folder")),
    }


def test_a_file_that_cannot_be_opened_is_told(root: Path) -> None:
    (root / "tiers.toml").unlink()
    (root / "tiers.toml").symlink_to("tiers.toml")
    ((file, _, text),) = mistakes(root)
    assert file == "faq/tiers.toml"
    assert text.startswith("打不开（")
