"""What agents are offered while they write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.content.knowledge import Knowledge
from bot.core.model.snippet import Snippet
from bot.core.staff.inline import ABOUT, LEAST, PAGE, page, snippets
from bot.core.text.render import TEXT_LIMIT, plain, units

TODAY = date(2026, 5, 12)


def asked_for(knowledge: Knowledge) -> tuple[str, str]:
    """An entry and one of its phrasings."""
    entry = next(iter(knowledge.entries.values()))
    return entry.id, entry.phrasings[0]


def test_the_entry_that_is_asked_for_comes_first_as_it_is_told(knowledge: Knowledge) -> None:
    id_, words = asked_for(knowledge)
    first, *others = snippets(knowledge, words, TODAY)
    entry = knowledge.entries[id_]
    assert (first.id, first.title) == (f"entry:{id_}", entry.title)
    assert plain(first.text).startswith(f"{entry.title}\n\n")
    assert f"<b>{entry.title}</b>" in first.text
    assert first.about
    assert len({found.id for found in (first, *others)}) == 1 + len(others)


def test_only_what_may_be_meant_is_offered_and_nothing_for_no_words(knowledge: Knowledge) -> None:
    for words in ("", " \n"):
        assert snippets(knowledge, words, TODAY) == ()
    _, words = asked_for(knowledge)
    found = {snippet.id for snippet in snippets(knowledge, words, TODAY)}
    likely = {
        f"entry:{each.id}"
        for each in knowledge.matcher.ranked(words)
        if each.score >= LEAST and not knowledge.entries[each.id].expired(TODAY)
    }
    assert found == likely


def test_an_answer_that_holds_no_longer_is_not_offered(knowledge: Knowledge) -> None:
    id_, words = asked_for(knowledge)
    old = replace(knowledge.entries[id_], valid_until=TODAY)
    then = replace(knowledge, entries={**knowledge.entries, id_: old})
    assert f"entry:{id_}" in {s.id for s in snippets(then, words, TODAY)}
    assert f"entry:{id_}" not in {s.id for s in snippets(then, words, date(2026, 5, 13))}


def test_every_answer_fits_what_telegram_takes(knowledge: Knowledge) -> None:
    for entry in knowledge.entries.values():
        for found in snippets(knowledge, entry.phrasings[0], TODAY):
            assert 1 <= len(found.id.encode()) <= 64
            assert len(found.about) <= ABOUT
            assert "\n" not in found.about
            assert units(plain(found.text)) <= TEXT_LIMIT


def test_they_come_page_by_page() -> None:
    found = tuple(Snippet(str(n), "题", "", "文") for n in range(2 * PAGE + 1))
    offset, seen = "", list[Snippet]()
    for expected in (str(PAGE), str(2 * PAGE), ""):
        some, offset = page(found, offset)
        seen += some
        assert offset == expected
    assert tuple(seen) == found
    assert page(found, "99") == ((), "")
    for nonsense in ("x", "-1", "²", "1.5"):
        assert page(found, nonsense)[0] == found[:PAGE]
