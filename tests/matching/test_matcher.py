import statistics
import time
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Abstain, Answer, Matcher, Suggest

ENTRIES: Mapping[str, Sequence[str]] = {
    "print": [
        "怎么打印电子发票",
        "发票在哪下载打印",
        "票打不出来",
        "电子票能自己打印吗",
        "想把票打成纸",
    ],
    "red": ["开错票怎么红冲", "红字发票怎么开", "金额开错了要冲掉", "红冲的步骤", "怎么冲红"],
    "password": ["登录密码忘记了", "忘记密码怎么找回", "重置密码", "密码想不起来", "改登录密码"],
    "late": ["能不能延期申报", "报税来不及了", "申报期限可以推迟吗", "晚几天报税行吗", "申请延期"],
    "hotline": ["12366几点上班", "税务热线是多少", "咨询电话怎么打", "打电话问谁", "客服热线"],
    "human": ["转人工", "我要找人工客服", "换个真人来", "不要机器人", "人工服务"],
}
MATCHER = Matcher(ENTRIES, [["打印", "列印", "print"], ["登录", "登入", "login"]])


def first(text: str) -> str:
    return MATCHER.ranked(text)[0].id


@pytest.mark.parametrize(
    ("id_", "phrasing"), [(id_, p) for id_, said in ENTRIES.items() for p in said]
)
def test_a_stored_phrasing_finds_its_own_entry(id_: str, phrasing: str) -> None:
    candidate = MATCHER.ranked(phrasing)[0]
    assert (candidate.id, candidate.phrasing) == (id_, phrasing)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("電子發票要怎麼列印", "print"),
        ("发漂怎么打因", "print"),
        ("怎么print发票", "print"),
        ("开错飘怎么洪冲", "red"),
        ("mima wang ji le", "password"),
        ("wangji mima zenme zhaohui", "password"),
        ("ｌｏｇｉｎ密码忘了！！", "password"),
        ("赚人工", "human"),
        ("今天忙了一天，老板还在催，我就想问能不能晚几天报税，急死我了", "late"),
    ],
)
def test_typos_pinyin_script_english_and_stories_find_the_entry(text: str, id_: str) -> None:
    assert first(text) == id_


@settings(deadline=None)
@given(st.sampled_from(sorted(ENTRIES)), st.data())
def test_one_character_typed_wrong_never_raises(id_: str, data: st.DataObject) -> None:
    phrasing = data.draw(st.sampled_from(ENTRIES[id_]))
    place = data.draw(st.integers(0, len(phrasing) - 1))
    wrong = phrasing[:place] + data.draw(st.characters()) + phrasing[place + 1 :]
    assert isinstance(MATCHER.verdict(wrong), Answer | Suggest | Abstain)


@settings(deadline=None)
@given(st.text(max_size=4000))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert isinstance(MATCHER.verdict(text), Answer | Suggest | Abstain)


@pytest.mark.parametrize("text", ["", "   ", "😵😵😵", "？！……", "\u200b"])
def test_a_text_that_says_nothing_is_an_abstention(text: str) -> None:
    assert MATCHER.verdict(text) == Abstain()


def test_a_story_of_4000_characters_gets_a_verdict_in_bounded_time() -> None:
    started = time.perf_counter()
    assert isinstance(MATCHER.verdict("我想问发票的事，" * 500), Answer | Suggest | Abstain)
    assert time.perf_counter() - started < 0.5


def test_scores_are_probabilities_in_order_and_of_distinct_entries() -> None:
    ranked = MATCHER.ranked("发票密码怎么打印延期")
    scores = [c.score for c in ranked]
    assert len(ranked) > 2
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0
    assert sum(scores) <= 1
    assert len({c.id for c in ranked}) == len(ranked)


def test_the_limit_of_candidates_holds() -> None:
    assert len(MATCHER.ranked("发票密码怎么打印延期", limit=2)) == 2


def test_a_sentence_about_something_else_is_not_answered() -> None:
    for text in ("明天北京会下雨吗", "给宝宝起个好听的名字", "红烧肉先放什么"):
        assert not isinstance(MATCHER.verdict(text), Answer)


def test_one_flipped_word_is_never_answered() -> None:
    matcher = Matcher({"seen": ["我的发票已经能查到了"], "other": ["忘记密码"]})
    assert isinstance(matcher.verdict("我的发票已经能查到了"), Answer)
    assert not isinstance(matcher.verdict("我的发票已经不能查到了"), Answer)


def test_the_same_question_gets_the_same_verdict() -> None:
    again = Matcher(ENTRIES)
    for text in ("怎么打印", "密码", "人工 电话"):
        assert again.verdict(text) == Matcher(ENTRIES).verdict(text)


def test_a_matcher_without_entries_abstains() -> None:
    assert Matcher({}).verdict("发票查不到") == Abstain()


def test_a_question_takes_about_a_millisecond_among_a_thousand_phrasings() -> None:
    kinds = [a + b for a in "红蓝紫黑白金银铜铁木" for b in "票单表证件章册本卡据"]
    entries = {k: [p.format(k) for p in _WAYS] for k in kinds}
    matcher = Matcher(entries)
    spent = []
    for kind in kinds:
        started = time.perf_counter()
        matcher.verdict(f"请问{kind}弄丢了要去哪里补")
        spent.append(time.perf_counter() - started)
    assert statistics.median(spent) < 0.004  # a loose bound: machines that test are busy


_WAYS = (
    "{}怎么打印",
    "{}丢了怎么补办",
    "哪里可以下载{}",
    "{}查不到了",
    "我的{}一直不显示",
    "{}写错了能改吗",
    "如何申请{}",
    "{}多久能办好",
    "补一份{}要去哪",
    "没有收到{}",
)
