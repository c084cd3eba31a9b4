"""Readers take any bytes: they answer in their own words, and raise nothing.

`FUZZ=50 pytest tests/intake/test_fuzz.py` tries fifty times as many, from new seeds.
"""

from __future__ import annotations

import os
import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.model.extract import Extract
from bot.intake import read
from tests.intake.hostile import change
from tests.intake.seeds import whole

FUZZ = int(os.environ.get("FUZZ", "0"))
settings.register_profile(
    "intake",
    max_examples=5 * (FUZZ or 1),
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PROFILE = settings.get_profile("intake")

SHAPES = {
    "number": r"\d{8}|\d{20}",
    "code": r"\d{10}|\d{12}",
    "kind": r"\d{2}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "amount": r"-?\d{1,12}\.\d{2}",
    "net": r"-?\d{1,12}\.\d{2}",
    "check": r"\d{20}",
    "seller_id": r"[0-9A-Z]{15,20}",
    "buyer_id": r"[0-9A-Z]{15,20}",
    "seller": r"[^\x00-\x1f\ud800-\udfff]{1,200}",
    "buyer": r"[^\x00-\x1f\ud800-\udfff]{1,200}",
}
"""The canonical form of each value."""


def looks_right(extract: Extract) -> None:
    """Whatever went in, what came out has the form that the core counts on."""
    for told in extract.told:
        assert re.fullmatch(SHAPES[told.key], told.value), told
    assert 0 <= extract.invoices <= 10_000
    assert not re.search(r"[^A-Za-z0-9.:\[\]_-]", extract.host)
    assert extract.format in ("picture", "pdf", "ofd", "xml", "other")


@pytest.mark.parametrize("name", whole())
def test_a_changed_file_is_answered_in_the_words_of_the_desk(name: str) -> None:
    data = whole()[name]

    @settings(PROFILE)
    @given(seed=st.integers(0, 2**63))
    def fuzz(seed: int) -> None:
        looks_right(read(change(data, Random(seed)), name))

    fuzz()


@pytest.mark.parametrize("name", whole())
def test_any_bytes_after_the_beginning_of_a_format_are_answered(name: str) -> None:
    data = whole()[name]

    @settings(PROFILE)
    @given(kept=st.integers(4, len(data)), more=st.binary(max_size=2000))
    def fuzz(kept: int, more: bytes) -> None:
        looks_right(read(data[:kept] + more, name))

    fuzz()
