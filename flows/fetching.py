"""Letters of a page of a source's list, fetched into the inbox; how far the list has been seen."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from flows.cleaning import escaped
from flows.harvest_request import Request, days_before
from flows.landing import Landed
from flows.sources import Page, Record, Source, Wanted
from flows.sources.errors import SourceError, TooLargeError, UnavailableError

log = logging.getLogger(__name__)

#: So many letters one after the other that a source couldn't give, and it isn't asked for more.
GIVE_UP_AFTER = 3


@dataclass
class Tally:
    """How the harvest of one source goes."""

    source: Source
    wanted: Wanted
    request: Request
    query: str
    landed: Landed
    listed: int = 0
    fetched: int = 0
    known: int = 0
    withdrawn: int = 0
    set_aside: int = 0
    failed: int = 0
    step: str = "list"  # or letters, as those of a page are being fetched
    show: Callable[[int, int | None], None] = lambda _done, _total: None
    seen: set[int] = field(default_factory=set)  # hashes of records, which may come twice
    done_to: date | None = None  # the day that the list has been seen up to
    newest: date | None = None
    blocked_on: date | None = None  # the first day with a letter that failed
    is_ordered: bool = True
    failed_in_a_row: int = 0
    is_over: bool = False  # the limit or the last day is reached

    @property
    def mark(self) -> date | None:
        """The day to go on from, as far as that can be told on the way: all before it is here."""
        if self.done_to is None or not self.is_ordered:
            return None
        return self._unblocked(self.done_to)

    @property
    def last_mark(self) -> date | None:
        """The same where all that is listed has been seen."""
        return self._unblocked(self.newest) if self.newest else None

    def _unblocked(self, day: date) -> date | None:
        if self.blocked_on == date.min:  # nobody knows where the failure stands in the list
            return None
        # A record that claims to be of the future doesn't hide what comes until then.
        day = min(day, datetime.now(UTC).date())
        return min(day, days_before(self.blocked_on, 1)) if self.blocked_on else day


def take_page(number: int, tally: Tally, page: Page) -> None:
    """Fetch what is new of a page."""
    fetched, tally.step = tally.fetched, "letters"
    for record in page.records:
        if hash(record) in tally.seen:
            continue
        if is_beyond(tally, record):
            break
        tally.seen.add(hash(record))
        tally.listed += 1
        _take(tally, record)
        _reach(tally, record)
        tally.show(tally.listed, page.estimate)
        if tally.request.limit and tally.fetched >= tally.request.limit:
            tally.is_over = True
            break
    tally.step = "list"
    log.info("page %d: %d listed, %d fetched", number, len(page.records), tally.fetched - fetched)


def is_beyond(tally: Tally, record: Record) -> bool:
    """Whether the last day that is wanted is over."""
    until, day = tally.request.until, record.day
    tally.is_over = until is not None and day is not None and day > until
    return tally.is_over


def _reach(tally: Tally, record: Record) -> None:
    """Note how far the list has been seen."""
    day = record.day
    if day is None:
        return
    tally.is_ordered = tally.is_ordered and (tally.done_to is None or tally.done_to <= day)
    tally.done_to = day
    tally.newest = max(day, tally.newest or day)


def _take(tally: Tally, record: Record) -> None:
    """Fetch a letter, where it is one and new; what can't be had is said."""
    name = tally.wanted.source
    if record.withdrawn:
        tally.withdrawn += tally.landed.withdraw(record)
    elif not (record.is_letter or tally.wanted.all_types):
        return
    elif record.fault:
        _fail(tally, record, record.fault)
    elif tally.landed.known(record, name):
        tally.landed.add_dossiers(record, name)
        tally.known += 1
    elif not record.forms:
        _set_aside(tally, record, "is offered in no form that is read")
    else:
        _fetch(tally, record)


def _fetch(tally: Tally, record: Record) -> None:
    try:
        fetched = tally.source.fetch(record)
    except TooLargeError as error:
        _set_aside(tally, record, str(error))
    except SourceError as error:
        _fail(tally, record, str(error))
        tally.failed_in_a_row = tally.failed_in_a_row + 1 if isinstance(error, UnavailableError) else 0
        if tally.failed_in_a_row >= GIVE_UP_AFTER:
            told = f"{tally.failed_in_a_row} letters in a row could not be fetched (named above)"
            raise UnavailableError(told, error.todo) from error
    else:
        tally.failed_in_a_row = 0
        if tally.landed.take(fetched, tally.wanted.source, tally.query):
            tally.fetched += 1
        else:
            tally.known += 1


def _set_aside(tally: Tally, record: Record, reason: str) -> None:
    tally.set_aside += 1
    log.warning("%s: set aside (%s)", _named(record), escaped(reason))


def _fail(tally: Tally, record: Record, reason: str) -> None:
    """The watermark stays before this letter, so that the next harvest meets it again."""
    tally.failed += 1
    day = record.day or tally.done_to or date.min
    tally.blocked_on = min(day, tally.blocked_on or day)
    log.warning("%s: set aside, the watermark stays before it (%s)", _named(record), escaped(reason))


def _named(record: Record) -> str:
    return escaped(record.identifier) or "a record"
