"""Sidecars of the inbox: which of them tells something new of its letter, and which are to be believed."""

import logging
from datetime import datetime

from flows.intake import Beside, Found, identified
from transforms.sidecars import MAX_BYTES, SUFFIX, Sidecar, sidecar

log = logging.getLogger(__name__)


def of_file(file: Found, known: str | None) -> Found:
    """The file with the one sidecar that tells something new of it: it isn't the `known` one and is believed.

    Of several the source's newest one counts. One that is malformed, or of other bytes, is passed over with a
    warning.
    """
    if {beside.sidecar_id for beside in file.sidecars} <= {known}:
        return file._replace(sidecars=())
    believed = [(told.order, beside) for beside in file.sidecars if (told := _told(file, beside))]
    newest = max(believed, key=_newest, default=None)
    is_news = newest is not None and newest[1].sidecar_id != known
    return file._replace(sidecars=(newest[1],) if newest and is_news else ())


def _newest(believed: tuple[tuple[str, datetime], Beside]) -> tuple[tuple[str, datetime], str]:
    order, beside = believed
    return order, beside.sidecar_id


def _told(file: Found, beside: Beside) -> Sidecar | None:
    try:
        told = sidecar(beside.path.read_bytes())
    except OSError as error:
        told = error.strerror or "unreadable"
    if isinstance(told, Sidecar) and told.sha256 != file.letter_id:
        told = "its sha256 is that of other bytes"
    if isinstance(told, Sidecar):
        return told
    log.warning("%s: no sidecar of its letter (%s): the letter is read without it", beside.source, told)
    return None


def with_own(file: Found) -> Found:
    """The file with the sidecar that lies beside it, where there is one that is believed."""
    path = file.path.with_name(file.path.name + SUFFIX)
    beside = identified(path, file.source + SUFFIX, MAX_BYTES) if path.exists() else None
    if not isinstance(beside, Found):
        return file
    return of_file(file._replace(sidecars=(Beside(beside.source, path, beside.letter_id),)), None)
