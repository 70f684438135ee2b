"""Which statements of a reader do nothing but read.

A connection that is locked lets a statement write files all the same that belong to its own database, such as
the one of changes beside it (`….wal`), which whoever opens it next would take for a part of it.
"""

import re

import duckdb

#: `EXPLAIN` with its options: with ANALYZE it runs what it explains.
_EXPLAIN = re.compile(r"\s*EXPLAIN\b\s*(?:ANALYZE\b|\([^)]*\))?", re.IGNORECASE)
#: A PIVOT without its columns is several statements, the last of which reads.
_PIVOT = re.compile(r"\s*(?:PIVOT|FROM|WITH|SELECT)\b", re.IGNORECASE)


def only_reads(statement: duckdb.Statement) -> bool:
    """Whether a statement that DuckDB has parsed reads, and nothing else."""
    if statement.type == duckdb.StatementType.EXPLAIN:
        explained = _EXPLAIN.sub("", statement.query, count=1)
        return _all_select(duckdb.extract_statements(explained))
    if statement.type == duckdb.StatementType.MULTI:
        return _PIVOT.match(statement.query) is not None
    return statement.type == duckdb.StatementType.SELECT


def _all_select(statements: list[duckdb.Statement]) -> bool:
    return [each.type for each in statements] == [duckdb.StatementType.SELECT]
