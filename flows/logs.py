"""Logging, configured here and nowhere else: stdlib records on stderr, as text or as a JSON object a line."""

import logging
import sys
import time
from typing import Literal

from flows import saying, watching
from flows.cleaning import escaped
from flows.errors import UserError
from warehouse.errors import WarehouseError

Format = Literal["text", "json"]

TEXT = "%(asctime)s %(levelname)s %(message)s"
OURS = ("flows", "transforms", "warehouse")
#: What Prefect says of every run, whatever happens in it.
ROUTINE = ("Beginning flow run", "Finished in state Completed")
#: Says an address, and below it where to read on.
STARTING = "Starting temporary server on "
#: What it says again every few seconds when its server is gone.
AGAIN = "Unable to connect to 'ws"
#: Loggers of Prefect that tell what goes wrong in a run; others tell of the way to its server.
OF_RUNS = ("prefect.flow_runs", "prefect.task_runs")

log = logging.getLogger(__name__)


def configure(form: Format = "text") -> None:
    """Show records of this project and of Prefect from INFO, of all others from WARNING, on stderr.

    Prefect leaves a root logger that has a handler as it is, so its records come out in the same form.
    """
    logging.basicConfig(level=logging.WARNING, handlers=[_on_stderr(form)], force=True)
    _show_ours()
    _keep_to_records()
    if form == "json":
        saying.speak = _speak


def follow(form: Format) -> None:
    """Show the same in a process of Prefect's own, of `serve` or a worker, which set up its handlers there.

    To be called before a flow begins; where `configure` was called, nothing changes.
    """
    from prefect.logging.configuration import ensure_logging_setup

    ensure_logging_setup()
    _show_ours()
    _keep_to_records()
    root = logging.getLogger()
    for name in (None, *logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        for handler in filter(_is_prefects, logger.handlers[:]):
            if logger is root:  # its console takes `:100:` for an emoji
                root.removeHandler(handler)
                root.addHandler(_on_stderr(form))
            elif not _tells_news(handler):
                handler.addFilter(_News())
                handler.setFormatter(formatter(form))


def _on_stderr(form: Format) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form))
    handler.addFilter(_News())
    return handler


def _is_prefects(handler: logging.Handler) -> bool:
    """Whether Prefect set this one up, to write to stderr."""
    return isinstance(handler, logging.StreamHandler) and type(handler).__module__.startswith("prefect.")


def _tells_news(handler: logging.Handler) -> bool:
    return any(isinstance(one, _News) for one in handler.filters)


def leave_out_prefect() -> None:
    """Show nothing of Prefect any more, whose server is gone: it would tell of that in pages."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: record.name.startswith(OURS))


def _show_ours() -> None:
    """Let the project's own records from INFO through."""
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def _keep_to_records() -> None:
    """Let what can't log, as Prefect without its server, not write bare lines between the records."""
    logging.raiseExceptions = False


def follow_stderr() -> None:
    """Send records to what sys.stderr is now: a progress bar takes its place to write above itself."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(sys.stderr)


def formatter(form: Format) -> logging.Formatter:
    """What makes a line of a record."""
    if form == "text":
        return _Text(TEXT, datefmt="%H:%M:%S")
    from pythonjsonlogger.json import JsonFormatter

    class Json(JsonFormatter):
        """Time in UTC, level, logger, message, and of a run its identifier, kind and step."""

        converter = staticmethod(time.gmtime)
        default_time_format = "%Y-%m-%dT%H:%M:%S"
        default_msec_format = "%s.%03dZ"

        def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
            course = watching.current()
            about = {"run": course.run.run_id, "kind": course.run.kind, "step": course.step} if course else {}
            return log_data | about

    names = {"asctime": "time", "levelname": "level", "name": "logger"}
    return Json("%(asctime)s %(levelname)s %(name)s %(message)s", rename_fields=names)


def _is_of_way(error: BaseException | None) -> bool:
    """Whether an error is of the way to the server."""
    return type(error).__module__.partition(".")[0] in ("httpx", "httpcore", "websockets")


class _Text(logging.Formatter):
    """A line whose message, which may hold words of letters, can't steer a terminal or pass for two lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the name is logging's
        record.message = escaped(record.message)
        return super().formatMessage(record)


class _News(logging.Filter):
    """Records that tell an operator something that no other line does."""

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("prefect"):
            message = record.getMessage()
            if message.startswith(ROUTINE) or (self._told and message.startswith(AGAIN)):
                return False
            if message.startswith(STARTING):
                record.msg, record.args = message.partition("\n")[0], None
            self._told = self._told or message.startswith(AGAIN)
            if record.exc_info and (not record.name.startswith(OF_RUNS) or _is_of_way(record.exc_info[1])):
                record.exc_info = record.exc_text = None  # a lost server is no fault of any code
        # The command line says these in one line at the end; Prefect would show a page of traceback.
        return not (record.exc_info and isinstance(record.exc_info[1], UserError | WarehouseError))


def _speak(line: str, level: int) -> None:
    """Say what the command line says at the end as a record too."""
    log.log(level, line)
