"""The learned numbers of the matcher, never typed in by feel.

`SHIPPED` is what `bot.insight.calibrate` writes for the FAQ, its synonyms and foreign words, and
the labelled questions in `tests/matching/questions.jsonl`. Learn again when many entries change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Model:
    """What each evidence weighs, and from which probability, 0 to 1, the desk dares what.

    The desk answers when the first entry has `answer_from`, suggests when all entries together
    have `suggest_from`. `flipped` is the likeness, 0 to 1, from which a contradiction between
    question and phrasing means one flipped word, not another way of saying it: two of five
    syllables may differ, which is a word in a sentence as short as people write.
    """

    weights: Mapping[str, float]
    answer_from: float
    suggest_from: float
    flipped: float


SHIPPED = Model(
    weights=MappingProxyType(
        {
            "none": -1.75,
            "spelled": -2.07,
            "heard": -2.56,
            "ratio": 0.73,
            "sound_ratio": -1.22,
            "partial": 1.02,
            "contained": -0.25,
            "clause": 3.62,
            "topic": 13.81,
            "topic_heard": 12.53,
            "part": 2.59,
            "part_heard": 2.35,
            "foreign": -6.22,
            "strange": -4.05,
            "known": -2.32,
            "same": 12.0,
        }
    ),
    answer_from=0.725,
    suggest_from=0.698,
    flipped=0.6,
)
