"""What a ticket is about, in the few words that stand in its topic's title."""

from __future__ import annotations

from bot.core.content.knowledge import Knowledge
from bot.core.model.ticket import Summary
from bot.core.text import private
from bot.core.text.render import shortened
from bot.core.turn import Turn

LENGTH = 20
"""Characters of what was said that a title shows."""


def of(turn: Turn) -> Summary:
    """That of a ticket which is opened now: the symptom, or else the first that was said."""
    for field in turn.knowledge.fields.values():
        if field.kind == "choice" and field.id in turn.draft.slots:
            return Summary("choice", turn.draft.slots[field.id].text, field.id)
    since = turn.conversation.since
    said = (line.text for line in turn.tail() if line.who == "person" and line.seq > since)
    about = next((text for text in said if _tells(turn, text)), None)
    if about is None:
        return Summary("nothing")
    return Summary("said", shortened(private.hidden(" ".join(about.split())), LENGTH))


def _tells(turn: Turn, text: str) -> bool:
    """Whether a message is about something, rather than a command or a wish."""
    return not text.startswith("/") and not turn.understood(text).wishes


def shown(knowledge: Knowledge, summary: Summary) -> str:
    """A summary in words."""
    staff = knowledge.texts.staff
    match summary.kind:
        case "choice":
            field = knowledge.fields.get(summary.field)
            return (field.labels if field else {}).get(summary.text, summary.text)
        case "said":
            return summary.text
        case "nothing":
            return knowledge.texts.talk.no_summary
        case "erased":
            return staff.erased_summary
        case "thinned":
            return staff.thinned_summary
