"""The Bot API without its HTTP: a call in, an answer out.

Every call of a bot passes through `BotApi.answer`, where a fault may befall it, before or after it
took effect.
"""

from __future__ import annotations

import inspect
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.local_telegram.bot_api.methods.table import BY_LOWER_NAME, LIMITED, METHODS
from bot.local_telegram.bot_api.rate_limits import Limits
from bot.local_telegram.faults.faults import Faults
from bot.local_telegram.wire.answers import Answer, error_answer, result_answer
from bot.local_telegram.wire.errors import ApiError
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.wire.values import whole
from bot.local_telegram.world.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that a bot made."""

    method: str
    parameters: Json


@dataclass(slots=True)
class BotApi:
    """Runs calls on `world`. `limits` is None when there are no rate limits."""

    world: World
    limits: Limits | None = None
    faults: Faults | None = None
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=2_000))

    def __post_init__(self) -> None:
        self.world.call = self.answer

    async def answer(self, name: str, parameters: Parameters) -> Answer:
        """Run one call; an error is an answer too.

        Raises `Dropped` where a fault cuts the connection.
        """
        method = BY_LOWER_NAME.get(name.lower())
        if method is None:
            return error_answer(ApiError(404, "Not Found: method not found"))
        self.calls.append(Call(method, parameters.values))
        if method not in METHODS:
            said = f"Not Implemented: the local Telegram has no method {method}"
            return error_answer(ApiError(501, said))
        chat = whole(parameters.values.get("chat_id"))
        trouble = self.faults.call(method, chat) if self.faults else None
        if trouble is None:
            return await self._answer(method, parameters)
        self.world.loses_ephemeral = trouble.wrong == "unseen"
        try:
            return await trouble.befall(partial(self._answer, method, parameters))
        except ApiError as error:
            return error_answer(error)
        finally:
            self.world.loses_ephemeral = False

    async def _answer(self, method: str, parameters: Parameters) -> Answer:
        try:
            return result_answer(await self._run(method, parameters))
        except ApiError as error:
            return error_answer(error)

    async def _run(self, method: str, parameters: Parameters) -> Any:
        if self.limits is not None and method in LIMITED:
            self.limits.count(parameters.text("chat_id"))
        result = METHODS[method](self.world, parameters)
        return await result if inspect.isawaitable(result) else result
