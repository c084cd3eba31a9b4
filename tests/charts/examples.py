"""Charts as a digest and an incident need them, and at the edges of what is one."""

from __future__ import annotations

from bot.core.model.chart import Bars, Chart, Grouped, Lines, Part, Usual

DISTRICTS = (
    *("东城", "西城", "朝阳", "海淀", "丰台", "石景山", "门头沟", "房山", "通州", "顺义", "昌平"),
    *("大兴", "怀柔", "平谷", "密云", "延庆", "经济技术开发区"),
)
DAYS = tuple(f"11-{day}" for day in range(24, 31))
MONTH = tuple(f"11-{day}" for day in range(1, 31))
HOURS = tuple(f"{hour}:00" for hour in range(24))
USUAL = (0, 0, 0, 0, 0, 0, 1, 2, 6, 12, 15, 14, 9, 10, 13, 14, 12, 9, 5, 3, 2, 1, 1, 0)
TODAY = (1, 0, 0, 0, 0, 1, 2, 5, 14, 38, 61, 72, 66, 70, *(None,) * 10)

TIERS = Bars(
    title="现有工单（11月30日 9:00）",
    unit="单",
    categories=("一线客服", "二线技术支持"),
    parts=(
        Part("待接单", (7, 2)),
        Part("处理中", (23, 9)),
        Part("等用户", (12, 4)),
        Part("已解决", (5, 1)),
    ),
)
REPLIES = Bars(
    title="首次回复：及时与超时",
    unit="单",
    categories=DAYS,
    parts=(Part("及时", (38, 35, 41, 29, 30, 6, 4)), Part("超时", (8, 12, 3, 1, 0, 0, 1))),
    moments=True,
)
INCIDENT = Lines(
    title="每小时提问：可查不到发票",
    unit="条",
    moments=HOURS,
    parts=(Part("今天", TODAY),),
    usual=Usual("平时", USUAL, tuple(2 * value + 2 for value in USUAL)),
)
FORTNIGHT = tuple(f"11-{day}" for day in range(16, 30))
DIGEST = Grouped(
    title="一线客服：近 14 天新来和关闭",
    unit="张",
    moments=FORTNIGHT,
    parts=(
        Part("新来", (38, 35, 41, 29, 30, 6, 4, 44, 39, 36, 31, 28, 5, 3)),
        Part("关闭", (30, 33, 45, 20, 36, 2, 0, 41, 44, 30, 35, 25, 1, 0)),
    ),
)
CHARTS: dict[str, Chart] = {
    "digest": DIGEST,
    "a digest of few": Grouped(
        title="二线技术支持：近 14 天新来和关闭",
        unit="张",
        moments=FORTNIGHT,
        parts=(
            Part("新来", (*(0,) * 12, 1, 0)),
            Part("关闭", (0,) * 14),
        ),
    ),
    "two thousand a day": Grouped(
        title="跨部门协调：近 14 天新来和关闭",
        unit="张",
        moments=FORTNIGHT[:2],
        parts=(Part("新来", (2048, 1900)), Part("关闭", (1, 2100))),
    ),
    "tiers": TIERS,
    "replies": REPLIES,
    "incident": INCIDENT,
    "a month of replies": Bars(
        title="首次回复",
        unit="单",
        categories=MONTH,
        parts=(
            Part("及时", tuple(20 + day * 7 % 23 for day in range(30))),
            Part("超时", tuple(day * 5 % 7 for day in range(30))),
        ),
        moments=True,
    ),
    "districts": Bars(
        title="近 24 小时各区工单",
        unit="单",
        categories=DISTRICTS,
        parts=(Part("", (12, 9, 61, 44, 20, 4, 2, 8, 15, 9, 11, 13, 1, 2, 1, 0, 27)),),
    ),
    "causes with long names": Bars(
        title="最可能的原因：今天比平时多得多的是数据未同步到平台",
        unit="单",
        categories=("发票数据在途，未同步到平台", "开票方作废或红冲", "归集到别的纳税人名下"),
        parts=(Part("已解决", (12, 9, 4)), Part("未解决", (31, 2, 1))),
    ),
    "three lines": Lines(
        title="七天里的工单",
        unit="单",
        moments=DAYS,
        parts=(
            Part("新开", (38, 35, 41, 29, 30, 6, 4)),
            Part("解决", (30, 33, 45, 20, 36, 2, 1)),
            Part("升级", (3, 5, 4, 2, 6, 0, 0)),
        ),
    ),
    "parts of minutes": Lines(
        title="首次回复的中位时间",
        unit="分钟",
        moments=DAYS,
        parts=(Part("", (4.5, 3.2, 9.75, 7, 5, 6.1, 7)),),
    ),
    "as many parts as there may be": Bars(
        title="现有工单",
        unit="单",
        categories=("一线客服", "二线技术支持", "三线", "财务"),
        parts=(
            Part("待接单", (3, 6, 6, 3)),
            Part("处理中", (12, 24, 15, 12)),
            Part("等用户", (5, 10, 8, 5)),
            Part("已解决", (9, 18, 12, 9)),
            Part("已关闭", (7, 14, 10, 7)),
            Part("已合并", (4, 8, 7, 4)),
        ),
    ),
    "nothing yet": Bars(
        title="现有工单", unit="单", categories=("一线客服",), parts=(Part("待接单", (0,)),)
    ),
    "nothing known": Lines(title="提问", unit="条", moments=DAYS, parts=(Part("", (None,) * 7),)),
    "one moment": Lines(title="提问", unit="条", moments=("9:00",), parts=(Part("", (3,)),)),
    "signs that mean something elsewhere": Bars(
        title="A&B <b>$x_1$ 100% _不是_",
        unit="%",
        categories=("$\\frac", "<甲>"),
        parts=(Part("_无", (1, 2)), Part("#1", (3, 4))),
    ),
}
