"""Backfill: all letters read again, what that shows, what it publishes, and what it leaves alone."""

import json
from pathlib import Path

import duckdb
import polars as pl
import pytest
from editing import edit
from once import put_into
from other_grammar import failing_on, read_by
from prefect_api import left_by, runs_of
from processes import Run
from small_letters import inbox_of, letter, letter_path
from test_cli import held
from test_runs import files, rows

from flows import backfilling, outcomes, pipeline
from flows.backfilling import Wanted
from flows.settings import Settings, settings
from transforms.extract import Extraction, extract
from warehouse import store
from warehouse.definitions import TABLES, sql
from warehouse.errors import ChecksFailedError, LockedError, NotAWarehouseError, WarehouseError
from warehouse.files import sum_path

PUBLISH = Wanted(publish=True)
#: Though a warehouse of three letters loses a third of its rows.
PUBLISH_FEWER = backfilling.Wanted(publish=True, allow_drop=True)
SHOW = Wanted(form="ndjson")


def settings_in(folder: Path) -> Settings:
    return settings(inbox=folder / "inbox", warehouse=folder / "w.duckdb", batch_size=2)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse that two runs filled: two letters and an empty file, then one letter."""
    folder = tmp_path_factory.mktemp("filled")
    inbox = inbox_of(folder / "inbox", a=letter(1), b=letter(2, victims=1222).encode("cp1252"), leeg="")
    pipeline.run(settings_in(folder))
    inbox_of(inbox, c=b"\xef\xbb\xbf" + letter(3, year=2023, victims=900, body=CRLF).encode())
    pipeline.run(settings_in(folder))
    return folder


@pytest.fixture
def chosen(filled: Path, tmp_path: Path) -> Settings:
    """Settings of a copy of that warehouse, for a test to write to."""
    put_into(filled, tmp_path)
    return settings_in(tmp_path)


CRLF = "Er waren in {year}\r\n{victims} slachtoffers van mensenhandel."


@pytest.fixture
def other_grammar(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A grammar that reads 1222 as 1223, once the warehouse is there."""

    def extract_otherwise(frame: pl.DataFrame, _: object = None) -> Extraction:
        part = extract(frame)
        changed = part.claim.with_columns(
            value=pl.when(quote="1222").then(1223.0).otherwise("value"),
            claim_id=pl.when(quote="1222").then(pl.lit("other")).otherwise("claim_id"),
        )
        return part._replace(claim=changed)

    read_by(monkeypatch, extract_otherwise)


#: What version 1 of the tables had not: runs had no kind, and each letter one form and one vintage.
LATER = {
    "run": ("kind",),
    "letter": (
        "source_url", "licence", "retrieved_at", "modified", "vintage", "is_current", "withdrawn",
        "issued_on", "ended_on",
    ),
    "claim": ("locator",),
}  # fmt: skip


def replace_by_version_1(warehouse: Path) -> None:
    """Put a file in place of the current version that has the tables of version 1."""
    file, old = warehouse.resolve(), warehouse.with_name("old")
    with duckdb.connect(old) as connection:
        connection.execute(f"ATTACH '{file}' AS present (READ_ONLY)")
        for table in (table for table in TABLES if table != "letter_form"):
            lines = sql("schema", table).splitlines()
            later = LATER.get(table, ())
            connection.execute("\n".join(line for line in lines if not any(name in line for name in later)))
            columns = ", ".join(connection.table(table).columns)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT {columns} FROM present.{table}")
        connection.execute("UPDATE run SET schema_version = 1")
    old.replace(file)
    sum_path(file).unlink()  # no program of version 1 wrote one


def arrivals(warehouse: Path) -> list[tuple[object, ...]]:
    return rows(warehouse, "SELECT source, first_seen, run_id, text FROM letter ORDER BY source")


def changes(printed: str) -> list[tuple[str, str, str]]:
    found = [json.loads(line) for line in printed.splitlines()]
    return [(row["relation"], row["change"], row["letter"]) for row in found]


