"""What differs between two versions: rows added, gone and changed, relation by relation.

A row is changed where both versions have one with the same key and other values: a claim at the same place of
the same letter; in a `_latest` mart the same figure, whichever letter states it. Equal rows are set apart
first, so that a key that several rows share pairs only what differs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.building import attached
from warehouse.definitions import MARTS
from warehouse.errors import WarehouseError
from warehouse.files import Version, find_version, version_number, versions
from warehouse.history import find_before, find_current

SIDES = ("before", "after")
CHANGES = ("added", "gone", "changed")
FETCHED = 1000  # rows at a time

#: How a row came to be known and where it stands among the vintages is no part of what it says.
NOT_COMPARED = (
    "claim_id", "reference_id", "char_end", "run_id", "first_seen", "extractor_version", "is_latest",
    "superseded_on", "correction_id", "issued_on", "retrieved_at", "read_run_id",
)  # fmt: skip
#: Nor are these, and they are long or only for programs.
NOT_SHOWN = (
    "text", "format", "encoding", "warnings", "sentence", "sentence_quote_start", "sentence_quote_end",
    "quote_prefix", "quote_suffix", "locator", "confidence", "rule_id", "run_id", "first_seen",
    "extractor_version",
)  # fmt: skip
PLACE = ("letter_id", "char_start")
FIGURE = (
    "measure", "population", "unit", "kind", "year", "period", "base_period", "base_year", "deadline",
    "status", "source", "statistic", "per", "basis",
)  # fmt: skip
#: What the newest statement of a figure says; which letter says it is no change.
STATED = ("value", "value_high", "direction", "precision")
#: What is said of two figures, and what follows from several; coverage counts what other relations show.
DISCREPANCY = ("value", "other_value", "verdict", "other_letter_id", "other_quote")
DERIVED = ("value", "value_low", "value_high")

LETTER_NAMES = """
CREATE TEMPORARY TABLE letter_name AS
SELECT letter_id, any_value(coalesce(identifier, source)) AS name
FROM (FROM (SELECT * FROM after.letter) UNION ALL BY NAME FROM (SELECT * FROM before.letter))
GROUP BY letter_id
"""


class Compared(NamedTuple):
    """How a relation is compared: its rows, what makes two of them the same, what they say, what is shown."""

    relation: str
    rows: str
    key: tuple[str, ...]
    values: tuple[str, ...] = ()  # all columns that are left, where none are named
    shown: tuple[str, ...] = ()


class Count(NamedTuple):
    """Rows of a relation in both versions, and how many of them differ."""

    relation: str
    before: int
    after: int
    added: int
    gone: int
    changed: int


class Change(NamedTuple):
    """One row that differs; `letter` is what people call the letter, `fields` what has changed."""

    relation: str
    change: str  # added, gone or changed
    letter: str | None
    key: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    fields: list[str]


class Comparison(NamedTuple):
    """Two versions compared: counts by relation, and the rows that differ, read as they are asked for."""

    before: str
    after: str
    counts: list[Count]
    changes: Iterator[Change]


def compared_relations() -> tuple[Compared, ...]:
    """Relations that are compared, in the order in which they are shown."""
    # A mart's row has the place of its claim, which the mart itself doesn't show.
    with_place = "SELECT mart.*, char_start FROM {0}.%s AS mart JOIN {0}.claim USING (claim_id)"
    return (
        Compared("letter", "FROM {0}.letter", ("letter_id",)),
        Compared("claim", "FROM {0}.claim", PLACE),
        *(Compared(mart, with_place % mart, PLACE) for mart in MARTS),
        *(Compared(f"{mart}_latest", f"FROM {{0}}.{mart}_latest", FIGURE, STATED) for mart in MARTS),
        Compared("discrepancies", with_place % "discrepancies", ("kind", *PLACE), DISCREPANCY),
        Compared("derived_figures_latest", "FROM {0}.derived_figures_latest", (*FIGURE, "method"), DERIVED),
        # A form in use is told of as a letter.
        Compared("letter_form", "FROM {0}.letter_form WHERE NOT in_use", ("form_id",)),
        Compared("letter_reference", "FROM {0}.letter_reference", PLACE),
        Compared("rejected_letter", "FROM {0}.rejected_letter", ("rejected_id",)),
    )


@contextmanager
def difference(warehouse: Path, a: str | None = None, b: str | None = None) -> Iterator[Comparison]:
    """Compare two versions of a warehouse: by default the current one with the one before.

    Raises WarehouseError where there is no such version, or where both are the same.
    """
    after = find_version(warehouse, b) if b else find_current(warehouse)
    first = find_version(warehouse, a) if a else _before(warehouse, after)
    if first.name == after.name:
        raise WarehouseError(f"both are version {after.name}: give two versions that differ")
    with compared(first.path, after.path) as comparison:
        yield comparison


def _before(warehouse: Path, version: Version) -> Version:
    """Return the version before this one; after a rollback to the oldest, say how later ones are compared."""
    try:
        return find_before(warehouse, version)
    except WarehouseError as error:
        later = [each for each in versions(warehouse) if each.name != version.name]
        if not later:
            raise
        one, other = version_number(version.name), version_number(later[-1].name)
        raise WarehouseError(
            f"{error}: name the two to compare, as in `kamercijfers diff {one} {other}`"
        ) from None


@contextmanager
def compared(before: Path, after: Path) -> Iterator[Comparison]:
    """Compare two files of a warehouse; relations and columns that only one of them has are left out."""
    with attached(before=before, after=after) as connection:
        connection.execute(LETTER_NAMES)
        relations = [found for each in compared_relations() if (found := _in_both(connection, each))]
        counts = [_counted(connection, each) for each in relations]
        yield Comparison(before.name, after.name, counts, _changes(connection, relations))


def _in_both(connection: duckdb.DuckDBPyConnection, each: Compared) -> Compared | None:
    """Narrow what is compared to the columns that the relation has on both sides; None where it has none."""
    try:
        here, there = (connection.sql(each.rows.format(side)).columns for side in SIDES)
    except duckdb.CatalogException:
        return None
    common = [column for column in here if column in there and column not in NOT_SHOWN]
    said = [column for column in common if column not in (*each.key, *NOT_COMPARED)]
    return each._replace(
        key=tuple(column for column in each.key if column in common),
        values=tuple(column for column in each.values or said if column in common),
        shown=tuple(common),
    )


def _counted(connection: duckdb.DuckDBPyConnection, each: Compared) -> Count:
    """Make the temporary table `<relation>_change`, and count its rows by what has changed."""
    connection.execute(_change_table(each))
    rows = [len(connection.table(f"{side}.{each.relation}")) for side in SIDES]
    changes = f"SELECT change, count(*) FROM {each.relation}_change GROUP BY change"
    found = dict(connection.execute(changes).fetchall())
    return Count(each.relation, *rows, *(found.get(change, 0) for change in CHANGES))


def _change_table(each: Compared) -> str:
    before, after = SIDES
    same = [*each.key, *each.values, "copy"]
    paired = _is_same(f"only_{before}", f"only_{after}", (*each.key, "nth"))
    return f"""
        CREATE TEMPORARY TABLE {each.relation}_change AS
        WITH {_numbered_rows(each, before)}, {_numbered_rows(each, after)},
        {_rows_apart(each, before, after, same)}, {_rows_apart(each, after, before, same)}
        SELECT
            CASE
                WHEN only_{before}.nth IS NULL THEN 'added'
                WHEN only_{after}.nth IS NULL THEN 'gone'
                ELSE 'changed'
            END AS change,
            {_packed(each, before)} AS {before},
            {_packed(each, after)} AS {after}
        FROM only_{before} FULL JOIN only_{after} ON {paired}
    """


def _numbered_rows(each: Compared, side: str) -> str:
    """Rows of one side; those that say the same are numbered, so that each finds one of the other side."""
    said = _list((*each.key, *each.values))
    return f"""
        {side}_row AS (
            SELECT {_list(each.shown)}, row_number() OVER (PARTITION BY {said}) AS copy
            FROM ({each.rows.format(side)})
        )
    """


def _rows_apart(each: Compared, side: str, other: str, same: Sequence[str]) -> str:
    """Rows of one side that the other hasn't got; those of one key are numbered, to be paired."""
    return f"""
        only_{side} AS (
            SELECT *, row_number() OVER (PARTITION BY {_list(each.key)} ORDER BY {_list(each.shown)}) AS nth
            FROM {side}_row ANTI JOIN {other}_row ON {_is_same(f"{side}_row", f"{other}_row", same)}
        )
    """


