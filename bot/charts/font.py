"""The font in which charts are written."""

from __future__ import annotations

from typing import Final

from matplotlib.font_manager import fontManager

CHINESE: Final = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback"),
    *("PingFang SC", "Hiragino Sans GB", "Heiti SC", "Microsoft YaHei", "SimHei"),
    *("Noto Serif CJK SC", "AR PL UMing CN", "AR PL UKai CN", "Songti SC", "SimSun"),
)
"""Families with simplified Chinese letters, the best to read first."""
OTHERS: Final = "DejaVu Sans"
"""Comes with matplotlib; has signs that a Chinese font may lack."""


class NoFont(LookupError):
    """No font of this machine has Chinese letters."""

    def __init__(self) -> None:
        super().__init__("no font has Chinese letters; on Debian: apt install fonts-noto-cjk")


def families() -> list[str]:
    """The one that has Chinese letters, and the one for other signs. Raises `NoFont`."""
    known = {entry.name for entry in fontManager.ttflist}
    found = next((name for name in CHINESE if name in known), None)
    if found is None:
        raise NoFont
    return [found, OTHERS]
