from bot.insight.figures import Judged
from bot.insight.measure import lines
from bot.insight.trials import Question
from bot.matching import Abstain, Answer, Suggest

ANSWER = Answer("a", 0.9, "甲")


def test_each_style_has_its_shares_of_right_wrong_and_offered() -> None:
    asked = [
        Judged(Question("一", frozenset("a"), "plain"), [], ANSWER),
        Judged(Question("二", frozenset("b"), "plain"), [], ANSWER),
        Judged(Question("三", frozenset("b"), "plain"), [], Suggest(("a", "b"), (0.4, 0.3))),
        Judged(Question("四", frozenset("b"), "plain"), [], Suggest(("a", "c"), (0.4, 0.3))),
        Judged(Question("五", frozenset(), "weather"), [], ANSWER),
        Judged(Question("六", frozenset(), "weather"), [], Abstain()),
    ]
    assert [line.split()[-7:] for line in list(lines(asked))[3:]] == [
        ["4", "0.000", "0.000", "0.250", "0.250", "0.500", "0.250"],
        ["2", "0.000", "0.000", "0.000", "0.500", "0.000", "0.000"],
    ]


def test_questions_without_a_style_count_in_their_scope_alone() -> None:
    asked = [Judged(Question("一", frozenset("a")), [], ANSWER)]
    assert [line.split("  ")[0] for line in lines(asked)] == ["style", "= in scope"]


def test_a_long_style_keeps_the_columns_straight() -> None:
    asked = [Judged(Question("一", frozenset("a"), "a-style-of-great-length"), [], ANSWER)]
    assert len({len(line) for line in lines(asked)}) == 1
