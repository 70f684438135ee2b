"""Logging, configured here and nowhere else: stdlib records on stderr."""

import logging
import sys

from flows.errors import UserError
from warehouse.errors import WarehouseError

FORMAT = "%(asctime)s %(levelname)s %(message)s"
OURS = ("flows", "transforms", "warehouse")
#: What Prefect says of every run, whatever happens in it.
ROUTINE = ("Beginning flow run", "Finished in state Completed")


def configure() -> None:
    """Show records of this project and of Prefect from INFO, of all others from WARNING, on stderr.

    Prefect leaves a root logger that has a handler as it is, so its records come out in the same form.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, datefmt="%H:%M:%S"))
    handler.addFilter(_is_news)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    show_ours()


def show_ours() -> None:
    """Let the project's own records from INFO through."""
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def follow_stderr() -> None:
    """Send records to what sys.stderr is now: a progress bar takes its place to write above itself."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(sys.stderr)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a record tells an operator something that no other line does."""
    if record.name.startswith("prefect.") and record.getMessage().startswith(ROUTINE):
        return False
    # The command line says these in one line at the end; Prefect would show a page of traceback.
    return not (record.exc_info and isinstance(record.exc_info[1], UserError | WarehouseError))
