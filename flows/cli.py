"""The commands and their flags. Every heavy import is inside its command."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows import command
from flows.command import DONE, ERROR, FAILED, USAGE, say
from flows.errors import UsageError, UserError
from flows.printing import Format, ReaderGoneError

if TYPE_CHECKING:
    from flows.backfilling import Wanted
    from flows.outcomes import Outcome
    from flows.settings import Settings
    from flows.watching import Course

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Every figure in the letters Dutch ministers send to Parliament, with its exact words.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or setting, 3 checks failed (nothing published), "
    "4 another run holds the lock.",
)

Inbox = Annotated[
    Path | None, typer.Option(help="Folder of letters in any form, at any depth.", show_default="inbox")
]
Warehouse = Annotated[
    Path | None, typer.Option(help="The published DuckDB file.", show_default="warehouse/kamercijfers.duckdb")
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


def run() -> int:
    """Run the command that the arguments name; what is wrong with them is a UsageError."""
    try:
        return int(app(standalone_mode=False) or DONE)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context else "kamercijfers"
        raise UsageError(f"{' '.join(error.format_message().split())} (see: {where} --help)") from error


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="The version, and no more.")] = False,
) -> None:
    from importlib.metadata import version as version_of

    if version:
        typer.echo(f"kamercijfers {version_of('kamercijfers')}")
        raise typer.Exit(DONE)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(USAGE)


@app.command(epilog="Example: kamercijfers nightly --inbox letters --warehouse figures.duckdb")
def nightly(
    inbox: Inbox = None,
    warehouse: Warehouse = None,
    batch_size: BatchSize = None,
    task_runner: TaskRunner = None,
    inline: Inline = False,
    log_format: LogFormat = None,
) -> None:
    """Read what is new in the inbox and publish it, now.

    Uses the Prefect server of PREFECT_API_URL, or else a temporary one.
    """
    from flows import engine, logs, outcomes, pipeline, watching
    from flows.settings import settings

    chosen = settings(
        inbox=inbox,
        warehouse=warehouse,
        batch_size=batch_size,
        task_runner=task_runner,
        log_format=log_format,
    )
    logs.configure(chosen.log_format)
    engine.check_runner(chosen, inline=inline)
    with watching.watched(chosen, "nightly", "inline" if inline else "prefect") as course:
        pipeline.check(chosen)
        outcome = pipeline.run(chosen) if inline else _nightly_in_prefect(chosen, course)
        for line in outcomes.summary(outcome, why=False):
            say(line)


def _nightly_in_prefect(chosen: "Settings", course: "Course") -> "Outcome":
    from flows import engine, pipeline

    _prepare_prefect(chosen, course)
    from flows.nightly import nightly as flow

    try:
        return flow(inbox=chosen.inbox, warehouse=chosen.warehouse, batch_size=chosen.batch_size)
    except Exception as error:
        engine.require_lost(course, error)
        return course.outcome or pipeline.run(chosen)


def _prepare_prefect(chosen: "Settings", course: "Course") -> None:
    """What comes before a flow is imported."""
    from flows import engine
    from flows.settings import PREFIX

    engine.prepare(chosen)
    os.environ[f"{PREFIX}TASK_RUNNER"] = chosen.task_runner  # flows ask the settings when they are imported
    engine.end_with_its_server()
    from prefect.settings import PREFECT_API_URL

    if url := PREFECT_API_URL.value():
        engine.check_server(url)
        course.server = url


@app.command(epilog="Example: kamercijfers harvest --dossier 28638 --since 2012-01-01 --dry-run")
def harvest(
    inbox: Inbox = None,
    dossier: Annotated[
        list[str] | None, typer.Option(help="A dossier, such as 28638 or 36600-VII; may be repeated.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="A query in the source's own language: CQL, or an OData $filter.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Modified on this day or later.", show_default="the watermark")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Modified on this day or before.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Letters fetched at most.")] = None,
    all_types: Annotated[bool, typer.Option("--all-types", help="Other documents than letters too.")] = False,
    source: Annotated[
        Literal["sru", "odata"] | None,
        typer.Option(help="The official publications, or the Tweede Kamer.", show_default="sru"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be fetched, and fetch nothing.")
    ] = False,
    form: Printed = "table",
    log_format: LogFormat = None,
) -> int:
    """Fetch new letters from their official source into the inbox, with their metadata.

    What isn't given comes from the section harvest of kamercijfers.toml.
    """
    from flows import harvest_request, harvesting, logs, printing
    from flows.settings import settings

    chosen = settings(inbox=inbox, log_format=log_format)
    logs.configure(chosen.log_format)
    asked = harvest_request.request(
        chosen.harvest,
        source=source,
        dossiers=dossier,
        query=query,
        since=since,
        until=until,
        limit=limit,
        all_types=all_types,
    )
    if dry_run:
        columns = harvesting.Planned._fields if form != "table" else harvesting.SHOWN
        rows = ([getattr(one, name) for name in columns] for one in harvesting.planned(chosen, asked))
        printing.print_rows(columns, rows, form)
        return DONE
    done = harvesting.run(chosen, asked)
    for one in done:
        if one.listed or not one.stopped:
            say(harvesting.summary(one))
    if fault := harvesting.faults(done):
        raise fault
    return DONE


@app.command(epilog="Example: kamercijfers backfill --publish")
def backfill(
    warehouse: Warehouse = None,
    batch_size: BatchSize = None,
    task_runner: TaskRunner = None,
    inline: Inline = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish the result; without it nothing changes.")
    ] = False,
    allow_drop: Annotated[
        bool, typer.Option("--allow-drop", help="Publish it even if tables or marts lose many rows.")
    ] = False,
    form: Compared = "table",
    rows: RowsShown = 20,
    log_format: LogFormat = None,
) -> None:
    """Read all letters of the warehouse again with the present grammar, and print what that changes.

    Uses the Prefect server of PREFECT_API_URL, or else a temporary one.
    """
    from flows import backfilling, engine, logs, outcomes, watching
    from flows.settings import settings

    chosen = settings(
        warehouse=warehouse, batch_size=batch_size, task_runner=task_runner, log_format=log_format
    )
    logs.configure(chosen.log_format)
    engine.check_runner(chosen, inline=inline)
    wanted = backfilling.Wanted(publish, allow_drop, form, rows)
    with watching.watched(chosen, "backfill", "inline" if inline else "prefect") as course:
        backfilling.check(chosen)
        if inline:
            outcome = backfilling.run(chosen, wanted).outcome
        else:
            outcome = _backfill_in_prefect(chosen, wanted, course)
        for line in outcomes.summary(outcome):
            say(line)


def _backfill_in_prefect(chosen: "Settings", wanted: "Wanted", course: "Course") -> "Outcome":
    from flows import backfilling, engine

    _prepare_prefect(chosen, course)
    from flows.backfill import backfill as flow

    try:
        return flow(chosen.warehouse, chosen.batch_size, *wanted).outcome
    except Exception as error:
        engine.require_lost(course, error)
        return course.outcome or backfilling.run(chosen, wanted).outcome


@app.command(epilog="Example: kamercijfers serve --cron '0 2 * * *'")
def serve(
    cron: Annotated[
        str | None, typer.Option(help="When to run, as cron has it.", show_default="0 2 * * *")
    ] = None,
    inbox: Inbox = None,
    warehouse: Warehouse = None,
    log_format: LogFormat = None,
) -> None:
    """Run nightly on a schedule until stopped.

    Uses the Prefect server of PREFECT_API_URL, or else starts one.
    """
    from flows import engine, logs, serving
    from flows.intake import check_folder
    from flows.settings import settings

    chosen = settings(cron=cron, inbox=inbox, warehouse=warehouse, log_format=log_format)
    logs.configure(chosen.log_format)
    check_folder(chosen.inbox)
    engine.check_runner(chosen, inline=False)
    serving.serve(chosen)


@app.command(epilog="Example: kamercijfers doctor --inbox letters")
def doctor(
    inbox: Inbox = None,
    warehouse: Warehouse = None,
    inline: Annotated[
        bool, typer.Option("--inline", help="Runs go without Prefect: look at nothing of it.")
    ] = False,
) -> None:
    """Look at all that the nights need: a line each, and what to do where something is wrong (then 1)."""
    from flows import doctor, logs
    from flows.settings import settings

    chosen = settings(inbox=inbox, warehouse=warehouse)
    logs.configure(chosen.log_format)

    def show(line: str) -> None:
        with suppress(ReaderGoneError):  # the exit code still tells what is found
            typer.echo(line)

    doctor.checked(chosen, show, inline=inline)


@app.command(epilog="Example: kamercijfers repair --warehouse figures.duckdb")
def repair(inbox: Inbox = None, warehouse: Warehouse = None) -> None:
    """Find versions and kept letters that are damaged, and make them whole from what is kept."""
    from flows import logs, repairing
    from flows.settings import settings

    chosen = settings(inbox=inbox, warehouse=warehouse)
    logs.configure(chosen.log_format)
    repairing.repaired(chosen, say)


@app.command(epilog="Example: kamercijfers alert-test")
def alert_test(warehouse: Warehouse = None) -> int:
    """Send a test by every channel that the settings name for alerts."""
    from flows import alerts, channels, logs
    from flows.settings import settings

    chosen = settings(warehouse=warehouse)
    logs.configure(chosen.log_format)
    ways, failed = channels.opened(chosen)
    for way in ways:
        try:
            way.send(alerts.trial(chosen))
            say(f"{way.name}: sent")
        except Exception as error:  # of a library, a socket or a mail server
            failed[way.name] = channels.reason_of(error)
    for name, reason in failed.items():
        say(f"{name}: not sent ({reason})", ERROR)
    if not ways and not failed:
        raise UsageError("no channel is set: KAMERCIJFERS_ALERT_WEBHOOK or KAMERCIJFERS_ALERT_EMAIL")
    return FAILED if failed else DONE


@app.command(epilog="Example: kamercijfers extract letter.txt --format ndjson")
def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Letters, folders of letters, or - for standard input.", metavar="PATH..."),
    ],
    form: Printed = "table",
    explain: Annotated[
        bool, typer.Option("--explain", help="How each sentence was read, and by which rule.")
    ] = False,
) -> int:
    """Print the claims of letters, without a warehouse."""
    return command.extract(paths, form, explain=explain)


@app.command(epilog="Example: kamercijfers evaluate gold/letters.jsonl --errors")
def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Labels NAME.jsonl with their texts in the folder NAME beside them, that folder, "
            "or a folder that holds several such sets.",
            metavar="GOLD...",
        ),
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="What is missed, false or has a wrong field, with its sentence.")
    ] = False,
    only: Annotated[
        str | None, typer.Option(help="Only texts whose name matches this regular expression.")
    ] = None,
    form: Annotated[Literal["table", "json"], typer.Option("--format", help="How it is printed.")] = "table",
) -> None:
    """Compare the claims of labelled texts with their labels: precision, recall, each field's accuracy."""
    from flows import evaluating, printing

    result = evaluating.compared(paths, only)
    say(
        f"{', '.join(result.sets)}: {result.texts} texts, {result.labels} labels, "
        f"{result.optional} of them optional"
    )
    printing.print_evaluation(result.evaluation, form, errors=errors)


