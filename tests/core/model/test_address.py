"""An address says its channel, and what the channel itself calls somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.address import address, channel, local
from bot.core.model.subject import conversation


@pytest.mark.parametrize(
    ("name", "own", "whole"),
    [
        ("telegram", 1001, "telegram:1001"),
        ("telegram", -1001000000001, "telegram:-1001000000001"),
        ("wechat-kf", "wmA:b/C_d", "wechat-kf:wmA:b/C_d"),
    ],
)
def test_an_address_is_its_channel_and_what_that_calls_it(
    name: str, own: object, whole: str
) -> None:
    assert address(name, own) == whole
    assert (channel(whole), local(whole)) == (name, str(own))


@given(st.from_regex(r"[a-z-]+", fullmatch=True), st.text())
def test_whatever_a_channel_calls_it_comes_out_again(name: str, own: str) -> None:
    there = address(name, own)
    assert (channel(there), local(there)) == (name, own)


def test_nobodys_address_is_of_no_channel() -> None:
    assert (channel(""), local("")) == ("", "")


def test_a_conversation_is_named_by_the_address_of_its_chat() -> None:
    assert conversation(address("telegram", 1001)) == "conversation:telegram:1001"
