"""The open data of the Tweede Kamer on loopback: documents by OData 4, page by page, and their files."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from published import TYPES, Published
from serving_faults import Answer, Server, serving

JSON = "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8"
RESOURCE = re.compile(r"/OData/v4/2\.0/Document\((?P<id>[0-9a-f-]{36})\)/resource")


@dataclass
class Deposited:
    """A document as the Tweede Kamer has it."""

    letter: Published
    changed: datetime
    form: str = "pdf"
    content_type: str = ""  # other than that of the form
    size: int | None = None  # other than that of the file
    deleted: bool = False
    kind: str = "Brief regering"

    @property
    def guid(self) -> str:
        """Its Id."""
        return str(uuid5(NAMESPACE_URL, self.letter.identifier))

    def row(self) -> dict[str, Any]:
        """Its row; of one that was taken back little is left."""
        if self.deleted:
            gone = dict.fromkeys(("DocumentNummer", "Soort", "Titel", "Onderwerp", "Datum", "Volgnummer"))
            gone |= {"ContentType": None, "ContentLength": None, "Kamerstukdossier": [], "DocumentActor": []}
            return gone | {"Id": self.guid, "ApiGewijzigdOp": self._changed, "Verwijderd": True}
        content = self.letter.content(self.form)
        return {
            "Id": self.guid,
            "DocumentNummer": f"{self.changed.year}D{sum(map(ord, self.guid)):05}",
            "Soort": self.kind,
            "Titel": "Mensenhandel",
            "Onderwerp": self.letter.title.partition("; ")[2],
            "Datum": f"{self.letter.day}T00:00:00+01:00",
            "Volgnummer": int(self.letter.dossiers[0][1]),
            "ContentType": self.content_type or TYPES[self.form],
            "ContentLength": len(content) if self.size is None else self.size,
            "ApiGewijzigdOp": self._changed,
            "Verwijderd": False,
            "Kamerstukdossier": [
                {"Nummer": int(name.partition("-")[0]), "Toevoeging": name.partition("-")[2] or None}
                for name, _ in self.letter.dossiers
            ],
            "DocumentActor": [
                {
                    "ActorNaam": "J. Jansen",
                    "Functie": "minister van Justitie",
                    "Relatie": "Eerste ondertekenaar",
                }
            ],
        }

    @property
    def _changed(self) -> str:
        return f"{self.changed:%Y-%m-%dT%H:%M:%S.%f}0Z"


@dataclass
class Parliament:
    """What it holds and how it answers."""

    documents: list[Deposited]
    at_most: int = 250
    leads_to: str = ""  # where the next page is said to be, instead of here
    after_page: list[Callable[[], None]] = field(default_factory=list)  # called when a page has been answered
    goes_round: bool = False  # the last page leads to the first
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.server = Server(self.answer)

    @property
    def url(self) -> str:
        """Address of the service."""
        return f"{self.server.url}/OData/v4/2.0"

    def answer(self, path: str) -> Answer:
        """The answer to a request."""
        parts = urlsplit(path)
        if found := RESOURCE.fullmatch(parts.path):
            return self._file(found["id"])
        if parts.path != "/OData/v4/2.0/Document":
            return Answer(b"", "", 404)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            selects = filtered(asked.get("$filter", ""))
        except ValueError as error:
            held = {"error": {"code": "", "message": str(error)}}
            return Answer(json.dumps(held).encode(), JSON, 400)
        rows = [one.row() for one in self.documents]
        rows = [row for row in rows if selects(row)]
        if asked.get("$orderby") == "ApiGewijzigdOp,Id":
            rows.sort(key=lambda row: (row["ApiGewijzigdOp"], row["Id"]))
        start = int(asked.get("$skiptoken", "0"))
        held: dict[str, Any] = {"value": rows[start : start + self.at_most]}
        if start + self.at_most < len(rows) or self.goes_round:
            after = start + self.at_most if start + self.at_most < len(rows) else 0
            again = {name: value for name, value in asked.items() if name != "$skiptoken"}
            again["$skiptoken"] = str(after)
            query = "&".join(f"{name}={quote(value)}" for name, value in again.items())
            held["@odata.nextLink"] = f"{self.leads_to or self.server.url}{parts.path}?{query}"
        if self.after_page:
            self.after_page.pop(0)()
        return Answer(json.dumps(held).encode(), JSON)

    def _file(self, guid: str) -> Answer:
        for one in self.documents:
            if one.guid == guid and not one.deleted:
                return Answer(one.letter.content(one.form), one.content_type or TYPES[one.form])
        return Answer(b"", "", 404)


Row = dict[str, Any]
TOKEN = re.compile(r"'(?:''|[^'])*'|\(|\)|[^\s()']+")


def filtered(text: str) -> Callable[[Row], bool]:
    """What a $filter selects: comparisons, `and`, `or`, brackets, and any() over the dossiers."""
    tokens = TOKEN.findall(text)

    def either() -> Callable[[Row], bool]:
        left = both()
        while tokens and tokens[0] == "or":
            tokens.pop(0)
            one, other = left, both()
            left = lambda row, one=one, other=other: one(row) or other(row)  # noqa: E731
        return left

    def both() -> Callable[[Row], bool]:
        left = clause()
        while tokens and tokens[0] == "and":
            tokens.pop(0)
            one, other = left, clause()
            left = lambda row, one=one, other=other: one(row) and other(row)  # noqa: E731
        return left

    def clause() -> Callable[[Row], bool]:
        first = tokens.pop(0)
        if first == "(":
            inner = either()
            _require(tokens.pop(0) == ")", text)
            return inner
        if first == "Kamerstukdossier/any":
            _require(tokens.pop(0) == "(" and tokens.pop(0) == "d:", text)
            inner = either()
            _require(tokens.pop(0) == ")", text)
            return lambda row: any(inner(one) for one in row["Kamerstukdossier"])
        relation, value = tokens.pop(0), tokens.pop(0)
        _require(relation in ("eq", "ge"), text)
        return lambda row: _compared(row.get(first.removeprefix("d/")), relation, value)

    if not tokens:
        return lambda _row: True
    try:
        found = either()
    except IndexError:
        raise ValueError(f"Syntax error at the end of '{text}'") from None
    _require(not tokens, text)
    return found


def _require(is_well: bool, text: str) -> None:
    if not is_well:
        raise ValueError(f"Syntax error in '{text}'")


def _compared(held: Any, relation: str, value: str) -> bool:
    if held is None:
        return False
    if relation == "ge":
        return str(held) >= value
    if value.startswith("'"):
        return bool(held == value[1:-1].replace("''", "'"))
    return str(held).lower() == value


@contextmanager
def open_parliament(documents: list[Deposited]) -> Iterator[Parliament]:
    """A service that answers on loopback."""
    parliament = Parliament(documents)
    with serving(parliament.server):
        yield parliament
