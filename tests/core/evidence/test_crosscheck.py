"""Hints of a clerk; all numbers are invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from bot.core.content.knowledge import Knowledge
from bot.core.evidence.crosscheck import HINTS, STAFF_ONLY, Hint, Seen, hints, identity
from bot.core.model.extract import Extract, Key, Problem, Source, Stranger, Told
from bot.core.text.render import fill
from tests.invoices import expected, invoice

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
NUMBER, OTHER = "26112000000012345678", "26112000000012345679"
CODE, SHORT = "011002300111", "00012345"
NOTHING: Mapping[Key, str] = {}
BUYER_ID = "91350100M000100Y43"
"""The example in GB 32100-2015."""


def file(values: Mapping[Key, str], source: Source = "qr") -> Extract:
    """An extract that tells these values."""
    told = tuple(Told(key, value, source) for key, value in values.items())
    return Extract("picture", told, invoices=1)


def noticed(
    said: Mapping[Key, str] = NOTHING, read: Extract | None = None
) -> dict[str, Mapping[str, str]]:
    """The hints on what was said and what the file says."""
    return {hint.key: hint.given for hint in hints(Seen(at=AT, said=said, file=read))}


def test_nothing_is_noticed_of_an_invoice_in_order() -> None:
    said: dict[Key, str] = {"number": NUMBER, "date": "2026-11-20", "amount": "113.00"}
    assert noticed(said, file({**said, "kind": "32"})) == {}
    assert noticed(NOTHING, file(said)) == {}
    assert noticed() == {}


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("digital", [True, False])
def test_of_a_drawn_invoice_only_its_place_and_its_age_are_noticed(
    seed: int, digital: bool
) -> None:
    drawn = invoice(seed, digital)
    at = datetime(2026, 11, 24, tzinfo=UTC)
    values: dict[Key, str] = {**expected(drawn, "data"), **expected(drawn, "qr")}
    told = tuple(Told(key, value, "text") for key, value in values.items())
    said: dict[Key, str] = {"amount": f"{drawn.total:.2f}", "seller": drawn.seller}
    found = {hint.key for hint in hints(Seen(at=at, said=said, file=Extract("pdf", told)))}
    assert found <= {"elsewhere", "beyond_checking"}


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ({"number": NUMBER, "code": CODE}, "code_spare"),
        ({"number": SHORT}, "code_missing"),
        ({"number": SHORT, "code": CODE, "kind": "01"}, "code_unlike"),
        ({"number": NUMBER, "date": "2025-11-20"}, "number_year"),
        ({"number": SHORT, "code": CODE, "date": "2022-12-31"}, "code_year"),
        ({"date": "2026-11-25"}, "date_future"),
        ({"date": "2026-11-24"}, "issued_today"),
        ({"date": "2021-11-20"}, "beyond_checking"),
        ({"number": "26312000000012345678"}, "elsewhere"),
        ({"number": SHORT, "code": "031002300111"}, "elsewhere"),
        ({"amount": "-113.00"}, "red"),
        ({"number": "84153296780021345678"}, "check_code"),
        ({"number": "11010826051202615708"}, "confirmation"),
        ({"number": "1120260500000123"}, "toll_summary"),
        ({"number": "0012345678", "code": "11029926"}, "finance_bill"),
    ],
)
def test_what_a_clerk_would_notice_is_noticed(said: dict[Key, str], hint: str) -> None:
    assert set(noticed(said)) == {hint}
    assert set(noticed(NOTHING, file(said))) == {hint}


def test_a_toll_whose_qr_code_says_general_electronic_is_in_order() -> None:
    toll: dict[Key, str] = {"number": SHORT, "code": "011002300112", "kind": "10"}
    assert noticed(NOTHING, file(toll)) == {}


def test_an_older_code_may_be_used_years_after_it_was_printed() -> None:
    assert noticed({"number": SHORT, "code": CODE, "date": "2026-01-05"}) == {}


@pytest.mark.parametrize(
    ("said", "read", "hint", "given"),
    [
        ({"number": NUMBER}, {"number": OTHER}, "number_differs", (NUMBER, OTHER)),
        ({"code": CODE}, {"code": "011002300104"}, "code_differs", (CODE, "011002300104")),
        (
            {"date": "2026-11-20"},
            {"date": "2026-11-02"},
            "date_differs",
            ("2026年11月20日", "2026年11月2日"),
        ),
        ({"amount": "113.00"}, {"amount": "131.00"}, "amount_differs", ("￥113.00", "￥131.00")),
    ],
)
def test_what_was_said_and_what_the_file_says_is_compared(
    said: dict[Key, str], read: dict[Key, str], hint: str, given: tuple[str, str]
) -> None:
    assert noticed(said, file(read)) == {hint: {"said": given[0], "file": given[1]}}


def test_a_day_that_differs_from_the_file_is_one_hint_and_not_two() -> None:
    found = noticed({"date": "2025-11-21"}, file({"number": NUMBER, "date": "2026-11-20"}))
    assert set(found) == {"date_differs"}


def test_a_sum_without_the_tax_is_known_as_such() -> None:
    read = file({"amount": "113.00", "net": "100.00"})
    assert set(noticed({"amount": "100.00"}, read)) == {"amount_is_net"}
    assert set(noticed({"amount": "101.00"}, read)) == {"amount_differs"}


@pytest.mark.parametrize(
    ("said", "fits"),
    [("100.00", True), ("113.00", True), ("117.00", True), ("99.99", False), ("120.00", False)],
)
def test_beside_the_net_sum_of_an_older_qr_code_only_a_possible_total_fits(
    said: str, fits: bool
) -> None:
    found = noticed({"amount": said}, file({"net": "100.00"}))
    assert set(found) == (set() if fits else {"amount_unlike_net"})


def test_a_file_that_contradicts_itself_is_noticed() -> None:
    days = (Told("date", "2026-11-20", "qr"), Told("date", "2026-11-02", "text"))
    read = Extract("pdf", days, invoices=1)
    given = {"first": "2026年11月20日", "second": "2026年11月2日"}
    assert noticed(NOTHING, read) == {"file_at_odds": given}
    assert set(noticed({"date": "2026-11-02"}, read)) == {"file_at_odds"}


def test_the_parties_are_compared_and_never_shown() -> None:
    name = "北京某某（集团）有限公司"
    read = file({"buyer": name, "buyer_id": BUYER_ID, "seller": "北京甲有限公司"})
    brackets = f"北京某某(集团)有限公司 {BUYER_ID}"
    assert noticed({"buyer": brackets, "seller": "甲有限公司"}, read) == {}
    assert noticed({"buyer": BUYER_ID}, read) == {}
    assert noticed({"seller": "北京乙有限公司"}, read) == {"seller_differs": {}}
    assert noticed({"buyer": f"{name} 91110100MA00000000"}, read) == {"buyer_differs": {}}


def test_a_buyer_without_an_id_is_noticed_where_data_would_have_it() -> None:
    assert set(noticed(NOTHING, file({"buyer": "北京甲有限公司"}, "data"))) == {"buyer_without_id"}
    assert noticed(NOTHING, file({"buyer": "北京甲有限公司"}, "text")) == {}


def test_a_mistyped_id_of_the_buyer_is_noticed() -> None:
    read = file({"buyer": "北京甲有限公司", "buyer_id": f"{BUYER_ID[:-1]}4"}, "data")
    assert set(noticed(NOTHING, read)) == {"buyer_id_check"}


@pytest.mark.parametrize(
    ("age", "hint"),
    [
        (timedelta(minutes=7), "issued_just_now"),
        (timedelta(minutes=59), "issued_just_now"),
        (timedelta(hours=3), "issued_today"),
        (-timedelta(minutes=5), "issued_today"),
    ],
)
def test_an_invoice_of_minutes_ago_is_told_from_one_of_today(age: timedelta, hint: str) -> None:
    seen = Seen(at=AT, said={"date": "2026-11-24"}, issued_at=AT - age)
    assert [each.key for each in hints(seen)] == [hint]


def test_today_is_that_of_beijing() -> None:
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    seen = Seen(at=late, said={"date": "2026-11-25"})
    assert [each.key for each in hints(seen)] == ["issued_today"]


def test_an_invoice_that_was_reported_before_is_noticed() -> None:
    mine = {identity(NUMBER) or "": "T-1", identity(SHORT, CODE) or "": "T-2"}
    digital = Seen(at=AT, said={"number": NUMBER}, reported=mine)
    older = Seen(at=AT, said={"number": SHORT, "code": CODE}, reported=mine)
    assert hints(digital) == (Hint("reported", {"ticket": "T-1"}),)
    assert hints(older) == (Hint("reported", {"ticket": "T-2"}),)
    assert hints(Seen(at=AT, said={"number": OTHER}, reported=mine)) == ()


def test_8_digits_alone_are_no_invoice_in_particular() -> None:
    assert identity(SHORT) is None
    assert identity(SHORT, CODE) != identity(SHORT, "011002300104")
    assert identity("123") is None


def test_the_same_invoice_in_somebody_elses_ticket_is_told_to_agents_only() -> None:
    seen = Seen(at=AT, said={"number": NUMBER}, others=("T-8", "T-9"))
    assert hints(seen) == (Hint("other_ticket", {"tickets": "T-8、T-9"}),)
    assert "other_ticket" in STAFF_ONLY


def test_every_problem_and_every_stranger_is_a_hint() -> None:
    for problem in get_args(Problem):
        assert set(noticed(NOTHING, Extract("other", problem=problem))) == {problem}
    for stranger in get_args(Stranger):
        found = noticed(NOTHING, Extract("picture", stranger=stranger, host="example.com"))
        assert set(found) == {stranger}
    assert set(noticed(NOTHING, Extract("pdf", invoices=3))) == {"several_invoices"}


def test_every_hint_has_its_texts(knowledge: Knowledge) -> None:
    texts = knowledge.texts.hints
    assert texts.staff.keys() == HINTS.keys()
    assert texts.person.keys() == HINTS.keys() - STAFF_ONLY
    for key, names in HINTS.items():
        given = {name: f"<{name}>" for name in names}
        for written in (texts.person, texts.staff):
            if key in written:
                assert fill(written[key], **given)
