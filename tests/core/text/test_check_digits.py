"""Numbers that prove themselves, and the same with one character changed."""

from __future__ import annotations

import pytest

from bot.core.text.check_digits import bank_card, credit_code, identity_card


@pytest.mark.parametrize("code", ["91350100M000100Y43", "N2110108MF1234567U"])
def test_a_credit_code_holds_with_its_check_alone(code: str) -> None:
    assert credit_code(code)
    assert not credit_code(f"{code[:-1]}{'0' if code[-1] != '0' else '1'}")
    assert not credit_code(code[:-1])
    assert not credit_code(f"{code[:9]}O{code[10:]}")


def test_an_identity_card_holds_with_its_check_and_a_birthday() -> None:
    assert identity_card("110101199003070011")
    assert not identity_card("110101199003070012")
    assert not identity_card("110101199013070015")  # the 13th month
    assert identity_card("110101900307123")
    assert not identity_card("110101901307123")


def test_a_bank_card_has_16_to_19_digits_and_its_check() -> None:
    assert bank_card("4111111111111111")
    assert not bank_card("4111111111111112")
    assert not bank_card("000000000000000")
    assert not bank_card("0" * 20)
