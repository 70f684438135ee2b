"""The data dictionary: what a warehouse's comments say of its relations, columns and macros, as Markdown.

`python -m warehouse.dictionary FILE` writes it (`make dictionary`); it is the same for every warehouse.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.building import OFFLINE
from warehouse.checking import checks
from warehouse.definitions import DIMENSIONS, MADE_DIMENSIONS, MARTS, TABLES, examples, sql
from warehouse.views import make_views

HEAD = """# Data dictionary

Every relation, column and macro of the published file. Generated from their comments by `make dictionary`:
change the comment in `sql/`, not this page. In a shell, the same is told by

```sql
SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE comment IS NOT NULL;
```

The tables of the schema `kept` are left out: they are what the next build goes on from (figures that can be
compared, parts, rows that checks warned of, and of which rows all that was made), no reader's business, and
others in another version.
"""

RELATIONS = """
SELECT table_name AS relation, comment FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
UNION ALL
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
"""
COLUMNS = """
SELECT table_name, column_name, data_type, comment, is_nullable
FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' ORDER BY table_name, column_index
"""
KEYS = """
SELECT table_name, constraint_type, constraint_column_names, referenced_table
FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
"""
MACRO_COMMENTS = """
SELECT function_name, function_type, parameters, comment
FROM duckdb_functions() WHERE NOT internal ORDER BY function_type DESC, function_name
"""


class Column(NamedTuple):
    """A column of a relation: its type in DuckDB, what its comment says, and whether it may be empty."""

    name: str
    type: str
    comment: str
    nullable: bool


def columns_by_relation(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Column]]:
    """Columns of every table and view of a warehouse, in their order."""
    found: dict[str, list[Column]] = {}
    for relation, name, type_, comment, nullable in connection.execute(COLUMNS).fetchall():
        found.setdefault(relation, []).append(Column(name, type_, comment or "", nullable))
    return found


def comments_of_relations(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What the comment of every table and view says."""
    return {relation: comment or "" for relation, comment in connection.execute(RELATIONS).fetchall()}


def dictionary(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the data dictionary of an open warehouse."""
    return "\n".join([HEAD, *_relations(connection), *_macros(connection), *_checks(), *_examples()])


def _relations(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    comments, columns, keys = (
        comments_of_relations(connection),
        columns_by_relation(connection),
        _keys(connection),
    )
    for title, relations in _sections(comments).items():
        yield f"## {title}\n"
        for relation in relations:
            yield f"### {relation}\n\n{comments[relation]}\n"
            mart = relation.removesuffix("_latest")
            if mart != relation and columns[mart] == columns[relation]:
                yield f"Columns as in `{mart}`.\n"
            else:
                yield _columns(columns[relation], {c: key for (of, c), key in keys.items() if of == relation})


def _sections(relations: Iterable[str]) -> dict[str, list[str]]:
    """Relations in the order in which one gets to know a warehouse."""
    latest = [relation for mart in MARTS if (relation := f"{mart}_latest") in relations]
    dimensions = [*DIMENSIONS, *MADE_DIMENSIONS]
    tables = [table for table in TABLES if table not in DIMENSIONS]
    told = {*MARTS, *latest, *dimensions, *tables}
    return {
        "Marts": list(MARTS),
        "Newest statements": latest,
        "Behind the marts": sorted(relation for relation in relations if relation not in told),
        "Dimensions": dimensions,
        "Tables": tables,
    }


def _columns(columns: Sequence[Column], keys: Mapping[str, str]) -> str:
    rows = [
        (f"`{column.name}`", column.type, keys.get(column.name, ""), column.comment) for column in columns
    ]
    if not keys:
        return _table(("column", "type", "meaning"), [(name, type_, said) for name, type_, _, said in rows])
    return _table(("column", "type", "key", "meaning"), rows)


def _keys(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Say of the columns of keys what they are: `primary`, or the table that they refer to."""
    return {
        (relation, column): "primary" if kind == "PRIMARY KEY" else f"`{referenced}`"
        for relation, kind, columns, referenced in connection.execute(KEYS).fetchall()
        for column in columns
    }


def _macros(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield "## Macros\n"
    rows = [
        (f"`{'FROM ' if kind == 'table_macro' else ''}{name}({', '.join(parameters)})`", comment or "")
        for name, kind, parameters, comment in connection.execute(MACRO_COMMENTS).fetchall()
    ]
    yield _table(("macro", "answer"), rows)


def _checks() -> Iterator[str]:
    yield "## Checks\n\nAn error stops publishing; a warning is noted in `check_result`.\n"
    yield _table(
        ("check", "severity", "what holds"),
        [
            (f"`{check.name}`", check.severity, _said(check.query, after=2 if check.advice else 1))
            for check in checks()
        ],
    )


def _examples() -> Iterator[str]:
    yield "## Examples\n\nReady queries: `kamercijfers query --example NAME`.\n"
    yield _table(
        ("example", "question"), [(f"`{name}`", _said(query, lines=1)) for name, query in examples().items()]
    )


def _said(query: str, *, after: int = 0, lines: int | None = None) -> str:
    """What the comment at the beginning of a query says."""
    said = []
    for line in query.splitlines()[after:]:
        if not line.startswith("--"):
            break
        said.append(line.removeprefix("--").strip())
    return " ".join(said[:lines])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the dictionary of a warehouse without rows into the file that is named."""
    with duckdb.connect(config=OFFLINE) as connection:
        for table in TABLES:
            connection.execute(sql("schema", table))
        make_views(connection)
        Path(sys.argv[1]).write_text(dictionary(connection), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
