"""Which statements of a reader do nothing but read.

A connection that is locked lets a statement write files all the same that belong to its own database, such as
the one of changes beside it (`….wal`), which whoever opens it next would take for a part of it. DuckDB itself
tells what a statement is made of: all that it is made of must be known to read.
"""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

#: Of what queries are made; there are others, which write (`WITH changed AS (COPY …)`).
_READING = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
#: Functions that run SQL which is only made while the query runs.
_RUNNING = frozenset({"query", "json_execute_serialized_sql"})
#: Words of what writes, where only its words tell what a statement is made of.
_WRITING = frozenset({"copy", "create", "delete", "export", "insert", "merge", "truncate", "update"})
#: So many words, signs and comments may stand between EXPLAIN and what is explained.
_OPTIONS = 30


def only_reads(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> bool:
    """Whether a statement, parsed by this connection, reads and does nothing else."""
    kind, text = statement.type, statement.query
    if kind == duckdb.StatementType.EXPLAIN:
        explained = _explained(connection, text)
        return explained is not None and only_reads(connection, explained)
    if kind == duckdb.StatementType.MULTI:  # a PIVOT that has to look for its columns first
        return (_WRITING | _RUNNING).isdisjoint(_words(text))
    return kind == duckdb.StatementType.SELECT and _is_made_of_reading(_tree(connection, text))


def bare(text: str) -> str:
    """A statement without what may stand behind it: comments and a semicolon."""
    encoded = text.encode()
    end = len(encoded)
    for start, kind in reversed(duckdb.tokenize(text)):
        if kind != duckdb.token_type.comment and encoded[start:end].strip() != b";":
            break
        end = start
    return encoded[:end].decode()


def _explained(connection: duckdb.DuckDBPyConnection, text: str) -> duckdb.Statement | None:
    """What EXPLAIN explains, behind ANALYZE or options in brackets, by which it is run too."""
    encoded = text.encode()
    for start, _ in duckdb.tokenize(text)[1 : 1 + _OPTIONS]:
        try:
            found = connection.extract_statements(encoded[start:].decode())
        except duckdb.Error:  # it begins further on
            continue
        return found[0] if len(found) == 1 else None
    return None


def _words(text: str) -> Iterator[str]:
    """The words of a statement that aren't quoted."""
    encoded = text.encode()
    starts = duckdb.tokenize(text)
    ends = [*(start for start, _ in starts[1:]), len(encoded)]
    for (start, kind), end in zip(starts, ends, strict=True):
        if kind in (duckdb.token_type.keyword, duckdb.token_type.identifier):
            yield encoded[start:end].decode().strip().lower()


def _tree(connection: duckdb.DuckDBPyConnection, text: str) -> Any:
    """What a SELECT is made of, as DuckDB has parsed it; None where it can't tell."""
    with connection.cursor() as beside:
        told = beside.execute("SELECT json_serialize_sql($1)", [text]).fetchone()
    tree = json.loads(told[0]) if told else {"error": True}
    return None if tree["error"] else tree["statements"]


def _is_made_of_reading(tree: Any) -> bool:
    if isinstance(tree, list):
        return all(map(_is_made_of_reading, tree))
    if not isinstance(tree, dict):
        return tree is not None
    is_query = "cte_map" in tree
    if (is_query and tree.get("type") not in _READING) or _is_running(tree):
        return False
    return all(_is_made_of_reading(part) for part in tree.values() if isinstance(part, dict | list))


def _is_running(part: dict[str, Any]) -> bool:
    return str(part.get("function_name", "")).lower() in _RUNNING