@pytest.mark.usefixtures("other_grammar")
def test_without_publish_it_shows_what_would_change_and_changes_nothing(
    chosen: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(chosen.warehouse.parent)
    done = backfilling.run(chosen, SHOW)
    assert files(chosen.warehouse.parent) == before
    assert (done.outcome.version, done.outcome.seen, done.outcome.read) == (None, 3, 3)
    assert changes(capsys.readouterr().out) == [
        (relation, "changed", "b.txt") for relation in ("claim", "victim_counts", "victim_counts_latest")
    ]
    assert outcomes.summary(done.outcome)[-1] == "nothing published: --publish does it"


@pytest.mark.usefixtures("other_grammar")
def test_with_publish_letters_keep_when_and_by_which_run_they_came(
    chosen: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before, runs = arrivals(chosen.warehouse), rows(chosen.warehouse, "SELECT run_id FROM run ORDER BY 1")
    outcome = backfilling.run(chosen, PUBLISH).outcome
    assert "claim" in capsys.readouterr().out
    assert chosen.warehouse.readlink().name == outcome.version
    assert arrivals(chosen.warehouse) == before
    assert rows(chosen.warehouse, "SELECT count(*) FILTER (value = 1223), count(*) FROM victim_counts") == [
        (1, 3)
    ]
    kinds = "kind, letters_seen, letters_known, letters_read, letters_rejected"
    assert rows(chosen.warehouse, f"SELECT {kinds} FROM run ORDER BY started_at") == [
        ("nightly", 3, 0, 2, 1), ("nightly", 4, 3, 1, 0), ("backfill", 3, 0, 3, 0)
    ]  # fmt: skip
    assert rows(chosen.warehouse, "SELECT run_id FROM run ORDER BY 1")[:2] == runs
    assert rows(chosen.warehouse, "SELECT source, reason FROM rejected_letter") == [("leeg.txt", "empty")]
    checked = "SELECT count(DISTINCT run_id), bool_and(passed) FROM check_result"
    assert rows(chosen.warehouse, checked) == [(3, True)]
    with store.difference(chosen.warehouse) as comparison:
        assert (comparison.before, comparison.after) == (
            store.versions(chosen.warehouse)[1].name,
            outcome.version,
        )


def test_a_nightly_run_goes_on_from_it(chosen: Settings) -> None:
    backfilling.run(chosen, PUBLISH)
    assert pipeline.run(chosen).version is None
    inbox_of(chosen.inbox, d=letter(4))
    assert pipeline.run(chosen).read == 1
    assert rows(chosen.warehouse, "SELECT count(*) FROM letter") == [(4,)]
    backfilling.run(chosen, PUBLISH)
    assert rows(chosen.warehouse, "SELECT count(*), sum(letters_read) FROM run WHERE kind = 'backfill'") == [
        (2, 7)
    ]


def test_the_same_grammar_changes_nothing(chosen: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    done = backfilling.run(chosen, SHOW)
    assert capsys.readouterr().out == ""
    assert {count[3:] for count in done.counts} == {(0, 0, 0)}


@pytest.mark.parametrize("publish", [True, False])
def test_a_letter_that_is_not_kept_whole_is_named_and_made_from_its_text(
    chosen: Settings, caplog: pytest.LogCaptureFixture, publish: bool
) -> None:
    ids = dict(rows(chosen.warehouse, "SELECT source, letter_id FROM letter"))
    kept = {name: store.kept_letter(chosen.place, letter_id) for name, letter_id in ids.items()}
    damaged = letter_path(chosen.warehouse, ids["c.txt"])
    damaged.chmod(0o644)
    damaged.write_bytes(b"half")
    letter_path(chosen.warehouse, ids["b.txt"]).unlink()
    before = arrivals(chosen.warehouse)
    assert backfilling.run(chosen, Wanted(publish)).outcome.read == 3
    missing, damaged_too = [message for message in caplog.messages if "made from its text" in message]
    assert missing.startswith(f"b.txt: the letter {ids['b.txt']} is missing")
    assert damaged_too.startswith(f"c.txt: the letter {ids['c.txt']} is damaged")
    assert arrivals(chosen.warehouse) == before
    if publish:
        assert {n: store.kept_letter(chosen.place, letter_id) for n, letter_id in ids.items()} == kept
    else:
        assert damaged.read_bytes() == b"half"


def test_a_letter_whose_bytes_are_lost_is_set_aside_and_comes_again(chosen: Settings) -> None:
    ((letter_id,),) = rows(chosen.warehouse, "SELECT letter_id FROM letter WHERE source = 'b.txt'")
    letter_path(chosen.warehouse, str(letter_id)).unlink()
    edit(chosen.warehouse, "UPDATE letter SET encoding = 'utf-16' WHERE source = 'b.txt'")
    outcome = backfilling.run(chosen, PUBLISH_FEWER).outcome
    assert (outcome.seen, outcome.read, outcome.rejected) == (3, 2, {"unreadable": 1})
    assert rows(
        chosen.warehouse, "SELECT source, step, letter_id FROM rejected_letter WHERE source <> 'leeg.txt'"
    ) == [("b.txt", "backfill", None)]
    assert pipeline.run(chosen).read == 1  # the inbox has it


def test_a_letter_on_which_the_grammar_fails_is_read_by_the_next_that_does_not(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = arrivals(chosen.warehouse)
    read_by(monkeypatch, failing_on("1222", ValueError("no")))
    assert backfilling.run(chosen, PUBLISH_FEWER).outcome.rejected == {"failed": 1}
    assert len(arrivals(chosen.warehouse)) == 2
    assert backfilling.run(chosen, PUBLISH_FEWER).outcome.rejected == {}  # known
    read_by(monkeypatch, extract)
    assert backfilling.run(chosen, PUBLISH_FEWER).outcome.read == 3
    came = [row[:2] for row in arrivals(chosen.warehouse)]
    assert [source for source, _ in came] == ["a.txt", "b.txt", "c.txt"]
    assert (came[0], came[2]) == (before[0][:2], before[2][:2])


def test_a_warehouse_of_an_older_program_is_carried_over(chosen: Settings) -> None:
    before = arrivals(chosen.warehouse)
    for path in chosen.warehouse.parent.glob("w.duckdb.letters/*/*"):
        path.unlink()
    replace_by_version_1(chosen.warehouse)
    for refused in (pipeline.check, pipeline.run):
        with pytest.raises(
            WarehouseError,
            match=r"tables of version 1, .*: carry it over with kamercijfers backfill --publish$",
        ):
            refused(chosen)
    backfilling.check(chosen)
    assert backfilling.run(chosen, PUBLISH).outcome.read == 3
    assert arrivals(chosen.warehouse) == before
    assert rows(chosen.warehouse, "SELECT kind FROM run ORDER BY started_at")[0] == ("nightly",)
    assert pipeline.run(chosen).version is None


def test_a_warehouse_of_a_newer_program_is_left_alone(chosen: Settings) -> None:
    edit(chosen.warehouse, "UPDATE run SET schema_version = 99")
    for refused in (pipeline.check, backfilling.check, lambda chosen: backfilling.run(chosen, PUBLISH)):
        with pytest.raises(WarehouseError, match=r"tables of version 99, .* or a newer one$"):
            refused(chosen)


def test_what_stops_it_is_said_before_anything_is_read(tmp_path: Path, chosen: Settings) -> None:
    missing = settings(warehouse=tmp_path / "nowhere" / "missing.duckdb")
    with pytest.raises(NotAWarehouseError):
        backfilling.check(missing)
    assert not missing.warehouse.parent.exists()
    with store.lock(chosen.place), pytest.raises(LockedError):
        backfilling.check(chosen)


def test_a_build_that_fails_its_checks_is_not_published(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shifted(frame: pl.DataFrame, _: object = None) -> Extraction:
        part = extract(frame)
        return part._replace(claim=part.claim.with_columns(sentence_quote_end=pl.lit(9999, pl.Int64)))

    read_by(monkeypatch, shifted)
    before = store.versions(chosen.warehouse)
    with pytest.raises(ChecksFailedError, match="sentence_offsets_in_bounds"):
        backfilling.run(chosen, PUBLISH)
    assert store.versions(chosen.warehouse) == before


def test_on_the_command_line_the_diff_is_on_stdout_and_the_rest_on_stderr(
    chosen: Settings, at_once: Run
) -> None:
    edit(chosen.warehouse, "UPDATE claim SET value = 1223 WHERE quote = '1222'")
    before = files(chosen.warehouse.parent)
    command = ("backfill", "--inline", "--warehouse", chosen.warehouse)
    shown = at_once(*command)
    assert shown.returncode == 0, shown.stderr
    current = chosen.warehouse.readlink().name  # no version comes of it, and none is named
    assert shown.stdout.splitlines()[0] == f"from {current} to what the grammar makes of it now"
    assert ["claim", "3", "3", "0", "0", "1"] in [line.split() for line in shown.stdout.splitlines()]
    assert "value 1223" in shown.stdout
    assert "3 files looked at: 3 read, 0 set aside" in shown.stderr
    assert files(chosen.warehouse.parent) == before
    published = at_once(*command, "--publish", "--format", "ndjson")
    assert {row["change"] for row in map(json.loads, published.stdout.splitlines())} == {"changed"}
    assert chosen.warehouse.readlink().name in published.stderr
    with held(chosen.warehouse):
        assert at_once(*command).returncode == 4


def test_in_prefect_it_leaves_its_tasks_and_artifacts(
    chosen: Settings, kamercijfers: Run, prefect_environment: dict[str, str]
) -> None:
    edit(chosen.warehouse, "UPDATE claim SET value = 1223 WHERE quote = '1222'")
    flags = ("--batch-size", "2", "--publish", "--format", "ndjson")
    result = kamercijfers("backfill", "--warehouse", chosen.warehouse, *flags, **prefect_environment)
    assert result.returncode == 0, result.stderr
    assert ("claim", "changed", "b.txt") in changes(result.stdout)
    assert rows(chosen.warehouse, "SELECT engine FROM run WHERE kind = 'backfill'") == [("prefect",)]
    api = prefect_environment["PREFECT_API_URL"]
    (run,) = runs_of(api, "warehouse", chosen.warehouse)
    assert (run["name"][:11], run["state_type"]) == ("backfill-20", "COMPLETED")
    tasks, artifacts = left_by(api, run)
    names = ("find letters", "read batch 1", "read batch 2", "compare and publish")
    assert tasks == dict.fromkeys(names, "COMPLETED")
    assert "3 files looked at: 3 read, 0 set aside" in artifacts["backfill-summary"]
    assert '"relation": "claim", "before": 3, "after": 3' in artifacts["backfill-diff"]
    assert set(artifacts) == {"backfill-summary", "backfill-marts", "backfill-diff"}
