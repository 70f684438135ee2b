"""Whatever nights brought the letters, the tables are those of one build of all of them."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_frames import SEEN, tables
from test_properties import AT_LENGTH, DAYS, FEW, OF_LETTERS, THINGS, Read, letters_about, rows

from warehouse import store
from warehouse.errors import ChecksFailedError

#: What a run counts is no matter of the letters.
COMPARED = [relation for relation in (*OF_LETTERS, "correction") if relation != "row_count"]
#: What may happen to letters that are there: their source issues them anew, or withdraws them.
TOLD_ANEW: list[dict[str, Any]] = [
    {"modified": SEEN - timedelta(days=400)},
    {"modified": SEEN - timedelta(days=40)},
    {"withdrawn_on": (SEEN - timedelta(days=9)).date()},
]
NIGHTS = ["new", "failed", "told anew"]
NIGHT = st.sampled_from(["new", *NIGHTS])


@settings(FEW, max_examples=12 if AT_LENGTH else 1)
@given(
    letters=THINGS.flatmap(lambda things: letters_about(things, DAYS, 0, "txt txt xml")),
    nights=st.lists(NIGHT, min_size=3, max_size=3) if AT_LENGTH else st.permutations(NIGHTS),
    draw=st.randoms(use_true_random=False),
)
def test_any_nights_give_the_tables_of_one_build_of_all_letters(
    letters: list[Read], nights: list[str], draw: Any
) -> None:
    waiting, there = list(letters), dict[str, Read]()
    with TemporaryDirectory() as folder:
        warehouse = Path(folder, "w.duckdb")
        for number, night in enumerate(["new", *nights, "the rest"]):
            of = {letter_id(each): each for each in drawn(night, waiting, there, draw)}
            if night == "failed":
                with pytest.raises(ChecksFailedError):
                    publish(warehouse, f"run {number}", of, there, misquoted=True)
            else:
                publish(warehouse, f"run {number}", of, there)
                there |= of
                waiting = [each for each in waiting if letter_id(each) not in there]
        assert set(there) == set(map(letter_id, letters))
        whole = Path(folder, "whole.duckdb")
        publish(whole, "all", there, {})
        for relation in COMPARED:
            assert held(warehouse, relation) == held(whole, relation), relation


def letter_id(of: Read) -> str:
    return str(of[0]["letter_id"])


def drawn(night: str, waiting: list[Read], there: dict[str, Read], draw: Any) -> list[Read]:
    """The letters of a night: some that wait, all that do, or some of those that are there, told of anew."""
    if night == "told anew":
        again = draw.sample(list(there.values()), min(2, len(there)))
        return [(letter | draw.choice(TOLD_ANEW), claims, cited) for letter, claims, cited in again]
    return waiting if night == "the rest" else waiting[: draw.randint(1, 2)]


def publish(
    warehouse: Path, run_id: str, night: dict[str, Read], there: dict[str, Read], *, misquoted: bool = False
) -> None:
    """Publish the letters of a night, and those that come into use again by it, as the flows do."""
    read = tables(run_id, [letter for letter, _, _ in night.values()])["letter_form"]
    known = store.known_forms(warehouse, read)
    of = dict(night)
    while True:
        claims = [claim for _, stated, _ in of.values() for claim in stated]
        references = [reference for _, _, cited in of.values() for reference in cited]
        letters = [letter for letter, _, _ in of.values()]
        frames = tables(run_id, letters, claims, references, known=known)
        used = set(frames["letter_form"].filter("in_use")["form_id"])
        here = set() if known is None else set(known.filter(pl.col("in_use"))["form_id"])
        if not (missing := used - here - set(of)):
            break
        of |= {one: there[one] for one in missing}
    if misquoted:
        # Claims of a form that isn't in use never come in: one of a letter that stays does.
        gone = set(frames["letter_form"].filter(~pl.col("in_use"))["form_id"])
        stays = sorted({one for one in there if store_has(warehouse, one)} - gone - set(of))
        claims = [claim | {"quote": "x"} for claim in claims]
        claims += [
            there[one][1][0] | {"claim_id": "misquoted", "quote": "x", "value": 1.0} for one in stays[:1]
        ]
        frames = tables(run_id, letters, claims, references, known=known)
    store.publish(warehouse, frames, keep=1, max_drop_percent=100)


def store_has(warehouse: Path, letter: str) -> bool:
    """Whether the figures of a letter, by this form of it, are in the warehouse."""
    with store.connect(warehouse) as connection:
        return bool(connection.execute("FROM letter WHERE letter_id = ?", [letter]).fetchall())


def held(warehouse: Path, relation: str) -> list[tuple[Any, ...]]:
    with store.connect(warehouse) as connection:
        return rows(connection, relation)
