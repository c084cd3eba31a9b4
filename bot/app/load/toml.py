"""The text of a TOML file to a table, or what an author has to mend before it can be read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.core.content.findings import finding

LOOKALIKES: Mapping[str, str] = {
    **dict.fromkeys("“”„‟＂「」『』", '"'),
    **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("，、", ","),
    **dict(zip("＝【】［］｛｝＃．", "=[][]{}#.", strict=True)),
}
"""What a Chinese keyboard writes, and the sign of TOML that was meant."""

EXPLAINED: Mapping[str, str] = {
    "Unterminated string": "toml_string",
    "Illegal character '\\n'": "toml_string",
    "Illegal character": "toml_character",
    "Expected \"'''\"": "toml_string",
    'Expected \'"""\'': "toml_string",
    'Expected "\'"': "toml_string",
    "Found invalid character '\\n'": "toml_string",
    "Found invalid character": "toml_character",
    "Invalid value (at end": "toml_unfinished",
    "Invalid value": "toml_value",
    "Expected '='": "toml_equals",
    "Expected newline": "toml_line_end",
    "Invalid statement": "toml_statement",
    "Invalid initial character": "toml_statement",
    "Unclosed array": "toml_list",
    "Unclosed inline table": "toml_table",
    "Expected ']": "toml_head",
    "Cannot": "toml_twice",
    "Duplicate": "toml_twice",
    "Unescaped": "toml_escape",
    "Escaped character": "toml_escape",
    "Invalid hex": "toml_escape",
    "Invalid date": "toml_date",
}
"""How a message of `tomllib` begins, and the finding that it is; the first that fits counts."""

_DATE = re.compile(r"[-/年]\d")
_PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end.*)\)$")


class Unreadable(ValueError):
    """The file is no TOML; the text is the finding."""


def read(path: Path) -> dict[str, Any]:
    """The table in a file. Raises `Unreadable`; `FileNotFoundError` where there is none."""
    text = _text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(explained(str(error), text)) from None
    except RecursionError:
        raise Unreadable(finding("toml_else")) from None


def _text(path: Path) -> str:
    """As UTF-8, with or without the mark that some editors put before it."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise
    except IsADirectoryError:
        raise Unreadable(finding("is_folder")) from None
    except OSError as error:
        raise Unreadable(finding("cannot_open", reason=error.strerror)) from None
    if b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(finding("utf16"))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable(finding("not_text", line=line)) from None
    raise Unreadable(finding("gbk"))


def explained(error: str, text: str) -> str:
    """A message of `tomllib` for authors: where, what is wrong there, and the usual cause."""
    place = _PLACE.match(error)
    if place is None:
        return finding("toml_else")
    names = (name for begins, name in EXPLAINED.items() if error.startswith(begins))
    name, lines = next(names, "toml_else"), text.split("\n")
    if place["line"] is None:
        return finding("at_end", line=len(text.rstrip().split("\n")), what=finding(name))
    line, column = int(place["line"]), int(place["column"])
    written, rest = lines[line - 1], lines[line - 1][column - 1 :]
    if sign := _lookalike(rest):
        what = finding("toml_sign", found=sign, right=LOOKALIKES[sign])
    elif not rest and "{" in written:
        what = finding("toml_table")
    else:
        what = finding("toml_date" if _DATE.match(rest) else name)
    return finding("at", line=line, column=column, what=what)


def _lookalike(rest: str) -> str:
    """The Chinese sign that begins this rest of a line, or ""; a bare word may stand before it."""
    for part in (rest, rest.lstrip("0123456789.-_abcdefghijklmnopqrstuvwxyz ")):
        if part[:1] in LOOKALIKES:
            return part[:1]
    return ""
