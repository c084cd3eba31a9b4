"""A verdict told in full: candidates, margin, matched phrasings, and every evidence's part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.matching import Answer, Candidate, Matcher, Suggest, Verdict
from bot.matching.explain import group, parts
from bot.matching.model import Model

LISTED = 5
COMPARED = 3
"""Candidates whose evidence is set side by side."""


def lines(matcher: Matcher, text: str, titles: Mapping[str, str]) -> Iterator[str]:
    """What the matcher makes of a text, for the terminal."""
    verdict, candidates = matcher.consider(text)
    model = matcher.model
    yield _verdict(verdict, candidates, model)
    if not candidates:
        return
    scores = [candidate.score for candidate in candidates]
    runner_up = scores[1] if len(scores) > 1 else 0.0
    yield f"margin {scores[0] - runner_up:.3f}, none of them {1 - sum(scores):.3f}"
    yield ""
    for place, candidate in enumerate(candidates[:LISTED], 1):
        title = titles.get(candidate.id, "")
        yield f"{place}  {candidate.score:.3f}  {candidate.id}  {title}  ({candidate.phrasing})"
    yield ""
    yield from _evidence(candidates[:COMPARED], model)


def _verdict(verdict: Verdict, candidates: Sequence[Candidate], model: Model) -> str:
    match verdict:
        case Answer(id=id_, score=score):
            together = f"together at least {model.known_from}"
            return f"answer {id_}: {score:.3f} is at least {model.answer_from}, {together}"
        case Suggest(ids=ids):
            why = _doubt(candidates, model)
            return f"suggest {', '.join(ids)}: {why}, together at least {model.suggest_from}"
        case _:
            return f"abstain: together below {model.suggest_from}"


def _doubt(candidates: Sequence[Candidate], model: Model) -> str:
    """Why candidates that are offered are not answered."""
    if candidates[0].score < model.answer_from:
        return f"below {model.answer_from}"
    if sum(candidate.score for candidate in candidates) < model.known_from:
        return f"together below {model.known_from}"
    return "one word seems flipped"


def _evidence(candidates: Sequence[Candidate], model: Model) -> Iterator[str]:
    """A row an evidence: its value times its weight is its part, for each candidate."""
    places = "".join(f"{place:>8}{'':9}" for place in range(1, len(candidates) + 1))
    yield f"{'group':10}{'evidence':16}{'weight':>8}{places}".rstrip()
    each = [parts(candidate, model.weights) for candidate in candidates]
    for name, weight in sorted(model.weights.items(), key=lambda item: group(item[0])):
        if any(part[name] for part in each):
            cells = "".join(
                f"{candidate.evidence[name]:8.2f} {part[name]:+8.2f}"
                for candidate, part in zip(candidates, each, strict=True)
            )
            yield f"{group(name):10}{name:16}{weight:8.2f}{cells}"
    total = "".join(f"{'':8} {sum(part.values()):+8.2f}" for part in each)
    yield f"{'':10}{'strength':24}{total}"
