"""What a button carries can be read again, now and in years, and whatever else is none of ours."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import buttons
from bot.core.buttons import WORDS, OfKept, OfQuestion, OfTicket, Pressable, data, read
from bot.core.content.wording import ID
from bot.core.model.ticket import Bound
from bot.core.person import presses
from bot.core.staff import actions
from bot.core.tickets.lifecycle import number

NUMBERS = st.integers(0, 10**18 - 1)
TICKETS = st.integers(1, 2**63 - 1).map(number)
BOUNDS: dict[str, int] = {"entry": 60}
"""Characters of an id where they are more than those of `Id`: `bot.core.content.wording`."""
PARTS: dict[Any, st.SearchStrategy[Any]] = {int: NUMBERS, Bound: st.builds(Bound, TICKETS, NUMBERS)}
BOUND = Bound("F2222", 3)
WRITTEN: dict[str, Pressable] = {
    "opt:12:solved": buttons.ChooseOption(12, "solved"),
    "val:12:haidian": buttons.ChooseValue(12, "haidian"),
    "skip:12": buttons.Skip(12),
    "yes:12": buttons.Right(12),
    "no:12": buttons.Wrong(12),
    "edit:12:number": buttons.EditField(12, "number"),
    "again:12": buttons.Again(12),
    "side:12:file": buttons.ChooseSide(12, "file"),
    "back:12": buttons.Back(12),
    "cancel:12": buttons.Cancel(12),
    "faq:system-outage": buttons.ShowEntry("system-outage"),
    "shelf:query": buttons.ShowCategory("query"),
    "shelves": buttons.ShowCategories(),
    "flow:diagnose": buttons.BeginFlow("diagnose"),
    "helped:7": buttons.Helped(7),
    "stuck:7": buttons.Stuck(7),
    "noneof:7": buttons.NoneOfThese(7),
    "human": buttons.WantHuman(),
    "resolved:F2222.3:yes": buttons.SayResolved(BOUND, "yes"),
    "withdraw:F2222:ask": buttons.Withdraw("F2222", "ask"),
    "write:F2222:hotline": buttons.WriteTo("F2222", "hotline"),
    "reopen:F2222": buttons.Reopen("F2222"),
    "mine:10": buttons.ShowTickets(10),
    "ticket:F2222": buttons.ShowTicket("F2222"),
    "rate:F2222:5": buttons.Rate("F2222", 5),
    "delete:7:no": buttons.Delete(7, "no"),
    "claim:F2222.3": buttons.Claim(BOUND),
    "claim:F2222:41:2": buttons.ClaimAndSend("F2222", 41, 2),
    "take:F2222.3": buttons.Take(BOUND),
    "take:F2222:41:2": buttons.TakeAndSend("F2222", 41, 2),
    "handback": buttons.HandBack(),
    "ask:F2222.3": buttons.Ask(BOUND),
    "ask:F2222.3:number": buttons.AskFor(BOUND, "number"),
    "escalate:F2222.3": buttons.Escalate(BOUND),
    "escalate:F2222.3:yes": buttons.EscalateSurely(BOUND, "yes"),
    "resolve:F2222.3": buttons.Resolve(BOUND),
    "note:F2222.3": buttons.NextIsNote(BOUND),
    "card:F2222.3": buttons.ShowCard(BOUND),
    "reveal:F2222.3": buttons.Reveal(BOUND),
    "files:F2222.3:0": buttons.FileAgain(BOUND, 0),
}
"""What lies in people's chats: it must never be written or read otherwise."""


def ids(most: int) -> st.SearchStrategy[str]:
    return st.from_regex(ID, fullmatch=True).map(lambda text: text[:most])


def of(kind: type[Pressable]) -> st.SearchStrategy[Pressable]:
    """Any value of a class: each field as its type and name say."""
    return st.builds(kind, **{each.name: part(kind, each.name) for each in fields(kind)})


def part(kind: type[Pressable], name: str) -> st.SearchStrategy[Any]:
    hint = get_type_hints(kind)[name]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if hint is str:
        return TICKETS if name == "ticket" else ids(BOUNDS.get(name, 20))
    return PARTS[hint]


PRESSES = st.sampled_from(sorted(WORDS, key=lambda kind: kind.__name__)).flatmap(of)
SCRAPS = (
    "",
    "0",
    "1",
    "007",
    "-1",
    "²",
    "９",
    "9" * 5000,
    "F2222",
    "F2222.3",
    "F2.03",
    "yes",
    "ask",
)
ODD = st.sampled_from(SCRAPS) | st.text(max_size=3) | st.just("\ud83d")
GARBAGE = (
    st.text()
    | st.builds(lambda *parts: ":".join(parts), st.sampled_from(sorted({*WORDS.values()})), ODD)
    | st.builds(lambda press, more: f"{data(press)}:{more}", PRESSES, ODD)
    | st.builds(lambda press, n: data(press)[:n], PRESSES, st.integers(1, 64))
)
"""Nothing of ours, and what is nearly so: with another part, one more, or cut."""


def test_each_class_is_written_as_it_always_was() -> None:
    assert {text: read(text) for text in WRITTEN} == WRITTEN
    assert [data(press) for press in WRITTEN.values()] == [*WRITTEN]
    assert {type(press) for press in WRITTEN.values()} == WORDS.keys()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PRESSES)
def test_what_is_written_is_read_again_and_fits_a_button(press: Pressable) -> None:
    assert read(data(press)) == press
    assert len(data(press).encode()) <= 64


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_the_longest_of_each_class_fits_a_button(kind: type[Pressable]) -> None:
    ticket, most = number(2**63 - 1), 10**18 - 1
    parts = {int: most, Bound: Bound(ticket, most)}
    given: dict[str, Any] = {}
    for name, hint in get_type_hints(kind).items():
        text = ticket if name == "ticket" else "n" * BOUNDS.get(name, 20)
        known = get_args(hint) if get_origin(hint) is Literal else ()
        given[name] = max(known, key=len) if known else parts.get(hint, text)
    press = kind(**given)
    assert len(data(press).encode()) <= 64
    assert read(data(press)) == press


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(GARBAGE)
def test_whatever_comes_back_is_nothing_or_what_it_says(text: str) -> None:
    press = read(text)
    assert press is None or data(press) in (text, f"{text}:1", f"{text}:0")
    assert press is None or read(data(press)) == press


@pytest.mark.parametrize("text", ["faq:a:b", "human:", "skip", "skip:1:2", "yes:01", "claim:F2"])
def test_a_part_too_many_or_too_few_makes_it_nothing(text: str) -> None:
    assert read(text) is None


def test_a_kept_message_without_a_count_is_one() -> None:
    """As the first desks wrote it."""
    assert read("claim:F2222:41") == buttons.ClaimAndSend("F2222", 41)


def test_that_nothing_helped_without_its_event_is_of_the_latest() -> None:
    """As the first desks wrote it."""
    assert read("stuck") == buttons.Stuck(0)


def test_every_button_has_its_word_and_its_act() -> None:
    bases = {Pressable, OfQuestion, OfTicket, OfKept}
    every = {k for k in vars(buttons).values() if isinstance(k, type) and issubclass(k, Pressable)}
    assert WORDS.keys() == every - bases
    agents = {kind for kind in WORDS if issubclass(kind, OfTicket | OfKept)}
    assert presses.ACTS.keys() == WORDS.keys() - agents - {buttons.HandBack}
    assert actions.BUTTONS.keys() == agents - {buttons.AskFor, buttons.FileAgain}
