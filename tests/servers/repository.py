"""The repository of official publications on loopback: SRU 2.0 with its quirks, and the documents."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

from cql import DiagnosticError, parsed
from published import TYPES, Published
from serving_faults import Answer, Server, serving

NAMES = {
    "sru": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "diag": "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    "gzd": "http://standaarden.overheid.nl/sru",
    "overheidwetgeving": "http://standaarden.overheid.nl/wetgeving/",
    "c": "http://standaarden.overheid.nl/collectie/",
    "dcterms": "http://purl.org/dc/terms/",
}
MOST = 1000
#: How namespaces are written: by these prefixes, on each element, by prefixes of another's choice.
WAYS = ("prefixed", "default", "other")


@dataclass
class Repository:
    """What it holds and how it answers."""

    documents: list[Published]
    namespaces: str = "prefixed"  # of WAYS, or any: one after the other
    forgives_nought: bool = False  # no real server does: a page from 0 is one from 1
    count: str = "exact"  # low, high: an estimate
    at_most: int = MOST  # records in a page, whatever is asked for
    sorts: bool = True
    doctype: str = ""  # before the root
    after_page: list[Callable[[], None]] = field(default_factory=list)  # called when a page has been answered
    server: Server = field(init=False)

    def __post_init__(self) -> None:
        self.server = Server(self.answer)

    def answer(self, path: str) -> Answer:
        """The answer to a request."""
        parts = urlsplit(path)
        if parts.path == "/sru":
            found = Answer(self.search({name: values[0] for name, values in parse_qs(parts.query).items()}))
            if self.after_page:
                self.after_page.pop(0)()
            return found
        return self.document(parts.path)

    def document(self, path: str) -> Answer:
        """A form of a document: /frbr/officielepublicaties/kst/28638/kst-28638-75/1/xml/kst-28638-75.xml."""
        steps = path.strip("/").split("/")
        if len(steps) == 8:
            for one in self.documents:
                if one.identifier == steps[4] and steps[6] not in one.missing:
                    return Answer(one.content(steps[6]), TYPES[steps[6]])
        return Answer(b"<html><body>Niet gevonden</body></html>", "text/html", 404)

    def search(self, asked: dict[str, str]) -> bytes:
        """The answer of SRU, which is 200 whatever is wrong."""
        try:
            for name, value in {"operation": "searchRetrieve", "version": "2.0"}.items():
                if asked.get(name) != value:
                    raise DiagnosticError(7, "Mandatory parameter not supplied", name)
            selects, is_sorted = parsed(asked.get("query", ""))
            found = [one for one in self.documents if selects(_fields(one))]
            if is_sorted and self.sorts:
                found.sort(key=lambda one: one.modified)
            start = int(asked.get("startRecord", "1")) - 1
            start = max(0, start) if self.forgives_nought else start
            if start < 0:
                raise DiagnosticError(6, "Unsupported parameter value", "startRecord")
            page = found[start : start + min(int(asked.get("maximumRecords", "10")), self.at_most)]
            return self._response(page, start, len(found))
        except DiagnosticError as error:
            return self._diagnostic(error)

    def _response(self, page: list[Published], start: int, total: int) -> bytes:
        told = {"exact": total, "low": total * 2 // 3, "high": total * 3 // 2 + 1}[self.count]
        records = "".join(self._record(one, start + n) for n, one in enumerate(page, start=1))
        held = f"<sru:records>{records}</sru:records>" if page else ""
        return self._written(
            f"<sru:searchRetrieveResponse><sru:version>2.0</sru:version>"
            f"<sru:numberOfRecords>{told}</sru:numberOfRecords>{held}</sru:searchRetrieveResponse>"
        )

    def _diagnostic(self, error: DiagnosticError) -> bytes:
        return self._written(
            "<sru:searchRetrieveResponse><sru:version>2.0</sru:version><sru:diagnostics><diag:diagnostic>"
            f"<diag:uri>info:srw/diagnostic/1/{error.number}</diag:uri>"
            f"<diag:details>{escape(error.details)}</diag:details><diag:message>{escape(error.message)}</diag:message>"
            "</diag:diagnostic></sru:diagnostics></sru:searchRetrieveResponse>"
        )

    def _record(self, one: Published, position: int) -> str:
        def of(prefix: str, name: str, *values: str) -> str:
            return "".join(f"<{prefix}:{name}>{escape(value)}</{prefix}:{name}>" for value in values)

        core = (
            of("dcterms", "identifier", one.identifier)
            + of("dcterms", "title", one.title)
            + of("dcterms", "language", "nl")
            + of("dcterms", "type", *one.types)
            + of("dcterms", "creator", one.creator)
            + of("dcterms", "modified", f"{one.modified}")
        )
        mantle = (
            of("dcterms", "available", f"{one.modified}")
            + of("dcterms", "date", f"{one.day}")
            + of("dcterms", "issued", f"{one.day}")
        )
        more = (
            of("c", "product-area", "officielepublicaties")
            + of("overheidwetgeving", "dossiernummer", *(name for name, _ in one.dossiers))
            + of("overheidwetgeving", "ondernummer", *(number for _, number in one.dossiers))
            + of("overheidwetgeving", "publicatienaam", "Kamerstuk")
            + of("overheidwetgeving", "subrubriek", *one.headings)
        )
        return (
            "<sru:record><sru:recordSchema>http://standaarden.overheid.nl/sru/</sru:recordSchema>"
            "<sru:recordPacking>xml</sru:recordPacking><sru:recordData><gzd:gzd><gzd:originalData>"
            f"<overheidwetgeving:meta><overheidwetgeving:owmskern>{core}</overheidwetgeving:owmskern>"
            f"<overheidwetgeving:owmsmantel>{mantle}</overheidwetgeving:owmsmantel>"
            f"<overheidwetgeving:tpmeta>{more}</overheidwetgeving:tpmeta></overheidwetgeving:meta>"
            f"</gzd:originalData><gzd:enrichedData>{self._addresses(one)}</gzd:enrichedData></gzd:gzd>"
            f"</sru:recordData><sru:recordPosition>{position}</sru:recordPosition></sru:record>"
        )

    def _addresses(self, one: Published) -> str:
        folder = (
            f"{one.elsewhere or self.server.url}/frbr/officielepublicaties/kst/"
            f"{one.dossiers[0][0]}/{one.identifier}/1"
        )
        held = {form: f"{folder}/{form}/{one.identifier}.{form}" for form in one.offered}
        held["metadata"] = f"{folder}/metadata/metadata.xml"
        return "".join(
            f"<gzd:itemUrl manifestation={quoteattr(form)}>{escape(url)}</gzd:itemUrl>"
            for form, url in sorted(held.items())
        )

    def _written(self, text: str) -> bytes:
        """The answer with its namespaces, as this server writes them."""
        way = WAYS[len(self.server.asked) % 3] if self.namespaces == "any" else self.namespaces
        if way == "default":
            for prefix, name in NAMES.items():
                text = _with_default(text, prefix, name)
        else:
            declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
            text = text.replace("<sru:searchRetrieveResponse>", f"<sru:searchRetrieveResponse{declared}>", 1)
            if way == "other":
                for n, prefix in enumerate(NAMES):
                    for before in ("<", "</", " xmlns:"):
                        after = "=" if before == " xmlns:" else ":"
                        text = text.replace(f"{before}{prefix}{after}", f"{before}ns{n}{after}")
        return f'<?xml version="1.0" encoding="UTF-8"?>{self.doctype}{text}'.encode()


def _with_default(text: str, prefix: str, name: str) -> str:
    """Each element of this prefix without it, and with its namespace as the default one."""
    pieces = text.split(f"<{prefix}:")
    opened = [
        piece.replace(">", f' xmlns="{name}">', 1)
        if " " not in piece.split(">")[0]
        else piece.replace(" ", f' xmlns="{name}" ', 1)
        for piece in pieces[1:]
    ]
    return "<".join([pieces[0], *opened]).replace(f"</{prefix}:", "</")


def _fields(one: Published) -> dict[str, list[str]]:
    return {
        "c.product-area": ["officielepublicaties"],
        "w.publicatienaam": ["Kamerstuk"],
        "w.dossiernummer": [name for name, _ in one.dossiers],
        "w.ondernummer": [number for _, number in one.dossiers],
        "w.subrubriek": one.headings,
        "dt.identifier": [one.identifier],
        "dt.type": one.types,
        "dt.title": [one.title],
        "dt.modified": [f"{one.modified}"],
    }


@contextmanager
def open_repository(documents: list[Published]) -> Iterator[Repository]:
    """A repository that answers on loopback."""
    repository = Repository(documents)
    with serving(repository.server):
        yield repository
