"""What a process gives up for good before it reads what a stranger sent.

| layer | where | what it takes away |
| --- | --- | --- |
| limits | Linux, macOS | new descriptors, hence files and sockets; bytes in files; memory |
| user | Linux, started by root | the rights of root, and all that belongs to the desk's user |
| landlock | Linux 5.13 | to open, make, move and delete files; the memory of others |
| seccomp | Linux on x86_64, aarch64 | every call but a few on memory, time and what is open |

The limits also forbid children, which binds everybody but root, and a core dump, which would hold
the file. Each layer stands alone: what a kernel or a container does not have leaves the others.
With seccomp nothing is left that unlinks, renames, signals or asks for anything by name; Landlock
knows truncating from 6.2 on, signals from 6.12 on, and never modes, owners and times of files
(kernel.org/doc/html/latest/userspace-api/landlock.html). The limits are of POSIX.1-2017, getrlimit.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Callable
from errno import EPERM
from signal import SIGKILL
from typing import Final

from bot.confined import landlock, seccomp
from bot.confined.kernel import prctl

Layers = dict[str, str]
"""Each layer by name, with the reason why it does not hold here; none where it holds."""

ELSEWHERE: Final = "only Linux has it"

NOBODY: Final = 65534
"""User and group who own nothing: what Linux shows where it cannot map one."""

_CAP_KILL: Final = 5  # capabilities(7)

_NONE: Final = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)
_WATCH: Final = 0.02
"""Seconds between two looks at the memory where the kernel does not bound it."""

# prctl(2)
_PDEATHSIG: Final = 1
_DUMPABLE: Final = 4
_NO_NEW_PRIVS: Final = 38


def confine(memory: int) -> Layers:
    """Give up all but memory, up to `memory` bytes, and the descriptors that are open.

    It is for a process that has one thread and has imported all it needs.
    """
    sys.meta_path.clear()  # a module would come from a file: none is there, rather than an error
    for what in _NONE:
        resource.setrlimit(what, (0, 0))
    layers = {"limits": ""}
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))  # without the code of libraries
        resource.setrlimit(resource.RLIMIT_AS, (2 * memory, 2 * memory))  # shared memory as well
        if os.geteuid() == 0:
            layers["user"] = _tried(_nobody)
        prctl(_DUMPABLE, 0)
        prctl(_NO_NEW_PRIVS, 1)
        prctl(_PDEATHSIG, SIGKILL)  # a change of the user would undo it
        layers["landlock"] = _tried(landlock.install)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        layers["seccomp"] = _tried(seccomp.install)
    else:  # macOS knows limits of memory and does not keep them
        layers |= dict.fromkeys(("landlock", "seccomp"), ELSEWHERE)
        threading.Thread(target=watch, args=(memory,), daemon=True).start()
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return layers


def shield() -> None:
    """Keep this process's memory and environment from others of its user, and out of core dumps."""
    if sys.platform == "linux":
        prctl(_DUMPABLE, 0)


def watch(memory: int) -> None:
    """End this process once it has used more than `memory` bytes."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2) of each
    waiting = threading.Event()
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= memory:
        waiting.wait(_WATCH)
    os.kill(os.getpid(), SIGKILL)


def _nobody() -> None:
    if not _capable(_CAP_KILL):
        raise OSError(EPERM, "without CAP_KILL the desk could not end what is another's")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _capable(capability: int) -> bool:
    """Whether this process has it, and so the desk that started it; proc_pid_status(5)."""
    with open("/proc/self/status") as status:
        (held,) = (line.split()[1] for line in status if line.startswith("CapEff:"))
    return bool(int(held, 16) >> capability & 1)


def _tried(layer: Callable[[], None]) -> str:
    try:
        layer()
    except OSError as error:
        return str(error)
    return ""
