"""A timer is known again by its name, which lies in databases of every age."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import decide, timers
from bot.core.timers import (
    Album,
    Blank,
    Clock,
    Confirm,
    Digest,
    Keep,
    Mute,
    Pieces,
    Progress,
    Promise,
    Step,
    Timer,
    read,
    wake,
)

AT = datetime(2026, 5, 12, tzinfo=UTC)
NAMES = st.text(min_size=1)
TIMERS = (
    st.sampled_from((Mute(), Keep(), Pieces()))
    | st.builds(Album, NAMES)
    | st.builds(Step, NAMES)
    | st.builds(Confirm, NAMES)
    | st.builds(Clock, NAMES)
    | st.builds(Promise, NAMES)
    | st.builds(Blank, NAMES)
)
WRITTEN = {
    "album:13579": Album("13579"),
    "album:a:b/c": Album("a:b/c"),
    "mute": Mute(),
    "pieces": Pieces(),
    "keep": Keep(),
    "step:diagnose/again-outage": Step("diagnose/again-outage"),
    "confirm:F2222": Confirm("F2222"),
    "clock:F2222": Clock("F2222"),
    "promise:F2222": Promise("F2222"),
    "blank:F2222": Blank("F2222"),
    "progress:F2222": Progress("F2222"),
    "digest:frontline": Digest("frontline"),
}


@given(TIMERS)
def test_what_is_set_is_known_when_it_is_due(timer: Timer) -> None:
    assert read(wake(timer, AT).what) == timer


@pytest.mark.parametrize("name", WRITTEN)
def test_names_are_what_they_always_were(name: str) -> None:
    assert wake(WRITTEN[name], None).what == name
    assert read(name) == WRITTEN[name]


@given(st.text() | st.sampled_from(("", ":", "album", "album:", "mute:", "mute:1", "steps:a/b")))
def test_any_other_name_is_no_timer_or_what_it_says(name: str) -> None:
    timer = read(name)
    assert timer is None or wake(timer, None).what == name


def test_every_timer_has_its_word_and_its_act() -> None:
    every = {k for k in vars(timers).values() if isinstance(k, type) and issubclass(k, Timer)}
    assert timers.WORDS.keys() == every - {Timer}
    assert decide.TIMERS.keys() ^ decide.TIER_TIMERS.keys() == every - {Timer}
