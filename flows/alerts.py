"""Alerts: what keeps the nights from going well is told once for each cause, and once when it is over.

What is open is remembered beside the warehouse, with who was told. What a channel didn't take, the next run
offers it again.
"""

import json
import logging
import os
import platform
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from filelock import FileLock

from flows import channels, watching
from flows.channels import Alert, Channel
from flows.cleaning import escaped
from flows.settings import Settings
from flows.streams import ReaderGoneError
from flows.watching import Course
from warehouse import store
from warehouse.errors import ChecksFailedError, WarehouseError

log = logging.getLogger(__name__)

#: Longest reason that is told: a failed check shows rows.
LONGEST = 2000
#: The file grows by so much, so that a disk that is full still has the room for what is to be remembered.
BLOCK = 4096
#: What differs from night to night in what one and the same failure says.
PASSING = re.compile(r"\.(build|writing)-\w+|\b[0-9a-f]{6,}\b|\d+")


Told = Callable[[Settings, Course], None]


def _apart(tell: Told) -> Told:
    """Let no fault of alerting become one of the run."""

    @wraps(tell)
    def told(settings: Settings, course: Course) -> None:
        try:
            tell(settings, course)
        except Exception:
            log.exception("alerts are left out")

    return told


@dataclass
class Cause:
    """What is told of a cause and of its end, and which channels have been told the one and the other."""

    alert: Alert
    told: list[str] = field(default_factory=list)
    over: Alert | None = None
    told_over: list[str] = field(default_factory=list)


@dataclass
class Memory:
    """What is open, by cause, and since when somebody is told (UTC)."""

    since: str
    causes: dict[str, Cause]


@_apart
def tell(settings: Settings, course: Course) -> None:
    """Tell of a run that has ended: of what it failed by, of letters that don't come, of what is over."""
    failed = course.error
    if isinstance(failed, ReaderGoneError):
        return
    with _remembered(settings.warehouse) as memory:
        if isinstance(failed, Exception):
            _open(memory, settings, course, _event(failed), _cause(course, failed), _reason(failed))
        elif failed is None:
            _close(memory, settings, course, "failure", "check_error")
        else:
            return  # stopped by somebody, who knows it
        if course.run.kind == "nightly":
            _look_at_harvest(memory, settings, course)
            _look_for_letters(memory, settings, course)
        _deliver(memory, settings, course)


@_apart
def tell_killed(settings: Settings, course: Course) -> None:
    """Tell at once that the run before ended without a word: the same may happen to this one."""
    with _remembered(settings.warehouse) as memory:
        reason = f"the run before ({course.killed}) ended without a word: killed, or the machine went down"
        _open(memory, settings, course, "failure", f"{course.run.kind}: killed", reason)
        _deliver(memory, settings, course)


def open_causes(warehouse: Path) -> list[str]:
    """The causes that are open, in order of their names."""
    return sorted(
        name for name, cause in _read(store.alerts_file(warehouse)).causes.items() if not cause.over
    )


def trial(settings: Settings) -> Alert:
    """An alert that says nothing but that it came."""
    return _alert(settings, "test", "nightly", "test", "this is a test: alerts of this warehouse get here")


def _event(failed: Exception) -> str:
    return "check_error" if isinstance(failed, ChecksFailedError) else "failure"


def _cause(course: Course, failed: Exception) -> str:
    """Name of what failed, the same in every night in which the same fails."""
    if isinstance(failed, ChecksFailedError):
        what = ", ".join(sorted(check.name for check in failed.failed))
    else:
        what = f"{type(failed).__name__}: {PASSING.sub('#', _reason(failed).splitlines()[0])}"
    return f"{course.run.kind}: {course.step}: {what}"


def _reason(failed: Exception) -> str:
    said = "\n".join(escaped(line) for line in str(failed).strip().splitlines()) or type(failed).__name__
    return said if len(said) <= LONGEST else said[:LONGEST] + "…"


def _alert(
    settings: Settings, event: str, kind: str, cause: str, reason: str, course: Course | None = None
) -> Alert:
    told: Alert = {"event": event, "kind": kind, "reason": reason, "cause": cause}
    if course:
        told |= {"run": course.run.run_id, "step": course.step, "counts": _counts(course)}
        if isinstance(course.error, ChecksFailedError):
            told["checks"] = {check.name: check.bad_rows for check in course.error.failed}
    return told | {"time": _now(), "host": platform.node(), "warehouse": escaped(str(settings.warehouse))}


def _counts(course: Course) -> dict[str, int]:
    done = course.outcome
    if done is None:
        return dict(course.counts)
    counts = {"seen": done.seen, "known": done.known, "read": done.read, "rejected": done.set_aside}
    return counts | {"other_forms": done.other_forms, "claims": done.claims}


def _open(memory: Memory, settings: Settings, course: Course, event: str, name: str, reason: str) -> None:
    """Note a cause, unless it is open; one goes on for those who haven't been told that it was over."""
    if cause := memory.causes.get(name):
        cause.told = [channel for channel in cause.told if channel not in cause.told_over]
        cause.over, cause.told_over = None, []
    else:
        memory.causes[name] = Cause(_alert(settings, event, course.run.kind, name, reason, course))


