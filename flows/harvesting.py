"""A harvest: what each source lists since its watermark is fetched into the inbox, and the watermark follows.

Letters come first, the watermark second: it never passes a page that didn't come or a letter that failed.
So whatever cuts a harvest, the next one goes on from there, and what is in the inbox already isn't fetched
again.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from flows import progress
from flows.cleaning import escaped
from flows.errors import UserError
from flows.fetching import Tally, is_beyond, take_page
from flows.harvest_request import Request, begin, request
from flows.harvest_settings import SourceName
from flows.landing import Landed, Watermarks, locked
from flows.saying import counted
from flows.settings import Settings
from flows.sources import Page, Record, Wanted
from flows.sources.errors import AGAIN, SourceError
from flows.sources.opening import opened

log = logging.getLogger(__name__)


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
            letters = counted(self.failed, "letter")
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
            if is_beyond(tally, record):
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
        f"{counted(done.fetched, 'letter')} fetched",
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
