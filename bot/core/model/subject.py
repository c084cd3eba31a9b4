"""What an event is for: the one thing whose state it is decided by.

`conversation:telegram:100`, `ticket:F223C`, `invoice:25112000000012345678`, `tier:frontline`, and
`desk:` for what is of the desk itself.
"""

from __future__ import annotations

DESK = "desk:"


def conversation(address: str) -> str:
    """That of the conversation with this address."""
    return f"conversation:{address}"


def ticket(number: str) -> str:
    """That of the ticket with this number."""
    return f"ticket:{number}"


def invoice(identity: str) -> str:
    """That of all tickets about the same invoice."""
    return f"invoice:{identity}"


def tier(id_: str) -> str:
    """That of all tickets of this tier."""
    return f"tier:{id_}"


def kind(subject: str) -> str:
    """What sort of thing it is: conversation, ticket, invoice, tier or desk."""
    return subject.partition(":")[0]


def name(subject: str) -> str:
    """Which of its sort it is."""
    return subject.partition(":")[2]
