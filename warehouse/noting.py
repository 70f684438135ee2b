"""What a run notes of the files of the inbox for the next one: without it all are only hashed again."""

import logging
from pathlib import Path

import polars as pl

from warehouse.files import index_file, private_folder

log = logging.getLogger(__name__)


def keep_index(warehouse: Path, index: pl.DataFrame) -> None:
    """Keep this frame; hold the lock meanwhile. What can't be written is a warning."""
    file = index_file(warehouse)
    try:
        with private_folder(warehouse) as private:
            index.write_parquet(private / file.name)
            (private / file.name).replace(file)
    except OSError as error:
        log.warning("%s: can't be written (%s): the next run hashes all files anew", file, error.strerror)


def kept_index(warehouse: Path) -> pl.DataFrame | None:
    """Return the frame that the run before kept, None where there is none that can be read."""
    try:
        return pl.read_parquet(index_file(warehouse))
    except (OSError, pl.exceptions.PolarsError):
        return None
