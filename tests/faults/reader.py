"""Reads a warehouse until standard input ends (`reader.py WAREHOUSE query|hold`); prints reads and versions.

What it reads must fit together: each publish of publisher.py brings a run and a letter.
"""

import select
import sys
from pathlib import Path

import duckdb

from warehouse import store

QUERY = """
SELECT (SELECT count(*) FROM letter), (SELECT count(*) FROM run), (SELECT count(DISTINCT text) FROM letter)
"""
warehouse, holds, seen, reads = Path(sys.argv[1]), sys.argv[2] == "hold", list[int](), 0


def is_over() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """What one version holds is whole, and never less than before."""
    global reads  # noqa: PLW0603
    ((letters, runs, texts),) = connection.execute(QUERY).fetchall()
    assert letters == runs == texts, (letters, runs, texts)
    assert not seen or (letters == seen[-1] if holds else letters >= seen[-1])
    seen.append(letters)
    reads += 1


print("reading", flush=True)
if holds:
    with store.connect(warehouse) as connection:
        while not is_over():
            read(connection)
else:
    while not is_over():
        with store.connect(warehouse) as connection:
            read(connection)
print(reads, len(set(seen)))
