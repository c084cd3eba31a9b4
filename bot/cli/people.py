"""The command for operators who know that two people are one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.settings import BadSettings
from bot.cli.database import opened
from bot.cli.output import clearly, say
from bot.core.model import subject

if TYPE_CHECKING:
    from bot.store.protocol import Operate

app = typer.Typer()
Who = Annotated[str, typer.Argument(help="An address such as telegram:100, or a ticket of theirs")]


@app.command()
def join(one: Who, other: Who) -> None:
    """Say that whoever is at two addresses is one person, also while the desk runs.

    That cannot be taken back: what belongs to one of them belongs to both, and /delete erases all.
    """
    from bot.loops import internal_events

    with clearly(), opened() as store:
        here, there = _address(store, one), _address(store, other)
        if store.people.at(here) == store.people.at(there):
            return say(f"{here} and {there} are one person already")
        with store.writing():
            told = internal_events.joined(here, there, str(time.time_ns()))
            store.inbox.take([told], time.time())
    return say(f"{here} and {there} will be one person: a desk that runs sees to it in a minute")


def _address(store: Operate, given: str) -> str:
    """The address that is given, or that a ticket came from. Raises `BadSettings`."""
    of = store.tickets.conversation_of(given.upper())
    address = subject.name(of) if of else given
    if store.people.at(address) is None:
        raise BadSettings(
            f"join  {given!r}: nobody is known there; give an address such as telegram:100, or the"
            " number of a ticket"
        )
    return address
