"""Landlock: a process forbids itself files, TCP and other processes, without any right of its own.

Numbers and versions are of kernel.org/doc/html/latest/userspace-api/landlock.html and of
include/uapi/linux/landlock.h; those of the calls are the same on every architecture of today.
"""

from __future__ import annotations

import ctypes
import os
from struct import pack
from typing import Final

from bot.confined.kernel import syscall

_CREATE_RULESET: Final = 444
_RESTRICT_SELF: Final = 446
_VERSION: Final = 1
_FILES: Final = (0, 13, 14, 15, 15, 16)
"""How many rights over files each version knows, from 1 on; the last and all newer ones: 16."""
_NET: Final = 4
"""The first version that knows rights over the net: to bind and to connect by TCP."""
_SCOPE: Final = 6
"""The first version that keeps signals and abstract sockets among processes confined together."""


def install() -> None:
    """Give up every right that this kernel's Landlock knows. Raises `OSError` where there is none.

    The process needs `PR_SET_NO_NEW_PRIVS` and a descriptor that is free.
    """
    version = syscall(_CREATE_RULESET, 0, 0, _VERSION)
    files = (1 << _FILES[min(version, len(_FILES) - 1)]) - 1
    rights = pack("=QQQ", files, 3 * (version >= _NET), 3 * (version >= _SCOPE))
    handled = ctypes.create_string_buffer(rights, len(rights))
    # An older kernel takes what it does not know as long as it is zero: rights without a rule.
    ruleset = syscall(_CREATE_RULESET, ctypes.addressof(handled), len(rights), 0)
    try:
        syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
