import math
from collections.abc import Mapping, Sequence
from unittest.mock import ANY

import pytest

from bot.matching import Abstain, Answer, Lexicon, Matcher, Suggest
from bot.matching.explain import parts
from bot.matching.verdict import UNLIKELY

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
MATCHER = Matcher(ENTRIES, Lexicon(synonyms=(("打印", "列印", "print"), ("登录", "登入", "login"))))


def first(text: str) -> str:
    return MATCHER.ranked(text)[0].id


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


def test_scores_are_probabilities_in_order_and_of_distinct_entries() -> None:
    ranked = MATCHER.ranked("发票密码怎么打印延期")
    scores = [c.score for c in ranked]
    assert len(ranked) > 2
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0
    assert sum(scores) <= 1
    assert len({c.id for c in ranked}) == len(ranked)


def test_a_score_is_the_share_of_the_weighed_evidence() -> None:
    candidates = MATCHER.ranked("发票密码怎么打印延期", limit=len(ENTRIES))
    raised = [math.exp(sum(parts(c, MATCHER.model.weights).values())) for c in candidates]
    shares = [each / (1 + sum(raised)) for each in raised]
    assert [c.score for c in candidates] == pytest.approx(shares)


def test_the_limit_of_candidates_holds() -> None:
    assert len(MATCHER.ranked("发票密码怎么打印延期", limit=2)) == 2


def test_a_sentence_about_something_else_is_not_answered() -> None:
    for text in ("明天北京会下雨吗", "给宝宝起个好听的名字", "红烧肉先放什么"):
        assert not isinstance(MATCHER.verdict(text), Answer)


def test_one_flipped_word_is_never_answered() -> None:
    matcher = Matcher({"seen": ["我的发票已经能查到了"], "other": ["忘记密码"]})
    assert isinstance(matcher.verdict("我的发票已经能查到了"), Answer)
    assert not isinstance(matcher.verdict("我的发票已经不能查到了"), Answer)


def test_a_matcher_without_entries_abstains() -> None:
    assert Matcher({}).verdict("发票查不到") == Abstain()


def test_a_stored_phrasing_is_answered_though_only_its_number_tells_it_apart() -> None:
    entries = {"codes": [f"返回代码{n}" for n in range(10, 99)], "other": ["忘记密码"]}
    assert Matcher(entries).verdict("返回代码77") == Answer("codes", ANY, "返回代码77")
    several = {f"code-{n}": [f"返回代码{n}"] for n in range(10, 99)}
    assert Matcher(several).ranked("返回代码77")[0].id == "code-77"


def test_a_foreign_word_counts_against_an_entry_that_does_not_say_it() -> None:
    said = {"password": ["忘记密码怎么找回", "密码忘了", "重置密码"], "print": ["怎么打印"]}
    lexicon = Lexicon(foreign=("微信",))
    with_word, without = (
        m.ranked("微信密码忘了")[0] for m in (Matcher(said, lexicon), Matcher(said))
    )
    assert with_word.evidence["foreign"] == 1
    assert without.evidence["foreign"] == 0
    assert with_word.score < without.score
    knowing = {**said, "wechat": ["微信密码忘了"]}
    found = {c.id: c for c in Matcher(knowing, lexicon).ranked("微信密码忘了怎么办")}
    assert found["wechat"].evidence["foreign"] == 0
    assert found["password"].evidence["foreign"] == 1


def test_the_need_of_a_story_is_found_in_its_clause_alone() -> None:
    noise = {f"noise-{n}": [f"今天真忙老板催着我跑东跑西{n}号窗口"] for n in range(100, 180)}
    matcher = Matcher({**noise, "late": ["晚几天报税行吗"]})
    story = "今天真忙，老板催着我跑东跑西，窗口也关了，晚几天报税行吗"
    assert "late" in {candidate.id for candidate in matcher.ranked(story)}


def test_a_choice_that_hardly_anyone_wants_is_not_offered() -> None:
    for question in ("下载", "打印密码", "电话", "怎么弄"):
        verdict = MATCHER.verdict(question)
        if isinstance(verdict, Suggest):
            assert all(score >= UNLIKELY for score in verdict.scores[1:])
