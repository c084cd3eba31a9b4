"""A question in the terminal is answered like any other."""

from __future__ import annotations

from bot.channels.console import ask
from bot.core.content.knowledge import Knowledge


def said(question: str, knowledge: Knowledge) -> str:
    return "\n".join(ask(question, knowledge))


def test_a_sure_question_is_answered_from_its_entry(knowledge: Knowledge) -> None:
    entry = knowledge.entries["query-status-meaning"]
    answer = said(entry.title, knowledge)
    assert entry.answer.strip().splitlines()[0].replace("**", "") in answer
    assert f"[{knowledge.texts.talk.button_helped}]" in answer


def test_a_question_about_something_else_says_so_and_shows_the_way_on(
    knowledge: Knowledge,
) -> None:
    answer = said("帮我写一首关于春天的诗", knowledge)
    assert knowledge.texts.talk.abstain in answer
    assert f"[{knowledge.texts.talk.button_human}]" in answer


def test_the_answer_is_text_and_not_html(knowledge: Knowledge) -> None:
    answer = said("/help <b> & ok", knowledge)
    assert not {"<b>", "&amp;", "&lt;", "**"} & set(answer.split())
    assert "<b>" not in answer
