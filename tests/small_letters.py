"""Small letters in the form of the real ones, in our own words."""

from pathlib import Path

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
