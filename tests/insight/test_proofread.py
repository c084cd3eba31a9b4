"""The proofreader: each fault of a small FAQ is found once, and none in a sound one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.app.load import asked
from bot.core.content.calendar import Calendar
from bot.core.content.knowledge import Category, Entry, Knowledge
from bot.core.content.mistake import Mistake
from bot.insight.proofread import FRESH, PHRASINGS, proofread
from bot.matching import Matcher
from bot.matching.weights import SHIPPED

TODAY = date(2026, 11, 24)
STAMP = Entry(
    id="stamp",
    title="电子发票要盖章吗",
    category="print",
    phrasings=(
        "没有红章",
        "数电票需不需要发票专用章",
        "客户说少了公章拒收",
        "章在哪里",
        "不盖专用章能报销吗",
        "右下角空空的没印",
        "新版票面取消了印章吗",
        "财务嫌没红印退回来了",
        "加盖印章的规定",
        "自己补敲个章可以吗",
        "为啥上面没有圆圈圈",
        "章盖歪了作废吗",
    ),
    answer="**不用盖章。** 下载 PDF 打印即可，仍有疑问请发送 /human。\n"
    "见 https://t.me/desk_bot?start=faq-locked",
    related=("locked",),
    source="国家税务总局公告2024年第11号",
    checked=TODAY,
)
LOCKED = Entry(
    id="locked",
    title="账号被锁定",
    category="login",
    phrasings=(
        "锁号",
        "密码输错五次进不去",
        "提示账户已冻结",
        "多久自动解开",
        "登录时说限制使用",
        "怎么解锁",
        "昨天试了太多遍，今天还不让登",
        "用户被禁用",
        "立刻恢复我的登录",
        "超过尝试次数",
        "是不是有人盗用才停了我的号",
        "解除冻结的流程",
    ),
    answer="请等两小时再试，或在登录页点“忘记密码”。",
    source="综合经验，请以官方为准",
    checked=TODAY,
)


Small = Callable[..., Knowledge]


@pytest.fixture
def small(knowledge: Knowledge) -> Small:
    """The shipped texts with these entries alone; a sound FAQ when none is given."""

    def made(*entries: Entry) -> Knowledge:
        held = {entry.id: entry for entry in entries or (STAMP, LOCKED)}
        shelves = (
            Category(id="print", name="打印", icon="📄"),
            Category(id="login", name="登录", icon="🔑"),
        )
        matcher = Matcher(asked(held), knowledge.lexicon)
        (year, *_) = knowledge.calendar.years
        known = Calendar(years=(year, replace(year, year=year.year + 1)))
        return replace(knowledge, entries=held, categories=shelves, matcher=matcher, calendar=known)

    return made


def changed(entry: Entry, place: int, text: str) -> Entry:
    """The entry with another phrasing in this place."""
    said = list(entry.phrasings)
    said[place] = text
    return replace(entry, phrasings=tuple(said))


def only(found: list[Mistake]) -> tuple[str, str, str]:
    """File, key and text of the one finding."""
    (mistake,) = found
    return mistake.file, mistake.key, mistake.text


def test_nothing_is_found_in_a_sound_faq(small: Small) -> None:
    assert proofread(small(), TODAY) == []


def test_our_own_faq_is_clean_on_the_day_of_its_last_check(knowledge: Knowledge) -> None:
    last = max(entry.checked for entry in knowledge.entries.values())
    assert "\n".join(map(str, proofread(knowledge, last))) == ""


@pytest.mark.parametrize(
    "text",
    [
        "用户被禁用",
        "用户被禁用了",
        "客户被禁用",
        "請問用戶被禁用嗎？",
        "禁用被用户",
    ],
    ids=["the same", "one added", "one of five changed", "spelled otherwise", "another order"],
)
def test_two_entries_with_phrasings_that_nothing_tells_apart_are_told_once(
    small: Small, text: str
) -> None:
    file, key, said = only(proofread(small(changed(STAMP, 3, text), LOCKED), TODAY))
    assert (file, key) == ("faq/entries/stamp.toml", "phrasings[3]")
    assert f"“{text}”" in said
    assert "faq/entries/locked.toml 里的“用户被禁用”" in said


def test_synonyms_do_not_tell_two_entries_apart(knowledge: Knowledge, small: Small) -> None:
    one, other = next(group for group in knowledge.lexicon.synonyms if len(group) > 1)[:2]
    pair = changed(STAMP, 3, f"{one}以后没反应"), changed(LOCKED, 3, f"{other}以后没反应")
    _, key, said = only(proofread(small(*pair), TODAY))
    assert key == "phrasings[3]"
    assert "一样，分不清" in said


def test_a_title_may_not_be_a_phrasing_of_another_entry(small: Small) -> None:
    _, key, said = only(proofread(small(replace(STAMP, title="怎么解锁"), LOCKED), TODAY))
    assert key == "title"
    assert "faq/entries/locked.toml 里的“怎么解锁”" in said


@pytest.mark.parametrize(
    ("one", "other"),
    [("平台上传之后看得到章", "平台上传之后看不到章"), ("返回代码10", "返回代码12")],
    ids=["denial", "number"],
)
def test_what_one_word_turns_around_is_not_alike(small: Small, one: str, other: str) -> None:
    assert proofread(small(changed(STAMP, 3, one), changed(LOCKED, 3, other)), TODAY) == []


def test_a_phrasing_that_finds_another_entry_first_is_told_with_that_entry(small: Small) -> None:
    sound = small()
    astray = asked({"stamp": STAMP, "locked": replace(LOCKED, phrasings=LOCKED.phrasings[1:])})
    astray["stamp"] += ("锁号",)
    file, key, text = only(proofread(replace(sound, matcher=Matcher(astray)), TODAY))
    assert (file, key) == ("faq/entries/locked.toml", "phrasings[0]")
    assert text.startswith("“锁号”会先找到 stamp 的“锁号”")


def test_a_phrasing_without_a_word_finds_nothing(small: Small) -> None:
    _, key, text = only(proofread(small(changed(STAMP, 5, "？！"), LOCKED), TODAY))
    assert key == "phrasings[5]"
    assert text.startswith("“？！”什么都找不到")


def test_a_phrasing_that_is_only_offered_is_told(small: Small) -> None:
    """Every one, to a matcher that never dares to answer."""
    timid = Matcher(asked({"locked": LOCKED}), model=replace(SHIPPED, answer_from=2.0))
    found = proofread(replace(small(LOCKED), matcher=timid), TODAY)
    assert [mistake.key for mistake in found][:2] == ["title", "phrasings[0]"]
    assert len(found) == 1 + len(LOCKED.phrasings)
    assert all("没把握直接回答" in mistake.text for mistake in found)


@pytest.mark.parametrize(
    ("change", "key", "text"),
    [
        ({"related": ("locked", "stamp")}, "related[1]", "写了自己"),
        ({"related": ("locked", "locked")}, "related[1]", "“locked”已经写过"),
        ({"answer": "请发送 /humans。"}, "answer", "没有命令“humans”，是不是“human”？"),
        (
            {"answer": "见 https://t.me/desk_bot?start=faq-lockd"},
            "answer",
            "没有链接“faq-lockd”，是不是“faq-locked”？",
        ),
        ({"title": "电" * 25}, "title", "有 25 个字，最多 24 个"),
        ({"answer": "长" * 261}, "answer", "有 261 个字，最多 260 个"),
    ],
    ids=["itself", "twice", "command", "deep link", "title", "answer"],
)
def test_a_broken_link_or_a_long_text_is_told(
    small: Small, change: dict[str, Any], key: str, text: str
) -> None:
    file, found, said = only(proofread(small(replace(STAMP, **change), LOCKED), TODAY))
    assert (file, found) == ("faq/entries/stamp.toml", key)
    assert text in said


def test_the_marks_of_bold_words_are_not_read(small: Small) -> None:
    bold = replace(STAMP, answer=f"**{'长' * 260}**\n")
    assert proofread(small(bold, LOCKED), TODAY) == []


def test_a_phrasing_as_long_as_a_story_is_told(small: Small) -> None:
    story = "上周三从老家过来的供应商捎来一张没有红章的打印件" * 3
    _, key, text = only(proofread(small(changed(STAMP, 3, story), LOCKED), TODAY))
    assert key == "phrasings[3]"
    assert text == f"有 {len(story)} 个字，最多 60 个"


def test_the_name_of_a_shelf_must_fit_its_button(small: Small) -> None:
    shelves = (Category(id="print", name="打" * 25, icon="📄"),)
    found = proofread(replace(small(), categories=shelves), TODAY)
    assert only(found)[:2] == ("faq/categories.toml", "categories[0].name")


def test_a_check_holds_for_half_a_year(small: Small) -> None:
    assert proofread(small(), TODAY + FRESH) == []
    found = proofread(small(), TODAY + FRESH + timedelta(days=1))
    assert [(mistake.file, mistake.key) for mistake in found] == [
        ("faq/entries/locked.toml", "checked"),
        ("faq/entries/stamp.toml", "checked"),
    ]
    assert "已有 183 天" in found[0].text


def test_a_check_in_the_future_is_a_slip(small: Small) -> None:
    early = replace(STAMP, checked=TODAY + timedelta(days=1))
    assert only(proofread(small(early, LOCKED), TODAY))[1:] == (
        "checked",
        "2026-11-25 还没有到，请写核对的那一天",
    )


@pytest.mark.parametrize(
    ("answer", "found", "last"),
    [
        ("截止日是 **2026年12月15日**，别等最后一天。", "2026年12月15日", "2026-12-15"),
        ("2026年12月是 **15 日**。", "2026年12月", "2026-12-31"),
        ("从 2027-01-01 起改用新的表。", "2027-01-01", "2027-01-01"),
        ("2016年5月1日起试点，2026 年 11 月 24 日结束。", "2026 年 11 月 24 日", "2026-11-24"),
    ],
    ids=["a day", "a month", "in figures", "the second, today"],
)
def test_what_is_said_of_days_to_come_needs_an_end(
    small: Small, answer: str, found: str, last: str
) -> None:
    dated = replace(STAMP, answer=answer)
    _, key, said = only(proofread(small(dated, LOCKED), TODAY))
    assert key == "answer"
    assert said.startswith(f"写了{found}，请用 valid_until 写明")
    assert said.endswith(f"valid_until = {last}")
    ended = replace(dated, valid_until=date.fromisoformat(last))
    assert proofread(small(ended, LOCKED), TODAY) == []


@pytest.mark.parametrize(
    "answer",
    [
        "2017年1月1日以后开的，勾选没有期限。",
        "见国家税务总局公告2024年第11号，2026年起按增值税法。",
        "每月 15 日前申报，汇算到次年 5 月 31 日。",
        "号码 20271201000012345678，打 010-12366，读 GB/T 33190-2016。",
    ],
    ids=["before the check", "announcement and year", "every year", "numbers"],
)
def test_what_has_no_end_needs_none(small: Small, answer: str) -> None:
    assert proofread(small(replace(STAMP, answer=answer), LOCKED), TODAY) == []


def test_what_has_passed_its_end_is_told_from_the_next_day_on(small: Small) -> None:
    dated = replace(STAMP, valid_until=TODAY + timedelta(days=1))
    assert proofread(small(dated, LOCKED), TODAY + timedelta(days=1)) == []
    file, key, said = only(proofread(small(dated, LOCKED), TODAY + timedelta(days=2)))
    assert (file, key) == ("faq/entries/stamp.toml", "valid_until")
    assert said.startswith("2026-11-25 已经过了")


def test_a_festival_that_moves_needs_its_day_of_this_year(small: Small) -> None:
    file = "faq/vocabulary.toml"
    found = proofread(small(), date(2031, 1, 1))
    told = {mistake.text: mistake.key for mistake in found if mistake.file == file}
    assert told.keys() == {
        f"“{name}”没有 2031 年的日期，请在 days 里补上"
        for name in ("春节", "除夕", "清明", "端午", "中秋")
    }
    assert set(told.values()) == {f"festivals[{n}].days" for n in range(11, 16)}


def test_a_phrasing_that_is_there_twice_is_told_and_does_not_count(small: Small) -> None:
    found = proofread(small(changed(STAMP, 11, "请问没有红章吗"), LOCKED), TODAY)
    assert [(mistake.key, mistake.text) for mistake in found] == [
        ("phrasings[11]", "“请问没有红章吗”和本问题的 phrasings[0]“没有红章”看起来一样，删掉一个"),
        ("phrasings", f"不同的问法只有 {PHRASINGS - 1} 句，至少 {PHRASINGS} 句"),
    ]


def test_the_title_is_a_way_of_asking_already(small: Small) -> None:
    repeated = replace(STAMP, phrasings=(*STAMP.phrasings, STAMP.title))
    _, key, text = only(proofread(small(repeated, LOCKED), TODAY))
    assert key == "phrasings[12]"
    assert "和本问题的 title“" in text


def test_findings_are_told_file_by_file(small: Small) -> None:
    stale = replace(STAMP, checked=TODAY - 2 * FRESH, title="电" * 25)
    long = replace(LOCKED, answer="长" * 300, related=("locked",))
    files = [mistake.file for mistake in proofread(small(stale, long), TODAY)]
    assert files == ["faq/entries/locked.toml"] * 2 + ["faq/entries/stamp.toml"] * 2