def _close(memory: Memory, settings: Settings, course: Course, *events: str) -> None:
    """Note that the causes of these events are over, as far as this kind of run goes."""
    for name, cause in memory.causes.items():
        alert = cause.alert
        if cause.over is None and alert["event"] in events and alert["kind"] == course.run.kind:
            reason = f"over since this run: {alert['reason'].splitlines()[0]}"
            over = _alert(settings, "recovery", course.run.kind, name, reason, course)
            cause.over = over | {"of": alert["event"], "since": alert["time"]}


def _look_at_harvest(memory: Memory, settings: Settings, course: Course) -> None:
    """Note that the harvest failed which the run went on without, or that one went well again."""
    came = course.run.harvest
    if came == "done":
        _close(memory, settings, course, "harvest_failed")
    elif came.startswith("failed"):
        _open(memory, settings, course, "harvest_failed", "nightly: harvest", came)


def _look_for_letters(memory: Memory, settings: Settings, course: Course) -> None:
    """Note that no letter has come for too long, or that one has."""
    days = settings.alert_quiet_days
    now = watching.now()
    try:
        # A clock that was ahead has dated letters after today, of which some time nobody could be told.
        newest = store.newest_letter(settings.warehouse, until=now)
    except (WarehouseError, OSError):
        return  # the run has failed by it
    since = datetime.fromisoformat(memory.since).replace(tzinfo=None)
    if since > now:
        memory.since = _now()
    age = now - (newest or min(since, now))
    if days is None or age < timedelta(days=days):
        _close(memory, settings, course, "no_letters")
        return
    came = f"the last came on {newest:%Y-%m-%d}" if newest else _never(settings)
    reason = f"no letter for {days} days: {came}; look whether {escaped(str(settings.inbox))} is still filled"
    _open(memory, settings, course, "no_letters", "nightly: no letters", reason)


def _never(settings: Settings) -> str:
    if ahead := store.newest_letter(settings.warehouse, until=None):
        return f"those that came are dated after today, to {ahead:%Y-%m-%d}, by a clock that was ahead"
    return "none has ever come"


def _deliver(memory: Memory, settings: Settings, course: Course) -> None:
    """Offer to each channel what it hasn't been told; what all have been told the end of is forgotten."""
    names = [name for name in ("webhook", "email") if getattr(settings, f"alert_{name}")]
    for cause in memory.causes.values():
        cause.told = [name for name in cause.told if name in names]
    if any(_untold(cause, name) for cause in memory.causes.values() for name in names):
        ways, failed = course.channels or channels.opened(settings)
        for name, reason in failed.items():
            _warn_of(name, reason)
        for way in ways:
            _deliver_by(way, memory)
    ended = [name for name, cause in memory.causes.items() if cause.over and set(names) <= {*cause.told_over}]
    for name in ended:
        del memory.causes[name]


def _warn_of(channel: str, reason: str) -> None:
    log.warning("no alert could be sent by %s (%s): the next run tries again", channel, reason)


def _untold(cause: Cause, channel: str) -> list[tuple[Alert, list[str]]]:
    """What a channel is to be told of a cause, each with where it is noted that it was."""
    untold = [] if channel in cause.told else [(cause.alert, cause.told)]
    if cause.over and channel not in cause.told_over:
        untold.append((cause.over, cause.told_over))
    return untold


def _deliver_by(way: Channel, memory: Memory) -> None:
    for cause in memory.causes.values():
        for alert, noted in _untold(cause, way.name):
            try:
                way.send(alert)
            except Exception as error:  # of a library, a socket or a mail server
                _warn_of(way.name, channels.reason_of(error))
                return
            noted.append(way.name)


@contextmanager
def _remembered(warehouse: Path) -> Iterator[Memory]:
    """What is open, for one run at a time; what has become of it is written in the end."""
    path = store.alerts_file(warehouse)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()  # where no file can be made, as in /proc, the lock would wait for one all the same
        lock = FileLock(path, timeout=4 * channels.SECONDS)
        lock.acquire()
    except OSError as error:  # filelock's Timeout is one
        log.warning("%s can't be written (%s): the next run will tell the same again", path, error)
        yield Memory(_now(), {})
        return
    try:
        memory = _read(path)
        try:
            yield memory
        finally:
            _write(path, memory)
    finally:
        lock.release()


def _read(path: Path) -> Memory:
    try:
        held = json.loads(path.read_text("utf-8"))
        since = datetime.fromisoformat(held["since"]).isoformat()
        return Memory(since, {name: _cause_of(**cause) for name, cause in held["causes"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory(_now(), {})


def _cause_of(alert: Alert, **others: Any) -> Cause:
    """A cause as it was noted; raises ValueError for what no run has written."""
    if not all(
        {"event", "kind", "reason", "time"} <= each.keys() for each in (alert, others.get("over") or alert)
    ):
        raise ValueError(alert)
    return Cause(alert, **others)


def _write(path: Path, memory: Memory) -> None:
    """Write it over what was there, in one go, as there may be no room for a file beside it."""
    content = json.dumps(asdict(memory)).encode()
    content = content.ljust(-(-len(content) // BLOCK) * BLOCK - 1) + b"\n"
    try:
        with path.open("r+b", buffering=0) as file:
            os.pwrite(file.fileno(), content, 0)
            file.truncate(len(content))
    except OSError as error:
        log.warning("%s can't be written (%s): the next run will tell the same again", path, error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
