"""All that is kept of a person, in words that they can read: as a page, or as messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.content.knowledge import Knowledge
from bot.core.evidence import conflicts, slots
from bot.core.model.holding import Holding
from bot.core.model.message import Line
from bot.core.model.ticket import Kept, Ticket
from bot.core.person import my_tickets
from bot.core.text import calendar, clock
from bot.core.text.clock import dated
from bot.core.text.render import Html, fill, joined, pages
from bot.core.tickets import summary

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0 auto; max-width: 42em; padding: 1em; color: #1f1f1f; background: #fff;
 font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.35rem; }}
h2 {{ font-size: 1.1rem; margin: 1.8em 0 .4em; border-bottom: 1px solid #ccc; }}
p {{ margin: .35em 0; white-space: pre-wrap; }}
</style></head><body>
<h1>{title}</h1>
{body}
</body></html>
"""
"""No script, nothing from elsewhere: what opens it needs no net and learns nothing."""
UNITS = ("B", "KB", "MB")


@dataclass(frozen=True, slots=True)
class Section:
    """A head and lines under it, all HTML with the tags that a message may have."""

    head: Html
    lines: tuple[Html, ...]


def file_name(knowledge: Knowledge, at: datetime) -> str:
    """What the page is called that is made then."""
    name = fill(knowledge.texts.mydata.file, day=clock.day(at).isoformat())
    return f"{name}.html"


def page(knowledge: Knowledge, holdings: Sequence[Holding], at: datetime) -> bytes:
    """A page of HTML in UTF-8 that stands alone."""
    told = _sections(knowledge, holdings, at)
    body = "\n".join(
        f"<h2>{section.head}</h2>\n" + "\n".join(f"<p>{line}</p>" for line in section.lines)
        for section in told
    )
    text = PAGE.format(title=fill(knowledge.texts.mydata.title), body=body)
    return text.encode("utf-8", "replace")


def messages(
    knowledge: Knowledge, holdings: Sequence[Holding], text: str, at: datetime
) -> Iterator[Html]:
    """The same under `text`, for a chat that takes no files: but for what was said, which stands
    in that chat.
    """
    silent = [replace(holding, lines=()) for holding in holdings]
    told = (
        Html("\n".join((f"<b>{section.head}</b>", *section.lines)))
        for section in _sections(knowledge, silent, at)
    )
    yield from pages(joined(text, *told))


def _sections(knowledge: Knowledge, holdings: Sequence[Holding], at: datetime) -> Iterator[Section]:
    texts = knowledge.texts.mydata
    yield Section(fill(texts.who), tuple(_who(knowledge, holdings, at)))
    for each in holdings:
        address = each.conversation.address
        yield Section(fill(texts.now, address=address), tuple(_now(knowledge, each)))
    if not any(each.tickets for each in holdings):
        yield Section(fill(texts.tickets), (fill(texts.nothing),))
    for each in holdings:
        for ticket in each.tickets:
            yield Section(_ticket_head(knowledge, ticket), tuple(_ticket(knowledge, each, ticket)))
    files = [_file(knowledge, each, file) for each in holdings for file in each.files]
    yield Section(fill(texts.files), tuple(files) or (fill(texts.nothing),))
    for each in holdings:
        if each.lines:
            head = fill(texts.talk, address=each.conversation.address)
            yield Section(head, tuple(_line(knowledge, line) for line in each.lines))
    notes = (Html(line) for line in fill(texts.notes).split("\n"))
    yield Section(fill(texts.made, at=dated(at)), tuple(notes))


def _who(knowledge: Knowledge, holdings: Sequence[Holding], at: datetime) -> Iterator[Html]:
    texts = knowledge.texts.mydata
    people = [each.conversation.person for each in holdings]
    for label, values in (
        (texts.name, [person.name for person in people]),
        (texts.username, [person.username for person in people]),
        (texts.address, [each.conversation.address for each in holdings]),
    ):
        if known := [value for value in dict.fromkeys(values) if value]:
            yield _pair(label, "、".join(known))
    for each in holdings:
        until = each.conversation.banned_until
        if until is not None and at < until:
            yield fill(texts.banned, until=dated(until))


