"""What was taken back before it was sent is not sent.

It is decided when it would be: until then nobody knows whether it had gone already.
"""

from __future__ import annotations

from bot.core.model.effects import Amend, Outgoing, Relay
from bot.core.model.message import Ref


def may_be(effect: Outgoing) -> bool:
    """Whether an order can be taken back before it is carried out."""
    return isinstance(effect, Relay | Amend)


def is_so(effect: Outgoing, taken_back: frozenset[Ref]) -> bool:
    """Whether nothing of an order is wanted any more once these messages are taken back."""
    match effect:
        case Relay():
            return {item.ref for item in effect.items} <= taken_back
        case Amend():
            return effect.item.ref in taken_back
    return False
