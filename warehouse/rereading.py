"""The letters of the current version, to be read again: which there are, and their bytes."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.building import require_schema_version
from warehouse.errors import DamagedLetterError, MissingLetterError
from warehouse.keeping import is_kept, kept_letter
from warehouse.reading import connect

#: Letters, and files set aside: another grammar may read them. The first run that saw one brought it.
KNOWN = """
SELECT letter_id, source, strlen(text), first_seen, run_id FROM letter
UNION ALL
SELECT letter_id, source, 0, first_seen, run_id FROM rejected_letter
WHERE letter_id IS NOT NULL AND letter_id NOT IN (SELECT letter_id FROM letter)
QUALIFY row_number() OVER (PARTITION BY letter_id ORDER BY first_seen, run_id, source) = 1
ORDER BY source, letter_id
"""
TEXTS = "SELECT letter_id, text, encoding FROM letter WHERE letter_id IN (SELECT unnest(?))"


class Known(NamedTuple):
    """A letter that some run saw: where it lay, the bytes of its text (0: none), which run and when."""

    letter_id: str
    source: str
    size: int
    first_seen: datetime
    run_id: str


class Reread(NamedTuple):
    """Bytes of letters by letter_id, and of those that weren't kept whole: what is wrong with each."""

    contents: dict[str, bytes]
    faults: dict[str, str]


def letters_to_read_again(warehouse: Path) -> list[Known]:
    """Return the letters of the current version and those set aside whose bytes are kept, by source.

    Raises NotAWarehouseError where there is none, WarehouseError where a newer program made its tables.
    """
    with connect(warehouse) as connection:
        require_schema_version(connection, or_older=True)
        known = [Known(*row) for row in connection.execute(KNOWN).fetchall()]
    return [letter for letter in known if letter.size or is_kept(warehouse, letter.letter_id)]


def reread(warehouse: Path, letter_ids: Iterable[str]) -> Reread:
    """Return the bytes of letters: as kept, or else made from the text and the encoding in the warehouse.

    A letter has a fault where it isn't kept whole, and no bytes where those made from its text aren't the
    ones that it is named after.
    """
    contents, faults = {}, {}
    for letter_id in letter_ids:
        try:
            contents[letter_id] = kept_letter(warehouse, letter_id)
        except (MissingLetterError, DamagedLetterError) as error:
            faults[letter_id] = str(error)
    return Reread(contents | (_rebuilt(warehouse, faults) if faults else {}), faults)


def _rebuilt(warehouse: Path, letter_ids: Collection[str]) -> dict[str, bytes]:
    with connect(warehouse) as connection:
        return made_from_texts(connection, letter_ids)


def made_from_texts(connection: duckdb.DuckDBPyConnection, letter_ids: Collection[str]) -> dict[str, bytes]:
    """Bytes of these letters that their text and encoding in a version give, where they are the ones."""
    rows = connection.execute(TEXTS, [list(letter_ids)]).fetchall()
    made = {letter_id: _encoded(text, encoding) for letter_id, text, encoding in rows}
    return {
        letter_id: content
        for letter_id, content in made.items()
        if hashlib.sha256(content).hexdigest() == letter_id
    }


def _encoded(text: str, encoding: str | None) -> bytes:
    try:
        return text.encode(encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return b""  # no letter's bytes
