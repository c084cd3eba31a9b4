"""A worker of another user, on a kernel that lacks something.

It is `python -m tests.confined.lesser ...`:

    USER LACKING worker              reads one file with the acts of `tests.confined.acts`
    USER LACKING plain FOLDER PID    tries each act in a process that is not confined
    USER LACKING desk                keeps its memory to itself, says so, and waits to be ended

USER is a number. LACKING names layers by commas, whose calls then fail as on a kernel without them;
`kill` is for a root that may not end the processes of others.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import sys
from pathlib import Path
from struct import pack

from bot.confined import seccomp, shield
from bot.confined.kernel import prctl, syscall
from bot.intake import worker
from tests.confined import acts

MEMORY = 256 * 2**20
SETGROUPS = (116, 159)


def become(user: int) -> None:
    """Root becomes another; whoever is that user already stays so."""
    if user != os.geteuid():
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def lack(layers: set[str]) -> None:
    """Have the calls that these layers begin with fail with ENOSYS."""
    _, column, install = seccomp.ARCHITECTURES[os.uname().machine]
    begins = {"seccomp": install, "landlock": 444, "user": SETGROUPS[column]}
    numbers = [begins[layer] for layer in layers]
    if numbers:
        prctl(38, 1)
        instructions = (
            (0x20, 0, 0, 0),
            *((0x15, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
            (0x06, 0, 0, 0x7FFF0000),
            (0x06, 0, 0, 0x00050000 | errno.ENOSYS),
        )
        seccomp.load(b"".join(pack("=HBBI", *each) for each in instructions))


def give_up_killing() -> None:
    """Without CAP_KILL, by capget(2) and capset(2)."""
    _, column, _ = seccomp.ARCHITECTURES[os.uname().machine]
    head, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    at = ctypes.addressof(head), ctypes.addressof(sets)
    syscall((125, 90)[column], *at)
    for each in range(3):
        sets[each] &= ~(1 << 5)
    syscall((126, 91)[column], *at)


def plain(folder: Path, pid: int) -> dict[str, str]:
    """What comes of each act, in a child of its own."""
    came = {}
    for name, row in acts.ACTS.items():
        answers, told = os.pipe()
        child = os.fork()
        if not child:
            os.dup2(told, 1)
            os.write(1, acts.tried(row.act, folder / name, pid).encode())
            os._exit(0)
        os.close(told)
        os.waitpid(child, 0)
        came[name] = os.read(answers, 100).decode().strip()
        os.close(answers)
    return came


def main(user: int, lacking: str, what: str, *given: str) -> None:
    become(user)
    lacks = {each for each in lacking.split(",") if each}
    if "kill" in lacks:
        give_up_killing()
    lack(lacks - {"kill"})
    if what == "worker":
        worker.main(10, MEMORY, acts.__name__)
    elif what == "plain":
        sys.stdout.write(json.dumps(plain(Path(given[0]), int(given[1]))))
    else:
        shield()
        os.write(1, b"+")
        os.read(0, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
