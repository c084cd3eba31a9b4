"""Data to text and buttons. All text that leaves is HTML with everything not ours escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from string import Formatter

from bot.core.model.effects import Button, Buttons

# Telegram counts the text after parsing, in UTF-16 units: core.telegram.org/bots/api#sendmessage
TEXT_LIMIT = 4096
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LINK = re.compile(r'<a href="((?!tg://)[^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_PART = re.compile(r"\[([^\[\]]*)\]")
_TOKEN = re.compile(r"<[^>]+>|&#?\w+;|.", re.DOTALL)
_formatter = Formatter()


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Words as they are, in HTML."""
    return Html(html.escape(text, quote=False))


def marked(text: str) -> Html:
    """An author's text: escaped, `**words**` bold."""
    return Html(_BOLD.sub(r"<b>\1</b>", escaped(text.strip())))


def fill(template: str, **values: object) -> Html:
    """The author's `template` with `{placeholders}` filled; values are escaped unless `Html`."""
    parts = {
        key: value if isinstance(value, Html) else escaped(str(value))
        for key, value in values.items()
    }
    return Html(_formatter.vformat(marked(template), (), parts))


def linked(words: str, address: str) -> Html:
    """Words that lead to an address; where there is none, the words alone."""
    shown = escaped(words)
    return Html(f'<a href="{html.escape(address)}">{shown}</a>') if address else shown


def pairs_bold(text: str) -> bool:
    """Whether each `**` has its other half in the same line, with words between the two."""
    pieces = [line.split("**") for line in text.split("\n")]
    return "***" not in text and all(
        len(line) % 2 and all(bold.strip() for bold in line[1::2]) for line in pieces
    )


def placeholders(template: str) -> set[str]:
    """The names in braces. Raises ValueError where braces do not pair or hold more than a name."""
    found = [part[1:] for part in _formatter.parse(template) if part[1] is not None]
    if any(form or conversion for _, form, conversion in found):
        raise ValueError("more than a name in braces")
    return {str(name) for name, _, _ in found}


def known_parts(template: str, known: Collection[str]) -> str:
    """A template without its `[parts]` of which something is not known; those that stay lose their
    brackets.
    """
    return _PART.sub(lambda part: part[1] if placeholders(part[1]) <= {*known} else "", template)


def pairs_parts(template: str) -> bool:
    """Whether its square brackets pair, none in another, and each part names what it needs."""
    rest = _PART.sub("", template)
    return not {"[", "]"} & {*rest} and all(map(placeholders, _PART.findall(template)))


def joined(*parts: str) -> Html:
    """Paragraphs, the empty ones left out."""
    return Html("\n\n".join(part for part in parts if part))


def plain(text: str) -> str:
    """HTML back to what a reader sees."""
    return html.unescape(_TAG.sub("", text))


def legible(text: str) -> str:
    """HTML to what a reader sees, and behind each link that its words hide, where it leads."""
    return plain(_LINK.sub(_shown, text))


def _shown(link: re.Match[str]) -> str:
    target, words = link[1], link[2]
    return words if plain(words) == html.unescape(target) else f"{words} ({target})"


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def pages(text: str, limit: int = TEXT_LIMIT) -> Iterator[Html]:
    """`text` in pieces a message can hold, cut between lines where possible.

    Tags open at a cut are closed there and opened again in the next piece.
    """
    page, room = "", limit - 200  # leaves room for the tags closed and for escapes
    for line in _lines(text, room):
        if page and units(plain(page + line)) > room:
            yield Html(page.rstrip("\n") + "".join(f"</{tag}>" for tag in reversed(_open(page))))
            page = "".join(f"<{tag}>" for tag in _open(page))
        page += line
    yield Html(page)


def _lines(text: str, limit: int) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if units(line) <= limit:
            yield line
            continue
        piece = ""
        for token in _TOKEN.findall(line):
            if len(piece) + len(token) > limit // 2:
                yield piece
                piece = ""
            piece += token
        yield piece


def _open(text: str) -> list[str]:
    tags: list[str] = []
    for closing, name in _TAG.findall(text):
        if not closing:
            tags.append(name)
        elif name in tags:
            tags.remove(name)
    return tags


def rows(buttons: Iterable[Button], width: int = 2) -> Buttons:
    """Buttons in rows: short labels share one, a long label has its own."""
    table: list[list[Button]] = []
    for button in buttons:
        long = len(button.label) > 24 // width
        if table and not long and len(table[-1]) < width and len(table[-1][0].label) <= 24 // width:
            table[-1].append(button)
        else:
            table.append([button])
    return tuple(tuple(row) for row in table)
