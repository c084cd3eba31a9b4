"""The QR codes in a picture, as texts: a cheap look first, a costly one when it found no invoice.

What a try costs is known from its pixels, so that a picture without any code costs a bounded time.
"""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image

from bot.intake import deblur, qr

_ENLARGED = 6_000_000
"""Pixels of the largest picture that is enlarged as a whole; of others only parts are."""
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LOCAL, _GLOBAL = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
_SIDE = 65_535
"""The longest side that zxing-cpp takes, in pixels."""


def find(image: Image.Image) -> list[str]:
    """Texts of the codes in a grey picture (mode L) of any size, from top to bottom.

    Ends with the first try that shows an invoice; without one all that was seen is given.
    """
    seen: list[str] = []
    for view, binarizer in _views(image):
        texts = _read(view, binarizer)
        if any(qr.read(text).told for text in texts):
            return texts
        seen += texts
    return list(dict.fromkeys(seen))


def _views(image: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """The picture itself, twice as large, and parts of it enlarged and sharpened."""
    yield image, _LOCAL
    if image.width * image.height <= _ENLARGED:
        yield image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC), _LOCAL
    for place in deblur.places(image):
        for view in deblur.sharpened(image, place):
            yield view, _LOCAL
            yield view, _GLOBAL


def _read(image: Image.Image, binarizer: zxingcpp.Binarizer) -> list[str]:
    if max(image.size) > _SIDE:
        return []
    found = zxingcpp.read_barcodes(image, formats=_FORMATS, binarizer=binarizer)
    places = {code.text: code.position.top_left for code in reversed(found) if code.text}
    return sorted(places, key=lambda text: (places[text].y, places[text].x))
