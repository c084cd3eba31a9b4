"""Names and taxpayer ids, whoever writes them."""

from __future__ import annotations

import pytest

from bot.core.text.party import masked, name, parts, same_name, taxpayer

VALID = "91350100M000100Y43"
"""The example in GB 32100-2015."""


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        (VALID, VALID),
        (VALID.lower(), VALID),
        ("9135 0100 M000 100Y 43", VALID),
        ("110101900000001", "110101900000001"),
        ("9135010012345678", None),
        ("ABCDEFGHIJK1234", None),
        ("ABCDEFGHIJ12345", "ABCDEFGHIJ12345"),
        ("9111****43", None),
        ("", None),
    ],
)
def test_an_id_is_capitals_and_digits_of_a_known_length(text: str, spelled: str | None) -> None:
    assert taxpayer(text) == spelled


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("北京某某(集团)有限公司", "北京某某（集团）有限公司"),
        ("北京 某某 有限公司", "北京某某有限公司"),
        ("ＡＢＣ  Co., Ltd (Beijing)", "ABC Co., Ltd (Beijing)"),
        ("名称：", "名称"),
        ("AU¯", "AŪ"),
        ("某" * 100, "某" * 100),
        ("某" * 101, None),
        ("某", None),
        ("12345", None),
        ("某某\ue000公司", None),
    ],
)
def test_a_name_is_spelled_as_invoices_print_it(text: str, spelled: str | None) -> None:
    assert name(text) == spelled


@pytest.mark.parametrize(
    ("value", "before", "taxpayer_id", "shown"),
    [
        ("北京甲有限公司", "北京甲有限公司", "", "北京甲有限公司"),
        (VALID, "", VALID, "9135****43"),
        (f"北京甲有限公司 {VALID}", "北京甲有限公司", VALID, "北京甲有限公司 9135****43"),
        ("110101900000001", "", "110101900000001", "1101****01"),
        ("APPLE COMPUTER", "APPLE COMPUTER", "", "APPLE COMPUTER"),
        ("", "", "", ""),
    ],
)
def test_a_value_has_a_name_and_an_id_or_one_of_them_and_the_id_is_masked(
    value: str, before: str, taxpayer_id: str, shown: str
) -> None:
    assert parts(value) == (before, taxpayer_id)
    assert masked(value) == shown


def test_a_shortened_name_can_be_the_same_party() -> None:
    assert same_name("北京某某(集团)有限公司", "北京某某（集团）有限公司")
    assert same_name("某某科技", "北京某某科技有限公司")
    assert not same_name("北京甲有限公司", "北京乙有限公司")
