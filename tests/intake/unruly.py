"""A reader of no format: it does in its worker what the file orders, to see what comes of it."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from bot.core.extract import Extract


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


def _sleep_in_c(rest: str, name: str) -> str:
    while True:  # a call that holds the interpreter: no Python handler of a signal would run
        ctypes.PyDLL(None).sleep(1000)


def _segfault(rest: str, name: str) -> str:
    return str(ctypes.string_at(0))


def _kill(rest: str, name: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def _eat(rest: str, name: str) -> str:
    return str(len(bytearray(int(rest))))


def _open(rest: str, name: str) -> str:
    with open(rest) as file:
        return file.read(10)


def _connect(rest: str, name: str) -> str:
    with socket.socket() as connection:
        connection.connect(("127.0.0.1", int(rest)))
        return "connected"


def _fork(rest: str, name: str) -> str:
    return subprocess.run(["/bin/echo", "ran"], check=True, capture_output=True).stdout.decode()


def _environment(rest: str, name: str) -> str:
    return ",".join(sorted(os.environ))


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


def _term(rest: str, name: str) -> str:
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.kill(os.getpid(), signum)
    return "still here"


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
    b"kill": _kill,
    b"eat": _eat,
    b"open": _open,
    b"connect": _connect,
    b"fork": _fork,
    b"environment": _environment,
    b"print": _print,
    b"forge": _forge,
    b"tell": _tell,
    b"term": _term,
    b"pause": _pause,
    b"raise": _raise,
    b"many": _many,
}
