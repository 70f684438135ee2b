"""How far a run is: a line of log for each batch, and a bar where stderr is a terminal."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows import logs, watching
from flows.saying import counted

if TYPE_CHECKING:
    from rich.progress import Progress

log = logging.getLogger(__name__)


class _Count:
    """Batches done of a total: read in threads, one run at a time in a process."""

    def __init__(self, total: int, bar: "Progress | None") -> None:
        self.total, self.done, self.bar = total, 0, bar
        self.lock = threading.Lock()


_count = _Count(0, None)


@contextmanager
def over(batches: int) -> Iterator[None]:
    """Count so many batches from nought."""
    global _count  # noqa: PLW0603
    _count = _Count(batches, _terminal_bar())
    if _count.bar is None:
        yield
        return
    try:
        with _count.bar:
            logs.follow_stderr()
            _count.bar.add_task("reading letters", total=batches)
            yield
    finally:
        _count.bar = None
        logs.follow_stderr()


def advance(read: int, set_aside: int, claims: int) -> None:
    """One batch more is done: so many files of it are read, with so many claims, and set aside."""
    watching.count(read=read, rejected=set_aside, claims_read=claims)
    with _count.lock:
        _count.done += 1
        if _count.bar is not None:
            _count.bar.update(_count.bar.task_ids[0], completed=_count.done)
        came = f"{counted(read, 'file')} read with {counted(claims, 'claim')}, {set_aside} set aside"
        log.info("batch %d of %d: %s", _count.done, _count.total, came)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """Yield what shows how many of about how many are done, where stderr is a terminal."""
    bar = _terminal_bar()
    if bar is None:
        yield lambda _done, _total: None
        return
    try:
        with bar:
            logs.follow_stderr()
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    finally:
        logs.follow_stderr()


def _terminal_bar() -> "Progress | None":
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)
