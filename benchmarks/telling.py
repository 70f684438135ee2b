"""What a bench says: lines on stderr as soon as they are known, a table on stdout, a file for programs."""

import json
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from flows.printing import print_rows


class Row(NamedTuple):
    """A line of the table; `of` says what was measured."""

    what: str
    figure: float | None  # None: not measured
    unit: str
    of: str


def tell(results: Iterable[Row], options: dict[str, Any], file: Path | None) -> None:
    """Say each line as soon as it is known, then all as a table, and write them for programs."""
    rows = told(results)
    if file:
        report = {"machine": machine(), "options": options, "results": [row._asdict() for row in rows]}
        file.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")


def told(results: Iterable[Row]) -> list[Row]:
    """All rows, said each as soon as it is known and then as a table."""
    rows = []
    for row in results:
        rows.append(row)
        print(f"{row.what}: {rounded(row.figure)} {row.unit} ({row.of})", file=sys.stderr)
    print_rows(Row._fields, [row._replace(figure=rounded(row.figure)) for row in rows], "table")
    return rows


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {"python": platform.python_version(), "cores": os.cpu_count(), "system": platform.platform()}


def rounded(figure: float | None) -> float | None:
    """Three figures."""
    return None if figure is None else float(f"{figure:.3g}")
