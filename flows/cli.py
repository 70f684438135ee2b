"""The command line. Every heavy import is inside its command: `extract` on one letter is to take no time."""

# ruff: noqa: PLC0415 - every heavy import is inside its command

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast, get_args

import typer

from flows.errors import UsageError, UserError
from flows.printing import Format, ReaderGoneError
from warehouse.errors import ChecksFailedError, LockedError, WarehouseError

if TYPE_CHECKING:
    from flows.pipeline import Outcome
    from flows.settings import Settings

DONE, FAILED, USAGE, CHECKS_FAILED, LOCKED = range(5)

#: The exit code of each error whose message is meant for the user; the first that fits counts.
EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (ReaderGoneError, DONE),
    (UsageError, USAGE),
    (typer.TyperException, USAGE),
    (ChecksFailedError, CHECKS_FAILED),
    (LockedError, LOCKED),
    (WarehouseError, FAILED),
    (UserError, FAILED),
    (OSError, FAILED),
)

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Every figure in the letters Dutch ministers send to Parliament, with its exact words.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or setting, 3 checks failed (nothing published), "
    "4 another run holds the lock.",
)

Inbox = Annotated[
    Path | None, typer.Option(help="Folder of letters: every .txt at any depth.", show_default="inbox")
]
Warehouse = Annotated[
    Path | None, typer.Option(help="The published DuckDB file.", show_default="warehouse/kamercijfers.duckdb")
]
Printed = Annotated[Format, typer.Option("--format", help="How rows are printed.")]


def main() -> int:
    """Run the command line; here alone errors are said to the user and become exit codes."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        request = extract_request(sys.argv[1:])
        return extract(*request) if request else int(app(standalone_mode=False) or DONE)
    except Exception as error:
        code = next((code for kind, code in EXIT_CODES if isinstance(error, kind)), None)
        if code is None:
            raise
        if code != DONE:
            say(_message(error))
        return code


def extract_request(arguments: list[str]) -> tuple[list[Path], Format] | None:
    """Paths and format of a plain `extract` command; None for any other, which is left to Typer.

    Typer builds a Pydantic validator for every parameter of every command, which takes longer than
    reading a letter.
    """
    if arguments[:1] != ["extract"]:
        return None
    paths, form, rest = [], "table", iter(arguments[1:])
    for argument in rest:
        if argument.startswith("--format"):
            form = next(rest, "") if argument == "--format" else argument.removeprefix("--format=")
        elif argument.startswith("-"):
            return None
        else:
            paths.append(Path(argument))
    return (paths, cast(Format, form)) if paths and form in get_args(Format) else None


def say(line: str) -> None:
    """One line to the user, on stderr."""
    print(f"kamercijfers: {line}", file=sys.stderr)  # noqa: T201


def _message(error: Exception) -> str:
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        where = context.command_path if context else "kamercijfers"
        return f"{' '.join(error.format_message().split())} (see: {where} --help)"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return str(error)


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
    batch_size: Annotated[
        int | None, typer.Option(min=1, help="Letters a batch.", show_default="500")
    ] = None,
    inline: Annotated[bool, typer.Option("--inline", help="The same steps without Prefect.")] = False,
) -> None:
    """Read what is new in the inbox and publish it, now.

    Uses the Prefect server of PREFECT_API_URL, or else a temporary one.
    """
    from flows import logs, pipeline
    from flows.settings import settings

    logs.configure()
    chosen = settings(inbox=inbox, warehouse=warehouse, batch_size=batch_size)
    pipeline.check(chosen)
    outcome = pipeline.run(chosen) if inline else _run_in_prefect(chosen)
    for line in pipeline.summary(outcome):
        say(line)


def _run_in_prefect(chosen: "Settings") -> "Outcome":
    from flows import engine

    engine.prepare(chosen)
    engine.end_with_its_server()
    from prefect.settings import PREFECT_API_URL

    from flows.nightly import nightly as flow

    if url := PREFECT_API_URL.value():
        engine.check_server(url)
    return flow(inbox=chosen.inbox, warehouse=chosen.warehouse, batch_size=chosen.batch_size)


@app.command(epilog="Example: kamercijfers serve --cron '0 2 * * *'")
def serve(
    cron: Annotated[
        str | None, typer.Option(help="When to run, as cron has it.", show_default="0 2 * * *")
    ] = None,
    inbox: Inbox = None,
    warehouse: Warehouse = None,
) -> None:
    """Run nightly on a schedule until stopped.

    Uses the Prefect server of PREFECT_API_URL, or else starts one.
    """
    from flows import logs, serving
    from flows.settings import settings

    logs.configure()
    serving.serve(settings(cron=cron, inbox=inbox, warehouse=warehouse))


@app.command(epilog="Example: kamercijfers extract letter.txt --format ndjson")
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of .txt files.", metavar="PATH...")],
    form: Printed = "table",
) -> int:
    """Print the claims of letters, without a warehouse."""
    from flows.extracting import claim_rows
    from flows.printing import print_rows
    from transforms.schemas import CLAIM_FIELDS

    rejected = []

    def set_aside(name: str, reason: str, detail: str | None) -> None:
        rejected.append(name)
        say(f"{name}: {reason} ({detail})")

    print_rows(CLAIM_FIELDS, claim_rows(paths, set_aside), form)
    return FAILED if rejected else DONE


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


if __name__ == "__main__":
    sys.exit(main())
