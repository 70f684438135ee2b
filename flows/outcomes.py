"""What a run did: as the flows hand it on, as a row of the table `run`, in words."""

import logging
from typing import NamedTuple

import polars as pl

from flows import watching
from flows.placing import Placed
from flows.saying import counted
from flows.watching import Run
from transforms.extract import EXTRACTOR_VERSION
from warehouse import store
from warehouse.errors import check_line

log = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What a run did; version is None when there was nothing new and so nothing was published.

    Each file looked at is known, read or set aside, and each that is read is a letter or another form of one.
    """

    run_id: str
    seen: int  # files looked at
    known: int  # of these passed over: known before, or with the bytes of another
    read: int
    rejected: dict[str, int]  # files set aside, by reason
    letters: int  # files read that are the form in use of a letter
    claims: int  # in these
    claims_read: int  # in all files read
    version: str | None
    rows: dict[str, int]  # of each mart
    kind: watching.Kind
    warnings: dict[str, int]  # bad rows, by check
    harvest: str  # as in watching.Run
    doubles: int = 0  # of those known, the ones with the bytes of another file of this run

    @property
    def set_aside(self) -> int:
        """Files set aside, for whatever reason."""
        return sum(self.rejected.values())

    @property
    def other_forms(self) -> int:
        """Files read that are another form of a letter than the one in use."""
        return self.read - self.letters


def outcome(letters: Placed, rejected: pl.DataFrame, run: Run, *, seen: int, doubles: int = 0) -> Outcome:
    """What a run has read, before anything is published."""
    read = letters.read.letter_form.height
    return Outcome(
        run_id=run.run_id,
        seen=seen,
        known=seen - read - rejected.height,
        read=read,
        rejected=dict(rejected["reason"].value_counts().sort("reason").iter_rows()),
        letters=letters.tally.letters,
        claims=letters.tally.claims,
        claims_read=letters.read.claims,
        version=None,
        rows={},
        kind=run.kind,
        warnings={},
        harvest=run.harvest,
        doubles=doubles,
    )


def as_published(done: Outcome, published: store.Published) -> Outcome:
    """What a run did, with the version that it published; what its checks warn of is logged."""
    for check in published.warned:
        log.warning("check %s", check_line(check))
    return done._replace(version=published.version, rows=published.marts, warnings=published.warnings)


def run_row(outcome: Outcome, run: Run) -> pl.DataFrame:
    """Run as one row; the store adds when it finished and the version."""
    return pl.DataFrame(
        {
            "run_id": outcome.run_id,
            "started_at": run.started,
            "kind": run.kind,
            "engine": run.engine,
            "server_lost": run.server_lost,
            "harvest": run.harvest,
            "letters_seen": outcome.seen,
            "letters_known": outcome.known,
            "letters_read": outcome.read,
            "letters_rejected": outcome.set_aside,
            "other_forms": outcome.other_forms,
            "claims": outcome.claims,
            "extractor_version": EXTRACTOR_VERSION,
        }
    )


def summary(outcome: Outcome, *, why: bool = True) -> list[str]:
    """Tell what a run did in a few lines; without `why`, not why its harvest failed, which was said then."""
    known = f"{outcome.known - outcome.doubles} known, " if outcome.kind == "nightly" else ""
    known += f"{outcome.doubles} with the bytes of another, " if outcome.doubles else ""
    reasons = ", ".join(f"{count} {reason}" for reason, count in outcome.rejected.items())
    seen = counted(outcome.seen, "file")
    lines = [
        f"{seen} looked at: {known}{outcome.read} read, {outcome.set_aside} set aside"
        + (f" ({reasons})" if reasons else "")
    ]
    if outcome.read:
        lines.append(_read(outcome))
    if outcome.harvest != "none":
        lines.insert(0, f"harvest {outcome.harvest if why else outcome.harvest.partition(':')[0]}")
    return [*lines, _published(outcome)]


def _read(outcome: Outcome) -> str:
    """Tell what the files that were read are, and where their claims went."""
    letters, claims = counted(outcome.letters, "letter"), counted(outcome.claims, "claim")
    told = f"{counted(outcome.read, 'file')} read: {letters} with {claims}"
    if not outcome.other_forms:
        return told
    others = counted(outcome.other_forms, "other form")
    unused = counted(outcome.claims_read - outcome.claims, "claim")
    return f"{told}, {others} of a letter ({unused}, not used)"


def _published(outcome: Outcome) -> str:
    if outcome.version:
        marts = ", ".join(f"{mart} {count}" for mart, count in sorted(outcome.rows.items()))
        return f"published {outcome.version}" + (f" ({marts})" if marts else "")
    if outcome.kind == "backfill":
        return "nothing published: --publish does it"
    return "nothing new: nothing published"
