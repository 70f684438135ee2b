"""Batches of letters to frames: whatever letter can't be read is set aside, the others go on."""

import logging
from collections.abc import Callable, Iterable

import polars as pl
from polars.exceptions import PanicException

from flows import progress
from flows.intake import Rejection
from transforms import letters, schemas
from transforms.extract import EXTRACTOR_VERSION, Extraction, extract
from transforms.vocabulary import VocabularyError

log = logging.getLogger(__name__)

MAX_DETAIL = 300  # characters


def read(
    files: pl.DataFrame,
    unreadable: list[Rejection],
    *,
    extract_files: Callable[[pl.DataFrame], Extraction] | None = None,
    keep: Callable[[Iterable[tuple[str, bytes]]], None] | None = None,
) -> Extraction:
    """Frames of a batch of letters (schemas.FILE); what fails is set aside, as what is unreadable was.

    `extract_files` does what `extracted` does; `keep` is given the id and the bytes of each letter that was
    read. Raises OSError for a fault in keeping.
    """
    part = (extract_files or extracted)(files)
    if keep:
        were_read = files.join(part.letter, on="letter_id", how="semi")
        keep(were_read.select("letter_id", "content").iter_rows())
    part = part._replace(rejected_letter=pl.concat([part.rejected_letter, rejected_frame(unreadable)]))
    for source, reason, detail in part.rejected_letter.select("source", "reason", "detail").iter_rows():
        log.warning("%s: set aside as %s (%s)", source, reason, detail)
    progress.advance(files.height + len(unreadable), part.claim.height)
    return part


def extracted(files: pl.DataFrame) -> Extraction:
    """extract(files), but a letter on which it fails is set aside alone, found by halving the batch."""
    if files.is_empty():
        return nothing_but(rejected_frame([]))
    try:
        return extract(files)
    except VocabularyError:  # no letter's fault: all would fail, and be passed over from now on
        raise
    except (Exception, PanicException) as error:
        if files.height == 1:
            log.debug("extract failed", exc_info=True)
            return nothing_but(failed(files, error))
        middle = files.height // 2
        return gathered([extracted(files[:middle]), extracted(files[middle:])])


def failed(files: pl.DataFrame, error: BaseException) -> pl.DataFrame:
    """Rejection of the one letter in the frame, with the error in one line."""
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:MAX_DETAIL]
    return rejected_frame([Rejection(files["source"][0], files["letter_id"][0], "extract", "failed", detail)])


def rejected_frame(rejections: Iterable[Rejection]) -> pl.DataFrame:
    """Rejections as rows of schemas.REJECTED_LETTER."""
    return letters.rejected(rejections, EXTRACTOR_VERSION)


def nothing_but(rejected: pl.DataFrame) -> Extraction:
    """Make an extraction without letters."""
    return Extraction(
        letter=schemas.LETTER.to_frame(),
        claim=schemas.CLAIM.to_frame(),
        letter_reference=schemas.LETTER_REFERENCE.to_frame(),
        rejected_letter=rejected,
    )


def gathered(parts: Iterable[Extraction]) -> Extraction:
    """Parts put together, in their order."""
    whole = [nothing_but(rejected_frame([])), *parts]
    return Extraction(*(pl.concat(frames) for frames in zip(*whole, strict=True)))
