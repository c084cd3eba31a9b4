"""Where somebody or something is on a channel: `telegram:100`, the channel's name and its own id.

People, private chats and groups have addresses. Only the channel reads what stands after its name.
"""

from __future__ import annotations


def address(channel: str, local: object) -> str:
    """The address of what this channel calls `local`."""
    return f"{channel}:{local}"


def channel(of: str) -> str:
    """The name of the channel of an address."""
    return of.partition(":")[0]


def local(of: str) -> str:
    """What its channel calls it."""
    return of.partition(":")[2]
