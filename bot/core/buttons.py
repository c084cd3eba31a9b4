"""What stands behind each button: a class for a button, and its short form, which comes back.

    button(talk.button_skip, Skip(3)).data  ->  "skip:3"
    read("skip:3")                          ->  Skip(3)

Telegram takes 64 bytes (core.telegram.org/bots/api#inlinekeyboardbutton), which the bounds of
`bot.core.content.wording` leave room for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.model.effects import Button, Style
from bot.core.model.ticket import Bound, Side
from bot.core.text.tagged import Tagged

YesNo = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Pressable:
    """What a press of a button means."""


# Of the person's question: each counts only while that is the latest.


@dataclass(frozen=True, slots=True)
class OfQuestion(Pressable):
    """`question` is its number, `Conversation.turn`."""

    question: int


@dataclass(frozen=True, slots=True)
class ChooseOption(OfQuestion):
    """This option of the step that is asked."""

    option: str


@dataclass(frozen=True, slots=True)
class ChooseValue(OfQuestion):
    """This choice of the field that is asked."""

    choice: str


@dataclass(frozen=True, slots=True)
class Skip(OfQuestion):
    """The field is not given, or stays as it is."""


@dataclass(frozen=True, slots=True)
class Right(OfQuestion):
    """What is shown is right."""


@dataclass(frozen=True, slots=True)
class Wrong(OfQuestion):
    """Something of it is not."""


@dataclass(frozen=True, slots=True)
class EditField(OfQuestion):
    """This field is to be corrected."""

    field: str


@dataclass(frozen=True, slots=True)
class Again(OfQuestion):
    """Nothing is to be corrected after all."""


@dataclass(frozen=True, slots=True)
class ChooseSide(OfQuestion):
    """What the person said stands, or what the file says."""

    side: Side


@dataclass(frozen=True, slots=True)
class Back(OfQuestion):
    """To the question before."""


@dataclass(frozen=True, slots=True)
class Cancel(OfQuestion):
    """Out of the flow."""


# Of the person, at any time.


@dataclass(frozen=True, slots=True)
class ShowEntry(Pressable):
    """The answer of this entry."""

    entry: str


@dataclass(frozen=True, slots=True)
class ShowCategory(Pressable):
    """The entries of this category."""

    category: str


@dataclass(frozen=True, slots=True)
class ShowCategories(Pressable):
    """All categories."""


@dataclass(frozen=True, slots=True)
class BeginFlow(Pressable):
    """This flow from its start."""

    flow: str


@dataclass(frozen=True, slots=True)
class Helped(Pressable):
    """The answer given in event `seq` helped."""

    seq: int


@dataclass(frozen=True, slots=True)
class Stuck(Pressable):
    """The answer given in event `seq` did not help; 0: the latest, as the first desks wrote it."""

    seq: int = 0


@dataclass(frozen=True, slots=True)
class NoneOfThese(Pressable):
    """Nothing of what was offered in event `seq` fits."""

    seq: int


@dataclass(frozen=True, slots=True)
class WantHuman(Pressable):
    """A person is to take over."""


@dataclass(frozen=True, slots=True)
class SayResolved(Pressable):
    """Whether the ticket is resolved."""

    of: Bound
    answer: YesNo


@dataclass(frozen=True, slots=True)
class Withdraw(Pressable):
    """Whether to withdraw the ticket: to be asked, or answered."""

    ticket: str
    answer: Literal["ask", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Reopen(Pressable):
    """That the ticket, which is closed, goes on."""

    ticket: str


@dataclass(frozen=True, slots=True)
class ShowTickets(Pressable):
    """The person's tickets, but for so many of the latest."""

    skip: int


