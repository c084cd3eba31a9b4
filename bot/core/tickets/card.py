"""What agents see of a ticket: its topic's title, its card with buttons, its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.core.buttons import (
    Ask,
    Claim,
    Escalate,
    NextIsNote,
    OfTicket,
    Resolve,
    Reveal,
    button,
)
from bot.core.content.knowledge import Knowledge
from bot.core.content.texts import Staff
from bot.core.evidence import intake, slots
from bot.core.model.effects import Button, Buttons, Edit, Pin, Relay, Room, Send, Style, Topic
from bot.core.model.facts import Left
from bot.core.model.message import Line, Person, albums
from bot.core.model.ticket import Status, Ticket
from bot.core.text import calendar, private
from bot.core.text.clock import local
from bot.core.text.render import (
    TEXT_LIMIT,
    Html,
    fill,
    joined,
    pages,
    plain,
    rows,
    shortened,
    units,
)
from bot.core.tickets import clocks, lines, story, summary
from bot.core.turn import PEOPLE, Turn

NAME, SUMMARY = 20, 40
"""Characters of each in a title, of which Telegram takes 128 in all:
core.telegram.org/bots/api#createforumtopic"""
CARD_LINES = 6
CARD_LINE = 120

ACTIONS: Mapping[Status, tuple[type[OfTicket], ...]] = {
    **dict.fromkeys(("new", "open", "pending"), (Claim, Ask, Escalate, Resolve, NextIsNote)),
    "resolved": (),
    "closed": (),
}
LABELS: Mapping[type[OfTicket], Callable[[Staff], str]] = {
    Claim: lambda staff: staff.button_claim,
    Ask: lambda staff: staff.button_ask,
    Escalate: lambda staff: staff.button_escalate,
    Resolve: lambda staff: staff.button_resolve,
    NextIsNote: lambda staff: staff.button_note,
    Reveal: lambda staff: staff.button_reveal,
}
STYLES: Mapping[type[OfTicket], Style] = {Claim: "primary", Escalate: "danger"}


def introduce(turn: Turn, number: str, *, history: bool = False, left: Left | None = None) -> None:
    """Open the ticket's room in its tier's group: topic, card, and the whole talk if asked. `left`
    is the room it comes from.
    """
    ticket = turn.named(number)
    room = Room(ticket.number, ticket.tier)
    turn.order(replace(topic(turn.knowledge, ticket), left=left))
    text = card(turn, ticket)
    turn.order(Send(to=room, text=text, buttons=_buttons(turn.knowledge, ticket), key="card"))
    turn.order(Pin(to=room, key="card"))
    if history:
        tell_history(turn, room)


def refresh(turn: Turn, number: str, *, news: bool = False) -> None:
    """Bring the topic and the card up to date; as `news` where no agent waits for it."""
    ticket = turn.named(number)
    room = Room(ticket.number, ticket.tier)
    text = card(turn, ticket)
    buttons = _buttons(turn.knowledge, ticket)
    turn.order(Edit(to=room, key="card", text=text, buttons=buttons, news=news))
    turn.order(replace(topic(turn.knowledge, ticket), news=news))


def topic(knowledge: Knowledge, ticket: Ticket) -> Topic:
    """The topic of the ticket's room as it is to be: its title, and the icon of its status."""
    icon = knowledge.texts.agents.icons[ticket.status]
    room, closed = Room(ticket.number, ticket.tier), ticket.status == "closed"
    return Topic(to=room, title=title(knowledge, ticket), closed=closed, icon=icon)


def topic_left(knowledge: Knowledge, ticket: Ticket) -> Topic:
    """The topic that the ticket has left, of the tier that is still its tier here: closed."""
    icon = knowledge.texts.agents.icon_left
    room = Room(ticket.number, ticket.tier)
    return Topic(to=room, title=title(knowledge, ticket, left=True), closed=True, icon=icon)


def title(knowledge: Knowledge, ticket: Ticket, *, left: bool = False) -> str:
    """The topic's title, the same while the ticket's status is: whose it is and what about. The
    number at its end is kept whole: by it the topic is known again. `left`: in the tier that the
    ticket has left.
    """
    texts, day = knowledge.texts.agents, lines.day(ticket.opened_at)
    sign = texts.sign_left if left else texts.signs[ticket.status]
    parts = {"sign": sign, "day": day, "number": ticket.number}
    person = shortened(lines.person(knowledge, ticket), NAME)
    about = shortened(summary.shown(knowledge, ticket.summary), SUMMARY)
    return texts.title.format(**parts, person=person, summary=about)


def card(turn: Turn, ticket: Ticket, *, left: bool = False) -> Html:
    """All an agent should know before the first word, as one message. `left`: in the room that the
    ticket has left, where nothing is waited for.
    """
    knowledge, person = turn.knowledge, turn.conversation.person
    staff = knowledge.texts.staff
    head = fill(
        staff.card,
        number=ticket.number,
        status=knowledge.texts.agents.sign_left if left else staff.statuses[ticket.status],
        tier=knowledge.tiers.named(ticket.tier).name,
        summary=story.about(knowledge, ticket),
        person=private.hidden(person.name) + (f" @{person.username}" if person.username else ""),
        opened=local(ticket.opened_at),
        owner=ticket.owner.name if ticket.owner else staff.nobody,
    )
    head = Html("\n".join([head, *(() if left else _urgency(turn, ticket))]))
    facts = Html("\n".join(story.facts(knowledge, ticket)))
    known = Html("\n".join(slots.values(knowledge, ticket.slots, masked=True))) or fill(
        staff.no_fields
    )
    known = joined(known, Html("\n".join(_told(knowledge, ticket))))
    found = [
        _section(head, lines)
        for head, lines in (
            (staff.differences, story.differences(knowledge, ticket)),
            (staff.hints, intake.staff_hints(turn, ticket)),
            (staff.tried, story.elsewhere(knowledge, ticket)),
            (staff.ruled_out, story.ruled_out(knowledge, ticket)),
            (staff.guesses, story.guesses(knowledge, ticket)),
        )
    ]
    lines = [
        _talk_line(knowledge, line, CARD_LINE)
        for line in _spoken(turn.tail(), ticket)[-CARD_LINES:]
    ]
    short = joined(head, facts, known, *found)
    whole = joined(short, _section(staff.last_lines, lines))
    return whole if units(plain(whole)) <= TEXT_LIMIT else next(pages(short))


