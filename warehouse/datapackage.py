"""A Frictionless Data Package (version 2): CSV files as they are, and a descriptor of what they mean."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from warehouse.definitions import MARTS
from warehouse.dictionary import Column
from warehouse.tabular import Relation, Release, exported_relations, write_csv_files

PROFILES = "https://datapackage.org/profiles/2.0/"
PACKAGE = {
    "$schema": f"{PROFILES}datapackage.json",
    "name": "kamercijfers",
    "title": "Kamercijfers",
    "description": "Figures that Dutch ministers state in letters to Parliament, each with its exact words.",
    "keywords": ["statistics", "Parliament", "Netherlands"],
}
#: The letters are public documents, free to use; so is what is read from them.
LICENCES = [
    {
        "name": "CC0-1.0",
        "title": "Creative Commons Zero 1.0 Universal",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
]
SOURCES = [
    {
        "title": "Letters to the Dutch Parliament (Kamerstukken); the table letter lists them",
        "path": "https://www.officielebekendmakingen.nl",
    }
]
#: Types of DuckDB and what Table Schema calls them; a list is a JSON array.
TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
KEYS = """
SELECT table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
"""
#: What a column of this name refers to, where no foreign key is declared; in a mart, its codes do too.
REFERENCES = {
    "claim_id": "claim",
    "letter_id": "letter",
    "run_id": "run",
    "unit": "unit",
    "status": "status",
}
REFERENCES_OF_MARTS = REFERENCES | {
    "measure": "measure",
    "population": "population",
    "period": "period",
    "base_period": "period",
}


def write_datapackage(connection: duckdb.DuckDBPyConnection, folder: Path, of: Release) -> dict[str, int]:
    """Write a CSV file a relation, raw, and datapackage.json; return the rows of each file of data."""
    rows = write_csv_files(connection, folder, for_spreadsheets=False)
    keys = Keys(connection)
    descriptor = {
        **PACKAGE,
        "version": of.version,
        "created": f"{of.finished_at.replace(microsecond=0).isoformat()}Z",
        "licenses": LICENCES,
        "sources": SOURCES,
        "resources": [_resource(relation, keys, folder) for relation in exported_relations(connection)],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(f"{text}\n", "utf-8")
    return rows


class Keys:
    """Primary and foreign keys of the exported relations, the declared ones and those by name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._exported = {relation.name for relation in exported_relations(connection)}
        self._primary: dict[str, list[str]] = {}
        self._foreign: dict[str, dict[str, tuple[str, str]]] = {}
        for table, kind, columns, referenced, theirs in connection.execute(KEYS).fetchall():
            if kind == "PRIMARY KEY":
                self._primary[table] = columns
            elif len(columns) == 1:
                self._foreign.setdefault(table, {})[columns[0]] = (referenced, theirs[0])

    def primary(self, relation: Relation) -> list[str]:
        """Columns that tell its rows apart; empty where it has none."""
        named_like_it = [column.name for column in relation.columns if column.name == relation.name]
        return self._primary.get(relation.name, named_like_it)

    def foreign(self, relation: Relation) -> Iterator[Mapping[str, Any]]:
        """Foreign keys as Table Schema has them, in the order of the columns."""
        declared = self._foreign.get(relation.name, {})
        for column in relation.columns:
            table, key = declared.get(column.name) or self._by_name(relation.name, column.name)
            if table and table != relation.name and table in self._exported:
                yield {"fields": [column.name], "reference": {"resource": table, "fields": [key]}}

    def _by_name(self, relation: str, column: str) -> tuple[str, str]:
        table = (REFERENCES_OF_MARTS if relation in MARTS else REFERENCES).get(column, "")
        return table, column if column.endswith("_id") else table


def _resource(relation: Relation, keys: Keys, folder: Path) -> dict[str, Any]:
    path = folder / f"{relation.name}.csv"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": relation.name,
        "type": "table",
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": relation.comment,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(relation, keys),
    }


def _schema(relation: Relation, keys: Keys) -> dict[str, Any]:
    primary, foreign = keys.primary(relation), list(keys.foreign(relation))
    return {
        "$schema": f"{PROFILES}tableschema.json",
        "fields": [_field(column) for column in relation.columns],
        **({"primaryKey": primary} if primary else {}),
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": "array" if column.type.endswith("[]") else TYPES.get(column.type, "any"),
        "description": column.comment,
        **({} if column.nullable else {"constraints": {"required": True}}),
    }
