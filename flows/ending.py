"""How the program ends: its exit codes, Ctrl-C, and whether it waits for its threads."""

import atexit
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from flows import saying
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

#: What came of what runs here, to be asked when a signal ends it; of this process, and of none that it forks.
_came_of_it: Callable[[], str] | None = None
_asked_in = 0


@contextmanager
def telling(came_of_it: Callable[[], str]) -> Iterator[None]:
    """Say in a line what came of it where Ctrl-C or SIGTERM ends what runs here."""
    global _came_of_it, _asked_in  # noqa: PLW0603
    _came_of_it, _asked_in = came_of_it, os.getpid()
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, end_by) if is_main else None
    try:
        yield
    except KeyboardInterrupt:
        say_ended("Ctrl-C")
        raise
    finally:
        _came_of_it = None
        if is_main and signal.getsignal(signal.SIGTERM) is end_by:
            signal.signal(signal.SIGTERM, before)


def say_ended(by: str) -> None:
    """Say by what this process is ended and what came of what ran, where that is to be told, and once."""
    global _came_of_it
    came_of_it, _came_of_it = _came_of_it, None
    if came_of_it and os.getpid() == _asked_in:
        with suppress(RuntimeError):  # a signal in the midst of another line
            saying.say(f"ended by {by}: {came_of_it()}", saying.ERROR)


def end_by(number: int, _frame: FrameType | None) -> None:
    """End this process by a signal as that ends any, once what is to be told is."""
    say_ended(signal.Signals(number).name)
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


def published_since(before: Path | None, now: Path | None) -> str:
    """What a run that was ended has published, by where the warehouse's name led before it and leads now."""
    if now is None or now == before:
        return "nothing was published"
    return f"{now.name} was published"


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
    say_ended("Ctrl-C")
    os._exit(ENDED_BY_CTRL_C)
