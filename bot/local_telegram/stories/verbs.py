"""What a step of a story may do, by its verb."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.people.how import How
from bot.local_telegram.people.person import Person
from bot.local_telegram.people.seen import Attachment, Seen
from bot.local_telegram.stories.stage import PATIENCE, Failed, Stage, Step, eventually, line_of

# What a step says of how something is sent, besides `in`, `topic` and `to`.
_HOW = How.__annotations__.keys() - {"chat", "thread", "reply_to"}


async def _how(stage: Stage, step: Step) -> How:
    """Where the step is played, which message it answers and all else that `How` tells.

    `to` is a part of the message answered; it stands in `to_in` if that is not the same chat, and
    in its topic `to_topic`.
    """
    how: dict[str, Any] = {name: step[name] for name in _HOW & step.keys()}
    how |= await stage.conversation(step)
    if "to" in step:
        there = await _elsewhere(stage, step, "to") or await stage.conversation(step)
        how["reply_to"] = await _message(stage.person(step["who"]), there, step["to"])
    return cast(How, how)


async def _elsewhere(stage: Stage, step: Step, what: str) -> dict[str, Any]:
    """The conversation that `WHAT_in` and `WHAT_topic` name; "" is the private chat."""
    title = step.get(f"{what}_in")
    if not title:
        return {} if title is None else {"chat": stage.person(step["who"]).id}
    topic = step.get(f"{what}_topic")
    return await stage.conversation(
        {"in": title} if topic is None else {"in": title, "topic": topic}
    )


async def _says(stage: Stage, step: Step) -> None:
    how = await _how(stage, step)
    stage.keep(step, how, [await stage.person(step["who"]).says(step["says"], **how)])


async def _message(person: Person, conversation: Mapping[str, Any], part: str) -> Seen:
    having = [seen for seen in await person.history(**conversation) if part in seen.text]
    if not having:
        raise Failed(f"no message with {part!r}")
    return having[-1]


async def _sees(stage: Stage, step: Step) -> None:
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    seen = await person.sees(_wanted(step), PATIENCE, **conversation)
    if step.get("reply_to", "") not in seen.raw.get("reply_to_message", {}).get("text", ""):
        raise Failed(f"it replies to {seen.raw.get('reply_to_message', {}).get('text')!r}")


def _wanted(step: Step) -> Callable[[Seen], bool]:
    what, kind = step["sees"], step.get("kind")
    return lambda seen: what in seen.text and (kind is None or kind in seen.raw)


async def _never_sees(stage: Stage, step: Step) -> None:
    """Nothing that was said until now has it."""
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    said = [seen.text for seen in await person.history(**conversation) if not seen.is_mine]
    if any(step["never_sees"] in text for text in said):
        raise Failed("it was said")


async def _presses(stage: Stage, step: Step) -> None:
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (found := await _button(person, conversation, step)) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise Failed("no message has such a button")
        await asyncio.sleep(0.05)
    seen, label = found
    stage.tell(_line(step, f"[{label}]"))
    answer = await person.presses(label, seen)
    if not answer.answered:
        raise Failed("the press was not answered")
    if step.get("toast", "") not in (answer.text or ""):
        raise Failed(f"the press was answered {answer.text!r}")


async def _button(
    person: Person, conversation: Mapping[str, Any], step: Step
) -> tuple[Seen, str] | None:
    said = [
        seen for seen in await person.history(**conversation) if step.get("on", "") in seen.text
    ]
    for seen in reversed(said):
        for label in seen.buttons:
            if step["presses"] in label:
                return seen, label
    return None


async def _sends(stage: Stage, step: Step) -> None:
    """Send a file, `count` of them as an album, or any kind there is (`about` changes its fields).

    With `content` it is what stands there, under the name that `sends` gives.
    """
    person, how = stage.person(step["who"]), await _how(stage, step)
    kind, count, caption = step["sends"], step.get("count", 1), step.get("caption", "")
    if "content" in step:
        sent = [await person.sends_content({kind: step["content"]}, **how)]
    elif kind in _FILES or count > 1:
        sent = await person.sends(*[_file(kind)] * count, kind=kind, caption=caption, **how)
    else:
        sent = [await person.sends_kind(kind, step.get("about"), caption=caption, **how)]
    stage.keep(step, how, sent)


_FILES = frozenset({"photo", "document", "voice", "video", "audio"})


def _file(kind: str) -> Attachment:
    name, mime = ("1.png", "image/png") if kind == "photo" else ("1.pdf", "application/pdf")
    return Attachment(name, PICTURE, mime)


async def _adds(stage: Stage, step: Step) -> None:
    """Send a later piece of the album that this person sent last there."""
    how, kind = await _how(stage, step), step["adds"]
    album = stage.latest(step, how)
    caption = step.get("caption", "")
    person = stage.person(step["who"])
    await person.sends(_file(kind), kind=kind, caption=caption, into=album, **how)


async def _forwards(stage: Stage, step: Step) -> None:
    """Forward a message that has this part; it stands in `from_in`, else in the private chat."""
    person, how = stage.person(step["who"]), await _how(stage, step)
    source = await _elsewhere(stage, step, "from")
    message = await _message(person, source, step["forwards"])
    stage.keep(step, how, await person.forwards(message, **how))


async def _sticker(stage: Stage, step: Step) -> None:
    await stage.person(step["who"]).sends_sticker(step["sticker"], **await _how(stage, step))


async def _location(stage: Stage, step: Step) -> None:
    latitude, longitude = step["location"]
    how = await _how(stage, step)
    await stage.person(step["who"]).sends_location(latitude, longitude, **how)


async def _contact(stage: Stage, step: Step) -> None:
    how = await _how(stage, step)
    await stage.person(step["who"]).sends_contact(step["contact"], step["who"], **how)


async def _edits(stage: Stage, step: Step) -> None:
    """Edit what this person wrote last there."""
    last = stage.latest(step, await stage.conversation(step))
    await stage.person(step["who"]).edits(last, step["edits"], date=step.get("date"))
    stage.tell(_line(step, f"(edited) {step['edits']}"))


async def _replaces(stage: Stage, step: Step) -> None:
    """Put a file of this kind into what this person sent last there; without `caption` its words
    stay."""
    last = stage.latest(step, await stage.conversation(step))
    kind, caption, date = step["replaces"], step.get("caption"), step.get("date")
    person = stage.person(step["who"])
    await person.replaces(last, _file(kind), kind=kind, caption=caption, date=date)
    stage.tell(_line(step, f"(replaced) <{kind}> {caption or ''}"))


async def _moves(stage: Stage, step: Step) -> None:
    """Go on with the live location that this person sent last there; nowhere ends it."""
    last, person = stage.latest(step, await stage.conversation(step)), stage.person(step["who"])
    if not step["moves"]:
        await person.stops(last, date=step.get("date"))
        return
    latitude, longitude = step["moves"]
    await person.moves(last, latitude, longitude, date=step.get("date"))


async def _reacts(stage: Stage, step: Step) -> None:
    """Put a reaction on the latest message there that has the part `to`."""
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    await person.reacts(await _message(person, conversation, step.get("to", "")), step["reacts"])
    stage.tell(_line(step, f"({step['reacts']})"))


async def _does(stage: Stage, step: Step) -> None:
    """Anything else of the client API: block, unblock, leave, join, topic with `action` (and a
    `name`), member with the `member` meant and a `status`."""
    conversation = await stage.conversation(step)
    about = {name: step[name] for name in ("action", "name", "status") if name in step}
    if "member" in step:
        about["member"] = stage.person(step["member"]).id
    await stage.person(step["who"]).does(step["does"], **conversation, **about)


async def _later(stage: Stage, step: Step) -> None:
    if stage.later is None:
        raise Failed("time cannot pass here")
    hours = float(step["later"])
    await stage.later(hours * 3600)
    stage.tell(f"… {hours:g} h later")


async def _topic_title(stage: Stage, step: Step) -> None:
    """The topic's title comes to have this, and with `closed` the topic comes to be so."""
    conversation = await stage.conversation(step)
    topic = stage.telegram.world.chats[conversation["chat"]].topics[conversation["thread"]]

    def right() -> bool | None:
        same = topic.closed == step.get("closed", topic.closed)
        return True if step["topic_title"] in topic.name and same else None

    await eventually(right, f"title {step['topic_title']!r}, being {topic.name!r},")


def _line(step: Step, text: str) -> str:
    where = f" @{step['in']}" if "in" in step else ""
    return line_of(f"{step['who']}{where}", text)


VERBS: Mapping[str, Callable[[Stage, Step], Awaitable[None]]] = {
    "says": _says,
    "sees": _sees,
    "never_sees": _never_sees,
    "presses": _presses,
    "sends": _sends,
    "adds": _adds,
    "forwards": _forwards,
    "sticker": _sticker,
    "location": _location,
    "contact": _contact,
    "edits": _edits,
    "replaces": _replaces,
    "moves": _moves,
    "reacts": _reacts,
    "does": _does,
    "later": _later,
    "topic_title": _topic_title,
}
