"""Answering from the FAQ: sure, offer the closest, or abstain and say where else to go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.buttons import (
    BeginFlow,
    Helped,
    NoneOfThese,
    ShowCategories,
    ShowCategory,
    ShowEntry,
    Stuck,
    WantHuman,
    button,
)
from bot.core.content.knowledge import Entry
from bot.core.content.script import DIAGNOSE
from bot.core.model.effects import ANSWER, Button, Buttons
from bot.core.model.record import Given
from bot.core.model.ticket import Match
from bot.core.talk import diagnosing, flow, verdicts
from bot.core.text.render import Html, fill, joined, marked, rows, shortened
from bot.core.turn import Turn
from bot.core.understanding import Understood
from bot.matching import Abstain, Answer, Candidate, Suggest, Verdict
from bot.matching.explain import summed

LABEL = 30
PATIENCE = 2  # abstentions in a row after which a human is offered first


def reply(turn: Turn, said: Understood) -> bool:
    """Answer a question if the FAQ can; True when it did or had something close to offer."""
    verdict, candidates = said.considered
    verdicts.gave(turn, _GIVEN[type(verdict)], said.text, candidates)
    if isinstance(verdict, Abstain):
        return False
    draft = replace(turn.draft, matched=_match(turn, candidates))
    turn.conversation = replace(turn.conversation, draft=draft, abstained=0)
    if isinstance(verdict, Answer):
        turn.conversation = replace(turn.conversation, answered=True)
        show(turn, verdict.id)
    else:
        suggest(turn, verdict.ids)
    return True


_GIVEN: Mapping[type[Verdict], Given] = {
    Answer: "answered",
    Suggest: "offered",
    Abstain: "abstained",
}


def _match(turn: Turn, candidates: Sequence[Candidate]) -> Match:
    """Why the FAQ says what it does, for whoever takes over."""
    first, *others = candidates
    weights = turn.knowledge.matcher.model.weights
    return Match(
        entry=first.id,
        score=first.score,
        phrasing=first.phrasing,
        evidence=summed(first, weights),
        next_entry=others[0].id if others else "",
        next_score=others[0].score if others else 0.0,
    )


def show(turn: Turn, entry_id: str) -> None:
    """Tell an entry's answer, what belongs to it, and ask whether it helped."""
    entry = turn.knowledge.entries.get(entry_id)
    if entry is None:
        return turn.say(fill(turn.talk.entry_gone), _shelves(turn))
    title = fill("{icon} **{title}**", icon=_icon(turn, entry), title=entry.title)
    turn.say(joined(title, marked(entry.answer)), _after(turn, entry), key=f"{ANSWER}{turn.seq}")
    return None


def _icon(turn: Turn, entry: Entry) -> str:
    return next(c.icon for c in turn.knowledge.categories if c.id == entry.category)


def _after(turn: Turn, entry: Entry) -> Buttons:
    """Related entries, whether it helped, the ways on. In a flow, whose question follows, only what
    the answer may name.
    """
    within = turn.progress is not None
    related = [
        _link(turn, other)
        for other in entry.related
        if not within or turn.knowledge.entries[other].title in entry.answer
    ]
    ways = _ways(turn, human_first=entry.next == "human")
    if within:
        return (*rows(related, 1), ways)
    helped = button(turn.talk.button_helped, Helped(turn.seq))
    failed = button(turn.talk.button_not_helped, Stuck(turn.seq))
    return (*rows(related, 1), (helped, failed), ways)


def _link(turn: Turn, entry_id: str) -> Button:
    title = shortened(turn.knowledge.entries[entry_id].title, LABEL)
    return button(title, ShowEntry(entry_id))


def helped(turn: Turn, seq: int) -> None:
    """The answer given in event `seq` helped."""
    verdicts.judge(turn, "helped", seq)
    turn.strip(f"{ANSWER}{seq}")
    turn.say(fill(turn.talk.glad))


