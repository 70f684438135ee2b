"""Small letters in the form of the real ones, in our own words."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from transforms.sidecars import Dossier, Sidecar, written
from warehouse.files import letters_folder
from warehouse.keeping import letter_name

LETTER = """ Nr. {number}  BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 mei {year}

{body}

De Minister van Justitie en Veiligheid,
"""
VICTIMS = (
    "Uit de cijfers van CoMensha blijkt dat er in {year} sprake was van {victims} geregistreerde "
    "slachtoffers\nvan mensenhandel."
)


def letter(number: int = 12, year: int = 2022, victims: int = 812, body: str = VICTIMS) -> str:
    """The text of a letter that states how many victims there were in the year before."""
    return LETTER.format(number=number, year=year, body=body.format(year=year - 1, victims=victims))


def inbox_of(folder: Path, **texts: str | bytes) -> Path:
    """An inbox with these letters, `a` in the file a.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.txt").write_bytes(content)
    return folder


def told_of(text: str | bytes, number: str = "12", modified: str = "2022-05-04", **facts: Any) -> bytes:
    """The sidecar of a letter with this text; `facts` stand instead of what it would say."""
    content = text.encode() if isinstance(text, str) else text
    sidecar = Sidecar(
        identifier=f"kst-28638-{number}",
        dossiers=(Dossier("28638", None, number),),
        date=date(2022, 5, 3),
        issued=date(2022, 5, 4),
        available=date(2022, 5, 4),
        modified=modified,
        title="Mensenhandel",
        creator="Tweede Kamer der Staten-Generaal",
        type="Brief regering",
        source_url=f"https://example.org/kst-28638-{number}.txt",
        retrieved_at=datetime.fromisoformat("2022-06-01T03:00"),
        licence="CC0-1.0",
        sha256=hashlib.sha256(content).hexdigest(),
        withdrawn=False,
        source="sru",
        query="w.dossiernummer==28638",
    )
    return written(sidecar._replace(**facts))


def letter_path(warehouse: Path, letter_id: str) -> Path:
    """Where a letter that is kept beside its warehouse lies."""
    return letters_folder(warehouse) / letter_name(letter_id)
