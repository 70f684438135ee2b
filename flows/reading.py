"""Batches of letters to frames: whatever letter can't be read is set aside, the others go on."""

import logging
from collections.abc import Callable, Iterable
from math import inf

import polars as pl
from polars.exceptions import PanicException

from flows.cleaning import clean
from flows.intake import Rejection
from flows.limits import LIMITS, over
from transforms import letters, schemas
from transforms.extract import EXTRACTOR_VERSION, Extraction, extract
from transforms.vocabulary import VocabularyError

log = logging.getLogger(__name__)

MAX_DETAIL = 300  # characters

STEP = "extract"


def read(
    files: pl.DataFrame,
    unreadable: list[Rejection],
    *,
    extract_files: Callable[[pl.DataFrame], Extraction] | None = None,
    keep: Callable[[pl.DataFrame], None] | None = None,
) -> Extraction:
    """Frames of a batch of letters (schemas.FILE); what fails is set aside, as what is unreadable was.

    `extract_files` does what `extracted` does; `keep` is given the files that were read as letters, each with
    the sidecar that was believed. Raises OSError for a fault in keeping.
    """
    part = (extract_files or extracted)(files)
    if keep:
        forms = part.letter_form.select("sidecar_id", letter_id="form_id")
        were_read = files.join(forms, on="letter_id", how="inner", maintain_order="left")
        keep(were_read.with_columns(sidecar=pl.when(pl.col("sidecar_id").is_not_null()).then("sidecar")))
    return part._replace(rejected_letter=pl.concat([part.rejected_letter, rejected_frame(unreadable)]))


def extracted(
    files: pl.DataFrame, before: Callable[[str], None] | None = None, max_claims: int = LIMITS.claims
) -> Extraction:
    """extract(files, before), but a letter on which it fails is set aside alone, found by halving the batch.

    One with more claims than `max_claims` is set aside too.
    """
    if files.is_empty():
        return nothing_but(rejected_frame([]))
    try:
        return within(max_claims, sound(extract(files, before)))
    except VocabularyError:  # no letter's fault: all would fail, and be passed over from now on
        raise
    except (Exception, PanicException) as error:
        if files.height == 1:
            log.debug("extract failed", exc_info=True)
            return nothing_but(failed(files, error))
        middle = files.height // 2
        halves = files[:middle], files[middle:]
        return gathered([extracted(half, before, max_claims) for half in halves])


def sound(part: Extraction) -> Extraction:
    """Extraction of which the tables take every row: with one that they don't, nobody's letter is published.

    Raises ValueError.
    """
    texts = dict(part.letter.select("letter_id", "text").iter_rows())
    columns = "letter_id", "char_start", "char_end", "quote"
    for frame in (part.claim, part.letter_reference):
        for letter_id, start, end, quote in frame.select(columns).iter_rows():
            if not quote or texts[letter_id][start:end] != quote:
                raise ValueError(f"the quote {quote!r} doesn't stand at {start}")
    for quote, low, high in part.claim.select("quote", "value", "value_high").iter_rows():
        if not 0 <= low < inf or not (high is None or low < high < inf):
            raise ValueError(f"{quote!r} is read as {low} to {high}")
    for frame, key in ((part.claim, "claim_id"), (part.letter_reference, "reference_id")):
        if frame[key].n_unique() < frame.height:
            raise ValueError(f"a {key} stands twice")
    return part


def within(max_claims: int, part: Extraction) -> Extraction:
    """Extraction whose letters with more claims are set aside."""
    if part.claim.height <= max_claims:
        return part
    found = part.claim.group_by("letter_id").len("claims").filter(pl.col("claims") > max_claims)
    large = part.letter.select("letter_id", "source").join(found, on="letter_id", maintain_order="left")
    refused = [
        Rejection(source, letter_id, STEP, "too_many_claims", over(f"{claims} claims", f"{max_claims}"))
        for letter_id, source, claims in large.iter_rows()
    ]
    kept = {
        name: getattr(part, name).join(large, on="letter_id", how="anti", maintain_order="left")
        for name in ("letter", "claim", "letter_reference")
    }
    forms = part.letter_form.join(
        large, left_on="form_id", right_on="letter_id", how="anti", maintain_order="left"
    )
    rejected = pl.concat([part.rejected_letter, rejected_frame(refused)])
    return Extraction(**kept, rejected_letter=rejected, letter_form=forms)


def failed(files: pl.DataFrame, error: BaseException) -> pl.DataFrame:
    """Rejection of the one letter in the frame, with the error in one line."""
    detail = clean(" ".join(f"{type(error).__name__}: {error}".split()))[:MAX_DETAIL]
    return rejected_frame([Rejection(files["source"][0], files["letter_id"][0], STEP, "failed", detail)])


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
        letter_form=schemas.LETTER_FORM.to_frame(),
    )


def gathered(parts: Iterable[Extraction]) -> Extraction:
    """Parts put together, in their order."""
    whole = [nothing_but(rejected_frame([])), *parts]
    return Extraction(*(pl.concat(frames) for frames in zip(*whole, strict=True)))
