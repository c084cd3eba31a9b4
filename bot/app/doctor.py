"""What is wrong with a desk, and what would be right: facts to lines, without asking anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from bot.channels.telegram.standing import Standing, Webhook
from bot.confined import ELSEWHERE, Layers
from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Entry, Knowledge
from bot.core.model.roles import OPERATORS
from bot.store.account import Account
from bot.store.health import Content, Health, Queue

DAY = 86400.0
LATE = 60.0  # seconds that an event may wait in the inbox
SLOW = 300.0  # the same for an order, which Telegram's limits may hold back, and for a timer
PENDING = 100  # updates that Telegram may hold: as many as one getUpdates gives
RECENT = 3600.0  # seconds for which a failure of the webhook is news
OFF = 30.0  # seconds by which clocks may differ
MEGABYTE = 1 << 20
FREE = 500 * MEGABYTE
WAL = 256 * MEGABYTE
OTHERS = 0o077  # permission bits of everybody but the owner
# Why a message came not to its goal, where nothing is wrong with the desk: the person blocked it,
# or deleted what was answered. Each is shown in the ticket's topic.
EXPECTED = ("blocked", "no_message")
UNTOLD = "{count} failed and nobody was told; fapiao-desk dead and the log say which"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line for the operator: what it is about, and what is so. A note needs no mending."""

    about: str
    text: str
    note: bool = False

    def __str__(self) -> str:
        return f"{'note: ' if self.note else ''}{self.about}  {self.text}"


def on_knowledge(knowledge: Knowledge | None) -> Iterator[Finding]:
    """Which FAQ it is by which a desk would decide."""
    if knowledge is not None:
        yield Finding("faq", f"is version {knowledge.version}", note=True)


def on_account(account: Account | None) -> Iterator[Finding]:
    """What is missing, and what failed in silence."""
    if account is None:
        return
    if not (account.updates.is_balanced and account.orders.is_balanced):
        yield Finding(
            "account", "something is missing; fapiao-desk doctor --account tells the sums"
        )
    if account.untold:
        yield Finding("account", UNTOLD.format(count=account.untold))


def account_lines(account: Account) -> Iterator[str]:
    """What became of everything, for people."""
    updates, orders = asdict(account.updates), asdict(account.orders)
    for name, sums in (("received", updates), ("ordered", orders)):
        whole = sums.pop(name)
        parts = ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in sums.items())
        missing = whole - sum(sums.values())
        yield f"{whole} {name}: {parts}" + (
            f"; {missing:+d} that nobody knows of" if missing else ""
        )
    if account.untold:
        yield UNTOLD.format(count=account.untold)


def on_database(health: Health, now: float) -> Iterator[Finding]:
    """What the file and its tables show."""
    if not health.running:
        yield Finding("desk", "is not running; fapiao-desk run starts it", note=True)
    yield from on_modes(health.modes)
    need = max(FREE, health.size)
    if health.free < need:
        yield Finding(
            "disk",
            f"{health.free // MEGABYTE} MB are free beside the database; {need // MEGABYTE} MB"
            " would leave room for it to grow and be copied",
        )
    if health.wal > WAL:
        yield Finding(
            "database",
            f"its -wal file has {health.wal // MEGABYTE} MB; end what reads the database for so"
            " long, or start the desk again",
        )
    if health.lost:
        yield Finding(
            "database",
            f"lacks the last {health.lost} commits of this desk; put its -wal file back, or"
            " fapiao-desk restore a backup; fapiao-desk run --accept-loss goes on without them",
        )
    if health.unreadable:
        yield Finding("database", f"{health.unreadable}; fapiao-desk restore puts a backup back")
    elif health.content is None:
        yield Finding("database", "is empty or not there yet; the first run makes it", note=True)
    else:
        yield from _on_content(health.content, health.running, now)


def _on_content(content: Content, running: bool, now: float) -> Iterator[Finding]:
    for line in content.damage:
        yield Finding("database", f"is damaged: {line}; fapiao-desk restore puts a backup back")
    if content.version != content.latest:
        yield Finding("database", "is of an older desk; run brings it up to date", note=True)
    yield from _on_queue("inbox", "events", content.inbox, LATE, running, now)
    yield from _on_queue("outbox", "messages", content.outbox, SLOW, running, now)
    yield from _on_queue("timers", "timers", content.timers, SLOW, running, now)
    if content.erasing and not running:
        text = f"{content.erasing} conversations are not erased to the end; run goes on with them"
        yield Finding("database", text, note=True)
    if content.failed:
        yield Finding(
            "inbox",
            f"{content.failed} could not be worked on; fapiao-desk dead lists them, and works on"
            " one again with --retry N",
        )
    if content.late:
        yield Finding(
            "clock",
            f"{content.late} messages are due later than any rule sets; it was set back: have it"
            " set by NTP",
        )
    for number, attempts, error in content.stuck:
        yield Finding("outbox", f"order {number} was tried {attempts} times: {error}")
    for error, count in content.undelivered:
        expected = error.partition(":")[0] in EXPECTED
        yield Finding("outbox", f"{count} not delivered in the last day: {error}", note=expected)


def _on_queue(
    about: str, what: str, queue: Queue, patience: float, running: bool, now: float
) -> Iterator[Finding]:
    age = 0.0 if queue.oldest is None else max(now - queue.oldest, 0.0)
    text = f"{queue.waiting} {what} wait, the oldest for {span(age)}"
    if running and age > patience:
        yield Finding(about, f"{text}; it should be under {span(patience)}, see the desk's log")
    elif queue.waiting and not running:
        yield Finding(about, text, note=True)


