"""`python -m benchmarks.warehouse`: what a warehouse of generated claims costs, on stdout and as JSON."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from benchmarks.telling import Row, tell
from transforms.vocabulary import dimensions
from warehouse.building import OFFLINE, create_file
from warehouse.checking import checks
from warehouse.definitions import DIMENSIONS, SCHEMA_VERSION, TABLES, examples, literal, sql
from warehouse.loading import tell_letters
from warehouse.views import MADE, corrected_by, drop_views, make_views

SEED = 20261129
TIMES = 5  # that an example is run, of which the fastest counts


class Cost(NamedTuple):
    """Seconds by the clock and of all processors together."""

    clock: float
    processor: float


def main() -> int:
    """Run the bench."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        tell(results(Path(folder) / "bench.duckdb", options.claims), {"claims": options.claims}, options.json)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warehouse", description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000, help="default: %(default)s")
    parser.add_argument("--folder", type=Path, help="where the warehouse is made, and removed afterwards")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results, for programs")
    return parser.parse_args()


def results(file: Path, claims: int) -> Iterator[Row]:
    """Every measurement on a warehouse of so many claims, made in `file`."""
    yield Row(
        "load before", os.getloadavg()[0], "processes", "the clock says more than the processors' time by it"
    )
    fill(file, claims)
    with duckdb.connect(file, config=OFFLINE) as connection:
        letters, held = (connection.table(table).count("*").fetchall()[0][0] for table in ("letter", "claim"))
        yield from _rebuilt(connection, f"{letters:,} letters, {held:,} claims, seed {SEED}")
    yield from _sizes(file, held)
    yield from _asked(file)
    with duckdb.connect(file, config=OFFLINE) as connection:
        yield from _checked(connection)
        yield from _rebuilt_in_pieces(connection)


def fill(file: Path, claims: int) -> None:
    """Make a warehouse of generated letters and claims, without what a build makes of them."""
    create_file(file)
    with duckdb.connect(file, config=OFFLINE) as connection:
        connection.begin()
        words = dimensions()
        for table in TABLES:
            connection.execute(sql("schema", table))
        for table in DIMENSIONS:
            connection.register("incoming", words[table])
            connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")
            connection.unregister("incoming")
        connection.execute(
            "INSERT INTO run BY NAME SELECT 'bench' AS run_id, TIMESTAMP '2026-01-01' AS started_at, "
            "'inline' AS engine, 0 AS letters_seen, 0 AS letters_known, 0 AS letters_read, "
            "0 AS letters_rejected, 0 AS claims, 'bench' AS extractor_version, 'bench' AS version, "
            f"{SCHEMA_VERSION} AS schema_version"
        )
        connection.execute(f"SET VARIABLE claims = {claims}; SET VARIABLE seed = {SEED}")
        connection.execute(Path(__file__).with_name("claims.sql").read_text("utf-8"))
        tell_letters(connection, all_letters=True)
        letters = "(SELECT count(*) FROM letter)"
        counted = f"letters_seen = {letters}, letters_read = {letters}, claims = (SELECT count(*) FROM claim)"
        connection.execute(f"UPDATE run SET {counted}")
        connection.commit()
        connection.execute("CHECKPOINT")


def _rebuilt(connection: duckdb.DuckDBPyConnection, of: str) -> Iterator[Row]:
    """All at once, as a run does."""
    connection.begin()
    yield from _row("rebuild", _cost(lambda: make_views(connection)), of)
    connection.commit()
    connection.execute("CHECKPOINT")


def _rebuilt_in_pieces(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One by one, to see what takes long; the file grows by it, so that its size is taken before."""
    connection.begin()
    drop_views(connection)
    with corrected_by(connection):
        for folder, relations in MADE:
            costs = {name: _cost(partial(connection.execute, sql(folder, name))) for name in relations}
            yield from _row(f"rebuild: {folder}", _sum(costs.values()), _longest(costs))
    connection.rollback()


def _checked(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Each check as a run does it: bad rows are counted."""
    results = {
        check.name: _answer(connection, f"SELECT count(*) FROM ({check.query}\n)") for check in checks()
    }
    costs = {name: cost for name, (cost, _) in results.items()}
    bad = {name: rows[0][0] for name, (_, rows) in results.items() if rows[0][0]}
    yield from _row("checks", _sum(costs.values()), _longest(costs))
    of = ", ".join(f"{name} {count:,}" for name, count in bad.items())
    yield Row("bad rows", sum(bad.values()), "rows", of or "of all checks")


def _asked(file: Path) -> Iterator[Row]:
    """The examples as a reader asks them, all rows fetched."""
    with duckdb.connect(file, read_only=True, config=OFFLINE) as connection:
        for name, query in examples().items():
            answers = [_answer(connection, query) for _ in range(TIMES)]
            fastest = min(cost.clock for cost, _ in answers)
            worked = 1000 * min(cost.processor for cost, _ in answers)
            of = f"{worked:.0f} ms of processors, {len(answers[0][1]):,} rows, the fastest of {TIMES}"
            yield Row(f"example {name}", 1000 * fastest, "ms", of)


def _sizes(file: Path, claims: int) -> Iterator[Row]:
    """What a claim takes in the file, with all that is made of it, beside the text of the letters."""
    beside = file.with_name("text.duckdb")
    create_file(beside)
    with duckdb.connect(beside, config=OFFLINE) as connection:
        connection.execute(f"ATTACH {literal(str(file))} AS whole (READ_ONLY)")
        connection.execute("CREATE TABLE letter AS SELECT text FROM whole.letter")
        connection.execute("CHECKPOINT")
    size, text = file.stat().st_size, beside.stat().st_size
    yield Row("file", size / 1e6, "MB", f"{text / 1e6:.0f} MB of it the letters' text")
    yield Row("size", (size - text) / claims, "bytes a claim", "beside the letters' text, marts included")


def _cost(action: Callable[[], object]) -> Cost:
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return Cost(time.perf_counter() - clock, time.process_time() - processor)


def _answer(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Cost, list[Any]]:
    rows: list[Any] = []
    cost = _cost(lambda: rows.extend(connection.execute(query).fetchall()))
    return cost, rows


def _sum(costs: Iterable[Cost]) -> Cost:
    each = list(costs)
    return Cost(sum(cost.clock for cost in each), sum(cost.processor for cost in each))


def _longest(costs: dict[str, Cost]) -> str:
    """What took a tenth of a second or more, the longest first."""
    longest = sorted(costs.items(), key=lambda each: -each[1].processor)
    return ", ".join(f"{name} {cost.processor:.2f}" for name, cost in longest if cost.processor >= 0.1)


def _row(what: str, cost: Cost, of: str) -> Iterator[Row]:
    yield Row(what, cost.clock, "s by the clock", of)
    yield Row(what, cost.processor, "s of processors", of)


if __name__ == "__main__":
    sys.exit(main())
