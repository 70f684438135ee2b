"""What the commands that read a published warehouse answer: show, query and status."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from flows import ending
from flows.errors import UsageError, UserError
from warehouse import store

FETCHED = 1000  # rows at a time
LAST_RUNS = 5
#: What DuckDB makes of Ctrl-C.
INTERRUPTED = "Query interrupted"
#: How DuckDB begins the lines that say which names there are.
HINTS = ("Candidate bindings", "Did you mean")

READS = "a query reads: SELECT, FROM, WITH, PIVOT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN of one of these"
#: Not every version has every column.
LETTER_COLUMNS = (
    "identifier", "letter_date", "sender", "source", "format", "source_url", "licence", "retrieved_at",
    "vintage", "is_current", "withdrawn", "ended_on",
)  # fmt: skip
CLAIM = f"""
SELECT claim.*, letter.* EXCLUDE (source, of_letter), letter.source AS file
FROM claim
JOIN (SELECT letter_id AS of_letter, COLUMNS(lambda name: name IN {LETTER_COLUMNS}) FROM letter) AS letter
    ON of_letter = letter_id
WHERE starts_with(claim_id, ?)
ORDER BY claim_id
LIMIT 2
"""
HAS = "SELECT table_name FROM duckdb_tables() WHERE table_name = ?"
CORRECTION = "SELECT * FROM correction WHERE claim_id = ?"
COUNTS = f"""
SELECT (SELECT count(*) FROM letter) AS letters,
       (SELECT count(*) FROM claim) AS claims,
       (SELECT count(*) FROM {store.STANDING_REJECTIONS}) AS rejected_letters
"""
FORMS = """
SELECT
    (SELECT count(*) FROM letter_form) AS letter_files,
    (SELECT count(*) FROM letter WHERE NOT is_current) AS earlier_vintages,
    (SELECT count(*) FROM letter WHERE withdrawn) AS withdrawn_letters
"""
REJECTED = (
    f"SELECT reason, count(*) AS files FROM {store.STANDING_REJECTIONS} GROUP BY reason ORDER BY reason"
)
#: Not every version has every column.
RUN_COLUMNS = (
    "run_id", "started_at", "finished_at", "kind", "engine", "server_lost", "harvest", "letters_seen",
    "letters_known", "letters_read", "letters_rejected", "other_forms", "claims", "version",
    "extractor_version",
)  # fmt: skip
RUNS = f"""
SELECT COLUMNS(lambda name: name IN {RUN_COLUMNS})
FROM run ORDER BY {store.NEWEST_FIRST} LIMIT {LAST_RUNS}
"""


class Answer(NamedTuple):
    """The columns of an answer and its rows, which come as they are read."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def answered(warehouse: Path, query: str, parameters: list[Any] | None = None) -> Iterator[Answer]:
    """Answer to an SQL statement, by a reader that can change nothing.

    Raises UsageError for more than one or none, UserError with what DuckDB says in a line, NotAWarehouseError
    for a file that is none.
    """
    with ending.soon_after_ctrl_c(), store.connect(warehouse) as connection:
        try:
            statements = connection.extract_statements(query)
            if len(statements) > 1:  # only the last one's answer would be seen
                raise UsageError(f"these are {len(statements)} SQL statements: give one at a time")
            if not all(store.only_reads(connection, each) for each in statements):
                raise UserError(READS)
            connection.execute(query, parameters)
            if not connection.description:
                raise UsageError("the query is empty: give one such as 'SELECT * FROM victim_counts'")
            yield Answer([column[0] for column in connection.description], _fetched(connection))
        except RuntimeError as error:
            if str(error) == INTERRUPTED:
                raise KeyboardInterrupt from error
            raise
        except duckdb.Error as error:
            if store.is_damage(error):
                raise
            raise UserError(_in_a_line(str(error))) from error


def _in_a_line(said: str) -> str:
    """First line of an error of DuckDB, and the names that it holds to be meant."""
    first, *others = said.strip().splitlines()
    hint = next((line for line in others if line.startswith(HINTS)), "").replace(": : ", ": ")
    return f"{first.rstrip('!')}: {hint}" if hint else first


def _fetched(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := connection.fetchmany(FETCHED):
        yield from rows


def records(warehouse: Path, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
    """Rows of an answer by column name."""
    with answered(warehouse, query, parameters) as answer:
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def example(name: str) -> str:
    """Ready query of this name; raises UsageError naming those there are."""
    queries = store.examples()
    if name not in queries:
        raise UsageError(f"no example is called {name!r}; there are: {', '.join(queries)}")
    return queries[name]


def claim(warehouse: Path, claim_id: str) -> dict[str, Any]:
    """Claim with this id, or the one whose id begins like this, with facts of its letter and its correction.

    Raises UserError where there is none, or more than one.
    """
    found = records(warehouse, CLAIM, [claim_id]) if claim_id else []
    exact = [row for row in found if row["claim_id"] == claim_id]
    if len(exact or found) > 1:
        raise UserError(f"more than one claim_id begins with {claim_id!r}: give more of it")
    if not found:
        raise UserError(f"no claim {claim_id!r} in {warehouse}")
    claim = _with_zone((exact or found)[0])
    return claim | {"correction": correction(warehouse, claim["claim_id"])}


def correction(warehouse: Path, claim_id: str) -> dict[str, Any]:
    """How a claim was corrected, with the values that it has in the marts; empty for one that wasn't."""
    if not records(warehouse, HAS, ["correction"]):  # a version of an earlier program
        return {}
    for row in records(warehouse, CORRECTION, [claim_id]):
        told = {name: row[name] for name in ("action", "reason", "found_by", "found_on", "correction_id")}
        return {"in_marts": {field: row[field] for field in row["fields"]} or None} | told
    return {}


def status(warehouse: Path) -> dict[str, Any]:
    """Describe a warehouse: what it holds, its versions (newest first) and its last runs."""
    return {
        "warehouse": str(warehouse),
        **records(warehouse, COUNTS)[0],
        **(records(warehouse, FORMS)[0] if records(warehouse, HAS, ["letter_form"]) else {}),
        "rejected_by_reason": {row["reason"]: row["files"] for row in records(warehouse, REJECTED)},
        "versions": [
            {"version": v.name, "published_at": v.published_at, "bytes": v.size, "current": v.is_current}
            for v in store.versions(warehouse)
        ],
        "runs": [_with_zone(run) for run in records(warehouse, RUNS)],
    }


def _with_zone(row: dict[str, Any]) -> dict[str, Any]:
    """Row whose times tell that they are in UTC, as those of versions do; a file has them without a zone."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
        for name, value in row.items()
    }


def versions(warehouse: Path) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows of the versions that are kept, newest first; `problem` only where there is one."""
    described = store.history(warehouse)
    if not any(version["problem"] for version in described):
        described = [{name: value for name, value in v.items() if name != "problem"} for v in described]
    return list(described[0]) if described else [], [list(version.values()) for version in described]
