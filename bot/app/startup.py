"""Settings and FAQ together, with all that is wrong in both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.encoder import Missing, encoder, installed
from bot.app.load import Mistakes, folder, read, with_matcher
from bot.app.load.compiled import Index
from bot.app.settings import BadSettings, Settings, read_settings
from bot.core.content.knowledge import Knowledge
from bot.core.content.mistake import reason
from bot.core.model import roles
from bot.store.file import unusable

if TYPE_CHECKING:
    from bot.app.vault import Vault


@dataclass(frozen=True, slots=True)
class Survey:
    """`wrong` is a line each; what could not be read at all is None."""

    settings: Settings | None
    knowledge: Knowledge | None
    wrong: tuple[str, ...]


def prepare() -> tuple[Settings, Callable[[], Knowledge]]:
    """What going live needs; what is returned last waits for what takes long. Raises `BadSettings`
    with all that is wrong.
    """
    settings, wrong = _settings()
    index = _index(settings)
    recalled: Knowledge | None = index.recalled() if index else None
    found = _survey(settings, wrong, recalled)
    wrong = [*found.wrong]
    if settings and (why := unusable(settings.database)):
        wrong.append(f"FAPIAO_DATABASE  {why}")
    if wrong or settings is None or found.knowledge is None:
        raise BadSettings("\n".join(wrong))
    knowledge = replace(found.knowledge, limits=settings.limits)
    if recalled is not None:
        return settings, lambda: knowledge
    if index is None:
        meaning = encoder(settings.semantic)
        return settings, lambda: with_matcher(knowledge, meaning)
    built = index.kept(partial(with_matcher, found.knowledge))
    return settings, lambda: replace(built(), limits=knowledge.limits)


def survey() -> Survey:
    """Read both as far as that is possible, but for the matcher and its encoder."""
    return _survey(*_settings())


def _settings() -> tuple[Settings | None, list[str]]:
    try:
        return read_settings(), []
    except BadSettings as error:
        return error.rest, str(error).splitlines()


def built_at(settings: Settings) -> Path:
    """Where what is built of `faq/` is kept for the next start."""
    return settings.database.with_suffix(".index")


def _index(settings: Settings | None) -> Index | None:
    """Where what is built is kept; None with an encoder, which cannot be."""
    if settings is None or (settings.semantic is not False and installed()):
        return None
    root = settings.faq or folder()
    try:
        return Index.of(built_at(settings), root)
    except OSError:  # whoever reads the folder tells why
        return None


def _survey(settings: Settings | None, wrong: list[str], known: Knowledge | None = None) -> Survey:
    """With what is known of the FAQ already, if that is so."""
    knowledge, wrong = known, [*wrong]
    if settings is not None and settings.semantic and not installed():
        wrong += str(Missing()).splitlines()
    try:
        knowledge = known or read((settings and settings.faq) or folder())
    except Mistakes as error:
        wrong += str(error).splitlines()
    if settings is not None:
        tiers = [tier.id for tier in knowledge.tiers.tiers] if knowledge else None
        named = {line.partition("  ")[0] for line in wrong}
        missing = _missing(settings, tiers)
        wrong.extend(line for line in missing if line.partition("  ")[0] not in named)
    return Survey(settings, knowledge, tuple(wrong))


def vault(settings: Settings) -> Vault | None:
    """Where files are kept, made if missing; None without a key. Raises `BadSettings`."""
    keys = [key.strip() for key in settings.files_keys.get_secret_value().split(",") if key.strip()]
    if not keys:
        return None
    from bot.app.vault import Vault

    try:
        return Vault(settings.files, keys)
    except OSError as error:
        raise BadSettings(f"FAPIAO_FILES  {reason(error)}") from None


def _missing(settings: Settings, tiers: list[str] | None) -> Iterator[str]:
    """What going live needs and the settings do not have; None: the tiers could not be read."""
    if not settings.token.get_secret_value():
        yield "FAPIAO_TOKEN  is missing; @BotFather gives one"
    if tiers is not None:
        yield from unready(tiers, settings.groups, settings.roles)


def unready(tiers: Sequence[str], groups: Collection[str], named: Collection[str]) -> Iterator[str]:
    """How the tiers that have `groups`, and the roles that are `named`, differ from those there
    are.
    """
    for tier in tiers:
        if tier not in groups:
            yield f"FAPIAO_GROUPS  tier {tier!r} has no group; add {tier}:<chat id>"
    for tier in groups:
        if tier not in tiers:
            yield f"FAPIAO_GROUPS  no tier {tier!r}; faq/tiers.toml has {', '.join(tiers)}"
    known = roles.every(tiers)
    for role in named:
        if role not in known:
            yield f"FAPIAO_ROLES  no role {role!r}; there are {', '.join(known)}"
