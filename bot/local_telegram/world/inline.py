"""Inline mode: what people ask the bot while they write, and the results that it offers.

Where the Bot API does not tell, the stricter reading was chosen: a query is answered once, and
within `QUERY_SECONDS`; results are kept for a query of the same words and offset, from whichever
chat it comes.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.local_telegram.world.user import User

Json = dict[str, Any]

QUERY_SECONDS = 10
REMEMBERED = 1_000
"""How many queries and pages are remembered, and how many are kept for others."""
EVERYBODY = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A result: the `content` is what is sent by whoever chooses it."""

    id: str
    title: str
    description: str
    content: Json


@dataclass(frozen=True, slots=True)
class Page:
    """Results that were offered; `id` is that of the query for which they were.

    With `next_offset`, which may be empty, more can be asked for.
    """

    id: str
    text: str
    articles: tuple[Article, ...]
    next_offset: str


@dataclass(frozen=True, slots=True)
class Query:
    """What `user` asked at `at` (monotonic seconds); `page` gets the results."""

    id: str
    at: float
    user: User
    text: str
    offset: str
    page: asyncio.Future[Page]


@dataclass(slots=True)
class Inline:
    """The queries of all people to one bot, and what they were offered."""

    clock: Callable[[], float] = time.monotonic
    _ids: count[int] = field(default_factory=lambda: count(int(time.time()) << 24))
    _queries: OrderedDict[str, Query] = field(default_factory=OrderedDict)
    _offered: OrderedDict[tuple[int, str], Page] = field(default_factory=OrderedDict)
    _cached: OrderedDict[tuple[int, str, str], tuple[float, Page]] = field(
        default_factory=OrderedDict
    )

    def ask(self, user: User, text: str, offset: str) -> Query:
        """A new query, which waits for its page."""
        page: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
        query = Query(str(next(self._ids)), self.clock(), user, text, offset, page)
        _remember(self._queries, query.id, query)
        return query

    def kept(self, user: User, text: str, offset: str) -> Page | None:
        """What was kept for such a query: for this person, or for everybody."""
        for whose in (user.id, EVERYBODY):
            until, page = self._cached.get((whose, text, offset), (0.0, None))
            if page is not None and self.clock() < until:
                self._offer(user, page)
                return page
        return None

    def waiting(self, query_id: str) -> Query | None:
        """The query with this id that may still be answered."""
        query = self._queries.get(query_id)
        return query if query is not None and self.clock() - query.at <= QUERY_SECONDS else None

    def answer(
        self, query: Query, articles: tuple[Article, ...], next_offset: str, seconds: int, own: bool
    ) -> None:
        """Offer results, and keep them so long for everybody, or for this person's `own` queries.

        The query is over.
        """
        del self._queries[query.id]
        page = Page(query.id, query.text, articles, next_offset)
        if seconds:
            whose = query.user.id if own else EVERYBODY
            kept = self.clock() + seconds, page
            _remember(self._cached, (whose, query.text, query.offset), kept)
        self._offer(query.user, page)
        if not query.page.done():
            query.page.set_result(page)

    def offered(self, user: User, page_id: str, article_id: str) -> tuple[Page, Article] | None:
        """A result that the person was offered, and where."""
        page = self._offered.get((user.id, page_id))
        found = (each for each in page.articles if each.id == article_id) if page else iter(())
        article = next(found, None)
        return None if page is None or article is None else (page, article)

    def _offer(self, user: User, page: Page) -> None:
        _remember(self._offered, (user.id, page.id), page)


def _remember(known: OrderedDict[Any, Any], key: object, value: object) -> None:
    known[key] = value
    if len(known) > REMEMBERED:
        known.popitem(last=False)
