from bot.insight.timed import run
from bot.insight.trials import Question
from bot.matching import Abstain, Answer, Lexicon, Matcher

ENTRIES = {"print": ["怎么打印发票", "打印电子发票"], "red": ["怎么红冲发票", "红冲的步骤"]}
LEXICON = Lexicon(synonyms=(("打印", "列印"),))
QUESTIONS = [
    Question("发票怎么列印", frozenset({"print"})),
    Question("红冲的步骤", frozenset({"red"})),
    Question("", frozenset()),
]


def test_a_run_judges_every_question_as_the_matcher_does_and_times_it() -> None:
    matcher = Matcher(ENTRIES, LEXICON)
    found = run(ENTRIES, QUESTIONS, LEXICON)
    assert [one.question for one in found.judged] == QUESTIONS
    assert [one.verdict for one in found.judged] == [matcher.verdict(q.text) for q in QUESTIONS]
    assert found.judged[0].candidates == matcher.ranked("发票怎么列印")
    assert isinstance(found.judged[1].verdict, Answer)
    assert isinstance(found.judged[2].verdict, Abstain)
    assert len(found.seconds) == len(QUESTIONS)
    assert min(found.build, *found.seconds) > 0
