"""Pictures of invoices as people send them: screenshots, scans and photos, from a seed.

A clean picture is one that a person would call good: sharp, light, the page large in it, turned by
any quarter or a few degrees. A degraded one has what phones and chats do to pictures: the page lies
askew or small, it is dark or half in the shadow, the sensor is noisy, the hand shook, the chat
compressed it. What is done to it stands in its `Shot`.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tests.invoices import Invoice, sheet

Pixels = NDArray[np.float32]
"""Height x width x 3, 0 is black and 255 white."""

MODULES = 33 + 4
"""Modules of a QR code's side with its quiet zone; an invoice's text needs 29 or 33."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken. `scale` is in pixels a millimetre of the page (its QR code has 20
    millimetres), `angle` in degrees, `tilt` is the share by which the far side is shorter, `light`
    is a factor and `shadow` that of the darkest corner, `noise` a standard deviation of 255 levels,
    `blur` and `shake` are in modules of the QR code, `sent` is the longest side in pixels that the
    chat leaves (0: as it is), and a `quality` of 0 is PNG.
    """

    size: tuple[int, int] = (1600, 1200)
    scale: float = 5.0
    angle: float = 0.0
    tilt: float = 0.0
    light: float = 1.0
    shadow: float = 1.0
    noise: float = 0.0
    blur: float = 0.0
    shake: float = 0.0
    sent: int = 0
    quality: int = 90
    beside: str = ""

    @property
    def module(self) -> float:
        """Pixels of a module in the picture that arrives, by and large."""
        longest = max(self.size)
        return self.scale * sheet.QR / MODULES * min(self.sent or longest, longest) / longest


STICKERS = (
    "https://qr.alipay.com/fkx00000invented0000",
    "wxp://f2f0invented0invented0invented",
    "https://u.wechat.com/invented",
    "https://example.com/menu?table=7",
)
"""Texts of other QR codes that somebody stuck on the page."""


def clean(seed: int) -> Shot:
    """A screenshot of the page alone, a scan of a whole sheet of paper, or a good photo."""
    chance = Random(seed)
    beside = chance.choice(STICKERS) if chance.random() < 0.1 else ""
    sort = seed % 3
    if sort == 0:
        scale = chance.uniform(3.8, 9)
        size = round(sheet.WIDTH * scale), round(sheet.HEIGHT * scale)
        return Shot(size, scale, quality=chance.choice((0, 0, 75, 85, 95)), beside=beside)
    turned = chance.choice((0, 0, 90, 180, 270))
    if sort == 1:
        scale = chance.uniform(5.9, 7.9)  # 150 to 200 dots an inch
        size = round(300 * scale), round(300 * scale)
        angle, noise = turned + chance.uniform(-3, 3), chance.uniform(0, 4)
        return Shot(size, scale, angle, noise=noise, quality=chance.randint(75, 95), beside=beside)
    scale = chance.uniform(6, 9)
    return Shot(
        (round(320 * scale), round(320 * scale)),
        scale,
        turned + chance.uniform(-8, 8),
        tilt=chance.uniform(0, 0.05),
        light=chance.uniform(0.8, 1.0),
        shadow=chance.uniform(0.8, 1),
        noise=chance.uniform(0, 6),
        blur=chance.uniform(0, 0.15),
        quality=chance.randint(75, 95),
        beside=beside,
    )


def degraded(seed: int) -> Shot:
    """A photo with two of the misfortunes, at any angle; one in three went through a chat."""
    chance = Random(seed)
    shot = Shot(
        angle=chance.uniform(0, 360),
        tilt=chance.uniform(0, 0.1),
        light=chance.uniform(0.6, 1),
        shadow=chance.uniform(0.6, 1),
        noise=chance.uniform(2, 8),
        blur=chance.uniform(0.1, 0.25),
        quality=chance.randint(50, 90),
        beside=chance.choice(STICKERS) if chance.random() < 0.1 else "",
    )
    shot = _framed(shot, chance.uniform(5, 9), chance.uniform(1.05, 1.3))
    for misfortune in chance.sample(_MISFORTUNES, 2):
        shot = misfortune(shot, chance)
    if seed % 3 == 0:
        shot = replace(shot, sent=chance.choice((1280, 1600, 2560)))
    return shot


def _framed(shot: Shot, scale: float, margin: float) -> Shot:
    """The picture so much wider and higher than the turned page in it."""
    turn = math.radians(shot.angle)
    along, across = abs(math.cos(turn)) * margin * scale, abs(math.sin(turn)) * margin * scale
    size = (
        round(sheet.WIDTH * along + sheet.HEIGHT * across),
        round(sheet.WIDTH * across + sheet.HEIGHT * along),
    )
    return replace(shot, size=size, scale=scale)


_MISFORTUNES: tuple[Callable[[Shot, Random], Shot], ...] = (
    lambda shot, chance: _framed(shot, chance.uniform(3.6, 5.5), chance.uniform(1.6, 2.4)),
    lambda shot, chance: replace(shot, tilt=chance.uniform(0.1, 0.25)),
    lambda shot, chance: replace(shot, light=chance.uniform(0.2, 0.45)),
    lambda shot, chance: replace(shot, shadow=chance.uniform(0.25, 0.5)),
    lambda shot, chance: replace(shot, noise=chance.uniform(10, 25)),
    lambda shot, chance: replace(shot, blur=chance.uniform(0.25, 0.45)),
    lambda shot, chance: replace(shot, shake=chance.uniform(0.3, 0.9)),
    lambda shot, chance: replace(shot, quality=chance.randint(15, 40)),
)


def picture(invoice: Invoice, shot: Shot, seed: int = 0) -> bytes:
    """The file: JPEG, or PNG when `quality` is 0."""
    chance = np.random.default_rng(seed)
    image = placed(sheet.draw(invoice, shot.scale, seed, shot.beside), shot, seed)
    module = shot.scale * sheet.QR / MODULES
    if shot.blur:
        image = image.filter(ImageFilter.GaussianBlur(shot.blur * module))
    pixels = np.asarray(image, np.float32)
    if shot.shake:
        pixels = _shaken(pixels, shot.shake * module, chance.uniform(0, 2 * math.pi))
    pixels = _lit(pixels, shot, chance)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if shot.sent:
        image.thumbnail((shot.sent, shot.sent), Image.Resampling.BICUBIC)
    file = io.BytesIO()
    if shot.quality:
        image.save(file, "JPEG", quality=shot.quality)
    else:
        image.save(file, "PNG")
    return file.getvalue()


def placed(page: Image.Image, shot: Shot, seed: int = 0) -> Image.Image:
    """The page on a table, the table's pattern around it."""
    if page.size == shot.size and not shot.angle:
        return page
    width, height = shot.size
    table = _table(shot.size, np.random.default_rng(seed))
    corners = _corners(page.size, shot)
    way = _coefficients(corners, [(0, 0), (page.width, 0), page.size, (0, page.height)])
    bicubic = Image.Resampling.BICUBIC
    laid = page.transform((width, height), Image.Transform.PERSPECTIVE, way, bicubic)
    whole = Image.new("L", page.size, 255)
    table.paste(laid, mask=whole.transform((width, height), Image.Transform.PERSPECTIVE, way))
    return table


