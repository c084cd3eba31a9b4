"""What holds for every value that a document prints, whatever its kind.

The readers of files use this in a small process, so nothing here imports more than Python.
"""

from __future__ import annotations

import re
import unicodedata

MOST = 200
"""Characters of a text in which a value is looked for; the longest value but a name has 40."""


def compact(text: str) -> str:
    """The text in half width without any blank; "" where it is longer than `MOST` characters, for
    the beginning of a longer text is no value.
    """
    text = text.strip()
    if len(text) > MOST:
        return ""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def meaningless(text: str) -> bool:
    """Whether it has a character that Unicode gives no meaning, or leaves to a single font."""
    return any(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cs") for c in text)
