"""The letters themselves, kept as they were received beside the warehouse, for a later grammar to read again.

The bytes of a letter lie in `W.letters/ab/cdef….zst`, named after the SHA-256 of what they hold (the
letter_id) and compressed with Zstandard, so that any tool for it reads them. A file is whole and on disk
before it gets its name, and no file is ever written to again.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pyarrow as pa

from warehouse.errors import DamagedLetterError, MissingLetterError
from warehouse.files import REPAIR, WRITING_PREFIX, letters_folder, sync

ENDING = ".zst"
#: Files that wait for the disk at a time: it writes several together in little more than the time of one.
THREADS = 8


def letter_path(warehouse: Path, letter_id: str) -> Path:
    """Path of a kept letter, which need not be there."""
    return letters_folder(warehouse) / letter_id[:2] / (letter_id[2:] + ENDING)


def keep_letters(warehouse: Path, letters: Iterable[tuple[str, bytes]]) -> None:
    """Keep letters given as (letter_id, bytes); when this returns, a crash can't lose them any more.

    One that is there is left alone, unless it is damaged: then it is replaced. Raises OSError where the disk
    can't be written.
    """
    missing = [(letter_id, content) for letter_id, content in letters if not is_kept(warehouse, letter_id)]
    if not missing:
        return
    top = letters_folder(warehouse)
    top.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(prefix=WRITING_PREFIX, dir=top))
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            for written in threads.map(partial(_written, private), missing):
                path = letter_path(warehouse, written.name)
                path.parent.mkdir(exist_ok=True)
                written.replace(path)
            folders = {letter_path(warehouse, letter_id).parent for letter_id, _ in missing}
            list(threads.map(sync, sorted(folders)))
        sync(top)
        sync(top.parent)
    finally:
        shutil.rmtree(private, ignore_errors=True)  # what stays is cleared away by the next run that locks


def _written(folder: Path, letter: tuple[str, bytes]) -> Path:
    """Compress a letter into a file that nobody writes to any more, and that the disk holds."""
    letter_id, content = letter
    file = folder / letter_id
    with file.open("xb") as out:
        out.write(pa.compress(content, codec="zstd", asbytes=True))
        out.flush()
        os.fchmod(out.fileno(), 0o444)
        os.fsync(out.fileno())
    return file


def is_kept(warehouse: Path, letter_id: str) -> bool:
    """Whether a letter is kept whole."""
    try:
        kept_letter(warehouse, letter_id)
    except (MissingLetterError, DamagedLetterError):
        return False
    return True


def kept_letter(warehouse: Path, letter_id: str) -> bytes:
    """Return the bytes of a letter, which are those it is named after.

    Raises MissingLetterError where it isn't kept, DamagedLetterError where its file holds something else.
    """
    path = letter_path(warehouse, letter_id)
    try:
        with pa.input_stream(path, compression="zstd") as stream:
            content = bytes(stream.read())
    except FileNotFoundError:
        raise MissingLetterError(f"the letter {letter_id} is missing: {path} is gone; {REPAIR}") from None
    except OSError as error:
        raise DamagedLetterError(
            f"the letter {letter_id} is damaged: {path} can't be read ({error}); {REPAIR}"
        ) from None
    if hashlib.sha256(content).hexdigest() != letter_id:
        raise DamagedLetterError(f"the letter {letter_id} is damaged: {path} holds other bytes; {REPAIR}")
    return content
