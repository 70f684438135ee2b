"""Timings, each in processes of its own, so that none warms up or fills the memory of another.

A worker has one thread of Polars, and its processor time is taken: what is compared is work, however much
else the machine has to do. Only two processes against one are compared by the clock.
"""

import multiprocessing
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from typing import NamedTuple

import polars as pl

from benchmarks import letters, rivals
from flows.reading import extracted
from transforms import schemas
from transforms.letters import letter_id

BATCH = 100  # letters
WARM_UP = range(letters.DISTINCT - 3, letters.DISTINCT)  # the last letters
_SPAWN = multiprocessing.get_context("spawn")


class Reading(NamedTuple):
    """Letters read, and what that took."""

    letters: int
    claims: int
    wall: float  # seconds by the clock, the way to the workers and back included
    seconds: float  # of processor time, of all workers
    per_letter: list[float]  # the same, of each batch
    memory: float  # MB, the most that a worker had

    @property
    def rate(self) -> float:
        """Letters a second of processor time."""
        return self.letters / self.seconds


@contextmanager
def workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Fresh processes that have read some letters: every module is loaded, every pattern compiled."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    barrier = _SPAWN.Barrier(count)
    with ProcessPoolExecutor(count, _SPAWN, initializer=_warm_up, initargs=(barrier,)) as pool:
        for future in [pool.submit(_most_memory) for _ in range(count)]:
            future.result()
        yield pool


def _warm_up(barrier: Barrier) -> None:
    extracted(letters.files(WARM_UP))
    barrier.wait()


def read(count: int, processes: int = 1) -> Reading:
    """Read so many letters in batches, as a nightly run does, in so many processes.

    The letters are made before the clock starts; they go to the workers, and their claims come back.
    """
    size = min(BATCH, -(-count // (4 * processes)))
    batches = [letters.files(range(start, min(start + size, count))) for start in range(0, count, size)]
    with workers(processes) as pool:
        start = time.perf_counter()
        done = list(pool.map(_read, batches))
        wall = time.perf_counter() - start
    took, claims, memory = zip(*done, strict=True)
    per_letter = [seconds / batch.height for seconds, batch in zip(took, batches, strict=True)]
    return Reading(count, sum(frame.height for frame in claims), wall, sum(took), per_letter, max(memory))


def _read(files: pl.DataFrame) -> tuple[float, pl.DataFrame, float]:
    start = time.process_time()
    claims = extracted(files).claim
    return time.process_time() - start, claims, _most_memory()


def _most_memory() -> float:
    """Most memory that this process ever had, in MB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def floor_rate(count: int) -> float:
    """Letters a second of Polars finding candidates alone."""
    with workers(1) as pool:
        return pool.submit(_rate, rivals.floor, count).result()


def _rate(work: Callable[[pl.DataFrame], object], count: int) -> float:
    files = letters.files(range(count))
    work(files)
    start, rounds = time.process_time(), 0
    while rounds < 3 or time.process_time() - start < 1:
        work(files)
        rounds += 1
    return rounds * count / (time.process_time() - start)


def recogniser_rate(count: int) -> float | None:
    """Letters a second of the recogniser library, None where it isn't installed."""
    with workers(1) as pool:
        return pool.submit(_recogniser_rate, count).result()


def _recogniser_rate(count: int) -> float | None:
    recognise = rivals.recogniser()
    if recognise is None:
        return None
    texts = [letters.composed(number).text for number in range(count)]
    recognise(letters.composed(WARM_UP[0]).text)
    start = time.process_time()
    for text in texts:
        recognise(text)
    return count / (time.process_time() - start)


# One letter, however large


class Share(NamedTuple):
    """What a letter of so many bytes cost, and how many times its share of ordinary letters that is."""

    bytes: int
    seconds: float
    times: float


def hostile_shares(sizes: Sequence[int], ordinary: float, budget: float) -> Iterator[Share]:
    """Cost of hostile letters beside `ordinary`, seconds a byte of ordinary ones; no larger than fits."""
    rate = 1 / ordinary
    with workers(1) as pool:
        for size in sizes:
            if size > rate * budget:
                return
            seconds = pool.submit(_time_of, hostile(size)).result()
            rate = size / seconds
            yield Share(size, seconds, seconds / (size * ordinary))


def _time_of(text: str) -> float:
    content = text.encode()
    files = pl.DataFrame([(letter_id(content), "hostile.txt", content)], schema=schemas.FILE, orient="row")
    return _read(files)[0]


def hostile(size: int, seed: int = letters.SEED) -> str:
    """A text of what makes patterns look far ahead and back: digits, hyphens and brackets, hardly a word."""
    draw = random.Random(f"{seed}:hostile")
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(draw.choice(_HOSTILE) * draw.randint(1, 60))
        length += len(parts[-1].encode())
    return "".join(parts)[:size]


_HOSTILE = (
    "1", "12 ", "7.", "3,", "20", "-", " - ", "–", "(", ")", "[1", "] ", "%", "€ ", "van 1 ", "1 tot ",
    "a-\n", "\n1 ", ". ",
)  # fmt: skip
