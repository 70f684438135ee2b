"""Analysts open the published file in the DuckDB shells 1.4 and 1.5, in its second version, too."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse import store
from warehouse.definitions import CORRECTIONS, MADE_DIMENSIONS, MADE_MARTS, MARTS, TABLES, VIEWS

Shell = Callable[[Path, str], str]

RELATIONS = {*TABLES, *CORRECTIONS, *MADE_DIMENSIONS, *MADE_MARTS, *VIEWS}


def records(output: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(output)))[1:]


def test_a_shell_reads_what_python_reads(shell: Shell, published: Path) -> None:
    counts = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) FROM {name}" for name in RELATIONS)
    with store.connect(published) as connection:
        expected = [[name, str(count)] for name, count in connection.execute(counts).fetchall()]
    assert sorted(records(shell(published, counts))) == sorted(expected)
    assert ["victim_counts", "2"] in expected


def test_a_shell_computes_with_the_macros(shell: Shell, published: Path) -> None:
    years = """
        SELECT
            period_start_year('2016/2020'), period_end_year('2016/2020'),
            period_year('2012-S1'), period_end('/2024')
    """
    assert records(shell(published, years)) == [["2016", "2020", "2012", "2024"]]


def test_a_shell_knows_what_had_been_said_by_a_day(shell: Shell, published: Path) -> None:
    said = "SELECT value, is_latest FROM victim_counts_as_of('{}') WHERE year = 2011"
    assert records(shell(published, said.format("2012-04-26"))) == []
    assert records(shell(published, said.format("2012-12-31"))) == [["1222.0", "true"]]
    assert records(shell(published, said.format("2013-12-31"))) == [["1300.0", "true"]]


def test_a_shell_opens_every_quote(shell: Shell, published: Path) -> None:
    query = """
        SELECT count(*), bool_and(substr(letter.text, char_start + 1, char_end - char_start) = quote)
        FROM claim JOIN letter USING (letter_id)
    """
    assert records(shell(published, query)) == [["9", "true"]]


def test_every_relation_and_column_has_a_comment(shell: Shell, published: Path) -> None:
    described = records(
        shell(
            published,
            """
            SELECT table_name, '' AS column_name, comment FROM duckdb_tables()
            WHERE NOT internal AND schema_name = 'main'
            UNION ALL SELECT view_name, '', comment FROM duckdb_views() WHERE NOT internal
            UNION ALL SELECT table_name, column_name, comment FROM duckdb_columns()
            WHERE NOT internal AND schema_name = 'main'
            """,
        )
    )
    assert {relation for relation, column, _ in described if not column} == RELATIONS
    assert len(described) > 200
    bare = [(relation, column) for relation, column, comment in described if comment in ("", "NULL")]
    # The shells list columns of their own catalogue here; those aren't ours to describe.
    assert [pair for pair in bare if pair[0] in RELATIONS] == []


@pytest.mark.parametrize("mart", MARTS)
def test_a_mart_hands_its_comments_down(shell: Shell, published: Path, mart: str) -> None:
    query = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{}' ORDER BY 1"
    of_mart, of_latest = (records(shell(published, query.format(name))) for name in (mart, f"{mart}_latest"))
    assert of_mart == of_latest
    comments = dict(of_mart)
    assert comments["measure"] == "What is counted: a code of the vocabulary, a row of measure."
    assert comments["value"] == "The number, in unit, never negative; the low end of a range."


def test_the_figures_lead_back_to_their_letters(shell: Shell, published: Path) -> None:
    found = records(shell(published, store.examples()["figures"]))
    assert [(row[0], row[1], row[5], row[8], row[9]) for row in found[1:3]] == [
        ("growth_percentages", "2011", "+23%", "kst-28638-75", "23%"),
        ("capacity_figures", "2010", "0 places", "kst-28638-75", "geen"),
    ]
    assert found[0][0] == "victim_counts"
    assert found[0][8]
