"""What extraction costs: on one core and two, from few letters to many, and on hostile ones."""

import os
import statistics
from collections.abc import Iterator

from benchmarks import letters, measuring
from benchmarks.measuring import Reading
from benchmarks.telling import Row

HOSTILE = (50_000, 500_000, 5_000_000)  # bytes
COMPARED = 2_000  # letters read by one process and by two
DESCRIBED = 500  # letters looked at for their density


def results(most: int, seconds: float) -> Iterator[Row]:
    """Every measurement, in the order in which they are made."""
    yield Row("load before", os.getloadavg()[0], "processes", "near nought, or two cores can't show")
    yield from _density(min(most, DESCRIBED))
    warm_up = min(most, measuring.WARM_UP)
    one = measuring.read(min(most, COMPARED), warm_up=warm_up)
    found = one.claims / one.letters
    yield Row("one core", one.rate, "letters/s", f"{one.letters} letters, {found:.1f} claims found in each")
    two = measuring.read(one.letters, 2, warm_up)
    of = f"{two.letters} letters, batches to two processes, by the clock"
    yield Row("two cores", one.wall / two.wall, "times one", of)
    yield from _hostile(one, seconds, warm_up)
    read = []
    for reading in _sizes(most, seconds, warm_up):
        read.append(reading)
        yield from _size(reading)
    yield from _left_out(most, read)


def _density(count: int) -> Iterator[Row]:
    facts = letters.described(map(letters.composed, range(count)))
    of = f"{count} letters, seed {letters.SEED}"
    between = {name: "–".join(map(str, facts[f"{name}_between"])) for name in ("digit_runs", "figures")}
    yield Row("size", facts["bytes"], "bytes", of)
    yield Row("digit runs", facts["digit_runs"], "a letter", f"{of}: {between['digit_runs']}")
    yield Row("figures stated", facts["figures"], "a letter", f"{of}: {between['figures']}")
    yield Row("distinct sentences", facts["distinct_sentences"], "of all", of)
    yield Row("distinct but for numbers", facts["distinct_but_for_numbers"], "of all", of)


def _sizes(most: int, seconds: float, warm_up: int) -> Iterator[Reading]:
    """Letters read on two cores: each size ten times the one before, while it fits in the time."""
    rate = None
    for size in _wanted(most):
        if rate is not None and size > rate * seconds:
            return
        reading = measuring.read(size, 2, warm_up)
        rate = size / reading.wall
        yield reading


def _wanted(most: int) -> list[int]:
    return sorted({max(1, most // 100), max(1, most // 10), most, most * 10})


def _size(reading: Reading) -> Iterator[Row]:
    costs = sorted(1000 * cost for cost in reading.per_letter)
    name, of = f"{reading.letters:,} letters", f"{len(costs)} batches: {costs[0]:.1f}–{costs[-1]:.1f} ms"
    yield Row(f"{name}: cost", statistics.median(costs), "ms a letter", of)
    yield Row(f"{name}: memory", reading.memory, "MB", "the most one process had")


def _left_out(most: int, read: list[Reading]) -> Iterator[Row]:
    costs = [reading.seconds / reading.letters for reading in read]
    left = [f"{size:,}" for size in _wanted(most)[len(read) :]]
    of = f"{len(read)} sizes" + (f"; not run, for want of time: {', '.join(left)}" if left else "")
    yield Row("cost between sizes", max(costs) / min(costs), "dearest to cheapest", of)


def _hostile(one: Reading, seconds: float, warm_up: int) -> Iterator[Row]:
    ordinary = one.seconds / (one.letters * letters.SIZE)
    for share in measuring.hostile_shares(HOSTILE, ordinary, seconds, warm_up):
        of = f"{share.seconds:.1f} s; linear where all sizes cost as many times"
        yield Row(f"{share.form}: {share.bytes:,} bytes", share.times, "times its share", of)
