"""The section [harvest] of the settings: which letters are fetched from where, and how politely."""

import re
from datetime import date
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_settings import NoDecode

SourceName = Literal["sru", "odata"]
#: A dossier is its number, and the chapter of a budget or the number of a law of the Kingdom: 36600-VII.
DOSSIER = re.compile(r"(?P<dossier>[0-9]{1,6})(?:-(?P<chapter>[A-Z0-9]{1,10}|\(R[0-9]{1,6}\)))?")


def dossier_name(given: str) -> str:
    """A dossier as the sources write it (`28 638` is 28638); raises ValueError for what is none."""
    name = tidy_dossier(given.strip())
    if not DOSSIER.fullmatch(name):
        raise ValueError(f"{given!r} is no dossier such as 28638 or 36600-VII")
    return name


def tidy_dossier(name: str) -> str:
    """A name without what people put between its parts: 28 638 is 28638, 36600 VII is 36600-VII."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "", name).replace(" ", "-")


def _address(given: str) -> str:
    parts = urlsplit(given)
    try:
        has_port = parts.port != 0
    except ValueError:  # beyond 65535
        has_port = False
    is_web = parts.scheme in ("https", "http") and parts.hostname and has_port
    if not is_web or parts.query or parts.username:
        raise ValueError("give https://HOST/PATH, and no more")
    return given.rstrip("/")


def _listed(given: object) -> object:
    """A list may be a text with commas, as variables have it."""
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


Address = Annotated[str, AfterValidator(_address)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Harvest(BaseModel):
    """What the section may hold; nightly runs harvest where it says which letters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Annotated[tuple[SourceName, ...], NoDecode, BeforeValidator(_listed)] = ("sru",)
    dossiers: Annotated[tuple[Annotated[str, AfterValidator(dossier_name)], ...], NoDecode] = ()
    query: str | None = None  # CQL of SRU, $filter of OData
    since: date | None = None
    all_types: bool = False
    limit: int | None = Field(default=None, ge=1)  # letters fetched at a time
    contact: str | None = Field(default=None, pattern=r"^[\x20-\x7e]+$")  # for the User-Agent
    overlap_days: int = Field(default=3, ge=0)
    pause_seconds: float = Field(default=1, ge=0)  # between two requests
    timeout_seconds: float = Field(default=30, gt=0)  # without a byte
    max_seconds: float = Field(default=300, gt=0)  # for a whole answer
    attempts: int = Field(default=5, ge=1)
    backoff_seconds: float = Field(default=1, ge=0)  # before the second attempt, doubled for each after it
    max_wait_seconds: float = Field(default=120, ge=0)  # whatever a server asks for
    max_pages: int = Field(default=2000, ge=1)
    max_page_bytes: int = Field(default=32 * 1024 * 1024, ge=1)
    sru_url: Address = "https://repository.overheid.nl/sru"
    odata_url: Address = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
    #: Where letters may lie too, beside the host that lists them.
    hosts: Names = ("repository.overheid.nl", "zoek.officielebekendmakingen.nl")

    @model_validator(mode="before")
    @classmethod
    def _one_dossier_is_a_list(cls, given: object) -> object:
        if isinstance(given, dict) and "dossiers" in given:
            return given | {"dossiers": _listed(given["dossiers"])}
        return given

    @model_validator(mode="after")
    def _query_is_of_one_source(self) -> Self:
        if self.query and len(self.sources) > 1:
            raise ValueError("query is written for one source: name one in sources")
        return self

    def url_of(self, source: SourceName) -> str:
        """Address of a source."""
        return self.sru_url if source == "sru" else self.odata_url

    @property
    def is_configured(self) -> bool:
        """Whether the section says which letters a nightly run is to fetch."""
        return bool(self.dossiers or self.query or self.since)