def _is_same(one: str, other: str, columns: Sequence[str]) -> str:
    return " AND ".join(f'{one}."{name}" IS NOT DISTINCT FROM {other}."{name}"' for name in columns)


def _list(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _packed(each: Compared, side: str) -> str:
    row = ", ".join(f'"{name}": only_{side}."{name}"' for name in each.shown)
    return f"CASE WHEN only_{side}.nth IS NOT NULL THEN {{{row}}} END"


def _changes(connection: duckdb.DuckDBPyConnection, relations: Sequence[Compared]) -> Iterator[Change]:
    for each in relations:
        has_letter = "letter_id" in each.shown
        letter = "coalesce(change_row.after.letter_id, change_row.before.letter_id)" if has_letter else "NULL"
        connection.execute(f"""
            SELECT change, before, after, letter_name.name
            FROM {each.relation}_change AS change_row
            LEFT JOIN letter_name ON letter_name.letter_id = {letter}
            ORDER BY change, name, after, before
        """)
        while rows := connection.fetchmany(FETCHED):
            for change, before, after, letter in rows:
                yield _change(each, change, letter, before, after)


def _change(
    each: Compared,
    change: str,
    letter: str | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> Change:
    key = {name: (after or before or {})[name] for name in each.key}
    fields = [name for name in each.values if before and after and before[name] != after[name]]
    return Change(each.relation, change, letter, key, before, after, fields)
