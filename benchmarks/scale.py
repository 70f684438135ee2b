"""`python -m benchmarks.scale`: what letters cost from end to end as they grow in number, and on Dask.

Every night is a process of its own, its steps by the clock as it tells them itself. Sizes by --letters; with
--dask the last size is read by one process, by two workers of Dask, and by two of which one is killed, and
the exports of the three are compared byte by byte.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.night import MB, NEW, family, most_memory, steps, version, write
from benchmarks.telling import Row, tell
from warehouse.exporting import export

PROGRAM = Path(sys.executable).with_name("kamercijfers")
#: Files of an export that tell when and under which name letters came.
TELLS_WHEN = ("run.parquet", "letter_seen.parquet")


class Night(NamedTuple):
    """What a night took: seconds by the clock, of processors and by step, and bytes of memory."""

    clock: float
    processors: float
    memory: float
    steps: dict[str, float]


def main() -> int:
    """Run the bench."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        rows = results(Path(folder), options.letters, with_dask=options.dask)
        tell(rows, {"letters": options.letters, "dask": options.dask}, options.json)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--letters", type=int, nargs="+", default=[1000, 10_000], help="default: %(default)s")
    parser.add_argument("--dask", action="store_true", help="the last size on Dask too (kamercijfers[dask])")
    parser.add_argument("--folder", type=Path, help="where it all is made, and removed afterwards")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results, for programs")
    return parser.parse_args()


def results(folder: Path, sizes: list[int], *, with_dask: bool) -> Iterator[Row]:
    """Every measurement, in the order in which they are made."""
    yield Row("load before", os.getloadavg()[0], "processes", "near nought, or two cores can't show")
    for count in sizes:
        yield from _grown(folder / str(count), count)
    if with_dask:
        yield from _on_dask(folder, sizes[-1])


def _grown(folder: Path, count: int) -> Iterator[Row]:
    """A first night of so many letters, and one of a few more."""
    write(folder / "inbox", range(NEW, NEW + count))
    yield from rows_of(f"{count:,} letters", run_night(folder, "w", ["--inline"]), count)
    if made := version(folder):
        yield Row(f"{count:,} letters: version", made.stat().st_size / MB, "MB", made.name)
    write(folder / "inbox", range(NEW))
    yield from rows_of(f"{NEW} letters upon {count:,}", run_night(folder, "w", ["--inline"]), NEW)


def _on_dask(folder: Path, count: int) -> Iterator[Row]:
    """The same letters by one process, by two workers, and by two of which one is killed."""
    inbox = folder / "dask" / "inbox"
    write(inbox, range(count))
    ways: dict[str, tuple[list[str], int, bool]] = {
        "one process": (["--task-runner", "threads"], 1, False),
        "two workers of Dask": (["--task-runner", "dask"], 2, False),
        "two workers, one killed": (["--task-runner", "dask"], 2, True),
    }
    exports, rates = [], []
    for number, (name, (options, workers, is_killed)) in enumerate(ways.items()):
        interfere = _kill_a_worker if is_killed else None
        # Enough batches for two, however few the letters are.
        size = max(10, min(500, count // 8))
        night = run_night(inbox.parent, f"w{number}", options, workers, size, interfere)
        yield from rows_of(f"{count:,} letters, {name}", night, count)
        exports.append(_exported(inbox.parent / f"w{number}.duckdb"))
        rates.append(night.steps.get("read", 0))
    yield Row("two workers against one process", rates[0] / rates[1], "times", "by the step read")
    yield Row("a killed worker costs", rates[2] - rates[1], "s", "by the step read")
    same = sum(1 for each in exports[1:] if each == exports[0])
    yield Row("exports that are alike", same, "of 2", "byte by byte, but for when a letter came")


def rows_of(of: str, night: Night, count: int) -> Iterator[Row]:
    """What a night of so many letters took."""
    clock, processors, memory, seconds = night
    told = ", ".join(f"{step} {took:.1f}" for step, took in seconds.items())
    yield Row(f"{of}: time", clock, "s by the clock", told)
    if count:
        yield Row(
            f"{of}: a letter", 1000 * clock / count, "ms by the clock", f"{count / clock:.0f} letters/s"
        )
    a_letter = f"{1000 * processors / max(count, 1):.1f} ms a letter, processes that were killed left out"
    yield Row(f"{of}: work", processors, "s of processors", a_letter)
    yield Row(f"{of}: memory", memory / MB, "MB", "the most that all its processes had at a time")


def run_night(
    folder: Path,
    name: str,
    options: list[str],
    workers: int = 2,
    batch_size: int = 500,
    interfere: "Callable[[subprocess.Popen[bytes]], None] | None" = None,
) -> Night:
    """What a night took, in so many processes that read letters."""
    metrics = folder / "night.prom"
    settings = {
        "KAMERCIJFERS_METRICS_FILE": str(metrics),
        "KAMERCIJFERS_PREFECT_HOME": str(folder / "prefect"),
        "KAMERCIJFERS_WORKERS": str(workers),
        "KAMERCIJFERS_BATCH_SIZE": str(batch_size),
    }
    command = [str(PROGRAM), "nightly", *options, "--inbox", "inbox", "--warehouse", f"{name}.duckdb"]
    with (folder / "night.log").open("wb") as log:
        began, before = time.perf_counter(), _processor_seconds()
        night = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=log, stderr=log)  # noqa: S603 ours
        if interfere:
            threading.Thread(target=partial(interfere, night), daemon=True).start()
        memory = most_memory(night)
        clock = time.perf_counter() - began
    if night.returncode:
        raise SystemExit(f"ended with {night.returncode}: {(folder / 'night.log').read_text()[-2000:]}")
    return Night(clock, _processor_seconds() - before, memory, steps(metrics))


def _processor_seconds() -> float:
    """Seconds that all processes took which this one, or one of them, started and has seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _kill_a_worker(night: "subprocess.Popen[bytes]") -> None:
    """Kill the first process of the run that reads letters for a worker, and the worker with it."""
    while night.poll() is None:
        for process in family(night.pid)[1:]:
            inner = family(process)[1:]
            if any(b"flows.readers" in _command(each) for each in inner) and b"spawn" in _command(process):
                os.kill(process, signal.SIGKILL)
                return
        time.sleep(0.2)


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _exported(warehouse: Path) -> dict[str, bytes]:
    folder = warehouse.with_suffix(".export")
    export(warehouse, folder, "parquet-by-year")
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*.parquet")}
    return {name: path.read_bytes() for name, path in files.items() if name not in TELLS_WHEN}


if __name__ == "__main__":
    sys.exit(main())
