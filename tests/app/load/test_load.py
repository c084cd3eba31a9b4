"""The faq/ folder: read whole, or every mistake in it at once, each with its file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app.load import read
from bot.core.content.findings import finding
from bot.core.content.knowledge import Knowledge
from tests.app.load.edits import ENTRY, FLOW, Edit, add, change, line, mistakes, swap, table

# File, what is done to it, and the mistake: its key and a part of what is told.
SLIPS: dict[str, tuple[str, Edit, str, str]] = {
    "an unknown key": (ENTRY, add('answr = "x"'), "answr", "是不是“answer”"),
    "an unknown key of a flow": (
        FLOW,
        swap("ask = ", "asks = "),
        "steps.symptom.asks",
        "",
    ),
    "an unknown key of a list": (
        "categories.toml",
        add("[[shelves]]"),
        "shelves",
        "只写 categories",
    ),
    "a wrong type": ("tiers.toml", swap("= 72", '= "lang"'), "close_after_hours", "整数"),
    "a wrong type in a list": (
        "categories.toml",
        line("icon", "icon = 5"),
        "categories[0].icon",
        "",
    ),
    "a missing key": (ENTRY, line("source"), "source", "不能少"),
    "a wrong date": (ENTRY, line("checked", 'checked = "soon"'), "checked", "例如 2026-11-24"),
    "a wrong end": (
        ENTRY,
        lambda text: text + 'valid_until = "12月15日"\n',
        "valid_until",
        "要写成日期，例如 2026-11-24，不加引号",
    ),
    "no TOML": ("synonyms.toml", lambda text: "groups = [[", "", "（文件末尾）"),
    "an empty file": ("fields.toml", lambda text: "", "fields", "不能少"),
    "an unknown category": (ENTRY, swap('"query"', '"qeury"'), "category", "query"),
    "an unknown related entry": (
        ENTRY,
        swap("query-just-issued", "query-just-isued"),
        "related[0]",
        "是不是“query-just-issued”",
    ),
    "no phrasings": (
        ENTRY,
        lambda t: t[: t.index("phr")] + "phrasings = []\n" + t[t.index("answer") :],
        "phrasings",
        "没有内容",
    ),
    "no source": (ENTRY, line("source", 'source = " "'), "source", "没有内容"),
    "an answer too long": (
        ENTRY,
        swap('answer = """', 'answer = """' + "长" * 1300),
        "answer",
        "1200",
    ),
    "an unknown step": (
        FLOW,
        swap('next = "date"', 'next = "dat"'),
        "steps.symptom.options[0].next",
        "date",
    ),
    "an unknown field of a step": (
        FLOW,
        swap('field = "date"', 'field = "dat"'),
        "steps.date.field",
        "date",
    ),
    "an unknown kind": (
        "fields.toml",
        swap('kind = "number"', 'kind = "numer"'),
        "fields[0].kind",
        "number",
    ),
    "an unknown tier": (
        "tiers.toml",
        line("tier", 'tier = "technic"'),
        "rules[0].tier",
        "technical",
    ),
    "an unknown answer in a rule": (
        "tiers.toml",
        line("values", 'values = ["errors"]'),
        "rules[0].values",
        "error",
    ),
    "an unknown slot in a rule": (
        "tiers.toml",
        line("slot", 'slot = "sympton"'),
        "rules[0].slot",
        "",
    ),
    "an unknown placeholder": (
        "messages/zh/talk.toml",
        line("closed", 'closed = "{nummer} 已关闭"'),
        "closed",
        "nummer",
    ),
    "a placeholder of agents' texts": (
        "messages/zh/staff.toml",
        line("yours", 'yours = "{owner}"'),
        "yours",
        "owner",
    ),
    "braces that do not pair": (
        "messages/zh/talk.toml",
        line("glad", 'glad = "好 {"'),
        "glad",
        "没有配对",
    ),
    "an empty text": ("messages/zh/staff.toml", line("noted", 'noted = ""'), "noted", "没有内容"),
    "a missing text": ("messages/zh/talk.toml", line("glad"), "glad", "不能少"),
    "a content without a word for it": (
        "messages/zh/talk.toml",
        line("contact", ""),
        "kinds.contact",
        "不能少",
    ),
    "a missing reason": (
        "messages/zh/fields.toml",
        line("number_length"),
        "number_length",
        "不能少",
    ),
    "a refusal without a text": (
        "messages/zh/staff.toml",
        line("no_chat"),
        "refusals.no_chat",
        "不能少",
    ),
    "an unknown status": (
        "messages/zh/talk.toml",
        line("pending", 'waiting = "等您补充资料"'),
        "statuses.waiting",
        "只能写",
    ),
    "an unknown placeholder of a line": (
        "messages/zh/staff.toml",
        line("agent", 'agent = "{who}：{text}"'),
        "lines.agent",
        "{name}",
    ),
    "a missing hint": ("messages/zh/hints.toml", line("red"), "staff.red", "不能少"),
    "an unknown hint": (
        "messages/zh/hints.toml",
        line("red", 'redd = "红字发票"'),
        "person.redd",
        "red",
    ),
    "a hint on somebody else for a person": (
        "messages/zh/hints.toml",
        swap("[person]", '[person]\nother_ticket = "{tickets}"'),
        "person.other_ticket",
        "",
    ),
    "an unknown placeholder of a hint": (
        "messages/zh/hints.toml",
        line("elsewhere", 'elsewhere = "{region}开的票"'),
        "person.elsewhere",
        "region",
    ),
    "a kind of invoice without a name": (
        "messages/zh/hints.toml",
        line("railway"),
        "kinds.railway",
        "不能少",
    ),
    "an unknown command": (
        "messages/zh/commands.toml",
        line("diagnose", 'diagnos = "排查"'),
        "private.diagnos",
        "diagnose",
    ),
    "a missing wish": ("words.toml", table("human", "humans"), "human", "不能少"),
    "an unknown wish": ("words.toml", table("human", "humans"), "humans", "human"),
    "a word that two terms explain": (
        "glossary.toml",
        add('[twin]\nnames = ["数电"]\ntext = "另一种。"\nsource = "票面"\nchecked = 2026-11-30'),
        "twin.names[0]",
        "“数电”已经是“digital”的名称，请留一处",
    ),
    "an explanation that no phone shows": (
        "glossary.toml",
        add(
            f'[long]\nnames = ["长"]\ntext = "{"长" * 121}"\nsource = "票面"\nchecked = 2026-11-30'
        ),
        "long.text",
        "最多 120 个",
    ),
    "a canned reply with an unknown variable": (
        "replies.toml",
        swap("{name}您好，我是", "{姓名}您好，我是"),
        "replies[0].text",
        "这里没有 {姓名} 可换，可以用 {agent}、",
    ),
    "a canned reply without words": (
        "replies.toml",
        add('[[replies]]\nid = "mute"\ntitle = "空"\ntext = " "'),
        "replies[13].text",
        "没有内容",
    ),
    "two canned replies of one id": (
        "replies.toml",
        add('[[replies]]\nid = "wait"\ntitle = "又一句"\ntext = "好的"'),
        "replies",
        "“wait”写了 2 次",
    ),
    "a canned reply that Telegram would not take": (
        "replies.toml",
        add(f'[[replies]]\nid = "long"\ntitle = "长"\ntext = "{"长" * 1001}"'),
        "replies[13].text",
        "最多 1000 个",
    ),
    "an unknown key of a canned reply": (
        "replies.toml",
        add('[[replies]]\nid = "key"\ntitle = "键"\ntext = "好的"\nphrasing = ["好"]'),
        "replies[13].phrasing",
        "是不是“phrasings”",
    ),
    "a variable without its name": (
        "messages/zh/agents.toml",
        line("promised"),
        "variables.promised",
        "不能少",
    ),
    "two variables of one name": (
        "messages/zh/agents.toml",
        line("promised", 'promised = "工单号"'),
        "variables",
        "“工单号”写了 2 次",
    ),
    "an unknown list of words": (
        "vocabulary.toml",
        swap("opposites =", "opposite ="),
        "opposite",
        "是不是“opposites”",
    ),
    "a missing list of words": (
        "vocabulary.toml",
        swap("opposites =", "x ="),
        "opposites",
        "不能少",
    ),
    "an opposite of nothing": (
        "vocabulary.toml",
        swap('["上传", "下载"]', '["上传"]'),
        "opposites[0][1]",
        "不能少",
    ),
    "an opposite of itself": (
        "vocabulary.toml",
        swap('["销售方", "购买方"]', '["销售方", "销方"]'),
        "opposites[10]",
        "算同一个词",
    ),
    "opposites that are there already": (
        "vocabulary.toml",
        swap('["打开", "关闭"]', '["关闭", "开通"]'),
        "opposites",
        "写了 2 次",
    ),
    "a word that is there already": (
        "vocabulary.toml",
        swap('"校验码", ', '"校验码", "校验码", '),
        "labels",
        "“校验码”写了 2 次",
    ),
    "a label that is a field's": (
        "vocabulary.toml",
        swap('"校验码", ', '"发票代码", '),
        "labels[0]",
        "工单项“发票代码”",
    ),
    "a place that is a district": (
        "vocabulary.toml",
        swap('"天津", ', '"通州", '),
        "places[0]",
        "工单项“所在区”",
    ),
    "a festival without a name": (
        "vocabulary.toml",
        swap('names = ["元旦"]', "names = []"),
        "festivals[0].names",
        "没有内容",
    ),
    "a festival without its day": (
        "vocabulary.toml",
        swap("month = 1\nday = 1\n", "month = 1\n"),
        "festivals[0]",
        "month 和 day",
    ),
    "a festival at no time": (
        "vocabulary.toml",
        swap("month = 1\nday = 1\n", ""),
        "festivals[0]",
        "只写一种",
    ),
    "a festival at two times": (
        "vocabulary.toml",
        swap("month = 1\nday = 1\n", "month = 1\nday = 1\ndays = [2026-01-01]\n"),
        "festivals[0]",
        "只写一种",
    ),
    "a festival on a day that is not every year": (
        "vocabulary.toml",
        swap("month = 1\nday = 1\n", "month = 2\nday = 29\n"),
        "festivals[0].day",
        "2 月 29 日",
    ),
    "a festival on two days of a year": (
        "vocabulary.toml",
        swap("2021-02-12, ", "2021-02-12, 2021-02-13, "),
        "festivals[11].days",
        "“2021”写了 2 次",
    ),
    "a festival that is no day": (
        "vocabulary.toml",
        swap("2021-02-12, ", '"春天", '),
        "festivals[11].days[0]",
        "例如 2026-11-24",
    ),
    "a name of two festivals": (
        "vocabulary.toml",
        swap('names = ["清明"]', 'names = ["清明", "元旦"]'),
        "festivals",
        "“元旦”写了 2 次",
    ),
    "an unknown way of a wish": (
        "words.toml",
        swap("equals =", "equal ="),
        "human.equal",
        "equals",
    ),
}


def test_the_folder_that_ships_is_without_mistakes(knowledge: Knowledge) -> None:
    assert len(knowledge.entries) >= 20
    assert {"diagnose", "ticket"} <= knowledge.flows.keys()


@pytest.mark.parametrize("slip", SLIPS)
def test_a_mistake_is_told_with_file_and_key(root: Path, slip: str) -> None:
    name, edit, key, part = SLIPS[slip]
    change(root, name, edit)
    found = [text for file, k, text in mistakes(root) if (file, k) == (f"faq/{name}", key)]
    assert found
    assert part in found[0]


@pytest.mark.parametrize(
    "name",
    [
        "categories.toml",
        "fields.toml",
        "tiers.toml",
        "synonyms.toml",
        "foreign.toml",
        "words.toml",
        "vocabulary.toml",
        "replies.toml",
        "messages/zh/talk.toml",
        "messages/zh/staff.toml",
        "messages/zh/commands.toml",
        "messages/zh/fields.toml",
        "messages/zh/hints.toml",
        "messages/zh/diagnosis.toml",
        "messages/zh/letters.toml",
        "flows/ticket.toml",
        "diagnosis.toml",
        "calendar.toml",
    ],
)
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    (root / name).unlink()
    assert (f"faq/{name}", "", finding("no_file")) in mistakes(root)


def test_a_folder_without_entries_says_so(root: Path) -> None:
    shutil.rmtree(root / "entries")
    assert ("faq/entries/", "", "里面没有 .toml 文件") in mistakes(root)


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path, root: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert mistakes(nowhere) == [(str(nowhere), "", finding("no_folder"))]
    assert mistakes(root / "tiers.toml")[0][2] == finding("no_folder")


def test_an_entry_whose_name_is_too_long_for_a_button_is_named(root: Path) -> None:
    (root / ENTRY).rename(root / f"entries/{'n' * 61}.toml")
    told = (f"faq/entries/{'n' * 61}.toml", "id", finding("id", name="n" * 61, most=60))
    assert told in mistakes(root)


def test_all_mistakes_are_told_at_once(root: Path) -> None:
    """One of each sort, in files that can be read and in files that cannot."""
    together = {
        "an unknown category": (
            "entries/query-old-invoice.toml",
            line("category", 'category = "无"'),
            "category",
        ),
        "bad TOML": ("entries/safety-scam.toml", lambda text: "title = ", ""),
        "an unknown key": ("entries/safety-delete.toml", add('answr = "x"'), "answr"),
        "an unknown step": (
            FLOW,
            swap('next = "date"', 'next = "dat"'),
            "steps.symptom.options[0].next",
        ),
        "an unknown kind": (
            "fields.toml",
            swap('kind = "number"', 'kind = "numer"'),
            "fields[0].kind",
        ),
        "an unknown tier": ("tiers.toml", line("tier", 'tier = "technic"'), "rules[0].tier"),
        "a wrong type": ("foreign.toml", lambda text: "words = 5", "words"),
        "no placeholder": ("messages/zh/talk.toml", line("glad", 'glad = "{x}"'), "glad"),
        "a missing text": ("messages/zh/staff.toml", line("noted"), "noted"),
        "a missing reason": ("messages/zh/fields.toml", line("number_length"), "number_length"),
        "a missing wish": ("words.toml", table("no", "nope"), "no"),
    }
    for name, edit, _ in together.values():
        change(root, name, edit)
    (root / "synonyms.toml").unlink()
    expected = {(f"faq/{name}", key) for name, _, key in together.values()}
    expected |= {("faq/synonyms.toml", ""), ("faq/words.toml", "nope")}
    assert {(file, key) for file, key, _ in mistakes(root)} == expected


def test_one_slip_is_one_mistake(root: Path) -> None:
    """What could not be read is not reported again by the files that name it."""
    change(root, "entries/query-just-issued.toml", add('answr = "x"'))
    assert [key for _, key, _ in mistakes(root)] == ["answr"]


def test_the_same_files_are_the_same_version_and_any_change_of_one_is_another(root: Path) -> None:
    first = read(root).version
    assert (len(first), read(root).version) == (12, first)
    (root / "README.md").write_text("nobody reads this")
    (root / f"{ENTRY}~").write_text("nor this")
    assert read(root).version == first
    change(root, ENTRY, add("# a remark"))
    second = read(root).version
    one, other, aside = (root / f"entries/{name}" for name in ("safety-scam.toml", ENTRY[8:], "x"))
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    assert len({first, second, read(root).version}) == 3
