"""Flags that several commands have."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.printing import Format

Inbox = Annotated[
    Path | None,
    # Whether it can be read is for the run to say, which tells of it by an alert.
    typer.Option(help="Folder of letters in any form, at any depth.", show_default="inbox", readable=False),
]
Warehouse = Annotated[
    Path | None,
    # Nor is it for the options to say whether this can be.
    typer.Option(
        help="The published DuckDB file.", show_default="warehouse/kamercijfers.duckdb", readable=False
    ),
]
Printed = Annotated[Format, typer.Option("--format", help="How rows are printed.")]
BatchSize = Annotated[int | None, typer.Option(min=1, help="Letters a batch.", show_default="500")]
TaskRunner = Annotated[
    str | None,
    typer.Option(
        help="Who reads the batches: threads, processes, dask, or a Dask scheduler's tcp://HOST:PORT.",
        show_default="threads",
    ),
]
Inline = Annotated[bool, typer.Option("--inline", help="The same steps without Prefect.")]
LogFormat = Annotated[
    Literal["text", "json"] | None, typer.Option(help="How stderr tells what happens.", show_default="text")
]
Compared = Annotated[Literal["table", "ndjson"], typer.Option("--format", help="How it is printed.")]
RowsShown = Annotated[int, typer.Option(min=0, help="Rows shown of each relation; ndjson has all of them.")]