def _now(knowledge: Knowledge, holding: Holding) -> Iterator[Html]:
    """Where the talk stands, and what was told that is in no ticket yet."""
    texts, talk = knowledge.texts.mydata, holding.conversation
    draft, known = talk.draft, list[Html]()
    if talk.progress is not None and talk.progress.flow in knowledge.flows:
        known.append(_pair(texts.asked, knowledge.flows[talk.progress.flow].title))
    if draft.complaint:
        known.append(_pair(texts.complaint, draft.complaint))
    if told := slots.listed(knowledge, draft.slots):
        known += [fill("**{label}**：", label=texts.draft), Html(told)]
    if draft.files:
        count = knowledge.texts.talk.file_count.format(count=len(draft.files))
        known.append(_pair(texts.draft_files, count))
    if talk.heard_at is not None:
        known.append(_pair(texts.heard, dated(talk.heard_at)))
    yield from known or [fill(texts.nothing)]
    if known:
        yield _until(knowledge, None if _has_open(holding) else talk.heard_at)


def _has_open(holding: Holding) -> bool:
    return any(ticket.status != "closed" for ticket in holding.tickets)


def _ticket_head(knowledge: Knowledge, ticket: Ticket) -> Html:
    return fill(
        knowledge.texts.mydata.ticket,
        number=ticket.number,
        summary=summary.shown(knowledge, ticket.summary),
        status=knowledge.texts.talk.statuses[ticket.status],
    )


def _ticket(knowledge: Knowledge, holding: Holding, ticket: Ticket) -> Iterator[Html]:
    texts = knowledge.texts.mydata
    tier = knowledge.tiers.named(ticket.tier).name
    deadline = ticket.deadline and calendar.shown(ticket.deadline.isoformat())
    skipped = (conflicts.label(knowledge, each) for each in ticket.skipped)
    for label, value in (
        (texts.name, ticket.name),
        (texts.username, ticket.username),
        (texts.complaint, ticket.complaint),
        (texts.tier, tier),
        (texts.owner, ticket.owner and ticket.owner.name),
        (texts.opened, dated(ticket.opened_at)),
        (texts.closed, ticket.closed_at and dated(ticket.closed_at)),
        (texts.deadline, deadline),
        (texts.skipped, "、".join(skipped)),
        (texts.tags, " ".join(ticket.tags)),
        (texts.stars, "★" * (ticket.stars or 0)),
        (texts.comment, holding.comments.get(ticket.number)),
    ):
        if value:
            yield _pair(label, value)
    if known := slots.listed(knowledge, ticket.slots):
        yield Html(known)
    if happened := holding.happened.get(ticket.number):
        yield fill("**{label}**", label=texts.went)
        for at, step in my_tickets.steps(knowledge, happened):
            yield fill(texts.went_one, at=dated(at), step=step)
    yield _until(knowledge, ticket.closed_at)


def _file(knowledge: Knowledge, holding: Holding, file: Kept) -> Html:
    told = fill(
        knowledge.texts.mydata.file_one,
        at=dated(file.at),
        name=file.title or file.name[:8],
        size=_size(holding.sizes.get(file.name, 0)),
    )
    return Html(f"{told} · {_until(knowledge, file.at)}")


def _size(count: int) -> str:
    size, units = float(count), iter(UNITS)
    unit = next(units)
    while size >= 1024 and unit != UNITS[-1]:
        size, unit = size / 1024, next(units)
    return f"{size:.0f} {unit}" if unit == UNITS[0] else f"{size:.1f} {unit}"


def _line(knowledge: Knowledge, line: Line) -> Html:
    texts = knowledge.texts.mydata
    template = {
        "person": texts.said_person,
        "agent": texts.said_agent,
    }.get(line.who, texts.said_desk)
    return fill(template, at=dated(line.at), name=line.name, text=line.text)


def _until(knowledge: Knowledge, since: datetime | None) -> Html:
    """Until when it is kept which was closed or said then; None: it is open yet."""
    texts, keep = knowledge.texts.mydata, knowledge.limits.keep
    if keep is None:
        return fill(texts.kept_ever)
    if since is None:
        return fill(texts.kept_open, days=keep.days)
    return fill(texts.kept_until, day=clock.day(since + keep).isoformat())


def _pair(label: str, value: str) -> Html:
    return fill("**{label}**：{value}", label=label, value=value)
