"""Letters read in processes of their own: the same frames, and no letter lost with a process."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from small_letters import inbox_of, letter

from flows import pipeline, readers
from flows.errors import UserError
from flows.readers import Readers, wanted
from flows.reading import extracted
from flows.settings import settings
from transforms import schemas
from transforms.letters import letter_id


@pytest.fixture
def two() -> Iterator[Readers]:
    made = Readers(2)
    yield made
    made.close()


def files(*texts: str) -> pl.DataFrame:
    rows = [(letter_id(text.encode()), f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    return pl.DataFrame(rows, schema=schemas.FILE, orient="row")


def test_processes_give_what_this_one_gives(two: Readers) -> None:
    batch = files(letter(1), "", letter(2))
    with two.free() as extract:
        found = extract(batch)
    for frame, expected in zip(found, extracted(batch), strict=True):
        assert_frame_equal(frame, expected)


def test_each_batch_has_a_process_to_itself(two: Readers) -> None:
    with two.free() as one, two.free() as other:
        assert one(files(letter(1))).letter.height == other(files(letter(2))).letter.height == 1
        pids = {seat._reader._process.pid for seat in two._seats if seat._reader}
    assert len(pids) == 2
    assert os.getpid() not in pids


FAULTY = """
import os, signal, sys, time
from flows import readers

def extracted(files):
    for content in files["content"]:
        if b"dies" in content:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"hangs" in content:
            time.sleep(600)
    return readers_extracted(files)

readers_extracted, readers.extracted = readers.extracted, extracted
readers._serve(readers.Connection(int(sys.argv[1])))
"""


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that die or hang on letters that say so."""
    (tmp_path / "faulty_reader.py").write_text(FAULTY)
    monkeypatch.setattr(readers, "MODULE", "faulty_reader")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # A letter that is read has time, on a busy machine too; one of a word has not.
    monkeypatch.setattr(readers, "LEAST_SECONDS", 1)
    monkeypatch.setattr(readers, "BYTES_A_SECOND", 5)


@pytest.mark.usefixtures("faulty")
def test_a_process_that_dies_loses_only_the_letter_it_dies_on(two: Readers) -> None:
    batch = files(letter(1), letter(2, body="Wie dit leest, dies."), letter(3))
    with two.free() as extract:
        found = extract(batch)
        assert extract(files(letter(4))).letter.height == 1
    assert found.letter["source"].to_list() == ["0.txt", "2.txt"]
    assert found.rejected_letter.select("source", "step", "reason").rows() == [("1.txt", "extract", "failed")]
    assert f"ended with -{signal.SIGKILL.value}" in found.rejected_letter["detail"][0]


@pytest.mark.usefixtures("faulty")
def test_a_process_that_hangs_is_ended(two: Readers) -> None:
    with two.free() as extract:
        found = extract(files("hangs"))
        assert extract(files(letter(1))).letter.height == 1
    assert "no answer in 2 seconds" in found.rejected_letter["detail"][0]


def test_processes_that_cannot_start_end_the_run_and_set_no_letter_aside(
    two: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "MODULE", "no_such_module")
    with two.free() as extract, pytest.raises(UserError, match="could be started"):
        extract(files(letter(1)))


def test_closed_while_a_letter_is_read_nothing_is_read_again(two: Readers, faulty: None) -> None:
    with ThreadPoolExecutor(1) as threads, two.free() as extract:
        assert extract(files(letter(1))).letter.height == 1
        waiting = threads.submit(extract, files(letter(2, body="Wie dit leest, hangs.")))
        two.close()
        with pytest.raises(UserError, match="stopped"):
            waiting.result()


@pytest.mark.parametrize(
    ("workers", "batches", "letters", "processes"),
    [(8, 4, 2000, 4), (2, 4, 2000, 2), (8, 4, 320, 2), (8, 1, 500, 1), (1, 9, 4500, 1), (4, 0, 0, 1)],
)
def test_only_as_many_processes_as_are_worth_their_start(
    workers: int, batches: int, letters: int, processes: int
) -> None:
    assert wanted(workers, batches, letters) == processes


def test_a_run_in_processes_publishes_what_a_run_in_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "LETTERS_EACH", 1)
    inbox = inbox_of(
        tmp_path / "inbox", **{f"a{number}": letter(number, 2000 + number) for number in range(6)}
    )
    published = []
    for workers in (1, 2):
        chosen = settings(
            inbox=inbox, warehouse=tmp_path / f"{workers}.duckdb", batch_size=2, workers=workers
        )
        assert pipeline.run(chosen).read == 6
        with pipeline.store.connect(chosen.warehouse) as connection:
            published.append(connection.execute("SELECT * FROM claim ORDER BY ALL").fetchall())
    assert published[0] == published[1] != []
