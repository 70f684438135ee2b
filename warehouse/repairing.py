"""What is damaged of a warehouse, and what of it can be put right from what is kept.

Whatever is taken for a letter's bytes has the SHA-256 that it is named after, wherever they come from.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb

from warehouse.building import require_schema_version
from warehouse.errors import DamagedLetterError, MissingLetterError, NotAWarehouseError, WarehouseError
from warehouse.files import (
    REPAIR,
    Place,
    Version,
    damaged_folder,
    is_there,
    lead_to,
    link_target,
    private_folder,
    require_link,
    sum_path,
    sync,
    version_number,
    versions,
    versions_folder,
)
from warehouse.keeping import kept_ids, kept_letter, kept_sidecar, letter_name
from warehouse.reading import open_file
from warehouse.rereading import Known, known_files, made_from_texts
from warehouse.shelves import THREADS, shelves
from warehouse.sums import is_unnoted, require_whole, version_fault, write_sum


def note_sums(warehouse: Path) -> list[str]:
    """Note the sums of versions that lack them and can be read whole, as they are; return their names."""
    noted = []
    for version in versions(warehouse):
        if is_unnoted(version.path):
            try:
                require_whole(version.path)
            except WarehouseError:
                continue
            write_sum(version.path)
            noted.append(version.name)
    return noted


def version_faults(warehouse: Path) -> dict[str, str]:
    """What is wrong with each version that isn't whole, by its name, newest first."""
    found = ((version.name, version_fault(version.path)) for version in versions(warehouse))
    return {name: fault for name, fault in found if fault}


def letter_faults(place: Place) -> dict[str, str]:
    """What is wrong with each kept letter that isn't whole, by letter_id, in their order.

    Those of the current version that aren't kept at all are among them, as far as that one can be read.
    """
    wanted = sorted(kept_ids(place) | known_to(place.warehouse).keys())
    with ThreadPoolExecutor(THREADS) as threads:
        faults = threads.map(partial(_letter_fault, place), wanted)
        return {letter_id: fault for letter_id, fault in zip(wanted, faults, strict=True) if fault}


def _letter_fault(place: Place, letter_id: str) -> str | None:
    try:
        kept_letter(place, letter_id)
    except (MissingLetterError, DamagedLetterError) as error:
        return str(error).removesuffix(f"; {REPAIR}")
    return None


def sidecar_faults(place: Place) -> dict[tuple[str, str], str]:
    """What is wrong with sidecars of the current version not kept whole, by letter_id and sidecar_id."""
    known = sorted(known_to(place.warehouse).values())
    return {
        (file.letter_id, file.sidecar_id): f"the sidecar of {file.source} is missing or damaged"
        for file in known
        if file.sidecar_id and kept_sidecar(place, file.letter_id, file.sidecar_id) is None
    }


def known_to(warehouse: Path, version: str | None = None) -> dict[str, Known]:
    """Letters of a version, by default the current one, by letter_id; empty where they can't be read."""
    name = versions_folder(warehouse) / version if version else warehouse
    try:
        with open_file(name) as connection:
            known = known_files(connection)
    except (WarehouseError, duckdb.Error):
        return {}
    return {letter.letter_id: letter for letter in known if letter.size}


def kept_since(place: Place, letter_id: str) -> datetime:
    """When a letter was kept (UTC, without a zone): by then it was known."""
    since = shelves(place).since(letter_name(letter_id))
    return min(since, datetime.now(UTC)).replace(tzinfo=None)


def texts_in_versions(warehouse: Path, letter_ids: Iterable[str]) -> dict[str, bytes]:
    """Bytes of these letters, made from their texts in whatever versions hold them, damaged ones too."""
    missing, found = set(letter_ids), dict[str, bytes]()
    for version in versions(warehouse):
        if not missing:
            break
        try:
            with open_file(version.path) as connection:
                made = made_from_texts(connection, missing)
        except (WarehouseError, duckdb.Error):
            continue
        found |= made
        missing -= made.keys()
    return found


def kept_name(place: Place, letter_id: str) -> str:
    """Name that a kept letter has for people, with whichever folders are those of the warehouse left out."""
    return shelves(place).shown(letter_name(letter_id)).removeprefix(f"{place.warehouse.parent}/")


def set_letter_aside(place: Place, letter_id: str) -> bool:
    """Move a kept letter that is damaged out of the way; return whether there was one."""
    there, name = shelves(place), letter_name(letter_id)
    if name not in there.names(letter_id[:2]):
        return False
    damaged_folder(place.warehouse).mkdir(exist_ok=True)
    there.take_out(name, damaged_folder(place.warehouse))
    return True


def set_version_aside(warehouse: Path, name: str) -> None:
    """Move a version that is damaged out of the way, with its sum."""
    damaged_folder(warehouse).mkdir(exist_ok=True)
    version = versions_folder(warehouse) / name
    for path in (version, sum_path(version)):
        if path.exists():
            path.replace(damaged_folder(warehouse) / path.name)


def current_fault(place: Place, damaged: Iterable[str]) -> str | None:
    """Why the warehouse's name leads to no whole version; None where it does.

    Raises WarehouseError for a name that is no link, NotAWarehouseError where no warehouse is there.
    """
    warehouse = place.warehouse
    link = link_target(warehouse)
    if link is None and not is_there(warehouse):
        if not versions(warehouse) and not kept_ids(place):
            raise NotAWarehouseError(f"there is no warehouse at {warehouse}: check the path")
        return f"{warehouse} is gone"
    require_link(warehouse)
    if link and not (warehouse.parent / link).exists():
        return f"{warehouse} leads to {link}, which is gone"
    return f"{warehouse} leads to a damaged version" if link and link.name in damaged else None


def newest_whole(warehouse: Path, damaged: Iterable[str]) -> Version | None:
    """Version to go back to from a current one that isn't whole; None where there is none.

    The newest of those before it, as later ones may have been rolled back; else the newest of all.
    """
    whole = [v for v in versions(warehouse) if v.name not in set(damaged) and _has_our_tables(v.path)]
    link = link_target(warehouse)
    before = [v for v in whole if link and version_number(v.name) < version_number(link.name)]
    return next(iter([*before, *whole]), None)


def _has_our_tables(version: Path) -> bool:
    try:
        with open_file(version) as connection:
            require_schema_version(connection)
    except WarehouseError:
        return False
    return True


def make_current(warehouse: Path, version: Version) -> None:
    """Let the warehouse's name lead to this version; raises OSError."""
    sync(version.path)
    with private_folder(warehouse) as private:
        lead_to(warehouse, version.path, private)
