"""Bot API methods that send polls and dice."""

from __future__ import annotations

import secrets
import time
from itertools import count
from typing import Any

from bot.local_telegram.bot_api.keyboards import inline_keyboard
from bot.local_telegram.bot_api.sending import send
from bot.local_telegram.bot_api.targets import chat_of, message_of
from bot.local_telegram.text.formatting import formatted
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.wire.values import whole
from bot.local_telegram.world.kinds import DICE
from bot.local_telegram.world.world import World

Json = dict[str, Any]

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
OPTIONS = range(1, 13)
_poll_ids = count(int(time.time()) << 28)


def rolled(emoji: str) -> Json:
    """The content of a die that has just been thrown."""
    return {"dice": {"emoji": emoji, "value": 1 + secrets.randbelow(DICE[emoji])}}


def send_dice(world: World, parameters: Parameters) -> Json:
    """sendDice"""
    emoji = parameters.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return send(world, parameters, rolled(emoji)).json()


def send_poll(world: World, parameters: Parameters) -> Json:
    """sendPoll: without votes."""
    question, entities = formatted(
        parameters, "question", "question_parse_mode", "question_entities"
    )
    if not question:
        raise bad_request("text must be non-empty")
    if len(question) > QUESTION_LIMIT:
        raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
    options = [_option(each) for each in parameters.sequence("options") or []]
    if len(options) not in OPTIONS:
        many = "must have at least 1 option" if not options else "can't have more than 12 options"
        raise bad_request(f"poll {many}")
    poll = {
        "id": str(next(_poll_ids)),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": parameters.flag("is_closed"),
        "is_anonymous": parameters.values.get("is_anonymous") is None
        or parameters.flag("is_anonymous"),
        "allows_multiple_answers": parameters.flag("allows_multiple_answers"),
        "allows_revoting": parameters.text("type") != "quiz",
        "members_only": False,
    }
    poll |= {"question_entities": entities} if entities else {}
    return send(world, parameters, {"poll": poll | _type_fields(parameters, len(options))}).json()


def _option(given: object) -> Json:
    about = Parameters(given if isinstance(given, dict) else {"text": given})
    text, entities = formatted(about, "text", "text_parse_mode", "text_entities")
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > OPTION_LIMIT:
        raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")
    option: Json = {"persistent_id": secrets.token_hex(4), "text": text, "voter_count": 0}
    return option | ({"text_entities": entities} if entities else {})


def _type_fields(parameters: Parameters, options: int) -> Json:
    poll_type = parameters.text("type") or "regular"
    if poll_type == "regular":
        return {"type": poll_type}
    if poll_type != "quiz":
        raise bad_request("unsupported poll type specified")
    given = parameters.sequence("correct_option_ids") or [parameters.integer("correct_option_id")]
    right = [n for each in given if (n := whole(each)) is not None and 0 <= n < options]
    if len(right) != len(given):
        raise bad_request("invalid correct option identifier specified")
    about: Json = {"type": poll_type, "correct_option_id": right[0], "correct_option_ids": right}
    text, entities = formatted(
        parameters, "explanation", "explanation_parse_mode", "explanation_entities"
    )
    about |= {"explanation": text} if text else {}
    return about | ({"explanation_entities": entities} if entities else {})


def copied_poll(poll: Json) -> Json:
    """The content of a copied poll: the same question, without votes."""
    options = [option | {"voter_count": 0} for option in poll["options"]]
    anew = {"options": options, "total_voter_count": 0, "is_closed": False}
    return {"poll": poll | anew | {"id": str(next(_poll_ids))}}


def stop_poll(world: World, parameters: Parameters) -> Json:
    """stopPoll: the bot gets a `poll` update of it."""
    markup = inline_keyboard(parameters)
    chat = chat_of(world, parameters)
    message = message_of(chat, parameters, "stop", "message with poll")
    if "poll" not in message.content:
        raise bad_request("message is not a poll")
    if message.sender is not world.bot:
        raise bad_request("poll can't be stopped")
    if message.content["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    poll: Json = message.content["poll"] | {"is_closed": True}
    world.edit(message, message.content | {"poll": poll}, markup)
    world.updates.put("poll", poll, chat.id)
    return poll
