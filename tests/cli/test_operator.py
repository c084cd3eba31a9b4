"""Backups, what failed, and the doctor, as an operator meets them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.app import demo
from bot.app.load import folder, read
from bot.app.vault import Vault, new_key
from bot.core.content.knowledge import Knowledge
from bot.core.model.address import local
from bot.core.model.conversation import Conversation
from bot.core.model.message import Person
from bot.core.model.state import Decision
from bot.core.model.ticket import Summary, Ticket
from bot.local_telegram.bot_api.methods.table import METHODS
from bot.local_telegram.world.membership import put_bot
from bot.store import Arrival, Store
from tests.elsewhere import TOKEN, Elsewhere

SECRET = TOKEN.partition(":")[2]

pytestmark = pytest.mark.usefixtures("unset")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the desk of no settings has its database, with one event in it."""
    path = tmp_path / "fapiao-desk.db"
    store = Store.open(path)
    with store.writing():
        store.inbox.take([Arrival("telegram", "1", "1001", "{}")], 0)
    store.close()
    return path


def test_a_backup_is_made_under_a_running_desk_and_tells_what_it_has(database: Path) -> None:
    desk = Store.open(database)
    result = run("backup", "copy.db")
    desk.close()
    assert result.exit_code == 0
    told = "0 tickets, up to 1970-01-01 08:00:00 (Beijing)\n"
    assert result.output.startswith("copy.db: whole, schema ")
    assert result.output.endswith(told)
    assert stat.S_IMODE(Path("copy.db").stat().st_mode) == 0o600
    again = run("backup", "copy.db")
    assert (again.exit_code, again.stderr) == (2, "copy.db: is there already\n")
    assert run("backup", "copy.db", "--force").exit_code == 0


def test_a_backup_is_put_back_and_what_was_there_is_kept(database: Path) -> None:
    run("backup", "copy.db")
    database.write_bytes(b"")
    result = run("restore", "copy.db")
    assert result.exit_code == 0
    assert result.output.startswith("fapiao-desk.db: whole, schema ")
    (kept,) = Path().glob("fapiao-desk.db.replaced-*")
    assert result.output.splitlines()[1] == f"{kept}: what was there before"
    store = Store.open(database)
    assert len(store.inbox.waiting(9)) == 1
    desk = run("restore", "copy.db")
    store.close()
    assert desk.exit_code == 2
    assert desk.stderr == "fapiao-desk.db: another desk uses this database\n"


