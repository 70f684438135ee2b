"""Standard streams in UTF-8, and what happens when nobody reads stdout any more."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, TextIO


class ReaderGoneError(Exception):
    """Whoever read stdout has had enough, as `head` has."""


class _Stdout(FileIO):
    """Standard output that raises ReaderGoneError, of which neither Typer nor Rich makes a failure."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            # What couldn't be written is flushed again at the end: once is enough to be told.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if isinstance(error, BrokenPipeError):
                raise ReaderGoneError from None
            raise


@contextmanager
def utf8_streams() -> Iterator[None]:
    """Standard streams in UTF-8, in the block; writing to stdout raises ReaderGoneError once nobody reads."""
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    given = sys.stdout
    raw = _Stdout(given.fileno(), "w", closefd=False)
    sys.stdout = TextIOWrapper(
        BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=given.isatty()
    )
    try:
        yield
    finally:
        with suppress(ReaderGoneError):
            sys.stdout.flush()
        sys.stdout = given


@contextmanager
def stdout() -> Iterator[TextIO]:
    """Yield standard output for data; all of it is written when the block ends.

    Raises ReaderGoneError when the other end of the pipe was closed.
    """
    yield sys.stdout
    sys.stdout.flush()
