"""What a message says to who reads it elsewhere: its words, whose they are, what they answer."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.events import Attached, Edited, Message, Said
from bot.core.model.message import Item, Line
from bot.core.text.render import Html, escaped, fill, legible
from bot.core.turn import Turn


def carried(turn: Turn, event: Said | Attached | Edited) -> Item:
    """The message's content, under whose words it repeats and which it answers.

    Copied from one chat to another it would lose both, and read as its sender's own.
    """
    return replace(_item(event), lead=_lead(turn, event))


def _item(event: Said | Attached | Edited) -> Item:
    if isinstance(event, Said):
        return Item(event.ref, "text", html=event.html, offered=event.offered)
    return event.item


def _lead(turn: Turn, event: Message) -> Html:
    talk, lines = turn.talk, list[str]()
    if event.forwarded is not None:
        named = fill(talk.forwarded, name=event.forwarded)
        lines.append(named if event.forwarded else fill(talk.forwarded_hidden))
    if event.elsewhere is not None:
        named = fill(talk.answers_elsewhere, name=event.elsewhere)
        lines.append(named if event.elsewhere else fill(talk.answers_hidden))
    if event.quote:
        lines.append(f"<blockquote>{event.quote}</blockquote>")
    return Html("\n".join(lines))


def marked(item: Item, mark: str) -> Item:
    """The content under a mark of who writes."""
    lead = "\n".join(filter(None, (mark.strip(), item.lead))) if item.lead else mark
    return replace(item, lead=lead)


def words(turn: Turn, item: Item, text: str) -> str:
    """What histories read: lead, kind, and the words with every link that they hide."""
    said = legible(item.html) if item.html else text
    kind = f"[{turn.talk.kinds[item.what]}] " if item.what != "text" else ""
    return "\n".join(filter(None, (legible(item.lead), f"{kind}{said}".strip())))


def of(line: Line) -> Item | None:
    """The content of the message that was noted as `line`, with the words that it shares."""
    item = line.item
    if item is None or item.what != "text" or item.html:
        return item
    return replace(item, html=escaped(line.text))


def changes(line: Line | None, item: Item) -> bool:
    """Whether the message that was noted as `line` is now another.

    Channels tell of edits that change nothing. What is not remembered was said so long ago that
    nobody answers it any more.
    """
    old = line.item if line else None
    if line is None or old is None:
        return False
    said = old.html or (escaped(line.text) if old.what == "text" else "")
    return (old.what, said) != (item.what, item.html) or replaces(line, item)


def replaces(line: Line, item: Item) -> bool:
    """Whether an edit of that message gave it another file."""
    old = line.item
    if old is None or not item.file:
        return False
    return old.what != item.what or bool(old.unique and old.unique != item.unique)
