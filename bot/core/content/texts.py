"""Every sentence the desk says, as the authors wrote it in `faq/messages/zh/`.

A text that has `{placeholders}` names here the ones it may use; `bot.app.load` reports any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.content.agents_texts import Agents
from bot.core.content.authored import Authored
from bot.core.content.digest_texts import Digest
from bot.core.content.mydata_texts import MyData
from bot.core.content.placeholders import text
from bot.core.content.progress_texts import Progress
from bot.core.content.service_texts import Service
from bot.core.model.message import Who
from bot.core.model.ticket import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Authored):
    """What a person reads, `faq/messages/zh/talk.toml`.

    `kinds` of content have a name each, and most an answer when they are `received`.
    """

    welcome: str = text("name")
    help: str
    hello: str
    here: str
    welcome_again: str
    welcome_waiting: str = text("tier")
    welcome_resolved: str
    robot: str
    why_ask: str
    all_right: str
    no_hurry: str
    plain_words: str
    cannot_do: str
    unknown_command: str
    example: str = text("example")
    chosen: str = text("answer")
    skipped: str
    right: str
    wrong: str
    cannot_skip: str
    noted: str = text("what")
    summary: str
    edit_which: str
    edit_seen: str
    no_way_back: str
    reminder: str
    back_to_question: str
    not_an_answer: str
    never_mind: str
    asked_again: str
    guess: str
    guess_alone: str
    known_already: str
    ticket_form: str
    cannot_look_up: str
    in_haste: str
    sorry: str
    small: str
    goodbye: str
    wrong_what: str
    deadline_later: str = text("month", "day")
    deadline_sooner: str = text("month", "day")
    deadline_tomorrow: str = text("month", "day")
    deadline_today: str = text("month", "day")
    not_an_answer_again: str
    may_skip: str
    abstain: str
    abstain_again: str
    what_about: str
    stuck: str
    suggest: str
    entry_gone: str
    categories: str
    glad: str
    stale: str
    cancelled: str
    nothing_to_cancel: str
    human: str
    human_has_it: str = text("number", "tier")
    opened: str = text("number", "tier", "promise")
    supplemented: str = text("number")
    no_summary: str
    no_ticket: str
    status: str = text("number", "summary", "status", "tier", "owner", "opened", "promise")
    nobody: str
    joined: str = text("number", "tier")
    joined_owned: str = text("number", "tier", "owner")
    claimed: str = text("number", "owner")
    agent_asks: str = text("owner")
    answer_passed: str = text("field")
    none_passed: str = text("field")
    escalated: str = text("number", "tier", "promise")
    resolved: str = text("number", "hours")
    closed: str = text("number", "tier")
    closed_unasked: str = text("number", "tier")
    reopened: str = text("number", "tier")
    withdraw: str = text("number")
    withdrawn: str = text("number", "tier")
    ticket_kept: str = text("number")
    privacy: str
    delete: str
    deleted: str
    data_kept: str
    file_count: str = text("count")
    apology: str
    too_many: str = text("minutes")
    too_many_ticket: str = text("minutes", "number")
    too_many_tickets: str = text("count", "minutes")
    unread: str = text("count")
    forwarded: str = text("name")
    forwarded_hidden: str
    forwarded_seen: str
    answers_elsewhere: str = text("name")
    answers_hidden: str
    not_shown: str = text("what")
    taken_over: str = text("number", "owner")
    unsaid: str
    outdated: str
    not_passed: str = text("count")
    file_too_big: str = text("most")
    file_runs: str
    button_diagnose: str
    button_browse: str
    button_categories: str
    button_human: str
    button_human_now: str
    button_helped: str
    button_not_helped: str
    button_none_of_these: str
    button_back: str
    button_cancel: str
    button_skip: str
    button_keep: str
    button_submit: str
    button_edit: str
    button_resolved: str
    button_unresolved: str
    button_letter: str
    button_withdraw: str
    button_keep_ticket: str
    button_delete: str
    button_keep_data: str
    read_found: str
    read_joined: str = text("number")
    read_kind: str = text("kind")
    read_nothing: str
    statuses: Mapping[Status, str]
    kinds: Mapping[str, str]
    received: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Authored):
    """What agents read, `faq/messages/zh/staff.toml`.

    `right` is by who was right, or `nobody`, `lines` are by who says one, `refusals` by
    `bot.core.model.effects.REASONS`, `told` are the values of a file that no field asks for.
    """

    card: str = text("number", "status", "tier", "summary", "person", "opened", "owner")
    nobody: str
    no_fields: str
    complaint: str = text("text")
    differences: str
    differs: str = text("label", "said", "file", "right")
    right: Mapping[str, str]
    tried: str
    ruled_out: str
    ruled_out_one: str = text("title")
    guesses: str
    likely: str = text("title")
    possible: str = text("title")
    why_cause: str = text("title", "score")
    why_nothing: str
    last_lines: str
    matched: str = text("matched")
    reasons: str = text("title", "score", "phrasing", "evidence")
    runner_up: str = text("title", "score")
    groups: tuple[str, str, str, str]
    history: str
    taken_back: str = text("line", "by")
    button_claim: str
    button_claimed: str = text("owner")
    button_ask: str
    button_escalate: str
    button_resolve: str
    button_note: str
    button_claim_and_send: str
    button_escalate_yes: str = text("tier")
    button_escalate_no: str
    claimed: str = text("owner")
    yours: str = text("number")
    taken: str = text("number", "owner")
    claim_first: str
    owned_by: str = text("owner")
    noted: str
    next_is_note: str
    ask_what: str
    asked: str = text("field")
    not_now: str
    top_tier: str
    escalated: str = text("tier", "owner")
    escalated_toast: str = text("tier")
    resolved: str = text("owner")
    resolved_toast: str
    released: str = text("owner")
    confirmed: str = text("number")
    unanswered: str = text("number")
    reopened: str = text("number")
    withdrawn: str = text("number")
    supplement: str
    auto_answered: str = text("title")
    erased: str
    erased_summary: str
    erased_person: str
    members_only: str
    gone: str
    moved: str = text("number", "tier")
    over: str = text("number")
    unknown_command: str = text("name")
    old_button: str
    blocked: str
    unblocked: str
    edit_apart: str = text("what")
    edit_lost: str = text("what")
    undelivered: str = text("what", "reason")
    not_shown: str = text("what", "reason")
    topic_again: str
    topic_reopened: str
    group_moved: str
    room_moved: str
    group_lost: str = text("number", "detail")
    failed: str = text("seq", "error")
    failed_here: str
    edit_not_note: str
    edit_still_note: str
    card_stays: str = text("number")
    anonymous: str
    as_channel: str
    button_take: str = text("owner")
    button_take_and_send: str
    taken_over: str = text("owner", "before")
    lost: str = text("number", "what", "reason")
    notice: str = text("where")
    left_topic: str = text("where")
    reply_unknown: str
    way_topic: str = text("number", "link")
    way_card: str = text("number", "link")
    way_reply: str = text("number")
    unverified: str
    button_reveal: str
    revealed: str = text("who")
    reveal_part: str = text("part", "parts")
    reveal_press: str
    reveal_nothing: str
    thinned_summary: str
    flood: str = text("count")
    flood_cut: str = text("count")
    file_too_big: str = text("name")
    file_runs: str = text("name")
    files_none: str
    files_which: str
    file_sent: str = text("name")
    file_gone: str = text("name")
    hints: str
    told_kind: str = text("value")
    look_up: str = text("where")
    look_up_else: str = text("where")
    statuses: Mapping[Status, str]
    lines: Mapping[Who, str]
    refusals: Mapping[str, str]
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosing(Authored):
    """What the diagnosis says beside facts and causes, `faq/messages/zh/diagnosis.toml`.

    `who` names those who may have to act (`bot.core.content.diagnosis.Needs`).
    """

    title: str
    think: str
    solved: str
    solved_say: str
    ticket: str
    looks_like: str = text("title")
    may_be: str = text("title")
    still: str = text("title")
    check: str
    conflict: str = text("label", "said", "file")
    button_said: str = text("value")
    button_file: str = text("value")
    waits: str
    again: str
    once_more: str
    cannot_explain: str
    try_it: str
    cannot_try: str
    hand_over: str
    who: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters(Authored):
    """Messages for somebody else, ready to copy, `faq/messages/zh/letters.toml`.

    `words` are those to each of the `readers`, whom people call by `names`. What is known of the
    invoice stands in `{invoice}`: each value as in `of_invoice`, with a `comma` between them. A
    part of the words in square brackets stands only where all is known that it names.
    """

    copy: str = text("who")
    copy_without_number: str = text("who")
    to_whom: str
    yuan: str = text("sum")
    invoice: str = text("known")
    comma: str
    semicolon: str
    of_invoice: Mapping[str, str]
    readers: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands(Authored):
    """What the command menus say, `faq/messages/zh/commands.toml`: name -> description."""

    private: Mapping[str, str]
    group: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints(Authored):
    """What the desk notices of an invoice, `faq/messages/zh/hints.toml`.

    `person` and `staff` read the hints of `bot.core.evidence.crosscheck.HINTS`; `kinds` of invoice
    and where to `look_up` one by the ids of `bot.core.invoice.classify`.
    """

    person: Mapping[str, str]
    staff: Mapping[str, str]
    kinds: Mapping[str, str]
    look_up: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """All of `faq/messages/zh/`; `fields` has the reasons and warnings of field values by key."""

    talk: Talk
    staff: Staff
    commands: Commands
    hints: Hints
    diagnosis: Diagnosing
    letters: Letters
    service: Service
    progress: Progress
    agents: Agents
    mydata: MyData
    digest: Digest
    fields: Mapping[str, str]
