"""The harvest flow: the steps of flows.harvesting as Prefect tasks, one for each page of a list."""

from pathlib import Path

from prefect import flow, task

from flows import fetching, harvest_request, harvesting
from flows.fetching import Tally
from flows.harvest_settings import SourceName
from flows.harvesting import Harvested
from flows.settings import settings
from flows.sources import Page
from flows.tasks import ONCE, keep_table, run_name, whole


@task(task_run_name="fetch page {number}", **ONCE)
def fetch_page(number: int, tally: Tally, page: Page) -> None:
    """Fetch what is new of a page."""
    fetching.take_page(number, tally, page)


@flow(name="harvest", flow_run_name=run_name)
def harvest(  # noqa: PLR0913, PLR0917 a parameter for each flag
    inbox: Path | None = None,
    dossiers: list[str] | None = None,
    query: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    all_types: bool = False,
    source: SourceName | None = None,
) -> list[Harvested]:
    """Fetch new letters into the inbox; what isn't given comes from the settings.

    Raises what flows.harvesting.run raises, and UserError where a source failed.
    """
    chosen = settings(inbox=inbox)
    asked = harvest_request.request(
        chosen.harvest,
        source=source,
        dossiers=dossiers,
        query=query,
        since=since,
        until=until,
        limit=limit,
        all_types=all_types,
    )
    done = harvesting.run(
        chosen, asked, lambda number, tally, page: fetch_page(number, whole(tally), whole(page))
    )
    keep_table("harvest-sources", [one._asdict() for one in done])
    if fault := harvesting.faults(done):
        raise fault
    return done
