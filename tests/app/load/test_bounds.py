"""Every number, id and text has bounds, and what is beyond them is told at load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.app.load.edits import ENTRY, EXAMPLES, FLOW, add, change, mistakes, swap

WAIT = "days = 1, hour = 10"
AGE, CAUSE = "facts/age.toml", "causes/just-issued.toml"
TALK, STAFF = "messages/zh/talk.toml", "messages/zh/staff.toml"

NUMBERS = [
    ("tiers.toml", "= 72", "= 0", "close_after_hours", "是 0，只能是 1 到 8760"),
    ("tiers.toml", "= 72", "= -5", "close_after_hours", "是 -5，"),
    ("tiers.toml", "= 72", "= 9999999", "close_after_hours", "是 9999999，"),
    ("tiers.toml", "= 72", "= 1.5", "close_after_hours", "要写成整数"),
    ("tiers.toml", "= 72", "= true", "close_after_hours", "要写成整数"),
    ("tiers.toml", "= 72", f"= {'9' * 30}", "close_after_hours", ""),
    (AGE, "weight = ", "weight = 11 #", "values[0].weight", "是 11，只能是 1 到 10"),
    (AGE, "days = [0, 0]", "days = [0]", "values[0].days[1]", "不能少"),
    (AGE, "days = [0, 0]", "days = [0, 0.5]", "values[0].days[1]", "要写成整数"),
    (CAUSE, "weight = ", "weight = 0 #", "weight", "是 0，只能是 1 到 10"),
    ("diagnosis.toml", "facts = ", "questions = 7\nfacts = ", "questions", "只能是 1 到 6"),
    (FLOW, WAIT, "days = 0, hour = 10", "steps.tomorrow.wait.days", "只能是 1 到 365"),
    (FLOW, WAIT, "days = -1, hour = 10", "steps.tomorrow.wait.days", "是 -1，"),
    (FLOW, WAIT, "days = 9999999, hour = 10", "steps.tomorrow.wait.days", "是 9999999，"),
    (FLOW, WAIT, "days = 1, hour = 25", "steps.tomorrow.wait.hour", "只能是 0 到 23"),
    (FLOW, WAIT, "days = 1, hour = 24", "steps.tomorrow.wait.hour", "是 24，"),
    (FLOW, WAIT, "days = 1, hour = -1", "steps.tomorrow.wait.hour", "是 -1，"),
    (FLOW, WAIT, 'days = 1, hour = "10"', "steps.tomorrow.wait.hour", "要写成整数"),
]
TARGETS = [
    ("tiers.toml", "first_reply = 30", "first_reply = 0", "tiers[0].targets.first_reply", "是 0，"),
    ("tiers.toml", "next_reply = 60", "next_reply = -1", "tiers[0].targets.next_reply", "是 -1，"),
    ("tiers.toml", "resolve = 480", 'resolve = "8h"', "tiers[0].targets.resolve", "写成整数"),
    ("tiers.toml", ", resolve = 480", "", "tiers[0].targets.resolve", "不能少"),
    ("tiers.toml", "remind = 10", "remind = 0", "stages.remind", "是 0，"),
    ("tiers.toml", "overdue = 30", "overdue = 0", "stages.overdue", "是 0，"),
    ("tiers.toml", "hand_back = 120", "hand_back = 0", "stages.hand_back", "是 0，"),
    ("tiers.toml", "remind = 10", "remind = 30", "stages.remind", "要小于最短的时限 30"),
    ("tiers.toml", "digest = 09:05:00", 'digest = "09:05"', "digest", "要写成钟点，例如 09:00:00"),
    ("tiers.toml", "digest = 09:05:00", "digest = 9", "digest", "要写成钟点"),
    ("tiers.toml", "digest = 09:05:00", "digest = 25:00:00", "", ""),
    ("tiers.toml", "digest = 09:05:00", "digest = 08:00:00", "digest", "不在上班时间里"),
    ("tiers.toml", "remind = 10", "reminds = 10", "stages.reminds", "是不是“remind”"),
]
OWNER = 'name = "跨部门协调"\ncoordinator = { address = "%s", name = "王敏" }'
COORDINATORS = [
    ("tiers.toml", 'name = "跨部门协调"', OWNER % told, f"tiers[2].{key}", part)
    for told, key, part in [
        ("100", "coordinator.address", "“100”不是地址，要像 telegram:100"),
        ("@wangmin", "coordinator.address", "不是地址"),
        ("telegram:", "coordinator.address", "不是地址"),
        ("Telegram: 100", "coordinator.address", "不是地址"),
        ("", "coordinator.address", "没有内容"),
    ]
]
IDS = [
    ("fields.toml", 'id = "number"', 'id = "Number"', "fields[0].id"),
    ("fields.toml", 'id = "number"', 'id = "num ber"', "fields[0].id"),
    ("fields.toml", 'id = "number"', 'id = "号码"', "fields[0].id"),
    ("fields.toml", 'id = "number"', 'id = "a:b"', "fields[0].id"),
    ("fields.toml", 'id = "number"', 'id = ""', "fields[0].id"),
    ("fields.toml", 'id = "number"', f'id = "{"n" * 21}"', "fields[0].id"),
    (AGE, 'id = "today"', 'id = "Today"', "values[0].id"),
    ("tiers.toml", 'id = "frontline"', 'id = "Front Line"', "tiers[0].id"),
    ("tiers.toml", 'id = "frontline"', 'id = "a,b"', "tiers[0].id"),
    (FLOW, "[steps.delay]", '[steps."Print How"]', "steps.Print How.id"),
    (FLOW, 'id = "nothing"', 'id = "Nothing"', "steps.symptom.options[0].id"),
    (FLOW, 'id = "nothing"', 'id = "-no"', "steps.symptom.options[0].id"),
]
TEXTS = [
    (FLOW, "**通常很快就能看到**", "**通常很快就能看到", "steps.delay.ask", "没有配对"),
    (FLOW, "**通常很快就能看到**", "****", "steps.delay.ask", "没有配对"),
    (FLOW, "**通常很快就能看到**", "***通常***很快", "steps.delay.ask", "没有配对"),
    (FLOW, "**通常很快就能看到**", "**通常\\n很快**", "steps.delay.ask", "没有配对"),
    (FLOW, 'say = "太好了', 'say = "**太好了', "steps.solved.say", "没有配对"),
    (FLOW, 'label = "完全查不到"', 'label = "**查不到"', "steps.symptom.options[0].label", "粗体"),
    (FLOW, 'label = "好了"', f'label = "{"好" * 25}"', "steps.delay.options[0].label", "最多 24"),
    (FLOW, 'label = "好了"', 'label = " "', "steps.delay.options[0].label", "没有内容"),
    (FLOW, 'label = "好了"', 'label = "好\\n了"', "steps.delay.options[0].label", "一行"),
    (FLOW, '"查不到", ', '"？！", ', "steps.symptom.options[0].cues[0]", "没有文字"),
    (AGE, "ask = ", 'ask = "哪天\\n开的？" #', "ask", "一行"),
    (AGE, "label = ", f'label = "{"天" * 25}" #', "label", "最多 24"),
    (AGE, '"今天",', '"？",', "values[0].phrasings[0]", "没有文字"),
    (CAUSE, 'remedy = """', 'remedy = """**', "remedy", "没有配对"),
    (CAUSE, "title = ", 'title = "" #', "title", "没有内容"),
    (EXAMPLES, "text = ", 'text = "", txt = ', "messages[0].text", "没有内容"),
    (ENTRY, 'answer = """', 'answer = """**', "answer", "没有配对"),
    (ENTRY, 'answer = """', 'answer = """https:/etax.cn ', "answer", "网址“https:/etax.cn”"),
    (ENTRY, 'answer = """', 'answer = """https://etax.cn查看', "answer", "空一格"),
    (ENTRY, 'answer = """', 'answer = """\\u0007', "answer", "U+0007"),
    (ENTRY, "title = ", 'title = "**a**" #', "title", "粗体"),
    (ENTRY, "source = ", 'source = "" #', "source", "没有内容"),
    ("categories.toml", "name = ", 'name = "" #', "categories[0].name", "没有内容"),
    ("categories.toml", "icon = ", 'icon = "📄📄📄📄📄📄📄📄📄" #', "categories[0].icon", "最多 8"),
    ("fields.toml", "ask = ", 'ask = "" #', "fields[0].ask", "没有内容"),
    ("fields.toml", "ask = ", 'ask = "**哪天" #', "fields[0].ask", "没有配对"),
    ("fields.toml", 'cues = ["发票号码"', 'cues = [""', "fields[0].cues[0]", "没有内容"),
    ("fields.toml", 'cues = ["发票号码"', 'cues = ["…"', "fields[0].cues[0]", "没有文字"),
    ("tiers.toml", "promise = ", 'promise = "" #', "tiers[0].promise", "没有内容"),
    ("tiers.toml", "promise = ", 'promise = "**好**" #', "tiers[0].promise", "粗体"),
    ("words.toml", 'equals = ["人工"', 'equals = [""', "human.equals[0]", "没有内容"),
    ("synonyms.toml", '["发票", ', '["", ', "groups[1][0]", "没有内容"),
    ("foreign.toml", '"微信"', '""', "words[0]", "没有内容"),
    ("vocabulary.toml", '["上传"', '["？"', "opposites[0][0]", "没有文字"),
    ("vocabulary.toml", '"校验码"', '""', "labels[0]", "没有内容"),
    ("vocabulary.toml", "month = 1", "month = 13", "festivals[0].month", "只能是 1 到 12"),
    ("vocabulary.toml", "day = 1", "day = 32", "festivals[0].day", "只能是 1 到 31"),
    (TALK, "glad = ", 'glad = "**好" #', "glad", "没有配对"),
    (TALK, "stuck = ", f'stuck = "{"帮" * 1001}" #', "stuck", "最多 1000"),
    (TALK, "button_human = ", 'button_human = "**人工**" #', "button_human", "粗体"),
    (TALK, "button_human = ", f'button_human = "{"人" * 25}" #', "button_human", "最多 24"),
    (TALK, "new = ", 'new = "**新**" #', "statuses.new", "粗体"),
    (TALK, "photo = ", 'photo = "" #', "kinds.photo", "没有内容"),
    (TALK, "withdraw = ", 'withdraw = "{number:d}" #', "withdraw", "花括号"),
    (TALK, "withdraw = ", 'withdraw = "{number!r}" #', "withdraw", "花括号"),
    ("messages/zh/agents.toml", "title = ", 'title = "**{number}**" #', "title", "粗体"),
    (STAFF, "claimed = ", 'claimed = "**{owner}" #', "claimed", "没有配对"),
    (STAFF, "groups = ", 'groups = ["问法", "条目", "语义"] #', "groups[3]", "不能少"),
    (STAFF, "groups = ", 'groups = ["a", "b", "c", "d", "e"] #', "groups", "有 5 项，要写 4 项"),
    ("messages/zh/fields.toml", "blank = ", 'blank = "**空" #', "blank", "没有配对"),
    ("messages/zh/hints.toml", "red = ", 'red = "**红" #', "person.red", "没有配对"),
    ("messages/zh/commands.toml", "faq = ", f'faq = "{"问" * 257}" #', "private.faq", "最多 256"),
    ("messages/zh/commands.toml", "claim = ", 'claim = "" #', "group.claim", "没有内容"),
]
NAMES = [
    ("categories.toml", 'name = "数据同步"', 'name = "发票查询"', "categories", "写了 2 次"),
    ("fields.toml", 'label = "发票代码"', 'label = "发票号码"', "fields", "写了 2 次"),
    ("fields.toml", 'id = "code"', 'id = "number"', "fields", "“number”写了 2 次"),
    (
        "fields.toml",
        '"崇文" = "dongcheng"',
        '"崇文" = "dong"',
        "fields[6].aliases.崇文",
        "dongcheng",
    ),
    (
        "fields.toml",
        'label = "西城区"',
        'label = "东城区"',
        "fields[6].choices",
        "“东城区”写了 2 次",
    ),
    (
        "fields.toml",
        'id = "xicheng"',
        'id = "dongcheng"',
        "fields[6].choices",
        "“dongcheng”写了 2 次",
    ),
    ("categories.toml", 'id = "sync"', 'id = "query"', "categories", "写了 2 次"),
    ("tiers.toml", 'name = "二线技术支持"', 'name = "一线客服"', "tiers", "写了 2 次"),
    ("tiers.toml", "values = ", "values = [] #", "rules[0].values", "没有内容"),
    ("synonyms.toml", '["发票", "invoice"]', '["发票"]', "groups[1]", "至少写两个"),
    ("synonyms.toml", '["发票", "invoice"]', '["票据", "专用发票"]', "groups", "写了 2 次"),
    (FLOW, 'of = "date"', 'of = "number"', "steps.fresh.of", "kind 是 date"),
    (FLOW, 'id = "incomplete"', 'id = "partial"', "steps.symptom.options[1].id", "choices"),
    (STAFF, 'net = "不含税金额"', 'nett = "不含税金额"', "told.nett", "没有这个名称"),
]


def told(root: Path, name: str, old: str, new: str, key: str) -> str:
    """What is told of this key after `old` became `new`, the first time it begins a word."""
    before = (root / name).read_text("utf-8")
    place = re.search(rf"(?<![a-z_]){re.escape(old)}", before)
    assert place is not None
    change(root, name, lambda text: text[: place.start()] + new + text[place.end() :])
    found = [text for file, k, text in mistakes(root) if (file, k) == (f"faq/{name}", key)]
    assert found, mistakes(root)
    return found[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "part"), [*NUMBERS, *TARGETS, *COORDINATORS, *TEXTS, *NAMES]
)
def test_what_is_out_of_bounds_is_told_with_what_would_be_right(
    root: Path, name: str, old: str, new: str, key: str, part: str
) -> None:
    assert part in told(root, name, old, new, key)


@pytest.mark.parametrize(("name", "old", "new", "key"), IDS)
def test_every_id_follows_one_pattern(root: Path, name: str, old: str, new: str, key: str) -> None:
    assert "只能用小写字母、数字、_ 和 -" in told(root, name, old, new, key)


@pytest.mark.parametrize("name", ["Print How", "打印", "print.how", "-print", "n" * 61])
def test_the_name_of_a_file_is_an_id_too(root: Path, name: str) -> None:
    (root / ENTRY).rename(root / f"entries/{name}.toml")
    place = (f"faq/entries/{name}.toml", "id")
    assert [text for file, key, text in mistakes(root) if (file, key) == place] == [
        f"编号“{name}”只能用小写字母、数字、_ 和 -，以字母或数字开头，最多 60 个字符"
    ]


def test_a_flow_is_named_like_everything_else(root: Path) -> None:
    (root / FLOW).rename(root / "flows/Visit.toml")
    assert ("faq/flows/Visit.toml", "id") in [place[:2] for place in mistakes(root)]


def test_a_choice_without_choices_would_leave_nothing_to_choose(root: Path) -> None:
    change(root, "fields.toml", lambda text: text[: text.index("choices = [")])
    change(
        root, "fields.toml", add('[[fields]]\nid = "x"\nlabel = "x"\nkind = "choice"\nask = "x"')
    )
    assert any("要有 choices" in text for _, _, text in mistakes(root))


def test_bold_that_is_sound_passes(root: Path) -> None:
    change(root, TALK, swap('glad = "', 'glad = "**好**，5 * 3 = 15，**再见**'))
    with pytest.raises(pytest.fail.Exception):
        mistakes(root)
