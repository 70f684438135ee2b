"""Harvests for tests: without pauses, and what they leave in an inbox."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows import harvest_request, harvesting
from flows.harvest_settings import Harvest
from flows.harvesting import Harvested
from flows.settings import Settings, settings
from transforms.sidecars import SUFFIX, Sidecar, sidecar

#: Of each letter what its files hold, in order, and the dossiers that it is said to be in.
Outcome = dict[str, tuple[list[bytes], list[str]]]
HASTY: dict[str, Any] = {
    "pause_seconds": 0,
    "backoff_seconds": 0,
    "timeout_seconds": 1,
    "attempts": 4,
    "max_wait_seconds": 2,
    "contact": "harvest@example.org",
}


def hasty(inbox: Path, sru: str = "", odata: str = "", **chosen: Any) -> Settings:
    """Settings for a harvest from these addresses that waits for nothing."""
    given = HASTY | chosen
    if sru:
        given["sru_url"] = f"{sru}/sru"
    if odata:
        given["odata_url"] = odata
    return settings(inbox=inbox, warehouse=inbox.parent / "w.duckdb", harvest=Harvest(**given))


def harvest(chosen: Settings, **asked: Any) -> Harvested:
    """Harvest one source."""
    (done,) = harvesting.run(chosen, harvest_request.request(chosen.harvest, **asked))
    return done


def landed(inbox: Path) -> dict[str, Sidecar]:
    """Sidecars by the name of their letter's file; each file has one and each sidecar a file."""
    names = {path.name for path in inbox.iterdir() if not path.name.startswith(".")}
    found = {}
    for name in sorted(name for name in names if name.endswith(SUFFIX)):
        facts = sidecar((inbox / name).read_bytes())
        assert isinstance(facts, Sidecar), facts
        found[name.removesuffix(SUFFIX)] = facts
    assert names == {*found, *(f"{name}{SUFFIX}" for name in found)}
    return found


def outcome(inbox: Path) -> Outcome:
    """What a harvest left."""
    held: Outcome = {}
    for name, facts in sorted(landed(inbox).items(), key=lambda one: one[1].order):
        contents, _ = held.setdefault(facts.identifier, ([], []))
        contents.append((inbox / name).read_bytes())
        held[facts.identifier] = (contents, [dossier.name for dossier in facts.dossiers])
    return held


def dossiers(names: Iterable[tuple[str, str]]) -> list[str]:
    """Names of dossiers."""
    return [name for name, _ in names]
