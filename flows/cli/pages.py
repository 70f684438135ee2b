"""Commands that show the figures to people: dashboard, report."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli.options import Warehouse
from flows.errors import UserError
from flows.saying import say

app = typer.Typer()


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
