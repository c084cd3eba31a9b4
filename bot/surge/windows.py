"""Sums and minima over the last minutes of rows."""

from __future__ import annotations

import numpy as np

from .usual import Floats


def sums(rows: Floats, width: int) -> Floats:
    """The sum of the last `width` columns at each, fewer at the beginning."""
    total = np.cumsum(rows, axis=-1)
    total[..., width:] -= total[..., :-width].copy()
    return total


def lowest(rows: Floats, width: int) -> Floats:
    """The least of the last `width` columns at each, fewer at the beginning."""
    length = rows.shape[-1]
    blocks = -(-length // width)
    padding = [(0, 0)] * (rows.ndim - 1) + [(0, blocks * width - length)]
    cut = np.pad(rows, padding, constant_values=np.inf).reshape(*rows.shape[:-1], blocks, width)
    since = np.minimum.accumulate(cut, axis=-1).reshape(*rows.shape[:-1], -1)[..., :length]
    until = np.minimum.accumulate(cut[..., ::-1], axis=-1)[..., ::-1]
    until = until.reshape(*rows.shape[:-1], -1)[..., :length]
    since[..., width:] = np.minimum(since[..., width:], until[..., 1 : max(length - width, 0) + 1])
    return since
