"""The day that somebody says is the last to declare or deduct: 今天最后一天申报, 月底前必须勾选.

Only what is said of taxes counts, or of nothing else (明天截止): invoices are handed in, paid and
booked by other deadlines, and many texts only mention a day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.core.text.numerals import amount
from bot.core.values.context import Context
from bot.core.values.day_forms import N
from bot.core.values.days import WEEKDAYS
from bot.core.values.value import tidy

_TAX = (
    r"(?:增值税|进项税?|(?:抵扣)?勾选|勾票|抵扣|认证|纳税|申报|报税|[缴交]税|[小大]?征期|抄税|清卡)"
    r"(?:确认|平台|表|[期上完])?"
)
_SMALL = (
    r"(?:是不是|就是|就|是|都|[只就还]剩|[只还]有|也|可|已经|最[晚迟]|马上|[快要]要?|会|期限?|到|在|为|的|"
    r"(?:这个?|本)月份?(?![底末尾\d])|[了啦啊呀吧呢吗嘛哦 :])"
)
_GAP = rf"(?:{_TAX}|{_SMALL}){{0,8}}+"
_DAY = (
    r"(?:(?P<name>[今明后])[天日儿晚早]"
    rf"|(?:(?P<of>(?<!{N}){N}{{1,2}})月|(?<![上下个{N[1:-1]}])(?:这个|这|本|当)?月)[底末尾]"
    r"|(?<![上下个])(?:这个?|本)?(?:周|星期|礼拜)(?P<on>[一二三四五六日天])"
    rf"|(?:(?P<m>(?<!{N}){N}{{1,3}})月|(?:这个|这|本|当)月|(?<![月年{N[1:-1]}]))(?P<d>{N}{{1,3}})[日号])"
)
_LAST = r"(?:最后一?[天日]|最[后终](?:期限|时限)|截止(?:日期?|时间)?|大限|deadline|ddl)"

_OF_TAX = (
    re.compile(rf"{_GAP}{_DAY}{_GAP}{_LAST}{_GAP}(?!(?<=的)(?:发?票|那|时))"),
    re.compile(rf"{_TAX}{_GAP}{_LAST}{_GAP}{_DAY}(?=[了啦啊呀吧呢吗嘛]|$)"),
    re.compile(
        rf"{_DAY}(?:之|以)?[前内][就都全]?(?:必须|务必|一定|得|要|需)[要得]?(?![是么不])"
        rf".{{0,6}}?{_TAX}"
    ),
    re.compile(rf"最[晚迟]{_GAP}{_DAY}.{{0,4}}?{_TAX}"),
)
"""A day as the last of something; what stands for tax may be anywhere in what they match."""
_OF_NOTHING = re.compile(
    r"(?:急|快|可是?|而且|因为|但是?|不过|所以|我们?|现在|会计|财务|老板|领导|听?说|他们?|人家|那边|好像|"
    rf"据说|应该|通知)*+{_DAY}{_SMALL}{{0,4}}+{_LAST}(?:$|[了啦啊呀吧呢吗嘛])"
)
"""A day as the last, without a word of what for."""
_OTHER = re.compile(
    r"个税|个人所得|汇算|年报|年度|社保|公积金|工商|残保|退税|出口|实名|资质|报销|印花|车船|房产税"
)
_MORE = re.compile(
    r"报名|活动|合同|[投招]标|[付打收回]款|结账|关账|考试|补贴|申请|项目|优惠|保修|退货|缴费|发货|工资|预算|"
    r"决算|审计|验收|奖"
)
_UNSAID = re.compile(r"(?<!是)不是|没到|还没|并非|要是|如果|假如|万一|哪怕")
_CLAUSE = re.compile(r"[,。;!?、~…\n]+")


def last_day(text: str, context: Context) -> date | None:
    """The day that a text says, or asks to be, the last to declare or deduct; None where it says
    none, or one that has passed.
    """
    tidied = tidy(text)
    alone = not _OTHER.search(tidied) and not _MORE.search(tidied)
    for clause in map(str.strip, _CLAUSE.split(tidied)):
        met = _of_tax(clause) or (alone and _OF_NOTHING.match(clause)) or None
        if met is not None and not _UNSAID.search(clause):
            day = _day(met, context.today)
            return day if day is not None and day >= context.today else None
    return None


def _of_tax(clause: str) -> re.Match[str] | None:
    if _OTHER.search(clause):
        return None
    found = (pattern.search(clause) for pattern in _OF_TAX)
    return next((met for met in found if met and re.search(_TAX, met[0])), None)


def _day(met: re.Match[str], today: date) -> date | None:
    """The day of a match, in this year unless that is half a year ago."""
    if met["name"]:
        return today + timedelta(days="今明后".index(met["name"]))
    if met["on"]:
        return today + timedelta(days=WEEKDAYS[met["on"]] - today.weekday())
    number = met["of"] or met["m"]
    month = int(amount(number) or 0) if number else today.month
    if not 1 <= month <= 12:
        return None
    year = today.year + (today.month - month > 6)
    last = monthrange(year, month)[1]
    day = int(amount(met["d"]) or 0) if met["d"] else last
    return date(year, month, day) if 1 <= day <= last else None
