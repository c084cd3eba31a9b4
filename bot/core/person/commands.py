"""What a person may ask for at any time: by command, by button, or in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.buttons import BeginFlow, Delete, ShowCategories, WantHuman, Withdraw, WriteTo, button
from bot.core.content.script import DIAGNOSE, FORM
from bot.core.model.conversation import Draft
from bot.core.model.effects import Forget, Tell
from bot.core.model.facts import Erased
from bot.core.person import my_tickets, mydata
from bot.core.talk import diagnosing, faq, flow, leaving, verdicts
from bot.core.text.clock import local
from bot.core.text.render import fill, joined
from bot.core.tickets import banning, expectations, lifecycle, summary
from bot.core.turn import Turn


def start(turn: Turn, payload: str) -> None:
    """`/start`, with what a deep link says: `faq-ID` shows an entry, `diagnose` begins."""
    kind, _, entry = payload.partition("-")
    leaving.stop(turn, "replaced")
    if kind == "faq" and entry in turn.knowledge.entries:
        faq.show(turn, entry)
    elif payload == DIAGNOSE:
        flow.begin(turn, DIAGNOSE)
    else:
        diagnose = button(turn.talk.button_diagnose, BeginFlow(DIAGNOSE))
        browse = button(turn.talk.button_browse, ShowCategories())
        turn.say(fill(turn.talk.welcome, name=turn.conversation.person.name), ((diagnose, browse),))


def help_(turn: Turn, payload: str) -> None:
    turn.say(fill(turn.talk.help))


def browse(turn: Turn, payload: str) -> None:
    faq.shelves(turn)


def diagnose(turn: Turn, payload: str) -> None:
    turn.draft = turn.draft.anew()
    flow.begin(turn, DIAGNOSE)


def status(turn: Turn, payload: str) -> None:
    """`/ticket`: how the person's ticket stands, or the way to one; and their other ones."""
    now = turn.ticket
    if turn.banned:
        return banning.refuse(turn)
    others, opens = my_tickets.listed(turn, but=now.number if now else "")
    if now is None:
        begin = button(turn.talk.button_diagnose, BeginFlow(DIAGNOSE))
        human = button(turn.talk.button_human, WantHuman())
        return turn.say(joined(fill(turn.talk.no_ticket), others), (*opens, (begin, human)))
    tier = turn.knowledge.tiers.named(now.tier)
    text = fill(
        turn.talk.status,
        number=now.number,
        summary=summary.shown(turn.knowledge, now.summary),
        status=turn.talk.statuses[now.status],
        tier=tier.name,
        owner=now.owner.name if now.owner else turn.talk.nobody,
        opened=local(now.opened_at),
        promise=tier.promise,
    )
    if now.status in ("new", "open"):
        text = joined(text, expectations.waits(turn, now), expectations.after_hours(turn))
    write = button(turn.talk.button_letter, WriteTo(now.number, "ask"))
    ask = button(turn.talk.button_withdraw, Withdraw(now.number, "ask"))
    return turn.say(joined(text, others), ((write, ask), *opens))


def human(turn: Turn, payload: str = "", lead: str = "") -> None:
    """Somebody wants a person: ask for the essentials once, and hand over at once on insisting.
    `lead` is what is told of theirs before.
    """
    progress = turn.progress
    verdicts.judge(turn, "human")
    if turn.banned:
        return banning.refuse(turn)
    if turn.ticket is not None:
        tier = turn.knowledge.tiers.named(turn.ticket.tier)
        turn.say(fill(turn.talk.human_has_it, number=turn.ticket.number, tier=tier.name))
    elif progress is not None and progress.flow == FORM:
        leaving.leave(turn, "handed_over")
        lifecycle.open_ticket(turn)
    else:
        flow.begin(turn, FORM, joined(fill(turn.talk.human), lead))
    return None


def cancel(turn: Turn, payload: str = "") -> None:
    """Leave the flow; without one, offer to withdraw the ticket."""
    if turn.progress is not None or turn.conversation.reminder is not None:
        leaving.leave(turn, "cancelled")
        turn.draft = Draft()
        turn.say(fill(turn.talk.cancelled))
    elif turn.ticket is not None:
        withdraw(turn, Withdraw(turn.ticket.number, "ask"))
    else:
        turn.say(fill(turn.talk.nothing_to_cancel))


