"""What agents are offered while they write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

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


def test_for_no_words_canned_replies_alone_are_offered_as_authors_list_them(
    knowledge: Knowledge,
) -> None:
    for words in ("", " \n"):
        found = snippets(knowledge, words, TODAY)
        assert [s.id for s in found] == [f"reply:{reply.id}" for reply in knowledge.replies]


@pytest.mark.parametrize("words", ["截图", "請發截圖", "让他发个截图", "截图 密码", "发截屏图"])
def test_a_canned_reply_is_found_by_its_title_its_words_or_nearly(
    knowledge: Knowledge, words: str
) -> None:
    first, *_ = snippets(knowledge, words, TODAY)
    assert (first.id, first.title) == ("reply:screenshot", "请发截图")
    assert first.text.startswith("请您发一张<b>完整的页面截图</b>")


def test_a_canned_reply_lacks_none_of_the_words(knowledge: Knowledge) -> None:
    found = [s.id for s in snippets(knowledge, "截图 骗子", TODAY)]
    assert not any(id_.startswith("reply:") for id_ in found)


def test_a_canned_reply_that_has_the_words_in_its_title_comes_before_one_that_says_them(
    knowledge: Knowledge,
) -> None:
    found = [s.id for s in snippets(knowledge, "截图", TODAY) if s.id.startswith("reply:")]
    assert found == ["reply:screenshot", "reply:check"]


def test_only_what_may_be_meant_is_offered(knowledge: Knowledge) -> None:
    _, words = asked_for(knowledge)
    found = {s.id for s in snippets(knowledge, words, TODAY) if s.id.startswith("entry:")}
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
