"""The macros for people in a shell, alike in the shells 1.4 and 1.5 and in Python."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import shell_output

from warehouse import store
from warehouse.definitions import READING_MACROS

Answer = Callable[[str], list[list[str]]]
A_CLAIM = "(SELECT min(claim_id) FROM claim WHERE quote = '1222')"


@pytest.fixture(params=["1.4", "1.5", "python"])
def answer(request: pytest.FixtureRequest, published: Path) -> Answer:
    """Rows of an answer as texts, asked of a shell or of Python."""

    def in_shell(query: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(shell_output(request.param, published, query))))[1:]

    def in_python(query: str) -> list[list[str]]:
        with store.connect(published) as connection:
            rows = connection.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({query})").fetchall()
        return [["NULL" if value is None else value for value in row] for row in rows]

    return in_python if request.param == "python" else in_shell


def test_victims_of_a_year_are_the_newest_statements(answer: Answer) -> None:
    query = "SELECT measure, population, value, source, quote, letter_date FROM victims({})"
    assert answer(query.format(2011)) == [
        ["trafficking_victims", "total", "1300.0", "CoMensha", "1300", "2013-04-27"]
    ]
    assert answer(query.format("in_year := 2011")) == answer(query.format(2011))
    assert answer(query.format(1999)) == []


def test_growth_has_its_sign_and_its_base(answer: Answer) -> None:
    assert answer("SELECT measure, percent, base_year, period, quote FROM growth(2011)") == [
        ["trafficking_victims", "23.0", "2010", "2011", "23%"]
    ]


def test_capacity_tells_what_is_planned(answer: Answer) -> None:
    query = "SELECT measure, value, unit, status, period FROM capacity({})"
    assert answer(query.format(2012)) == [["shelter_places", "70.0", "places", "expected", "2012-07/"]]
    assert answer(query.format(2010)) == [["shelter_shortage", "0.0", "places", "negated", "2010"]]


def test_a_quote_opens_by_its_id_or_the_beginning_of_it(answer: Answer) -> None:
    query = "SELECT quote, letter_date, identifier, sentence[:36] FROM quote_of({})"
    expected = [["1222", "2012-04-27", "kst-28638-75", "In 2011 telde CoMensha 1222 slachtof"]]
    assert answer(query.format(A_CLAIM)) == expected
    assert answer(query.format(f"left({A_CLAIM}, 12)")) == expected
    assert answer(query.format("''")) == answer(query.format("'nobody'")) == []
    assert answer(f"SELECT quote_of({A_CLAIM}), quote_of('nobody')") == [["1222", "NULL"]]


@pytest.mark.parametrize("relation", ["claim", "victim_counts"])
def test_each_row_gets_its_own_quote(answer: Answer, relation: str) -> None:
    """Whatever the column and its table are called: a macro's argument is put in as it is written."""
    rows = answer(f"SELECT count(*), count(*) FROM {relation}")
    scalar = f"SELECT count(*), count(*) FILTER (quote_of({relation}.claim_id) = quote) FROM {relation}"
    bare = f"SELECT count(*), count(*) FILTER (quote_of(claim_id) = quote) FROM {relation}"
    lateral = f"SELECT count(*), count(*) FILTER (o.quote = r.quote) FROM {relation} r, quote_of(claim_id) o"
    assert answer(scalar) == answer(bare) == answer(lateral) == rows


def test_every_macro_says_what_it_answers(answer: Answer) -> None:
    query = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal AND {}"
    # The shells bring macros of their own.
    assert (
        answer(query.format(f"list_contains({list(READING_MACROS)}, function_name) AND comment IS NULL"))
        == []
    )
    found = answer(query.format("function_type = 'table_macro' AND comment IS NOT NULL"))
    assert {name for (name,) in found} >= set(READING_MACROS) - {"letter_name"}  # which is no table
