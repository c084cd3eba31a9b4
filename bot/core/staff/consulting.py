"""What agents ask of the desk that is about no single ticket: `/mine`, `/queue`, `/find 王芳`.

Whoever asks is answered where they asked, alone where the channel can, and nobody who does not
belong to the group.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.buttons import HandBack, button, read
from bot.core.content.knowledge import Knowledge
from bot.core.evidence.crosscheck import identity
from bot.core.model import subject
from bot.core.model.agents import Board, Search
from bot.core.model.effects import (
    ASKED,
    Attend,
    Buttons,
    Chat,
    Effect,
    Group,
    Respond,
    Send,
    Tell,
)
from bot.core.model.events import Consulted, Message, Pressed, Said
from bot.core.model.facts import Returned
from bot.core.staff.actions import TOAST
from bot.core.staff.orders import named
from bot.core.staff.receipts import marked
from bot.core.text.render import Html, fill, plain
from bot.core.tickets import lifecycle, lines

HANDED_BACK = 200
"""Tickets that are given back at one press; the next gives back more."""
WORDS = 4
"""Words that are looked for at once."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who asked it, what stands behind its command, and what is known."""

    event: Consulted
    said: str
    knowledge: Knowledge

    @property
    def agent(self) -> str:
        """The address of the agent who asked it."""
        return self.event.what.who.address

    @property
    def view(self) -> lines.View:
        """For whom tickets are listed."""
        return lines.View(self.knowledge, self.event.at, self.event.tiers)


@dataclass(frozen=True, slots=True)
class Consultation:
    """Which tickets a question asks for, and what is answered with those found (HTML).

    `personal`: it is about the agent who asks, whom one has to know. `acts`: what else follows,
    `buttons`: what stands under the answer, `receipt`: it says only that it was done.
    """

    search: Callable[[Question], Search]
    answer: Callable[[Question, Board], str]
    personal: bool = False
    receipt: bool = False
    acts: Callable[[Question, Board], Iterable[Effect]] = lambda question, board: ()
    buttons: Callable[[Question, Board], Buttons] = lambda question, board: ()


def is_one(event: Message) -> bool:
    """Whether a message asks the desk."""
    if isinstance(event, Pressed):
        return isinstance(read(event.data), HandBack)
    if not isinstance(event, Said) or event.forwarded is not None or event.offered:
        return False
    return named(event.text)[0] in CONSULTS


def search(event: Consulted, knowledge: Knowledge) -> Search:
    """Which tickets have to be found before it is answered."""
    question, consult = _asked(event, knowledge)
    return consult.search(question) if event.member else Search()


def consulted(board: Board, event: Consulted, knowledge: Knowledge) -> Iterator[Effect]:
    """Answer a question."""
    question, consult = _asked(event, knowledge)
    if not event.member:
        yield _tell(event, fill(knowledge.texts.staff.members_only))
    elif consult.personal and event.what.who.face != "own":
        yield _tell(event, fill(knowledge.texts.agents.faceless))
    else:
        yield from consult.acts(question, board)
        told = consult.answer(question, board)
        if consult.receipt:
            yield marked(knowledge, _place(event), event.what.ref, told)
        else:
            yield _tell(event, told, consult.buttons(question, board))


def _asked(event: Consulted, knowledge: Knowledge) -> tuple[Question, Consultation]:
    if isinstance(event.what, Pressed):
        return Question(event, "", knowledge), HANDS_BACK
    name, said = named(event.what.text)
    return Question(event, said, knowledge), CONSULTS[name]


def _tell(event: Consulted, text: str, buttons: Buttons = ()) -> Send | Respond:
    """The answer in the place where it was asked, for whoever asked alone."""
    what = event.what
    if isinstance(what, Pressed):
        chat = Chat(what.ref.chat)
        return Respond(to=chat, query=what.query, text=plain(text), alert=len(text) > TOAST)
    place, only = _place(event), what.who.alone
    return Send(to=place, text=text, buttons=buttons, key=ASKED, reply_to=what.ref, only=only)


def _place(event: Consulted) -> Group:
    return Group(event.tiers[0], event.what.thread)


def _mine(question: Question, board: Board) -> str:
    texts = question.knowledge.texts.agents
    if not board.tickets:
        return fill(texts.mine_none)
    view = lines.View(question.knowledge, question.event.at, question.event.tiers, owners=False)
    return lines.listed(view, board, texts.mine)


