"""Harvests that everything befalls: no letter is lost, none comes twice, the watermark is never ahead."""

import random
from datetime import date, timedelta
from pathlib import Path

from harvests import Outcome, dossiers, harvest, hasty, landed, outcome
from published import Published, letters
from repository import Repository, open_repository
from scenes import Count

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
