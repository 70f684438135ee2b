"""The letters themselves, kept as they were received beside the warehouse, for a later grammar to read again.

The bytes of a letter lie in `W.letters/ab/cdef….zst`, named after the SHA-256 of what they hold (the
letter_id) and compressed with Zstandard, so that any tool for it reads them. A file is whole and on disk
before it gets its name, and no file is ever written to again. The sidecars of a letter lie beside it, in
`W.letters/ab/cdef….<SHA-256 of the sidecar>.meta.zst`.
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
SIDECAR_ENDING = ".meta.zst"
#: Files that wait for the disk at a time: it writes several together in little more than the time of one.
THREADS = 8


def letter_path(warehouse: Path, letter_id: str) -> Path:
    """Path of a kept letter, which need not be there."""
    return letters_folder(warehouse) / letter_id[:2] / (letter_id[2:] + ENDING)


def sidecar_path(warehouse: Path, letter_id: str, sidecar_id: str) -> Path:
    """Path of a kept sidecar of a letter, which need not be there."""
    return letters_folder(warehouse) / letter_id[:2] / f"{letter_id[2:]}.{sidecar_id}{SIDECAR_ENDING}"


def keep_letters(warehouse: Path, letters: Iterable[tuple[str, bytes]]) -> None:
    """Keep letters given as (letter_id, bytes); when this returns, a crash can't lose them any more.

    One that is there is left alone, unless it is damaged: then it is replaced. Raises OSError where the disk
    can't be written.
    """
    missing = [(letter_id, content) for letter_id, content in letters if not is_kept(warehouse, letter_id)]
    _keep(warehouse, [(letter_path(warehouse, letter_id), content) for letter_id, content in missing])


def keep_sidecars(warehouse: Path, sidecars: Iterable[tuple[str, bytes]]) -> None:
    """Keep sidecars given as (letter_id, bytes), as keep_letters does; those the letter had before stay."""
    named = [(letter_id, hashlib.sha256(content).hexdigest(), content) for letter_id, content in sidecars]
    _keep(
        warehouse,
        [
            (sidecar_path(warehouse, letter_id, sidecar_id), content)
            for letter_id, sidecar_id, content in named
            if kept_sidecar(warehouse, letter_id, sidecar_id) is None
        ],
    )


def _keep(warehouse: Path, missing: list[tuple[Path, bytes]]) -> None:
    """Write what is missing to its paths, each in one step."""
    if not missing:
        return
    top = letters_folder(warehouse)
    top.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(prefix=WRITING_PREFIX, dir=top))
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            for path, written in threads.map(partial(_written, private), missing):
                path.parent.mkdir(exist_ok=True)
                written.replace(path)
            list(threads.map(sync, sorted({path.parent for path, _ in missing})))
        sync(top)
        sync(top.parent)
    finally:
        shutil.rmtree(private, ignore_errors=True)  # what stays is cleared away by the next run that locks


def _written(folder: Path, missing: tuple[Path, bytes]) -> tuple[Path, Path]:
    """Compress what belongs at a path into a file that nobody writes to any more, and that the disk holds."""
    path, content = missing
    file = folder / (path.parent.name + path.name)
    with file.open("xb") as out:
        out.write(pa.compress(content, codec="zstd", asbytes=True))
        out.flush()
        os.fchmod(out.fileno(), 0o444)
        os.fsync(out.fileno())
    return path, file


def kept_sidecar(warehouse: Path, letter_id: str, sidecar_id: str) -> bytes | None:
    """Return the bytes of a kept sidecar; None where it isn't kept whole."""
    try:
        with pa.input_stream(sidecar_path(warehouse, letter_id, sidecar_id), compression="zstd") as stream:
            content = bytes(stream.read())
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sidecar_id else None


def kept_sidecars(warehouse: Path, letter_id: str) -> dict[str, bytes]:
    """Return all kept sidecars of a letter that are whole, by their sidecar_id."""
    folder, start = letters_folder(warehouse) / letter_id[:2], f"{letter_id[2:]}."
    names = sorted(path.name for path in folder.glob(f"{start}*{SIDECAR_ENDING}"))
    ids = [name.removeprefix(start).removesuffix(SIDECAR_ENDING) for name in names]
    found = ((one, kept_sidecar(warehouse, letter_id, one)) for one in ids)
    return {sidecar_id: content for sidecar_id, content in found if content is not None}


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
