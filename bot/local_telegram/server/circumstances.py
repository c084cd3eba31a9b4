"""What a test or a story can change for the bot: its rights, its groups, its people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.local_telegram.world import membership
from bot.local_telegram.world.chats import PERMISSIONS, Chat
from bot.local_telegram.world.rights import ADMIN_RIGHTS, USUAL_RIGHTS
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]


class Circumstances:
    """The part of `LocalTelegram` that changes where the bot is and what it may do there.

    `chat_id` is a group, `by` the person who does it. Raises `KeyError` for unknown ones.
    """

    world: World

    def _both(self, chat_id: int, by: int) -> tuple[Chat, User]:
        return self.world.chats[chat_id], self.world.users[by]

    def remove_bot(self, chat_id: int, by: int) -> None:
        """A person removes the bot from a group; the bot is told."""
        membership.put_bot(self.world, *self._both(chat_id, by), "kicked")

    def add_bot(self, chat_id: int, by: int) -> None:
        """A person makes the bot an administrator of a group again; the bot is told."""
        membership.put_bot(self.world, *self._both(chat_id, by), "administrator")

    def promote_bot(self, chat_id: int, by: int, **rights: bool) -> None:
        """A person makes the bot an administrator with the usual rights, changed by `rights`.

        `promote_bot(chat, by, can_manage_topics=False)`; the bot is told. Raises `KeyError` for
        what is no right of administrators.
        """
        if unknown := rights.keys() - ADMIN_RIGHTS:
            raise KeyError(*unknown)
        has = USUAL_RIGHTS - {name for name, given in rights.items() if not given}
        has |= {name for name, given in rights.items() if given}
        membership.put_bot(self.world, *self._both(chat_id, by), "administrator", has)

    def demote_bot(self, chat_id: int, by: int) -> None:
        """A person makes the bot a plain member; the bot is told."""
        membership.put_bot(self.world, *self._both(chat_id, by), "member")

    def restrict_bot(self, chat_id: int, by: int, may: Iterable[str] = ()) -> None:
        """A person lets the bot, as a member, do only what `may` says; the bot is told.

        `may` has fields of the Bot API `ChatPermissions` object. Raises `KeyError` for others.
        """
        has = _known(may)
        membership.put_bot(self.world, *self._both(chat_id, by), "restricted", has)

    def permit(self, chat_id: int, may: Iterable[str]) -> None:
        """Set the permissions of a group's members, and of bots that are no administrators.

        `may` is as in `restrict_bot`. Bots are not told, as in Telegram.
        """
        self.world.chats[chat_id].permissions = _known(may)

    def refuse_writing(self, chat_id: int, answer: str | None = "CHAT_WRITE_FORBIDDEN") -> None:
        """Let Telegram's servers answer 400 with `answer` to whatever a bot sends there.

        None lets bots write again.
        """
        self.world.chats[chat_id].write_error = answer

    def delete_group(self, chat_id: int) -> None:
        """The owner deletes a group. The bot is not told."""
        membership.delete_group(self.world, self.world.chats[chat_id])

    def make_supergroup(
        self, chat_id: int, by: int, new_id: int, *, is_forum: bool = False
    ) -> None:
        """A person turns a basic group into a supergroup, with or without topics."""
        membership.make_supergroup(self.world, *self._both(chat_id, by), new_id, is_forum)

    def change_general(self, chat_id: int, by: int, **how: bool) -> None:
        """A person closes, reopens, hides or shows General: `closed=True`, `hidden=False`, ..."""
        chat, user = self._both(chat_id, by)
        for name, value in how.items():
            self.world.change_general(chat, user, name, value)

    def protect_content(self, chat_id: int, is_protected: bool = True) -> None:
        """The group forbids to forward and save what is said in it, or allows it again."""
        self.world.chats[chat_id].is_protected = is_protected

    def deactivate(self, user_id: int) -> None:
        """A person deletes the account."""
        self.world.users[user_id].deactivated = True

    def forbid_voice(self, user_id: int, is_forbidden: bool = True) -> None:
        """A person forbids voice and video messages, or allows them again."""
        self.world.users[user_id].hears_voice = not is_forbidden

    def reactions(self, chat_id: int, message_id: int) -> list[Json]:
        """The reactions of everybody to a message: `ReactionType` objects."""
        of = self.world.chats[chat_id].messages[message_id].reactions or {}
        return [reaction for given in of.values() for reaction in given]


def _known(permissions: Iterable[str]) -> frozenset[str]:
    named = frozenset(permissions)
    if unknown := named - set(PERMISSIONS):
        raise KeyError(*unknown)
    return named
