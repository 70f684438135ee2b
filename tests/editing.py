"""Warehouses as no program of ours makes them."""

from pathlib import Path

import duckdb

from warehouse.sums import write_sum


def edit(warehouse: Path, *statements: str) -> None:
    """Change the current version, as if it had been published so."""
    file = warehouse.resolve()
    file.chmod(0o644)
    with duckdb.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    file.chmod(0o444)
    write_sum(file)