def _corners(page: tuple[int, int], shot: Shot) -> list[tuple[float, float]]:
    """Where the page's corners come to lie: its middle in the picture's, and all of it there."""
    far = 1 - shot.tilt
    wide, high = page[0] / 2, page[1] / 2
    flat = [(-wide * far, -high * far), (wide * far, -high * far), (wide, high), (-wide, high)]
    turn = math.radians(shot.angle)
    turned = [
        (x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))
        for x, y in flat
    ]
    fit = min(1.0, *(shot.size[0] * 0.49 / abs(x) for x, _ in turned),
              *(shot.size[1] * 0.49 / abs(y) for _, y in turned))  # fmt: skip
    return [(shot.size[0] / 2 + x * fit, shot.size[1] / 2 + y * fit) for x, y in turned]


def _coefficients(
    there: list[tuple[float, float]], here: list[tuple[float, float]]
) -> tuple[float, ...]:
    """The eight of the perspective that takes the four points `there` to those `here`."""
    rows, values = [], []
    for (x, y), (u, v) in zip(there, here, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows, float), np.array(values, float)).tolist())


def _table(size: tuple[int, int], chance: np.random.Generator) -> Image.Image:
    """Grain along one side and a few dark and light things on it."""
    grain = chance.uniform(90, 170, (24, 3, 3)).astype(np.uint8)
    table = Image.fromarray(grain).resize(size, Image.Resampling.BICUBIC)
    for _ in range(6):
        left, top = chance.integers(0, size[0]), chance.integers(0, size[1])
        wide, high = chance.integers(10, 200, 2)
        colour = tuple(chance.integers(20, 240, 3).tolist())
        table.paste(colour, (int(left), int(top), int(left + wide), int(top + high)))
    return table


def _shaken(pixels: Pixels, length: float, direction: float) -> Pixels:
    """Moved by so many pixels while the shutter was open."""
    x, y = length * math.cos(direction), length * math.sin(direction)
    steps = max(math.ceil(length), 1)
    ways = [(round(y * step / steps), round(x * step / steps)) for step in range(steps + 1)]
    moved: Pixels = np.zeros_like(pixels)
    for way in ways:
        moved += np.roll(pixels, way, (0, 1))
    return moved / np.float32(len(ways))


def _lit(pixels: Pixels, shot: Shot, chance: np.random.Generator) -> Pixels:
    """Darker towards one corner, and the noise of the sensor over all."""
    height, width, _ = pixels.shape
    if shot.light < 1 or shot.shadow < 1:
        across = np.linspace(shot.shadow, 1, width, dtype=np.float32)
        down = np.linspace(shot.shadow, 1, height, dtype=np.float32)[:, None]
        light = np.float32(shot.light / 2) * (across + down)
        pixels = pixels * light[..., None]
    if shot.noise:
        noise = chance.standard_normal((height, width, 1), np.float32)
        pixels = pixels + noise * np.float32(shot.noise)
    return pixels
