"""The commands for operators beside run: what is wrong, backups, what failed."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.settings import BadSettings, Settings, read_settings
from bot.cli.database import database_path, existing, opened
from bot.cli.output import clearly, say, start_log, today
from bot.core.content.mistake import reason
from bot.core.text.clock import BEIJING
from bot.store.file import unusable

if TYPE_CHECKING:
    from bot.app.doctor import Finding
    from bot.core.content.knowledge import Knowledge
    from bot.store.backup import Copied

ENV = Path(".env")
LAST = 2**63 - 1  # the highest number of a row: sqlite.org/autoinc.html

app = typer.Typer()


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there")] = False,
) -> None:
    """Copy the database into a file, also while the desk runs, and read the copy through."""
    from bot.store import backup as copying

    with clearly():
        made = copying.backup(_of_a_desk(existing(database_path())), file, replace=force)
    say(_told(made))


@app.command()
def key() -> None:
    """Make a key for FAPIAO_FILES_KEYS, under which the files are kept that people send."""
    from bot.app.vault import new_key

    say(new_key())


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that backup made")]) -> None:
    """Put a backup in the place of the database, which is kept beside it; no desk may run."""
    from bot.store import backup as copying

    with clearly():
        database = database_path()
        if not file.is_file():
            raise BadSettings(f"{file}  No such file; name one that fapiao-desk backup made")
        if not database.parent.is_dir():
            raise BadSettings(f"FAPIAO_DATABASE  {database}: there is no folder {database.parent}")
        stamp = datetime.now(BEIJING).strftime("replaced-%Y%m%d-%H%M%S")
        made, kept = copying.restore(database, _of_a_desk(file), stamp)
    say(_told(made))
    if kept:
        say(f"{kept}: what was there before")


def _told(copied: Copied) -> str:
    last = "nothing has happened yet"
    if copied.last is not None:
        at = datetime.fromtimestamp(copied.last, BEIJING)
        last = f"up to {at:%Y-%m-%d %H:%M:%S} (Beijing)"
    return f"{copied.path}: whole, schema {copied.version!r}, {copied.tickets} tickets, {last}"


def _of_a_desk(file: Path) -> Path:
    """A file that can be copied, looked at before the copy has a name of its own."""
    if not file.stat().st_size:
        raise BadSettings(f"{file}: it is empty")
    if why := unusable(file):
        raise BadSettings(why)
    return file


@app.command()
def dead(
    retry: Annotated[
        int | None, typer.Option(help="Work on the row with this number again")
    ] = None,
) -> None:
    """The messages that could not be worked on: number and error, a line each."""
    with clearly(), opened() as store:
        if retry is not None:
            with store.writing():
                again = 0 < retry <= LAST and store.inbox.retry(retry)
            if not again:
                raise BadSettings(f"dead  no failed row has the number {retry}")
        for number, error in store.inbox.failed():
            say(f"{number}  {error}")


@app.command()
def export(
    ticket: Annotated[str, typer.Argument(help="The number of a ticket, such as F223C")],
    folder: Annotated[Path, typer.Argument(help="Where they go; made if missing")],
) -> None:
    """Copy the files that are kept of a ticket out of the vault, also while the desk runs."""
    from bot.app.startup import vault
    from bot.app.vault import Unreadable

    with clearly():
        kept = vault(read_settings())
        if kept is None:
            raise BadSettings("FAPIAO_FILES_KEYS  is empty, so no files are kept")
        with opened() as store:
            owner = store.tickets.conversation_of(ticket.upper())
            found = store.attachments.of_ticket(owner, ticket.upper(), LAST) if owner else ()
        for number, file in enumerate(found, 1):
            path = folder / f"{ticket.upper()}-{number}-{_safe(file.title)}"
            try:
                _write_new(path, kept.get(file.name))
            except (FileNotFoundError, Unreadable) as error:
                say(f"{path.name}  {error}")
            else:
                say(str(path))
        say(f"{len(found) or 'no'} files are kept of {ticket.upper()}")


def _safe(name: str) -> str:
    """A name that is only a name: people choose what their files are called."""
    letters = (c if c.isalnum() or c in "._-" else "_" for c in name.replace("..", "_"))
    return "".join(letters)[-100:].lstrip(".") or "file"


def _write_new(path: Path, data: bytes) -> None:
    """For the owner alone, and never over another. Raises `OSError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(number, "wb") as file:
        file.write(data)


@app.command()
def doctor(
    account: Annotated[
        bool,
        typer.Option("--account", help="Tell instead what became of all updates and messages"),
    ] = False,
) -> None:
    """Tell what is wrong with the desk, running or not: a line each; ends with 1 if anything is.

    Notes are lines that need no mending.
    """
    from bot.app import doctor as judge
    from bot.app.startup import survey

    if account:
        return _account()
    found = survey()
    for line in found.wrong:
        say(line)
    findings = [*judge.on_knowledge(found.knowledge)]
    findings += _findings(found.settings) if found.settings else []
    if found.settings and found.knowledge:
        findings += _roles(found.settings, found.knowledge)
    if found.knowledge:
        findings += _dated(found.knowledge)
    for finding in findings:
        say(str(finding))
    count = len(found.wrong) + sum(not finding.note for finding in findings)
    say(f"{count or 'nothing'} to mend")
    if count:
        raise typer.Exit(1)
    return None


def _account() -> None:
    """What became of everything; the last line is JSON. Ends with 1 unless all is well."""
    from bot.app import doctor as judge
    from bot.store.account import account

    with clearly():
        counted = account(existing(database_path()))
    if counted is None:
        return say("the database is empty")
    for line in judge.account_lines(counted):
        say(line)
    say(json.dumps(counted.json()))
    if not counted.is_settled:
        raise typer.Exit(1)
    return None


def _findings(settings: Settings) -> Iterator[Finding]:
    from bot.app import doctor as judge
    from bot.store.account import account
    from bot.store.health import health

    if ENV.exists():
        yield from judge.on_modes([(ENV, stat.S_IMODE(ENV.stat().st_mode))])
    yield from asyncio.run(_reader())
    yield from asyncio.run(_drawer())
    running, now, moves = False, time.time(), dict[str, str]()
    try:
        found = health(settings.database, now, now - judge.DAY)
        running = found.running
        yield from judge.on_database(found, now)
        moves = dict(found.content.moves) if found.content else moves
        if found.content and found.content.version == found.content.latest:
            yield from judge.on_account(account(settings.database))
        yield from judge.on_moves("FAPIAO_GROUPS", settings.groups, moves)
        yield from judge.on_moves("FAPIAO_ROLES", settings.roles, moves)
    except OSError as error:
        yield judge.Finding("FAPIAO_DATABASE", reason(error))
    if settings.token.get_secret_value():
        groups = {tier: moves.get(chat, chat) for tier, chat in settings.groups.items()}
        yield from asyncio.run(_telegram(settings, groups, running))


def _roles(settings: Settings, knowledge: Knowledge) -> Iterator[Finding]:
    from bot.app import doctor as judge
    from bot.core.model import roles

    tiers = [tier.id for tier in knowledge.tiers.tiers]
    yield from judge.on_roles(settings.roles, roles.every(tiers), tiers[0])


def _dated(knowledge: Knowledge) -> Iterator[Finding]:
    from bot.app import doctor as judge

    day = today()
    yield from judge.on_entries(knowledge.entries.values(), day)
    yield from judge.on_calendar(knowledge.calendar, day)


async def _reader() -> list[Finding]:
    """What confines a reader that is started here, or why none starts."""
    from bot.app import doctor as judge
    from bot.confined.process import NoProcess
    from bot.intake.workers import Workers

    try:
        return list(judge.on_reader(await Workers().layers()))
    except NoProcess as error:
        return [judge.Finding("reader", f"no process reads files: {error}")]


async def _drawer() -> list[Finding]:
    """What whoever draws charts lacks here."""
    from bot.app import doctor as judge
    from bot.charts.drawer import Drawer
    from bot.confined.process import NoProcess

    drawer, reason = Drawer(), ""
    try:
        await drawer.layers()
    except NoProcess as error:
        reason = str(error)
    finally:
        await drawer.close()
    return list(judge.on_drawer(reason))


async def _telegram(settings: Settings, groups: Mapping[str, str], running: bool) -> list[Finding]:
    """What Telegram shows, or the one line that it shows nothing."""
    from bot.app import doctor as judge
    from bot.channels import Later, Refused
    from bot.channels.telegram.standing import clock, standing

    token, secret = settings.token.get_secret_value(), settings.webhook_secret.get_secret_value()
    start_log("ERROR", token, secret)
    theirs = await clock(settings.api)
    found = list(judge.on_clock(theirs, time.time()))
    try:
        bot = await standing(token, settings.api, groups)
    except (Refused, Later) as error:
        right = "@BotFather tells the token" if theirs else "FAPIAO_API should answer"
        return [*found, judge.Finding("telegram", f"{error}; {right}")]
    webhook = settings.webhook_url if settings.mode == "webhook" else None
    return [*found, *judge.on_telegram(bot, webhook, running, time.time())]
