"""Photos and screenshots: what the QR code in one says.

A picture is hostile until it was opened: its size is known from its first bytes, and nothing is
decoded that would take more memory than a large photo. A JPEG of many megapixels is decoded at a
half, a quarter or an eighth, for which libjpeg needs no more than the smaller picture.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping

import numpy as np
from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from bot.core.model.extract import Extract, Problem
from bot.intake import codes, qr

FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    GifImagePlugin.GifImageFile.format,
    BmpImagePlugin.BmpImageFile.format,
)
"""What is opened; others are unreadable. Of several frames the first one counts."""
_NEEDED = (MpoImagePlugin, TiffImagePlugin)
"""What Pillow imports when it meets them: JPEGs of two frames, and Exif. A process that has given
up opening files cannot."""

MOST = 16_000_000
"""Pixels that are looked at; a larger picture is made smaller."""
DECODED = 24_000_000
"""Pixels above which a JPEG is decoded smaller already."""
BYTES = 60_000_000
"""Bytes that a decoded picture may take, or the coefficients of a progressive JPEG."""
ABSURD = 400_000_000
"""Pixels of no camera: a picture that says to have as many is made to exhaust whoever opens it."""

_ORIENTATION = 0x0112
TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn a picture upright, by the orientation that Exif 2.3 (CIPA DC-008) gives it."""


def read(data: bytes) -> Extract:
    """The invoice of the QR code in a picture, or the stranger that it is. Never raises.

    `problem` is "unreadable", "too_big" or "bomb"; a picture without a code has none.
    """
    try:
        image = _opened(data)
        if isinstance(image, Image.Image):
            return qr.read_all(codes.find(image))
        return Extract("picture", problem=image)
    except MemoryError:
        return Extract("picture", problem="too_big")


def _opened(data: bytes) -> Image.Image | Problem:
    """The picture in grey and upright, or why it was not opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(data)
    except Image.DecompressionBombError:
        return "bomb"
    except MemoryError:
        raise
    except Exception:  # Pillow raises whatever a broken file makes it run into
        return "unreadable"


def _decoded(data: bytes) -> Image.Image | Problem:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if problem := _weighed(image):
            return problem
        image.draft("L", _enough(image.size))  # does nothing to other formats
        grey = shrunk(flat(image))
        turn = TURNS.get(image.getexif().get(_ORIENTATION, 1))
        return grey if turn is None else grey.transpose(turn)


def _weighed(image: Image.Image) -> Problem | None:
    """What forbids decoding it."""
    pixels = image.width * image.height
    if pixels > ABSURD:
        return "bomb"
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        each = 4 if image.info.get("progressive") else 0
    elif isinstance(image, WebPImagePlugin.WebPImageFile):
        each = 8  # its decoder keeps a second canvas
    else:
        each = 1 if image.mode in ("1", "L", "P") else 4  # Pillow keeps RGB in four bytes
    return "too_big" if pixels * each > BYTES else None


def _enough(size: tuple[int, int]) -> tuple[int, int]:
    """The size to decode a JPEG at, a power of two smaller."""
    factor = 1
    while size[0] * size[1] > DECODED * factor * factor:
        factor *= 2
    return max(size[0] // factor, 1), max(size[1] // factor, 1)


def flat(image: Image.Image) -> Image.Image:
    """In grey (mode L), on white where one can see through it."""
    if "transparency" in image.info:
        image = image.convert("RGBA")
    if "A" in image.getbands():
        white = Image.new("L", image.size, 255)
        white.paste(image.convert("L"), mask=image.getchannel("A"))
        return white
    if image.mode.startswith("I"):  # 16 bits a pixel, which Pillow would cut off at 255
        deep = np.asarray(image, np.int32)
        return Image.fromarray((deep >> 8).clip(0, 255).astype(np.uint8))
    return image.convert("L")


def shrunk(image: Image.Image) -> Image.Image:
    """No larger than `MOST` pixels."""
    factor = (image.width * image.height / MOST) ** 0.5
    if factor <= 1:
        return image
    size = (max(int(image.width / factor), 1), max(int(image.height / factor), 1))
    return image.resize(size, Image.Resampling.BOX)
