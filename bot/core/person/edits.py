"""What a person edits in the private chat."""

from __future__ import annotations

from bot.core.model.events import Edited
from bot.core.person import attachments, on_ticket, openings, pieces
from bot.core.talk import carry, files, flow, relaying
from bot.core.text.render import fill
from bot.core.turn import Turn


def changed(turn: Turn, event: Edited) -> bool:
    """Whether the edit of a person's message changed anything."""
    return carry.changes(turn.noted(event.ref), carry.carried(turn, event))


def edited(turn: Turn, event: Edited) -> None:
    """An edit: its copy follows in the ticket; an answer given in it is taken over.

    What was said or pressed after the message was written stands.
    """
    line, item = turn.noted(event.ref), carry.carried(turn, event)
    if line is None:
        return None
    replaced = carry.replaces(line, item)
    if replaced and (reason := files.refusal(event, turn.knowledge.limits)) is not None:
        files.refuse(turn, event, reason)
        return None
    others = (each.at for each in turn.tail() if each.who == "person")
    latest = line.at >= max(others, default=line.at)
    turn.renote(item, carry.words(turn, item, event.text))
    if relaying.regather(turn, item, event.text) or pieces.reheld(turn, event.ref, event.text):
        return None
    if turn.ticket is not None:
        return on_ticket.edited(turn, item, event.text, replaced=replaced)
    if replaced:
        return attachments.replaced(turn, item, event.text)
    if turn.progress is not None:
        return _corrected(turn, event.text)
    if latest and event.text and event.forwarded is None:
        return openings.hear(turn, event.text)
    return None


def _corrected(turn: Turn, text: str) -> None:
    """Take over what an edited message tells, but for what later ones have told since."""
    known = turn.draft.slots
    new = {
        key: slot
        for key, slot in turn.understood(text).slots.items()
        if key not in known or (known[key].by <= turn.message and known[key].text != slot.text)
    }
    if not new:
        return flow.repeat(turn, fill(turn.talk.edit_seen))
    flow.fill_slots(turn, new)
    return flow.resume(turn, new)
