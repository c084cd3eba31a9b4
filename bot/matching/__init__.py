"""Which FAQ entry a sentence asks for: pure, built once, without files, clock or randomness.

matcher = Matcher({"print-how": ["怎么打印发票", ...], ...}, Lexicon(synonyms=(("打印", "列印"),)))
matcher.verdict("發票要怎麼列印")  # -> Answer("print-how", ...)
"""

from __future__ import annotations

from .asking import asks, meant, spoken, without_wondering, wondered
from .facts import CASE, Facts, Told
from .lexicon import Lexicon
from .matcher import Matcher
from .verdict import Abstain, Answer, Candidate, Suggest, Verdict
from .words import Words

__all__ = [
    "CASE",
    "Abstain",
    "Answer",
    "Candidate",
    "Facts",
    "Lexicon",
    "Matcher",
    "Suggest",
    "Told",
    "Verdict",
    "Words",
    "asks",
    "meant",
    "spoken",
    "without_wondering",
    "wondered",
]
