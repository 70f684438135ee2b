"""The claims of files, without a warehouse: what `kamercijfers extract` prints.

Neither Prefect nor DuckDB nor the settings are imported here: one letter is to be read in no time.
"""

import atexit
import gc
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from flows import sidecars
from flows.ending import DONE, FAILED
from flows.errors import UserError
from flows.intake import Found, Rejection, batches, contents, found_in
from flows.layouts import print_explanation
from flows.limits import MAX_LETTER_BYTES
from flows.printing import Format, print_rows
from flows.reading import extracted
from flows.saying import say
from flows.walking import LET_READ, Closed, letter_paths, source_name
from transforms.extract import Extraction
from transforms.schemas import CLAIM_FIELDS, EXPLANATION

#: The path that stands for standard input.
STDIN = Path("-")

#: Told of a file that can't be read: its name, the reason, details.
SetAside = Callable[[str, str, str | None], None]

BATCH_LETTERS = 500


def print_claims(paths: list[Path], form: Format, *, explain: bool = False) -> int:
    """Print the claims of letters, or how each sentence was read.

    A file that can't be read is said, and the others are printed still.
    """
    # What start-up made stays; the patterns that are compiled next stay too.
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()
    rejected = []

    def set_aside(name: str, reason: str, detail: str | None) -> None:
        rejected.append(name)
        say(f"{name}: {reason} ({detail})")

    if not explain:
        rows = claim_rows(paths, set_aside)
        if form != "table":
            print_rows(CLAIM_FIELDS, rows, form)
        elif (listed := list(rows)) or not rejected:
            print_rows(CLAIM_FIELDS, listed, form)
    elif form == "table":
        print_explanation(explanation_rows(paths, set_aside))
    else:
        print_rows(tuple(EXPLANATION), explanation_rows(paths, set_aside), form)
    return FAILED if rejected else DONE


def claim_rows(paths: Iterable[Path], set_aside: SetAside) -> Iterator[tuple[Any, ...]]:
    """Claims of the files, and of all letters in the folders, as rows of CLAIM_FIELDS.

    They come in order of the files and of their place in the letter. For each file that can't be read
    set_aside(name, reason, detail) is called.
    """
    for batch in letter_batches(named_files(paths, set_aside), set_aside):
        names, part = named_extraction(batch, set_aside)
        yield from named_claims(names, part).select(CLAIM_FIELDS).iter_rows()


def explanation_rows(paths: Iterable[Path], set_aside: SetAside) -> Iterator[tuple[Any, ...]]:
    """How each sentence of the files was read, as rows of schemas.EXPLANATION, in their order."""
    from transforms.explain import explained

    for batch in letter_batches(named_files(paths, set_aside), set_aside):
        files, unreadable = contents(batch)
        for file in unreadable:
            set_aside(file.source, file.reason, file.detail)
        rejected = extracted(files).rejected_letter
        for row in rejected.select("source", "reason", "detail").iter_rows():
            set_aside(*row)
        good = files.join(rejected, on="letter_id", how="anti", maintain_order="left")
        yield from explained(good).iter_rows()


def named_files(paths: Iterable[Path], set_aside: SetAside) -> Iterator[tuple[str, Path]]:
    """Files with the name their claims bear: their own, or their path below the folder that was named.

    What comes from standard input (`-`) is a letter of that name.
    """
    for path in paths:
        try:
            if path == STDIN:
                yield "-", _kept(sys.stdin.buffer)
            elif path.is_dir():
                closed: list[Closed] = []
                files = letter_paths(path, closed=closed)
                for folder, error in closed:
                    set_aside(
                        source_name(folder, path), "unreadable", f"a folder: {error.strerror}; {LET_READ}"
                    )
                if not files and not closed:
                    set_aside(str(path), "empty", "no letter in this folder")
                yield from ((source_name(file, path), file) for file in files)
            else:
                yield source_name(path, path.parent), path
        except UserError as error:
            set_aside(str(path), "unreadable", str(error))


def _kept(stream: BinaryIO) -> Path:
    """A file with all that the stream holds, for as long as the program runs."""
    folder = Path(tempfile.mkdtemp(prefix="kamercijfers-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with (folder / "stdin").open("wb") as out:
        shutil.copyfileobj(stream, out)
    return folder / "stdin"


def letter_batches(named: Iterable[tuple[str, Path]], set_aside: SetAside) -> list[list[Found]]:
    """Batches of the named files that can be read as letters."""
    found = []
    for name, path in named:
        for file in found_in(path, name, MAX_LETTER_BYTES):
            if isinstance(file, Rejection):
                inside = file.source.removeprefix(name)
                set_aside(f"{path}{inside}", file.reason, file.detail)
            else:
                found.append(sidecars.with_own(file))
    return batches(found, BATCH_LETTERS)


def named_extraction(batch: list[Found], set_aside: SetAside) -> tuple[pl.DataFrame, Extraction]:
    """Extraction of a batch, and the names (letter, in order) under which each letter_id was found."""
    files, unreadable = contents(batch)
    for file in unreadable:
        set_aside(file.source, file.reason, file.detail)
    # The same letter under two names is read once and printed twice.
    part = extracted(files.unique("letter_id", keep="first", maintain_order=True))
    names = files.select("letter_id", letter="source").with_row_index("order")
    rejected = names.join(part.rejected_letter, on="letter_id").sort("order")
    for row in rejected.select("letter", "reason", "detail").iter_rows():
        set_aside(*row)
    return names, part


def named_claims(names: pl.DataFrame, part: Extraction) -> pl.DataFrame:
    """Claims under every name of their letter, with `start` and `end`, in order."""
    claims = names.join(part.claim, on="letter_id").sort("order", "char_start", "char_end", "claim_id")
    return claims.rename({"char_start": "start", "char_end": "end"})
