"""The letters themselves, kept as they were received beside the warehouse, for a later grammar to read again.

The bytes of a letter lie in `W.letters/ab/cdef….zst`, named after the SHA-256 of what they hold (the
letter_id) and compressed with Zstandard, so that any tool for it reads them. A file is whole and on disk
before it gets its name, and no file is ever written to again. The sidecars of a letter lie beside it, in
`W.letters/ab/cdef….<SHA-256 of the sidecar>.meta.zst`. Where the settings name another folder or a storage of
fsspec, they lie there, under the same names (`shelves`).
"""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa

from warehouse.errors import DamagedLetterError, MissingLetterError, StorageError
from warehouse.files import REPAIR, Place
from warehouse.shelves import THREADS, shelves

ENDING = ".zst"
SIDECAR_ENDING = ".meta.zst"


def letter_name(letter_id: str) -> str:
    """Name of a kept letter on the shelves."""
    return f"{letter_id[:2]}/{letter_id[2:]}{ENDING}"


def sidecar_name(letter_id: str, sidecar_id: str) -> str:
    """Name of a kept sidecar on the shelves."""
    return f"{letter_id[:2]}/{letter_id[2:]}.{sidecar_id}{SIDECAR_ENDING}"


def keep_letters(place: Place, letters: Iterable[tuple[str, bytes]]) -> None:
    """Keep letters given as (letter_id, bytes); when this returns, a crash can't lose them any more.

    One that is there is left alone, unless it is damaged: then it is replaced. Raises OSError where the disk
    can't be written, StorageError where a storage can't be reached.
    """
    given = list(letters)
    with ThreadPoolExecutor(THREADS) as threads:
        there = list(threads.map(lambda letter: is_kept(place, letter[0]), given))
    missing = [letter for letter, is_there in zip(given, there, strict=True) if not is_there]
    _keep(place, [(letter_name(letter_id), content) for letter_id, content in missing])


def keep_sidecars(place: Place, sidecars: Iterable[tuple[str, bytes]]) -> None:
    """Keep sidecars given as (letter_id, bytes), as keep_letters does; those the letter had before stay."""
    named = [(letter_id, hashlib.sha256(content).hexdigest(), content) for letter_id, content in sidecars]
    missing = [
        (sidecar_name(letter_id, sidecar_id), content)
        for letter_id, sidecar_id, content in named
        if kept_sidecar(place, letter_id, sidecar_id) is None
    ]
    _keep(place, missing)


def _keep(place: Place, missing: list[tuple[str, bytes]]) -> None:
    packed = [(name, pa.compress(content, codec="zstd", asbytes=True)) for name, content in missing]
    shelves(place).put(packed)


def _unpacked(packed: bytes) -> bytes:
    """What was compressed; raises OSError for what wasn't."""
    with pa.input_stream(pa.BufferReader(packed), compression="zstd") as stream:
        return bytes(stream.read())


def kept_sidecar(place: Place, letter_id: str, sidecar_id: str) -> bytes | None:
    """Return the bytes of a kept sidecar; None where it isn't kept whole."""
    try:
        content = _unpacked(shelves(place).read(sidecar_name(letter_id, sidecar_id)))
    except StorageError:
        raise
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sidecar_id else None


def kept_sidecars(place: Place, letter_id: str) -> dict[str, bytes]:
    """Return all kept sidecars of a letter that are whole, by their sidecar_id."""
    folder, start = letter_id[:2], f"{letter_id[:2]}/{letter_id[2:]}."
    names = shelves(place).names(folder)
    ids = [
        name.removeprefix(start).removesuffix(SIDECAR_ENDING)
        for name in names
        if name.startswith(start) and name.endswith(SIDECAR_ENDING)
    ]
    found = ((one, kept_sidecar(place, letter_id, one)) for one in ids)
    return {sidecar_id: content for sidecar_id, content in found if content is not None}


def is_kept(place: Place, letter_id: str) -> bool:
    """Whether a letter is kept whole."""
    try:
        kept_letter(place, letter_id)
    except (MissingLetterError, DamagedLetterError):
        return False
    return True


def kept_letter(place: Place, letter_id: str) -> bytes:
    """Return the bytes of a letter, which are those it is named after.

    Raises MissingLetterError where it isn't kept, DamagedLetterError where its file holds something else,
    StorageError where a storage can't be reached.
    """
    there = shelves(place)
    path = there.shown(letter_name(letter_id))
    try:
        content = _unpacked(there.read(letter_name(letter_id)))
    except StorageError:
        raise
    except FileNotFoundError:
        raise MissingLetterError(f"the letter {letter_id} is missing: {path} is gone; {REPAIR}") from None
    except OSError as error:
        raise DamagedLetterError(
            f"the letter {letter_id} is damaged: {path} can't be read ({error}); {REPAIR}"
        ) from None
    if hashlib.sha256(content).hexdigest() != letter_id:
        raise DamagedLetterError(f"the letter {letter_id} is damaged: {path} holds other bytes; {REPAIR}")
    return content


def kept_ids(place: Place) -> set[str]:
    """Letter_ids of all kept letters, whole or not."""
    names = (name for name in shelves(place).names() if name.endswith(ENDING))
    found = (name.replace("/", "", 1).removesuffix(ENDING) for name in names)
    return {name for name in found if "." not in name}  # one with a point is a sidecar


def require_letters(place: Place) -> None:
    """Raise StorageError where letters can't be kept."""
    shelves(place).check()
