"""The settings: a flag over a KAMERCIJFERS_… variable over `.env` of the current folder over the default."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.errors import UsageError
from flows.intake import LIMITS, MAX_LETTER_BYTES

PREFIX = "KAMERCIJFERS_"
ENV_FILE = ".env"
CHECKOUT = Path(__file__).resolve().parents[1]
#: The corrections that come with the program.
CORRECTIONS = CHECKOUT / "corrections.toml"


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"no time zone is called {name!r}") from error
    return name


#: How a block that is saved in Prefect is named.
WEBHOOK_BLOCK = "webhook/"
EMAIL_BLOCK = "email-server-credentials/"
#: Schemes of a mail server's address, and what Prefect calls their protocol.
SMTP_SCHEMES = {"smtp": "INSECURE", "smtp+starttls": "STARTTLS", "smtps": "SSL"}


def _webhook(address: SecretStr) -> SecretStr:
    return _address(address, WEBHOOK_BLOCK, ("https", "http"))


def _email(address: SecretStr) -> SecretStr:
    return _address(address, EMAIL_BLOCK, tuple(SMTP_SCHEMES))


def _address(address: SecretStr, block: str, schemes: tuple[str, ...]) -> SecretStr:
    """The address, which names a block or is a URL; it may hold a password, so no error shows it."""
    value = address.get_secret_value()
    if value.removeprefix(block) in ("", value):
        try:
            parts = urlsplit(value)
            is_one = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:  # a port that is no number, or none that there is
            is_one = False
        if not is_one:
            raise ValueError(f"give {schemes[0]}://HOST… or the name of a block of Prefect, {block}NAME")
    return address


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# An absolute path keeps its meaning in the processes that Prefect starts, wherever they run.
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Settings(BaseSettings):
    """Where things lie and how much is done at a time; relative paths start at the current folder."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,  # an empty variable is one that is not set
        extra="ignore",
    )

    inbox: Folder = Path("inbox")
    warehouse: Folder = Path("warehouse/kamercijfers.duckdb")
    corrections: Folder = CORRECTIONS
    batch_size: int = Field(default=500, ge=1)  # letters
    workers: int = Field(default_factory=_cores, ge=1)  # processes that read letters
    keep_versions: int = Field(default=14, ge=1)
    max_drop_percent: float = Field(default=2, ge=0, le=100)  # rows that a table or mart may lose at once
    cron: str = "0 2 * * *"
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Europe/Amsterdam"
    prefect_home: Folder = CHECKOUT / ".prefect"
    max_letter_bytes: int = Field(default=MAX_LETTER_BYTES, ge=1)
    log_format: Literal["text", "json"] = "text"
    metrics_file: Folder | None = None  # for Prometheus' node_exporter
    max_letter_seconds: float = Field(default=LIMITS.seconds, gt=0, le=86_400)  # of processor time
    max_letter_claims: int = Field(default=LIMITS.claims, ge=1)
    max_run_bytes: int = Field(default=20 * 1024**3, ge=1)  # of disk: the letters kept and the new version
    alert_webhook: Annotated[SecretStr, AfterValidator(_webhook)] | None = None
    alert_email: Annotated[SecretStr, AfterValidator(_email)] | None = None
    alert_email_to: str | None = None
    alert_email_from: str | None = None
    alert_quiet_days: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _mail_is_for_somebody(self) -> Self:
        if self.alert_email and not self.alert_email_to:
            raise ValueError(f"{PREFIX}ALERT_EMAIL needs {PREFIX}ALERT_EMAIL_TO too")
        return self

    @property
    def has_alerts(self) -> bool:
        """Whether anybody is to be told of failures."""
        return bool(self.alert_webhook or self.alert_email)


def settings(**flags: object) -> Settings:
    """Read the settings in force; a flag that is None was not given.

    Raises UsageError naming the first setting with a wrong value, or a variable that is no setting.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        _require_known()
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError(_wrong_value(error, given)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f".env: can't be read as UTF-8 text ({error})") from error


def _require_known() -> None:
    """Raise UsageError for a variable, of the environment or `.env`, that is called as no setting is."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name, value in (dotenv_values(ENV_FILE, encoding="utf-8") | os.environ).items():
        if value and name.upper().startswith(PREFIX) and name.upper() not in known:
            nearest = get_close_matches(name.upper(), known, n=1, cutoff=0)
            raise UsageError(f"{name}: no setting is called that; the nearest is {nearest[0]}")


def _wrong_value(error: ValidationError, given: dict[str, object]) -> str:
    first = error.errors(include_url=False)[0]
    if not first["loc"]:  # of several settings together
        return first["msg"].removeprefix("Value error, ")
    name = str(first["loc"][0])
    shown = f"--{name.replace('_', '-')}" if name in given else f"{PREFIX}{name.upper()}"
    reason = first["msg"].removeprefix("Value error, ")
    if name.startswith("alert_"):  # may hold a password
        return f"{shown}: {reason}"
    return f"{shown}: {reason} (got {first['input']!r})"
