"""Draws nothing: it does in its process what the title of the chart orders, to see what comes."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from bot.core.model.chart import Chart

PNG = b"\x89PNG\r\n\x1a\n"


def drawn(chart: Chart) -> bytes:
    order, _, rest = chart.title.partition(" ")
    match order:
        case "abort":
            os.abort()
        case "sleep":  # a call that holds the interpreter: no Python handler of a signal would run
            ctypes.PyDLL(None).sleep(1000)
        case "outlast":
            signal.setitimer(signal.ITIMER_REAL, 0)
            time.sleep(1000)
        case "eat":
            return PNG + bytes(len(bytearray(int(rest))) // 10**9)
        case "raise":
            raise RuntimeError(rest)
        case "noise":
            return b"no picture"
        case "many":
            return bytes(int(rest))
        case "open":
            return PNG + bytes(os.open(rest, os.O_RDONLY))
    return PNG + str(os.getpid()).encode()
