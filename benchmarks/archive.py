"""`python -m benchmarks.archive`: what a night of new letters costs upon an archive of so many.

The archive grows in nights by copies of letters that were read once, each with a line of its own, so that it
is another letter. Only reading is spared: files, hashes, placing, build, checks and publishing are a run's
own. Upon each size of --letters a night of --new letters is run whole, in a process of its own, and then one
of none. But for the first, copies aren't kept beside the warehouse, which no night asks for.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks.letters import composed, files
from benchmarks.night import MB, version, write
from benchmarks.scale import rows_of, run_night
from benchmarks.telling import Row, tell
from flows import pipeline, reporting
from flows.batching import keep_files, read_here
from flows.finding import found
from flows.intake import Found
from flows.parcels import Read
from flows.publishing import publish
from flows.readers import Readers
from flows.settings import Settings
from flows.spooling import spooling
from transforms.extract import Extraction, extract
from transforms.identity import words_of
from transforms.letters import short_hash

#: What the nights are given that are measured: letters beyond all those that are copied.
FRESH = 1_000_000
MODELS = 5000  # letters that are read
STEP = 50_000  # copies of a night
WAREHOUSE = "w.duckdb"


def main() -> int:
    """Run the bench."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        rows = results(Path(folder), sorted(options.letters), options.new)
        tell(rows, {"letters": options.letters, "new": options.new}, options.json)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument(
        "--letters", type=int, nargs="+", default=[10_000, 100_000], help="default: %(default)s"
    )
    parser.add_argument("--new", type=int, default=1000, help="letters of the night, default: %(default)s")
    parser.add_argument("--folder", type=Path, help="where it all is made, and removed afterwards")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results, for programs")
    return parser.parse_args()


def results(folder: Path, sizes: list[int], new: int) -> Iterator[Row]:
    """Every measurement, in the order in which they are made."""
    yield Row("load before", os.getloadavg()[0], "processes", "near nought, or two cores can't show")
    copies = Copies(folder, min(MODELS, sizes[-1]))
    for number, size in enumerate(sizes):
        yield from copies.grow(size)
        write(copies.inbox, range(FRESH + number * new, FRESH + (number + 1) * new))
        for letters in (new, 0):
            night = run_night(folder, Path(WAREHOUSE).stem, ["--inline"])
            yield from rows_of(f"{letters:,} letters upon {size:,}", night, letters)
        if made := version(folder):
            yield Row(f"{size:,} letters: version", made.stat().st_size / MB, "MB", made.name)


class Copies:
    """Letters that were read, and an archive that grows by copies of them."""

    def __init__(self, folder: Path, models: int) -> None:
        self.inbox, self._folder, self._there = folder / "inbox", folder, 0
        self._texts = [composed(number).text for number in range(models)]
        self._read = extract(files(range(models)))
        self._model_ids = self._read.letter["letter_id"].to_list()

    def grow(self, size: int) -> Iterator[Row]:
        """Add copies until the archive has so many letters."""
        while self._there < size:
            more = min(STEP, size - self._there)
            self.write(range(self._there, self._there + more))
            began, before = time.perf_counter(), time.process_time()
            self._publish()
            self._there += more
            took = f"{time.perf_counter() - began:.1f} s by the clock"
            yield Row(
                f"{self._there:,} letters: added {more:,}",
                time.process_time() - before,
                "s of processors",
                took,
            )

    def write(self, numbers: range) -> None:
        """Put the copies of these numbers into the inbox."""
        self.inbox.mkdir(exist_ok=True)
        for number in numbers:
            name = f"copy-{number:08}.txt"
            (self.inbox / name).write_text(self._text(number), "utf-8", newline="")

    def _text(self, number: int) -> str:
        return f"{self._texts[number % len(self._texts)]}\nExemplaar {number}\n"

    def _publish(self) -> None:
        settings = Settings(
            inbox=self.inbox, warehouse=self._folder / WAREHOUSE, workers=1, batch_size=1000, keep_versions=1
        )
        with reporting.watched(settings, "nightly", "inline") as course, pipeline.locked(settings):
            todo = found(settings)
            with spooling(settings, course.run) as where:
                publish(settings, todo, read_here(settings, where, todo.batches, self.copied), course.run)

    def copied(self, settings: Settings, batch: list[Found], _: Readers) -> Read:
        """What reading these files would give: what the letter gave that each is a copy of."""
        numbers = [int(file.source.removesuffix(".txt").rpartition("-")[2]) for file in batch]
        texts = [self._text(number) for number in numbers]
        if 0 in numbers:
            kept = [(batch[0].letter_id, batch[0].source, texts[0].encode(), None)]
            keep_files(
                settings,
                pl.DataFrame(kept, schema=["letter_id", "source", "content", "sidecar"], orient="row"),
            )
        copies = pl.DataFrame(
            {
                "of": [self._model_ids[number % len(self._model_ids)] for number in numbers],
                "copy": [file.letter_id for file in batch],
                "its_source": [file.source for file in batch],
                "its_text": texts,
                "its_words": [words_of(text) for text in texts],
            }
        )
        return Read(_renamed(self._read, copies), [])


def _renamed(read: Extraction, copies: pl.DataFrame) -> Extraction:
    """The rows of letters once for each copy, with its ids, its text and its place in the inbox."""
    letter = _of_copies(read.letter, copies, "letter_id").with_columns(source="its_source", text="its_text")
    form = _of_copies(read.letter_form, copies, "form_id").with_columns(
        source="its_source", words="its_words"
    )
    claim = _of_copies(read.claim, copies, "letter_id")
    reference = _of_copies(read.letter_reference, copies, "letter_id")
    return Extraction(
        letter.select(read.letter.columns),
        _with_id(claim, "claim_id", ("letter_id", "char_start", "char_end", "kind", "value")).select(
            read.claim.columns
        ),
        _with_id(
            reference, "reference_id", ("letter_id", "char_start", "char_end", "dossier", "number")
        ).select(read.letter_reference.columns),
        read.rejected_letter.clear(),
        form.select(read.letter_form.columns),
    )


def _of_copies(frame: pl.DataFrame, copies: pl.DataFrame, key: str) -> pl.DataFrame:
    joined = copies.join(frame, left_on="of", right_on=key, how="inner", maintain_order="left_right")
    return joined.with_columns(pl.col("copy").alias(key))


def _with_id(frame: pl.DataFrame, name: str, parts: tuple[str, ...]) -> pl.DataFrame:
    ids = [short_hash(*row) for row in frame.select(parts).iter_rows()]
    return frame.with_columns(pl.Series(name, ids, dtype=pl.String))


if __name__ == "__main__":
    sys.exit(main())
