from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from bot.intake import deblur
from tests.invoices import invoice, sheet

TEXT = invoice(1).qr_text()


@pytest.mark.parametrize(("scale", "side"), [(4, 960), (4, 2000), (8, 1920)])
def test_a_code_is_among_the_first_places_of_its_size(scale: int, side: int) -> None:
    picture = Image.new("L", (side, side), 150)
    left, top = side - 240 * scale, side - 140 * scale
    picture.paste(sheet.draw(invoice(1), scale).convert("L"), (left, top))
    x = left + (sheet.CORNER[0] + sheet.QR / 2) * scale
    y = top + (sheet.CORNER[1] + sheet.QR / 2) * scale
    boxes = list(deblur.places(picture))
    assert any(box[0] < x < box[2] and box[1] < y < box[3] for box in boxes)
    assert len(boxes) <= 15


def test_a_place_lies_within_the_picture() -> None:
    grain = np.random.default_rng(1).integers(0, 255, (90, 1200), np.uint8)
    for box in deblur.places(Image.fromarray(grain)):
        assert 0 <= box[0] < box[2] <= 1200
        assert 0 <= box[1] < box[3] <= 90


def test_a_picture_too_narrow_for_any_code_has_no_places() -> None:
    assert list(deblur.places(Image.new("L", (3, 3000)))) == []


def contrast(image: Image.Image) -> float:
    """How many pixels are clearly black or white."""
    grey = np.asarray(image, np.float32)
    return float(np.mean(np.abs(grey - grey.mean()) > 60))


def test_a_blurred_code_becomes_clearer() -> None:
    code = sheet.qr(TEXT, 222)
    blurred = code.filter(ImageFilter.GaussianBlur(0.4 * 222 / 37))
    views = list(deblur.sharpened(blurred, (0, 0, 222, 222)))
    same = blurred.resize(views[0].size)
    assert contrast(views[0]) > 1.1 * contrast(same)
    assert {view.mode for view in views} == {"L"}


def test_one_colour_stays_one_colour() -> None:
    picture = Image.new("L", (300, 200), 90)
    for view in deblur.sharpened(picture, (0, 0, 300, 200)):
        assert len(view.getcolors() or ()) == 1
