"""The claims of files, without a warehouse: what `kamercijfers extract` prints.

Neither Prefect nor DuckDB nor the settings are imported here: one letter is to be read in no time.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from flows.errors import UserError
from flows.intake import (
    MAX_LETTER_BYTES,
    Found,
    Rejection,
    batches,
    contents,
    identified,
    letter_paths,
    source_name,
)
from flows.reading import extracted
from transforms.schemas import CLAIM_FIELDS

BATCH_LETTERS = 500
BATCH_BYTES = 64 * 1024 * 1024


def claim_rows(
    paths: Iterable[Path], set_aside: Callable[[str, str, str | None], None]
) -> Iterator[tuple[Any, ...]]:
    """Claims of the files, and of all letters in the folders, as rows of CLAIM_FIELDS.

    They come in order of the files and of their place in the letter. For each file that can't be read
    set_aside(name, reason, detail) is called.
    """
    found = []
    for name, path in named_files(paths, set_aside):
        file = identified(path, name, MAX_LETTER_BYTES)
        if isinstance(file, Rejection):
            set_aside(str(path), file.reason, file.detail)
        else:
            found.append(file)
    for batch in batches(found, BATCH_LETTERS, BATCH_BYTES):
        yield from _claims(batch, set_aside)


def named_files(
    paths: Iterable[Path], set_aside: Callable[[str, str, str | None], None]
) -> Iterator[tuple[str, Path]]:
    """Files with the name their claims bear: their own, or their path below the folder that was named."""
    for path in paths:
        try:
            if path.is_dir():
                yield from ((source_name(file, path), file) for file in letter_paths(path))
            else:
                yield source_name(path, path.parent), path
        except UserError as error:
            set_aside(str(path), "unreadable", str(error))


def _claims(
    batch: list[Found], set_aside: Callable[[str, str, str | None], None]
) -> Iterator[tuple[Any, ...]]:
    files, unreadable = contents(batch)
    for file in unreadable:
        set_aside(file.source, file.reason, file.detail)
    # The same letter under two names is read once and printed twice.
    part = extracted(files.unique("letter_id", keep="first", maintain_order=True))
    names = files.select("letter_id", letter="source").with_row_index("order")
    rejected = names.join(part.rejected_letter, on="letter_id").sort("order")
    for row in rejected.select("letter", "reason", "detail").iter_rows():
        set_aside(*row)
    claims = names.join(part.claim, on="letter_id").sort("order", "char_start", "char_end", "claim_id")
    yield from claims.rename({"char_start": "start", "char_end": "end"}).select(CLAIM_FIELDS).iter_rows()
