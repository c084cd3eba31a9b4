"""A reader of no format: it does in its worker what the file orders, to see what comes of it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

from bot.core.model.extract import Extract


def prepare() -> None:
    """Nothing to import."""


def read(data: bytes, name: str) -> Extract:
    """Obey, and tell in `host` what came of it."""
    order, _, rest = data.partition(b" ")
    try:
        return Extract("other", host=ORDERS[order](rest.decode("latin-1"), name))
    except OSError as error:
        return Extract("other", host=type(error).__name__ + f" {error.errno}")


def _spin(rest: str, name: str) -> str:
    while True:
        pass


def _outlast(rest: str, name: str) -> str:
    """Stop the timer that would end it."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    return _spin(rest, name)


def _sleep_in_c(rest: str, name: str) -> str:
    while True:  # a call that holds the interpreter: no Python handler of a signal would run
        ctypes.PyDLL(None).sleep(1000)


def _segfault(rest: str, name: str) -> str:
    return str(ctypes.string_at(0))


def _abort(rest: str, name: str) -> str:
    os.abort()


def _eat(rest: str, name: str) -> str:
    return str(len(bytearray(int(rest))))


def _environment(rest: str, name: str) -> str:
    return ",".join(sorted(os.environ))


def _descriptors(rest: str, name: str) -> str:
    """Those that are open, and whether anything can be read from or written to them."""
    return ",".join(str(number) for number in range(1024) if _is_open(number))


def _is_open(number: int) -> bool:
    for try_ in (lambda: os.write(number, b""), lambda: os.read(number, 0)):
        try:
            try_()
        except OSError:
            continue
        return True
    return False


def _print(rest: str, name: str) -> str:
    for stream in (sys.stdout, sys.stderr):
        stream.write("noise")
        stream.flush()
    os.write(1, b"noise of a library in C")
    return "printed"


def _forge(rest: str, name: str) -> str:
    """Write an answer of one's own, and end."""
    for number in range(3, 32):
        try:
            os.write(number, bytes.fromhex(rest))
        except OSError:
            continue
    os._exit(0)


def _tell(rest: str, name: str) -> str:
    return f"{len(rest)} of {name}, {os.getpid()}"


def _pause(rest: str, name: str) -> str:
    time.sleep(float(rest))
    return f"{os.getpid()}"


def _raise(rest: str, name: str) -> str:
    raise RuntimeError("as a reader at fault would")


def _many(rest: str, name: str) -> str:
    return "x" * int(rest)


ORDERS: dict[bytes, Callable[[str, str], str]] = {
    b"spin": _spin,
    b"sleep": _sleep_in_c,
    b"segfault": _segfault,
    b"outlast": _outlast,
    b"abort": _abort,
    b"eat": _eat,
    b"environment": _environment,
    b"descriptors": _descriptors,
    b"print": _print,
    b"forge": _forge,
    b"tell": _tell,
    b"pause": _pause,
    b"raise": _raise,
    b"many": _many,
}
