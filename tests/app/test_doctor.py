"""What the doctor says of a desk that stands so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.doctor import (
    FREE,
    LATE,
    OFF,
    PENDING,
    RECENT,
    SLOW,
    WAL,
    Finding,
    on_clock,
    on_database,
    on_drawer,
    on_entries,
    on_moves,
    on_reader,
    on_roles,
    on_telegram,
    span,
)
from bot.channels.telegram.standing import Standing, Webhook
from bot.confined import ELSEWHERE
from bot.core.content.knowledge import Knowledge
from bot.store.health import Content, Health, Queue
from tests.addresses import GROUP, WANG

NOW = 1_000_000.0
EMPTY = Queue(0, None)
CONTENT = Content(
    version="failed",
    latest="failed",
    damage=(),
    inbox=EMPTY,
    outbox=EMPTY,
    timers=EMPTY,
    failed=0,
    stuck=(),
    undelivered=(),
    moves=(),
)
WELL = Health(
    running=True,
    size=4096,
    wal=0,
    free=2 * FREE,
    modes=((Path("desk.db"), 0o600),),
    content=CONTENT,
    unreadable="",
)
BOT = Standing(
    "desk_bot", Webhook("", 0, "", None), unfit=(), deaf=(), flat=(), loose=(), inline=True
)
HOOK = "https://desk.example/"


def database(**changed: Any) -> list[Finding]:
    running = changed.pop("running", True)
    content = replace(CONTENT, **changed)
    return list(on_database(replace(WELL, running=running, content=content), NOW))


def telegram(webhook: Webhook, wanted: str | None = None, *, running: bool = True) -> list[Finding]:
    return list(on_telegram(replace(BOT, webhook=webhook), wanted, running, NOW))


def test_messages_that_a_clock_set_back_holds_up_are_told() -> None:
    (finding,) = database(late=3)
    assert str(finding).startswith("clock  3 messages are due later than any rule sets")


def test_who_is_not_erased_to_the_end_is_told_where_no_desk_goes_on_with_it() -> None:
    told = "note: database  2 conversations are not erased to the end; run goes on with them"
    assert told in map(str, database(erasing=2, running=False))
    assert database(erasing=2) == []


def test_what_the_database_lacks_is_told_with_the_ways_on() -> None:
    (finding,) = on_database(replace(WELL, lost=7), NOW)
    assert "lacks the last 7 commits" in finding.text
    assert "restore" in finding.text
    assert "--accept-loss" in finding.text


def test_of_a_desk_that_is_well_there_is_nothing_to_say() -> None:
    assert list(on_database(WELL, NOW)) == []
    assert list(on_telegram(BOT, None, True, NOW)) == []
    assert list(on_clock(NOW, NOW)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"modes": ((Path("desk.db"), 0o644),)}, "files  desk.db has mode 644; chmod 600 desk.db"),
        ({"free": FREE - 1}, "disk  499 MB are free beside the database; 500 MB would"),
        ({"size": 3 * FREE}, "disk  1000 MB are free beside the database; 1500 MB would"),
        ({"wal": WAL + 1}, "database  its -wal file has 256 MB; end what reads"),
        ({"content": None, "unreadable": "desk.db: torn"}, "database  desk.db: torn; fapiao-desk"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_told(changed: dict[str, Any], said: str) -> None:
    health = replace(WELL, **changed)
    (finding,) = on_database(health, NOW)
    assert str(finding).startswith(said)
    assert not finding.note


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"damage": ("row 1 missing",)}, "database  is damaged: row 1 missing; fapiao-desk"),
        ({"inbox": Queue(3, NOW - 180)}, "inbox  3 events wait, the oldest for 3 min; it should"),
        ({"outbox": Queue(9, NOW - 7200)}, "outbox  9 messages wait, the oldest for 2 h; it"),
        ({"timers": Queue(1, NOW - 600)}, "timers  1 timers wait, the oldest for 10 min; it"),
        ({"failed": 2}, "inbox  2 could not be worked on; fapiao-desk dead lists them"),
        ({"stuck": ((7, 5, "Bad Gateway"),)}, "outbox  order 7 was tried 5 times: Bad Gateway"),
        ({"undelivered": (("refused: no", 4),)}, "outbox  4 not delivered in the last day: refu"),
    ],
)
def test_what_is_wrong_in_the_tables_is_told(changed: dict[str, Any], said: str) -> None:
    (finding,) = database(**changed)
    assert str(finding).startswith(said)
    assert not finding.note


def test_what_waits_for_less_than_it_may_is_not_told() -> None:
    assert database(inbox=Queue(50, NOW - LATE), outbox=Queue(50, NOW - SLOW)) == []


def test_a_desk_that_is_not_running_has_notes_alone() -> None:
    found = database(running=False, inbox=Queue(3, NOW - 9e6), version="first")
    assert [str(each) for each in found] == [
        "note: desk  is not running; fapiao-desk run starts it",
        "note: database  is of an older desk; run brings it up to date",
        "note: inbox  3 events wait, the oldest for 104 d",
    ]
    (_, nothing) = on_database(replace(WELL, running=False, content=None), NOW)
    assert nothing.note


def test_a_person_who_blocked_the_bot_is_no_fault_of_the_desk() -> None:
    (finding,) = database(undelivered=(("blocked: bot was blocked by the user", 1),))
    assert finding.note


def test_groups_in_which_the_bot_cannot_work_are_told() -> None:
    standing = replace(
        BOT, unfit=("a:-1 cannot be used",), deaf=("b",), flat=("c",), loose=("d",), inline=False
    )
    unfit, deaf, flat, loose, inline = on_telegram(standing, None, True, NOW)
    assert str(unfit) == "FAPIAO_GROUPS  a:-1 cannot be used"
    assert str(deaf).startswith("privacy  the bot does not hear agents in the group of 'b'; make")
    assert str(flat).startswith("note: topics  are off in the group of 'c'")
    assert str(loose).startswith("note: pins  the bot may not pin messages in the group of 'd'")
    assert str(inline).startswith("note: inline  mode is off")
    assert "/setinline" in inline.text


def test_who_is_told_what_is_for_a_role_without_a_chat_is_a_note() -> None:
    every = ("operators", "coordinator", "faq-keeper")
    (alone,) = on_roles({}, every, "frontline")
    assert str(alone) == (
        "note: FAPIAO_ROLES  operators, coordinator, faq-keeper have no chat;"
        " what is for them goes to the group of 'frontline'"
    )
    (some,) = on_roles({"operators": GROUP, "coordinator": WANG}, every, "frontline")
    assert str(some).endswith("faq-keeper have no chat; what is for them goes to the operators")
    assert list(on_roles(dict.fromkeys(every, GROUP), every, "frontline")) == []


def test_a_group_that_has_another_address_by_now_is_told_with_it() -> None:
    chats, moves = {"a": "telegram:-5", "b": "telegram:-6"}, {"telegram:-5": "telegram:-1005"}
    (finding,) = on_moves("FAPIAO_GROUPS", chats, moves)
    assert str(finding) == "FAPIAO_GROUPS  a:telegram:-5 goes on as telegram:-1005; set that"


def test_an_answer_that_has_passed_its_end_is_told(knowledge: Knowledge) -> None:
    last = date(2026, 12, 15)
    entry = replace(next(iter(knowledge.entries.values())), id="dated", valid_until=last)
    endless = replace(entry, valid_until=None)
    assert list(on_entries([entry, endless], last)) == []
    (finding,) = on_entries([entry, endless], last + timedelta(days=1))
    assert str(finding) == "faq  dated held until 2026-12-15; have its author mend it"


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        (
            {"limits": "", "user": "", "landlock": "", "seccomp": ""},
            "note: reader  is confined by limits, user, landlock, seccomp",
        ),
        (
            {"limits": "", "landlock": "[Errno 38] none", "seccomp": ""},
            "note: reader  is confined by limits, seccomp, not by landlock ([Errno 38] none)",
        ),
        (
            {"limits": "", "landlock": "[Errno 38] none", "seccomp": "[Errno 1] no"},
            "reader  is confined by limits, not by landlock ([Errno 38] none), seccomp ([Errno 1]"
            " no); a kernel with CONFIG_SECCOMP_FILTER on x86_64 or aarch64 has seccomp, and a"
            " container should not forbid it",
        ),
        (
            {"limits": "", "seccomp": ELSEWHERE},
            "note: reader  is confined by limits, not by seccomp (only Linux has it)",
        ),
    ],
)
def test_what_confines_a_reader_is_told_and_wrong_where_that_is_little(
    layers: dict[str, str], said: str
) -> None:
    (finding,) = on_reader(layers)
    assert str(finding) == said


def test_a_webhook_that_is_set_while_polling_is_told() -> None:
    (finding,) = telegram(Webhook(HOOK, 0, "", None), None)
    assert str(finding) == f"webhook  is set to {HOOK}, so polling gets nothing; run removes it"


@pytest.mark.parametrize("running", [True, False])
def test_a_webhook_of_another_address_is_wrong_once_the_desk_runs(running: bool) -> None:
    for found in ("", "https://old.example/"):
        (finding,) = telegram(Webhook(found, 0, "", None), HOOK, running=running)
        assert finding.text.startswith(f"is {found or 'not set'}, should be {HOOK};")
        assert finding.note is not running


def test_a_failure_of_the_webhook_is_told_while_it_is_news() -> None:
    (finding,) = telegram(Webhook(HOOK, 0, "Connection refused", NOW - 300), HOOK)
    assert str(finding).startswith("webhook  Telegram's last call failed 5 min ago: Connection")
    assert telegram(Webhook(HOOK, 0, "Connection refused", NOW - RECENT), HOOK) == []


def test_updates_that_the_desk_does_not_take_are_told() -> None:
    assert telegram(Webhook("", PENDING, "", None)) == []
    (many,) = telegram(Webhook("", PENDING + 1, "", None))
    assert str(many) == f"telegram  holds {PENDING + 1} updates for the desk"
    (some,) = telegram(Webhook("", 1, "", None), running=False)
    assert some.note


def test_a_clock_that_is_off_is_told_with_its_way() -> None:
    (slow,) = on_clock(NOW + 90, NOW)
    assert str(slow) == "clock  this machine's is 90 s slow; have it set by NTP"
    (fast,) = on_clock(NOW - 600, NOW)
    assert "10 min fast" in str(fast)
    assert list(on_clock(NOW + OFF, NOW)) == []
    assert list(on_clock(None, NOW)) == []


def test_a_span_is_told_in_the_largest_unit_that_fits() -> None:
    told = [span(seconds) for seconds in (0, 119, 120, 7199, 7200, 172799, 172800)]
    assert told == ["0 s", "119 s", "2 min", "120 min", "2 h", "48 h", "2 d"]


def test_what_there_is_to_draw_with_is_told_only_where_it_is_missing() -> None:
    (found,) = on_drawer("no font has Chinese letters; on Debian: apt install fonts-noto-cjk")
    assert str(found) == (
        "note: charts  are not drawn, their texts go alone: no font has Chinese letters; on Debian:"
        " apt install fonts-noto-cjk"
    )
    assert not [*on_drawer("")]
