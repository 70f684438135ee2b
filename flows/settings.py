"""The settings: a flag over a KAMERCIJFERS_… variable over `.env` of the current folder over the default.

The section [harvest] may stand in a file too, which counts after `.env`.
"""

import os
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from flows.errors import UsageError
from flows.harvest_settings import Harvest
from flows.limits import LIMITS, MAX_LETTER_BYTES, Limits
from warehouse.files import Place

PREFIX = "KAMERCIJFERS_"
ENV_FILE = ".env"
#: The file of sections, unless KAMERCIJFERS_CONFIG names another.
CONFIG_FILE = "kamercijfers.toml"
CHECKOUT = Path(__file__).resolve().parents[1]
#: The corrections that come with the program.
CORRECTIONS = CHECKOUT / "corrections.toml"


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"no time zone is called {name!r}") from error
    return name


#: Who reads batches, besides the workers of a scheduler of Dask elsewhere.
TASK_RUNNERS = ("threads", "processes", "dask")

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


def _task_runner(name: str) -> str:
    """The name of a task runner, or the address of a scheduler of Dask."""
    if name in TASK_RUNNERS:
        return name
    try:
        parts = urlsplit(name)
        is_one = (
            parts.scheme in ("tcp", "tls") and bool(parts.hostname) and bool(parts.port) and not parts.path
        )
    except ValueError:  # a port that is no number, or none that there is
        is_one = False
    if not is_one:
        raise ValueError(
            f"give {', '.join(TASK_RUNNERS)}, or the address of a Dask scheduler, tcp://HOST:PORT"
        )
    return name


def _letters(where: str | None) -> str | None:
    """Where letters are kept; a folder by its absolute path, for the processes that Prefect starts."""
    if where is None or (urlsplit(where).scheme not in ("", "file")):
        return where
    return str(Path(where.removeprefix("file://")).expanduser().absolute())


# An absolute path keeps its meaning in the processes that Prefect starts, wherever they run.
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Settings(BaseSettings):
    """Where things lie and how much is done at a time; relative paths start at the current folder."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,  # an empty variable is one that is not set
        env_nested_delimiter="__",  # KAMERCIJFERS_HARVEST__CONTACT
        extra="ignore",
    )

    config: Folder | None = None  # a file
    harvest: Harvest = Harvest()

    inbox: Folder = Path("inbox")
    warehouse: Folder = Path("warehouse/kamercijfers.duckdb")
    corrections: Folder = CORRECTIONS
    batch_size: int = Field(default=500, ge=1)  # letters
    workers: int = Field(default_factory=_cores, ge=1)  # processes that read letters
    task_runner: Annotated[str, AfterValidator(_task_runner)] = "threads"  # of flows in Prefect
    batches: str | None = None  # a folder or an URL of fsspec, by which workers send what they read
    letters: Annotated[str | None, AfterValidator(_letters)] = None  # a folder or an URL of fsspec
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
    max_build_memory: int = Field(default=2 * 1024**3, ge=64 * 1024**2)  # bytes, of DuckDB as it builds
    alert_webhook: Annotated[SecretStr, AfterValidator(_webhook)] | None = None
    alert_email: Annotated[SecretStr, AfterValidator(_email)] | None = None
    alert_email_to: str | None = None
    alert_email_from: str | None = None
    alert_quiet_days: int | None = Field(default=None, ge=1)

    @classmethod
    def settings_customise_sources(  # noqa: D102 of pydantic-settings: what comes first counts
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        sections = TomlConfigSettingsSource(settings_cls, _config_file())
        return init_settings, env_settings, dotenv_settings, sections

    @model_validator(mode="after")
    def _mail_is_for_somebody(self) -> Self:
        if self.alert_email and not self.alert_email_to:
            raise ValueError(f"{PREFIX}ALERT_EMAIL needs {PREFIX}ALERT_EMAIL_TO too")
        return self

    @property
    def place(self) -> Place:
        """Where the warehouse lies, and its letters."""
        return Place(self.warehouse, self.letters)

    @property
    def limits(self) -> Limits:
        """What one letter may cost."""
        return Limits(self.max_letter_seconds, self.max_letter_claims)

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
        _require_known_sections()
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError(_wrong_value(error, given)) from error
    except SettingsError as error:  # text that is to be JSON
        raise UsageError(f"{error}: give each setting of a section by a variable of its own") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f".env: can't be read as UTF-8 text ({error})") from error


def _config_file() -> Path:
    """Path of the file of sections, which need not be there unless it was named."""
    named = _variables().get(f"{PREFIX}CONFIG")
    return Path(named).expanduser() if named else Path(CONFIG_FILE)


def _variables() -> dict[str, str | None]:
    """Variables of `.env` and the environment, in capitals."""
    both = dotenv_values(ENV_FILE, encoding="utf-8") | os.environ
    return {name.upper(): value for name, value in both.items()}


def _require_known_sections() -> None:
    """Raise UsageError for a file of sections that can't be read, or has others than [harvest]."""
    path = _config_file()
    if not path.exists() and path == Path(CONFIG_FILE):
        return
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # TOML and UTF-8 that are none are ValueErrors
        raise UsageError(f"{path}: can't be read as TOML ({error})") from error
    for name, value in held.items():
        if name != "harvest" or not isinstance(value, dict):
            raise UsageError(f"{path}: {name} is no section that it may have, which is [harvest]")


def _require_known() -> None:
    """Raise UsageError for a variable, of the environment or `.env`, that is called as no setting is."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields if name != "harvest"]
    known += [f"{PREFIX}HARVEST__{name.upper()}" for name in Harvest.model_fields]
    for name, value in _variables().items():
        if value and name.startswith(PREFIX) and name not in known:
            raise UsageError(f"{name}: no setting is called that; {_nearest(name, known, PREFIX)}")


def _nearest(name: str, known: Iterable[str], prefix: str = "") -> str:
    """The name that may be meant, if one is near without what all begin with, or where they are listed."""
    names = [each.removeprefix(prefix) for each in known]
    near = get_close_matches(name.removeprefix(prefix), names, n=1)
    return f"the nearest is {prefix}{near[0]}" if near else "README.md and docs/operations.md name them"


def _wrong_value(error: ValidationError, given: dict[str, object]) -> str:
    first = error.errors(include_url=False)[0]
    reason = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:  # of several settings together
        return reason
    name = str(first["loc"][0])
    if name == "harvest":
        return _wrong_in_section(first["loc"][1:], reason, first["input"])
    shown = f"--{name.replace('_', '-')}" if name in given else f"{PREFIX}{name.upper()}"
    if name.startswith("alert_"):  # may hold a password
        return f"{shown}: {reason}"
    return f"{shown}: {reason} (got {first['input']!r})"


def _wrong_in_section(names: tuple[Any, ...], reason: str, value: object) -> str:
    """What is wrong with a setting of [harvest], wherever it was given."""
    if not names:
        return f"[harvest]: {reason}"
    where = f"[harvest] {names[0]}"
    variable = f"{PREFIX}HARVEST__{str(names[0]).upper()}"
    if names[0] not in Harvest.model_fields:
        return f"{where}: no setting is called that; {_nearest(str(names[0]), Harvest.model_fields)}"
    given_by = f" ({variable})" if _variables().get(variable) else ""
    return f"{where}{given_by}: {reason} (got {value!r})"
