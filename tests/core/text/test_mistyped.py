"""Mobile numbers are masked also where a digit slipped, and codes of invoices are not."""

from __future__ import annotations

import pytest

from bot.core.text.private import find, hidden


@pytest.mark.parametrize(
    "written",
    [
        "1380000123",
        "138000012345",
        "138 0000 123",
        "138-0000-12345",
        "1 38-0000 1234",
        "138—0000—1234",
        "13-80-00-01-23-4",
        "158_1234_5678",
        "1500000123",
    ],
)
def test_a_slip_leaves_it_private(written: str) -> None:
    (found,) = find(f"电话{written}，请回电")
    assert found.kind == "phone"
    assert written not in hidden(f"电话{written}，请回电")


@pytest.mark.parametrize(
    "code", ["1300192130", "1400 1921 30", "144031909110", "011002301111", "1500204130"]
)
def test_a_code_stays_readable(code: str) -> None:
    assert hidden(f"代码{code}") == f"代码{code}"


def test_what_is_spared_stays_and_nothing_else() -> None:
    text = "例如 13800001234，不是 13900005678"
    assert hidden(text, {"13800001234"}) == "例如 13800001234，不是 139****5678"
