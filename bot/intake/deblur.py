"""A closer look at a picture: where a QR code may be, and what it looked like before the blur.

A QR code is the part of a page with the most edges both across and down, for its brightness.
Such parts are cut out and sharpened with Wiener filters, for the blur of a lens out of focus and
for that of a moving hand: `spectrum * conj(blur) / (|blur|² + noise)`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy import fft
from numpy.typing import NDArray
from PIL import Image, ImageOps

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
Grey = NDArray[np.float32]
"""Height x width, 0 is black and 255 white."""

_SEEN = 900
"""Pixels of the longer side in which places are looked for."""
_PARTS = (28, 16, 10, 6, 3)
"""A window is such a part of the longer side: from a page far away to the code alone."""
_EACH = 3
_AROUND = 0.25
"""Of a window's side, cut out around it."""
_MODULES, _PIXELS = 32, 8
"""A window has about so many modules, and each is given so many pixels."""
_DARK = 8.0
"""Added to the brightness, so that the noise in black parts counts little."""


def places(image: Image.Image) -> Iterator[Box]:
    """Windows of a grey picture in which a code may be, the likeliest of each size first."""
    factor = max(max(image.size) / _SEEN, 1.0)
    size = (max(round(image.width / factor), 1), max(round(image.height / factor), 1))
    grey = np.asarray(image.resize(size, Image.Resampling.BOX), np.float32)
    down, across = np.zeros_like(grey), np.zeros_like(grey)
    down[1:] = np.abs(np.diff(grey, axis=0))
    across[:, 1:] = np.abs(np.diff(grey, axis=1))
    for part in _PARTS:
        side = max(max(size) // part, 8)
        if side >= min(size):
            continue
        edges = np.minimum(_summed(down, side), _summed(across, side))
        likely = edges / (_summed(grey, side) + _DARK * side * side)
        for _ in range(_EACH):
            top, left = (int(at) for at in np.unravel_index(likely.argmax(), likely.shape))
            wide = side * (1 + 2 * _AROUND)
            x, y = left - side * _AROUND, top - side * _AROUND
            yield _within(image, (x * factor, y * factor, (x + wide) * factor, (y + wide) * factor))
            likely[max(top - side, 0) : top + side, max(left - side, 0) : left + side] = 0


def _summed(values: Grey, side: int) -> NDArray[np.float64]:
    """The sum over each window of `side` x `side`."""
    sums = np.pad(values, ((1, 0), (1, 0))).cumsum(0, np.float64).cumsum(1)
    found: NDArray[np.float64] = (
        sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    )
    return found


def _within(image: Image.Image, box: tuple[float, float, float, float]) -> Box:
    left, top, right, bottom = box
    return (
        max(int(left), 0),
        max(int(top), 0),
        min(int(right), image.width),
        min(int(bottom), image.height),
    )


def sharpened(image: Image.Image, box: Box) -> Iterator[Image.Image]:
    """A part of a grey picture, evened out and enlarged, with each blur taken back in turn."""
    part = ImageOps.autocontrast(image.crop(box), cutoff=1)
    side = _MODULES * _PIXELS * (1 + 2 * _AROUND)
    factor = side / max(part.size)
    part = part.resize(
        (max(round(part.width * factor), 1), max(round(part.height * factor), 1)),
        Image.Resampling.BICUBIC,
    )
    grey = np.asarray(part, np.float32)
    mean = grey.mean()
    spectrum = fft.rfft2(grey - mean)
    down = fft.fftfreq(grey.shape[0]).astype(np.float32)[:, None]
    across = fft.rfftfreq(grey.shape[1]).astype(np.float32)
    for blur, noise in _BLURS:
        passed = blur(down * _PIXELS, across * _PIXELS)
        clear = fft.irfft2(spectrum * passed / (passed * passed + noise), grey.shape)
        yield Image.fromarray(np.clip(clear + mean, 0, 255).astype(np.uint8))


Blur = Callable[[Grey, Grey], Grey]
"""What passes of each frequency, given those down and across in turns a module."""


def _unfocused(sigma: float) -> Blur:
    """A Gaussian; `sigma` in modules."""

    def passed(down: Grey, across: Grey) -> Grey:
        found: Grey = np.exp(-2 * (np.pi * sigma) ** 2 * (down**2 + across**2), dtype=np.float32)
        return found

    return passed


def _moved(length: float, angle: float) -> Blur:
    """A straight move of `length` modules, slightly out of focus as well."""
    turn = math.radians(angle)
    x, y = np.float32(length * math.cos(turn)), np.float32(length * math.sin(turn))
    unfocused = _unfocused(0.2)

    def passed(down: Grey, across: Grey) -> Grey:
        found: Grey = np.sinc(across * x + down * y) * unfocused(down, across)
        return found

    return passed


_BLURS: tuple[tuple[Blur, float], ...] = (
    (_unfocused(0.4), 0.02),
    (_unfocused(0.3), 0.06),
    (_unfocused(0.3), 0.02),
    (_unfocused(0.4), 0.06),
    (_unfocused(0.5), 0.02),
    (_unfocused(0.4), 0.2),
    *((_moved(0.9, angle), 0.02) for angle in range(0, 180, 45)),
    *((_moved(1.4, angle), 0.02) for angle in range(0, 180, 30)),
)
"""Blurs and the share of noise, in the order in which they helped most."""
