"""What the dashboard asks of the file, and what a reader may ask."""

import os
import re
import time
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from small_letters import inbox_of, letter

from dashboard import downloads, querying
from dashboard.answers import asking, edition
from dashboard.labels import HEDGED, LANGUAGES, _labels, rounded, words_of
from dashboard.then import STATED
from flows import pipeline
from flows.settings import settings
from warehouse.definitions import examples, names, sql
from warehouse.errors import NotAWarehouseError, WarehouseError


def test_every_label_is_there_in_every_language() -> None:
    for section, labels in _labels().items():
        for key, texts in labels.items():
            assert len(texts) == len(LANGUAGES), f"{section}.{key}"
            filled = {re.sub(r"[^{}\w]", " ", text).count("{") for text in texts}
            assert len(filled) == 1, f"{section}.{key}"


def test_every_code_of_the_samples_has_a_label(sample_warehouse: Path) -> None:
    ask = asking(edition(sample_warehouse))
    words = words_of("nl", ask("code_labels"))
    assert (
        words.code("measure", "trafficking_victims")
        == "geregistreerde (mogelijke) slachtoffers van mensenhandel"
    )
    for section, relation, column in (
        ("standing", "claim", "status"), ("precision", "claim", "precision"), ("claim_kind", "claim", "kind"),
        ("verdict", "discrepancies", "verdict"), ("verdict_told", "discrepancies", "verdict"),
        ("discrepancy", "discrepancies", "kind"), ("method", "derived_figures", "method"),
        ("rejection", "rejected_letter", "reason"), ("severity", "check_result", "severity"),
        ("step", "rejected_letter", "step"), ("check", "check_result", "check_name"),
        ("statistic", "claim", "statistic"), ("per", "claim", "per"), ("run_kind", "run", "kind"),
        ("engine", "run", "engine"), ("warning", "letter", "unnest(warnings)"),
    ):  # fmt: skip
        with duckdb.connect(sample_warehouse.resolve(), read_only=True) as connection:
            codes = connection.execute(f"SELECT DISTINCT {column} FROM {relation}").fetchall()
        assert {code for (code,) in codes if code} <= set(_labels()[section]), section
    assert set(_labels()["example"]) == set(examples())
    assert set(_labels()["check"]) == set(names("checks"))


def test_what_is_calculated_is_as_exact_as_it_can_be() -> None:
    figures = [
        (1014.1026, "persons"),
        (-26.1662, "percent"),
        (0.2653, "percent"),
        (4.26, "places"),
        (0.04, "fte"),
    ]
    assert [rounded(*figure) for figure in figures] == [1014, -26.2, 0.3, 4.3, 0.04]


def test_no_label_is_used_by_nobody() -> None:
    """Those of sections that codes choose from have their own tests; others stand in the code."""
    code = "".join(
        path.read_text("utf-8") for path in (Path(__file__).parents[2] / "dashboard").rglob("*.py")
    )
    for section in ("app", "figures", "contradictions", "letter", "sql", "report"):
        unused = {key for key in _labels()[section] if not re.search(rf"""["']{section}.{key}["']""", code)}
        assert unused <= {"victims", "growth", "capacity", "open", "settled", "held", "not_held"}, section


def test_parameters_are_bound_and_never_written_into_a_query() -> None:
    for name in names("dashboard"):
        assert "{" not in sql("dashboard", name)


def test_another_version_is_another_edition(sample_warehouse: Path, tmp_path: Path) -> None:
    link = tmp_path / "w.duckdb"
    link.symlink_to(sample_warehouse.resolve())
    first = edition(link)
    assert first == edition(link)
    copy = tmp_path / "other.duckdb"
    copy.write_bytes(sample_warehouse.read_bytes())
    os.replace(_link_to(copy, tmp_path), link)  # noqa: PTH105 as a publish does
    assert edition(link) != first
    with pytest.raises(NotAWarehouseError):
        edition(tmp_path / "none.duckdb")


def _link_to(file: Path, folder: Path) -> Path:
    link = folder / "link"
    link.symlink_to(file)
    return link


