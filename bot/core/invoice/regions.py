"""Where an invoice may be issued, as numbers and codes of invoices write it."""

from __future__ import annotations

from collections.abc import Mapping

PROVINCES: Mapping[str, str] = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
}
"""The first two digits of GB/T 2260."""

CITIES: Mapping[str, str] = {
    "2102": "大连",
    "3302": "宁波",
    "3502": "厦门",
    "3702": "青岛",
    "4403": "深圳",
}
"""The cities with tax bureaus of their own (计划单列市), as the code of an older invoice begins for
them (the national checking site's own table)."""

PLANNED_CITY = "计划单列市"
"""A number of 20 digits has 91 to 95 for one of these cities; which is which is not published."""

BEIJING = PROVINCES["11"]
