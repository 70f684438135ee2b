"""The source of a name; what it takes to ask it is imported by who does."""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.harvest_settings import Harvest
from flows.sources import Source, Wanted


def query_of(wanted: Wanted) -> str:
    """What a source is asked, but for the day since when; raises UsageError for what it can't be asked."""
    from flows.sources import odata, sru

    return sru.cql(wanted) if wanted.source == "sru" else odata.filtered(wanted)


@contextmanager
def opened(wanted: Wanted, harvest: Harvest, max_bytes: int) -> Iterator[Source]:
    """The source of this name; a letter may have `max_bytes`. Raises as query_of does."""
    from flows.sources import client, odata, sru

    url = harvest.url_of(wanted.source)
    with client.opened(harvest, url) as get:
        make = sru.Sru if wanted.source == "sru" else odata.OData
        yield make(get, url, wanted, harvest, max_bytes)
