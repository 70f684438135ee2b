"""A harvest: what each source lists since its watermark is fetched into the inbox, and the watermark follows.

Letters come first, the watermark second: it never passes a page that didn't come or a letter that failed.
So whatever cuts a harvest, the next one goes on from there, and what is in the inbox already isn't fetched
again.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import NamedTuple

from flows import progress
from flows.cleaning import escaped
from flows.errors import UserError
from flows.harvest_request import Request, begin, days_before, request
from flows.harvest_settings import SourceName
from flows.landing import Landed, Watermarks, locked
from flows.settings import Settings
from flows.sources import Page, Record, Source, Wanted
from flows.sources.errors import AGAIN, SourceError, TooLargeError, UnavailableError
from flows.sources.opening import opened

log = logging.getLogger(__name__)

#: So many letters one after the other that a source couldn't give, and it isn't asked for more.
GIVE_UP_AFTER = 3


class Harvested(NamedTuple):
    """What came of one source."""

    source: SourceName
    listed: int
    fetched: int
    known: int
    withdrawn: int
    set_aside: int  # that no harvest will fetch: too large, or offered in no form that is read
    failed: int
    watermark: str | None
    stopped: str | None  # in which step and why it ended before its end, and what to do

    @property
    def fault(self) -> str | None:
        """What is to be told of it where not all went well, and what to do."""
        if self.stopped:
            return f"harvest of {self.source}, {self.stopped}"
        if self.failed:
            letters = "1 letter" if self.failed == 1 else f"{self.failed} letters"
            return f"harvest of {self.source}, letters: {letters} could not be fetched (named above); {AGAIN}"
        return None


class Planned(NamedTuple):
    """A letter that would be fetched."""

    identifier: str
    dossiers: str
    date: date | None
    modified: str
    type: str | None
    form: str
    title: str | None
    url: str


#: What a table has room for.
SHOWN = ("identifier", "dossiers", "date", "modified", "form", "title")


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


Take = Callable[[int, Tally, Page], None]


def run(settings: Settings, asked: Request | None = None, take: Take | None = None) -> list[Harvested]:
    """Harvest each source into the inbox, by default what the settings name; `take` does it for a page.

    Raises UsageError for what can't be asked, LockedError where another harvest fills the inbox.
    """
    asked = asked or request(settings.harvest)
    for wanted in asked.wanted:
        begin(settings, asked, wanted)
    with locked(settings.inbox):
        return [_harvested(settings, asked, wanted, take or take_page) for wanted in asked.wanted]


def _harvested(settings: Settings, asked: Request, wanted: Wanted, take: Take) -> Harvested:
    marks, (key, mark, since) = Watermarks(settings.inbox), begin(settings, asked, wanted)
    with opened(wanted, settings.harvest, settings.max_letter_bytes) as source:
        tally = Tally(source, wanted, asked, key["query"], Landed(settings.inbox))
        moves = _moves(wanted, mark, since)
        stopped = None
        try:
            with progress.counting("harvesting") as tally.show:
                for number, page in enumerate(source.pages(since), start=1):
                    take(number, tally, page)
                    mark = _moved(marks, key, mark, tally.mark if moves else None)
                    if tally.is_over:
                        break
                else:
                    mark = _moved(marks, key, mark, tally.last_mark if moves else None)
        except SourceError as error:
            stopped = _told(wanted, tally.step, error)
            mark = _moved(marks, key, mark, tally.mark if moves else None)
    return Harvested(
        wanted.source,
        tally.listed,
        tally.fetched,
        tally.known,
        tally.withdrawn,
        tally.set_aside,
        tally.failed,
        mark,
        stopped,
    )


def _told(wanted: Wanted, step: str, error: SourceError) -> str:
    """What went wrong in a step, and what to do about it, in a line."""
    section = f"{wanted.source}_url of [harvest], KAMERCIJFERS_HARVEST__{wanted.source.upper()}_URL"
    return f"{step}: {escaped(str(error))}; {error.todo.format(address=section)}"


def _moves(wanted: Wanted, mark: str | None, since: date | None) -> bool:
    """Whether the watermark follows: from a later day on, it would pass over the days before that."""
    log.info("%s: harvesting %s", wanted.source, f"since {since}" if since else "from the beginning")
    if mark and since and since.isoformat() > mark:
        log.info("%s: the watermark stays at %s, as the days after it aren't asked for", wanted.source, mark)
        return False
    return True


def _moved(marks: Watermarks, key: dict[str, str], before: str | None, day: date | None) -> str | None:
    """The mark of a query after these letters; it never goes back."""
    if day is None or (before and day.isoformat() <= before):
        return before
    marks.move(key, day.isoformat())
    return day.isoformat()


def take_page(number: int, tally: Tally, page: Page) -> None:
    """Fetch what is new of a page."""
    fetched, tally.step = tally.fetched, "letters"
    for record in page.records:
        if hash(record) in tally.seen:
            continue
        if _is_beyond(tally, record):
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


def _is_beyond(tally: Tally, record: Record) -> bool:
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


def planned(settings: Settings, asked: Request) -> Iterator[Planned]:
    """Letters that would be fetched; none is, and nothing is written.

    Raises as `run` does, and UserError where the source doesn't answer.
    """
    for wanted in asked.wanted:
        try:
            yield from _planned(settings, asked, wanted)
        except SourceError as error:
            raise UserError(f"harvest of {wanted.source}, {_told(wanted, 'list', error)}") from error


def _planned(settings: Settings, asked: Request, wanted: Wanted) -> Iterator[Planned]:
    key, _, since = begin(settings, asked, wanted)
    with opened(wanted, settings.harvest, settings.max_letter_bytes) as source:
        tally = Tally(source, wanted, asked, key["query"], Landed(settings.inbox))
        for record in islice(_new(tally, source.pages(since)), asked.limit):
            form = record.forms[0]
            yield Planned(
                record.identifier,
                ", ".join(dossier.name for dossier in record.dossiers),
                record.date,
                record.modified,
                record.type,
                form.kind,
                record.title,
                form.url,
            )


def _new(tally: Tally, pages: Iterator[Page]) -> Iterator[Record]:
    """Records of letters that aren't here and can be fetched, each once."""
    for page in pages:
        for record in page.records:
            if _is_beyond(tally, record):
                return
            is_wanted = (record.is_letter or tally.wanted.all_types) and not record.withdrawn
            is_new = hash(record) not in tally.seen and not tally.landed.known(record, tally.wanted.source)
            tally.seen.add(hash(record))
            if is_wanted and is_new and record.forms and not record.fault:
                yield record


def summary(done: Harvested) -> str:
    """What came of one source, in a line."""
    counts = [
        f"{done.listed} listed",
        f"{done.fetched} letters fetched",
        f"{done.known} known",
        *([f"{done.withdrawn} withdrawn"] if done.withdrawn else []),
        *([f"{done.set_aside} set aside"] if done.set_aside else []),
        *([f"{done.failed} failed"] if done.failed else []),
    ]
    mark = f"; watermark {done.watermark}" if done.watermark else ""
    return f"{done.source}: {', '.join(counts)}{mark}"


def faults(done: list[Harvested]) -> UserError | None:
    """What is to be said at the end where not all went well; what was fetched stays."""
    told = [one.fault for one in done if one.fault]
    return UserError("; and ".join(told)) if told else None
