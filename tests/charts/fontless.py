"""Draws on a machine whose fonts have no Chinese letters."""

from __future__ import annotations

from matplotlib.font_manager import fontManager

fontManager.ttflist = [entry for entry in fontManager.ttflist if entry.name == "DejaVu Sans"]

from bot.charts.draw import drawn  # noqa: E402

__all__ = ["drawn"]