@app.command(epilog="Example: kamercijfers show 5f2b --warehouse figures.duckdb")
def show(
    claim_id: Annotated[
        str, typer.Argument(help="The claim's id, or as much of it as no other begins with.")
    ],
    warehouse: Warehouse = None,
) -> None:
    """Print one claim with its sentence, the quote marked, and its letter."""
    from flows import answers, printing
    from flows.settings import settings

    printing.print_claim(answers.claim(settings(warehouse=warehouse).warehouse, claim_id))


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
    say(f"version {done.version} is in {folder}: {sum(done.rows.values())} rows in {done.files} files")


@app.command(epilog="Example: kamercijfers status --warehouse figures.duckdb")
def status(
    warehouse: Warehouse = None,
    form: Annotated[
        Literal["table", "ndjson"], typer.Option("--format", help="How it is printed.")
    ] = "table",
) -> None:
    """Print what a warehouse holds: letters, claims, files set aside, versions, last runs."""
    from flows import answers, printing
    from flows.settings import settings

    printing.print_status(answers.status(settings(warehouse=warehouse).warehouse), form)


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

    chosen = settings(warehouse=warehouse).warehouse
    with store.lock(chosen):
        done = store.roll_back(chosen, version)
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
    from flows import printing
    from flows.settings import settings
    from warehouse import store

    with store.difference(settings(warehouse=warehouse).warehouse, a, b) as comparison:
        printing.print_comparison(comparison, form, rows)


