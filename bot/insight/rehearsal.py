"""A person's talk with the desk, played through the real `decide` on a clock of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.content.knowledge import Knowledge
from bot.core.content.limits import PIECES
from bot.core.decide import decide
from bot.core.model.address import address
from bot.core.model.conversation import Conversation, Progress
from bot.core.model.effects import Send, WakeAt
from bot.core.model.events import Event, Pressed, Said, Woke
from bot.core.model.message import Line, Person, Ref
from bot.core.model.state import TAIL, Decision, State
from bot.core.model.subject import conversation

HERE = address("console", 1)
PERSON = Person(HERE, "您")


class Rehearsal:
    """What one person writes, event by event, until a ticket is opened.

    `conversation` is it as it stands, `handed_over` whether the talk has come to a ticket.
    """

    def __init__(self, knowledge: Knowledge, at: datetime) -> None:
        self.knowledge = replace(knowledge, limits=replace(knowledge.limits, pieces=PIECES))
        self.at = at
        self.conversation = Conversation(id=conversation(HERE), address=HERE, person=PERSON)
        self.handed_over = False
        self._lines: list[Line] = []
        self._timers: dict[str, datetime] = {}
        self._seq = 0

    def says(self, text: str) -> list[Send]:
        """What the desk says to this at once."""
        return self._happens(Said(**self._message(), text=text))

    def presses(self, data: str) -> list[Send]:
        """What the desk says to the press of a button with this data."""
        return self._happens(Pressed(**self._message(), data=data, query="q"))

    def waits(self, seconds: float) -> list[Send]:
        """Let the clock go on; what the desk says meanwhile of its own accord."""
        until = self.at + timedelta(seconds=seconds)
        said: list[Send] = []
        while due := [(at, what) for what, at in self._timers.items() if at <= until]:
            at, what = min(due)
            del self._timers[what]
            self.at = max(self.at, at)
            said += self._happens(Woke(seq=self._next(), at=self.at, what=what))
        self.at = until
        return said

    def asks(self, flow: str, step: str) -> None:
        """Let this question be the one that waits for an answer."""
        progress = Progress(flow=flow, step=step, asked_at=self.at)
        self.conversation = replace(self.conversation, progress=progress)

    @property
    def asked(self) -> tuple[str, str] | None:
        """The flow and step of the question that waits for an answer."""
        progress = self.conversation.progress
        return (progress.flow, progress.step) if progress is not None else None

    def _message(self) -> dict[str, Any]:
        seq = self._next()
        return {"seq": seq, "at": self.at, "who": PERSON, "ref": Ref(HERE, seq)}

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def _happens(self, event: Event) -> list[Send]:
        tail = [line for line in self._lines if line.who in ("person", "agent")][-TAIL:]
        state = State(conversation=self.conversation, tail=tuple(tail))
        decision = decide(state, event, self.knowledge)
        self._keep(decision)
        return [each for each in decision.effects if isinstance(each, Send)]

    def _keep(self, decision: Decision) -> None:
        self.conversation = decision.conversation or self.conversation
        self.handed_over = self.handed_over or bool(decision.tickets)
        self._lines += decision.lines
        for effect in decision.effects:
            if isinstance(effect, WakeAt):
                self._timers.pop(effect.what, None)
                if effect.at is not None:
                    self._timers[effect.what] = effect.at
