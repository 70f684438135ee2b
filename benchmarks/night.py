"""`python -m benchmarks.night`: what a night costs: with all letters, a few more, none."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from benchmarks import letters
from benchmarks.telling import Row, tell

NEW = 20  # letters
SAMPLED = 2  # seconds between two looks at the memory, each of which takes a part of one
MB = 1e6
STEPS = "kamercijfers_run_duration_seconds"


def main() -> int:
    """Run the bench."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        tell(results(Path(folder), options.letters), {"letters": options.letters}, options.json)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.night", description=__doc__)
    parser.add_argument("--letters", type=int, default=100_000, help="default: %(default)s")
    parser.add_argument("--folder", type=Path, help="where it all is made, and removed afterwards")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results, for programs")
    return parser.parse_args()


def results(folder: Path, count: int) -> Iterator[Row]:
    """Every measurement, in the order in which they are made."""
    yield Row("load before", os.getloadavg()[0], "processes", "near nought, or two cores can't show")
    few, many = folder / "few", folder / "many"
    write(few / "inbox", range(NEW))
    yield from _night(few, f"{NEW} letters, nothing before")
    yield from _nights_with_none(few, f"{NEW} known")
    write(many / "inbox", range(NEW, NEW + count))
    yield from _night(many, f"{count:,} letters, nothing before")
    write(many / "inbox", range(NEW))
    yield from _night(many, f"{NEW} letters, {count:,} before")
    yield from _nights_with_none(many, f"{NEW + count:,} known")


def write(inbox: Path, numbers: range) -> None:
    """Put the letters of these numbers into a folder."""
    inbox.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (inbox / f"brief-{number:07}.txt").write_bytes(letters.composed(number).text.encode())


def _nights_with_none(folder: Path, of: str) -> Iterator[Row]:
    for how in ("--inline", "--prefect"):
        yield from _night(folder, f"no new letter, {of}", how)


def _night(folder: Path, of: str, how: str = "--inline") -> Iterator[Row]:
    """Time, memory and version of one night, in a process of its own."""
    before = version(folder)
    clock, memory, told = _run(folder, [] if how == "--prefect" else [how])
    by = "" if how == "--inline" else " in Prefect"
    yield Row(f"{of}{by}: time", clock, "s by the clock", told)
    yield Row(f"{of}{by}: memory", memory / MB, "MB", "the most that all its processes had at a time")
    after = version(folder)
    if after and after != before:
        yield Row(f"{of}{by}: version", after.stat().st_size / MB, "MB", after.name)


def _run(folder: Path, how: list[str]) -> tuple[float, float, str]:
    """Seconds and bytes that a night took, and what it told of each step."""
    program = Path(sys.executable).with_name("kamercijfers")
    command = [str(program), "nightly", *how, "--inbox", "inbox", "--warehouse", "w.duckdb"]
    metrics = folder / "night.prom"
    settings = {
        "KAMERCIJFERS_METRICS_FILE": str(metrics),
        "KAMERCIJFERS_PREFECT_HOME": str(folder / "prefect"),
    }
    with (folder / "night.log").open("wb") as log:
        began = time.perf_counter()
        night = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=log, stderr=log)  # noqa: S603 ours
        memory = most_memory(night)
        clock = time.perf_counter() - began
    if night.returncode:
        raise SystemExit(f"ended with {night.returncode}: {(folder / 'night.log').read_text()[-2000:]}")
    told = ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps(metrics).items())
    return clock, memory, told


def most_memory(night: "subprocess.Popen[bytes]") -> float:
    """Most bytes that a process and all that it started had together; what is shared counts once."""
    most = 0.0
    while night.poll() is None:
        most = max(most, sum(map(_memory, family(night.pid))))
        with suppress(subprocess.TimeoutExpired):
            night.wait(SAMPLED)
    return most


def family(process: int) -> list[int]:
    """A process and all that it started, as far as they are still there."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [process, *(each for child in children for each in family(child))]


def _memory(process: int) -> float:
    """Bytes of a process, its share of what it shares with others."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next(1024.0 * int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def steps(metrics: Path) -> dict[str, float]:
    """Seconds by step, as the run told them."""
    families = text_string_to_metric_families(metrics.read_text("utf-8"))
    samples = [sample for family in families for sample in family.samples]
    return {each.labels["step"]: each.value for each in samples if each.name == STEPS}


def version(folder: Path) -> Path | None:
    """The version that the warehouse of a folder leads to."""
    warehouse = folder / "w.duckdb"
    return warehouse.resolve() if warehouse.exists() else None


if __name__ == "__main__":
    sys.exit(main())
