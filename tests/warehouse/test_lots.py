"""Rows that come in lots: they are those that come at once, and no lot stays in memory."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from store_frames import a_claim, a_letter, a_reference, tables

from warehouse import store
from warehouse.errors import WarehouseError
from warehouse.loading import Tables

LOTS = ("letter", "claim", "letter_reference")
LETTERS = [a_letter(f"In 2010 waren er {n} slachtoffers (28638, nr. {n}).", subject="x") for n in range(1, 7)]
CLAIMS = [a_claim(letter, f"{n}", n, period="2010") for n, letter in enumerate(LETTERS, 1)]
CITED = [a_reference(letter, f"28638, nr. {n}", "28638", f"{n}") for n, letter in enumerate(LETTERS, 1)]


def in_lots(frames: dict[str, pl.DataFrame], size: int) -> tuple[Tables, list[Tables]]:
    """The frames without letters and what is theirs, and these by so many letters."""
    ids = frames["letter"]["letter_id"]
    of_lots = [ids[at : at + size].implode() for at in range(0, len(ids), size)]
    return (
        {name: frame for name, frame in frames.items() if name not in LOTS},
        [{name: frames[name].filter(pl.col("letter_id").is_in(lot)) for name in LOTS} for lot in of_lots],
    )


def held(warehouse: Path) -> list[object]:
    with store.connect(warehouse) as connection:
        every = (*LOTS, "letter_form", "victim_counts")
        return [connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in every]


def test_lots_are_published_as_rows_at_once_and_take_the_place_of_those_before(tmp_path: Path) -> None:
    changed = [{**letter, "subject": "y"} for letter in LETTERS]
    for name in ("lots", "once"):
        warehouse = tmp_path / f"{name}.duckdb"
        for run, letters in (("one", LETTERS[:4]), ("two", changed)):
            frames = tables(run, letters, CLAIMS[: len(letters)], CITED[: len(letters)])
            rows = in_lots(frames, 2) if name == "lots" else (frames,)
            store.publish(warehouse, *rows, keep=1)
    assert held(tmp_path / "lots.duckdb") == held(tmp_path / "once.duckdb")
    with store.connect(tmp_path / "lots.duckdb") as connection:
        subjects = connection.execute("SELECT subject, count(*) FROM letter GROUP BY ALL").fetchall()
    assert subjects == [("y", 6)]


def test_where_a_later_lot_fails_none_is_published(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    before = store.publish(warehouse, tables("zero"), keep=9).version
    frames, lots = in_lots(tables("one", LETTERS, CLAIMS), 2)
    lots[2] = {**lots[2], "claim": lots[2]["claim"].with_columns(value=-1.0)}
    with pytest.raises(WarehouseError, match="rows don't fit the table claim"):
        store.publish(warehouse, frames, lots, keep=9)
    assert [version.name for version in store.versions(warehouse)] == [before]
    assert len(list((tmp_path / "w.duckdb.versions").iterdir())) == 2  # with its sum


MANY = """
import random, resource, sys
from pathlib import Path
import polars as pl
from store_frames import a_letter, tables
from warehouse import store

lots, each = int(sys.argv[2]), 250
one = tables("one", [a_letter("Een brief.")])
ids = [[f"{lot:032}{number:032}" for number in range(each)] for lot in range(lots)]

def of(frame, key, ids, **columns):
    changed = {key: pl.Series(ids), "letter_id": pl.Series(ids), **columns}
    return pl.concat([frame] * len(ids)).with_columns(**changed)

def letters(lot):
    rows = random.Random(lot)
    days = pl.date(1000, 1, 1) + pl.duration(days=pl.int_range(lot * each, lot * each + each))
    texts = pl.Series([rows.randbytes(20_000).hex() for _ in range(each)])
    return of(one["letter"], "letter_id", ids[lot], text=texts, letter_date=days)

every = [letter_id for lot in ids for letter_id in lot]
counts = {name: pl.lit(len(every)) for name in ("letters_seen", "letters_read")}
frames = {name: frame for name, frame in one.items() if name not in ("letter", "claim", "letter_reference")}
frames["run"] = one["run"].with_columns(**counts)
frames["letter_form"] = of(one["letter_form"], "form_id", every, words=pl.Series(every))
rows = ({"letter": letters(lot)} for lot in range(lots))
store.publish(Path(sys.argv[1]), frames, rows, keep=1, max_memory=200 * 1024**2)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.long_form
def test_lots_do_not_stay_in_memory(tmp_path: Path) -> None:
    """Fifty lots hold 500 MB of text, and take at most half of that more memory than five."""

    # A program in a file: DuckDB draws its progress into the output of one given by -c.
    program = tmp_path / "many.py"
    program.write_text(MANY)

    def memory(lots: int) -> int:
        command = [sys.executable, str(program), str(tmp_path / f"{lots}.duckdb"), str(lots)]
        ran = subprocess.run(command, env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, check=True)
        return int(ran.stdout)

    few, many = memory(5), memory(50)
    assert many < few + 250, f"{few} MB and {many} MB"


def test_a_build_that_needs_more_memory_is_told_in_one_line(tmp_path: Path) -> None:
    frames = tables("one", LETTERS, CLAIMS)
    with pytest.raises(WarehouseError, match=r"^the build needs more memory than 2000000 bytes: [^\n]+$"):
        store.publish(tmp_path / "w.duckdb", frames, keep=1, max_memory=2_000_000)
    assert store.versions(tmp_path / "w.duckdb") == []
