"""The commands that start a desk; the others are in `bot.cli`."""

from __future__ import annotations

import gc

gc.disable()  # whatever is imported stays, so nobody looks for garbage in it

import asyncio
import logging
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bot.app.encoder import encoder
from bot.app.load import folder, read, with_matcher
from bot.app.settings import BadSettings, Settings
from bot.app.startup import built_at, prepare, vault
from bot.cli import author, operator, people, service, surge
from bot.cli.output import App, Faq, clearly, say, start_log
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import reason
from bot.matching.meaning import Encoder

gc.enable()

LEAVES = 9.5
log = logging.getLogger("bot")

app = App(no_args_is_help=True, add_completion=False)
app.add_typer(operator.app)
app.add_typer(people.app)
app.add_typer(service.app)
app.add_typer(author.app)
app.add_typer(surge.app)


def _version(asked: bool) -> None:
    if asked:
        say(f"fapiao-desk {version('fapiao-desk')}")
        raise typer.Exit


@app.callback()
def main(
    asked: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Tell the version")
    ] = False,
) -> None:
    """A support desk on Telegram for invoices that do not show in the Beijing system."""


@app.command()
def run(
    accept_loss: Annotated[
        bool,
        typer.Option("--accept-loss", help="Begin although the database lacks what it once had"),
    ] = False,
) -> None:
    """Go live: answer on Telegram until stopped, by the settings in the environment and .env."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # nothing has begun that is to be finished
    with clearly():
        with _loading():
            settings, ready = prepare()
            import_module("bot.app.wiring")  # while another process may build what is waited for
            import_module("bot.channels.telegram")
            knowledge = ready()
        token = settings.token.get_secret_value()
        secret = settings.webhook_secret.get_secret_value()
        keys = settings.files_keys.get_secret_value()
        start_log(settings.log_level, token, secret, *keys.split(","))
        log.info("fapiao-desk %s starts: %s", version("fapiao-desk"), _summary(settings, knowledge))
        asyncio.run(_live(settings, knowledge, token, secret, accept_loss))
        log.info("stopped")


def _summary(settings: Settings, knowledge: Knowledge) -> str:
    """What an operator wants to see first of a desk that starts."""
    groups = ",".join(f"{tier}:{chat}" for tier, chat in settings.groups.items())
    where = f"{settings.api} by {settings.mode}"
    database = settings.database.absolute()
    return f"{where}, groups {groups}, database {database}, FAQ version {knowledge.version}"


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded here stays: nobody looks for garbage in it, now or while the desk answers."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _stop_signal() -> asyncio.Event:
    """Set when this process is asked to leave, which it has done `LEAVES` seconds later.

    A thread may hang where nothing can end it, such as one that asks a name server. What is not
    finished then is on the disk and goes on at the next start.
    """
    stop = asyncio.Event()

    def leave() -> None:
        if not stop.is_set():
            log.info("asked to stop, finishing what is here")
            stop.set()
            signal.setitimer(signal.ITIMER_REAL, LEAVES)

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, leave)
    return stop


async def _live(
    settings: Settings, knowledge: Knowledge, token: str, secret: str, accept_loss: bool
) -> None:
    """Until stopped; a start that still waits for Telegram is given up then."""
    stop, ready = _stop_signal(), asyncio.Event()
    serving = asyncio.create_task(
        _serve(settings, knowledge, token, secret, accept_loss, stop, ready)
    )
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not ready.is_set():
        serving.cancel()
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


async def _serve(
    settings: Settings,
    knowledge: Knowledge,
    token: str,
    secret: str,
    accept_loss: bool,
    stop: asyncio.Event,
    ready: asyncio.Event,
) -> None:
    from bot.app.renewing import Source, renewed
    from bot.app.wiring import answered, live, reached
    from bot.channels.telegram import Telegram
    from bot.loops import Pace, poll, serve

    channel, groups, files = Telegram(token, settings.api), settings.groups, vault(settings)

    async def unfit() -> list[str]:
        chats = {("FAPIAO_GROUPS", tier): chat for tier, chat in groups.items()}
        chats |= {("FAPIAO_ROLES", role): chat for role, chat in settings.roles.items()}
        return [
            f"{setting}  {line}"
            for (setting, name), chat in chats.items()
            async for line in channel.unfit(name, chat)
        ]

    async with reached(channel) as username:
        if wrong := await answered(channel.api, unfit):
            raise BadSettings("\n".join(wrong))
        webhook = settings.webhook_url if settings.mode == "webhook" else None
        with ExitStack() as stack:
            about = (settings.webhook_listen, channel.name, secret)
            listening = serve(*about) if webhook else nullcontext(poll)
            try:
                receive = stack.enter_context(listening)
            except OSError as error:
                where = settings.webhook_listen
                raise BadSettings(f"FAPIAO_WEBHOOK_LISTEN  {where}: {reason(error)}") from None
            await answered(channel.api, lambda: channel.listen(webhook, secret))
            root, meaning = settings.faq or folder(), encoder(settings.semantic)
            source = Source(root, built_at(settings), groups, settings.roles, meaning)
            desk = live(
                [channel], knowledge, settings.database, groups,
                receive=receive, pace=Pace(), vault=files, accept_loss=accept_loss,
                roles=settings.roles,
            )  # fmt: skip
            async with desk as (each, running), renewed(each, source):
                ready.set()
                log.info("ready as @%s, %s", username, settings.mode)
                stopping = asyncio.create_task(stop.wait())
                await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()


@app.command()
def demo(
    play: Annotated[bool, typer.Option(help="Play one whole story and exit")] = False,
    port: Annotated[int, typer.Option(help="Where the chat page is served; 0: any")] = 8088,
    faq: Faq = None,
    semantic: Annotated[
        bool, typer.Option("--semantic", help="With the sentence encoder, which takes seconds")
    ] = False,
) -> None:
    """Try the desk on a Telegram of its own, in the browser: no token, no network."""
    with clearly():
        if not 0 <= port < 65536:
            raise BadSettings(f"--port {port}  is no port; give 1 to 65535, or 0 for any")
        root, meaning = faq or folder(), encoder(semantic)
        knowledge = with_matcher(read(root), meaning)
        start_log("WARNING")
        with tempfile.TemporaryDirectory(prefix="fapiao-desk-") as place:
            database = Path(place) / "demo.db"
            if play:
                raise typer.Exit(asyncio.run(_play(knowledge, database)))
            raise typer.Exit(asyncio.run(_demo(knowledge, database, port, root, meaning)))


async def _play(knowledge: Knowledge, database: Path) -> int:
    from bot.app import demo

    return await demo.play(knowledge, database, say)


async def _demo(
    knowledge: Knowledge, database: Path, port: int, root: Path, meaning: Encoder | None
) -> int:
    from bot.app import demo
    from bot.app.renewing import Source

    groups = demo.groups_of(knowledge)
    source = Source(root, database.with_suffix(".index"), groups, {}, meaning)
    return await demo.serve(knowledge, database, port, say, _stop_signal(), source)


if __name__ == "__main__":
    sys.exit(app(prog_name="fapiao-desk"))
