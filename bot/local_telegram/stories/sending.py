"""The verbs of a story that send and change messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bot.local_telegram.examples.contents import PICTURE
from bot.local_telegram.people.person import Person
from bot.local_telegram.people.seen import Attachment, Seen
from bot.local_telegram.people.send_options import SendOptions
from bot.local_telegram.stories.stage import Failed, Stage, Step, Verb, step_line

_OPTIONS = SendOptions.__annotations__.keys() - {"chat", "thread", "reply_to"}
"""The options that a step has under their own names."""
_FILES = frozenset({"photo", "document", "voice", "video", "audio"})


async def _options(stage: Stage, step: Step) -> SendOptions:
    """The `SendOptions` of a step, its conversation among them.

    `to` is a part of the message answered, which stands in group `to_in` and its topic `to_topic`,
    by default in the same conversation.
    """
    options: dict[str, Any] = {name: step[name] for name in _OPTIONS & step.keys()}
    options |= await stage.conversation(step)
    if "to" in step:
        there = await _elsewhere(stage, step, "to") or await stage.conversation(step)
        options["reply_to"] = await _message(stage.person(step["who"]), there, step["to"])
    return cast(SendOptions, options)


async def _elsewhere(stage: Stage, step: Step, what: str) -> dict[str, Any]:
    """The conversation in `WHAT_in` and `WHAT_topic`; an empty `WHAT_in` is the private chat."""
    title = step.get(f"{what}_in")
    if not title:
        return {} if title is None else {"chat": stage.person(step["who"]).id}
    topic = step.get(f"{what}_topic")
    return await stage.conversation(
        {"in": title} if topic is None else {"in": title, "topic": topic}
    )


async def _message(person: Person, conversation: Mapping[str, Any], part: str) -> Seen:
    having = [seen for seen in await person.history(**conversation) if part in seen.text]
    if not having:
        raise Failed(f"no message with {part!r}")
    return having[-1]


async def _says(stage: Stage, step: Step) -> None:
    options = await _options(stage, step)
    stage.keep(step, options, [await stage.person(step["who"]).says(step["says"], **options)])


async def _sends(stage: Stage, step: Step) -> None:
    """Send a file, `count` files as an album, or an example of a kind that `about` changes.

    `content` is sent as it stands, under the name that `sends` gives.
    """
    person, options = stage.person(step["who"]), await _options(stage, step)
    kind, count, caption = step["sends"], step.get("count", 1), step.get("caption", "")
    if "content" in step:
        sent = [await person.sends_content({kind: step["content"]}, **options)]
    elif kind in _FILES or count > 1:
        sent = await person.sends(*[_file(kind)] * count, kind=kind, caption=caption, **options)
    else:
        sent = [await person.sends_kind(kind, step.get("about"), caption=caption, **options)]
    stage.keep(step, options, sent)


def _file(kind: str) -> Attachment:
    name, mime = ("1.png", "image/png") if kind == "photo" else ("1.pdf", "application/pdf")
    return Attachment(name, PICTURE, mime)


async def _adds(stage: Stage, step: Step) -> None:
    """Send one more file into the album that this person sent last there."""
    options, kind = await _options(stage, step), step["adds"]
    album = stage.latest(step, options)
    caption = step.get("caption", "")
    person = stage.person(step["who"])
    await person.sends(_file(kind), kind=kind, caption=caption, into=album, **options)


async def _forwards(stage: Stage, step: Step) -> None:
    """Forward a message with this part from group `from_in`, by default from the private chat."""
    person, options = stage.person(step["who"]), await _options(stage, step)
    source = await _elsewhere(stage, step, "from")
    message = await _message(person, source, step["forwards"])
    stage.keep(step, options, await person.forwards(message, **options))


async def _sticker(stage: Stage, step: Step) -> None:
    await stage.person(step["who"]).sends_sticker(step["sticker"], **await _options(stage, step))


async def _location(stage: Stage, step: Step) -> None:
    latitude, longitude = step["location"]
    options = await _options(stage, step)
    await stage.person(step["who"]).sends_location(latitude, longitude, **options)


async def _contact(stage: Stage, step: Step) -> None:
    options = await _options(stage, step)
    await stage.person(step["who"]).sends_contact(step["contact"], step["who"], **options)


async def _edits(stage: Stage, step: Step) -> None:
    """Edit what this person wrote last there."""
    last = stage.latest(step, await stage.conversation(step))
    await stage.person(step["who"]).edits(last, step["edits"], date=step.get("date"))
    stage.tell(step_line(step, f"(edited) {step['edits']}"))


async def _replaces(stage: Stage, step: Step) -> None:
    """Replace the file of what this person sent last there; without `caption` the caption stays."""
    last = stage.latest(step, await stage.conversation(step))
    kind, caption, date = step["replaces"], step.get("caption"), step.get("date")
    person = stage.person(step["who"])
    await person.replaces(last, _file(kind), kind=kind, caption=caption, date=date)
    stage.tell(step_line(step, f"(replaced) <{kind}> {caption or ''}"))


async def _moves(stage: Stage, step: Step) -> None:
    """Move the live location that this person sent last there; an empty value ends it."""
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
    stage.tell(step_line(step, f"({step['reacts']})"))


SENDING: Mapping[str, Verb] = {
    "says": _says,
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
}
