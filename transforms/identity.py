"""Which letter a file holds: what its source, its form and its heading say of it, put together.

What the source says counts before what the form says, and that before the heading. A source's title and
creator stand in only where the letter has no subject or sender of its own: they name a dossier or a house. A
subject of its own counts before the title of its dossier, whoever says it.
"""

import hashlib
import re
from datetime import date, datetime
from typing import NamedTuple

from transforms.headings import Heading, identifier_in, own_subject, warnings_of
from transforms.received import Facts
from transforms.sidecars import Sidecar

NOTHING = Facts()


class Origin(NamedTuple):
    """Where a file came from, as its sidecar tells; None, and not withdrawn, where it has none.

    `modified` is when the source last issued this text; it is comparable within one provider only.
    """

    provider: str | None = None
    source_url: str | None = None
    licence: str | None = None
    retrieved_at: datetime | None = None  # UTC
    modified: datetime | None = None  # UTC
    withdrawn_on: date | None = None


def facts(heading: Heading, source: str, form: Facts = NOTHING, sidecar: Sidecar | None = None) -> Heading:
    """The heading of the letter in the file `source`, with what its form and its sidecar know better."""
    told = _told(sidecar) if sidecar else NOTHING
    dossiers = tuple(told.dossiers or form.dossiers or heading.dossiers)
    number = told.number or form.number or heading.number
    name = identifier_in(source, dossiers, number)
    own = heading.subject if heading.subject != heading.series else None
    series = form.series or heading.series or told.series
    known = heading._replace(
        identifier=_spelled(told.identifier) or _spelled(form.identifier) or name or heading.identifier,
        dossiers=dossiers,
        number=number,
        letter_date=told.letter_date or form.letter_date or heading.letter_date,
        sender=form.sender or heading.sender or told.sender,
        signatory=form.signatory or heading.signatory,
        addressee=form.addressee or heading.addressee,
        subject=form.subject or own or told.subject or series,
        series=series,
    )
    return known._replace(warnings=warnings_of(known))


def _told(sidecar: Sidecar) -> Facts:
    first = sidecar.dossiers[0] if sidecar.dossiers else None
    return Facts(
        identifier=sidecar.identifier,
        dossiers=tuple(dict.fromkeys(dossier.name for dossier in sidecar.dossiers)),
        number=(first.number if first else None) or None,
        letter_date=sidecar.date,
        sender=_one_line(sidecar.creator),
        subject=own_subject(_one_line(sidecar.title) or ""),
        series=_one_line(sidecar.title),
    )


def _spelled(identifier: str | None) -> str | None:
    """An identifier without the space around it; its letters are the source's own."""
    return (identifier or "").strip() or None


def _one_line(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text or "").strip() or None


def origin(sidecar: Sidecar | None) -> Origin:
    """Where a file came from, by its sidecar; it was withdrawn by the day on which that was told."""
    if sidecar is None:
        return Origin()
    return Origin(
        provider=sidecar.source,
        source_url=sidecar.source_url or None,
        licence=sidecar.licence or None,
        retrieved_at=sidecar.retrieved_at,
        modified=_modified(sidecar),
        withdrawn_on=sidecar.retrieved_at.date() if sidecar.withdrawn else None,
    )


def order(sidecar: Sidecar) -> tuple[tuple[datetime, datetime], bool, int]:
    """What sorts sidecars of a file, the newest last: when its source issued and told it, what it adds."""
    age = _modified(sidecar) or datetime.min, sidecar.retrieved_at  # noqa: DTZ901 - before all, without a zone
    return age, sidecar.withdrawn, len(sidecar.dossiers)


def _modified(sidecar: Sidecar) -> datetime | None:
    return datetime.fromisoformat(sidecar.modified).replace(tzinfo=None) if sidecar.modified else None


def words_of(text: str) -> str:
    """What is the same for texts of the same words, however they are spaced: 128 bits in hex."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:32]
