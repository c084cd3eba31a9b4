"""Bot API methods on the members of a group and what they may do."""

from __future__ import annotations

from typing import Any

from bot.local_telegram.bot_api.targets import chat_of
from bot.local_telegram.wire.errors import bad_request
from bot.local_telegram.wire.parameters import Parameters
from bot.local_telegram.world.chats import ADMINS, PERMISSIONS, PRESENT, Chat
from bot.local_telegram.world.membership import change_member
from bot.local_telegram.world.rights import ADMIN_RIGHTS, may, member_json
from bot.local_telegram.world.user import User
from bot.local_telegram.world.world import World

Json = dict[str, Any]

MEDIA_PERMISSIONS = frozenset(PERMISSIONS[:7])


def _user(world: World, parameters: Parameters) -> User:
    user_id = parameters.integer("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if user_id not in world.users:
        raise bad_request("user not found")
    return world.users[user_id]


def get_chat_member(world: World, parameters: Parameters) -> Json:
    """getChatMember"""
    return member_json(chat_of(world, parameters), _user(world, parameters))


def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    """getChatAdministrators"""
    chat = chat_of(world, parameters)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    found = [user for user, status in chat.members.items() if status in ADMINS]
    return [member_json(chat, world.users[user]) for user in found]


def get_chat_member_count(world: World, parameters: Parameters) -> int:
    """getChatMemberCount"""
    return len(chat_of(world, parameters).present)


def leave_chat(world: World, parameters: Parameters) -> bool:
    """leaveChat"""
    chat = chat_of(world, parameters)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.post(chat, world.bot, {"left_chat_member": world.bot.json})
    change_member(world, chat, world.bot, world.bot, "left")
    return True


def _target(world: World, parameters: Parameters, right: str) -> tuple[Chat, User]:
    """The group and the member to act on, if the bot may. Raises 400."""
    chat, user = chat_of(world, parameters), _user(world, parameters)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if not may(chat, world.bot, right):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    status = chat.members.get(user.id)
    if status == "creator":
        raise bad_request("can't remove chat owner")
    if status == "administrator" and right == "can_restrict_members":
        raise bad_request("user is an administrator of the chat")
    return chat, user


def ban_chat_member(world: World, parameters: Parameters) -> bool:
    """banChatMember"""
    chat, user = _target(world, parameters, "can_restrict_members")
    change_member(world, chat, user, world.bot, "kicked")
    return True


def unban_chat_member(world: World, parameters: Parameters) -> bool:
    """unbanChatMember: a member is removed from the group, unless `only_if_banned` is set."""
    chat, user = _target(world, parameters, "can_restrict_members")
    is_member = chat.members.get(user.id) in PRESENT
    if chat.members.get(user.id) != "left" and not (
        is_member and parameters.flag("only_if_banned")
    ):
        change_member(world, chat, user, world.bot, "left")
    return True


def allowed(given: Json, independent: bool) -> frozenset[str]:
    """The permissions that a `ChatPermissions` object gives, with those that they imply."""
    has = {name for name in PERMISSIONS if given.get(name)}
    if not independent and has & {"can_send_other_messages", "can_add_web_page_previews"}:
        has |= MEDIA_PERMISSIONS
    if not independent and "can_send_polls" in has:
        has.add("can_send_messages")
    return frozenset(has)


def _permissions(parameters: Parameters) -> frozenset[str]:
    given = parameters.mapping("permissions") or {}
    return allowed(given, parameters.flag("use_independent_chat_permissions"))


def restrict_chat_member(world: World, parameters: Parameters) -> bool:
    """restrictChatMember: who has all permissions is a plain member again."""
    chat, user = _target(world, parameters, "can_restrict_members")
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    has = _permissions(parameters)
    status = "member" if has.issuperset(PERMISSIONS) else "restricted"
    change_member(world, chat, user, world.bot, status, has)
    return True


def promote_chat_member(world: World, parameters: Parameters) -> bool:
    """promoteChatMember: who has no right is a plain member again."""
    chat, user = _target(world, parameters, "can_promote_members")
    has = frozenset(name for name in ADMIN_RIGHTS if parameters.flag(name))
    has |= {"can_manage_chat"} if has else set()
    change_member(world, chat, user, world.bot, "administrator" if has else "member", has)
    return True


def set_chat_permissions(world: World, parameters: Parameters) -> bool:
    """setChatPermissions"""
    chat = chat_of(world, parameters)
    if chat.type == "private" or not may(chat, world.bot, "can_restrict_members"):
        raise bad_request("not enough rights to change chat permissions")
    chat.permissions = _permissions(parameters)
    return True