def _urgency(turn: Turn, ticket: Ticket) -> Iterator[Html]:
    """A line each for when it is due, its deadline, until when it was put off, and its tags."""
    texts, due = turn.knowledge.texts.agents, clocks.due_at(turn.knowledge, ticket, turn.now)
    if due is not None:
        yield fill(texts.card_due, due=local(due))
    if ticket.deadline is not None and ticket.status != "closed":
        yield fill(texts.card_deadline, day=calendar.shown(ticket.deadline.isoformat()))
    if ticket.snoozed_until is not None:
        yield fill(texts.card_snoozed, until=local(ticket.snoozed_until))
    if ticket.tags:
        yield fill(texts.card_tags, tags=" ".join(ticket.tags))


def _told(knowledge: Knowledge, ticket: Ticket) -> Iterator[Html]:
    """A line for what files say that no field asks for: the kind, the check code."""
    staff, kinds = knowledge.texts.staff, knowledge.texts.hints.kinds
    kind = intake.kind(knowledge, ticket.slots, ticket.told)
    if kind is not None:
        yield fill(staff.told_kind, value=kinds[kind.id])
    for key, value in intake.told_lines(knowledge, ticket):
        if key in staff.told:
            yield fill("**{label}**：{value}", label=staff.told[key], value=private.hidden(value))
    places = intake.look_up(knowledge, ticket.slots, ticket.told, ticket.opened_at)
    for n, where in enumerate(places):
        yield fill(staff.look_up if n == 0 else staff.look_up_else, where=where)


def _section(head: str, lines: Iterable[Html]) -> Html:
    body = "\n".join(lines)
    return Html(f"{fill(head)}\n{body}") if body else Html()


def _spoken(lines: Iterable[Line], ticket: Ticket) -> list[Line]:
    """Those of the ticket that people said; what the desk asked shows in the fields and steps."""
    return [
        line
        for line in lines
        if line.who in PEOPLE
        and line.seq > ticket.since
        and line.ticket in ("", ticket.number)
        and not line.text.startswith("/")
    ]


def _talk_line(knowledge: Knowledge, line: Line, limit: int) -> Html:
    text = private.hidden(line.text, _examples(knowledge) if line.who == "desk" else ())
    text = " ".join(text.split()) if limit == CARD_LINE else text
    return _line(knowledge, line, shortened(text, limit))


def _examples(knowledge: Knowledge) -> frozenset[str]:
    """What the desk shows of how somebody may be reached: nobody's."""
    fields = knowledge.fields.values()
    return frozenset(each.value for field in fields for each in private.find(field.example))


def _line(knowledge: Knowledge, line: Line, text: str) -> Html:
    staff = knowledge.texts.staff
    told = fill(staff.lines[line.who], time=local(line.at), name=line.name, text=text)
    return fill(staff.taken_back, line=told, by=line.taken_back) if line.taken_back else told


def _buttons(knowledge: Knowledge, ticket: Ticket) -> Buttons:
    actions = ACTIONS[ticket.status]
    if actions and hides(knowledge, ticket):
        actions = (*actions, Reveal)
    staff = knowledge.texts.staff
    buttons = {
        kind: button(LABELS[kind](staff), kind(ticket.bound), STYLES.get(kind, ""))
        for kind in actions
    }
    if buttons and ticket.owner is not None:
        buttons[Claim] = _claimed(staff, ticket, ticket.owner)
    first = buttons.pop(Claim, None)
    return (*(((first,),) if first else ()), *rows(buttons.values()))


def _claimed(staff: Staff, ticket: Ticket, owner: Person) -> Button:
    """What stands where the ticket was to be claimed: whose it is, and nothing to press."""
    label = staff.button_claimed.format(owner=shortened(owner.name, NAME))
    return button(label, Claim(ticket.bound), disabled=True)


def hides(knowledge: Knowledge, ticket: Ticket) -> bool:
    """Whether the room does not show something whole that the ticket knows."""
    hidden = slots.values(knowledge, ticket.slots, masked=True)
    return ticket.private or hidden != slots.values(knowledge, ticket.slots)


def whole(turn: Turn, ticket: Ticket) -> Html:
    """Everything that the room shows masked, as it was given."""
    spoken = _spoken(turn.history(), ticket)
    lines = [_line(turn.knowledge, line, line.text) for line in spoken if private.find(line.text)]
    return Html("\n".join([*slots.values(turn.knowledge, ticket.slots), *lines]))


def tell_history(turn: Turn, room: Room) -> None:
    """Every line of the talk as text, then what was sent with it and not taken back, in order."""
    talk = turn.history()
    lines = [_talk_line(turn.knowledge, line, TEXT_LIMIT) for line in talk]
    for page in pages(_section(turn.knowledge.texts.staff.history, lines)):
        turn.order(Send(to=room, text=page))
    sent = (line.item for line in talk if line.item and not line.taken_back)
    for items in albums(item for item in sent if item.what != "text"):
        turn.order(Relay(to=room, items=items))
