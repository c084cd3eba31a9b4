"""The verbs of a story: what a step may do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.local_telegram.people.person import Person
from bot.local_telegram.people.seen import Seen
from bot.local_telegram.stories.sending import SENDING
from bot.local_telegram.stories.stage import (
    PATIENCE,
    Failed,
    Stage,
    Step,
    Verb,
    eventually,
    step_line,
)

MOST_QUESTIONS = 12


async def _sees(stage: Stage, step: Step) -> None:
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    seen = await person.sees(_wanted(step), PATIENCE, **conversation)
    if step.get("reply_to", "") not in seen.raw.get("reply_to_message", {}).get("text", ""):
        raise Failed(f"it replies to {seen.raw.get('reply_to_message', {}).get('text')!r}")


async def _sees_mark(stage: Stage, step: Step) -> None:
    """A message there that has the part `on` comes to have this reaction."""
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while step["sees_mark"] not in await _marks(person, conversation, step.get("on", "")):
        if asyncio.get_running_loop().time() > deadline:
            raise Failed(f"no message with {step.get('on', '')!r} is marked so")
        await asyncio.sleep(0.05)


async def _marks(person: Person, conversation: Mapping[str, Any], part: str) -> set[str]:
    said = [seen for seen in await person.history(**conversation) if part in seen.text]
    return {each["emoji"] for seen in said for each in seen.raw["reactions"]}


def _wanted(step: Step) -> Callable[[Seen], bool]:
    what, kind = step["sees"], step.get("kind")
    return lambda seen: what in seen.text and (kind is None or kind in seen.raw)


async def _never_sees(stage: Stage, step: Step) -> None:
    """No message until now has this part."""
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
    stage.tell(step_line(step, f"[{label}]"))
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


async def _answers(stage: Stage, step: Step) -> None:
    """Answer whatever is asked, `until` a message has this part: what `answers` has for a part of
    the question, `otherwise` that.
    """
    person, conversation = stage.person(step["who"]), await stage.conversation(step)
    for _ in range(MOST_QUESTIONS):
        seen = await person.sees(
            lambda seen: not seen.is_mine and bool(seen.buttons), PATIENCE, **conversation
        )
        if step["until"] in seen.text:
            return
        told = (answer for part, answer in step["answers"].items() if part in seen.text)
        answer = next(told, step["otherwise"])
        stage.tell(step_line(step, answer))
        await person.says(answer, **conversation)
    raise Failed(f"{step['until']!r} was not said after {MOST_QUESTIONS} answers")


async def _does(stage: Stage, step: Step) -> None:
    """Any other act of the client API: block, unblock, leave, join, topic, member.

    topic takes `action` and `name`, member takes `member` (a name) and `status`.
    """
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
    """The topic's title comes to have this part; with `closed` it comes to be closed or open."""
    conversation = await stage.conversation(step)
    topic = stage.telegram.world.chats[conversation["chat"]].topics[conversation["thread"]]

    def right() -> bool | None:
        same = topic.closed == step.get("closed", topic.closed)
        return True if step["topic_title"] in topic.name and same else None

    await eventually(right, f"title {step['topic_title']!r}, being {topic.name!r},")


VERBS: Mapping[str, Verb] = {
    **SENDING,
    "sees": _sees,
    "sees_mark": _sees_mark,
    "never_sees": _never_sees,
    "presses": _presses,
    "answers": _answers,
    "does": _does,
    "later": _later,
    "topic_title": _topic_title,
}
