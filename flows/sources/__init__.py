"""Where letters come from: each source lists what changed since a day, and fetches one form of a letter.

A source is a module with a `Source` of its own; `opening` gives it by its name.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from flows.harvest_settings import SourceName
from transforms.sidecars import Day, Dossier

#: Forms that letters are read from, the best first.
FORMS = ("xml", "html", "docx", "odt", "pdf")
#: Both sources dedicate what they publish to the public domain.
LICENCE = "CC0-1.0"
#: Longer identifiers and addresses are none, longer texts are cut off; a letter is in fewer dossiers.
LONGEST_NAME, LONGEST_TEXT, MOST_DOSSIERS = 200, 5000, 100


class Form(NamedTuple):
    """A form in which a letter is offered."""

    kind: str  # of FORMS
    url: str
    size: int | None = None  # bytes, where the source tells


class Record(NamedTuple):
    """What a source lists of one letter; identifiers are opaque, None is what it doesn't say."""

    identifier: str
    dossiers: tuple[Dossier, ...]
    date: Day | None
    issued: Day | None
    available: Day | None
    modified: str  # as in transforms.sidecars
    title: str | None
    creator: str | None
    type: str | None
    forms: tuple[Form, ...]  # the best first
    is_letter: bool = True
    withdrawn: bool = False
    metadata: str | None = None  # address of the metadata on its own
    address: str = ""  # by which the source knows it again when it takes it back
    fault: str | None = None  # why this record can't be trusted

    @property
    def day(self) -> Day | None:
        """Day on which it was modified."""
        return Day.fromisoformat(self.modified[:10]) if self.modified else None


class Wanted(NamedTuple):
    """Which letters are wanted of a source."""

    source: SourceName
    dossiers: tuple[str, ...] = ()
    query: str | None = None  # in the language of the source
    all_types: bool = False


class Page(NamedTuple):
    """Records in order of their modification, and how many there are about in all."""

    records: list[Record]
    estimate: int | None


class Fetched(NamedTuple):
    """Bytes of one form, and what is to be said of the letter now."""

    content: bytes
    form: Form
    record: Record


class Source(Protocol):
    """What every source does."""

    def pages(self, since: Day | None) -> Iterator[Page]:
        """Records modified on this day or later, oldest first; raises SourceError."""

    def fetch(self, record: Record) -> Fetched:
        """The best form that there is; raises SourceError, NotThereError where there is none."""


def bounded(record: Record) -> Record:
    """The record with no more of everything than anybody would believe."""
    is_long = len(record.identifier) > LONGEST_NAME
    return record._replace(
        identifier=record.identifier[:LONGEST_NAME],
        dossiers=tuple(
            Dossier(
                one.dossier[:LONGEST_NAME],
                one.chapter and one.chapter[:LONGEST_NAME],
                one.number[:LONGEST_NAME],
            )
            for one in record.dossiers[:MOST_DOSSIERS]
        ),
        title=record.title and record.title[:LONGEST_TEXT],
        creator=record.creator and record.creator[:LONGEST_TEXT],
        type=record.type and record.type[:LONGEST_TEXT],
        forms=tuple(form for form in record.forms if len(form.url) <= LONGEST_TEXT),
        fault=record.fault or ("has an identifier without end" if is_long else None),
    )
