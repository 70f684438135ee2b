"""Which letters a run publishes: the files that it read, placed among those that the warehouse holds.

A better form takes the place of a worse one, another text becomes a vintage of its own; what that changes of
the forms that are there is published too.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from flows.spooling import Noted, Spooled, Tally, extraction, tally
from flows.watching import Run
from transforms import schemas, vintages
from transforms.extract import Extraction
from warehouse import store

#: What the warehouse holds of a form beside schemas.LETTER_FORM.
ARRIVAL: dict[str, pl.DataType] = {"first_seen": pl.Datetime("us"), "run_id": pl.String()}
FORM = pl.Schema(
    [
        *schemas.LETTER_FORM.items(),
        *ARRIVAL.items(),
        ("read_run_id", pl.String()),
        *((name, kind) for name, kind in vintages.PLACED.items() if name != "form_id"),
    ]
)
PLACE = ("letter_id", "in_use", "vintage")
#: What a store.Known is of a form.
KNOWN = ("form_id", "source", "size", "first_seen", "run_id", "sidecar_id")


class Placed(NamedTuple):
    """What is to be published: letters in use with their claims, and the forms that are new or have changed.

    `used` has the letter_id of every form in use, with first_seen and run_id of its letter; `missing` are
    those that come into use and weren't read by this run, and as long as there are any nothing is tallied.
    """

    read: Spooled
    used: pl.DataFrame
    letter_form: pl.DataFrame
    missing: list[str]
    tally: Tally  # of what was read and is in use


def nothing_known() -> pl.DataFrame:
    """Forms of a warehouse that holds none."""
    return FORM.to_frame()


def placed(batches: Spooled, known: pl.DataFrame, run: Run, arrivals: pl.DataFrame | None = None) -> Placed:
    """What this run read, placed among the forms (FORM) that are known.

    `arrivals` tell the first_seen and the run_id of forms, by default those that are known; of all others
    it is this run.
    """
    came = (known if arrivals is None else arrivals).select("form_id", *ARRIVAL)
    read = batches.letter_form.join(came, on="form_id", how="left", maintain_order="left").with_columns(
        pl.col("first_seen").fill_null(pl.lit(run.started, pl.Datetime("us"))),
        pl.col("run_id").fill_null(pl.lit(run.run_id)),
        read_run_id=pl.lit(run.run_id),
    )
    others = known.join(read, on="form_id", how="anti")
    forms = pl.concat([others.select(read.columns), read])
    forms = forms.join(vintages.placed(forms), on="form_id", how="left", validate="1:1")
    in_place = known.select("form_id", *PLACE)
    changed = pl.concat(
        [
            forms.join(read, on="form_id", how="semi"),
            forms.join(read, on="form_id", how="anti").join(in_place, on=["form_id", *PLACE], how="anti"),
        ]
    )
    used = forms.filter("in_use").select(letter_id="form_id")
    here = pl.concat([read["form_id"], known.filter("in_use")["form_id"]])
    missing = used.filter(~pl.col("letter_id").is_in(here.implode()))["letter_id"].sort().to_list()
    used = used.join(_first_seen(forms), on="letter_id", how="left")
    return Placed(batches, used, changed, missing, NOT_TALLIED if missing else _tallied(batches, used))


NOT_TALLIED = Tally(0, 0, frozenset())


def _tallied(batches: Spooled, used: pl.DataFrame) -> Tally:
    """Letters and claims in use, and whom these credit; batches are opened only where not all is in use."""
    letters, claims, credited = 0, 0, set[str]()
    for batch, in_use in _used_of_each(batches, used):
        is_all = in_use.height == batch.letter_form.height
        told = batch.tally if is_all else tally(_in_use(extraction(batches.where, batch), in_use))
        letters, claims = letters + told.letters, claims + told.claims
        credited |= told.credited
    return Tally(letters, claims, frozenset(credited))


def lots(letters: Placed) -> Iterator[store.Tables]:
    """Rows of letters in use, with first_seen and run_id, of their claims and references, by batch."""
    for batch, in_use in _used_of_each(letters.read, letters.used):
        part = _in_use(extraction(letters.read.where, batch), in_use)
        yield {
            "letter": part.letter.join(in_use, on="letter_id", how="left", maintain_order="left"),
            "claim": part.claim,
            "letter_reference": part.letter_reference,
        }


def _used_of_each(batches: Spooled, used: pl.DataFrame) -> Iterator[tuple[Noted, pl.DataFrame]]:
    """Each batch with the rows of `used` that are of its letters, but where there are none."""
    for batch in batches.batches:
        ids = batch.letter_form.select(letter_id="form_id")
        in_use = used.join(ids, on="letter_id", how="semi")
        if not in_use.is_empty():
            yield batch, in_use


def _in_use(part: Extraction, used: pl.DataFrame) -> Extraction:
    letter, claim, reference = (
        frame.join(used, on="letter_id", how="semi", maintain_order="left")
        for frame in (part.letter, part.claim, part.letter_reference)
    )
    return part._replace(letter=letter, claim=claim, letter_reference=reference)


def _first_seen(forms: pl.DataFrame) -> pl.DataFrame:
    """When each letter was first seen in any form, and by which run."""
    by_letter = forms.sort(*ARRIVAL).group_by("letter_id", maintain_order=True)
    return by_letter.agg(pl.col(name).first() for name in ARRIVAL)


def arrivals(known: list[store.Known]) -> pl.DataFrame:
    """When each of these files was first seen, and by which run, where that is known."""
    rows = [(file.letter_id, file.first_seen, file.run_id or None) for file in known]
    return pl.DataFrame(rows, schema={"form_id": pl.String(), **ARRIVAL}, orient="row")


def of_known(known: pl.DataFrame, form_ids: list[str]) -> list[store.Known]:
    """These of the known forms, as they are kept."""
    wanted = known.filter(pl.col("form_id").is_in(form_ids)).with_columns(size=1)
    return [store.Known(*row) for row in wanted.select(*KNOWN).iter_rows()]
