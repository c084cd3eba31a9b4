"""Pictures as people take them: the code is found, what is told is right, nothing is exhausted."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.core.model.extract import Extract
from bot.intake import picture
from tests.invoices import Invoice, expected, invoice, sheet
from tests.invoices.pictures import Shot, clean, degraded
from tests.invoices.pictures import picture as taken

ROOT = Path(__file__).parent.parent.parent
PAGE = Shot((720, 420), 3.0, quality=0)
"""A screenshot of the page, small and sharp."""


def file(image: Image.Image, of: str = "PNG", **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, of, **how)
    return stream.getvalue()


def told(data: bytes) -> dict[str, str]:
    return {found.key: found.value for found in picture.read(data).told}


def right(shown: Invoice, data: bytes) -> bool:
    return told(data) == expected(shown, "qr")


def png(width: int, height: int, colour: int, data: bytes = b"") -> bytes:
    """A PNG that says to be so large, whatever is in it."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(data)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize("seed", [0, 1, 2, 9, 15])
def test_a_clean_picture_is_read(seed: int) -> None:
    shown = invoice(seed, digital=seed % 2 == 0)
    assert right(shown, taken(shown, clean(seed), seed))


@pytest.mark.parametrize("seed", [1, 2, 3, 13])
def test_a_bad_photo_is_read(seed: int) -> None:
    shown = invoice(seed, digital=seed % 2 == 0)
    assert right(shown, taken(shown, degraded(seed), seed))


MISFORTUNES = {
    "turned and compressed": Shot(angle=33, quality=12),
    "small in a large picture": Shot((2400, 2000), 4, angle=200, tilt=0.1),
    "askew": Shot(tilt=0.25),
    "dark": Shot(light=0.2, noise=6),
    "half in the shadow": Shot(shadow=0.2, angle=77),
    "noisy": Shot(noise=25, angle=5),
    "out of focus": Shot(blur=0.4, angle=50, noise=3),
    "shaken": Shot(shake=0.7, noise=3),
    "made small by a chat": Shot(sent=800, quality=70),
}


@pytest.mark.parametrize("shot", MISFORTUNES.values(), ids=MISFORTUNES)
def test_no_single_misfortune_hides_the_code(shot: Shot) -> None:
    shown = invoice(7)
    assert right(shown, taken(shown, shot, 7))


@pytest.mark.parametrize("of", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA"])
def test_every_sort_of_file_and_of_colours_is_read(of: str, mode: str) -> None:
    shown = invoice(3)
    image = sheet.draw(shown, 3).convert(mode)
    if of == "JPEG" and mode in ("P", "RGBA"):
        image = image.convert("CMYK")
    assert right(shown, file(image, of))


def test_a_picture_of_sixteen_bits_is_read() -> None:
    shown = invoice(3)
    levels = np.asarray(sheet.draw(shown, 3).convert("L"), np.uint16) * 257
    assert right(shown, file(Image.fromarray(levels)))


def test_a_page_that_one_can_see_through_is_read_as_on_white() -> None:
    shown = invoice(3)
    ink = sheet.draw(shown, 3).convert("L").point(lambda level: 255 - level)
    page = Image.new("RGBA", ink.size, "black")
    page.putalpha(ink)
    assert right(shown, file(page))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_of_two_invoices_the_upper_one_counts_however_the_camera_was_held(
    orientation: int,
) -> None:
    upper, lower = invoice(1), invoice(2)
    pages = [sheet.draw(shown, 4) for shown in (upper, lower)]
    both = Image.new("RGB", (pages[0].width, pages[0].height * 2))
    both.paste(pages[0], (0, 0))
    both.paste(pages[1], (0, pages[0].height))
    if orientation in picture.TURNS:
        both = both.transpose(INVERSE.get(orientation, picture.TURNS[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = file(both, "JPEG", exif=exif)
    assert right(upper, data)
    assert picture.read(data).invoices == 2


INVERSE = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def test_a_code_that_somebody_stuck_on_does_not_hide_the_invoice() -> None:
    shown = invoice(5)
    shot = replace(PAGE, beside="https://qr.alipay.com/fkx0invented")
    read = picture.read(taken(shown, shot))
    assert right(shown, taken(shown, shot))
    assert (read.invoices, read.stranger) == (1, None)


def test_another_code_alone_is_told_as_what_it_is() -> None:
    read = picture.read(file(sheet.qr("https://example.com/pay?to=me", 300)))
    assert read == Extract("picture", stranger="link", host="example.com")


def test_a_picture_without_a_code_tells_nothing_and_is_no_problem() -> None:
    grain = np.random.default_rng(1).integers(0, 255, (300, 400), np.uint8)
    for image in (Image.new("RGB", (500, 300), "white"), Image.fromarray(grain)):
        assert picture.read(file(image)) == Extract("picture")


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (8, 8), (20, 3000)])
def test_a_picture_of_any_shape_is_read(size: tuple[int, int]) -> None:
    assert picture.read(file(Image.new("L", size, 128))) == Extract("picture")


def test_more_than_a_camera_has_is_refused_before_it_is_decoded() -> None:
    assert picture.read(png(60_000, 60_000, 2)).problem == "bomb"
    assert picture.read(png(11_000, 11_000, 2)).problem == "too_big"


def test_a_very_large_jpeg_is_decoded_smaller() -> None:
    shown = invoice(4)
    wall = Image.new("L", (8000, 5300), 128)
    wall.paste(sheet.draw(shown, 9).convert("L"), (3000, 2000))
    assert right(shown, file(wall, "JPEG"))
    assert picture.read(file(wall, "JPEG", progressive=True)).problem == "too_big"


ALONE = """
import sys
from pathlib import Path
from bot.intake import picture
files = [Path(name).read_bytes() for name in sys.argv[1:]]
sys.meta_path.clear()
print(*(len(picture.read(data).told) for data in files))
"""


def test_a_process_that_can_import_nothing_more_reads_every_sort(tmp_path: Path) -> None:
    shown = invoice(7)
    exif = Image.Exif()
    exif[0x0112] = 3
    page = sheet.draw(shown, 3)
    blurred = taken(shown, MISFORTUNES["out of focus"], 7)
    mpo = file(page, "MPO", save_all=True, append_images=[page])
    sorts = [blurred, file(page, "JPEG", exif=exif), mpo]
    sorts += [file(page, of) for of in ("PNG", "WEBP", "GIF", "BMP")]
    names = [tmp_path / str(number) for number in range(len(sorts))]
    for name, data in zip(names, sorts, strict=True):
        name.write_bytes(data)
    command = [sys.executable, "-c", ALONE, *map(str, names)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["4"] * len(sorts)


def test_a_file_that_is_broken_or_no_picture_is_unreadable() -> None:
    data = taken(invoice(1), PAGE)
    for broken in (b"", b"%PDF-1.7", data[:100], data[: len(data) // 2], png(100, 100, 2, b"x")):
        assert picture.read(broken).problem == "unreadable"
