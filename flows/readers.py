"""Processes that read batches of letters: in threads, Python would keep all of them to one core.

Each is a fresh interpreter that gets frames and sends frames back (`python -m flows.readers`). One that dies,
or gives no answer in time, is replaced, and the letters it had are read again one by one: only a letter on
which that happens again is set aside.
"""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from queue import SimpleQueue
from typing import cast

import polars as pl

from flows.errors import UserError
from flows.reading import extracted, failed, gathered, nothing_but
from transforms.extract import Extraction

log = logging.getLogger(__name__)

Extract = Callable[[pl.DataFrame], Extraction]

#: Letters that take as long to read as a process does to start.
LETTERS_EACH = 150
START_SECONDS = 120
#: A batch gets so many seconds, and so many more by its bytes: some ten times what letters take.
LEAST_SECONDS = 60
BYTES_A_SECOND = 20_000
READY = "ready"
#: What a process runs.
MODULE = "flows.readers"


def wanted(workers: int, batches: int, letters: int) -> int:
    """How many processes are worth their start, at most `workers`; one of them needs none."""
    return max(1, min(workers, batches, letters // LETTERS_EACH))


class LostReaderError(Exception):
    """A process that read letters is gone, or gives no answer."""


class Readers:
    """So many processes, each started when there is work for it; a single one is this process itself."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._seats = [_Seat() for _ in range(count)] if count > 1 else []
        self._free: SimpleQueue[Extract] = SimpleQueue()
        for extract in [seat.extracted for seat in self._seats] or [extracted]:
            self._free.put(extract)

    @contextmanager
    def free(self) -> Iterator[Extract]:
        """What reads a batch, as soon as it is free: until then nobody else gets it."""
        extract = self._free.get()
        try:
            yield extract
        finally:
            self._free.put(extract)

    def close(self) -> None:
        """End the processes."""
        for seat in self._seats:
            seat.close()


class _Seat:
    """A place for a process: a new one takes it when one is lost."""

    def __init__(self) -> None:
        self._reader: _Reader | None = None
        self._closed = False

    def extracted(self, files: pl.DataFrame) -> Extraction:
        """What `extracted` makes of the files; after the loss of a process each letter is read alone."""
        try:
            return self._asked(files)
        except LostReaderError as lost:
            log.warning("%s while it read %d letters: they are read one by one", lost, files.height)
            return gathered([self._alone(files[row : row + 1]) for row in range(files.height)])

    def _alone(self, files: pl.DataFrame) -> Extraction:
        try:
            return self._asked(files)
        except LostReaderError as lost:
            return nothing_but(failed(files, lost))

    def _asked(self, files: pl.DataFrame) -> Extraction:
        if self._closed:
            raise UserError("stopped while letters were read")
        if self._reader is None:
            self._reader = _Reader()
        try:
            return self._reader.extracted(files)
        except LostReaderError:
            self._reader.close()
            self._reader = None
            raise

    def close(self) -> None:
        self._closed = True
        if self._reader is not None:
            self._reader.close()


class _Reader:
    """A process that reads letters, and the pipe to it."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 our own module
                [sys.executable, "-P", "-m", MODULE, str(theirs.fileno())],
                env=_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        try:
            self._answer(START_SECONDS)
        except LostReaderError as lost:  # no letter's fault
            self.close()
            raise UserError(f"no process to read letters could be started: {lost}") from lost

    def extracted(self, files: pl.DataFrame) -> Extraction:
        """What `extracted` makes of the files.

        Raises what that raises, and LostReaderError.
        """
        size = int(files["content"].bin.size().sum())
        try:
            self._pipe.send(files)
        except OSError as error:
            raise LostReaderError(self._end()) from error
        answer = self._answer(LEAST_SECONDS + size / BYTES_A_SECOND)
        if isinstance(answer, Exception):
            raise answer
        return cast(Extraction, answer)

    def _answer(self, seconds: float) -> object:
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise LostReaderError(self._end()) from error
        raise LostReaderError(f"a reading process gave no answer in {seconds:.0f} seconds")

    def _end(self) -> str:
        try:
            return f"a reading process ended with {self._process.wait(1)}"
        except subprocess.TimeoutExpired:
            return "a reading process hung up"

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


def _environment() -> dict[str, str]:
    """The variables of this process, so that the same code is found; and one thread of Polars."""
    paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "POLARS_MAX_THREADS": "1"}


def _serve(pipe: Connection) -> None:
    """Answer frame by frame, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process ends it
    try:
        pipe.send(READY)
        while True:
            pipe.send(_answered(pipe.recv()))
    except (EOFError, OSError):
        return


def _answered(files: pl.DataFrame) -> Extraction | Exception:
    try:
        return extracted(files)
    except Exception as error:  # told to who asked
        return error


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
