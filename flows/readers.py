"""Processes that read batches of letters: in threads, Python would keep all of them to one core.

A run reads no letter in its own process either: a pattern that hangs can't be interrupted, only a process can
be ended. Each is a fresh interpreter that gets frames and sends frames back (`python -m flows.readers`), and
says which letter it reads; the system ends it when a letter takes longer than it may. One that is ended, dies
or gives no answer is replaced, and the letter it had is read again alone: only where that happens twice it is
set aside. The others of its batch go on.
"""

import atexit
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import F_GETFL, F_SETFL, F_SETOWN, fcntl
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple, cast

import polars as pl

from flows.errors import UserError
from flows.intake import Rejection
from flows.limits import LIMITS, Limits, over
from flows.reading import STEP, extracted, failed, gathered, nothing_but, rejected_frame
from transforms import schemas
from transforms.extract import Extraction
from transforms.letters import letter_id
from transforms.vocabulary import patterns

log = logging.getLogger(__name__)

Extract = Callable[[pl.DataFrame], Extraction]

#: Letters that take as long to read as a process does to start.
LETTERS_EACH = 150
START_SECONDS = 120
#: By the clock a letter gets so many seconds more, and some times its seconds: other programs run here too.
LEAST_SECONDS = 60
TIMES = 5
READY = "ready"
#: What a process runs.
MODULE = "flows.readers"
#: Read and learnt from, so that a letter isn't charged with what the grammar learns.
WARM_UP = """Den Haag, 3 mei 2019

In 2018 waren er volgens CoMensha 1.222 slachtoffers van mensenhandel, een stijging van 23% ten opzichte van
2017. Het aantal opvangplaatsen daalde van 50 naar 46. Naar verwachting zijn er eind 2020 ruim tachtig cellen.
Het streven is dat in 2021 ten minste de helft van de 130 zaken binnen zes maanden is afgehandeld.
""" + "Er waren 12 plaatsen in 2016 en 14 in 2017. " * 60  # fmt: skip


