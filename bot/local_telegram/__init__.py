"""A Telegram on loopback: Bot API, people's apps and a chat page, with no token and no network.

async with LocalTelegram(people=[User(1001, "王芳")]) as telegram:
    ...  # a bot at telegram.url + "/bot", with telegram.token
    wang = telegram.person(1001)
    await wang.says("你好")
    answer = await wang.sees("您好")
"""

from bot.local_telegram.people.app import Refused
from bot.local_telegram.people.person import Person
from bot.local_telegram.people.seen import Answered, Attachment, Seen
from bot.local_telegram.people.send_options import SendOptions
from bot.local_telegram.server.telegram import LocalTelegram
from bot.local_telegram.world.chats import Group
from bot.local_telegram.world.user import User

__all__ = [
    "Answered",
    "Attachment",
    "Group",
    "LocalTelegram",
    "Person",
    "Refused",
    "Seen",
    "SendOptions",
    "User",
]
