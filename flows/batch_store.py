"""Parcels on their way from who reads to who publishes, through a folder or an object storage, by fsspec.

Whoever has read a batch puts its parcel there under a name that is used once, and sends that name back; the
run fetches it, and removes all that it has there in the end. What a killed run leaves in a storage that the
settings name is for whoever looks after that to remove (a rule of expiry).

When a parcel is whole: in a folder it is written beside and renamed, in object storage a put shows all of it
or nothing, and in fsspec's memory it is one assignment. It needs no fsync: lost, its batch is read again. Its
digest is part of its name, so that bytes which aren't those that were put are found out anywhere.
"""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import fsspec
from fsspec import AbstractFileSystem as Storage

from flows.errors import UserError
from warehouse.shelves import unopened

#: What a name begins with: no parcel begins so, whose first bytes are a length far below 2**56.
MARK = b"parcel at "


def check(where: str) -> None:
    """Raise UserError where nothing can be put there and fetched again."""
    where = f"{where}/{secrets.token_hex(8)}"
    try:
        if fetched(where, put(where, b"trial")) != b"trial":
            raise UserError(f"{where}: gives back other bytes than are put there: name another storage")
    finally:
        cleared(where)


def put(where: str, parcel: bytes) -> bytes:
    """Put a parcel there; return what names it, to be sent back in its place.

    Raises OSError for a fault of a disk or network, UserError for a storage that can't be opened.
    """
    storage, folder = _opened(where)
    name = f"{secrets.token_hex(8)}-{hashlib.sha256(parcel).hexdigest()}.arrow"
    if _is_local(storage):
        _written_in_one_step(Path(folder), name, parcel)
    else:
        _asked(where, lambda: storage.pipe_file(f"{folder}/{name}", parcel))
    return MARK + name.encode()


def fetched(where: str | None, sent: bytes) -> bytes:
    """The parcel that a worker sent, or put into the storage.

    Raises OSError where it isn't there, or is no more what was put there.
    """
    if where is None or not sent.startswith(MARK):
        return sent
    storage, folder = _opened(where)
    name = sent.removeprefix(MARK).decode()
    path = f"{folder}/{name}"
    parcel = bytes(_asked(where, lambda: storage.cat_file(path)))
    if hashlib.sha256(parcel).hexdigest() != name.rpartition("-")[2].removesuffix(".arrow"):
        raise OSError(f"{where}/{name} holds other bytes than were put there")
    return parcel


def cleared(where: str) -> None:
    """Remove what was put there, and the place itself; what stays is nobody's loss."""
    with suppress(Exception):
        storage, folder = _opened(where)
        storage.rm(folder, recursive=True)


def _opened(where: str) -> tuple[Storage, str]:
    try:
        storage, folder = fsspec.url_to_fs(where)
    except (ImportError, ValueError) as error:
        raise UserError(unopened("batches", where, error)) from error
    return storage, str(folder).rstrip("/")


def _is_local(storage: Storage) -> bool:
    return "file" in ((storage.protocol,) if isinstance(storage.protocol, str) else storage.protocol)


def _written_in_one_step(folder: Path, name: str, parcel: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}"
    beside.write_bytes(parcel)
    beside.replace(folder / name)


def _asked(where: str, ask: Callable[[], Any]) -> Any:
    """What the storage answers; its faults, which each library has of its own, as OSError."""
    try:
        return ask()
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{where}: {error}") from error
