"""Commands that look after the nights: doctor, repair, alert-test."""

from contextlib import suppress
from typing import Annotated

import typer

from flows.cli.options import Inbox, Warehouse
from flows.ending import DONE, FAILED
from flows.errors import UsageError
from flows.saying import ERROR, say
from flows.streams import ReaderGoneError

app = typer.Typer()


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