def on_modes(modes: Iterable[tuple[Path, int]]) -> Iterator[Finding]:
    """Files that others than their owner may open."""
    for path, mode in modes:
        if mode & OTHERS:
            yield Finding("files", f"{path} has mode {mode:o}; chmod 600 {path}")


def on_reader(layers: Layers) -> Iterator[Finding]:
    """What keeps whoever takes over a reader from the rest of this machine."""
    holds = [name for name, reason in layers.items() if not reason]
    lacks = [f"{name} ({reason})" for name, reason in layers.items() if reason]
    text = f"is confined by {', '.join(holds)}{', not by ' * bool(lacks)}{', '.join(lacks)}"
    note = layers["seccomp"] in ("", ELSEWHERE)
    if not note:
        text += (
            "; a kernel with CONFIG_SECCOMP_FILTER on x86_64 or aarch64 has seccomp, and a"
            " container should not forbid it"
        )
    yield Finding("reader", text, note)


def on_drawer(reason: str) -> Iterator[Finding]:
    """Why no charts are drawn, so that what is said with them goes alone; "" where they are."""
    if reason:
        yield Finding("charts", f"are not drawn, their texts go alone: {reason}", note=True)


def on_moves(setting: str, chats: Mapping[str, str], moves: Mapping[str, str]) -> Iterator[Finding]:
    """Groups that are set by an id that they had; `moves` is the new id by the old one."""
    for name, chat in chats.items():
        if chat in moves:
            yield Finding(setting, f"{name}:{chat} goes on as {moves[chat]}; set that")


def on_roles(roles: Mapping[str, str], every: Iterable[str], lowest: str) -> Iterator[Finding]:
    """Roles that have no chat of their own: who is told what is for them."""
    missing = ", ".join(role for role in every if role not in roles)
    if not missing:
        return
    instead = "the operators" if OPERATORS in roles else f"the group of {lowest!r}"
    text = f"{missing} have no chat; what is for them goes to {instead}"
    yield Finding("FAPIAO_ROLES", text, note=True)


def on_entries(entries: Iterable[Entry], today: date) -> Iterator[Finding]:
    """Answers that name a day which has passed."""
    for entry in entries:
        if entry.expired(today):
            text = f"{entry.id} held until {entry.valid_until}; have its author mend it"
            yield Finding("faq", text)


def on_calendar(calendar: Calendar, today: date) -> Iterator[Finding]:
    """The year whose holidays and tax deadlines nobody wrote down: a note until they must be."""
    year = calendar.missing(today)
    if year is not None:
        text = f"calendar.toml has no {year}; have its author add it from the notices of that year"
        yield Finding("faq", text, note=calendar.overdue(today) is None)


def on_telegram(
    standing: Standing, webhook: str | None, running: bool, now: float
) -> Iterator[Finding]:
    """What the bot's place at Telegram shows; `webhook` is the address it should have."""
    for line in standing.unfit:
        yield Finding("FAPIAO_GROUPS", line)
    for tier in standing.deaf:
        yield Finding(
            "privacy",
            f"the bot does not hear agents in the group of {tier!r}; make it an admin there, or"
            " say /setprivacy, Disable to @BotFather and add it to the group anew",
        )
    for tier in standing.flat:
        yield Finding(
            "topics",
            f"are off in the group of {tier!r}; with them each ticket has a room of its own",
            note=True,
        )
    for tier in standing.loose:
        yield Finding(
            "pins",
            f"the bot may not pin messages in the group of {tier!r}, so no card stays in sight in"
            " its topic; give it the right to",
            note=True,
        )
    if not standing.inline:
        yield Finding(
            "inline",
            "mode is off, so agents cannot look up the FAQ while they write; say /setinline to"
            " @BotFather, choose the bot and give it a hint",
            note=True,
        )
    yield from _on_webhook(standing.webhook, webhook, running, now)


def _on_webhook(found: Webhook, wanted: str | None, running: bool, now: float) -> Iterator[Finding]:
    if wanted is None and found.url:
        yield Finding("webhook", f"is set to {found.url}, so polling gets nothing; run removes it")
    elif wanted is not None and found.url != wanted:
        text = f"is {found.url or 'not set'}, should be {wanted}; fapiao-desk run sets it"
        yield Finding("webhook", text, note=not running)
    elif found.error_at is not None and now - found.error_at < RECENT:
        ago = span(max(now - found.error_at, 0.0))
        yield Finding(
            "webhook",
            f"Telegram's last call failed {ago} ago: {found.error}; the reverse proxy should pass"
            " it to FAPIAO_WEBHOOK_LISTEN",
        )
    if found.pending > PENDING or (found.pending and not running):
        text = f"holds {found.pending} updates for the desk"
        yield Finding("telegram", text, note=not running)


def on_clock(theirs: float | None, ours: float) -> Iterator[Finding]:
    """How the clock of this machine stands against Telegram's."""
    if theirs is not None and abs(theirs - ours) > OFF:
        way = "slow" if theirs > ours else "fast"
        off = span(abs(theirs - ours))
        yield Finding("clock", f"this machine's is {off} {way}; have it set by NTP")


def span(seconds: float) -> str:
    """So long, in the largest unit that fits: 45 s, 12 min, 3 h, 5 d."""
    units = ((DAY, "d"), (3600.0, "h"), (60.0, "min"))
    size, name = next((unit for unit in units if seconds >= 2 * unit[0]), (1.0, "s"))
    return f"{seconds / size:.0f} {name}"
