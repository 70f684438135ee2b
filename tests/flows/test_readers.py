"""Letters read in processes of their own: the same frames, and no letter lost with a process."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from processes import children_of, clean_environment, wait_until
from small_letters import inbox_of, letter

from flows import pipeline, readers
from flows.errors import UserError
from flows.limits import Limits
from flows.readers import Readers, batch_length, worth_starting
from flows.reading import extracted
from flows.settings import settings
from transforms import schemas
from transforms.letters import letter_id
from warehouse import store


@pytest.fixture
def two() -> Iterator[Readers]:
    made = Readers(2)
    yield made
    made.close()


def files(*texts: str) -> pl.DataFrame:
    rows = [(letter_id(text.encode()), f"{n}.txt", text.encode(), None) for n, text in enumerate(texts)]
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
import os, re, signal, sys, time
from pathlib import Path
from transforms import extract
from flows import readers

def heading(text, source, blocks):
    if "dies" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "sleeps" in text:
        Path("sleeps").mkdir(exist_ok=True)
        Path("sleeps", str(os.getpid())).touch()
        time.sleep(600)
    if "hangs" in text:
        Path("hangs").touch()
        re.match("(a|a)*b", "a" * 60)
    if "often" in text:
        raise RuntimeError("fails\\x1b[2J")
    return read_heading(text, source, blocks)

read_heading, extract.heading = extract.heading, heading
if not os.environ.get("FAULTS"):
    readers.patterns.learn = lambda: None  # which takes seconds, of each process
readers._serve(readers.Connection(int(sys.argv[1])), int(sys.argv[2]))
"""


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that die, hang or fail on letters that say so."""
    (tmp_path / "faulty_reader.py").write_text(FAULTY)
    monkeypatch.setattr(readers, "MODULE", "faulty_reader")
    monkeypatch.setattr(readers, "WARM_UP", "Een.")  # to read more takes each of them a second
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def says(word: str, number: int = 99) -> str:
    return letter(number, body=f"Wie dit leest, {word}.")


@pytest.mark.usefixtures("faulty")
def test_a_process_that_dies_loses_only_the_letter_it_dies_on(two: Readers) -> None:
    batch = files(letter(1), says("dies"), letter(3))
    with two.free() as extract:
        found = extract(batch)
        assert extract(files(letter(4))).letter.height == 1
    assert found.letter["source"].to_list() == ["0.txt", "2.txt"]
    assert found.rejected_letter.select("source", "step", "reason").rows() == [("1.txt", "extract", "failed")]
    assert f"ended with -{signal.SIGKILL.value}" in found.rejected_letter["detail"][0]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("hanging", [(1,), pytest.param((1, 3), marks=pytest.mark.long_form)])
def test_letters_that_hang_are_stopped_and_the_others_of_their_batch_are_read(
    hanging: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "WARM_UP", letter(98))
    one = Readers(1, Limits(seconds=1, claims=100))
    count = 2 * len(hanging) + 1
    batch = files(*(says("hangs", n) if n in hanging else letter(n) for n in range(count)))
    with closing(one), one.free() as extract:
        found = extract(batch)
    assert found.letter["source"].to_list() == [f"{n}.txt" for n in range(count) if n not in hanging]
    assert found.rejected_letter.select("source", "step", "reason", "detail").rows() == [
        (f"{n}.txt", "extract", "too_slow", "took too long; the limit is 1 seconds") for n in hanging
    ]


@pytest.mark.usefixtures("faulty")
def test_a_letter_that_waits_for_ever_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LEAST_SECONDS", 3)
    one = Readers(1, Limits(seconds=0.6, claims=100))
    with closing(one), one.free() as extract:
        found = extract(files(says("sleeps")))
    assert found.rejected_letter["reason"].to_list() == ["too_slow"]
    assert "no answer in 6 seconds" in found.rejected_letter["detail"][0]


def test_a_letter_of_more_claims_than_it_may_have_is_set_aside_alone(two: Readers) -> None:
    body = "".join(f"Er waren in 2019 {n} plaatsen. " for n in range(20, 40))
    one = Readers(1, Limits(seconds=60, claims=10))
    with closing(one), one.free() as extract:
        found = extract(files(letter(1), letter(2, body=body), letter(3)))
    assert found.letter["source"].to_list() == ["0.txt", "2.txt"]
    assert set(found.claim["letter_id"]) == set(found.letter["letter_id"])
    assert found.rejected_letter.select("source", "reason", "detail").rows() == [
        ("1.txt", "too_many_claims", "20 claims; the limit is 10")
    ]


@pytest.mark.usefixtures("faulty")
def test_a_process_ends_at_once_with_the_run_that_started_it(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from flows import readers; from test_readers import files, says\n"
        "readers.MODULE = 'faulty_reader'\n"
        "with readers.Readers(1).free() as extract:\n"
        "    extract(files(says('hangs')))\n"
    )
    here = [str(Path(__file__).parents[up]) for up in (2, 0, 1)]
    with subprocess.Popen([sys.executable, "-c", script, *here], cwd=tmp_path) as run:
        wait_until((tmp_path / "hangs").exists, "a letter hangs", 60)
        (reader,) = children_of(run.pid)
        run.kill()
    wait_until(lambda: not Path(f"/proc/{reader}").exists(), "the reading process is gone", 5)


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("inline", [True, False], ids=["inline", "in Prefect"])
def test_ctrl_c_ends_a_night_soon_whatever_is_being_read(tmp_path: Path, inline: bool) -> None:
    inbox_of(tmp_path / "inbox", a=says("sleeps", 1), b=says("sleeps", 2))
    script = (
        "import sys; from flows import command, readers\n"
        "readers.MODULE, readers.LETTERS_EACH = 'faulty_reader', 1\n"
        "sys.argv[1:] = ['nightly', '--batch-size', '1', '--warehouse', 'w.duckdb']\n"
        f"sys.argv += {['--inline'] * inline}\n"
        "sys.exit(command.main())"
    )
    here = os.pathsep.join([str(Path(__file__).parents[2]), str(tmp_path)])
    home = str(tmp_path / "prefect-home")
    variables = clean_environment(KAMERCIJFERS_WORKERS="2", KAMERCIJFERS_PREFECT_HOME=home)
    variables |= {"PYTHONPATH": here}
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, env=variables, stderr=subprocess.PIPE, text=True
    ) as run:
        wait_until(lambda: len(list(tmp_path.glob("sleeps/*"))) == 2, "both letters are being read", 60)
        reading = children_of(run.pid)  # and Prefect's server
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 130
        assert run.stderr is not None
        told = "kamercijfers: ended by Ctrl-C: nothing was published; run it again"
        said = run.stderr.read().splitlines()
        assert said == [told] or (not inline and said.count(told) == 1)
    assert not [pid for pid in reading if Path(f"/proc/{pid}").exists()]
    with store.lock(store.Place(tmp_path / "w.duckdb")) as killed:
        assert killed is None
    assert not list(tmp_path.glob("w.duckdb*/*"))
    assert not (tmp_path / "w.duckdb").exists()


def test_a_process_without_work_is_there_for_the_next_run_and_one_at_work_is_ended() -> None:
    pids = []
    for _ in range(2):
        made = Readers(1)
        with made.free() as extract:
            assert extract(files(letter(1))).letter.height == 1
            pids.append(made._seats[0]._reader._process.pid)
        made.close()
    assert pids[0] == pids[1]


def test_processes_that_cannot_start_end_the_run_and_set_no_letter_aside(
    two: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "MODULE", "no_such_module")
    with two.free() as extract, pytest.raises(UserError, match="could be started"):
        extract(files(letter(1)))


def test_closed_while_a_letter_is_read_nothing_is_read_again(two: Readers, faulty: None) -> None:
    with ThreadPoolExecutor(1) as threads, two.free() as extract:
        assert extract(files(letter(1))).letter.height == 1
        waiting = threads.submit(extract, files(says("sleeps")))
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
    assert worth_starting(workers, batches, letters) == processes


@pytest.mark.parametrize(
    ("workers", "letters", "most", "length"),
    [(2, 400, 500, 200), (2, 299, 500, 299), (2, 4000, 500, 500), (8, 601, 500, 151), (4, 0, 500, 1)],
)
def test_a_night_of_few_letters_is_shared_among_the_processes_that_are_worth_it(
    workers: int, letters: int, most: int, length: int
) -> None:
    assert batch_length(workers, letters, most) == length


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
        with store.connect(chosen.warehouse) as connection:
            published.append(connection.execute("SELECT * FROM claim ORDER BY ALL").fetchall())
    assert published[0] == published[1] != []
