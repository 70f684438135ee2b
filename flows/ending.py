"""How the program ends: its exit codes, Ctrl-C, and whether it waits for its threads."""

import atexit
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from flows.errors import UsageError, UserError
from flows.streams import ReaderGoneError
from transforms.errors import VocabularyError
from warehouse.errors import ChecksFailedError, LockedError, WarehouseError

DONE, FAILED, USAGE, CHECKS_FAILED, LOCKED = range(5)

#: The exit code of each error whose message is meant for the user; the first that fits counts.
EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (ReaderGoneError, DONE),
    (UsageError, USAGE),
    (ChecksFailedError, CHECKS_FAILED),
    (LockedError, LOCKED),
    (WarehouseError, FAILED),
    (UserError, FAILED),
    (VocabularyError, FAILED),
    (OSError, FAILED),
)

#: Set where threads would otherwise keep the process for minutes that have nothing to do any more.
leaves_at_once = False

ENDED_BY_CTRL_C = 130
#: Seconds that what runs has after Ctrl-C to end by itself, and then what is to be done at the end.
GRACE_SECONDS = 2


@contextmanager
def soon_after_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C end this process soon, whatever it waits for: nothing is lost that a kill wouldn't lose.

    An interrupted query of DuckDB 2.0 now and then waits for ever for the end of its own work, and Prefect
    tries for minutes to tell a server what happened that Ctrl-C has ended, too.
    """
    if threading.current_thread() is not threading.main_thread():  # signals are the main one's
        yield
        return
    before = signal.signal(signal.SIGINT, _end_soon)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_soon(_signal: int, _frame: FrameType | None) -> NoReturn:
    for seconds, end in ((GRACE_SECONDS, _end), (2 * GRACE_SECONDS, _leave)):
        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
    raise KeyboardInterrupt


def _end() -> NoReturn:
    end_what_it_started()
    _leave()


def end_what_it_started() -> None:
    """Do what Python does at its end: else a temporary server of Prefect's goes on as nobody's child."""
    atexit._run_exitfuncs()


def _leave() -> NoReturn:
    os._exit(ENDED_BY_CTRL_C)
