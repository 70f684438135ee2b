"""What a harvest is asked for, by flags or by the settings, and where it begins."""

from datetime import date
from typing import NamedTuple

from flows.errors import UsageError
from flows.harvest_settings import Harvest, SourceName, dossier_name
from flows.landing import Watermarks
from flows.settings import Settings
from flows.sources import Wanted
from flows.sources.opening import query_of


class Request(NamedTuple):
    """What a harvest is asked for, of each source."""

    wanted: tuple[Wanted, ...]
    since: date | None = None  # instead of the watermark
    first: date | None = None  # where there is no watermark yet
    until: date | None = None
    limit: int | None = None  # letters fetched of each source


def request(  # noqa: PLR0913 a flag each
    harvest: Harvest,
    *,
    source: SourceName | None = None,
    dossiers: list[str] | None = None,
    query: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    all_types: bool = False,
) -> Request:
    """What is asked for by flags, or else by the settings; who names letters by flags means these alone.

    Raises UsageError for what can't be asked.
    """
    names = (source,) if source else harvest.sources
    if dossiers or query:
        chosen = tuple(dict.fromkeys(_dossier(given) for given in dossiers or ())), query
    else:
        chosen = harvest.dossiers, harvest.query
    if chosen[1] and len(names) > 1:
        raise UsageError("--query: is written for one source, name it by --source")
    begins = _day("--since", since) if since else None
    first = None if dossiers or query else harvest.since
    ends = _day("--until", until) if until else None
    if begins and ends and begins > ends:
        raise UsageError(f"--until: {ends} is before --since {begins}")
    wanted = tuple(Wanted(name, *chosen, all_types or harvest.all_types) for name in names)
    return Request(wanted, begins, first, ends, limit or harvest.limit)


def _dossier(given: str) -> str:
    try:
        return dossier_name(given)
    except ValueError as error:
        raise UsageError(f"--dossier: {error}") from error


def _day(flag: str, given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(f"{flag}: {given!r} is no day such as 2026-11-30") from error


class Begin(NamedTuple):
    """Where the harvest of a query goes on from: what it is known by, its watermark, the day to ask for."""

    key: dict[str, str]
    mark: str | None
    since: date | None


def begin(settings: Settings, asked: Request, wanted: Wanted) -> Begin:
    """Where to begin; raises UsageError for what can't be asked, and where nothing says which letters."""
    harvest = settings.harvest
    types = "all" if wanted.all_types else "letters"
    key = {
        "source": wanted.source,
        "url": harvest.url_of(wanted.source),
        "query": query_of(wanted),
        "types": types,
    }
    mark = Watermarks(settings.inbox).of(key)
    since = asked.since or asked.first
    if mark and not asked.since:
        since = days_before(date.fromisoformat(mark), harvest.overlap_days)
    if not (since or wanted.dossiers or wanted.query):
        raise UsageError(
            "harvest: say which letters: --dossier, --query or --since, or [harvest] in kamercijfers.toml"
        )
    return Begin(key, mark, since)


def days_before(day: date, days: int) -> date:
    """So many days before a day, which need not be there: the first day of all."""
    return date.fromordinal(max(1, day.toordinal() - days))
