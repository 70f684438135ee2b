"""Task runners: what they publish is the same, and a worker that is killed costs no letter."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from processes import Run, children_of, free_port, wait_until
from small_letters import inbox_of, letter, letter_path
from test_cli import one_line

from flows import backfilling, batch_store, batching, finding, intake, pipeline, runners, spooling
from flows.intake import contents
from flows.parcels import Read, packed, unpacked
from flows.readers import Readers
from flows.reading import extracted
from flows.settings import settings
from warehouse import store
from warehouse.exporting import export

ROOT = Path(__file__).resolve().parents[2]
TELLS_WHEN = {"run.parquet", "letter_seen.parquet"}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    letters = {f"a{number}": letter(number, 2000 + number) for number in range(12)}
    return inbox_of(tmp_path / "inbox", leeg="", **letters)


def exported(warehouse: Path, folder: Path) -> dict[str, bytes]:
    export(warehouse, folder, "parquet")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in TELLS_WHEN}


def inline(inbox: Path, tmp_path: Path) -> dict[str, bytes]:
    chosen = settings(inbox=inbox, warehouse=tmp_path / "inline.duckdb", workers=1)
    assert pipeline.run(chosen).read == 12
    return exported(chosen.warehouse, tmp_path / "inline")


class Cluster:
    """A scheduler of Dask and two workers, processes of their own on loopback."""

    def __init__(self, stack: ExitStack, folder: Path, environment: dict[str, str]) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        variables = environment | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}

        def started(*command: str) -> "subprocess.Popen[bytes]":
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=folder, env=variables, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        port = self.address.rpartition(":")[2]
        started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        alone = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        self.workers = [started("distributed.cli.dask_worker", self.address, *alone) for _ in range(2)]


@pytest.fixture
def cluster(tmp_path: Path, prefect_environment: dict[str, str]) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path, prefect_environment)


def test_dask_publishes_what_one_process_does_though_a_worker_is_killed_with_a_batch(
    tmp_path: Path, inbox: Path, cluster: Cluster, prefect_environment: dict[str, str]
) -> None:
    warehouse = tmp_path / "dask.duckdb"
    command = [sys.executable, "-m", "flows.command", "nightly", "--inbox", inbox, "--warehouse", warehouse]
    options = ["--batch-size", "1", "--task-runner", cluster.address]
    with subprocess.Popen(
        [*map(str, command), *options],
        cwd=tmp_path,
        env=prefect_environment | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        killed = cluster.workers[0]
        wait_until(lambda: bool(children_of(killed.pid)), "the worker reads a batch", 90)
        killed.kill()
        assert run.stderr is not None
        told = run.stderr.read()
    assert run.returncode == 0, told
    assert "12 read, 1 set aside" in told
    assert "leeg.txt: set aside as empty" in told
    assert exported(warehouse, tmp_path / "dask") == inline(inbox, tmp_path)


@pytest.mark.long_form
@pytest.mark.parametrize("runner", ["processes", "dask"])
def test_other_runners_publish_what_one_process_does(
    tmp_path: Path, inbox: Path, runner: str, kamercijfers: Run, prefect_environment: dict[str, str]
) -> None:
    there = ("--warehouse", tmp_path / "w.duckdb", "--batch-size", "4", "--task-runner", runner)
    done = kamercijfers("nightly", "--inbox", inbox, *there, KAMERCIJFERS_WORKERS="2", **prefect_environment)
    assert done.returncode == 0, done.stderr
    assert exported(tmp_path / "w.duckdb", tmp_path / "w") == inline(inbox, tmp_path)
    again = kamercijfers("backfill", *there, "--publish", KAMERCIJFERS_WORKERS="2", **prefect_environment)
    assert again.returncode == 0, again.stderr
    assert "12 read" in again.stderr
    assert "nanobind" not in again.stderr  # what DuckDB says of leaks


def test_a_parcel_holds_a_batch_and_a_broken_one_is_told(inbox: Path) -> None:
    found = intake.intake(inbox).found
    part = extracted(contents(found)[0])
    parcel = packed(Read(part, ["ab"]))
    back = unpacked(parcel)
    assert back.damaged == ["ab"]
    for frame, expected in zip(back.extraction, part, strict=True):
        assert_frame_equal(frame, expected)
    assert isinstance(back.extraction.claim.schema["unit"], pl.Enum)
    for broken in (parcel[:20], parcel[:-1], parcel + b"."):
        with pytest.raises(ValueError, match="a batch came back as"):
            unpacked(broken)


def test_batches_whose_workers_are_lost_are_read_here_and_keep_their_place(
    tmp_path: Path, inbox: Path
) -> None:
    chosen = settings(inbox=inbox, warehouse=tmp_path / "w.duckdb", batch_size=4)
    batches = finding.found(chosen).batches
    read_here = partial(batching.read_new, chosen)
    where = str(tmp_path / "batches" / "run")
    with batching.reading(chosen, batches) as readers:
        waiting: list[Future[bytes]] = [Future() for _ in batches]
        for number, future in enumerate(waiting):
            if number == 1:
                future.set_result(packed(read_here(batches[number], readers)))
            elif number == 2:
                future.set_result(batch_store.put(where, packed(read_here(batches[0], readers))))
                next(Path(where).iterdir()).write_bytes(b"other bytes")
            else:
                future.set_exception(BrokenProcessPool("a process ended"))
        reads = runners.collected(waiting, batches, read_here, readers, where)  # type: ignore[arg-type]
        assert [read.letter_form["form_id"].to_list() for read in reads] == [
            [file.letter_id for file in batch if file.size] for batch in batches
        ]
        assert waiting == []
        assert [spooling.extraction(where, read).letter_form.height for read in reads] == [4, 4, 4, 0]
        waiting = [Future()]
        waiting[0].set_exception(ValueError("the grammar has a fault"))
        with pytest.raises(ValueError, match="fault"):
            runners.collected(waiting, batches[:1], read_here, readers, where)  # type: ignore[arg-type]


def test_a_worker_opens_no_warehouse_and_this_process_reads_what_is_not_kept_whole(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = settings(inbox=inbox, warehouse=tmp_path / "w.duckdb")
    pipeline.run(chosen)
    known = store.letters_to_read_again(chosen.place)
    gone = next(letter.letter_id for letter in known if letter.source == "a3.txt")
    letter_path(chosen.warehouse, gone).unlink()
    with monkeypatch.context() as patch:
        patch.setattr("duckdb.connect", lambda *_, **__: pytest.fail("a worker opened a database"))
        read_whole = partial(backfilling.read_whole, keep=False)
        parcel = batching.read_parcel(read_whole, chosen, known, None, give_up=True)
    read = unpacked(parcel)
    assert read.damaged == [gone]
    assert gone not in read.extraction.letter["letter_id"]
    readers = Readers(1)
    where = str(tmp_path / "batches")
    parts = backfilling.mended(chosen, where, known, spooling.arrived(where, parcel), readers, keep=False)
    readers.close()
    whole = spooling.Spooled(where, parts)
    assert set(whole.letter_form["form_id"]) == {letter.letter_id for letter in known if letter.size}


def test_workers_get_no_password_and_wrong_runners_are_one_line(
    tmp_path: Path, inbox: Path, at_once: Run
) -> None:
    chosen = settings(alert_webhook="https://hooks.example.org/secret", inbox=inbox)
    assert "secret" not in repr(runners.for_workers(chosen, "where").model_dump())
    # The folder beside the warehouse need not be there on the machines of a scheduler elsewhere.
    assert runners.for_workers(chosen, "where").batches == "where"
    elsewhere = chosen.model_copy(update={"task_runner": "tcp://scheduler:8786"})
    assert runners.for_workers(elsewhere, "where").batches is None
    named = elsewhere.model_copy(update={"batches": "s3://bucket"})
    assert runners.for_workers(named, "s3://bucket/run").batches == "s3://bucket/run"
    for name in ("threds", "tcp://host", "tcp://host:99999", "http://host:8786", "tcp://h:1/x", "dask://h:1"):
        done = at_once("nightly", "--task-runner", name)
        assert done.returncode == 2
        assert "--task-runner: give threads, processes, dask, or the address" in one_line(done)
    done = at_once("backfill", "--inline", KAMERCIJFERS_TASK_RUNNER="processes")
    assert done.returncode == 2
    assert "leave out one of the two" in one_line(done)
    done = at_once("nightly", "--inbox", inbox, "--task-runner", f"tcp://127.0.0.1:{free_port()}")
    assert done.returncode == 1
    assert "no Dask scheduler answers" in one_line(done)


def test_without_dask_one_line_says_what_to_install(
    inbox: Path, at_once: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.engine.find_spec", lambda name: None)
    done = at_once("nightly", "--inbox", inbox, "--task-runner", "dask")
    assert done.returncode == 1
    assert "pip install 'kamercijfers[dask]'" in one_line(done)


def test_a_process_of_the_pool_ends_with_the_run() -> None:
    script = (
        "import os, time; from concurrent.futures import ProcessPoolExecutor\n"
        "import multiprocessing; from flows.runners import _end_with_parent\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context('spawn')\n"
        "    pool = ProcessPoolExecutor(1, context, initializer=_end_with_parent)\n"
        "    print(pool.submit(os.getpid).result(), flush=True); time.sleep(600)\n"
    )
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env=variables,
    ) as run:
        assert run.stdout is not None
        worker = int(run.stdout.readline())
        os.kill(run.pid, signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{worker}").exists(), "the process of the pool is gone", 10)
