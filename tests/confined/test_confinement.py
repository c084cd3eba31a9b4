"""What a reader that was taken over can do: nothing, by acts that any other process could do."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from struct import iter_unpack

import pytest

from bot.confined import NOBODY, Layers, seccomp
from bot.confined.framing import LENGTH, frame
from tests.confined.acts import ACTS, DONE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its layers are of Linux")

ROOT = Path(__file__).parents[2]
USER = 1234
USERS = (0, USER) if os.geteuid() == 0 else (os.geteuid(),)
"""A desk may run as root, as it does in many a container, or as it should."""
WITHOUT = [
    *((user, "landlock") for user in USERS),
    *((0, each) for each in ("user", "kill") if 0 in USERS),  # what keeps root from being nobody
]
Came = dict[str, str]


def start(user: int, lacking: str, *what: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.confined.lesser", str(user), lacking, *what]
    return subprocess.Popen(command, stdin=-1, stdout=-1, cwd=ROOT)


@contextmanager
def targets(user: int) -> Iterator[tuple[Path, int]]:
    """A folder for each act that belongs to whoever tries, and a process that is the desk's."""
    folder = Path(tempfile.mkdtemp(prefix="fapiao-desk-acts-"))
    owner = user or NOBODY
    for name in ACTS:
        (folder / name / "empty").mkdir(parents=True)
        (folder / name / "kept").write_text("a ticket")
        (folder / name / "other").write_text("another")
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner, owner)
    as_user = {"user": user, "group": user, "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/bin/sleep", "60"], **as_user) as desk:  # type: ignore[call-overload]
        try:
            yield folder, desk.pid
        finally:
            desk.kill()
            shutil.rmtree(folder)


@cache
def confined(user: int, lacking: str = "") -> tuple[Layers, Came]:
    """The layers that hold for a worker of this user, and what came of each act in it."""
    with targets(user) as (folder, pid), start(user, lacking, "worker") as worker:
        order = frame(b"x.pdf") + frame(json.dumps([str(folder), pid]).encode())
        told, _ = worker.communicate(order, timeout=20)
    layers, rest = _unframed(told)
    if not rest:  # it became another program
        return json.loads(layers), {}
    extract, _ = _unframed(rest)
    return json.loads(layers), json.loads(json.loads(extract)["host"])


def _unframed(data: bytes) -> tuple[bytes, bytes]:
    (size,) = LENGTH.unpack(data[: LENGTH.size])
    return data[LENGTH.size :][:size], data[LENGTH.size + size :]


@cache
def free(user: int) -> Came:
    """What comes of each act in a process that is not confined."""
    with targets(user) as (folder, pid), start(user, "", "plain", str(folder), str(pid)) as process:
        return dict(json.loads(process.communicate(timeout=20)[0]))


@pytest.mark.parametrize("act", [name for name, row in ACTS.items() if row.plain])
@pytest.mark.parametrize("user", USERS)
def test_an_act_is_one_that_a_process_can_do(user: int, act: str) -> None:
    assert free(user)[act] == DONE


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("user", USERS)
def test_a_reader_can_do_none_of_it(user: int, act: str) -> None:
    assert confined(user)[1][act] == "EPERM"


@pytest.mark.parametrize("act", [name for name, row in ACTS.items() if row.landlock])
@pytest.mark.parametrize("user", USERS)
def test_where_seccomp_is_missing_landlock_and_the_limits_keep_most_of_it(
    user: int, act: str
) -> None:
    assert confined(user, "seccomp")[1][act] != DONE


@pytest.mark.parametrize(("user", "lacking"), WITHOUT)
def test_without_another_layer_seccomp_keeps_all_of_it(user: int, lacking: str) -> None:
    assert set(confined(user, lacking)[1].values()) == {"EPERM"}


@pytest.mark.parametrize(
    ("user", "lacking", "missing"),
    [
        *((user, each, each) for user in USERS for each in ("", "seccomp", "landlock")),
        *((user, "seccomp,landlock", "landlock,seccomp") for user in USERS),
        *((user, each, "user") for user, each in WITHOUT if each in ("user", "kill")),
    ],
)
def test_a_worker_tells_which_layers_hold(user: int, lacking: str, missing: str) -> None:
    layers, _ = confined(user, lacking)
    assert layers.keys() - {"user"} == {"limits", "landlock", "seccomp"}
    assert ("user" in layers) is (user == 0)
    assert ",".join(name for name, reason in layers.items() if reason) == missing
    reasons = {layers[name] for name in missing.split(",") if name}
    assert all("not implemented" in each or "without CAP_KILL" in each for each in reasons)


@pytest.mark.parametrize("act", ["its environment", "its memory"])
def test_a_desk_keeps_its_memory_from_whoever_is_the_same_user(act: str) -> None:
    user = USERS[-1]
    with start(user, "", "desk") as desk:
        assert desk.stdin is not None
        assert desk.stdout is not None
        assert desk.stdout.read(1) == b"+"
        with (
            targets(user) as (folder, _),
            start(user, "", "plain", str(folder), str(desk.pid)) as process,
        ):
            came = json.loads(process.communicate(timeout=20)[0])
    assert came[act] == "EACCES"
    assert came["kill"] == DONE  # it is there, and of the same user


def test_a_desk_that_reads_files_keeps_its_memory_to_itself() -> None:
    """By prctl(PR_GET_DUMPABLE), which is 0 once memory is kept."""
    desk = """
import asyncio
from bot.confined.kernel import _LIBC
from bot.intake.workers import Workers
before = _LIBC.prctl(3)
asyncio.run(Workers(reader="tests.intake.unruly").layers())
print(before, _LIBC.prctl(3))
"""
    done = subprocess.run([sys.executable, "-c", desk], cwd=ROOT, stdout=-1, check=True)
    assert done.stdout == b"1 0\n"


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_the_filter_lets_through_what_stands_in_the_table_and_nothing_else(machine: str) -> None:
    architecture, column, _ = seccomp.ARCHITECTURES[machine]
    allowed = {numbers[column] for numbers in seccomp.ALLOWED.values()}
    assert len(allowed) == len(seccomp.ALLOWED)
    for number in (*range(1024), *(0x40000000 + each for each in range(1024)), 2**32 - 1):
        expected = 0x7FFF0000 if number in allowed else 0x00050000 | errno.EPERM
        assert judged(seccomp.program(machine), architecture, number) == expected


@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_a_call_by_the_numbers_of_another_architecture_ends_the_process(machine: str) -> None:
    others = {0x40000003, 0x40000028, *(each[0] for each in seccomp.ARCHITECTURES.values())}
    for other in others - {seccomp.ARCHITECTURES[machine][0]}:  # the first two: i386, arm
        for number in range(512):
            assert judged(seccomp.program(machine), other, number) == 0x80000000


def judged(program: bytes, architecture: int, number: int) -> int:
    """What the kernel's classic BPF makes of one call (kernel.org/doc/Documentation/networking)."""
    instructions, at, held = list(iter_unpack("=HBBI", program)), 0, -1
    while True:
        code, true, false, value = instructions[at]
        at += 1
        if code == 0x20:
            held = {0: number, 4: architecture}[value]
        elif code == 0x15:
            at += true if held == value else false
        else:
            assert code == 0x06
            return int(value)


def test_for_a_machine_without_a_table_there_is_no_filter() -> None:
    with pytest.raises(OSError, match="no table of calls for riscv64"):
        seccomp.program("riscv64")
