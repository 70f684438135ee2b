"""The checks of a build: queries that return the bad rows."""

from functools import cache
from typing import NamedTuple

import duckdb

from warehouse.adding import keep_rows
from warehouse.definitions import KEPT_CHECKS, names, sql
from warehouse.errors import CheckResult


class Check(NamedTuple):
    """A check: its name, its severity (error or warning), what one can do, a query for the bad rows."""

    name: str
    severity: str
    advice: str | None
    query: str


TO_GO_ON = "-- to go on:"


@cache
def checks() -> tuple[Check, ...]:
    """Return all checks in the order of their names."""
    return tuple(_check(name, sql("checks", name)) for name in names("checks"))


def _check(name: str, query: str) -> Check:
    severity = query.splitlines()[0].removeprefix("-- severity:").strip()
    if severity not in ("error", "warning"):
        raise ValueError(
            f"sql/checks/{name}.sql must begin with `-- severity: error` or `-- severity: warning`"
        )
    advice = query.splitlines()[1]
    return Check(
        name, severity, advice.removeprefix(TO_GO_ON).strip() if advice.startswith(TO_GO_ON) else None, query
    )


def check_results(connection: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """Return what each check finds in this build, the checks that pass included."""
    return [_result(connection, check) for check in checks()]


def _result(connection: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    query = check.query
    if key := KEPT_CHECKS.get(check.name):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {check.name} AS {query}")
        query = f"FROM {keep_rows(connection, check.name, 'checks', key)}"
        connection.execute(f"DROP TABLE {check.name}")
    ((count,),) = connection.execute(f"SELECT count(*) FROM ({query}\n)").fetchall()
    examples = []
    if count:
        # Materialized, as DuckDB 2.0 can't fetch late what was chosen by its rowid.
        few = f"WITH bad AS MATERIALIZED ({query}\n) FROM bad ORDER BY ALL LIMIT 3"
        found = connection.execute(few)
        columns = [column[0] for column in found.description or ()]
        examples = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return CheckResult(check.name, check.severity, count, examples, check.advice)