@dataclass(frozen=True, slots=True)
class ShowTicket(Pressable):
    """How one of them went."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Rate(Pressable):
    """How the ticket went, in stars."""

    ticket: str
    stars: int


@dataclass(frozen=True, slots=True)
class WriteTo(Pressable):
    """Words for somebody else on this ticket: to be asked for whom, or chosen."""

    ticket: str
    reader: Literal["ask", "seller", "hotline", "hall"]


@dataclass(frozen=True, slots=True)
class Delete(Pressable):
    """Whether to erase everything, as was asked in event `seq`."""

    seq: int
    answer: YesNo


# Of an agent: each counts only while the ticket is as it was.


@dataclass(frozen=True, slots=True)
class OfTicket(Pressable):
    """`of` is the ticket as the button was shown."""

    of: Bound


@dataclass(frozen=True, slots=True)
class Claim(OfTicket):
    """Own it."""


@dataclass(frozen=True, slots=True)
class Take(OfTicket):
    """Own it in the place of somebody else."""


@dataclass(frozen=True, slots=True)
class Ask(OfTicket):
    """Show the fields that may be asked for."""


@dataclass(frozen=True, slots=True)
class AskFor(OfTicket):
    """Ask the person for this field."""

    field: str


@dataclass(frozen=True, slots=True)
class Escalate(OfTicket):
    """Hand it to the next tier, if that is really meant."""


@dataclass(frozen=True, slots=True)
class EscalateSurely(OfTicket):
    """It is."""

    answer: Literal["yes"]


@dataclass(frozen=True, slots=True)
class Resolve(OfTicket):
    """Ask the person whether it is resolved."""


@dataclass(frozen=True, slots=True)
class NextIsNote(OfTicket):
    """The agent's next message stays inside."""


@dataclass(frozen=True, slots=True)
class ShowCard(OfTicket):
    """The card as it was."""


@dataclass(frozen=True, slots=True)
class Reveal(OfTicket):
    """What the card hides."""


@dataclass(frozen=True, slots=True)
class FileAgain(OfTicket):
    """The file at this place of those that are kept, from 0, sent into the room again."""

    place: int


@dataclass(frozen=True, slots=True)
class OfKept(Pressable):
    """Of messages of an agent that were kept inside, `count` from `message` on. They do not grow
    old with the ticket.
    """

    ticket: str
    message: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class ClaimAndSend(OfKept):
    """Own the ticket, and let the person have them."""


@dataclass(frozen=True, slots=True)
class TakeAndSend(OfKept):
    """The same in the place of somebody else."""


# Of an agent, in a group.


@dataclass(frozen=True, slots=True)
class HandBack(Pressable):
    """Whoever presses it gives back all tickets that they own."""


WORDS: Mapping[type[Pressable], str] = {
    ChooseOption: "opt",
    ChooseValue: "val",
    Skip: "skip",
    Right: "yes",
    Wrong: "no",
    EditField: "edit",
    Again: "again",
    ChooseSide: "side",
    Back: "back",
    Cancel: "cancel",
    ShowEntry: "faq",
    ShowCategory: "shelf",
    ShowCategories: "shelves",
    BeginFlow: "flow",
    Helped: "helped",
    Stuck: "stuck",
    NoneOfThese: "noneof",
    WantHuman: "human",
    SayResolved: "resolved",
    Withdraw: "withdraw",
    Reopen: "reopen",
    ShowTickets: "mine",
    ShowTicket: "ticket",
    Rate: "rate",
    WriteTo: "write",
    Delete: "delete",
    Claim: "claim",
    Take: "take",
    Ask: "ask",
    AskFor: "ask",
    Escalate: "escalate",
    EscalateSurely: "escalate",
    Resolve: "resolve",
    NextIsNote: "note",
    ShowCard: "card",
    Reveal: "reveal",
    FileAgain: "files",
    ClaimAndSend: "claim",
    TakeAndSend: "take",
    HandBack: "handback",
}
_FORM = Tagged(WORDS)


def data(press: Pressable) -> str:
    """What a button carries, at most 64 bytes."""
    return _FORM.text(press)


def read(data: str) -> Pressable | None:
    """What a button means that carries this; None for one that is not the desk's."""
    return _FORM.value(data)


def button(label: str, press: Pressable, style: Style = "", *, disabled: bool = False) -> Button:
    """A button that reads `label` and means `press`."""
    return Button(label, data(press), style, disabled)