def worth_starting(workers: int, batches: int, letters: int) -> int:
    """How many processes are worth their start, at most `workers`."""
    return max(1, min(workers, batches, letters // LETTERS_EACH))


def batch_length(workers: int, letters: int, most: int) -> int:
    """Letters of a batch, at most `most`: each process that is worth its start gets one."""
    processes = worth_starting(workers, letters, letters)
    return max(1, min(most, -(-letters // processes)))


class LostReaderError(Exception):
    """A process that read letters is gone, or gives no answer.

    `letter_id` is the letter that it had, if any; it is final where nothing but that letter took the time.
    """

    def __init__(
        self, message: str, letter_id: str | None, *, is_too_slow: bool = False, is_final: bool = False
    ) -> None:
        super().__init__(message)
        self.letter_id, self.is_too_slow, self.is_final = letter_id, is_too_slow, is_final


class Readers:
    """So many processes, each started when there is work for it."""

    def __init__(self, count: int, limits: Limits = LIMITS) -> None:
        self.count = count
        self._seats = [_Seat(limits) for _ in range(count)]
        self._free: SimpleQueue[Extract] = SimpleQueue()
        for seat in self._seats:
            self._free.put(seat.extracted)

    @contextmanager
    def free(self) -> Iterator[Extract]:
        """What reads a batch, as soon as it is free: until then nobody else gets it."""
        extract = self._free.get()
        try:
            yield extract
        finally:
            self._free.put(extract)

    def close(self) -> None:
        """End the processes that are at work; the others wait for the next run of this program."""
        for seat in self._seats:
            seat.close()


class _Seat:
    """A place for a process: a new one takes it when one is lost."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._reader: _Reader | None = None
        self._is_closed = self._is_at_work = self._has_lost = False

    def extracted(self, files: pl.DataFrame) -> Extraction:
        """What `extracted` makes of the files, within the limits.

        A letter with which a process is lost is read again alone, unless it had a fair chance.
        """
        parts: list[Extraction] = []
        while True:
            try:
                return gathered([*parts, self._asked(files)])
            except LostReaderError as lost:
                self._require_open()
                ids = files["letter_id"].to_list()
                at = ids.index(lost.letter_id) if lost.letter_id in ids else 0
                parts += [self.extracted(files[:at])] if at else []
                parts.append(self._alone(files[at : at + 1], lost))
                files = files[at + 1 :]

    def _alone(self, files: pl.DataFrame, lost: LostReaderError) -> Extraction:
        if lost.is_final:
            return nothing_but(self._refused(files, lost))
        log.warning("%s: %s; it is read again, alone", files["source"][0], lost)
        try:
            return self._asked(files)
        except LostReaderError as again:
            return nothing_but(self._refused(files, again))

    def _refused(self, files: pl.DataFrame, lost: LostReaderError) -> pl.DataFrame:
        if not lost.is_too_slow:
            return failed(files, lost)
        detail = over(str(lost), f"{self._limits.seconds:g} seconds")
        row = Rejection(files["source"][0], files["letter_id"][0], STEP, "too_slow", detail)
        return rejected_frame([row])

    def _asked(self, files: pl.DataFrame) -> Extraction:
        if files.is_empty():
            return nothing_but(rejected_frame([]))
        self._require_open()
        self._is_at_work = True
        try:
            if self._reader is None:
                self._reader = _spare() or _Reader()
                if self._is_closed:  # while it was started
                    self._reader.close()
                if self._has_lost:
                    self._reader.warm_up()
            return self._reader.extracted(files, self._limits)
        except (LostReaderError, KeyboardInterrupt) as error:
            self._has_lost = isinstance(error, LostReaderError)
            if self._reader is not None:
                self._reader.close()  # by Ctrl-C it is left in the midst of its work
                self._reader = None
            raise
        finally:
            self._is_at_work = False

    def _require_open(self) -> None:
        if self._is_closed:
            raise UserError("stopped while letters were read")

    def close(self) -> None:
        self._is_closed, reader = True, self._reader
        if reader is None:
            return
        if self._is_at_work:
            reader.close()
        else:
            _keep(reader)
            self._reader = None


# Processes without work. What one has learnt of the grammar took it seconds.
_waiting: list["_Reader"] = []
_guard = threading.Lock()


def _keep(reader: "_Reader") -> None:
    with _guard:
        _waiting.append(reader)


def _spare() -> "_Reader | None":
    """A process without work that runs what a new one would, if there is one; those that don't are ended."""
    with _guard:
        while _waiting:
            reader = _waiting.pop()
            if reader.is_current():
                return reader
            reader.close()
    return None


@atexit.register
def _end_spares() -> None:
    with _guard:
        while _waiting:
            _waiting.pop().close()


class _Reader:
    """A process that reads letters, and the pipe to it."""

    def __init__(self) -> None:
        self._made_by = _command()
        self._is_warm = False
        self._pipe, theirs = Pipe()
        lifeline, self._lifeline = os.pipe()
        try:
            self._process = subprocess.Popen(  # noqa: S603 our own module
                [*self._made_by.program, str(theirs.fileno()), str(lifeline)],
                env=os.environ | self._made_by.variables,
                pass_fds=[theirs.fileno(), lifeline],
                stdin=subprocess.DEVNULL,
            )
        finally:
            theirs.close()
            os.close(lifeline)
        try:
            self._answer(START_SECONDS)
        except LostReaderError as lost:  # no letter's fault
            self.close()
            raise UserError(f"no process to read letters could be started: {lost}") from lost

    def is_current(self) -> bool:
        """Whether the process is there and what one that is started now would be."""
        return self._process.poll() is None and self._made_by == _command()

    def warm_up(self) -> None:
        """Let the process read a letter of our own, if it hasn't read any."""
        if not self._is_warm:
            content = WARM_UP.encode()
            files = pl.DataFrame(
                [(letter_id(content), "warm-up", content, None)], schema=schemas.FILE, orient="row"
            )
            self.extracted(files, LIMITS, then_learn=True)
            self._is_warm = True

    def extracted(self, files: pl.DataFrame, limits: Limits, *, then_learn: bool = False) -> Extraction:
        """What `extracted` makes of the files.

        Raises what that raises, and LostReaderError.
        """
        try:
            self._pipe.send((files, limits, then_learn))
        except OSError as error:
            raise LostReaderError(self._end(), None) from error
        answer: object = None
        while answer is None or isinstance(answer, str):
            answer = self._answer(LEAST_SECONDS + TIMES * limits.seconds, answer)
        if isinstance(answer, Exception):
            raise answer
        return cast(Extraction, answer)

    def _answer(self, seconds: float, letter_id: str | None = None) -> object:
        """Return what the process says within so many seconds, in which it reads this letter."""
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except (EOFError, OSError) as error:
            end = self._end()
            if self._process.returncode == -signal.SIGPROF:
                raise self._too_slow("took too long", letter_id) from error
            raise LostReaderError(end, letter_id) from error
        raise self._too_slow(f"a reading process gave no answer in {seconds:.0f} seconds", letter_id)

    def _too_slow(self, message: str, letter_id: str | None) -> LostReaderError:
        return LostReaderError(message, letter_id, is_too_slow=True, is_final=self._is_warm)

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
        lifeline, self._lifeline = self._lifeline, -1  # it may be closed by two threads
        if lifeline >= 0:
            os.close(lifeline)


class _Command(NamedTuple):
    """What starts a process, and the variables that decide which code it runs: no other matters to it."""

    program: list[str]
    variables: dict[str, str]


def _command() -> _Command:
    """What would start a process now; the same code as this one's is found, and Polars has one thread."""
    paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH")]
    variables = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "POLARS_MAX_THREADS": "1"}
    return _Command([sys.executable, "-P", "-m", MODULE], variables)


def _serve(pipe: Connection, lifeline: int) -> None:
    """Answer frame by frame, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process ends it
    _end_with(lifeline)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with suppress(EOFError, OSError):
        pipe.send(READY)
        while True:
            files, limits, then_learn = pipe.recv()
            answer = _answered(files, limits, pipe)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if then_learn:
                patterns.learn()
            pipe.send(answer)


def _end_with(lifeline: int) -> None:
    """Let the system end this process, whatever it does, when nobody holds the other end of this pipe."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl(lifeline, F_SETOWN, os.getpid())
    fcntl(lifeline, F_SETFL, fcntl(lifeline, F_GETFL) | os.O_ASYNC)


def _answered(files: pl.DataFrame, limits: Limits, pipe: Connection) -> Extraction | Exception:
    """What `extracted` makes of the files, or its error.

    The system ends this process when a letter takes longer than it may.
    """

    def before(letter_id: str) -> None:
        pipe.send(letter_id)
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)

    try:
        return extracted(files, before, limits.claims)
    except Exception as error:  # told to who asked
        return error


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