def glad(turn: Turn) -> None:
    """It works now: nothing is left to be asked."""
    verdicts.judge(turn, "helped")
    leaving.leave(turn, "solved")
    turn.draft = Draft()
    turn.say(fill(turn.talk.glad))


def withdraw(turn: Turn, press: Withdraw) -> bool:
    """Ask whether to withdraw the ticket, or do it. False when it is not open any more."""
    number = press.ticket
    if turn.ticket is None or turn.ticket.number != number:
        return False
    if press.answer == "ask":
        yes = button(turn.talk.button_withdraw, Withdraw(number, "yes"))
        keep = button(turn.talk.button_keep_ticket, Withdraw(number, "no"))
        turn.say(fill(turn.talk.withdraw, number=number), ((yes, keep),), key=f"withdraw:{number}")
        return True
    turn.strip(f"withdraw:{number}")
    if press.answer == "yes":
        staff = turn.knowledge.texts.staff
        lifecycle.finish(turn, "withdraw", turn.talk.withdrawn, staff.withdrawn)
    else:
        turn.say(fill(turn.talk.ticket_kept, number=number))
    return True


def privacy(turn: Turn, payload: str) -> None:
    turn.say(fill(turn.talk.privacy))


def delete(turn: Turn, payload: str = "") -> None:
    """Ask whether to erase all that is stored of this person."""
    yes = button(turn.talk.button_delete, Delete(turn.seq, "yes"))
    no = button(turn.talk.button_keep_data, Delete(turn.seq, "no"))
    turn.say(fill(turn.talk.delete), ((yes, no),), key=f"delete:{turn.seq}")


def deleted(turn: Turn, press: Delete) -> None:
    """Erase everything, at every address of the person, or leave it."""
    turn.strip(f"delete:{press.seq}")
    if press.answer == "no":
        return turn.say(fill(turn.talk.data_kept))
    for each in turn.state.elsewhere:
        turn.order(Tell(to=each, fact=Erased()))
    return erase(turn)


def erase(turn: Turn) -> None:
    """Erase everything of this conversation, as its person wished here or elsewhere."""
    leaving.leave(turn, "erased")
    lifecycle.erase(turn)
    turn.order(Forget())
    turn.say(fill(turn.talk.deleted))


def unknown(turn: Turn, payload: str) -> None:
    turn.say(joined(fill(turn.talk.unknown_command), fill(turn.talk.help)))


COMMANDS: Mapping[str, Callable[[Turn, str], None]] = {
    "start": start,
    "help": help_,
    "faq": browse,
    "diagnose": diagnose,
    "ticket": status,
    "human": human,
    "cancel": cancel,
    "privacy": privacy,
    "mydata": mydata.asked,
    "delete": delete,
}

# What is looked at in the middle of a flow, which then goes on.
ASIDE = (help_, status, privacy, mydata.asked)


def run(turn: Turn, text: str) -> None:
    """Carry out `/name payload`. What is addressed to another bot is no command here."""
    name, *payload = text[1:].split(maxsplit=1) or [""]
    command = COMMANDS.get(name.lower(), unknown)
    command(turn, "".join(payload).strip())
    if command in ASIDE:
        flow.repeat(turn, fill(turn.talk.back_to_question))


def ticket(turn: Turn) -> None:
    """Somebody wants it registered: the form, without what the diagnosis would ask."""
    flow.begin(turn, FORM, fill(turn.talk.ticket_form))


def again(turn: Turn) -> None:
    """Begin anew, with nothing that was said."""
    diagnose(turn, "")


def straight(turn: Turn) -> None:
    """No more questions: the form is handed over as it is, else the likeliest cause is told."""
    progress = turn.progress
    if progress is not None and progress.flow == FORM:
        return human(turn)
    if not turn.draft.hints and not turn.draft.slots:
        return flow.begin(turn, DIAGNOSE)
    return flow.arrive(turn, DIAGNOSE, diagnosing.likeliest(turn))


def look_up(turn: Turn) -> None:
    """Somebody wants the desk to look into the tax system, which it cannot."""
    lead = fill(turn.talk.cannot_look_up)
    return flow.begin(turn, DIAGNOSE, lead) if turn.progress is None else flow.repeat(turn, lead)


# What may be said in any words, in or out of a flow: the wish and what it does.
WISHES: Mapping[str, Callable[[Turn], None]] = {
    "human": human,
    "cancel": cancel,
    "back": flow.back,
    "ticket": ticket,
    "restart": again,
    "direct": straight,
    "lookup": look_up,
}
