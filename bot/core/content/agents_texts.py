"""What agents are told of their work beside single tickets: `faq/messages/zh/agents.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.content.authored import Authored
from bot.core.content.placeholders import text
from bot.core.model.ticket import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents(Authored):
    """`signs` stand for what became of a ticket, where there is no room for words, and `icons` for
    the same at its topic; `variables` are what agents call those of canned replies
    (`bot.core.talk.canned.VARIABLES`).
    """

    title: str = text("sign", "person", "summary", "day", "number")
    no_name: str
    card_due: str = text("due")
    card_deadline: str = text("day")
    mine: str = text("count")
    mine_none: str
    queue: str = text("tier", "count")
    queue_none: str
    find: str = text("count")
    find_none: str = text("words")
    find_how: str
    person: str = text("person", "count")
    person_none: str
    person_where: str
    line: str = text("sign", "number", "person", "summary", "when")
    line_owner: str = text("line", "owner")
    line_tier: str = text("line", "tier")
    more: str = text("count")
    counted: str = text("count")
    unowned: str
    faceless: str
    assign_how: str
    assign_unknown: str = text("name")
    assign_several: str = text("names")
    assign_away: str = text("name")
    assigned: str = text("by", "agent")
    dealt: str = text("agent")
    coordinator_away: str = text("name")
    away: str
    away_owned: str = text("count")
    here: str
    button_hand_back: str
    handing_back: str = text("count")
    returned: str = text("owner")
    card_snoozed: str = text("until")
    card_tags: str = text("tags")
    sign_left: str
    mark_done: str
    mark_noted: str
    mark_sent: str
    sign_snoozed: str
    snooze_how: str
    snoozed: str = text("by", "until")
    woken: str
    woken_early: str
    not_snoozed: str
    tag_how: str
    tagged: str = text("tags")
    untagged: str
    ban_how: str
    banned: str = text("by", "until", "reason")
    unbanned: str = text("by")
    not_banned: str
    banned_person: str = text("until")
    unbanned_person: str
    merge_how: str
    merge_stranger: str = text("number")
    merged_into: str = text("by", "number")
    merged_here: str = text("number")
    merged_person: str = text("number", "into")
    unsend_how: str
    unsend_unknown: str
    unsend_again: str
    unsend_not_yours: str
    unsend_failed: str = text("reason")
    unsend_part: str = text("count", "left", "reason")
    unsent: str
    help: str
    help_line: str = text("name", "text")
    when_today: str = text("time")
    when_due: str = text("day")
    when_overdue: str = text("span")
    when_opened: str = text("day")
    span_minutes: str = text("count")
    span_hours: str = text("count")
    span_days: str = text("count")
    reply_missing: str = text("missing")
    reply_sent: str = text("said")
    icon_left: str
    signs: Mapping[Status, str]
    icons: Mapping[Status, str]
    variables: Mapping[str, str]
