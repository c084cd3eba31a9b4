"""A slip in the writing of TOML: the place, and the cause that it has most often."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.load.toml import LOOKALIKES, Unreadable, read
from bot.core.content.findings import finding

SLIPS = {
    "title = “盖章”": (1, 9, finding("toml_sign", found="“", right='"')),
    "title = '盖章’\nx = 1": (0, 0, finding("toml_string")),
    'a = ["x"，"y"]': (1, 9, finding("toml_sign", found="，", right=",")),
    'a = ["x"、"y"]': (1, 9, finding("toml_sign", found="、", right=",")),
    'a ＝ "x"': (1, 3, finding("toml_sign", found="＝", right="=")),
    "【steps】": (1, 1, finding("toml_sign", found="【", right="[")),
    "a = 【1】": (1, 5, finding("toml_sign", found="【", right="[")),
    "days = 1，hour = 2": (1, 9, finding("toml_sign", found="，", right=",")),
    "a = true，": (1, 9, finding("toml_sign", found="，", right=",")),
    "x = 1\n＃ 说明": (2, 1, finding("toml_sign", found="＃", right="#")),
    'title = "盖章': (0, 0, finding("toml_string")),
    'title = "盖章\nx = 1': (1, None, finding("toml_string")),
    'a = """盖章': (0, 0, finding("toml_string")),
    "title = 盖章": (1, 9, finding("toml_value")),
    "title = ": (0, 0, finding("toml_unfinished")),
    "title = yes": (1, 9, finding("toml_value")),
    "title": (0, 0, finding("toml_equals")),
    'title "x"': (1, 7, finding("toml_equals")),
    "标题 = 1": (1, 1, finding("toml_statement")),
    "这里是说明": (1, 1, finding("toml_statement")),
    'a = "他说"好"了"': (1, None, finding("toml_line_end")),
    'a = ["x"\n"y"]': (2, 1, finding("toml_list")),
    'a = ["x", ': (0, 0, finding("toml_unfinished")),
    "a = { b = 1,\n c = 2 }": (1, None, finding("toml_table")),
    "a = { b = 1 c = 2 }": (1, None, finding("toml_table")),
    "[steps.a": (0, 0, finding("toml_head")),
    "[[steps]": (1, None, finding("toml_head")),
    "a = 1\na = 2": (0, 0, finding("toml_twice")),
    "a = 1\na = 2\nb = 3": (2, None, finding("toml_twice")),
    "[a]\n[a]": (2, None, finding("toml_twice")),
    r'a = "C:\发票"': (1, None, finding("toml_escape")),
    "a = 2026/11/24": (1, 9, finding("toml_date")),
    "a = 2026-13-45": (1, 9, finding("toml_date")),
    'a = "\x01"': (1, None, finding("toml_character")),
}


def told(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    with pytest.raises(Unreadable) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_with_its_place_and_its_usual_cause(tmp_path: Path, text: str) -> None:
    line, column, what = SLIPS[text]
    found = told(tmp_path / "a.toml", text)
    if line == 0:
        last = text.count("\n") + 1
        assert found in (
            f"第 {last} 行（文件末尾）：{what}",
            f"第 1 行第 {len(text) + 1} 列：{what}",
        )
    elif column is None:
        assert found.startswith(f"第 {line} 行第 ")
        assert found.endswith(f" 列：{what}")
    else:
        assert found == f"第 {line} 行第 {column} 列：{what}"


@pytest.mark.parametrize("sign", LOOKALIKES)
def test_every_sign_of_a_chinese_keyboard_is_known_where_a_value_begins(
    tmp_path: Path, sign: str
) -> None:
    found = told(tmp_path / "a.toml", f"a = {sign}x")
    assert finding("toml_sign", found=sign, right=LOOKALIKES[sign]) in found


def test_nesting_without_end_is_told_like_any_other_slip(tmp_path: Path) -> None:
    assert told(tmp_path / "a.toml", "a = " + "[" * 100_000).startswith("不合")
