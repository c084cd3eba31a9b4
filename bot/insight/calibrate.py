"""Learn the matcher's weights and thresholds from questions whose answer is known.

The weights are those under which the right entries, or none of them, are likeliest. The thresholds
are the lowest that keep the promised error rates on labelled questions, each scored by weights
that did not learn from it (cross-validation), so they hold for questions to come. The result goes
into `bot/matching/weights.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

import numpy as np

from bot.insight.choice import Choice, fit
from bot.insight.trials import FOLDS, Entries, Question, Trial, ask, ask_folds
from bot.matching import Answer, Lexicon, Matcher
from bot.matching.lexicon import NONE
from bot.matching.meaning import Encoder
from bot.matching.model import Model
from bot.matching.rank import shares
from bot.matching.verdict import SHOWN, judge
from bot.matching.weights import SHIPPED

GIVEN = {"same": 12.0}
"""Not learned: a question that is a stored phrasing, letter by letter, outweighs all the rest."""
STEPS = range(60, 200)
"""In two-hundredths: what is tried as `answer_from`."""
GUARDS = ("conflict",)
"""Evidence that no weight turns into strength: the verdict heeds it by itself."""
STRANGERS = 0.5
"""Share that questions out of scope have in what is learned from: more than a support desk sees,
as an answer to them is the worse mistake."""
LABELLED = 0.9
"""Share of in-scope weight that labelled questions have beside the phrasings of the FAQ."""
PHRASED = FOLDS
"""Phrasings an entry needs on average, for its own phrasings to teach how it is asked for."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Shares of questions, 0 to 1, that may be answered amiss."""

    wrong: float
    """In-scope questions that may be answered wrongly."""
    strayed: float
    """Out-of-scope questions that may be answered at all."""


PROMISE = Promise(wrong=0.006, strayed=0.012)
"""Questions of others fare twice as badly as the labelled ones, so this is half of what is meant
to be."""
BARE = Promise(wrong=0.02, strayed=0.02)
"""For a FAQ of few phrasings: many of its questions have a second answer that nobody labelled."""
BOTHERED = 0.1
"""Out-of-scope questions that may be met with suggestions."""


class Unlearnable(ValueError):
    """The questions are too few or too strange to learn from."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The model learned, and the labelled trials, each scored by weights that never saw it."""

    model: Model
    trials: Sequence[Trial]


def calibrate(
    entries: Entries,
    questions: Sequence[Question],
    lexicon: Lexicon = NONE,
    encoder: Encoder | None = None,
) -> Calibration:
    """Learn from the FAQ and labelled questions, some of them out of scope.

    Questions whose entries are all missing from `entries` are left out. Raises
    `Unlearnable` when no threshold keeps the promised rates.
    """
    known = [q for q in questions if not q.ids or q.ids & entries.keys()]
    phrasings = sum(map(len, entries.values()))
    phrased = phrasings >= PHRASED * len(entries)
    folds = list(ask_folds(entries, lexicon, encoder)) if phrased else []
    labelled = ask(known, Matcher(entries, lexicon, encoder=encoder))
    honest: list[Trial] = []
    for fold in range(FOLDS):
        rest = [trial for place, trial in enumerate(labelled) if place % FOLDS != fold]
        weights = learn(folds, rest)
        honest += [rescored(trial, weights) for trial in labelled[fold::FOLDS]]
    model = replace(SHIPPED, weights=learn(folds, labelled))
    return Calibration(thresholds(honest, model, PROMISE if phrased else BARE), honest)


def rescored(trial: Trial, weights: dict[str, float]) -> Trial:
    """The trial as other weights would have scored it: the evidence is the same."""
    if not trial.candidates:
        return trial
    scores = shares(trial.evidence(tuple(weights)) @ np.array(list(weights.values())))
    pairs = zip(trial.candidates, scores, strict=True)
    scored = [replace(candidate, score=float(score)) for candidate, score in pairs]
    return Trial(trial.question, sorted(scored, key=lambda c: -c.score))


