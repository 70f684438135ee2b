"""A run from its beginning to its end, of which metrics and alerts are told where somebody wants to know."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows import watching
from flows.settings import Settings
from flows.watching import Course, Engine, Kind
from warehouse.store import Holder


@contextmanager
def watched(settings: Settings, kind: Kind, engine: Engine) -> Iterator[Course]:
    """Watch a run from here to its end, and report it; what is watched already is told of once."""
    if (course := watching.current()) is not None:
        yield course
        return
    with watching.begun(kind, engine) as course:
        try:
            yield course
        except BaseException as error:
            course.error = error
            raise
        finally:
            course.seconds["whole"] = time.monotonic() - course.began
            _report(settings, course)


def _report(settings: Settings, course: Course) -> None:
    """Tell of a run that has ended, where somebody wants to know."""
    if settings.metrics_file:
        from flows import metrics

        metrics.write(settings.metrics_file, settings.warehouse, course)
    if settings.has_alerts:
        from flows import alerts

        alerts.tell(settings, course)


def killed_before(settings: Settings, holder: Holder) -> None:
    """Note that the run before ended without a word, and tell it where somebody wants to know."""
    course = watching.current()
    if course is None:
        return
    course.killed = holder
    if settings.has_alerts:
        from flows import alerts

        alerts.tell_killed(settings, course)
