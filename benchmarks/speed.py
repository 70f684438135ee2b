"""How fast letters are read by us and by the peers: the same letters in one run, one core each."""

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks import measuring, peers
from benchmarks.accuracy import OURS

LETTERS = 2_000
SECONDS = 30.0  # of processor time; then a peer stops, and what it has read counts
FLOOR_LETTERS = 1_000
FLOOR = "floor"


class Row(NamedTuple):
    """How fast one extractor is."""

    extractor: str
    label: str
    letters: int | None = None  # read; None: not installed here
    rate: float | None = None  # letters a second of processor time, start-up left out
    ours: float | None = None  # how many times as fast we are


def results(most: int, seconds: float = SECONDS) -> Iterator[Row]:
    """A row for us, before and after the others, for each peer, and for the floor; `most` bounds the letters.

    We are read twice so that one sees whether the machine was the same all along; the peers are compared with
    the mean of the two.
    """
    count, warm_up = min(most, LETTERS), min(most, measuring.WARM_UP)
    first = measuring.read(count, warm_up=warm_up).rate
    measured = list(_peers(count, seconds))
    last = measuring.read(count, warm_up=warm_up).rate
    ours = (first + last) / 2
    yield Row(OURS, "Kamercijfers", count, ours, 1.0)
    yield Row(f"{OURS}-first", "Kamercijfers, before the others", count, first, ours / first)
    yield Row(f"{OURS}-last", "Kamercijfers, after the others", count, last, ours / last)
    for row in measured:
        yield row._replace(ours=ours / row.rate if row.rate else None)


def _peers(count: int, seconds: float) -> Iterator[Row]:
    for peer in peers.peers():
        row = Row(peer.peer, peer.label)
        if peer.installed:
            read, took = measuring.peer_speed(peer.peer, count, seconds)
            row = row._replace(letters=read, rate=read / took)
        yield row
    few = min(count, FLOOR_LETTERS)
    yield Row(FLOOR, "Polars, candidates alone", few, measuring.floor_rate(few))
