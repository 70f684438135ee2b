"""The steps of a nightly run as plain functions: harvest, find, read in batches, gather, publish.

`run` puts them together in this process; flows.nightly puts the same steps together in Prefect.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows import harvesting, reporting, watching
from flows.batching import read_here, read_new
from flows.cleaning import escaped
from flows.corrections import corrections
from flows.errors import UsageError, UserError
from flows.finding import found
from flows.harvesting import Harvested
from flows.outcomes import Outcome
from flows.publishing import publish
from flows.settings import Settings
from flows.spooling import spooling
from flows.walking import check_folder
from warehouse import store
from warehouse.errors import WarehouseError

log = logging.getLogger(__name__)


def run(settings: Settings) -> Outcome:
    """Read what is new in the inbox and publish it, in this process.

    Raises UserError for a missing inbox and the errors of warehouse.errors: LockedError when another run is
    on, ChecksFailedError when nothing was published.
    """
    with reporting.watched(settings, "nightly", "inline") as course, locked(settings):
        harvest_first(settings)
        todo = found(settings)
        with spooling(settings, course.run) as where:
            read = read_here(settings, where, todo.batches, read_new)
            return publish(settings, todo, read, course.run)


@contextmanager
def locked(settings: Settings, *, to_repair: bool = False) -> Iterator[None]:
    """Hold the lock of the warehouse, which tells when the run before was killed.

    A repair alone goes on where the place of the letters has lost them all.
    """
    with store.lock(settings.place) as killed:
        store.require_letters(settings.place)
        if not to_repair:
            store.require_archive(settings.place)
        if killed:
            reporting.killed_before(settings, killed)
        yield


def check(settings: Settings) -> None:
    """Raise what stands in the way of a run before anything slow is started."""
    if settings.harvest.is_configured:
        settings.inbox.mkdir(parents=True, exist_ok=True)
    check_folder(settings.inbox)
    corrections(settings.corrections)
    with locked(settings):
        store.known_letters(settings.warehouse)


def harvest_first(settings: Settings, run: Callable[[Settings], list[Harvested]] = harvesting.run) -> None:
    """Harvest what the settings name into the inbox, if they name any; a source that fails stops no run.

    Raises UsageError for a query that can't be one.
    """
    if not settings.harvest.is_configured:
        return
    with watching.step("harvest"):
        try:
            done = run(settings)
            fault: Exception | None = harvesting.faults(done)
            for one in done:
                if one.listed or not one.stopped:
                    log.info("harvest of %s", harvesting.summary(one))
        except UsageError:
            raise
        except (UserError, WarehouseError, OSError) as error:
            fault = error
        if fault:
            log.warning("the run goes on with what is there: %s", fault)
        watching.note_harvest(f"failed: {escaped(str(fault))}"[:500] if fault else "done")