def test_a_backup_needs_nothing_but_the_database(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAPIAO_MODE", "push")
    monkeypatch.setenv("FAPIAO_FAQ", "nowhere")
    assert run("backup", "copy.db").exit_code == 0


@pytest.mark.parametrize(
    "command", [["backup", "copy.db"], ["restore", "copy.db"], ["dead"], ["join", "a", "b"]]
)
def test_where_no_database_is_that_is_told_in_one_line(command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "unable to open" in line or "No such file" in line
    assert not Path("fapiao-desk.db").exists()


def test_what_could_not_be_worked_on_is_listed_and_may_be_tried_again(database: Path) -> None:
    store = Store.open(database)
    with store.writing():
        (row,) = store.inbox.waiting(1)
        store.inbox.fail(row, "conversation:telegram:1001", "KeyError: 'chat'")
    store.close()
    assert run("dead").output == f"{row.id}  KeyError: 'chat'\n"
    for number in ("99", "0", "-1", str(10**30)):
        assert run("dead", "--retry", number).exit_code == 2
    assert run("dead", "--retry", str(row.id)).output == ""
    store = Store.open(database)
    assert [again.id for again in store.inbox.waiting(1)] == [row.id]
    store.close()


Set = Callable[..., None]


@pytest.fixture
def ready(elsewhere: Elsewhere, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets all that going live on that Telegram needs, but for what the test sets."""

    def make(**changed: str) -> None:
        groups = ",".join(f"{tier}:{chat}" for tier, chat in demo.groups_of(knowledge).items())
        given = {"TOKEN": TOKEN, "API": elsewhere.telegram.url, "GROUPS": groups} | changed
        for name, value in given.items():
            monkeypatch.setenv(f"FAPIAO_{name}", value)

    return make


def lines(result: Result) -> list[str]:
    return [line for line in result.output.splitlines() if not line.startswith("note: ")]


def test_of_a_desk_that_could_start_there_is_nothing_to_mend(
    ready: Set, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready()
    monkeypatch.setattr("bot.cli.operator.today", lambda: date(2026, 11, 24))
    result = run("doctor")
    assert result.exit_code == 0
    faq, reader, *others, roles, last = result.output.splitlines()
    assert faq == f"note: faq  is version {read(folder()).version}"
    assert reader.startswith("note: reader  is confined by limits")
    assert others == [
        "note: desk  is not running; fapiao-desk run starts it",
        "note: database  is empty or not there yet; the first run makes it",
    ]
    assert roles.startswith("note: FAPIAO_ROLES  operators, ")
    assert last == "nothing to mend"
    assert list(tmp_path.iterdir()) == []


def test_of_a_desk_that_runs_the_same_is_said(ready: Set, tmp_path: Path) -> None:
    ready()
    store = Store.open(tmp_path / "fapiao-desk.db")
    result = run("doctor")
    store.close()
    assert result.exit_code == 0
    assert lines(result) == ["nothing to mend"]


def test_that_no_file_can_be_read_and_no_chart_drawn_is_told(
    ready: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready()
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    told = run("doctor")
    (line, count) = lines(told)
    assert line.startswith("reader  no process reads files: ")
    assert "/nowhere/python" in line
    assert "note: charts  are not drawn, their texts go alone: [Errno 2] No such" in told.output
    assert count == "1 to mend"


def test_all_that_is_wrong_is_told_at_once(
    ready: Set, database: Path, elsewhere: Elsewhere, knowledge: Knowledge
) -> None:
    """Here: settings, a file, the tables, a group, the webhook."""
    ready(MODE="push")
    env = Path(".env")
    env.write_text("# nothing yet\n")
    env.chmod(0o644)
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("update inbox set status = 'failed', error = 'KeyError: 1', notice = -1")
    group, *_ = demo.groups_of(knowledge).values()
    frontline, telegram = int(local(group)), elsewhere.telegram
    chat = telegram.world.chats[frontline]

    async def spoil() -> None:
        put_bot(telegram.world, chat, telegram.world.users[2001], "kicked")
        webhook = {"url": "http://127.0.0.1:9/"}
        address = f"{telegram.url}/bot{TOKEN}/setWebhook"
        async with aiohttp.ClientSession() as session, session.post(address, data=webhook) as told:
            assert told.ok

    elsewhere.do(spoil()).result(5)
    result = run("doctor")
    assert result.exit_code == 1
    begins = ["FAPIAO_MODE  ", "files  .env has mode 644", "inbox  1 could not", "FAPIAO_GROUPS  "]
    begins += ["webhook  is set to http://127.0.0.1:9/", "5 to mend"]
    for line, begin in zip(lines(result), begins, strict=True):
        assert line.startswith(begin)
    assert SECRET not in result.output


def test_a_bot_that_hears_not_everybody_is_told_where_that_matters(
    ready: Set, elsewhere: Elsewhere, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready()
    group, *_ = demo.groups_of(knowledge).values()
    frontline, telegram = int(local(group)), elsewhere.telegram
    private = {"can_join_groups": True, "can_read_all_group_messages": False}
    monkeypatch.setitem(METHODS, "getMe", lambda world, _: world.bot.json | private)

    async def demote() -> None:
        chat, by = telegram.world.chats[frontline], telegram.world.users[2001]
        put_bot(telegram.world, chat, by, "member")

    elsewhere.do(demote()).result(5)
    result = run("doctor")
    (unfit, deaf, count) = lines(result)
    pins, inline = "note: pins  the bot may not pin messages in the group of ", "note: inline  mode"
    assert [inline in result.output, result.output.count(pins)] == [True, 1]
    assert f"{pins}'frontline'" in result.output
    assert unfit.startswith(f"FAPIAO_GROUPS  frontline:{frontline} has topics, but the bot may")
    assert deaf.startswith("privacy  the bot does not hear agents in the group of 'frontline'")
    assert count == "2 to mend"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"TOKEN": "7000000001:mistyped"}, "telegram  Telegram does not know this token; @Bot"),
        ({"API": ""}, "telegram  Telegram cannot be reached: "),
    ],
)
def test_what_needs_no_telegram_is_told_without_it(
    ready: Set, database: Path, changed: dict[str, str], said: str
) -> None:
    database.chmod(0o604)
    closed = {"API": f"http://127.0.0.1:{unused_port()}"} if "API" in changed else changed
    ready(**closed)
    mode, telegram, count = lines(run("doctor"))
    assert mode.startswith("files  fapiao-desk.db has mode 604")
    assert telegram.startswith(said)
    assert SECRET not in telegram
    assert "mistyped" not in telegram
    assert count == "2 to mend"


def test_without_a_token_telegram_is_not_asked() -> None:
    told = lines(run("doctor"))
    assert told[0] == "FAPIAO_TOKEN  is missing; @BotFather gives one"
    assert not [line for line in told if line.startswith("telegram  ")]


def test_a_folder_that_is_not_there_is_told(ready: Set) -> None:
    ready(DATABASE="nowhere/desk.db")
    (line, count) = lines(run("doctor"))
    assert line.startswith("FAPIAO_DATABASE  ")
    assert "No such file" in line
    assert count == "1 to mend"


def test_an_answer_that_has_passed_its_end_is_told(ready: Set, tmp_path: Path) -> None:
    faq = Path(shutil.copytree(folder(), tmp_path / "faq"))
    with (faq / "entries/print-how.toml").open("a", encoding="utf-8") as entry:
        entry.write("valid_until = 2020-01-01\n")
    ready(FAQ=str(faq))
    result = run("doctor")
    assert result.exit_code == 1
    assert lines(result) == [
        "faq  print-how held until 2020-01-01; have its author mend it",
        "1 to mend",
    ]


def test_the_account_says_what_became_of_everything(database: Path) -> None:
    result = run("doctor", "--account")
    assert result.exit_code == 0
    *said, last = result.output.splitlines()
    assert said == [
        "1 received: 0 done, 1 waiting, 0 failed, 0 erased",
        "0 ordered: 0 sent, 0 waiting, 0 failed, 0 given up, 0 erased",
    ]
    told = json.loads(last)
    assert told["updates"] == {"received": 1, "done": 0, "waiting": 1, "failed": 0, "erased": 0}
    assert (told["untold"], told["balanced"]) == (0, True)
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("delete from inbox")
    missing = run("doctor", "--account")
    assert missing.exit_code == 1
    assert "; +1 that nobody knows of" in missing.output
    assert json.loads(missing.output.splitlines()[-1])["balanced"] is False
    assert "account  something is missing" in run("doctor").output


def test_the_files_of_a_ticket_are_copied_out_of_the_vault_and_never_over_another(
    ready: Set, tmp_path: Path
) -> None:
    key = new_key()
    ready(FILES_KEYS=key)
    vault = Vault(tmp_path / "fapiao-files", [key])
    store = Store.open(tmp_path / "fapiao-desk.db")
    of = "conversation:telegram:1001"
    wang = Conversation(id=of, address="telegram:1001", person=Person("telegram:1001", "王芳"))
    ticket = Ticket(
        number="F2222",
        summary=Summary("nothing"),
        status="open",
        tier="frontline",
        opened_at=datetime.fromtimestamp(1.0, UTC),
    )
    with store.writing():
        store.conversations.keep(Decision(conversation=wang, tickets=(ticket,)), 1.0)
        for number, title in enumerate(("../../发票.pdf", "截图 1.png")):
            data = f"文件{number}".encode()
            store.attachments.keep(of, vault.put(data), title, 2.0 + number)
        store.attachments.keep(of, "f" * 64, "丢了.pdf", 9.0)
    folder = tmp_path / "out"
    result = run("export", "f2222", str(folder))
    store.close()
    assert result.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "F2222-1-____发票.pdf",
        "F2222-2-截图_1.png",
    ]
    assert (folder / "F2222-1-____发票.pdf").read_bytes() == "文件0".encode()
    assert stat.S_IMODE((folder / "F2222-2-截图_1.png").stat().st_mode) == 0o600
    assert "F2222-3-丢了.pdf  " in result.output
    assert result.output.splitlines()[-1] == "3 files are kept of F2222"
    again = run("export", "F2222", str(folder))
    assert again.exit_code == 2
    assert "File exists" in again.output


def test_of_files_that_are_not_kept_it_is_said(ready: Set, tmp_path: Path) -> None:
    ready()
    Store.open(tmp_path / "fapiao-desk.db").close()
    result = run("export", "F2222", "out")
    assert (result.exit_code, result.output) == (
        2,
        "FAPIAO_FILES_KEYS  is empty, so no files are kept\n",
    )
