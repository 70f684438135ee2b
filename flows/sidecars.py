"""Sidecars of the inbox: which of them tells something new of its letter, and which are to be believed."""

from contextlib import closing

from flows.archives import Archives
from flows.intake import Beside, Found, identified, sidecar_content
from flows.recognising import Index
from transforms.identity import order
from transforms.sidecars import MAX_BYTES, SUFFIX, Sidecar, sidecar
from warehouse.told import Told

#: Where a user finds what a sidecar has to say.
FORM = "docs/operations.md, 'A sidecar by hand'"


def of_file(file: Found, known: Told | None, opened: Archives, index: Index) -> Found:
    """The file with the one sidecar that tells something new of it beside what is `known`, if there is one.

    Of several the newest one counts, and none that is older than the known one. One that is malformed, or of
    other bytes, is passed over with a warning, on the first night.
    """
    if {beside.sidecar_id for beside in file.sidecars} <= {known.sidecar_id if known else None}:
        return file._replace(sidecars=())
    believed = [
        (order(told), beside) for beside in file.sidecars if (told := _told(file, beside, opened, index))
    ]
    for (age, *_), newest in sorted(believed, reverse=True)[:1]:
        if known is None or (newest.sidecar_id != known.sidecar_id and age >= known.age):
            return file._replace(sidecars=(newest,))
    return file._replace(sidecars=())


def _told(file: Found, beside: Beside, opened: Archives, index: Index) -> Sidecar | None:
    try:
        told = sidecar(sidecar_content(beside, opened))
    except OSError as error:
        told = error.strerror or "unreadable"
    else:
        if isinstance(told, str):
            told = f"{told}; its form is in {FORM}"
    if isinstance(told, Sidecar) and told.sha256 != file.letter_id:
        told = "its sha256 is that of other bytes"
    if isinstance(told, Sidecar):
        return told
    index.warn(
        f"{beside.source}: no sidecar of its letter ({told}): the letter is read without it",
        file.letter_id + beside.sidecar_id,
    )
    return None


def with_own(file: Found) -> Found:
    """The file with the sidecar that lies beside it, in its archive or not, where one is believed."""
    file = file if file.member else file._replace(sidecars=_own(file))
    with closing(Archives()) as opened:
        return of_file(file, None, opened, Index())


def _own(file: Found) -> tuple[Beside, ...]:
    path = file.path.with_name(file.path.name + SUFFIX)
    beside = identified(path, file.source + SUFFIX, MAX_BYTES) if path.exists() else None
    return (Beside(beside.source, path, beside.letter_id),) if isinstance(beside, Found) else ()
