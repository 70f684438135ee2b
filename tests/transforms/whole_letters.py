"""Letters as the tests of this folder need them, read the way the flow reads them."""

from typing import Any

import polars as pl

from transforms import schemas
from transforms.extract import Extraction, extract
from transforms.letters import letter_id

DATE = "12 maart 2019"
LETTER = """ Nr. 1  BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, {date}

{body}

De Minister van Justitie en Veiligheid,
"""
ANSWERS = """Vergaderjaar 2018–2019 Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden
77
Vragen van het lid Voorbeeld (SP) aan de Minister van Defensie over munitie (ingezonden {asked}).
Antwoord van Minister Kolk (Defensie){received}.
{body}
"""

Row = dict[str, Any]


def letter(body: str, date: str = DATE) -> str:
    """A small letter around `body`."""
    return LETTER.format(date=date, body=body)


def answers(body: str, asked: str, date: str) -> str:
    """Small answers around `body`, to questions of a day; without a date where nobody says when they came."""
    return ANSWERS.format(asked=asked, received=f" (ontvangen {date})" if date else "", body=body)


def files(*letters: str | bytes, source: str = "inbox/brief.txt") -> pl.DataFrame:
    """The frame that `extract` takes, a row a letter."""
    contents = [text.encode() if isinstance(text, str) else text for text in letters]
    rows = [(letter_id(content), source, content, None) for content in contents]
    return pl.DataFrame(rows, schema=schemas.FILE, orient="row")


def extracted(*letters: str | bytes, source: str = "inbox/brief.txt") -> Extraction:
    """What `extract` gives for these letters."""
    return extract(files(*letters, source=source))


def claims_of(text: str | bytes) -> list[Row]:
    """The claims of one letter, in their order."""
    return extracted(text).claim.to_dicts()


def claims_in(body: str, date: str = DATE) -> list[Row]:
    """The claims of a small letter around `body`."""
    return claims_of(letter(body, date))
