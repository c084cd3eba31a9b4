"""Pictures made to exhaust or confuse whoever decodes them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.intake.seeds import whole, zeros

PNG = b"\x89PNG\r\n\x1a\n"


def pictures() -> Iterator[tuple[str, bytes]]:
    """Names and contents; none shows an invoice that can be read."""
    yield from _pngs()
    yield from _jpegs()
    yield from _others()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG with its sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(wide: int, high: int, depth: int = 8, colour: int = 0) -> bytes:
    """The first chunk of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, 0))


def _pngs() -> Iterator[tuple[str, bytes]]:
    end = chunk(b"IEND", b"")
    for wide, high in ((60000, 60000), (2**31 - 1, 2**31 - 1), (1, 2**30), (2**30, 1), (0, 0)):
        yield f"{wide}x{high}.png", PNG + header(wide, high) + chunk(b"IDAT", zeros(2**20)) + end
    yield "grey.png", PNG + header(30000, 30000, 1) + chunk(b"IDAT", zeros(2**27)) + end
    yield "colours.png", PNG + header(20000, 20000, 16, 6) + chunk(b"IDAT", zeros(2**31)) + end
    small = header(16, 16)
    yield "too much.png", PNG + small + chunk(b"IDAT", zeros(2**31)) + end
    text = b"note\0\0" + zeros(2**30)
    yield "text.png", PNG + small + chunk(b"zTXt", text) + chunk(b"IDAT", zeros(2**20)) + end
    profile = b"icc\0\0" + zeros(2**30)
    yield "profile.png", PNG + small + chunk(b"iCCP", profile) + chunk(b"IDAT", zeros(2**20)) + end
    yield "chunks.png", PNG + small + chunk(b"tEXt", b"a\0b") * 100_000 + end
    frames = chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield "frames.png", PNG + small + frames + chunk(b"IDAT", zeros(2**20)) + end
    yield "length.png", PNG + struct.pack(">I", 2**32 - 1) + b"IHDR" + bytes(20)
    yield "palette.png", PNG + header(16, 16, 8, 3) + chunk(b"IDAT", zeros(2**20)) + end
    yield "nothing.png", PNG
    yield "no data.png", PNG + small + end


def _jpegs() -> Iterator[tuple[str, bytes]]:
    jpeg = whole()["photo.jpg"]
    at = jpeg.index(b"\xff\xc0") + 5
    for high, wide in ((65535, 65535), (65500, 1), (1, 65500), (0, 0)):
        size = struct.pack(">HH", high, wide)
        yield f"{wide}x{high}.jpg", jpeg[:at] + size + jpeg[at + 4 :]
    yield "progressive.jpg", jpeg.replace(b"\xff\xc0", b"\xff\xc2", 1)
    scan = jpeg[jpeg.index(b"\xff\xda") : -2]
    yield "scans.jpg", jpeg[:-2] + scan * 1000 + jpeg[-2:]
    body = b"Exif\0\0II*\0\x08\0\0\0" + b"\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0\x08\0\0\0"
    yield (
        "orientation.jpg",
        b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:],
    )
    body = b"Exif\0\0MM\0*\xff\xff\xff\xff" + bytes(range(256))
    yield "exif.jpg", b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]
    body = b"MPF\0II*\0\x08\0\0\0\x01\0\x01\xb0\x04\0\xff\xff\xff\xff\0\0\0\0"
    yield "several.jpg", b"\xff\xd8\xff\xe2" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]
    yield "markers.jpg", b"\xff\xd8" + b"\xff\xfe\0\x02" * 200_000 + jpeg[2:]
    yield "fill.jpg", b"\xff\xd8" + b"\xff" * 1_000_000 + jpeg[2:]


def _others() -> Iterator[tuple[str, bytes]]:
    seeds = whole()
    gif = seeds["photo.gif"]
    yield "screen.gif", gif[:6] + b"\xff\xff\xff\xff" + gif[10:]
    frame = gif[gif.index(b",", 13) : -1]
    yield "frames.gif", gif[:-1] + frame * 2000 + b";"
    yield "code.gif", b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x0c" + b"\xff" * 999
    bmp = seeds["photo.bmp"]
    for wide, high in ((2**31 - 1, 2**31 - 1), (65535, -65535), (-1, 5), (40000, 40000)):
        yield f"{wide}x{high}.bmp", bmp[:18] + struct.pack("<ii", wide, high) + bmp[26:]
    yield "packed.bmp", bmp[:30] + struct.pack("<I", 1) + bmp[34:54] + b"\0\2\xff\xff" * 9999
    yield "offset.bmp", bmp[:10] + b"\xff\xff\xff\xff" + bmp[14:]
    loop = b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0"
    yield "loop.tif", loop
    tags = (
        (256, 70000),
        (257, 70000),
        (258, 1),
        (259, 1),
        (262, 1),
        (273, 8),
        (278, 9),
        (279, 2**31),
    )
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    yield "huge.tif", b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + bytes(4)
    many = struct.pack("<HHII", 273, 4, 2**32 - 1, 8)
    yield "strips.tif", b"II*\0\x08\0\0\0\x01\0" + many + bytes(4)
    webp = seeds["photo.webp"]
    yield "canvas.webp", b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\xff\xff\xff\xff\xff"
    yield "length.webp", webp[:4] + b"\xff\xff\xff\xff" + webp[8:]
    yield "brand.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)
    yield "brand.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\xff" * 64
