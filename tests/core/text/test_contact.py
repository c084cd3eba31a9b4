"""Telephone numbers, addresses and accounts, spelled and masked."""

from __future__ import annotations

import pytest

from bot.core.text.contact import landline, masked, masked_phone


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("01062351234", "010-62351234"),
        ("(010) 62351234", "010-62351234"),
        ("02162351234", "021-62351234"),
        ("0311-1234567转801", "0311-1234567转801"),
        ("0311-1234567-801", "0311-1234567转801"),
    ],
)
def test_a_landline_has_its_area_apart_and_its_extension_behind(written: str, spelled: str) -> None:
    assert landline(written) == spelled


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13800001234", "138****1234"),
        ("010-12345678", "010-****5678"),
        ("0311-1234567转801", "0311-****4567"),
        ("zhang@x.com", "z***@x.com"),
        ("13800001234、zhang@x.com", "138****1234、z***@x.com"),
        ("微信 abc_123", "微信 ab***"),
        ("QQ 123456789", "QQ 12***"),
        ("4008008888", "400****8888"),
        ("+85291234567", "+85****4567"),
        ("@abc_def", "@abc_def"),
        ("Telegram", "Telegram"),
    ],
)
def test_a_masked_contact_is_enough_to_recognise_ones_own(value: str, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("8613800001234", "86138****1234"),
        ("+8613800001234", "+86138****1234"),
        ("008601062351234", "0086010-****1234"),
        ("03101234567", "0310-****4567"),
        ("031012345678", "0310-****5678"),
    ],
)
def test_the_codes_of_country_and_area_stay(number: str, shown: str) -> None:
    assert masked_phone(number) == shown