def test_a_file_of_another_program_is_told_so(tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    with duckdb.connect(old) as connection:
        for table in ("letter", "claim", "run"):
            connection.execute(f"CREATE TABLE {table} (letter_id VARCHAR)")
    with pytest.raises(WarehouseError, match="backfill --publish"):
        asking(edition(old))("days")


@pytest.mark.parametrize("name", examples())
def test_every_example_is_answered(sample_warehouse: Path, name: str) -> None:
    answer = querying.answered(edition(sample_warehouse), examples()[name])
    assert not answer.is_cut


BODY = """Uit de cijfers van CoMensha blijkt dat er in 2021 minstens 700 slachtoffers van mensenhandel
zijn geregistreerd. In 2020 waren er circa 300 slachtoffers van mensenhandel. In 2019 waren er hooguit 40
slachtoffers van mensenhandel. In 2018 waren er 250 slachtoffers van mensenhandel. In 2017 registreerde
CoMensha gemiddeld 13 slachtoffers van mensenhandel per maand.

Eind 2020 waren er 1.500 tot 1.600 plaatsen in de vrouwenopvang."""


def test_the_example_of_all_figures_says_them_in_the_words_of_the_dashboard(tmp_path: Path) -> None:
    """The closing figures of a first run."""
    warehouse = tmp_path / "figures.duckdb"
    inbox = inbox_of(tmp_path / "inbox", a=letter(body=BODY))
    pipeline.run(settings(inbox=inbox, warehouse=warehouse, workers=1))
    found = edition(warehouse)
    words = words_of("en", asking(found)("code_labels"))
    shown = querying.answered(found, examples()["figures"]).rows["figure"].to_pylist()
    assert {"at least 700 persons", "about 300 persons", "at most 40 persons", "250 persons"} <= set(shown)
    assert "13 persons per month (mean)" in shown
    assert "1500-1600 places" in shown
    for precision in HEDGED:
        assert any(figure.startswith(f"{words.told('precision', precision)} ") for figure in shown), precision


@pytest.mark.parametrize(
    "query",
    [
        "EXPLAIN ANALYZE DELETE FROM letter",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x'",
        "WITH x AS (DELETE FROM letter RETURNING *) FROM x",
        "WITH x AS (COPY letter TO 'x.csv') FROM x", "EXPLAIN ANALYZE WITH x AS (COPY letter TO 'x') FROM x",
        "FROM query('FROM letter')", "PRAGMA database_list",
        "COPY letter TO 'x.csv'", "CREATE TABLE t (a INT)", "DELETE FROM letter", "ATTACH 'x.duckdb'",
        "SET memory_limit = '9GB'", "SELECT 1; SELECT 2", "", "INSTALL httpfs", "FROM run; DROP TABLE claim",
    ],
)  # fmt: skip
def test_what_doesnt_only_read_is_refused(sample_warehouse: Path, query: str) -> None:
    with pytest.raises(querying.NotOneQueryError):
        querying.answered(edition(sample_warehouse), query)


def test_what_stands_behind_a_query_is_no_part_of_it(sample_warehouse: Path) -> None:
    answer = querying.answered(edition(sample_warehouse), "SELECT 'é;' AS a; -- é\n /* ; */ ;")
    assert answer.rows.to_pylist() == [{"a": "é;"}]


def test_a_query_is_answered_as_it_stood_on_a_day(sample_warehouse: Path) -> None:
    found, day = edition(sample_warehouse), date(2013, 1, 1)

    def asked(query: str, as_of: date | None = None) -> list[tuple[object, ...]]:
        rows = querying.answered(found, query, as_of=as_of).rows.to_pylist()
        return [tuple(row.values()) for row in rows]

    assert asked("SELECT count(*) FROM letter", day) == asked(
        "SELECT count(*) FROM letter WHERE letter_date <= '2013-01-01'"
    )
    for mart in (*STATED, "derived_figures", "discrepancies"):
        then = f"SELECT count(*) FROM {mart}_as_of('2013-01-01')"
        assert asked(f"SELECT count(*) FROM {mart}_latest", day) == asked(then)
    assert asked("SELECT count(*) FROM claim WHERE letter_id NOT IN (SELECT letter_id FROM letter)", day) == [
        (0,)
    ]
    for query in examples().values():
        querying.answered(found, query, as_of=day)


@pytest.mark.parametrize(
    "query",
    ["FROM read_text('/etc/passwd')", "FROM 'x.csv'", "FROM nowhere", "SELECT count(*) FROM glob('/*')"],
)
def test_no_other_file_is_read(sample_warehouse: Path, query: str) -> None:
    with pytest.raises(querying.FailedError):
        querying.answered(edition(sample_warehouse), query)


def test_rows_and_seconds_are_limited(sample_warehouse: Path) -> None:
    found = edition(sample_warehouse)
    cut = querying.answered(found, "FROM range(100)", rows=10)
    assert (cut.rows.num_rows, cut.is_cut) == (10, True)
    start = time.monotonic()
    with pytest.raises(querying.TooSlowError):
        querying.answered(
            found, "SELECT sum(hash(a.range, b.range)) FROM range(9000000) a, range(9000) b", seconds=0.3
        )
    assert time.monotonic() - start < 20
    with pytest.raises(querying.TooLargeError):
        querying.answered(found, "SELECT list(range) FROM range(200000000)")
    wide = querying.answered(found, "SELECT repeat('x', 1000000) FROM range(100)")
    assert wide.is_cut
    assert wide.rows.nbytes < querying.MAX_BYTES * 1.1
    assert querying.answered(found, "DESCRIBE letter").rows.num_rows > 10
    assert querying.answered(found, "EXPLAIN SELECT 1").rows.num_rows > 0


def test_a_query_that_takes_too_long_ends_each_time(sample_warehouse: Path) -> None:
    long = "SELECT count(*) FROM range(1000000000) AS a, range(1000000) AS b"
    for _ in range(8):  # with several threads, one of four would wait for ever
        with pytest.raises(querying.TooSlowError):
            querying.answered(edition(sample_warehouse), long, seconds=0.2)


def test_odd_answers_can_be_downloaded(sample_warehouse: Path, tmp_path: Path) -> None:
    query = (
        "SELECT INTERVAL 3 DAY AS span, '=1+1' AS formula, [1] AS list, {'a': '=2'} AS struct,"
        " NULL AS nothing,"
        ' 1.5::DECIMAL(4, 2) AS price, DATE \'2022-05-03\' AS day, -3 AS below, \'a\' AS "odd ""name"""'
    )
    rows = querying.answered(edition(sample_warehouse), query).rows
    head, line, _ = downloads.csv(rows).decode().split("\r\n")
    assert head.startswith("span,formula,list,struct,nothing,price,day,below,")
    assert ",'=1+1," in line
    assert line.endswith(",1.50,2022-05-03,-3,a")
    (tmp_path / "odd.parquet").write_bytes(downloads.parquet(rows))
    assert pq.read_table(tmp_path / "odd.parquet").num_rows == 1


ALL = {"populations": [], "sources": [], "standings": [], "dossiers": []}


@pytest.mark.parametrize(
    ("chosen", "where"),
    [
        ({}, "true"),
        ({"populations": ["total"]}, "population = 'total'"),
        ({"sources": ["CoMensha"], "standings": ["expected", "realised"]}, "source = 'CoMensha'"),
        ({"sources": [""]}, "source IS NULL"),
        ({"dossiers": ["28638"]}, "letter_id IN (FROM filed)"),
        ({"dossiers": ["none"]}, "false"),
    ],
)
def test_choices_narrow_what_is_asked_for(
    sample_warehouse: Path, chosen: dict[str, list[str]], where: str
) -> None:
    ask = asking(edition(sample_warehouse))
    asked = {"page": "victims", "measure": "trafficking_victims", "as_of": None}
    found = ask("figures", **asked, rows=5000, **(ALL | chosen))
    with duckdb.connect(sample_warehouse.resolve(), read_only=True) as connection:
        wanted = connection.execute(
            "WITH filed AS (SELECT letter_id FROM letter WHERE list_contains(dossiers, '28638'))"
            f" SELECT claim_id FROM victim_counts WHERE measure = 'trafficking_victims' AND {where}"
        ).fetchall()
    stated = found.filter(pl.col("basis").eq("stated") & pl.col("standing").ne("target"))
    assert set(stated["claim_id"]) == {claim_id for (claim_id,) in wanted}
    few = ask("figures", **asked, rows=1, **(ALL | chosen))
    assert few["found"].to_list() == [len(found)][: len(found)]
    assert few["is_latest"].all()


def test_pairs_are_counted_as_they_are_shown(sample_warehouse: Path) -> None:
    ask = asking(edition(sample_warehouse))
    for dossiers in ([], ["28638"], ["none"]):
        counted = ask("contradictions_counted", as_of=None, dossiers=dossiers)
        for is_open in (True, False, None):
            kept = counted if is_open is None else counted.filter(is_latest=is_open)
            chosen = {"verdicts": [], "kinds": [], "measures": [], "dossiers": dossiers, "open": is_open}
            assert len(ask("contradictions", as_of=None, rows=2000, **chosen)) == kept["pairs"].sum()
