"""What the desk tells the authors of `faq/`, in their language: each finding by its name.

A finding says what is wrong and what would be right. The files it is about may be broken, so these
sentences do not stand among them.
"""

from __future__ import annotations

from collections.abc import Mapping

FINDINGS: Mapping[str, str] = {
    # Files
    "no_folder": "没有这个文件夹，请检查路径",
    "no_file": "缺少这个文件，请从原来的 faq 文件夹里复制一份",
    "no_entries": "里面没有 .toml 文件",
    "is_folder": "这是文件夹，这里要的是文件",
    "cannot_open": "打不开（{reason}），请检查文件和读取权限",
    "utf16": "存成了 UTF-16（记事本里叫“Unicode”），请另存为，编码选 UTF-8",
    "gbk": "存成了 GBK（记事本里叫“ANSI”），请另存为，编码选 UTF-8",
    "not_text": "第 {line} 行不是 UTF-8 文字，请用文本编辑器另存为，编码选 UTF-8",
    "unread": "没有读这个文件：名字要以小写的 .toml 结尾，请改名为 {name}",
    "unread_folder": "没有读这个文件夹：请把里面的 .toml 文件移到 {folder} 里",
    "unused": "没有这样的文件，不会读它{guess}；不要的话请删掉",
    # TOML
    "at": "第 {line} 行第 {column} 列：{what}",
    "at_end": "第 {line} 行（文件末尾）：{what}",
    "toml_sign": "这里有中文符号 {found}，语法符号要用英文的 {right}",
    "toml_string": '引号没有配对，请检查这一行和上一行；多行的文字用三个引号 """ 包住',
    "toml_value": '值写得不对：文字要用英文引号 " 包住，是否写 true 或 false',
    "toml_unfinished": "没有写完：等号后面少了值，或者方括号、花括号没有关上",
    "toml_equals": "名称后面少了等号，每行写成 名称 = 值",
    "toml_statement": "这一行看不懂：每行写成 名称 = 值；中文名称要用英文引号包住；说明文字前加 #",
    "toml_line_end": "值后面多了内容：一行只写一个，要说明请前面加 #；也可能是引号提前结束了",
    "toml_list": "方括号没有配对，或者两项之间少了英文逗号，请检查这一行和前几行",
    "toml_table": "花括号没有配对，或者两项之间少了英文逗号；{{ }} 里的内容要写在同一行",
    "toml_head": "方括号里的名称写得不对，应写成 [名称] 或 [[名称]]",
    "toml_twice": "同一个名称写了两次，请删掉一个",
    "toml_escape": "反斜杠 \\ 要写两遍 \\\\，或者改用单引号包住文字",
    "toml_date": "日期写得不对，例如 2026-11-24",
    "toml_character": "有看不见的特殊字符，请删掉重写这一处",
    "toml_else": "不合 TOML 的写法，请检查这一行的引号、逗号、括号和等号",
    # Keys and types
    "missing": "没有写，这一项不能少",
    "unknown_key": "没有这个名称{guess}",
    "only_key": "没有这个名称，这个文件里只写 {key}",
    "string": '要写成文字，用英文引号 " 包住',
    "integer": "要写成整数，不加引号",
    "boolean": "只能写 true 或 false，不加引号",
    "list": "要写成一组：用方括号 [ ] 包住，两项之间用英文逗号",
    "table": "要写成一块，里面是 名称 = 值",
    "date": "要写成日期，例如 2026-11-24，不加引号",
    "choice": "只能写 {expected}",
    "count": "现在有 {actual} 项，要写 {expected} 项",
    "wrong": "写得不对，请照着别的文件里同一项的写法改",
    # Bounds
    "empty": "没有内容，请写上",
    "between": "是 {value}，只能是 {least} 到 {most} 的整数",
    "too_long": "有 {count} 个字，最多 {most} 个",
    "too_many": "有 {count} 个，最多 {most} 个",
    "one_line": "只能写一行，请去掉换行",
    "control": "有看不见的特殊字符（{found}），请删掉",
    "id": "编号“{name}”只能用小写字母、数字、_ 和 -，以字母或数字开头，最多 {most} 个字符",
    "no_word": "“{text}”里没有文字，请写上字词",
    "not_bold": "这里不能用粗体，请去掉 **",
    "bold": "粗体的 ** 没有配对：要在同一行里成对，中间有字，写成 **这样**",
    "url": "网址“{found}”写得不对，要像 https://etax.beijing.chinatax.gov.cn，后面紧跟文字的话空一格",
    "parts": "方括号 [ ] 要成对，里面不再套方括号，并且要有花括号写的内容",
    "braces": "花括号 {{ }} 没有配对，或里面不只是名称；每对里只写一个名称，如 {{number}}",
    "placeholder": "这里没有 {{{name}}} 可换，可以用 {known}",
    "no_placeholder": "这一句没有可换的内容，请去掉 {{{name}}}",
    # What names something else
    "meant": "，是不是“{name}”？",
    "choose": "，可以写：{names}",
    "unknown": "没有{what}“{name}”{guess}",
    "twice": "“{name}”写了 {count} 次，只能有一个",
    "not_choice": "编号和工单的“{field}”相同，选项的 id 只能是它的 choices 里有的，没有“{name}”",
    "not_kind": "判断“{test}”只能看 kind 是 {kinds} 的工单项，“{of}”不是",
    "no_answers": "没有哪一步或哪一项叫“{name}”并且有固定选项",
    "no_choices": "kind 是 choice 的一项要有 choices",
    "no_alias": "要指向 choices 里一项的 id，没有“{name}”{guess}",
    "one_word": "这一组只有一个说法，至少写两个",
    # Words to know
    "not_opposite": "“{one}”和“{other}”算同一个词，要写意思相反的两个",
    "other_term": "“{name}”已经是“{other}”的名称，请留一处",
    "cue_of_field": "“{name}”是工单项“{field}”的 cues，请留一处：是工单要记的就从这里删掉",
    "place_of_field": "“{name}”是工单项“{field}”里的，不能又算外地",
    "festival_when": "每年同一天的写 month 和 day，每年不同的写 days，只写一种",
    "no_such_day": "不是每年都有 {month} 月 {day} 日",
    "festival_year": "“{name}”没有 {year} 年的日期，请在 days 里补上",
    # Working hours, working days and deadlines
    "time": "要写成钟点，例如 09:00:00，不加引号",
    "closes_before": "{closes} 不在 {opens} 之后，opens 写上班，closes 写下班；不能跨过半夜",
    "hours_order": "{opens} 开始的一段和 {closes} 结束的一段重叠，或者在它之前，请按先后写",
    "other_year": "{day} 不是 {year} 年的日子，请写进它那一年的 [[years]]",
    "ends_before": "{last} 在 {first} 之前，first 写放假第一天，last 写最后一天",
    "overlap": "“{one}”和“{other}”有同一天，请照通知改",
    "no_weekend": "{day} 是星期{on}，调休上班的只能是星期六或星期日，请照通知改",
    "off_and_on": "{day} 在“{name}”里放假，又写了上班，请删掉一处",
    "no_workday": "{day} 不上班，截止日会顺延，请照通知改",
    "no_month": "少了 {months} 月的截止日，一年要写满 12 个月",
    "no_year": "没有 {year} 年的放假、调休和截止日，请照新通知加一块 [[years]]",
    # Tiers
    "address": "“{address}”不是地址，要像 telegram:100：渠道、英文冒号、编号",
    "reminds_early": "是 {remind}，要小于最短的时限 {shortest}，不然一开始就提醒",
    # Flows
    "kinds": "写了 {found}；一步只做一件事，只留一个",
    "no_kind": "没有写这一步做什么，要有 {known} 中的一个",
    "needed": "没有写，有 {kind} 的一步少不了它",
    "meaningless": "有 {kind} 的一步用不到它，请删掉",
    "nothing_said": "没有写，用户在这一步会什么都看不到",
    "unreachable": "没有哪一步会走到这里",
    "dead_end": "走不出去：从这里走不到写了 end 的一步",
    "circle": "不问人就转圈：{steps}",
    "cue_twice": "“{cue}”同时属于几个选项，只能留在一个里",
    # Proofreading
    "same": "“{text}”和 {file} 里的“{other}”一样，分不清；留在该留的那个文件里，或把区别说出来",
    "alike": "“{text}”和 {file} 里的“{other}”太像，分不清；留在该留的那个文件里，或把区别说出来",
    "found_nothing": "“{text}”什么都找不到，请换成用户会说的话",
    "found_other": "“{text}”会先找到 {id} 的“{phrasing}”，请挪过去，或者换个说法",
    "not_sure": "“{text}”找得到，但没把握直接回答，请把说的是什么事写清楚",
    "itself": "写了自己，请换成别的问题",
    "there_already": "“{name}”已经写过，删掉一个",
    "stale": "{day} 核对过，已有 {days} 天；每 {most} 天要对照依据看一遍，再改成当天的日期",
    "future": "{day} 还没有到，请写核对的那一天",
    "no_end": "写了{found}，请用 valid_until 写明这句话到哪一天为止还对，如 valid_until = {day}",
    "expired": "{day} 已经过了，请改掉过时的日期，再改 valid_until；没有日期了就删掉它",
    "repeats": "“{text}”和本问题的 {key}“{other}”看起来一样，删掉一个",
    "too_few": "不同的问法只有 {count} 句，至少 {least} 句",
    "no_button": "让用户点“{name}”，这里却没有这个按钮{guess}",
    # The diagnosis
    "no_reply": "replies 里少了 {name}，请补上",
    "few_values": "至少要有两个能区分原因的答案",
    "separates_nothing": "不管怎么回答都分不出原因，请在 causes 里写上它，或者删掉它",
    "nobody_to_write": "写了 message，就要用 needs 写明发给谁",
    "no_message": "要别人去办的，请用 message 写好一段可以转发的话",
    "no_message_word": "没有“{name}”可填，可以用 {known}",
    "same_causes": "和 {name} 完全一样，怎么问也分不开，请写出两者的区别",
    "both_ways": "“{name}”既在 facts 里又在 never 里，请删掉一处",
    "untold": "照它自己的 facts 回答，前 {count} 次都说不到它，请检查 weight 和 facts",
    # The last lines of a check
    "soon": "提醒：{told}",
    "clean": "{entries} 个问题，{phrasings} 句问法，没有要改的",
    "checked": "{entries} 个问题，{phrasings} 句问法，有 {count} 处要改",
    "refused": "有 {count} 处要先改好，才能接着校对其余的",
}

NOUNS: Mapping[str, str] = {
    "category": "分类",
    "entry": "问题",
    "kind": "种类",
    "tier": "级别",
    "answer": "选项",
    "command": "命令",
    "step": "步骤",
    "flow": "流程",
    "field": "工单项",
    "predicate": "判断",
    "slot": "工单项或步骤",
    "link": "链接",
    "cause": "原因",
    "fact": "事实",
    "value": "答案",
}
"""What the authors' guide calls each thing that has a name."""


def finding(name: str, /, **given: object) -> str:
    """The sentence of a finding, with what it is about filled in."""
    return FINDINGS[name].format(**given)