def choose(turn: Turn, entry_id: str) -> None:
    """Tell an entry that was looked for on a shelf, or chosen among those just offered."""
    if entry_id in turn.state.conversation.offered:
        verdicts.judge(turn, "chosen", entry=entry_id)
    elif entry_id in turn.knowledge.entries:
        verdicts.showed(turn, entry_id)
    verdicts.await_word(turn)
    show(turn, entry_id)


def suggest(turn: Turn, ids: tuple[str, ...]) -> None:
    """Offer the entries that come closest."""
    turn.tentative = True
    turn.conversation = replace(turn.conversation, offered=ids)
    none = button(turn.talk.button_none_of_these, NoneOfThese(turn.seq))
    choices = rows((_link(turn, each) for each in ids), 1)
    turn.say(fill(turn.talk.suggest), (*choices, (none, *_ways(turn))))


def abstain(turn: Turn) -> None:
    """Say that it was not understood and offer the ways on, a human first when it was not twice."""
    turn.tentative = True
    turn.conversation = replace(turn.conversation, abstained=turn.conversation.abstained + 1)
    if turn.conversation.abstained >= PATIENCE:
        turn.say(fill(turn.talk.abstain_again), _ways_on(turn, human_first=True))
    else:
        turn.say(fill(turn.talk.abstain), _ways_on(turn))


def stuck(turn: Turn, seq: int = 0) -> None:
    """The answer given in event `seq`, or the last that was said or offered, did not help."""
    none = turn.state.conversation.offered and not seq
    verdicts.judge(turn, "none" if none else "not_helped", seq)
    lead_on(turn, fill(turn.talk.stuck))


def none_of_these(turn: Turn, seq: int) -> None:
    """Nothing of what was offered in event `seq` fits."""
    verdicts.judge(turn, "none", seq)
    lead_on(turn, fill(turn.talk.stuck))


def lead_on(turn: Turn, text: str) -> None:
    """Say this and offer the ways on."""
    turn.say(text, _ways_on(turn))


def unsolved(turn: Turn) -> None:
    """What the FAQ said did not help: the diagnosis begins, and what was told already is ruled
    out.
    """
    verdicts.judge(turn, "none" if turn.state.conversation.offered else "not_helped")
    matched = turn.draft.matched
    entry = turn.knowledge.entries.get(matched.entry) if matched else None
    if entry is not None and turn.conversation.answered:
        diagnosing.rule_out(turn, entry.causes)
    turn.conversation = replace(turn.conversation, answered=False, offered=())
    return flow.begin(turn, DIAGNOSE, fill(turn.talk.stuck))


def _ways_on(turn: Turn, *, human_first: bool = False) -> Buttons:
    browse = button(turn.talk.button_browse, ShowCategories())
    return (_ways(turn, human_first=human_first), (browse,))


def _ways(turn: Turn, *, human_first: bool = False) -> tuple[Button, Button]:
    """The diagnosis and a human, the likelier first, and a human where a deadline is near."""
    diagnose = button(turn.talk.button_diagnose, BeginFlow(DIAGNOSE))
    human = button(turn.talk.button_human, WantHuman())
    return (human, diagnose) if human_first or turn.urgent else (diagnose, human)


def shelves(turn: Turn) -> None:
    """The categories to browse."""
    turn.say(fill(turn.talk.categories), _shelves(turn))


def _shelves(turn: Turn) -> Buttons:
    used = {entry.category for entry in turn.knowledge.entries.values()}
    return rows(
        button(f"{c.icon} {c.name}", ShowCategory(c.id))
        for c in turn.knowledge.categories
        if c.id in used
    )


def shelf(turn: Turn, id_: str) -> None:
    """The entries of one category."""
    category = next((c for c in turn.knowledge.categories if c.id == id_), None)
    if category is None:
        return shelves(turn)
    entries = [i for i, e in turn.knowledge.entries.items() if e.category == category.id]
    back = button(turn.talk.button_categories, ShowCategories())
    title = Html(fill("{icon} **{name}**", icon=category.icon, name=category.name))
    turn.say(title, (*rows((_link(turn, i) for i in entries), 1), (back,)))
    return None
