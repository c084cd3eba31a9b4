"""What an agent may do to a ticket, by button or by command.

Each function gets the turn, the ticket and the agent; it returns what the agent is told, "" for
nothing, and a `Receipt` where it says only that it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot.core import buttons
from bot.core.buttons import button
from bot.core.model.effects import Edit, React, Room, SendFile
from bot.core.model.message import Line, Person
from bot.core.model.ticket import Ticket
from bot.core.staff import revealing
from bot.core.staff.receipts import Receipt
from bot.core.talk import carry, questions, relaying, reopening
from bot.core.text.clock import local
from bot.core.text.render import fill, joined, rows, shortened
from bot.core.tickets import card, escalation, lifecycle, story, transitions
from bot.core.turn import Turn

FILE_LABEL = 40
"""Characters of a button that names a file: when it came and what it is called."""

TOAST = 30
"""Characters of an answer to a press that pass by in time to be read; more stay to be closed."""

REOPEN = "reopen"
"""The command that a closed ticket obeys."""

Action = Callable[[Turn, Ticket, Person], str]


def claim(turn: Turn, now: Ticket, agent: Person) -> str:
    """Own the ticket."""
    if now.owner is not None and now.owner.address != agent.address:
        return _offer(turn, now)
    if now.owner is None:
        _own(turn, now, agent)
    return Receipt(fill(turn.knowledge.texts.staff.yours, number=now.number))


def _offer(turn: Turn, now: Ticket) -> str:
    """Somebody else owns it: whoever asks may take it from them, who may be away."""
    assert now.owner is not None
    staff = turn.knowledge.texts.staff
    taken = fill(staff.taken, number=now.number, owner=now.owner.name)
    take = button(fill(staff.button_take, owner=now.owner.name), buttons.Take(now.bound))
    turn.tell_room(now, taken, ((take,),), key="take")
    return ""


def take(turn: Turn, now: Ticket, agent: Person) -> str:
    """Own the ticket in the place of somebody else."""
    before = now.owner
    if before is None or before.address == agent.address:
        return claim(turn, now, agent)
    if not transitions.may(now, "take"):
        return fill(turn.knowledge.texts.staff.not_now)
    turn.order(Edit(to=Room(now.number, now.tier), key="take"))
    owned = transitions.move(turn, now, "take", agent, owner=agent)
    told = turn.knowledge.texts.staff.taken_over
    turn.tell_room(owned, fill(told, owner=agent.name, before=before.name))
    turn.say(fill(turn.talk.taken_over, number=now.number, owner=agent.name))
    card.refresh(turn, now.number)
    return Receipt(fill(turn.knowledge.texts.staff.yours, number=now.number))


def _send_kept(own: Action, turn: Turn, now: Ticket, agent: Person) -> str:
    """Own the ticket, and let the person have what the agent wrote before it was theirs."""
    answer = own(turn, now, agent)
    owner, kept = turn.named(now.number).owner, _kept(turn)
    if owner is None or owner.address != agent.address or not kept:
        return answer
    if turn.conversation.blocked:
        return fill(turn.knowledge.texts.staff.blocked)
    items = tuple(item for line in kept if (item := carry.of(line)) is not None)
    refusal = relaying.to_person(turn, turn.named(now.number), agent, items, kept[0].text, None)
    if not refusal:
        room, sign = Room(now.number, now.tier), turn.knowledge.texts.agents.mark_sent
        turn.order(React(to=room, ref=items[0].ref, sign=sign))
    return refusal or answer


def _kept(turn: Turn) -> list[Line]:
    """What was kept inside because nobody owned the ticket yet, unless it was sent since."""
    lines = [*turn.state.lines.values()]
    return lines if all(line.who == "note" for line in lines) else []


def taken(turn: Turn, now: Ticket, agent: Person) -> str | None:
    """What is told to whoever does what is for its owner alone; None where they may."""
    if now.owner is None or now.owner.address == agent.address:
        return None
    return fill(turn.knowledge.texts.staff.taken, number=now.number, owner=now.owner.name)


def _own(turn: Turn, now: Ticket, agent: Person) -> Ticket:
    """Make the agent the owner and tell both sides."""
    owned = transitions.move(turn, now, "claim", agent, owner=agent)
    told = fill(turn.knowledge.texts.staff.claimed, owner=agent.name)
    turn.tell_room(owned, told)
    turn.say(fill(turn.talk.claimed, number=now.number, owner=agent.name))
    card.refresh(turn, now.number)
    return turn.named(now.number)


def _owned(turn: Turn, now: Ticket, agent: Person) -> Ticket:
    """Acting on a ticket nobody has is claiming it."""
    return _own(turn, now, agent) if now.owner is None else now


def ask(turn: Turn, now: Ticket, agent: Person, name: str = "") -> str:
    """Choose a field to ask the person for, or ask for the one with the id `name`."""
    if (refusal := taken(turn, now, agent)) is not None:
        return refusal
    texts = turn.knowledge.texts.staff
    if not transitions.may(now, "ask"):
        return fill(texts.not_now)
    field = turn.knowledge.fields.get(name)
    if field is None:
        missing = [f for f in turn.knowledge.fields.values() if f.id not in now.slots]
        choice = rows((button(f.label, buttons.AskFor(now.bound, f.id)) for f in missing), 3)
        turn.tell_room(now, fill(texts.ask_what), choice, key="ask")
        return ""
    _owned(turn, now, agent)
    relaying.hand_in(turn)
    transitions.move(turn, turn.named(now.number), "ask", agent, asked=field.id)
    turn.order(Edit(to=Room(now.number, now.tier), key="ask"))
    asked = fill(turn.talk.agent_asks, owner=agent.name)
    turn.say(joined(asked, questions.asks(turn, field)))
    card.refresh(turn, now.number)
    return fill(texts.asked, field=field.label)


def escalate(turn: Turn, now: Ticket, agent: Person, *, sure: bool = False) -> str:
    """Hand the ticket to the next tier, after one question: a slip would move it to strangers."""
    if (refusal := taken(turn, now, agent)) is not None:
        return refusal
    texts = turn.knowledge.texts.staff
    above = turn.knowledge.tiers.above(now.tier)
    if above is None or not transitions.may(now, "escalate"):
        return fill(texts.top_tier if above is None else texts.not_now)
    room = Room(now.number, now.tier)
    if not sure:
        surely = buttons.EscalateSurely(now.bound, "yes")
        yes = button(fill(texts.button_escalate_yes, tier=above.name), surely, "danger")
        no = button(texts.button_escalate_no, buttons.ShowCard(now.bound))
        text = card.card(turn, now)
        turn.order(Edit(to=room, key="card", text=text, buttons=((yes,), (no,))))
        return ""
    gone = fill(texts.escalated, tier=above.name, owner=agent.name)
    escalation.hand_up(turn, now, above, gone, "escalate", agent)
    return fill(texts.escalated_toast, tier=above.name)


def show_card(turn: Turn, now: Ticket, agent: Person) -> str:
    """Bring the card back as it was."""
    card.refresh(turn, now.number)
    return ""


def resolve(turn: Turn, now: Ticket, agent: Person) -> str:
    """Ask the person whether it is resolved."""
    if (refusal := taken(turn, now, agent)) is not None:
        return refusal
    texts = turn.knowledge.texts.staff
    if not transitions.may(now, "resolve"):
        return fill(texts.not_now)
    relaying.hand_in(turn)
    latest, owner = turn.named(now.number), now.owner or agent
    done = {"owner": owner, "asked": None, "resolved_at": turn.at}
    lifecycle.resolve(turn, transitions.move(turn, latest, "resolve", agent, **done))
    turn.tell_room(now, fill(texts.resolved, owner=agent.name))
    card.refresh(turn, now.number)
    return Receipt(fill(texts.resolved_toast))


def note(turn: Turn, now: Ticket, agent: Person) -> str:
    """The agent's next message stays inside, which they are told in words: whoever forgets it would
    believe that it went out.
    """
    if agent.address not in now.noting:
        turn.put(replace(now, noting=(*now.noting, agent.address)))
    return fill(turn.knowledge.texts.staff.next_is_note)


def why(turn: Turn, now: Ticket, agent: Person) -> str:
    """How the desk judged, in figures."""
    return story.why(turn.knowledge, now)


def files(turn: Turn, now: Ticket, agent: Person) -> str:
    """Choose one of the files that are kept of this ticket."""
    staff = turn.knowledge.texts.staff
    if not turn.state.files:
        return fill(staff.files_none)
    offered = (
        button(
            shortened(f"{local(file.at)} {file.title}", FILE_LABEL),
            buttons.FileAgain(now.bound, place),
        )
        for place, file in enumerate(turn.state.files)
    )
    turn.tell_room(now, fill(staff.files_which), rows(offered, 1), key="files")
    return ""


def file_again(turn: Turn, now: Ticket, agent: Person, *, place: int) -> str:
    """Have one of them sent into the room again."""
    staff, kept = turn.knowledge.texts.staff, turn.state.files
    if place >= len(kept):
        return fill(staff.files_none)
    chosen = kept[place]
    turn.order(SendFile(to=Room(now.number, now.tier), name=chosen.name, title=chosen.title))
    return fill(staff.file_sent, name=chosen.title)


def release(turn: Turn, now: Ticket, agent: Person) -> str:
    """Give the ticket back to the tier."""
    if (refusal := taken(turn, now, agent)) is not None:
        return refusal
    if not transitions.may(now, "release"):
        return fill(turn.knowledge.texts.staff.not_now)
    transitions.move(turn, now, "release", agent, asked=None)
    turn.say(fill(turn.knowledge.texts.progress.requeued, number=now.number))
    turn.tell_room(now, fill(turn.knowledge.texts.staff.released, owner=agent.name))
    card.refresh(turn, now.number)
    return ""


COMMANDS: Mapping[str, Action] = {
    "claim": claim,
    "take": take,
    "ask": ask,
    "escalate": escalate,
    "resolve": resolve,
    REOPEN: reopening.by_agent,
    "note": note,
    "release": release,
    "card": show_card,
    "reveal": revealing.alone,
    "files": files,
    "why": why,
}

BUTTONS: Mapping[type[buttons.Pressable], Action] = {
    buttons.Claim: claim,
    buttons.ClaimAndSend: partial(_send_kept, claim),
    buttons.Take: take,
    buttons.TakeAndSend: partial(_send_kept, take),
    buttons.Ask: ask,
    buttons.Escalate: escalate,
    buttons.EscalateSurely: partial(escalate, sure=True),
    buttons.Resolve: resolve,
    buttons.NextIsNote: note,
    buttons.ShowCard: show_card,
    buttons.Reveal: revealing.over_the_press,
}


def behind(press: buttons.OfTicket | buttons.OfKept) -> Action:
    """What a button of an agent does."""
    if isinstance(press, buttons.AskFor):
        return partial(ask, name=press.field)
    if isinstance(press, buttons.FileAgain):
        return partial(file_again, place=press.place)
    return BUTTONS[type(press)]
