"""Commands upon the published file: show, query, export, status, versions, rollback, diff."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli.options import Compared, Printed, RowsShown, Warehouse
from flows.errors import UsageError
from flows.saying import counted, say

app = typer.Typer()


@app.command(epilog="Example: kamercijfers show 5f2b --warehouse figures.duckdb")
def show(
    claim_id: Annotated[
        str, typer.Argument(help="The claim's id, or as much of it as no other begins with.")
    ],
    warehouse: Warehouse = None,
) -> None:
    """Print one claim with its sentence, the quote marked, and its letter."""
    from flows import answers, layouts
    from flows.settings import settings

    layouts.print_claim(answers.claim(settings(warehouse=warehouse).warehouse, claim_id))


@app.command(
    epilog="Example: kamercijfers query 'SELECT year, value, quote FROM victim_counts_latest' --format csv"
)
def query(
    sql: Annotated[str | None, typer.Argument(help="One SQL query.", metavar="SQL")] = None,
    example: Annotated[str | None, typer.Option(help="A ready query, by name.")] = None,
    warehouse: Warehouse = None,
    form: Printed = "table",
) -> None:
    """Print the answer to a query; nothing can be written, and no other file read."""
    from flows import answers
    from flows.printing import print_rows
    from flows.settings import settings

    if (sql is None) == (example is None):
        raise UsageError("query: give an SQL query or --example NAME, one of the two")
    text = answers.example(example) if example is not None else sql or ""
    with answers.answered(settings(warehouse=warehouse).warehouse, text) as answer:
        print_rows(answer.columns, answer.rows, form)


@app.command(epilog="Example: kamercijfers export tables --format csv")
def export(
    folder: Annotated[Path, typer.Argument(help="The folder, which is made.", metavar="DIR")],
    form: Annotated[
        Literal["parquet", "parquet-by-year", "csv", "sdmx-csv", "datapackage"],
        typer.Option(
            "--format",
            help="Parquet, also in partitions by year, CSV for spreadsheets, SDMX-CSV 2.0 or a Data Package.",
        ),
    ] = "parquet",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier export.")] = False,
    warehouse: Warehouse = None,
) -> None:
    """Write the current version into a folder in another form; twice the same version, the same bytes."""
    from flows.settings import settings
    from warehouse import exporting

    chosen = settings(warehouse=warehouse)
    done = exporting.export(chosen.warehouse, folder.expanduser(), form, overwrite=overwrite)
    held = f"{counted(sum(done.rows.values()), 'row')} in {counted(done.files, 'file')}"
    say(f"version {done.version} is in {folder}: {held}")


@app.command(epilog="Example: kamercijfers status --warehouse figures.duckdb")
def status(
    warehouse: Warehouse = None,
    form: Annotated[
        Literal["table", "ndjson"], typer.Option("--format", help="How it is printed.")
    ] = "table",
) -> None:
    """Print what a warehouse holds: letters, claims, files set aside, versions, last runs."""
    from flows import answers, layouts
    from flows.settings import settings

    layouts.print_status(answers.status(settings(warehouse=warehouse).warehouse), form)


@app.command(epilog="Example: kamercijfers versions --format ndjson")
def versions(warehouse: Warehouse = None, form: Printed = "table") -> None:
    """Print the versions that are kept, newest first: what each holds, and which one it was built on."""
    from flows import answers
    from flows.printing import print_rows
    from flows.settings import settings

    columns, rows = answers.versions(settings(warehouse=warehouse).warehouse)
    print_rows(columns, rows, form)


@app.command(epilog="Example: kamercijfers rollback 20240501T020000Z-12")
def rollback(
    version: Annotated[
        str | None,
        typer.Argument(help="Name or number of the version; without it, the one before the current."),
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Make an earlier version the current one again, at once and whole; no version is removed."""
    from flows.settings import settings
    from warehouse import store

    chosen = settings(warehouse=warehouse)
    with store.lock(chosen.place):
        done = store.roll_back(chosen.warehouse, version)
    if done.version == done.rolled_back:
        say(f"{done.version} is the current version already")
    else:
        say(f"{done.version} is the current version again; {done.rolled_back} stays among the versions")


@app.command(epilog="Example: kamercijfers diff 11 12 --format ndjson")
def diff(
    a: Annotated[
        str | None, typer.Argument(help="Name or number of a version; without it, the one before B.")
    ] = None,
    b: Annotated[
        str | None, typer.Argument(help="Name or number of another; without it, the current one.")
    ] = None,
    warehouse: Warehouse = None,
    form: Compared = "table",
    rows: RowsShown = 20,
) -> None:
    """Print what changed from one version to another: rows added, gone and changed, by claim and by mart."""
    from flows import layouts
    from flows.settings import settings
    from warehouse import store

    with store.difference(settings(warehouse=warehouse).warehouse, a, b) as comparison:
        layouts.print_comparison(comparison, form, rows)
