"""What the nights need, looked at one by one: a line each, and what to do where something is wrong."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from packaging.requirements import Requirement

from flows import alerts, channels, engine, serving
from flows.cleaning import escaped
from flows.corrections import corrections
from flows.errors import UserError
from flows.landing import Watermarks
from flows.saying import counted
from flows.settings import Settings
from flows.walking import Closed, letter_paths, source_name
from warehouse import store
from warehouse.errors import NotAWarehouseError

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient
    from prefect.client.schemas.responses import DeploymentResponse

#: A version that nothing is known of yet has so many bytes.
SMALL = 16 * 1024 * 1024
NIGHTLY = "nightly"
START = "start `kamercijfers serve`, or deploy and start a worker (docs/operations.md)"
LET_WRITE = "let the user of the runs write there, or give another path"
SET = "PREFECT_API_URL to the address that `serve` tells (Prefect's pages are at …) with /api"


class Finding(NamedTuple):
    """What was looked at, what was seen, and what to do where that is wrong."""

    what: str
    seen: str
    to_do: str | None = None

    @property
    def line(self) -> str:
        """Finding as one line."""
        told = f"{'wrong' if self.is_wrong else 'ok':5}  {self.what}: {self.seen}"
        return f"{told}: {self.to_do}" if self.to_do else told

    @property
    def is_wrong(self) -> bool:
        """Whether there is something to do, which may be said in what was seen."""
        return self.to_do is not None


def findings(settings: Settings, *, inline: bool) -> Iterator[Finding]:
    """Look at one thing after the other; with `inline` at nothing that only runs in Prefect need."""
    yield versions()
    if not inline:
        engine.prepare(settings)
        yield from in_prefect(settings)
    for what, look in LOOKS.items():
        try:
            yield look(settings)._replace(what=what)
        except Exception as error:  # whatever is wrong, the other lines are wanted
            yield Finding(what, channels.reason_of(error), "")


def versions() -> Finding:
    """Libraries against the bounds that the project sets: some newer ones break Prefect without a word."""
    wrong = []
    for line in metadata.requires("kamercijfers") or []:
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{wanted.name} is missing")
            continue
        if not wanted.specifier.contains(installed, prereleases=True):
            wrong.append(f"{wanted.name} is {installed}, not {wanted.specifier}")
    if wrong:
        return Finding("versions", ", ".join(wrong), "install requirements/run.txt as `make run` does")
    of = ("kamercijfers", "prefect", "duckdb", "polars")
    return Finding("versions", ", ".join(f"{name} {metadata.version(name)}" for name in of))


def in_prefect(settings: Settings) -> Iterator[Finding]:
    """The server, and what it knows of the nights."""
    import httpx
    from prefect.exceptions import PrefectException
    from prefect.settings import PREFECT_API_URL, temporary_settings

    given = PREFECT_API_URL.value()
    url = given or serving.address(settings)
    if not engine.answers(url):
        advice = "start it" if given else f"{START}, or set {SET}; `--inline` leaves Prefect out"
        yield Finding("Prefect server", f"none answers at {url}", advice)
        return
    try:
        with temporary_settings({PREFECT_API_URL: url}):
            yield from asyncio.run(_asked(settings, url))
    except (PrefectException, httpx.HTTPError) as error:
        yield Finding("Prefect server", channels.reason_of(error), "look into its log")


async def _asked(settings: Settings, url: str) -> list[Finding]:
    from prefect import __version__ as ours
    from prefect import get_client
    from prefect.client.schemas import filters

    async with get_client() as client:
        theirs = await client.api_version()
        found = [_server(url, ours, theirs)]
        deployed = await client.read_deployments(
            flow_filter=filters.FlowFilter(name=filters.FlowFilterName(any_=[NIGHTLY]))
        )
        active = [one for one in deployed if not one.paused and any(each.active for each in one.schedules)]
        found.append(_deployments(deployed, active))
        for one in active:
            found += await _who_runs(client, one)
            found.append(await _coming(client, one, settings))
        return found


def _server(url: str, ours: str, theirs: str) -> Finding:
    if ours != theirs:
        return Finding("Prefect server", f"Prefect {theirs} at {url}, here {ours}", "run the same version")
    return Finding("Prefect server", f"Prefect {theirs} at {url}")


def _deployments(deployed: "list[DeploymentResponse]", active: "list[DeploymentResponse]") -> Finding:
    if active:
        return Finding("deployment", ", ".join(f"{NIGHTLY}/{one.name}" for one in active))
    if deployed:
        names = ", ".join(f"{NIGHTLY}/{one.name}" for one in deployed)
        resume = "resume the schedule in Prefect's pages, or start `kamercijfers serve` (docs/operations.md)"
        return Finding("deployment", f"{names} paused or without a schedule", resume)
    return Finding("deployment", "no nightly run is deployed", START)


async def _who_runs(client: "PrefectClient", deployment: "DeploymentResponse") -> list[Finding]:
    """Whoever takes the runs: the workers of a pool, or a `serve`."""
    from prefect.client.schemas.objects import DeploymentStatus, WorkerStatus
    from prefect.exceptions import ObjectNotFound

    pool = deployment.work_pool_name
    name = f"{NIGHTLY}/{deployment.name}"
    if pool is None and deployment.pull_steps:
        # Only for workers there are such steps. Prefect forgets which pool it was, once that is deleted.
        advice = "make one and deploy again (docs/operations.md); if it was given up, delete the deployment"
        return [Finding("work pool", f"that of {name} is gone", advice)]
    if pool is None:
        if deployment.status == DeploymentStatus.READY:
            return [Finding("serve", f"asks for the runs of {name}")]
        advice = "start `kamercijfers serve`; if it was given up, delete the deployment"
        return [Finding("serve", f"nobody asks for the runs of {name}", advice)]
    try:
        is_paused = (await client.read_work_pool(pool)).is_paused
    except ObjectNotFound:
        create = f"`prefect work-pool create {pool} --type process`"
        return [Finding("work pool", f"{pool} is gone", create)]
    if is_paused:
        return [Finding("work pool", f"{pool} is paused", f"`prefect work-pool resume {pool}`")]
    workers = await client.read_workers_for_work_pool(pool)
    alive = [worker.name for worker in workers if worker.status == WorkerStatus.ONLINE]
    if not alive:
        start = f"`prefect worker start --pool {pool}`, or its systemd unit"
        return [Finding("work pool", pool), Finding("worker", f"none of {pool} is alive", start)]
    return [Finding("work pool", pool), Finding("worker", ", ".join(sorted(alive)))]


async def _coming(client: "PrefectClient", deployment: "DeploymentResponse", settings: Settings) -> Finding:
    from prefect.types import DateTime

    coming = await serving.next_run(client, deployment.id, settings, after=DateTime.now("UTC"))
    if coming is None:
        seen = f"none of {NIGHTLY}/{deployment.name} is scheduled"
        return Finding("next run", seen, "start the server again; if that doesn't help, see to the versions")
    return Finding("next run", coming)


def inbox(settings: Settings) -> Finding:
    """Folder of letters, which must be there and readable."""
    unlisted: list[Closed] = []
    try:
        paths = letter_paths(settings.inbox, settings.warehouse, unlisted)
    except UserError as error:
        return Finding("", f"{error} (KAMERCIJFERS_INBOX)", "")
    if unlisted:
        first = source_name(unlisted[0].path, settings.inbox)
        folders = counted(len(unlisted), "folder")
        seen = f"{folders} of {settings.inbox} can't be read, {first} for one ({unlisted[0].error.strerror})"
        return Finding("", escaped(seen), "let the user of the runs read it, and what is in it")
    closed = [path for path in paths if not os.access(path, os.R_OK)]
    if closed:
        seen = f"{len(closed)} of {len(paths)} files can't be read, {closed[0].name} for one"
        return Finding("", escaped(seen), "let the user of the runs read them")
    return Finding("", f"{counted(len(paths), 'file')} in {settings.inbox}")


def harvest(settings: Settings) -> Finding:
    """Harvest that the nights begin with, and up to which day it has come; nobody is asked."""
    section = settings.harvest
    if not section.is_configured:
        return Finding("", "none is set ([harvest] of kamercijfers.toml)")
    asked = ", ".join(filter(None, (*section.dossiers, section.query))) or f"all since {section.since}"
    marks = [f"{one.get('source')} {one.get('watermark')}" for one in Watermarks(settings.inbox).all()]
    seen = f"{asked} from {', '.join(section.sources)}; watermarks: {', '.join(marks) or 'none yet'}"
    if not section.contact:
        return Finding("", escaped(seen), "say who asks: KAMERCIJFERS_HARVEST__CONTACT, an address or URL")
    return Finding("", escaped(seen))


def corrections_file(settings: Settings) -> Finding:
    """Corrections, which must be well formed."""
    return Finding("", counted(corrections(settings.corrections).height, "entry", "entries"))


def folder(settings: Settings) -> Finding:
    """Folder of the warehouse, to which runs write."""
    place = _existing(settings.warehouse.parent)
    try:
        with TemporaryFile(dir=place):  # a permission says nothing of /proc
            pass
    except OSError as error:
        return Finding("", f"{place} can't be written ({error.strerror})", LET_WRITE)
    return Finding("", f"{settings.warehouse.parent} can be written")


def disk(settings: Settings) -> Finding:
    """Room for two more versions: the one that is built, and what a night may add to it."""
    sizes = [version.size for version in store.versions(settings.warehouse) if version.is_current]
    needed = 2 * max([SMALL, *sizes])
    free = shutil.disk_usage(_existing(settings.warehouse.parent)).free
    seen = f"{_mb(free)} free, two versions take {_mb(needed)}"
    if free < needed:
        return Finding("", seen, "make room, or keep fewer versions (KAMERCIJFERS_KEEP_VERSIONS)")
    return Finding("", seen)


def lock(settings: Settings) -> Finding:
    """Lock of the runs, which is free when none is on."""
    try:
        holder = store.holder(settings.warehouse)
    except OSError as error:
        return Finding("", channels.reason_of(error), "let it be a file that the user of the runs can write")
    if holder:
        return Finding("", f"held by {holder}", "wait for that run, or end that process if it hangs")
    return Finding("", "free")


def published(settings: Settings) -> Finding:
    """Published file, which opens, and to which a run can add."""
    try:
        held = store.contents(settings.warehouse)
        store.known_letters(settings.warehouse)
    except NotAWarehouseError as error:
        if store.REPAIR in str(error):
            return Finding("", channels.reason_of(error), "")
        if store.versions(settings.warehouse):
            is_other = os.path.lexists(settings.warehouse) and not settings.warehouse.is_symlink()
            to_do = f"move it away and {store.REPAIR}" if is_other else store.REPAIR
            return Finding("", channels.reason_of(error), to_do)
        if os.path.lexists(settings.warehouse):
            return Finding("", channels.reason_of(error), "move it away, or give another path")
        return Finding("", f"none yet at {settings.warehouse}; the first run makes it")
    return Finding("", f"{counted(held['letter'], 'letter')}, {counted(held['claim'], 'claim')}")


def kept(settings: Settings) -> Finding:
    """Every byte of the versions and of the letters that are kept; more can be, wherever that is."""
    store.require_letters(settings.place)
    store.require_archive(settings.place)
    faults = store.version_faults(settings.warehouse) | store.letter_faults(settings.place)
    for fault in [*faults.values(), *store.sidecar_faults(settings.place).values()]:
        more = len(faults) - 1
        others = f" and {counted(more, 'other')}" if more > 0 else ""
        return Finding("", f"{fault}{others}", store.REPAIR)
    versions = counted(len(store.versions(settings.warehouse)), "version")
    return Finding("", f"{versions} and {counted(len(store.kept_ids(settings.place)), 'letter')} are whole")


def alerting(settings: Settings) -> Finding:
    """Ways to tell of failures, as far as one sees without telling anything; and what is open."""
    if not settings.has_alerts:
        return Finding("", "nobody is told of failures (KAMERCIJFERS_ALERT_…)")
    ways, failed = channels.opened(settings)
    if failed:
        seen = ", ".join(f"{name}: {reason}" for name, reason in failed.items())
        return Finding("", seen, "see KAMERCIJFERS_ALERT_… and the blocks in Prefect")
    open_now = alerts.open_causes(settings.warehouse)
    named = ", ".join(way.name for way in ways)
    return Finding("", f"by {named}; open: {'; '.join(open_now) or 'none'}")


LOOKS: dict[str, Callable[[Settings], Finding]] = {
    "inbox": inbox,
    "harvest": harvest,
    "corrections": corrections_file,
    "folder": folder,
    "disk": disk,
    "lock": lock,
    "published file": published,
    "kept": kept,
    "alerts": alerting,
}


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest one above that is there."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def checked(settings: Settings, show: Callable[[str], None], *, inline: bool) -> None:
    """Show a line for each finding; raises UserError where something is wrong."""
    wrong = 0
    for finding in findings(settings, inline=inline):
        show(finding.line)
        wrong += finding.is_wrong
    if wrong:
        raise UserError(f"{wrong} to mend" if wrong > 1 else "one thing to mend")
