"""What agents ask the desk while they write, answered at once and beside the inbox.

It changes nothing, and who asks waits for seconds at most: so it is no event, and what is not
answered in time is forgotten.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.channels import Asked, Channel, Later, Refused
from bot.core.model.address import channel as channel_of
from bot.core.model.snippet import Snippet
from bot.core.staff import inline
from bot.core.text.clock import day
from bot.loops.desk import Desk
from bot.loops.members import FRESH
from bot.store.protocol import Receive

log = logging.getLogger(__name__)
PATIENCE = 8.0  # seconds after which Telegram takes no answer any more
AT_ONCE = 20  # questions that are answered at the same time


def answer_soon(desk: Desk[Receive], channel: Channel, asked: Sequence[Asked]) -> None:
    """Answer beside everything else; what is too much is left unanswered."""
    for each in asked:
        if len(desk.asking) >= AT_ONCE:
            log.info("too much is asked inline; a question is left unanswered")
            return
        task = asyncio.ensure_future(_answer(desk, channel, each))
        desk.asking.add(task)
        task.add_done_callback(desk.asking.discard)


async def _answer(desk: Desk[Receive], channel: Channel, asked: Asked) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            found, following = await _offered(desk, channel, asked)
            await channel.offer(asked.query, found, following)
    except TimeoutError:
        log.info("what was asked inline is not answered in time")
    except (Later, Refused) as trouble:
        log.info("what was asked inline is not answered: %s", trouble)
    except Exception:
        log.exception("what was asked inline is not answered")


async def _offered(
    desk: Desk[Receive], channel: Channel, asked: Asked
) -> tuple[tuple[Snippet, ...], str]:
    """What who belongs to a group is offered; nobody else is offered anything."""
    if not await belongs(desk, channel, asked.who):
        return (), ""
    today = day(datetime.fromtimestamp(desk.clock(), UTC))
    found = await desk.read(inline.snippets, desk.knowledge, asked.text, today)
    return inline.page(found, asked.offset)


async def belongs(desk: Desk[Receive], channel: Channel, person: str) -> bool:
    """Whether the person is a member of any tier's group on the channel, as far as can be told."""
    known = await desk.read(_memberships, desk, channel, person)
    if any(known.values()):
        return True
    for chat in (chat for chat, member in known.items() if member is None):
        try:
            member = await channel.member(chat, person)
        except (Later, Refused) as trouble:
            log.info("cannot check who belongs to group %s: %s", chat, trouble)
            continue
        await desk.write(desk.store.rooms.put_membership, chat, person, member, desk.clock())
        if member:
            return True
    return False


def _memberships(desk: Desk[Receive], channel: Channel, person: str) -> dict[str, bool | None]:
    """Whether the person belongs to each group, None where that was not checked lately."""
    groups = [desk.group(tier.id) for tier in desk.knowledge.tiers.tiers]
    since = desk.clock() - FRESH
    return {
        chat: desk.store.rooms.membership(chat, person, since)
        for chat in groups
        if chat is not None and channel_of(chat) == channel.name
    }
