"""The commands for operators; those for authors are in `authoring`."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from bot import authoring
from bot.core.knowledge import Knowledge
from bot.load import Mistakes, folder, load
from bot.semantic import encoder
from bot.settings import BadSettings, Settings, read_settings
from bot.terminal import Faq, clearly, say, start_log

app = typer.Typer(
    help="A support desk on Telegram for invoices that do not show in the Beijing system.",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(authoring.app)


def _unready(settings: Settings, tiers: list[str] | None) -> Iterator[str]:
    """What going live needs and the settings do not have; None: the tiers could not be read."""
    if not settings.token.get_secret_value():
        yield "FAPIAO_TOKEN  is missing; @BotFather gives one"
    if tiers is None:
        return
    for tier in tiers:
        if tier not in settings.groups:
            yield f"FAPIAO_GROUPS  tier {tier!r} has no group; add {tier}:<chat id>"
    for tier in settings.groups:
        if tier not in tiers:
            yield f"FAPIAO_GROUPS  no tier {tier!r}; faq/tiers.toml has {', '.join(tiers)}"


def _prepare() -> tuple[Settings, Knowledge]:
    """Settings and knowledge; raises `BadSettings` with all that is wrong in both."""
    wrong: list[str] = []
    settings, knowledge = None, None
    try:
        settings = read_settings()
    except BadSettings as error:
        wrong.append(str(error))
        settings = error.rest
    try:
        meaning = encoder(settings.semantic if settings else False)
        knowledge = load((settings and settings.faq) or folder(), meaning)
    except Mistakes as error:
        wrong.append(str(error))
    if settings is not None:
        tiers = [tier.id for tier in knowledge.tiers.tiers] if knowledge else None
        named = {line.partition("  ")[0] for text in wrong for line in text.splitlines()}
        missing = _unready(settings, tiers)
        wrong.extend(line for line in missing if line.partition("  ")[0] not in named)
    if wrong or settings is None or knowledge is None:
        raise BadSettings("\n".join(wrong))
    return settings, knowledge


@app.command()
def run() -> None:
    """Go live: answer on Telegram until stopped, by the settings in the environment and .env."""
    with clearly():
        settings, knowledge = _prepare()
        token = settings.token.get_secret_value()
        secret = settings.webhook_secret.get_secret_value()
        start_log(settings.log_level, token, secret)
        asyncio.run(_live(settings, knowledge, token, secret))


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _live(settings: Settings, knowledge: Knowledge, token: str, secret: str) -> None:
    from bot.channels.telegram import Telegram
    from bot.live import live
    from bot.loops import Pace, poll, serve

    stop, channel, groups = _stop_signal(), Telegram(token, settings.api), settings.groups
    async with channel.connected() as username:
        fit = [line for tier, chat in groups.items() async for line in channel.unfit(tier, chat)]
        if fit:
            raise BadSettings("\n".join(f"FAPIAO_GROUPS  {line}" for line in fit))
        webhook = settings.webhook_url if settings.mode == "webhook" else None
        listening = serve(settings.webhook_listen, secret) if webhook else nullcontext(poll)
        with listening as receive:
            await channel.listen(webhook, secret)
            at = settings.database
            desk = live(channel, knowledge, at, groups, receive=receive, pace=Pace())
            async with desk as (_, running):
                logging.getLogger("bot").info("ready as @%s, %s", username, settings.mode)
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
        knowledge = load(faq or folder(), encoder(semantic))
        start_log("WARNING")
        with tempfile.TemporaryDirectory(prefix="fapiao-desk-") as place:
            database = Path(place) / "demo.db"
            raise typer.Exit(asyncio.run(_demo(knowledge, database, play, port)))


async def _demo(knowledge: Knowledge, database: Path, play: bool, port: int) -> int:
    from bot import demo

    if play:
        return await demo.play(knowledge, database, say)
    return await demo.serve(knowledge, database, port, say, _stop_signal())


@app.command()
def dead(
    retry: Annotated[
        int | None, typer.Option(help="Work on the row with this number again")
    ] = None,
) -> None:
    """The messages that could not be worked on: number and error, a line each."""
    from bot.store import Store

    with clearly():
        store = Store.open(read_settings().database, alone=False)
        if retry is not None:
            with store.writing():
                again = store.inbox.retry(retry)
            if not again:
                raise BadSettings(f"dead  no failed row has the number {retry}")
        for number, error in store.inbox.failed():
            say(f"{number}  {error}")
        store.close()


if __name__ == "__main__":
    sys.exit(app(prog_name="fapiao-desk"))
