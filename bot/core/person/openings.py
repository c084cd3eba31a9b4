"""What somebody begins with: a question for the FAQ, or the story of an invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.content.script import DIAGNOSE
from bot.core.model.ticket import Slot
from bot.core.person import commands
from bot.core.person.cases import CASE, HARDLY, has_values, is_another_talk, is_case
from bot.core.talk import conflicts, diagnosing, faq, flow
from bot.core.text.render import Html, fill, joined
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.matching import Abstain, Answer, Suggest, asks
from bot.matching.text import normalise

_NOTHING: Mapping[str, Slot] = {}


def hear(
    turn: Turn,
    text: str,
    read: Mapping[str, Slot] = _NOTHING,
    lead: str = "",
    *,
    passed_over: bool = False,
) -> None:
    """Nothing was asked: answer from the FAQ, or begin the diagnosis with what the text tells.

    `read` is what files tell that came with it, `lead` what is to be said of them; `passed_over`:
    entries were offered just before, and it picks none of them. What neither tells a case nor is
    like any entry is about something else, and tells no fact.
    """
    said = turn.understood(text)
    if (example := _example(turn, text)) is not None:
        return turn.say(joined(lead, example))
    strange = said.case < HARDLY and isinstance(said.verdict, Abstain)
    found = {**(said.certain if strange else said.told), **read}
    anew(turn)
    flow.fill_slots(turn, found)
    if not strange:
        diagnosing.hear(turn, said)
    handed = bool(read) and not asks(text)
    goes_on = passed_over and not isinstance(said.verdict, Answer)
    if handed or goes_on or is_case(turn, said, found):
        turn.draft = replace(turn.draft, complaint=turn.draft.complaint or text)
        turn.tentative = True
        return flow.begin(turn, DIAGNOSE, joined(lead, flow.noted(turn, found) if found else ""))
    if lead:
        turn.say(lead)
    if text and faq.reply(turn, said) and conflicts.pending(turn) is None:
        return None
    if found and (said.case >= HARDLY or has_values(turn, found)):
        return flow.begin(turn, DIAGNOSE, flow.noted(turn, found))
    return faq.abstain(turn)


def wants_human(turn: Turn, said: Understood) -> None:
    """Somebody wants a human; what they tell beside that is not asked again."""
    if turn.progress is not None or turn.ticket is not None:
        return commands.human(turn)
    anew(turn)
    found = said.told if said.case >= HARDLY else said.certain
    if found:
        flow.fill_slots(turn, found)
        diagnosing.hear(turn, said)
        turn.draft = replace(turn.draft, complaint=turn.draft.complaint or said.text)
    return commands.human(turn, lead=flow.noted(turn, found) if found else "")


def only_wonders(turn: Turn, said: Understood) -> bool:
    """Whether a text asks what a word means, which no entry answers, and tells of no case."""
    return (
        said.term is not None and not isinstance(said.verdict, Answer) and said.case < CASE[Suggest]
    )


def _example(turn: Turn, text: str) -> Html | None:
    """A word on the number that the desk itself gives as an example, where nothing else is told."""
    for field in turn.knowledge.fields.values():
        if field.kind == "number" and field.example and normalise(text) == field.example:
            return fill(turn.knowledge.texts.fields["number_example"], example=field.example)
    return None


def anew(turn: Turn) -> None:
    """Forget what was told so long ago that this is another matter."""
    if is_another_talk(turn) and turn.progress is None and turn.conversation.reminder is None:
        turn.draft = replace(turn.draft.anew(), begun=turn.seq)
