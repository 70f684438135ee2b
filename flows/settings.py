"""The settings: a flag over a KAMERCIJFERS_… variable over `.env` of the current folder over the default."""

import os
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.errors import UsageError
from flows.intake import LIMITS, MAX_LETTER_BYTES

PREFIX = "KAMERCIJFERS_"
CHECKOUT = Path(__file__).resolve().parents[1]
#: The corrections that come with the program.
CORRECTIONS = CHECKOUT / "corrections.toml"


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"no time zone is called {name!r}") from error
    return name


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# An absolute path keeps its meaning in the processes that Prefect starts, wherever they run.
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Settings(BaseSettings):
    """Where things lie and how much is done at a time; relative paths start at the current folder."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
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


def settings(**flags: object) -> Settings:
    """Read the settings in force; a flag that is None was not given.

    Raises UsageError naming the first setting with a wrong value.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError(_wrong_value(error, given)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f".env: can't be read as UTF-8 text ({error})") from error


def _wrong_value(error: ValidationError, given: dict[str, object]) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    shown = f"--{name.replace('_', '-')}" if name in given else f"{PREFIX}{name.upper()}"
    reason = first["msg"].removeprefix("Value error, ")
    return f"{shown}: {reason} (got {first['input']!r})"
