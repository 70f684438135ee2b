"""What holds whatever letters say: what had been said by a day stays so, and no order of loading matters."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from store_frames import SEEN, a_claim, a_letter, a_reference, tables

from warehouse.checking import check_results
from warehouse.definitions import MADE_DIMENSIONS, MADE_MARTS, MARTS, TABLES, VINTAGES
from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection
#: A letter, its claims and its citations.
Read = tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]

DAYS = [date(2012, 4, 27), date(2013, 4, 27), date(2014, 10, 30), date(2016, 2, 1), None]
NUMBERS = ["984", "993", "1000", "1013", "1222", "2006"]
#: The newest run tells these, not the letters.
OF_RUNS = ("run_id", "first_seen", "read_run_id")
OF_LETTERS = [
    relation
    for relation in (*TABLES, *MADE_DIMENSIONS, *MADE_MARTS, *MARTS)
    if relation not in ("run", "check_result", "rejected_letter")
]
#: In `make faults`.
AT_LENGTH = bool(os.environ.get("FAULTS"))
#: A build is dear, and many figures meet in one example: few of them, always the same ones, and one that
#: fails isn't made smaller.
FEW = settings(
    max_examples=30 if AT_LENGTH else 2,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

COUNTS: dict[str, Any] = {
    "kind": "count",
    "measure_code": "trafficking_victims",
    "status": st.sampled_from(["realised", "realised", "expected", "target", "negated"]),
}
PLACES = COUNTS | {"kind": "capacity", "measure_code": "shelter_places", "unit": "places"}
GROWTHS: dict[str, Any] = {
    "kind": "growth",
    "unit": "percent",
    "base_period": st.sampled_from(["2009", "2010", None]),
    "direction": st.sampled_from(["increase", "decrease"]),
}
FACTS = {
    "period": st.sampled_from(["2010", "2011", "2011-01/2011-12", "2012-07", "2003/", None]),
    "source": st.sampled_from(["CoMensha", "CBS", "CBS; CoMensha", "CoMensha;CBS", None]),
    "population": st.sampled_from(["total", "total", "sex=F", "sex=M", "part"]),
    "precision": st.sampled_from(["exact", "exact", "approx", "at_least"]),
}
#: What figures are about: the facts of a claim but for its value.
THINGS = st.lists(
    st.sampled_from([COUNTS, COUNTS, PLACES, GROWTHS]).flatmap(
        lambda kind: st.fixed_dictionaries(
            {
                name: facts if isinstance(facts, st.SearchStrategy) else st.just(facts)
                for name, facts in (FACTS | kind).items()
            }
        )
    ),
    min_size=4,
    max_size=8,
)


def letters_about(
    things: list[dict[str, Any]], days: list[date | None], numbered_from: int, forms: str = "txt"
) -> st.SearchStrategy[list[Read]]:
    """Letters of these days, in these forms, that state most of the same figures.

    Some bear one identifier: they are forms and vintages of one letter, of whose issue some tell the day.
    """
    # Most of them once: two numbers for one thing in a letter are compared with nothing.
    stated = st.tuples(st.sampled_from(NUMBERS), st.sampled_from([*range(len(things))]))
    figures = st.lists(stated, min_size=4, max_size=8, unique_by=lambda figure: figure[1]).map(
        lambda drawn: [(quote, things[thing]) for quote, thing in drawn]
    )
    issue = st.tuples(st.sampled_from("1234"), st.sampled_from(forms.split()), st.booleans())
    letter = st.tuples(st.sampled_from(days), figures, issue)
    return st.lists(letter, min_size=4, max_size=6).map(
        lambda drawn: [read(number, *each) for number, each in enumerate(drawn, numbered_from)]
    )


@st.composite
def known_and_more(draw: st.DrawFn) -> tuple[list[Read], list[Read]]:
    """Letters of any day, and others that come later, some of them about days before the last of those."""
    things, after = draw(THINGS), draw(st.sampled_from(DAYS[1:3]))
    later = [day for day in DAYS if day is None or day > after]
    return draw(letters_about(things, DAYS, 0)), draw(letters_about(things, later, 10))


def read(
    number: int, day: date | None, figures: list[tuple[str, dict[str, Any]]], issue: tuple[str, str, bool]
) -> Read:
    """The letter of this number with its figures, one behind the other; two may bear one identifier."""
    own, form, is_told = issue
    modified = datetime.combine(day, time(9)) + timedelta(days=3) if day and is_told else None
    heading = f"Brief {number}, zie 28 638, nr. 1. "
    text = heading + " ".join(quote.ljust(4) for quote, _ in figures)
    letter = a_letter(
        text, day, identifier=f"kst-28638-{own}", format=form, provider="sru", modified=modified
    )
    claims = []
    for place, (quote, facts) in enumerate(figures):
        start = len(heading) + 5 * place
        span = {"char_start": start, "char_end": start + len(quote)}
        span |= {"sentence_quote_start": start, "sentence_quote_end": start + len(quote)}
        claims.append(a_claim(letter, quote, float(quote), **facts, claim_id=f"{number}-{place}") | span)
    return letter, claims, [a_reference(letter, "28 638, nr. 1", "28638", "1")]


@contextmanager
def undone(file: Path) -> Iterator[Build]:
    """A copy of a build to which an example writes, and nobody else."""
    with TemporaryDirectory() as folder, duckdb.connect(shutil.copy(file, folder)) as connection:
        connection.begin()
        yield connection


def add(build: Build, run_id: str, of: list[Read]) -> None:
    claims, references = ([row for each in of for row in each[part]] for part in (1, 2))
    known = build.sql("FROM letter_form").pl()
    load(build, tables(run_id, [letter for letter, _, _ in of], claims, references, known=known), "v")


def said_by(letter: dict[str, Any]) -> date:
    return letter["letter_date"] or SEEN.date()


@FEW
@given(of=known_and_more())
def test_what_had_been_said_by_a_day_stays_so_whatever_is_said_later(
    build_file: Path, of: tuple[list[Read], list[Read]]
) -> None:
    known, more = of
    first = min(said_by(letter) for letter, _, _ in more)
    days = [day for day in (date(2012, 1, 1), *DAYS) if day and day < first]
    questions = [f"FROM {mart}_as_of(DATE '{day}') ORDER BY ALL" for mart in VINTAGES for day in days]
    with undone(build_file) as build:
        add(build, "one", known)
        make_views(build)
        before = [build.execute(question).fetchall() for question in questions]
        add(build, "two", more)
        make_views(build)
        assert [build.execute(question).fetchall() for question in questions] == before


@FEW
@given(
    known=THINGS.flatmap(lambda things: letters_about(things, DAYS, 0, "txt txt xml")),
    order=st.randoms(use_true_random=False),
    runs=st.integers(2, 3),
)
def test_letters_give_the_same_tables_in_whatever_order_they_are_loaded(
    build_file: Path, known: list[Read], order: Random, runs: int
) -> None:
    with undone(build_file) as build:
        add(build, "one", known)
        make_views(build)
        expected = {relation: rows(build, relation) for relation in OF_LETTERS}
        assert [each for each in check_results(build) if each.bad_rows and each.severity == "error"] == []
    order.shuffle(known)
    with undone(build_file) as build:
        for run in range(runs):
            add(build, f"run {run}", known[run::runs])
        make_views(build)
        for relation in OF_LETTERS:
            assert rows(build, relation) == expected[relation], relation


def rows(build: Build, relation: str) -> list[tuple[Any, ...]]:
    """All rows of a relation but for what runs tell of themselves."""
    columns = [f'"{name}"' for name in build.table(relation).columns if name not in OF_RUNS]
    return build.execute(f"SELECT {', '.join(columns)} FROM {relation} ORDER BY ALL").fetchall()