def learn(folds: Sequence[Trial], labelled: Sequence[Trial]) -> dict[str, float]:
    """The likeliest weights, by name of the evidence."""
    names = _names(labelled)
    own = [t for t in labelled if t.question.ids]
    strange = [t for t in labelled if not t.question.ids]
    total = len(folds) + len(own)
    share = LABELLED if folds else 1.0
    parts = (
        (folds, (1 - share) * total / max(len(folds), 1)),
        (own, share * total / max(len(own), 1)),
        (strange, STRANGERS / (1 - STRANGERS) * total / max(len(strange), 1)),
    )
    choices = [
        choice
        for trials, worth in parts
        for trial in trials
        for choice in _choices(trial, names, worth)
    ]
    if not any(len(choice.evidence) for choice in choices):
        raise Unlearnable("in some part of the questions the matcher finds nothing; ask it more")
    weights = fit(choices, [0.0] * len(names))
    return {name: round(w, 2) for name, w in zip(names, weights, strict=True)} | GIVEN


def _names(trials: Sequence[Trial]) -> tuple[str, ...]:
    met = next((t.candidates[0].evidence for t in trials if t.candidates), {})
    return tuple(name for name in met if name not in GIVEN and name not in GUARDS)


def _choices(trial: Trial, names: Sequence[str], worth: float) -> list[Choice]:
    """The candidates as a choice, one for each right entry among them."""
    evidence, ids = trial.evidence(names), trial.question.ids
    if not ids:
        return [Choice(evidence, None, worth)]
    rights = [n for n, c in enumerate(trial.candidates) if c.id in ids]
    return [Choice(evidence, right, worth / len(rights)) for right in rights]


def thresholds(labelled: Sequence[Trial], model: Model, promise: Promise = PROMISE) -> Model:
    """The model with the thresholds that keep a promise and `BOTHERED` on these trials: among those
    for answering the ones that answer most, then the lowest.
    """
    strange = [t for t in labelled if not t.question.ids]
    allowed = (
        int(promise.wrong * (len(labelled) - len(strange))),
        int(promise.strayed * len(strange)),
    )
    steps = [_kept(replace(model, answer_from=n / 200), labelled, *allowed) for n in STEPS]
    _, kept = max(steps, key=lambda step: step[0])
    if kept.known_from >= 1:
        raise Unlearnable("no threshold keeps the error rates")
    bothered = _above([_together(t) for t in strange], int(BOTHERED * len(strange)))
    return replace(kept, suggest_from=min(bothered, kept.known_from))


def _kept(model: Model, labelled: Sequence[Trial], wrong: int, strayed: int) -> tuple[int, Model]:
    """The model with the lowest `known_from` under which at most so many questions are answered
    wrongly and so many that are out of scope, and how many are answered rightly then.
    """
    bold = replace(model, known_from=0.0, suggest_from=0.0)
    given = [t for t in labelled if isinstance(judge(t.candidates[:SHOWN], bold), Answer)]
    known = max(
        model.answer_from,
        _above([_together(t) for t in given if t.question.ids and not t.hit(1)], wrong),
        _above([_together(t) for t in given if not t.question.ids], strayed),
    )
    right = sum(t.hit(1) and _together(t) >= known for t in given)
    return right, replace(model, known_from=known)


def _together(trial: Trial) -> float:
    return sum(candidate.score for candidate in trial.candidates[:SHOWN])


def _above(scores: Sequence[float], but: int) -> float:
    """The lowest threshold, in thousandths, that at most so many of the scores reach."""
    over = sorted(scores, reverse=True)[but:]
    return (floor(1000 * over[0]) + 1) / 1000 if over else 0.0


def written(model: Model) -> str:
    """The model as Python, as it stands in `bot/matching/weights.py`."""
    weights = "".join(f'{12 * " "}"{k}": {v},\n' for k, v in model.weights.items())
    return (
        f"Model(\n    weights=MappingProxyType(\n        {{\n{weights}        }}\n    ),\n"
        f"    answer_from={model.answer_from},\n    known_from={model.known_from},\n"
        f"    suggest_from={model.suggest_from},\n    flipped={model.flipped},\n)"
    )
