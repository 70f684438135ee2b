"""What the stand-ins publish: letters of our own in the form of the real ones, in every form they come in."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from html import escape

FIRST_DAY = date(2020, 1, 1)
TOPICS = ("opvang", "toezicht", "wachttijden", "handhaving", "registratie", "jeugdhulp", "arbeidsmarkt")


@dataclass
class Published:
    """A document: what is said of it, and the forms it is there in; None is a form that is only offered."""

    identifier: str
    dossiers: list[tuple[str, str]]  # name, number
    modified: date
    title: str = "Mensenhandel; Brief van de minister over de voortgang"
    types: list[str] = field(default_factory=lambda: ["Kamerstuk"])
    headings: list[str] = field(default_factory=lambda: ["Brief"])
    creator: str = "Tweede Kamer der Staten-Generaal"
    version: int = 1
    missing: set[str] = field(default_factory=set)  # forms that are offered and not there
    offered: tuple[str, ...] = ("xml", "html", "odt", "pdf")
    metadata_of: str | None = None  # another document that the metadata name
    written_for: str | None = None  # another document that the letter itself names
    elsewhere: str = ""  # where the forms are said to lie, instead of here

    day: date = field(init=False)  # that the letter bears

    def __post_init__(self) -> None:
        self.day = self.modified - timedelta(days=2)

    def content(self, form: str) -> bytes:
        """Bytes of a form."""
        return WRITERS[form](self)

    @cached_property
    def victims(self) -> int:
        return 100 + sum(map(ord, self.identifier)) % 900


def letters(number: int, *, a_day: int = 4, dossier: str = "28638") -> list[Published]:
    """So many letters of a dossier, so many modified on one day."""
    return [
        Published(
            f"kst-{dossier}-{n}",
            [(dossier, str(n))],
            FIRST_DAY + timedelta(days=n // a_day),
            f"Mensenhandel; Brief van de minister over {TOPICS[n % len(TOPICS)]} ({n})",
        )
        for n in range(1, number + 1)
    ]


def _sentences(letter: Published) -> list[str]:
    again = " Deze tekst vervangt de eerdere." if letter.version > 1 else ""
    return [
        f"Uit de cijfers van CoMensha blijkt dat er in {letter.day.year - 1} sprake was van {letter.victims} "
        f"geregistreerde slachtoffers van mensenhandel.{again}",
        "Over de voortgang bericht ik uw Kamer vóór de zomer.",
    ]


def _xml(letter: Published) -> bytes:
    name, number = letter.dossiers[0]
    paragraphs = "".join(f"<al>{escape(text)}</al>" for text in _sentences(letter))
    of = letter.written_for or letter.identifier
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<officiele-publicatie><metadata>'
        f'<meta name="OVERHEIDop.externMetadataRecord" scheme="" content="https://example.org/{of}/metadata.xml"/>'
        "</metadata><kamerstuk><kamerstukkop>"
        '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel></kamerstukkop>'
        f"<dossier><dossiernummer><dossiernr>{name}</dossiernr></dossiernummer><titel>Mensenhandel</titel></dossier>"
        f'<stuk><stuknr>Nr. <ondernummer kamer="2">{number}</ondernummer></stuknr>'
        "<titel>BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID</titel><algemeen><vrije-tekst><tekst>"
        "<al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al>"
        f"<al>Den Haag, {letter.day:%d-%m-%Y}</al>{paragraphs}"
        "</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>\n"
    ).encode()


def _html(letter: Published) -> bytes:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in _sentences(letter))
    head = f"<head><title>{letter.identifier}</title></head>"
    return f"<!DOCTYPE html>\n<html>{head}<body>{paragraphs}</body></html>".encode()


def _pdf(letter: Published) -> bytes:
    text = " ".join(_sentences(letter)).encode("latin-1")
    return b"%%PDF-1.4\n1 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n" % (
        len(text),
        text,
    )


def _archive(part: str) -> Callable[[Published], bytes]:
    def write(letter: Published) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            body = "".join(f"<p>{escape(text)}</p>" for text in _sentences(letter))
            archive.writestr(zipfile.ZipInfo(part), f"<body>{body}</body>")
        return held.getvalue()

    return write


def _metadata(letter: Published) -> bytes:
    held = [("DC.identifier", letter.metadata_of or letter.identifier), ("DC.title", letter.title)]
    held += [("OVERHEIDop.dossiernummer", name) for name, _ in letter.dossiers]
    held += [("OVERHEIDop.ondernummer", number) for _, number in letter.dossiers]
    held += [("DCTERMS.issued", f"{letter.day}"), ("DC.type", "Kamerstuk")]
    lines = "".join(f'<metadata name="{name}" scheme="" content="{escape(value)}" />' for name, value in held)
    return f"<metadata_gegevens>{lines}</metadata_gegevens>".encode()


WRITERS: dict[str, Callable[[Published], bytes]] = {
    "xml": _xml,
    "html": _html,
    "pdf": _pdf,
    "odt": _archive("content.xml"),
    "docx": _archive("word/document.xml"),
    "metadata": _metadata,
}
TYPES = {
    "xml": "application/xml",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "metadata": "application/xml",
}