def _queue(question: Question, board: Board) -> str:
    texts, tiers = question.knowledge.texts.agents, question.knowledge.tiers
    if not board.tickets:
        return fill(texts.queue_none)
    here = "、".join(tiers.named(tier).name for tier in question.event.tiers)
    return lines.listed(question.view, board, texts.queue, tier=here)


def _sought(question: Question) -> Search:
    """By a ticket's number, an invoice's, or by words."""
    said = unicodedata.normalize("NFKC", question.said).strip()
    digits = _DIGITS.findall(said)
    if number := lifecycle.number_in(said.upper() if digits else said):  # fanny is a name
        return Search(number=number)
    invoice = identity(*reversed(digits)) if 0 < len(digits) <= 2 else None
    if invoice is not None:
        return Search(invoice=invoice)
    words = [word.removeprefix("@") for word in said.split()[:WORDS]]
    if not all(len(word) > 1 for word in words):
        return Search()
    return Search(words=tuple((word, *_choices(question.knowledge, word)) for word in words))


def _choices(knowledge: Knowledge, word: str) -> Iterator[str]:
    """The summaries that are choices whose label has this word."""
    for field in knowledge.fields.values():
        for choice in field.choices:
            if word.lower() in choice.label.lower():
                yield f"{field.id}:{choice.id}"


def _find(question: Question, board: Board) -> str:
    texts = question.knowledge.texts.agents
    if _sought(question) == Search():
        return fill(texts.find_how)
    if not board.tickets:
        return fill(texts.find_none, words=question.said)
    return lines.listed(question.view, board, texts.find)


def _person(question: Question, board: Board) -> str:
    texts, here = question.knowledge.texts.agents, question.event.ticket
    if not here:
        return fill(texts.person_where)
    if {ticket.number for ticket in board.tickets} <= {here}:
        return fill(texts.person_none)
    name = lines.person(question.knowledge, board.tickets[0])
    return lines.listed(question.view, board, texts.person, person=name)


def _away(question: Question, board: Board) -> str:
    texts = question.knowledge.texts.agents
    return fill(texts.away_owned if board.count else texts.away, count=board.count)


def _attends(away: bool) -> Callable[[Question, Board], Iterable[Effect]]:
    return lambda question, _: (Attend(address=question.agent, away=away),)


def _may_hand_back(question: Question, board: Board) -> Buttons:
    label = question.knowledge.texts.agents.button_hand_back
    return ((button(label, HandBack()),),) if board.count else ()


def _hand_back(question: Question, board: Board) -> Iterator[Tell]:
    for ticket in board.tickets:
        yield Tell(to=subject.ticket(ticket.number), fact=Returned(question.agent))


def _handing_back(question: Question, board: Board) -> str:
    texts = question.knowledge.texts.agents
    return fill(texts.handing_back if board.tickets else texts.mine_none, count=len(board.tickets))


def _own(question: Question) -> Search:
    return Search(owner=question.agent)


def _help(question: Question, board: Board) -> str:
    texts = question.knowledge.texts
    commands = texts.commands.group.items()
    told = [fill(texts.agents.help_line, name=name, text=text) for name, text in commands]
    return Html("\n".join([fill(texts.agents.help), *told]))


CONSULTS: Mapping[str, Consultation] = {
    "mine": Consultation(_own, _mine, personal=True),
    "queue": Consultation(lambda q: Search(tiers=q.event.tiers), _queue),
    "find": Consultation(_sought, _find),
    "person": Consultation(lambda q: Search(like=q.event.ticket), _person),
    "help": Consultation(lambda q: Search(), _help),
    "away": Consultation(
        _own, _away, personal=True, acts=_attends(away=True), buttons=_may_hand_back
    ),
    "here": Consultation(
        lambda q: Search(),
        lambda q, _: fill(q.knowledge.texts.agents.here),
        personal=True,
        receipt=True,
        acts=_attends(away=False),
    ),
}
HANDS_BACK = Consultation(
    lambda q: Search(owner=q.agent, most=HANDED_BACK),
    _handing_back,
    personal=True,
    acts=_hand_back,
)
"""The press under the answer to `/away`."""
