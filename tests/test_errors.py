"""What an operator got wrong: each command ends with one clear line and changes nothing."""

from __future__ import annotations

import socket
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.store import Store

pytestmark = pytest.mark.usefixtures("unset")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def one_line(*arguments: str) -> str:
    """What the command says that ends it, which is one line."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("port", ["80000", "65536", "-1"])
def test_a_port_that_is_none_is_told_in_one_line(port: str) -> None:
    assert one_line("demo", f"--port={port}").startswith(f"--port {port}  is no port")


@pytest.mark.parametrize("command", [["dead"], ["backup", "copy.db"], ["restore", "copy.db"]])
@pytest.mark.parametrize("path", ["/", "", ".", "..", "folder"])
def test_a_folder_is_no_database(
    path: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.setenv("FAPIAO_DATABASE", path)
    assert "is a folder; name a file in it" in one_line(*command)
    assert not [each.name for each in tmp_path.iterdir() if each.name != "folder"]


def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(
    live: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "notadb.db"
    path.write_text("accounts of 2025, not a database", "utf-8")
    path.chmod(0o644)
    result = live(DATABASE="notadb.db")
    assert result.exit_code == 2
    assert result.stderr == "FAPIAO_DATABASE  notadb.db: file is not a database\n"
    with pytest.raises(OSError, match="not a database"):
        Store.open(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert path.read_text("utf-8") == "accounts of 2025, not a database"


def test_a_webhook_port_that_is_taken_is_named(live: Callable[..., Result]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        hook = {"WEBHOOK_URL": "https://desk.example/", "WEBHOOK_SECRET": "a-secret-of-its-own"}
        result = live(MODE="webhook", WEBHOOK_LISTEN=where, **hook)
    assert result.exit_code == 2
    assert f"FAPIAO_WEBHOOK_LISTEN  {where}: Address already in use" in result.stderr
    assert "Traceback" not in result.output


def test_an_env_file_in_another_encoding_is_told() -> None:
    Path(".env").write_bytes("FAPIAO_TOKEN=发票".encode("gbk"))
    assert one_line("dead") == ".env  is no text in UTF-8; save it as that"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("flow --svg nowhere/f.svg", "--svg nowhere/f.svg  there is no folder nowhere"),
        ("flow --svg .", "--svg .  is a folder; name a file in it"),
        ("match --queries q --plot nowhere/p.svg", "--plot nowhere/p.svg  there is no folder"),
        ("match --queries q --out nowhere/o", "--out nowhere/o  there is no folder nowhere"),
        ("match --queries q.jsonl", "q.jsonl: No such file or directory"),
        ("match --queries .", ".: Is a directory"),
        ("calibrate q.jsonl", "q.jsonl: No such file or directory"),
        ("ask 在吗 --faq nowhere", "nowhere  没有这个文件夹，请检查路径"),
        ("restore nowhere.db", "nowhere.db  No such file; name one that fapiao-desk backup made"),
        ("dead", "FAPIAO_DATABASE  fapiao-desk.db: No such file; fapiao-desk run makes it"),
        ("backup c.db", "FAPIAO_DATABASE  fapiao-desk.db: No such file; fapiao-desk run makes it"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(command: str, said: str) -> None:
    assert one_line(*command.split()).startswith(said)


@pytest.mark.parametrize("command", ["restore other.db", "backup copy.db"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"accounts of 2025, no database", "file is not a database"),
        (None, "this is not the database of a desk"),
    ],
)
def test_a_copy_of_what_is_no_desk_names_the_file(
    command: str, content: bytes | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Path("other.db")
    if content is None:
        with closing(sqlite3.connect(other)) as conn:
            conn.execute("create table accounts (year)")
    else:
        other.write_bytes(content)
    if command.startswith("backup"):
        monkeypatch.setenv("FAPIAO_DATABASE", "other.db")
    assert one_line(*command.split()) == f"other.db: {said}"
    assert not Path("copy.db").exists()


def test_a_backup_is_not_put_where_there_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("other.db").write_bytes(b"x")
    monkeypatch.setenv("FAPIAO_DATABASE", "nowhere/desk.db")
    said = "FAPIAO_DATABASE  nowhere/desk.db: there is no folder nowhere"
    assert one_line("restore", "other.db") == said


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("demo", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "address already in use" in result.output
    assert "Traceback" not in result.output


def test_a_drawing_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    result = run("flow", "--svg", str(tmp_path / "nowhere" / "flow.svg"))
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


def test_without_graphviz_the_drawing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    for module in ("drawing", "layout"):
        monkeypatch.delitem(sys.modules, f"bot.insight.{module}", raising=False)
    said = one_line("flow", "--svg", "flows.svg")
    assert said.startswith("--svg  pygraphviz is missing")
    assert "fapiao-desk[draw]" in said
    assert run("flow", "--mermaid").exit_code == 0
