"""The addresses of whom many tests know."""

from __future__ import annotations

from bot.app import demo
from bot.channels.telegram import Telegram
from bot.core.model.address import address


def on_telegram(number: int) -> str:
    """The address of what has this number at Telegram."""
    return address(Telegram.name, number)


WANG = on_telegram(1001)
LI = on_telegram(2001)
GROUP = on_telegram(demo.FIRST_GROUP)
"""The lowest tier's group in the demo."""
