"""The open data of the Tweede Kamer, by OData 4: its documents, those that it took back, and their files."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urljoin

from flows.errors import UsageError
from flows.harvest_settings import DOSSIER, Harvest
from flows.sources import Fetched, Form, Page, Record, Wanted, bounded, forms
from flows.sources.client import Client
from flows.sources.errors import SaysError, SourceError, WrongAnswerError, told_by
from flows.sources.metadata import day
from transforms.sidecars import Dossier

TYPES = ("application/json",)
LETTER = "Brief regering"
FIELDS = (
    "Id,DocumentNummer,Soort,Titel,Onderwerp,Datum,Volgnummer,ContentType,ContentLength,"
    "ApiGewijzigdOp,Verwijderd"
)
EXPANDED = "Kamerstukdossier($select=Nummer,Toevoeging),DocumentActor($select=ActorNaam,Functie,Relatie)"
#: By so much the clock of the source may be behind ours.
CLOCKS_DIFFER = timedelta(hours=1)
SIGNED = "eerste ondertekenaar"
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
#: Forms by the type that a document's file is said to have.
KINDS = {kind: form for form, kinds in forms.TYPES.items() for kind in kinds if kind != "application/zip"}


def filtered(wanted: Wanted) -> str:
    """The query, but for the day since when.

    What was taken back is asked for whatever it was: little more than its Id is left of it.
    """
    asked = _asked(wanted)
    return f"({asked} or Verwijderd eq true)" if asked else ""


def _asked(wanted: Wanted) -> str:
    if wanted.query is not None and not wanted.query.strip():
        raise UsageError("--query: there is nothing in it")
    asked = [] if wanted.all_types else [f"Soort eq '{LETTER}'"]
    if wanted.query:
        asked.append(f"({wanted.query})")
    if dossiers := [_in_dossier(dossier) for dossier in sorted(wanted.dossiers)]:
        asked.append(f"({' or '.join(dossiers)})")
    return " and ".join(asked)


def _in_dossier(name: str) -> str:
    found = DOSSIER.fullmatch(name)
    if found is None:
        raise UsageError(f"--dossier: {name!r} is no dossier such as 28638 or 36600-VII")
    chapter = f" and d/Toevoeging eq '{found['chapter']}'" if found["chapter"] else ""
    return f"Kamerstukdossier/any(d: d/Nummer eq {int(found['dossier'])}{chapter})"


class OData:
    """The open data of the Tweede Kamer as a source of letters."""

    def __init__(self, get: Client, url: str, wanted: Wanted, harvest: Harvest, max_bytes: int) -> None:
        self._query, self._first = filtered(wanted), _asked(wanted)
        self._get, self._url, self._harvest, self._max_bytes = get, url, harvest, max_bytes

    def pages(self, since: date | None) -> Iterator[Page]:
        """Documents that changed on this day or later, oldest change first; each page leads to the next.

        A document that changes while pages are read moves to the end, others move up, and one may be passed
        over at the turn of a page: then all pages are read once more.
        """
        begun = _moment((datetime.now(UTC) - CLOCKS_DIFFER).isoformat())
        number, has_moved = 0, False
        for page in self._listed(since):
            number += 1
            has_moved = has_moved or any(record.modified >= begun for record in page.records)
            yield page
        if has_moved and number > 1:
            yield from self._listed(since)

    def _listed(self, since: date | None) -> Iterator[Page]:
        changed = f"ApiGewijzigdOp ge {since.isoformat()}T00:00:00Z" if since else ""
        # From the beginning nothing is here yet that could have been taken back.
        query = self._query if since else self._first
        asked = {
            "$filter": " and ".join(filter(None, (changed, query))),
            "$orderby": "ApiGewijzigdOp,Id",
            "$select": FIELDS,
            "$expand": EXPANDED,
        }
        # Its names keep their `$`.
        url = f"{self._url}/Document?" + "&".join(f"{n}={quote(v)}" for n, v in asked.items() if v)
        seen: set[str] = set()
        while url:
            if len(seen) >= self._harvest.max_pages:
                raise SourceError(f"{self._url}: has more than {len(seen)} pages")
            if url in seen:
                raise WrongAnswerError(f"{self._url}: the next page is one that was there before")
            seen.add(url)
            answer = self._get.get(url, TYPES, self._harvest.max_page_bytes)
            with told_by(self._url):
                held = _page(answer.content)
            yield Page([self._record(row) for row in held["value"]], None)
            after = held.get("@odata.nextLink")
            url = urljoin(answer.url, after) if isinstance(after, str) else ""

    def fetch(self, record: Record) -> Fetched:
        """The file of a document."""
        return forms.best(self._get, record, self._max_bytes)

    def _record(self, row: dict[str, Any]) -> Record:
        guid = str(row.get("Id") or "")
        address = f"{self._url}/Document({guid})/resource"
        dossiers = _dossiers(row)
        found = Record(
            identifier=_identifier(row, dossiers) or guid,
            dossiers=dossiers,
            date=day(row.get("Datum")),
            issued=None,
            available=None,
            modified=_moment(row.get("ApiGewijzigdOp")),
            title="; ".join(dict.fromkeys(filter(None, (_said(row, "Titel"), _said(row, "Onderwerp")))))
            or None,
            creator=_signatory(row),
            type=_said(row, "Soort"),
            forms=_forms(row, address),
            is_letter=_said(row, "Soort") == LETTER,
            withdrawn=row.get("Verwijderd") is True,
            address=address,
            fault=None if GUID.fullmatch(guid) else "has no Id",
        )
        return bounded(found)


def _page(content: bytes) -> dict[str, Any]:
    try:
        held = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError("answers with no JSON") from error
    if isinstance(held, dict) and isinstance(held.get("error"), dict):
        raise SaysError(str(held["error"].get("message")))
    rows = held.get("value") if isinstance(held, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("answers with no list of documents")
    return dict(held)


def _identifier(row: dict[str, Any], dossiers: tuple[Dossier, ...]) -> str | None:
    """Identifier of the Kamerstuk where the row makes it out; else the number of the document."""
    if len(dossiers) == 1 and dossiers[0].number:
        return f"kst-{dossiers[0].name}-{dossiers[0].number}"
    return _said(row, "DocumentNummer")


def _dossiers(row: dict[str, Any]) -> tuple[Dossier, ...]:
    number = row.get("Volgnummer")  # -1: none
    told = str(number) if isinstance(number, int) and number > 0 else ""
    return tuple(
        Dossier(str(one["Nummer"]), _said(one, "Toevoeging"), told)
        for one in _objects(row, "Kamerstukdossier")
        if one.get("Nummer")
    )


def _signatory(row: dict[str, Any]) -> str | None:
    """Office, or else the name, of who signed first."""
    for one in _objects(row, "DocumentActor"):
        if (_said(one, "Relatie") or "").lower().startswith(SIGNED):
            return _said(one, "Functie") or _said(one, "ActorNaam")
    return None


def _forms(row: dict[str, Any], address: str) -> tuple[Form, ...]:
    kind = KINDS.get((_said(row, "ContentType") or "").partition(";")[0].strip().lower())
    size = row.get("ContentLength")
    return (Form(kind, address, size if isinstance(size, int) and size > 0 else None),) if kind else ()


def _objects(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What a field holds: an object, several, or none."""
    held = row.get(name)
    several = held if isinstance(held, list) else [held]
    return [one for one in several if isinstance(one, dict)]


def _said(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _moment(value: object) -> str:
    """A time in UTC that sorts as a text; nothing for what is none."""
    try:
        # Its times have seven decimals, one more than is read.
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", str(value)))
    except ValueError:
        return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
