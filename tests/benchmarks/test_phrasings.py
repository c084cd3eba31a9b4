from bot.matching.text import normalise
from tests.benchmarks.phrasings import LONGEST, SHORTEST, corpus, questions

CORPUS = corpus(2000)
PHRASINGS = [phrasing for said in CORPUS.entries.values() for phrasing in said]


def test_there_are_as_many_phrasings_as_asked_for_and_no_two_are_the_same() -> None:
    assert len(PHRASINGS) == len(set(map(normalise, PHRASINGS))) == 2000


def test_a_phrasing_is_as_short_or_long_as_people_write() -> None:
    lengths = sorted(map(len, PHRASINGS))
    assert SHORTEST <= lengths[200] <= 11
    assert 20 <= lengths[1800] <= LONGEST


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one() -> None:
    *whole, _ = corpus(500).entries.items()
    assert whole == list(CORPUS.entries.items())[: len(whole)]


def test_a_question_is_in_other_words_than_any_phrasing_and_always_the_same() -> None:
    asked = questions(CORPUS, 300)
    assert asked == questions(CORPUS, 300)
    assert not {normalise(question.text) for question in asked} & CORPUS.normalised
    assert {question.id for question in asked} - {None} <= CORPUS.entries.keys()


def test_some_questions_are_no_business_of_any_entry() -> None:
    strange = [question for question in questions(CORPUS, 300) if question.id is None]
    assert 0.1 < len(strange) / 300 < 0.2
