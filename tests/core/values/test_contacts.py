from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.values import contacts


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("138 00001234", "13800001234"),
        ("138.0000.1234", "13800001234"),
        ("幺三八零零零零幺二三四", "13800001234"),
        ("+852 9123 4567", "+85291234567"),
        ("我的手机是13800001234，谢谢", "13800001234"),
        ("010-12345678", "010-12345678"),
        ("01012345678", "010-12345678"),
        ("(010)12345678", "010-12345678"),
        ("0311-1234567转801", "0311-1234567转801"),
        ("+86 0311 12345678-1", "0311-12345678转1"),
        ("400-800-8888", "4008008888"),
        ("Zhang@Example.com", "zhang@example.com"),
        ("13800001234 a@b.cn", "13800001234、a@b.cn"),
        ("微信号：abc_123", "微信 abc_123"),
        ("微信同号13800001234", "13800001234"),
        ("vxabc_123", "微信 abc_123"),
        ("WeChat: abc_123", "微信 abc_123"),
        ("wxid_a1b2c3d4e5", "微信 wxid_a1b2c3d4e5"),
        ("微信 wxid_a1b2c3d4e5", "微信 wxid_a1b2c3d4e5"),
        ("QQ123456789", "QQ 123456789"),
        ("@abc_def", "@abc_def"),
        ("这里", contacts.HERE),
        ("就在这里联系我", contacts.HERE),
        ("Telegram", contacts.HERE),
    ],
)
def test_any_way_to_reach_somebody_is_taken(
    outcome: Callable[[str, str], str], written: str, contact: str
) -> None:
    assert outcome("contact", written) == contact


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1380000123", "contact_length"),
        ("138000012345", "contact_length"),
        ("12800001234", "contact_length"),
        ("62351234", "contact_area"),
        ("010-1234567", "contact_length"),
        ("微信", "contact_wechat"),
        ("张三", "contact_unclear"),
    ],
)
def test_what_reaches_nobody_is_refused_with_the_reason(
    outcome: Callable[[str, str], str], written: str, reason: str
) -> None:
    assert outcome("contact", written) == reason


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("打我电话13800001234", "13800001234"),
        ("13800001234", "13800001234"),
        ("联系电话 010-12345678", "010-12345678"),
        ("联系邮箱a@b.com", "a@b.com"),
        ("联系方式：微信 abc_123", "微信 abc_123"),
        ("销售方电话13800001234", None),
        ("对方公司电话13800001234", None),
        ("银行卡6222021234567890123", None),
        ("25112000000012345678", None),
        ("发票发到了a@b.com", None),
        ("12366打不通", None),
        ("手机号码62351234", None),
        ("13800001234或13900001234", None),
    ],
)
def test_only_the_persons_own_contact_is_found(
    found: Callable[[str], dict[str, str]], text: str, contact: str | None
) -> None:
    assert found(text).get("contact") == contact
