from pathlib import Path

from bot.insight.trials import Question, ask_folds, read, twins_of, variants

ENTRIES = {
    "print": ["怎么打印", "下载发票", "打票", "列印"],
    "red": ["红冲", "冲红", "开错了", "作废"],
}


def test_questions_are_read_with_one_id_several_or_none(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"text":"甲","id":"a"}\n{"text":"乙","ids":["b","c"]}\n{"text":"丙","id":null}\n'
    )
    assert read(path) == [
        Question("甲", frozenset({"a"})),
        Question("乙", frozenset({"b", "c"})),
        Question("丙", frozenset()),
    ]


def test_a_twin_sounds_the_same_and_is_another_character() -> None:
    twins = twins_of(["红洪", "票"])
    assert twins == {"红": "洪", "洪": "红"}


def test_a_phrasing_is_asked_in_four_ways() -> None:
    asked = dict(variants("红冲", {"红": "洪", "冲": "充"}, 0))
    assert asked["plain"] == "红冲"
    assert asked["noisy"] == "洪冲"
    assert asked["script"] == "hong chong"
    assert "红冲" in asked["story"]


def test_every_phrasing_is_asked_of_a_matcher_that_never_saw_it() -> None:
    trials = list(ask_folds(ENTRIES))
    assert len(trials) == 4 * 8
    plain = [t for t in trials if t.question.style == "fold-plain"]
    assert all(c.phrasing != t.question.text for t in plain for c in t.candidates)
