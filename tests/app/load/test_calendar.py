"""The calendar's file: read as it ships, and its slips told with file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app.load import Mistakes, folder, read

NAME = "calendar.toml"
LINES_OF_A_YEAR = 21


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(), tmp_path / "faq"))


def told(root: Path) -> list[str]:
    with pytest.raises(Mistakes) as found:
        read(root)
    return [str(each) for each in found.value.mistakes]


def test_a_year_takes_few_lines(root: Path) -> None:
    years = (root / NAME).read_text("utf-8").split("[[years]]")[1:]
    for year in years:
        assert len([line for line in year.split("\n") if line.strip()]) <= LINES_OF_A_YEAR


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("year = 2026", "year = 1926", "years[0].year", "只能是 2000 到 2099"),
        ('days_by = "国办发明电〔2025〕7号"', "", "years[0].days_by", "不能少"),
        ("last = 2026-01-03", "last = 2026-01-33", "", "第 13 行"),
        ("last = 2026-01-03", "end = 2026-01-03", "years[0].holidays[0].end", "没有这个名称"),
        ("2026-01-04, ", "2026-01-05, ", "years[0].workdays[0]", "星期一"),
        ("2026-12-15,", "", "years[0].deadlines", "少了 12 月"),
        ("= 09:00:00", '= "09:00"', "hours[0].opens", "要写成钟点"),
        ("= 09:00:00", "= 9", "hours[0].opens", "要写成钟点"),
        ("= 09:00:00", "= 12:00:00", "hours[0]", "12:00:00 不在 12:00:00 之后"),
        ("= 18:00:00", "= 02:00:00", "hours[1]", "不能跨过半夜"),
        ("= 13:30:00", "= 11:30:00", "hours[1]", "11:30:00 开始的一段和 12:00:00 结束的一段"),
        ("closes = 12:00:00", "closes = 24:00:00", "", "第 5 行"),
        ("closes = 12:00:00", "until = 12:00:00", "hours[0].until", "没有这个名称"),
    ],
)
def test_a_slip_is_told_with_its_place(root: Path, old: str, new: str, key: str, said: str) -> None:
    text = (root / NAME).read_text("utf-8")
    assert old in text
    (root / NAME).write_text(text.replace(old, new, 1), "utf-8")
    (mistake, *_) = (each for each in told(root) if said in each)
    assert mistake.startswith(f"faq/{NAME}  {key}".rstrip())


def test_a_desk_that_never_opens_is_refused(root: Path) -> None:
    text = (root / NAME).read_text("utf-8")
    begin, end = text.index("hours = ["), text.index("\n[[years]]")
    (root / NAME).write_text(f"{text[:begin]}hours = []\n{text[end:]}", "utf-8")
    assert told(root) == [f"faq/{NAME}  hours  没有内容，请写上"]


def test_a_folder_without_it_is_refused(root: Path) -> None:
    (root / NAME).unlink()
    assert [each.split("  ")[0] for each in told(root)] == [f"faq/{NAME}"]
