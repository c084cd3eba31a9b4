"""A worker of another user, on a kernel that lacks something: `python -m tests.intake.lesser ...`.

    USER LACKING worker              reads one file with the acts of `tests.intake.acts`
    USER LACKING plain FOLDER PID    tries each act in a process that is not confined
    USER LACKING desk                keeps its memory to itself, says so, and waits to be ended

USER is a number; LACKING names layers by commas, whose calls then fail as on a kernel without them.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from struct import pack

from bot.intake import worker
from bot.intake.confinement import seccomp, shield
from bot.intake.confinement.kernel import prctl
from tests.intake import acts

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
    lack({layer for layer in lacking.split(",") if layer})
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
