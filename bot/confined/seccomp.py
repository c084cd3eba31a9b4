"""seccomp: the kernel refuses a process every call but those of a table.

The filter is a program of classic BPF over `struct seccomp_data` (seccomp(2), and
kernel.org/doc/html/latest/userspace-api/seccomp_filter.html). It checks the architecture first, as
a number means another call on another one; x32 has numbers of its own, which are in no table.
Those of x86_64 are of arch/x86/entry/syscalls/syscall_64.tbl, those of aarch64 of
include/uapi/asm-generic/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Mapping
from struct import pack
from typing import Final

from bot.confined.kernel import syscall

ALLOWED: Final[Mapping[str, tuple[int, int]]] = {
    # what goes through the pipes that are open, and the font of who draws
    "read": (0, 63),
    "write": (1, 64),
    "lseek": (8, 62),
    # memory
    "brk": (12, 214),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    # time and chance
    "setitimer": (38, 103),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "restart_syscall": (219, 128),
    "getrandom": (318, 278),
    # the process itself
    "getpid": (39, 172),
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
"""Each call that is left, by its numbers on x86_64 and aarch64. None takes a path or a process."""

ARCHITECTURES: Final[Mapping[str, tuple[int, int, int]]] = {
    "x86_64": (0xC000003E, 0, 317),
    "aarch64": (0xC00000B7, 1, 277),
}
"""By what uname(2) says: AUDIT_ARCH_* of linux/audit.h, column in `ALLOWED`, number of seccomp."""

_SET_MODE_FILTER: Final = 1
_FLAG_TSYNC: Final = 1
"""All threads, should a library have started one."""

_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # linux/bpf_common.h: LD|W|ABS, JMP|JEQ|K, RET|K
_NUMBER, _ARCHITECTURE = 0, 4  # where they stand in struct seccomp_data
_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000


def program(machine: str) -> bytes:
    """The filter for an architecture; what it refuses fails with EPERM. Raises `OSError`."""
    if machine not in ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no table of calls for {machine}")
    architecture, column, _ = ARCHITECTURES[machine]
    numbers = [of_each[column] for of_each in ALLOWED.values()]
    return b"".join(
        pack("=HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, _ARCHITECTURE),
            (_EQUAL, 1, 0, architecture),
            (_RETURN, 0, 0, _KILL_PROCESS),
            (_LOAD, 0, 0, _NUMBER),
            *((_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
            (_RETURN, 0, 0, _ERRNO | errno.EPERM),
            (_RETURN, 0, 0, _ALLOW),
        )
    )


class _Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install() -> None:
    """Confine this process to `ALLOWED`. Raises `OSError` where that cannot be."""
    load(program(os.uname().machine))


def load(instructions: bytes) -> None:
    """Put this process under a filter, for good. Raises `OSError` where that cannot be.

    The process needs `PR_SET_NO_NEW_PRIVS`.
    """
    number = ARCHITECTURES[os.uname().machine][2]
    given = _Program(len(instructions) // 8, instructions)
    syscall(number, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.addressof(given))
