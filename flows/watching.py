"""A run as it goes: its step, what it has counted so far, how long each step took, how it ended.

A process has one run at a time. Logs, metrics, artifacts and alerts tell of it what stands here, the
last two when it has ended (`reporting`).
"""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from flows.channels import Channel
    from flows.outcomes import Outcome
    from warehouse.store import Holder

Kind = Literal["nightly", "backfill"]
Engine = Literal["prefect", "inline"]


class Run(NamedTuple):
    """What a run is known by from its first moment, and what befell it on its way."""

    run_id: str
    started: datetime  # UTC, without a zone, as SQL's TIMESTAMP has none
    kind: Kind
    engine: Engine
    server_lost: bool = False  # Prefect's
    harvest: str = "none"  # or done, or why it failed


@dataclass
class Course:
    """How a run goes."""

    run: Run
    step: str = "start"
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)  # by step
    outcome: "Outcome | None" = None
    error: BaseException | None = None  # that ended it
    server: str = ""  # of Prefect, that has the run: the address of its API
    failure: Exception | None = None  # of the steps themselves, whatever Prefect makes of it
    killed: "Holder | None" = None  # the run before, where it ended without a word
    channels: "tuple[list[Channel], dict[str, str]] | None" = None  # for alerts, where they are open already
    began: float = field(default_factory=time.monotonic)
    writing: threading.Lock = field(default_factory=threading.Lock)


_current: Course | None = None


def current() -> Course | None:
    """The run of this process, None where none is on."""
    return _current


@contextmanager
def begun(kind: Kind, engine: Engine) -> Iterator[Course]:
    """A run of this process, from here to its end; none is to be on."""
    global _current  # noqa: PLW0603
    _current = Course(new_run(kind, engine))
    try:
        yield _current
    finally:
        _current = None


def new_run(kind: Kind, engine: Engine) -> Run:
    """A run that begins now, with an identifier that sorts by time, such as 20240501T020000Z-1f0c3a."""
    started = now()
    return Run(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", started, kind, engine)


def now() -> datetime:
    """Time in UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Be in this step of the run; where it fails, the run stays in it."""
    course = _current
    if course is None:
        yield
        return
    course.step, began = name, time.monotonic()
    try:
        yield
    finally:
        course.seconds[name] = course.seconds.get(name, 0) + time.monotonic() - began


def note_harvest(came: str) -> None:
    """Note how the harvest ended that the run began with."""
    if _current is not None:
        _current.run = _current.run._replace(harvest=came)


def came_to(outcome: "Outcome") -> "Outcome":
    """Note what the run did, and return it."""
    if _current is not None:
        _current.outcome = outcome
    return outcome


def count(**found: int) -> None:
    """Add to what the run has counted; batches are counted in threads."""
    if _current is not None:
        with _current.writing:
            for what, number in found.items():
                _current.counts[what] = _current.counts.get(what, 0) + number