@app.command(epilog="Example: kamercijfers dashboard --port 8600")
def dashboard(
    warehouse: Warehouse = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of this machine; 0: any that is free.")
    ] = 8501,
) -> None:
    """Show the published figures in a browser of this machine, until stopped; the address is printed."""
    from flows.settings import settings

    _require_dashboard()
    from dashboard import serving

    chosen = settings(warehouse=warehouse)
    if not chosen.warehouse.exists():
        typer.echo(f"{chosen.warehouse} is not there yet: it shows once a run has published it", err=True)
    try:
        serving.serve(chosen.warehouse, port, _print_address())
    except serving.PortTakenError as error:
        raise UserError(str(error)) from error


def _print_address() -> Callable[[str], None]:
    """Prints on stdout as it is now: whatever Streamlit prints later goes elsewhere."""
    stdout = sys.stdout
    return lambda address: print(address, file=stdout, flush=True)


@app.command(epilog="Example: kamercijfers report archive")
def report(
    folder: Annotated[Path, typer.Argument(help="The folder, which is made.", metavar="DIR")],
    language: Annotated[Literal["nl", "en"], typer.Option(help="Of the report's own words.")] = "nl",
    warehouse: Warehouse = None,
) -> None:
    """Write what the dashboard shows of the current version into one HTML file, which needs nothing else."""
    from flows.settings import settings

    _require_dashboard()
    from dashboard import report as writing

    made = writing.write(settings(warehouse=warehouse).warehouse, folder.expanduser(), language)
    say(f"{made}: {made.stat().st_size / 1e6:.1f} MB")


def _require_dashboard() -> None:
    """Say what to do where the libraries of the dashboard aren't installed."""
    from importlib.util import find_spec

    lacking = [name for name in ("streamlit", "altair", "vl_convert") if find_spec(name) is None]
    if lacking:
        raise UserError(f"the dashboard needs {', '.join(lacking)}: pip install 'kamercijfers[dashboard]'")
