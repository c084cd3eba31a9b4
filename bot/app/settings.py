"""The environment and `.env` to frozen settings; nothing else reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from rapidfuzz import process

from bot.core.content.limits import PIECES, Limits
from bot.core.model.address import address, local

PREFIX = "FAPIAO_"
ENCODING = "utf-8-sig"  # with or without the mark that some editors put before it
TELEGRAM = "telegram"
FARTHEST = 1 << 52  # core.telegram.org/bots/api#chat: ids have at most 52 significant bits
KEY = re.compile(r"[A-Za-z0-9_-]{43}=")  # 32 bytes in URL-safe base64, RFC 4648
ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # core.telegram.org/bots/api#setwebhook


class BadSettings(ValueError):
    """Every setting that is wrong, a line each; `rest` has the others, if they could be read."""

    def __init__(self, text: str, rest: Settings | None = None) -> None:
        self.rest = rest
        super().__init__(text)


class Settings(BaseSettings):
    """What an operator sets. Each field is the variable `FAPIAO_` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding=ENCODING, extra="ignore", frozen=True
    )

    token: SecretStr = Field(SecretStr(""), description="The bot's token, from @BotFather")
    groups: Annotated[dict[str, str], NoDecode] = Field(
        {},
        description="Each tier's group as tier:chat id, by commas: frontline:-1001,technical:-1002",
    )
    roles: Annotated[dict[str, str], NoDecode] = Field(
        {},
        description="The chat of each role as role:chat id, by commas: operators:-1003; what is for"
        " a role without one goes to the operators",
    )
    database: Path = Field(Path("fapiao-desk.db"), description="The SQLite file, made if missing")
    faq: Path | None = Field(None, description="The faq/ folder; empty: the one that comes along")
    semantic: bool | None = Field(
        None, description="The sentence encoder: on or off; empty: on if it is installed"
    )
    mode: Literal["polling", "webhook"] = Field(
        "polling", description="How updates come: polling or webhook"
    )
    webhook_url: str = Field("", description="Webhook: the public https address of this desk")
    webhook_listen: str = Field("127.0.0.1:8443", description="Webhook: host:port to listen on")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="Webhook: 1-256 characters of A-Z a-z 0-9 _ -"
    )
    api: str = Field("https://api.telegram.org", description="The Bot API server")
    messages_a_minute: int = Field(
        30, ge=0, description="Messages that may come from one address in a minute; 0: any number"
    )
    mute_minutes: int = Field(
        5, ge=1, le=1440, description="Who sends more is not answered for so many minutes"
    )
    piece_seconds: float = Field(
        PIECES.total_seconds(),
        ge=0,
        le=10,
        description="How long the next part of an unclear message is waited for; 0: not at all",
    )
    tickets_an_hour: int = Field(
        5, ge=0, description="Tickets that one person may open in an hour; 0: any number"
    )
    file_mb: int = Field(20, ge=0, description="The largest file taken, in MB; 0: any size")
    files: Path = Field(
        Path("fapiao-files"), description="The folder in which files are kept that people send"
    )
    files_keys: SecretStr = Field(
        SecretStr(""),
        description="Its keys, newest first, by commas (fapiao-desk key makes one); empty: no file"
        " is kept",
    )
    keep_days: int = Field(
        180,
        ge=0,
        le=36500,
        description="What is closed or silent for so many days is thinned; 0: never",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR"
    )

    @property
    def limits(self) -> Limits:
        """What these settings allow one person."""
        return Limits(
            messages=self.messages_a_minute,
            mute=timedelta(minutes=self.mute_minutes),
            pieces=timedelta(seconds=self.piece_seconds),
            tickets=self.tickets_an_hour,
            file_bytes=self.file_mb * 2**20,
            keep=timedelta(days=self.keep_days) if self.keep_days else None,
        )

    @field_validator("groups", mode="before")
    @classmethod
    def _read_groups(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        groups = dict(_pairs(value, "tier:chat id, such as frontline:-1001234567890"))
        for tier, chat in groups.items():
            if not local(chat).startswith("-"):
                text = f"'{tier}:{local(chat)}' is no group's id, such as -1001234567890"
                raise ValueError(text)
        if len(set(groups.values())) < len(groups):
            raise ValueError("two tiers have the same group; each needs its own")
        return groups

    @field_validator("roles", mode="before")
    @classmethod
    def _read_roles(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return dict(_pairs(value, "role:chat id, such as operators:-1001234567890"))

    @field_validator("faq", "semantic", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("database")
    @classmethod
    def _names_a_file(cls, value: Path) -> Path:
        if value.name in ("", "..") or os.path.isdir(value):
            raise ValueError(f"{value} is a folder; name a file in it, such as fapiao-desk.db")
        return value

    @field_validator("api")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not ADDRESS.fullmatch(value):
            raise ValueError(f"{value!r} is no address, such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("webhook_listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("is not host:port, such as 127.0.0.1:8443")
        return value

    @field_validator("files_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        for key in value.get_secret_value().split(","):
            if key.strip() and not KEY.fullmatch(key.strip()):
                raise ValueError("holds something that is no key; fapiao-desk key makes one")
        return value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        needs = []
        if not self.webhook_url.startswith("https://"):
            needs.append("FAPIAO_WEBHOOK_URL, beginning with https://")
        if not SECRET.fullmatch(self.webhook_secret.get_secret_value()):
            needs.append("FAPIAO_WEBHOOK_SECRET, 1-256 characters of A-Z a-z 0-9 _ -")
        if self.mode == "webhook" and needs:
            raise ValueError(f"webhook needs {'; and '.join(needs)}")
        return self


def _pairs(value: str, form: str) -> Iterator[tuple[str, str]]:
    """Names and addresses of `name:chat id, ...`; an id alone is Telegram's.

    Raises `ValueError` that names what is wrong.
    """
    names = set[str]()
    for pair in filter(None, map(str.strip, value.split(","))):
        name, _, chat = (piece.strip() for piece in pair.partition(":"))
        chat = chat.removeprefix(f"{TELEGRAM}:")
        if not name or not chat.removeprefix("-").isdecimal():
            raise ValueError(f"{pair!r} is not {form}")
        if len(chat) > 17 or not 0 < abs(int(chat)) < FARTHEST:
            raise ValueError(f"{pair!r} is no chat's id, such as -1001234567890")
        if name in names:
            raise ValueError(f"{name!r} is named twice")
        names.add(name)
        yield name, address(TELEGRAM, int(chat))


def read_settings(**overrides: object) -> Settings:
    """The settings of this process. Raises `BadSettings` that names every wrong variable."""
    try:
        wrong, settings = list(_unknown()), None
    except UnicodeDecodeError:
        raise BadSettings(".env  is no text in UTF-8; save it as that") from None
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            # Only the mode has a say in other settings than itself.
            name = str(each["loc"][0]) if each["loc"] else "mode"
            wrong.append(f"{PREFIX}{name.upper()}  {each['msg'].removeprefix('Value error, ')}")
            overrides = {**overrides, name: Settings.model_fields[name].default}
        with suppress(ValidationError):
            settings = Settings(**overrides)  # type: ignore[arg-type]
    if wrong or settings is None:
        raise BadSettings("\n".join(wrong), settings)
    return settings


def _unknown() -> Iterator[str]:
    """What has the prefix and is no setting, most likely a slip."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    given = {*os.environ, *dotenv_values(".env", encoding=ENCODING)}
    for name in sorted(given):
        if name.startswith(PREFIX) and name not in known:
            guess = process.extractOne(name, known)[0]
            yield f"{name}  is no setting (did you mean {guess}?)"


def example() -> str:
    """The text of `.env.example`: every setting with its meaning and default."""
    blocks = []
    for name, field in Settings.model_fields.items():
        value = field.default
        shown = value.get_secret_value() if isinstance(value, SecretStr) else value
        shown = "" if shown is None or shown == {} else shown
        blocks.append(f"# {field.description}\n{PREFIX}{name.upper()}={shown}\n")
    return "# Copy to .env and fill in what differs.\n\n" + "\n".join(blocks)
