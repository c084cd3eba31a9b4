"""What random histories are drawn from, and how many are."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from bot.core.content.limits import Limits
from bot.core.model.message import Person

FUZZ = int(os.environ.get("FUZZ", "0"))
PROFILE = settings(
    max_examples=20 * (FUZZ or 1),
    stateful_step_count=100 if FUZZ else 50,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # making a long history shorter takes minutes
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)

COMMANDS = (
    *("/start", "/start diagnose", "/start faq-x", "/help", "/faq", "/diagnose", "/human", "/"),
    *("/ticket", "/cancel", "/privacy", "/delete", "/delete@desk_bot", "/nosuch 1", "//", "/ x"),
)
WORDS = (
    "转人工",
    "退出",
    "上一步",
    "跳过",
    "对",
    "不对",
    "好了",
    "还是不行",
    "你好",
    "谢谢",
    "2",
    "?",
    "不清楚",
    "从头再来",
    "明天再问我",
    "别问了直接说怎么办",
    "说错了，是上个月开的",
)
VALUES = (
    *("25112000000012345678", "12345678", "2026年11月23日", "昨天", "100元", "海淀区", "E-1023"),
    *("北京<某某>&商贸有限公司", "91110108MA01A2B3C4", "13800001234", "a@b.cn", "下午三点"),
)
SENTENCES = (
    "昨天开的发票在系统里查不到，<script>alert(1)</script>",
    "发票代码和号码印在哪里",
    "帮我写一首诗 {number} {0} %s",
    "发票查不到，2026年11月12日开的，金额100元，我的电话13800001234，税号91110108MA01A2B3C4",
)
LONG = ("&" * 4096, "长" * 4096, "a<b>" * 900, "😀" * 2048, "\n" * 20 + "x", "\u200b", "\u202e反")
TEXTS = st.one_of(
    st.sampled_from(COMMANDS + WORDS + VALUES + SENTENCES),
    st.sampled_from(WORDS + VALUES),
    st.sampled_from(LONG),
    st.text(min_size=1, max_size=30),
)
ORDERS = st.sampled_from(
    (
        *(
            "/claim",
            "/ask",
            "/escalate",
            "/resolve",
            "/release@desk_bot",
            "/note",
            "/reveal",
            "/card",
            "/reopen",
        ),
        *("您好<b>&", "请问是哪一天", "/nosuch", "/claim 1 2", "/ask number", "长" * 4096),
    )
)
NOTES = st.sampled_from(("// 内部", "／／内部", "/note 内部", "/note@desk_bot 内部", "/note\n内部"))
OWNERS = st.sampled_from(["claim", "ask", "escalate", "resolve", "release", "reopen"])
VERBS = (
    *("opt", "val", "skip", "yes", "no", "edit", "again", "back", "cancel", "faq", "shelf", "flow"),
    *("shelves", "helped", "stuck", "human", "resolved", "withdraw", "delete", "claim", "ask"),
    *("escalate", "resolve", "note", "release", "card", "reveal", "reopen", "rate", "", "x"),
)
PARTS = ("", "now", "number", "yes", "no", "ask", "x", "0", "99", "-1", "²", "diagnose", "F2222")
FORGED = st.tuples(st.sampled_from(VERBS), st.lists(st.sampled_from(PARTS), max_size=3))
KINDS: tuple[Any, ...] = (
    *("photo", "document", "voice", "video", "audio", "sticker", "location", "contact", "other"),
)
PEOPLE = (
    Person("telegram:7", "小李"),
    Person("telegram:8", "周工<i>"),
    Person("telegram:9", "路人&"),
    Person("telegram:-1000", "群"),
)
WHO = st.sampled_from([0, 0, 0, 0, 1, 2, 3]).map(lambda n: (PEOPLE[n], n != 2))
WHICH = st.integers(0, 1 << 16)
ALBUMS = st.sampled_from([None, None, "a", "b"])
BOUNDED = Limits(
    messages=15, mute=timedelta(seconds=30), keep=timedelta(days=2), pieces=timedelta(seconds=5)
)
