"""What led to a ticket, as its agents read it: told in people's words, not in those of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content.diagnosis import UNSURE
from bot.core.content.knowledge import Knowledge
from bot.core.content.script import AGAIN, REMEDY
from bot.core.diagnosis import known
from bot.core.evidence import case, conflicts, slots
from bot.core.model.ticket import Conflict, Match, Slot, Ticket
from bot.core.text import private
from bot.core.text.render import Html, fill, joined, shortened
from bot.core.tickets import summary
from bot.matching.explain import GROUPS

COMPLAINT = 200
"""Characters of what somebody wrote first that are shown."""
LIKELY, POSSIBLE = 0.5, 0.1
"""Probabilities from which a cause is told as likely, and as possible."""
CAUSES = 2
"""Causes that are told, the likeliest first."""
WHY = 3
"""Causes that are told with their probability."""


def about(knowledge: Knowledge, ticket: Ticket) -> str:
    """What the person wrote first of it, or what it is about in few words."""
    if not ticket.complaint:
        return summary.shown(knowledge, ticket.summary)
    words = " ".join(ticket.complaint.split())
    return knowledge.texts.staff.complaint.format(text=shortened(private.hidden(words), COMPLAINT))


def facts(knowledge: Knowledge, ticket: Ticket) -> Iterator[Html]:
    """A line for each fact that was told or could not be, in the authors' order."""
    diagnosis = knowledge.diagnosis
    unsure = diagnosis.replies[UNSURE].label if UNSURE in diagnosis.replies else ""
    for fact in diagnosis.facts.values():
        slot = ticket.slots.get(fact.id)
        if fact.id in knowledge.fields:
            continue
        if slot is not None:
            value = fact.value(slot.text)
            yield _line(fact.label, value.label if value is not None else slot.text)
        elif fact.id in ticket.skipped and unsure:
            yield _line(fact.label, unsure)


def elsewhere(knowledge: Knowledge, ticket: Ticket) -> list[Html]:
    """A line for each step of another flow that was answered."""
    diagnosis = knowledge.diagnosis
    own = {
        *diagnosis.facts,
        *(begin + id_ for id_ in diagnosis.causes for begin in (REMEDY, AGAIN)),
    }
    return slots.tried(knowledge, {k: slot for k, slot in ticket.slots.items() if k not in own})


def ruled_out(knowledge: Knowledge, ticket: Ticket) -> Iterator[Html]:
    """A line for each cause whose remedy was told and did not help."""
    for id_ in known.ruled_out(knowledge.diagnosis, ticket.slots):
        title = knowledge.diagnosis.causes[id_].title
        yield fill(knowledge.texts.staff.ruled_out_one, title=title)


def guesses(knowledge: Knowledge, ticket: Ticket) -> Iterator[Html]:
    """A line for each of the likeliest causes that are left, how likely in words."""
    staff, causes = knowledge.texts.staff, knowledge.diagnosis.causes
    for id_, share in list(case.likely(knowledge, ticket).items())[:CAUSES]:
        if share >= POSSIBLE:
            words = staff.likely if share >= LIKELY else staff.possible
            yield fill(words, title=causes[id_].title)


def differences(knowledge: Knowledge, ticket: Ticket) -> Iterator[Html]:
    """A line for each value that a file tells otherwise than the person did."""
    staff = knowledge.texts.staff
    for each in ticket.conflicts:
        yield fill(
            staff.differs,
            label=conflicts.label(knowledge, each.of),
            said=_shown(knowledge, ticket, each, each.said),
            file=_shown(knowledge, ticket, each, each.read),
            right=staff.right[each.right or "nobody"],
        )


def _shown(knowledge: Knowledge, ticket: Ticket, conflict: Conflict, slot: Slot) -> str:
    return conflicts.shown(knowledge, conflict, slot, ticket.told, mask=True)


def why(knowledge: Knowledge, ticket: Ticket) -> Html:
    """How the desk came to it, in figures: the FAQ's match, and the likeliest causes."""
    staff, causes = knowledge.texts.staff, knowledge.diagnosis.causes
    lines = [
        fill(staff.why_cause, title=causes[id_].title, score=f"{share:.0%}")
        for id_, share in list(case.likely(knowledge, ticket).items())[:WHY]
    ]
    matched = (
        fill(staff.matched, matched=_reasons(knowledge, ticket.matched)) if ticket.matched else ""
    )
    return joined(matched, "\n".join(lines)) or fill(staff.why_nothing)


def _reasons(knowledge: Knowledge, match: Match) -> str:
    """Why the FAQ answered as it did, in one line."""
    staff, entries = knowledge.texts.staff, knowledge.entries
    names = dict(zip(GROUPS, staff.groups, strict=True))
    both = (match.entry, match.next_entry)
    title = {id_: entries[id_].title if id_ in entries else id_ for id_ in both}
    line = staff.reasons.format(
        title=title[match.entry],
        score=f"{match.score:.0%}",
        phrasing=match.phrasing,
        evidence=" ".join(f"{names[name]}{value:+.1f}" for name, value in match.evidence.items()),
    )
    if not match.next_entry:
        return line
    after = staff.runner_up.format(title=title[match.next_entry], score=f"{match.next_score:.0%}")
    return line + after


def _line(label: str, value: str) -> Html:
    return fill("**{label}**：{value}", label=label, value=value)
