"""The commands and their flags, a module for each kind. Every heavy import is inside its command."""

from typing import Annotated

import typer

from flows.cli import care, pages, published, runs, texts
from flows.ending import DONE, USAGE
from flows.errors import UsageError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Every figure in the letters Dutch ministers send to Parliament, with its exact words.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or setting, 3 checks failed (nothing published), "
    "4 another run holds the lock.",
)


for commands in (runs, care, texts, published, pages):  # in the order of --help
    app.add_typer(commands.app)


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
