"""Settings: read from the environment and .env, and every wrong one named by its variable."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.app.settings import BadSettings, Settings, example, read_settings
from bot.app.startup import vault
from bot.app.vault import new_key

CHECKOUT = Path(__file__).parents[2]
HOOK = {"MODE": "webhook", "WEBHOOK_URL": "https://desk.example/", "WEBHOOK_SECRET": "s3cret_-"}


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting is set, and no .env is near."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FAPIAO_{name.upper()}", raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"FAPIAO_{name}", value)


def wrong() -> list[str]:
    with pytest.raises(BadSettings) as caught:
        read_settings()
    return str(caught.value).splitlines()


def test_the_example_names_every_setting_with_its_default() -> None:
    written = (CHECKOUT / ".env.example").read_text("utf-8")
    assert written == example()
    for name in Settings.model_fields:
        assert f"\nFAPIAO_{name.upper()}=" in written


def test_the_example_copied_as_it_is_changes_nothing() -> None:
    Path(".env").write_text(example(), "utf-8")
    assert read_settings() == Settings(_env_file=None)  # type: ignore[call-arg]


def test_the_environment_counts_more_than_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("FAPIAO_TOKEN=1:file\nFAPIAO_DATABASE=here.db\n", "utf-8")
    given(monkeypatch, TOKEN="1:environment")
    settings = read_settings()
    assert settings.token.get_secret_value() == "1:environment"
    assert settings.database == Path("here.db")


def test_groups_are_a_chat_for_each_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, GROUPS=" frontline : -1001, technical:-1002 ,")
    assert read_settings().groups == {"frontline": -1001, "technical": -1002}


def test_roles_may_share_a_chat_and_be_somebodys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, ROLES="operators:-1001, coordinator:-1001, faq-keeper:2001")
    known = {"operators": -1001, "coordinator": -1001, "faq-keeper": 2001}
    assert read_settings().roles == known


def test_a_secret_shows_in_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, TOKEN="1:hidden", WEBHOOK_SECRET="hidden", MODE="push")
    assert "hidden" not in "\n".join(wrong())
    given(monkeypatch, MODE="polling")
    assert "hidden" not in repr(read_settings())


def test_settings_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError):
        read_settings().api = "http://elsewhere"


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("GROUPS", "frontline", "tier:chat id"),
        ("GROUPS", "frontline:", "tier:chat id"),
        ("GROUPS", ":-1001", "tier:chat id"),
        ("GROUPS", "frontline:@name", "tier:chat id"),
        ("GROUPS", "frontline:--5", "tier:chat id"),
        ("GROUPS", "a:-1,a:-2", "named twice"),
        ("GROUPS", "a:-1,b:-1", "same group"),
        ("GROUPS", "frontline:1001", "no group's id"),
        ("GROUPS", f"frontline:-{'9' * 5000}", "no chat's id"),
        ("GROUPS", "frontline:-0", "no chat's id"),
        ("ROLES", "operators", "role:chat id"),
        ("ROLES", "operators:0", "no chat's id"),
        ("ROLES", "operators:1,operators:2", "named twice"),
        ("API", "", "no address"),
        ("API", "api.telegram.org", "no address"),
        ("DATABASE", "/", "is a folder"),
        ("MODE", "push", "'polling' or 'webhook'"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO'"),
        ("WEBHOOK_LISTEN", "8443", "host:port"),
        ("WEBHOOK_LISTEN", "0.0.0.0:99999", "host:port"),
        ("WEBHOOK_LISTEN", "0.0.0.0:http", "host:port"),
    ],
)
def test_a_wrong_value_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, part: str
) -> None:
    given(monkeypatch, **{name: value})
    (line,) = wrong()
    assert line.startswith(f"FAPIAO_{name}  ")
    assert part in line


def test_a_setting_that_does_not_exist_is_named_and_the_one_it_resembles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("FAPIAO_TOKN=1\nOTHER=2\n", "utf-8")
    given(monkeypatch, GROUP="frontline:-1001")
    assert wrong() == [
        "FAPIAO_GROUP  is no setting (did you mean FAPIAO_GROUPS?)",
        "FAPIAO_TOKN  is no setting (did you mean FAPIAO_TOKEN?)",
    ]


def test_all_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, GROUPS="?", MODE="push", LOG_LEVEL="LOUD", WEBHOOK_LISTEN="x")
    assert [line.partition("  ")[0] for line in wrong()] == [
        "FAPIAO_GROUPS",
        "FAPIAO_MODE",
        "FAPIAO_WEBHOOK_LISTEN",
        "FAPIAO_LOG_LEVEL",
    ]


def test_a_webhook_that_is_whole_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **HOOK)
    assert read_settings().webhook_url == "https://desk.example/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEBHOOK_URL", ""),
        ("WEBHOOK_URL", "http://desk.example/"),
        ("WEBHOOK_SECRET", ""),
        ("WEBHOOK_SECRET", "有 空格"),
        ("WEBHOOK_SECRET", "x" * 257),
    ],
)
def test_a_webhook_needs_its_address_and_a_secret_that_telegram_takes(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given(monkeypatch, **{**HOOK, name: value})
    (line,) = wrong()
    assert line.startswith("FAPIAO_MODE  webhook needs")
    assert line.count("FAPIAO_WEBHOOK") == 1
    assert f"FAPIAO_{name}" in line
    given(monkeypatch, MODE="polling")
    read_settings()


def test_what_is_right_is_known_beside_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, MODE="push", LOG_LEVEL="ERROR")
    with pytest.raises(BadSettings) as caught:
        read_settings()
    assert caught.value.rest is not None
    assert (caught.value.rest.mode, caught.value.rest.log_level) == ("polling", "ERROR")


def test_limits_are_sane_without_a_setting_and_can_be_switched_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits = read_settings().limits
    assert (limits.messages, limits.file_bytes) == (30, 20 * 2**20)
    assert (limits.mute, limits.keep) == (timedelta(minutes=5), timedelta(days=180))
    given(monkeypatch, MESSAGES_A_MINUTE="0", FILE_MB="0", KEEP_DAYS="0")
    limits = read_settings().limits
    assert (limits.messages, limits.file_bytes, limits.keep) == (0, 0, None)


@pytest.mark.parametrize(
    ("name", "value"), [("KEEP_DAYS", "-1"), ("MUTE_MINUTES", "0"), ("FILE_MB", "viel")]
)
def test_a_limit_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given(monkeypatch, **{name: value})
    (line,) = wrong()
    assert line.startswith(f"FAPIAO_{name}  ")


def test_a_key_of_the_files_that_is_none_is_told_and_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given(monkeypatch, FILES_KEYS=f"{new_key()}, short-secret")
    (line,) = wrong()
    assert line.startswith("FAPIAO_FILES_KEYS  holds something that is no key")
    assert "short-secret" not in line
    given(monkeypatch, FILES_KEYS=f"{new_key()}, {new_key()}")
    assert read_settings().files_keys.get_secret_value().count("=") == 2


def test_files_are_kept_where_there_is_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, FILES=str(tmp_path / "kept"))
    assert vault(read_settings()) is None
    given(monkeypatch, FILES_KEYS=new_key())
    kept = vault(read_settings())
    assert kept is not None
    assert kept.get(kept.put(b"file")) == b"file"
    given(monkeypatch, FILES=str(CHECKOUT / "README.md"))
    with pytest.raises(BadSettings, match="FAPIAO_FILES "):
        vault(read_settings())
