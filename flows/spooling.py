"""What a run has read, kept by batch in storage until it is published: one batch at a time is in memory.

At hand stays what letters are placed by, a row a letter, and what was set aside.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import polars as pl

from flows import batch_store
from flows.errors import UserError
from flows.parcels import Read, packed, unpacked
from flows.reading import nothing_but, rejected_frame
from flows.settings import Settings
from flows.watching import Run
from transforms.extract import Extraction
from warehouse import store


class Tally(NamedTuple):
    """How many letters and claims there are, and whom these credit."""

    letters: int
    claims: int
    credited: frozenset[str]


class Noted(NamedTuple):
    """A batch whose frames are in storage, and what of them is at hand."""

    sent: bytes  # what names it there
    letter_form: pl.DataFrame
    rejected_letter: pl.DataFrame
    tally: Tally
    damaged: list[str]  # letter_id of letters that only their text in the warehouse can give


class Spooled(NamedTuple):
    """Batches that a run has read, and where their frames are."""

    where: str
    batches: list[Noted]

    @property
    def letter_form(self) -> pl.DataFrame:
        """Files that were read as letters (schemas.LETTER_FORM), in the order of the batches."""
        return pl.concat([NOTHING.letter_form, *(batch.letter_form for batch in self.batches)])

    @property
    def rejected_letter(self) -> pl.DataFrame:
        """Files that were set aside (schemas.REJECTED_LETTER)."""
        return pl.concat([NOTHING.rejected_letter, *(batch.rejected_letter for batch in self.batches)])

    @property
    def claims(self) -> int:
        """Claims of all files that were read."""
        return sum(batch.tally.claims for batch in self.batches)

    def with_more(self, more: "Spooled") -> "Spooled":
        """These batches and more of the same run."""
        return self._replace(batches=[*self.batches, *more.batches])


NOTHING = nothing_but(rejected_frame([]))


@contextmanager
def spooling(settings: Settings, run: Run) -> Iterator[str]:
    """Where the batches of this run are put: a place of its own, which is gone in the end.

    It lies in the storage that the settings name, else in a folder beside the warehouse.
    """
    where = f"{settings.batches or store.batches_folder(settings.warehouse)}/{run.run_id}"
    try:
        yield where
    finally:
        batch_store.cleared(where)
        with suppress(OSError):
            store.batches_folder(settings.warehouse).rmdir()


def spooled(where: str, read: Read) -> Noted:
    """Put a batch that was read into storage."""
    return noted(batch_store.put(where, packed(read)), read)


def arrived(where: str, sent: bytes) -> Noted:
    """A batch as a worker sent it: what names it in storage, or its parcel, which is put there.

    Raises OSError where it isn't there, or is no more what was put there.
    """
    parcel = batch_store.fetched(where, sent)
    return noted(sent if sent is not parcel else batch_store.put(where, parcel), unpacked(parcel))


def noted(sent: bytes, read: Read) -> Noted:
    """What stays at hand of a batch that was read."""
    part = read.extraction
    return Noted(sent, part.letter_form, part.rejected_letter, tally(part), read.damaged)


def tally(part: Extraction) -> Tally:
    """Letters and claims of a batch, and whom these credit."""
    credited = part.claim["source"].drop_nulls().unique().str.split(";").explode().str.strip_chars()
    return Tally(part.letter.height, part.claim.height, frozenset(credited))


def extraction(where: str, batch: Noted) -> Extraction:
    """Frames of a batch; raises UserError where they can't be had any more."""
    try:
        return unpacked(batch_store.fetched(where, batch.sent)).extraction
    except OSError as error:
        told = f"{where}: a batch that was read can't be had any more ({error})"
        raise UserError(f"{told}: see to the storage, and run again") from error
