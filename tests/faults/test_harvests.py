"""Harvests that everything befalls: no letter is lost, none comes twice, the watermark is never ahead."""

import random
import shutil
import signal
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

from harvests import HASTY, Outcome, dossiers, harvest, hasty, landed, outcome
from processes import clean_environment, program
from published import Published, letters
from repository import Repository, open_repository
from scenes import Count

from flows.landing import Watermarks
from transforms.sidecars import SUFFIX, Sidecar, sidecar

RATE = 0.01
#: More than faults of one harvest after the other can ask for.
HARVESTS = 60
TODAY = date(2026, 11, 30)


def check_watermark(repository: Repository, inbox: Path, mark: str | None) -> None:
    """Every letter that was modified before the watermark is here, in that state."""
    here = {(facts.identifier, facts.modified) for facts in landed(inbox).values()}
    for one in repository.documents:
        if mark and f"{one.modified}" < mark and one.headings == ["Brief"]:
            assert (one.identifier, f"{one.modified}") in here, (one.identifier, mark)


def some_of_each(documents: list[Published], chance: random.Random) -> None:
    """Let each permanent quirk be that of some letters."""
    for one in documents:
        drawn = chance.random() / RATE
        if drawn < 1:
            one.missing = {"xml"}
        elif drawn < 2:
            one.missing = {"xml", "html", "odt"}
        elif drawn < 3:
            one.dossiers = [*one.dossiers, ("36600-VII", one.dossiers[0][1])]
        elif drawn < 4:
            one.headings, one.types = [], ["Brief regering"]


def test_letters_are_neither_lost_nor_fetched_twice(
    tmp_path: Path, times: dict[str, int], count: Count
) -> None:
    number = times["harvested letters"]
    chance = random.Random(number)
    inbox, documents = tmp_path / "inbox", letters(number, a_day=20)
    some_of_each(documents, chance)
    again = [documents[n] for n in sorted(chance.sample(range(number), number // 100))]
    fetched, before = 0, dict[str, bytes]()
    with open_repository(documents) as repository:
        repository.namespaces, repository.count = "any", "low"
        repository.server.rate, repository.server.stall = RATE, 0.6
        chosen = hasty(inbox, repository.server.url, timeout_seconds=0.4, overlap_days=2)
        for round_ in range(HARVESTS):
            done = harvest(chosen, dossiers=["28638"])
            fetched += done.fetched
            check_watermark(repository, inbox, done.watermark)
            count("harvests")
            if round_ == 0:
                before = issued_again(again, inbox, documents[-1].modified)
            elif not (done.failed or done.stopped or done.fetched):
                break
        repository.server.rate = 0
        last = harvest(chosen, dossiers=["28638"])
        for what, often in repository.server.befell.items():
            count(f"harvest: {what}", often)
    assert (last.fetched, last.failed, last.stopped) == (0, 0, None)
    assert last.watermark == max(f"{one.modified}" for one in documents)
    check_outcome(outcome(inbox), documents, before)
    assert fetched == number + len(before)
    count("harvested letters", number)


def issued_again(again: list[Published], inbox: Path, last: date) -> dict[str, bytes]:
    """Issue letters again, some days after the last; returns what is in the inbox of them by now."""
    before = {name: contents[0] for name, (contents, _) in outcome(inbox).items()}
    for n, one in enumerate(again):
        one.version, one.modified = 2, last + timedelta(days=1 + n % 3)
    return {one.identifier: before[one.identifier] for one in again if one.identifier in before}


def check_outcome(found: Outcome, documents: list[Published], before: dict[str, bytes]) -> None:
    """Each letter is there in one form, and those that were issued again as they were, too."""
    assert found.keys() == {one.identifier for one in documents}
    for one in documents:
        contents, named = found[one.identifier]
        assert named == dossiers(one.dossiers)
        *old, new = contents
        assert old == ([before[one.identifier]] if one.identifier in before else [])
        # A server that lost a form for a moment gives the next best.
        assert new in [one.content(form) for form in one.offered if form not in one.missing]


def test_a_harvest_that_is_killed_at_any_moment_is_gone_on_with(
    tmp_path: Path, times: dict[str, int], count: Count
) -> None:
    chance, inbox = random.Random(1), tmp_path / "inbox"
    documents = letters(60)
    command = [program(), "harvest", "--dossier", "28638", "--inbox", "inbox"]
    variables = {f"KAMERCIJFERS_HARVEST__{name.upper()}": str(value) for name, value in HASTY.items()}
    with open_repository(documents) as repository:
        variables["KAMERCIJFERS_HARVEST__SRU_URL"] = f"{repository.server.url}/sru"
        variables["KAMERCIJFERS_HARVEST__PAUSE_SECONDS"] = "0.005"
        for _ in range(times["killed harvests"]):
            asked = len(repository.server.asked) + chance.randrange(1, 60)
            process = subprocess.Popen(
                command, cwd=tmp_path, env=clean_environment(**variables), stderr=subprocess.DEVNULL
            )
            while len(repository.server.asked) < asked and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.random() / 100)
            process.send_signal(signal.SIGKILL)
            process.wait()
            check_killed(repository, inbox)
            count("killed harvests")
            if len(list(inbox.glob("*.xml"))) == len(documents):
                shutil.rmtree(inbox)
        last = harvest(hasty(inbox, repository.server.url), dossiers=["28638"])
    assert (last.failed, last.stopped) == (0, None)
    check_outcome(outcome(inbox), documents, {})
    assert not list(inbox.glob(".*.writing"))


def check_killed(repository: Repository, inbox: Path) -> None:
    """What is in the inbox is whole, has its sidecar, and the watermark isn't ahead of it."""
    whole = {one.identifier: one.content("xml") for one in repository.documents}
    here = {}
    for path in inbox.glob("*.xml"):
        facts = sidecar(path.with_name(f"{path.name}{SUFFIX}").read_bytes())
        assert isinstance(facts, Sidecar)
        assert path.read_bytes() == whole[facts.identifier]
        here[facts.identifier] = facts.modified
    for mark in Watermarks(inbox).all():
        for one in repository.documents:
            assert f"{one.modified}" >= mark["watermark"] or one.identifier in here
