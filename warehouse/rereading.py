"""The letters of the current version, to be read again: which there are, and their bytes."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.building import relations, require_schema_version
from warehouse.errors import DamagedLetterError, MissingLetterError, StorageError, WarehouseError
from warehouse.files import Place
from warehouse.keeping import is_kept, kept_ids, kept_letter, kept_sidecar
from warehouse.reading import connect

#: Files read as letters, and files set aside: another grammar may read them. The first run that saw one
#: brought it.
KNOWN = """
SELECT form_id AS letter_id, source, coalesce(size, 1) AS size, first_seen, run_id, sidecar_id
FROM {forms} AS form
LEFT JOIN (SELECT letter_id AS held_id, strlen(text) AS size FROM letter) AS held ON held_id = form_id
UNION ALL
SELECT letter_id, source, 0, first_seen, run_id, NULL FROM rejected_letter
WHERE letter_id IS NOT NULL AND letter_id NOT IN (SELECT form_id FROM {forms} AS form)
QUALIFY row_number() OVER (PARTITION BY letter_id ORDER BY first_seen, run_id, source) = 1
ORDER BY source, letter_id
"""
#: The forms of a version of an earlier program, which knew one of each letter.
ONE_FORM = "(SELECT letter_id AS form_id, source, first_seen, run_id, NULL AS sidecar_id FROM letter)"
#: From the text of another form than plain text its bytes don't follow.
TEXTS = """
SELECT letter_id, text, encoding FROM letter WHERE letter_id IN (SELECT unnest(?)) AND format = 'txt'
"""


class Known(NamedTuple):
    """A file that some run saw: where it lay, bytes of its text (0: none), when, which run, its sidecar.

    The bytes are 1 where its text isn't in the warehouse, as that of a form that is not in use.
    """

    letter_id: str
    source: str
    size: int
    first_seen: datetime
    run_id: str
    sidecar_id: str | None = None


def known_files(connection: duckdb.DuckDBPyConnection) -> list[Known]:
    """Return the files that a version knows, by source."""
    forms = "letter_form" if "letter_form" in relations(connection) else ONE_FORM
    return [Known(*row) for row in connection.execute(KNOWN.format(forms=forms)).fetchall()]


class Reread(NamedTuple):
    """Bytes of letters and of sidecars by letter_id, and what is wrong with the letters not kept whole."""

    contents: dict[str, bytes]
    faults: dict[str, str]
    sidecars: dict[str, bytes]


def letters_to_read_again(place: Place) -> list[Known]:
    """Return the letters of the current version and those set aside whose bytes are kept, by source.

    Raises NotAWarehouseError where there is none, WarehouseError where a newer program made its tables.
    """
    with connect(place.warehouse) as connection:
        require_schema_version(connection, or_older=True)
        known = known_files(connection)
    return [letter for letter in known if letter.size or is_kept(place, letter.letter_id)]


def require_archive(place: Place) -> None:
    """Raise StorageError where the letters had a place of their own, and none that is known lies there now.

    Made anew there, letters would lack what their texts don't tell, and the archive would have a double.
    """
    if place.letters is None:
        return
    try:
        with connect(place.warehouse) as connection:
            forms = "letter_form" if "letter_form" in relations(connection) else ONE_FORM
            known = connection.execute(f"SELECT form_id FROM {forms} AS form LIMIT 1").fetchall()
    except WarehouseError:  # there is no warehouse yet, or it is damaged, which is told elsewhere
        return
    if known and not is_kept(place, known[0][0]) and not kept_ids(place):
        raise StorageError(
            f"{place.letters}: no letter is kept there, though the warehouse knows some: mount it, see to "
            "KAMERCIJFERS_LETTERS, or copy the letters there; what is lost, kamercijfers repair makes anew"
        )


def reread(place: Place, letters: Iterable[Known]) -> Reread:
    """Return the bytes of letters: as kept, or else made from the text and the encoding in the warehouse.

    A letter has a fault where it isn't kept whole, and no bytes where those made from its text aren't the
    ones that it is named after.
    """
    contents, faults, sidecars = {}, {}, {}
    for letter_id, *_, sidecar_id in letters:
        if sidecar_id and (beside := kept_sidecar(place, letter_id, sidecar_id)):
            sidecars[letter_id] = beside
        try:
            contents[letter_id] = kept_letter(place, letter_id)
        except (MissingLetterError, DamagedLetterError) as error:
            faults[letter_id] = str(error)
    return Reread(contents | (_rebuilt(place.warehouse, faults) if faults else {}), faults, sidecars)


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
