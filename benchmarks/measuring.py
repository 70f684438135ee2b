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
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from threading import Thread
from typing import NamedTuple

import polars as pl

from benchmarks import letters, peers
from benchmarks.floor import floor
from flows.reading import extracted
from transforms import schemas
from transforms.letters import letter_id
from transforms.vocabulary import patterns

BATCH = 100  # letters
WARM_UP = 100  # letters, the last ones: from them the grammar learns what sentences hold
#: Letters that a peer reads before its clock starts: all that it loads when first needed is there.
_WARM_UP_LETTERS = range(letters.DISTINCT - 3, letters.DISTINCT)
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
def workers(count: int, warm_up: int = 1) -> Iterator[ProcessPoolExecutor]:
    """Fresh processes that have read so many letters: every module is loaded, every pattern compiled."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    barrier = _SPAWN.Barrier(count)
    with ProcessPoolExecutor(count, _SPAWN, initializer=_warm_up, initargs=(barrier, warm_up)) as pool:
        for future in [pool.submit(_most_memory) for _ in range(count)]:
            future.result()
        yield pool


def _warm_up(barrier: Barrier, count: int) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    if count:
        extracted(letters.files(range(letters.DISTINCT - count, letters.DISTINCT)))
        patterns.learn()
    barrier.wait()


def _end_with_parent() -> None:
    """A bench that is killed leaves no worker behind, which would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def read(count: int, processes: int = 1, warm_up: int = WARM_UP) -> Reading:
    """Read so many letters in batches, as a nightly run does, in so many processes.

    The letters are made before the clock starts; they go to the workers, and their claims come back.
    """
    size = min(BATCH, -(-count // (4 * processes)))
    numbers = [range(start, min(start + size, count)) for start in range(0, count, size)]
    letters.files(range(min(count, letters.DISTINCT)))
    took, memory, found = [], 0.0, 0
    with workers(processes, warm_up) as pool:
        start = time.perf_counter()
        for seconds, claims, most in _in_order(pool, numbers, 3 * processes):
            took.append(seconds)
            memory, found = max(memory, most), found + claims.height
        wall = time.perf_counter() - start
    per_letter = [seconds / len(batch) for seconds, batch in zip(took, numbers, strict=True)]
    return Reading(count, found, wall, sum(took), per_letter, memory)


def _in_order(
    pool: ProcessPoolExecutor, numbers: Sequence[range], ahead: int
) -> Iterator[tuple[float, pl.DataFrame, float]]:
    """What became of each batch; no more than so many are under way, as this process has memory too."""
    waiting: deque[Future[tuple[float, pl.DataFrame, float]]] = deque()
    for batch in numbers:
        if len(waiting) == ahead:
            yield waiting.popleft().result()
        waiting.append(pool.submit(_read, letters.files(batch)))
    while waiting:
        yield waiting.popleft().result()


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
    with workers(1, warm_up=0) as pool:  # without the grammar, which it doesn't use
        return pool.submit(_rate, floor, count).result()


def _rate(work: Callable[[pl.DataFrame], object], count: int) -> float:
    files = letters.files(range(count))
    work(files)
    start, rounds = time.process_time(), 0
    while rounds < 3 or time.process_time() - start < 1:
        work(files)
        rounds += 1
    return rounds * count / (time.process_time() - start)


def peer_speed(peer: str, count: int, seconds: float) -> tuple[int, float]:
    """How many letters a peer read, and its seconds of processor time: so many letters, or until so long."""
    with workers(1, warm_up=0) as pool:
        return pool.submit(_peer_speed, peer, count, seconds).result()


def _peer_speed(peer: str, count: int, seconds: float) -> tuple[int, float]:
    find = peers.LOADERS[peer]()
    texts = [letters.composed(number).text for number in range(count)]
    for number in _WARM_UP_LETTERS:
        find(letters.composed(number).text)
    start, read = time.process_time(), 0
    while read < count and time.process_time() - start < seconds:
        find(texts[read])
        read += 1
    return read, time.process_time() - start


# One letter, however large


class Share(NamedTuple):
    """What a letter of so many bytes cost, and how many times its share of ordinary letters that is."""

    form: str
    bytes: int
    seconds: float
    times: float


def hostile_shares(
    sizes: Sequence[int], ordinary: float, budget: float, warm_up: int = WARM_UP
) -> Iterator[Share]:
    """Cost of hostile letters beside `ordinary`, seconds a byte of ordinary ones; no larger than fits."""
    with workers(1, warm_up) as pool:
        for form in FORMS:
            rate = 1 / ordinary
            for size in sizes:
                if size > rate * budget:
                    break
                seconds = pool.submit(_time_of, hostile(form, size)).result()
                rate = size / seconds
                yield Share(form, size, seconds, seconds / (size * ordinary))


def _time_of(text: str) -> float:
    content = text.encode()
    files = pl.DataFrame(
        [(letter_id(content), "hostile.txt", content, None)], schema=schemas.FILE, orient="row"
    )
    return _read(files)[0]


def hostile(form: str, size: int, seed: int = letters.SEED) -> str:
    """A text of what makes patterns look far ahead and back, hardly with a word."""
    draw = random.Random(f"{seed}:{form}")
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(draw.choice(FORMS[form]) * draw.randint(1, 60))
        length += len(parts[-1].encode())
    return "".join(parts)[:size]


#: What hostile letters are made of, each part repeated up to sixty times.
FORMS = {
    "digits": tuple("0123456789"),
    "hyphens": ("-", "--", "–", "- ", " - ", "a-", "a-\n"),
    "brackets": ("(", ")", "[", "]", "(1", "[1] ", ") ", "(("),
    "comma list": ("12, ",),
    "mixed": (
        "1", "12 ", "7.", "3,", "20", "-", " - ", "–", "(", ")", "[1", "] ", "%", "€ ", "van 1 ", "1 tot ",
        "a-\n", "\n1 ", ". ",
    ),
}  # fmt: skip
