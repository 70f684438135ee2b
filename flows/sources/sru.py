"""The repository of official publications, by SRU 2.0: what it is asked in CQL, what its records say."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from flows.errors import UsageError
from flows.harvest_settings import Harvest
from flows.sources import FORMS, Fetched, Form, Page, Record, Wanted, bounded, forms, markup
from flows.sources.client import Client
from flows.sources.errors import NotThereError, SaysError, SourceError, WrongAnswerError, told_by
from flows.sources.markup import Element, child, children, text
from flows.sources.metadata import day, dossiers, facts

SRU = ("http://docs.oasis-open.org/ns/search-ws/sruResponse",)
DIAGNOSTIC = ("http://docs.oasis-open.org/ns/search-ws/diagnostic",)
BOTH = (*SRU, *DIAGNOSTIC)
GZD = ("http://standaarden.overheid.nl/sru", "http://standaarden.overheid.nl/sru/")
WETGEVING = "http://standaarden.overheid.nl/wetgeving/"
META = (WETGEVING, "http://purl.org/dc/terms/", "http://standaarden.overheid.nl/collectie/")
TYPES = ("application/xml", "text/xml", "application/sru+xml")
#: What a diagnostic is called when records are asked for beyond the last.
OUT_OF_RANGE = "info:srw/diagnostic/1/61"
ALL = "c.product-area==officielepublicaties AND w.publicatienaam==Kamerstuk"
ORDER = "sortBy dt.modified/sort.ascending"
RECORDS = 100
#: What stands in quotes is no order.
QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')


def quoted(value: str) -> str:
    """A value as CQL has it: no character of it ends it."""
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def cql(wanted: Wanted) -> str:
    """The query, but for the day since when; raises UsageError for one that brings an order of its own."""
    if wanted.query and re.search(r"\bsortby\b", QUOTED.sub("", wanted.query), re.IGNORECASE):
        raise UsageError("--query: leave sortBy out, letters are fetched in the order of their modification")
    if wanted.query and (not wanted.query.strip() or QUOTED.sub("", wanted.query).count('"')):
        raise UsageError("--query: has a quote that isn't closed, or nothing in it")
    asked = [f"({wanted.query})" if wanted.query else ALL]
    dossiers = [f"w.dossiernummer=={quoted(dossier)}" for dossier in sorted(wanted.dossiers)]
    if len(dossiers) == 1:
        asked += dossiers
    elif dossiers:
        asked.append(f"({' OR '.join(dossiers)})")
    return " AND ".join(asked)


class Sru:
    """The repository as a source of letters."""

    def __init__(self, get: Client, url: str, wanted: Wanted, harvest: Harvest, max_bytes: int) -> None:
        self._query = cql(wanted)
        self._get, self._url, self._harvest, self._max_bytes = get, url, harvest, max_bytes

    def pages(self, since: date | None) -> Iterator[Page]:
        """Records modified on this day or later, oldest first.

        Each page begins with the last record of the one before: where it doesn't, records that were modified
        meanwhile have moved to the end and others up, and the page before is looked at again. The count of
        the answer is an estimate: the end is where nothing comes any more.
        """
        start, edge = 1, ""
        looked_back: set[int] = set()
        for _ in range(self._harvest.max_pages):
            page = self._page(start, since)
            keys = [f"{record.identifier} {record.modified}" for record in page.records]
            if edge and edge not in keys[:1] and start not in looked_back:
                looked_back.add(start)
                start, edge = max(1, start - RECORDS + 1), ""
                continue
            yield page
            if not keys:
                return
            brings_nothing = keys == [edge]
            start += len(keys) if brings_nothing else len(keys) - 1
            edge = "" if brings_nothing else keys[-1]
        raise SourceError(f"{self._url}: has more than {self._harvest.max_pages} pages")

    def fetch(self, record: Record) -> Fetched:
        """The best form that there is, once its metadata have told that they are of this letter."""
        return forms.best(self._get, self._checked(record), self._max_bytes)

    def _checked(self, record: Record) -> Record:
        if record.metadata is None:
            return record
        try:
            answer = self._get.get(record.metadata, TYPES, self._max_bytes)
            found = facts(answer.content)
        except NotThereError:
            return record
        except ValueError as error:
            raise WrongAnswerError(f"{record.metadata}: {error}") from error
        if found.identifier and found.identifier.lower() != record.identifier.lower():
            raise WrongAnswerError(f"{record.metadata}: is of {found.identifier}, not {record.identifier}")
        return record._replace(
            dossiers=record.dossiers or found.dossiers,
            date=record.date or found.date,
            issued=record.issued or found.issued,
            available=record.available or found.available,
            title=record.title or found.title,
            creator=record.creator or found.creator,
            type=record.type or found.type,
        )

    def _page(self, start: int, since: date | None) -> Page:
        asked = f"{self._query} AND dt.modified>={since.isoformat()}" if since else self._query
        parameters = {
            "operation": "searchRetrieve",
            "version": "2.0",
            "query": f"{asked} {ORDER}",
            "startRecord": start,
            "maximumRecords": RECORDS,
            "recordSchema": "gzd",
            "httpAccept": "application/xml",
        }
        url = f"{self._url}?{urlencode(parameters)}"
        answer = self._get.get(url, TYPES, self._harvest.max_page_bytes)
        with told_by(self._url):
            return page(answer.content)


def page(content: bytes) -> Page:
    """Records of an answer; raises ValueError for one that is none, or that says what is wrong."""
    root = markup.parsed(content)
    if markup.is_named(root, BOTH, "diagnostics"):
        _require_no_diagnostic(root)
    elif not markup.is_named(root, SRU, "searchRetrieveResponse"):
        raise ValueError("answers with no searchRetrieveResponse")
    records = [record(one) for one in children(child(root, SRU, "records"), SRU, "record")]
    if not records:
        _require_no_diagnostic(child(root, BOTH, "diagnostics"))
    count = text(child(root, SRU, "numberOfRecords"))
    return Page(records, int(count) if count.isdecimal() and len(count) < 12 else None)


def _require_no_diagnostic(diagnostics: Element | None) -> None:
    """Raise ValueError for what a server says is wrong, unless that is that there are no more records."""
    for diagnostic in children(diagnostics, BOTH, "diagnostic"):
        said = [text(child(diagnostic, BOTH, name)) for name in ("uri", "message", "details")]
        if said[0] != OUT_OF_RANGE:
            raise SaysError(": ".join(filter(None, said[1:])) or said[0])


def record(element: Element) -> Record:
    """What an element `record` says; a fault of its own where it can't be trusted."""
    gzd = child(child(element, SRU, "recordData"), GZD, "gzd")
    meta = child(child(gzd, GZD, "originalData"), META, "meta")
    core, mantle, more = (child(meta, META, name) for name in ("owmskern", "owmsmantel", "tpmeta"))
    enriched = child(gzd, GZD, "enrichedData")
    identifiers = list(dict.fromkeys(_texts(core, "identifier")))
    identifier = identifiers[0] if identifiers else ""
    addresses = [text(one) for name in ("url", "preferredUrl") for one in children(enriched, GZD, name)]
    items = [(one.get("manifestation", ""), text(one)) for one in children(enriched, GZD, "itemUrl")]
    offered = [Form(kind, url) for kind, url in items if kind in FORMS and url]
    title = _first(core, "title") or _first(more, "documenttitel")
    kinds = _texts(core, "type")
    found = Record(
        identifier=identifier,
        dossiers=dossiers(_texts(more, "dossiernummer"), _texts(more, "ondernummer")),
        date=day(_first(mantle, "date")),
        issued=day(_first(mantle, "issued")),
        available=day(_first(mantle, "available")),
        modified=str(day(_first(core, "modified")) or ""),
        title=title,
        creator="; ".join(_texts(core, "creator")) or None,
        type="; ".join(kinds) or None,
        forms=tuple(sorted(offered, key=lambda form: FORMS.index(form.kind))),
        is_letter=is_letter(kinds, _texts(more, "subrubriek"), title or ""),
        metadata=next((url for kind, url in items if kind == "metadata" and url), None),
        fault=_fault(identifiers, [*addresses, *(url for _, url in items)]),
    )
    return bounded(found)


def is_letter(kinds: list[str], headings: list[str], title: str) -> bool:
    """Whether a record is of a letter: by its type, its heading, or else how its title ends."""
    if "Brief regering" in kinds or "Brief" in headings:
        return True
    return not headings and re.match(r"brief\b", title.rsplit(";", 1)[-1].strip(), re.IGNORECASE) is not None


def _fault(identifiers: list[str], addresses: list[str]) -> str | None:
    if not identifiers:
        return "has no identifier"
    if len(identifiers) > 1:
        return f"has {len(identifiers)} identifiers: {', '.join(identifiers[:3])}"
    for address in addresses:
        if named := forms.other_name(address, identifiers[0]):
            return f"leads to {named}"
    return None


def _texts(group: Element | None, name: str) -> list[str]:
    return [found for one in children(group, META, name) if (found := text(one))]


def _first(group: Element | None, name: str) -> str | None:
    return next(iter(_texts(group, name)), None)
