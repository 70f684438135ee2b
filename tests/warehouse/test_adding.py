"""A build upon a version looks at the rows that it adds, and at all where it can't rely on the others."""

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from editing import edit
from once import Once, put_into
from store_frames import MEASURES, a_claim, a_letter, a_reference, tables

from warehouse import building, publishing, store, views
from warehouse.adding import made_by, noting_added
from warehouse.blocks import BLOCK, HEADERS
from warehouse.correcting import ENTRY
from warehouse.errors import ChecksFailedError, WarehouseError
from warehouse.files import sum_path
from warehouse.loading import load
from warehouse.sums import require_in_part

BEFORE, NEW = (
    a_letter("In 2011 waren het er 1222."),
    a_letter("In 2012 waren het er 1300, zie 28 638, nr. 1."),
)
MISQUOTED = "UPDATE claim SET char_start = char_start - 1"  # where no mart looks
Row = dict[str, Any]


@pytest.fixture
def warehouse(once: Once, tmp_path: Path) -> Path:
    def make(folder: Path) -> None:
        first = tables("one", [BEFORE], [a_claim(BEFORE, "1222", 1222)])
        store.publish(folder / "w.duckdb", first, keep=1)

    put_into(once("added-to", make), tmp_path)
    return tmp_path / "w.duckdb"


def publish(warehouse: Path, *claims: Row, references: list[Row] | None = None) -> None:
    store.publish(warehouse, tables("two", [NEW], list(claims), references or []), keep=1)


def test_a_version_tells_by_which_sql_it_was_made(warehouse: Path) -> None:
    with store.connect(warehouse) as connection:
        assert connection.execute("SELECT made_by FROM run").fetchall() == [(made_by(),)]


def test_rows_that_passed_and_have_not_changed_are_not_looked_at_again(warehouse: Path) -> None:
    edit(warehouse, MISQUOTED)
    publish(warehouse, a_claim(NEW, "1300", 1300))


@pytest.mark.parametrize("change", ["UPDATE run SET made_by = 'other SQL'", "UPDATE run SET made_by = NULL"])
def test_all_rows_are_looked_at_where_other_sql_made_the_version(warehouse: Path, change: str) -> None:
    edit(warehouse, MISQUOTED, change)
    with pytest.raises(ChecksFailedError, match="quotes_open: 1 bad row"):
        publish(warehouse)


def test_all_rows_are_looked_at_where_nothing_tells_that_the_version_is_as_published(warehouse: Path) -> None:
    edit(warehouse, MISQUOTED)
    sum_path(warehouse.resolve()).unlink()
    with pytest.raises(WarehouseError, match="holds no sum") as raised:
        publish(warehouse)
    assert isinstance(raised.value.__context__, ChecksFailedError)


def test_all_rows_are_looked_at_every_so_many_versions(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "WHOLE_EVERY", 2)
    edit(warehouse, MISQUOTED)
    with pytest.raises(ChecksFailedError, match="quotes_open: 1 bad row"):
        publish(warehouse)


def test_what_is_damaged_is_noticed_as_it_is_copied_and_before_that_where_it_is_soon_read(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = damaged(warehouse)
    with pytest.raises(WarehouseError, match="is damaged"):
        store.check_before(warehouse, 1, 10**9)
    monkeypatch.setattr(publishing, "SOON_READ", 0)
    with pytest.raises(WarehouseError, match="is damaged"):
        store.check_before(warehouse, 1, 10**9, to_read=10**9)
    with pytest.raises(WarehouseError, match="is damaged"):
        publish(warehouse)
    assert [version.path for version in store.versions(warehouse)] == [file]


def damaged(warehouse: Path, at: int = -1000) -> Path:
    """The current version, with some bytes that are not what was published."""
    file = warehouse.resolve()
    file.chmod(0o644)
    with file.open("r+b") as version:
        version.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        version.write(b"damage")
    return file


def test_of_a_large_version_a_part_is_looked_at_each_day_and_all_of_it_in_turn(warehouse: Path) -> None:
    file = warehouse.resolve()
    whole = file.read_bytes()
    parts = len(range(HEADERS, file.stat().st_size, BLOCK)) + 1

    def days(size: int) -> list[int]:
        return [day for day in range(parts) if is_refused(file, size, day)]

    assert days(BLOCK) == []
    damaged(warehouse, HEADERS + BLOCK + 5)
    assert days(BLOCK) == [2]
    assert days(parts * BLOCK) == list(range(parts))
    file.write_bytes(whole)
    damaged(warehouse, HEADERS - 1)  # the headers and the block after them
    assert days(BLOCK) == list(range(parts))
    file.write_bytes(whole[:-1])
    assert days(BLOCK) == list(range(parts))


def is_refused(version: Path, size: int, turn: int) -> bool:
    try:
        require_in_part(version, size, turn)
    except WarehouseError:
        return True
    return False


def test_whatever_is_added_is_looked_at(warehouse: Path) -> None:
    claims = [
        a_claim(NEW, "1300", 1300) | {"quote": "1301"},
        a_claim(BEFORE, "2011", 2011) | {"quote": "2012"},
    ]
    reference = a_reference(NEW, "28 638, nr. 1", "28638", "1")
    references = [
        reference | {"quote": "28 638, nr. 2"},
        reference | {"letter_id": BEFORE["letter_id"], "reference_id": "another"},
    ]
    with pytest.raises(ChecksFailedError, match="quotes_open: 4 bad rows"):
        publish(warehouse, *claims, references=references)


def test_the_marks_of_a_quote_that_is_added_are_looked_at(warehouse: Path) -> None:
    outside = [a_claim(letter, "20", 20) | {"sentence_quote_end": 999} for letter in (NEW, BEFORE)]
    with pytest.raises(ChecksFailedError, match="sentence_offsets_in_bounds: 2 bad rows"):
        publish(warehouse, *outside)


def test_letters_that_are_added_are_written_apart_from_the_texts_of_all_others(tmp_path: Path) -> None:
    warehouse, many = tmp_path / "w.duckdb", building.ADDED_TOGETHER + 1
    letters = [BEFORE | {"letter_id": str(number), "identifier": f"kst-1-{number}"} for number in range(many)]
    store.publish(warehouse, tables("one", letters), keep=1)
    for night in range(2):
        new = NEW | {"letter_id": f"new {night}", "identifier": f"kst-2-{night}"}
        store.publish(warehouse, tables(f"{night}", [new]), keep=1)
    lots = """
        SELECT row_group_id FROM pragma_storage_info('letter')
        WHERE column_name = 'text' AND segment_type = 'VARCHAR' GROUP BY row_group_id ORDER BY row_group_id
    """
    rows = "SELECT max(count) FROM pragma_storage_info('letter') WHERE row_group_id = 1"
    with store.connect(warehouse) as connection:
        assert len(connection.execute(lots).fetchall()) == 2
        assert connection.execute(rows).fetchall() == [(2,)]


def test_a_figure_that_is_added_twice_is_noticed(warehouse: Path) -> None:
    again = [
        a_claim(letter, quote, int(quote)) | {"claim_id": f"{quote} again"}
        for letter, quote in ((NEW, "1300"), (BEFORE, "1222"))
    ]
    with pytest.raises(ChecksFailedError, match="keys_unique: 2 bad rows"):
        publish(warehouse, a_claim(NEW, "1300", 1300), *again)


@pytest.mark.parametrize("checkpoint", [False, True])
def test_no_new_row_is_passed_over_where_others_are_taken_out(
    build_file: Path, tmp_path: Path, checkpoint: bool
) -> None:
    added = tables("two", [NEW], [a_claim(NEW, "1300", 1300)])
    with duckdb.connect(shutil.copy(build_file, tmp_path)) as connection:
        load(connection, tables("one", [BEFORE], [a_claim(BEFORE, "1222", 1222)]), "v-1.duckdb")
        connection.execute("UPDATE run SET made_by = ?", [made_by()])
        with noting_added(connection, known=True) as told:
            connection.execute("DELETE FROM claim")
            if checkpoint:
                connection.execute("CHECKPOINT")
            told.update(load(connection, added, "v-2.duckdb"))
        passed_over = "SELECT count(*) FROM claim WHERE rowid < coalesce(getvariable('first_new_claim'), 0)"
        assert connection.execute(passed_over).fetchall() == [(0,)]


#: As nothing makes it: what is kept keeps it, what is made anew doesn't.
MARKED = "UPDATE stated_figure SET direction = 'marked'"


def marked(warehouse: Path, **changed: Any) -> bool:
    """Whether what was made of the letter that was there stays where another comes, and `changed`."""
    edit(warehouse, MARKED)
    brought = tables("two", [NEW], [a_claim(NEW, "1300", 1300)], known=store.known_forms(warehouse))
    store.publish(warehouse, {**brought, **changed}, keep=1)
    with store.connect(warehouse) as connection:
        rows = connection.execute("SELECT direction FROM stated_figure ORDER BY quote").fetchall()
    assert rows in ([("marked",), ("none",)], [("none",), ("none",)], [("none",)])
    return ("marked",) in rows


def test_a_build_that_only_adds_letters_keeps_what_was_made_of_the_others(warehouse: Path) -> None:
    assert marked(warehouse)


def test_nothing_is_kept_where_measures_are_others(warehouse: Path) -> None:
    assert not marked(warehouse, measure=MEASURES.with_columns(label_nl=pl.lit("x")))


def test_nothing_is_kept_where_a_letter_that_was_there_is_corrected(warehouse: Path) -> None:
    entry = dict.fromkeys(ENTRY) | {
        "correction_id": "one", "entry": 1, "letter_id": BEFORE["letter_id"], "quote": "1222",
        "action": "drop", "fields": [], "expected_fields": [], "expected_values": [],
    }  # fmt: skip
    assert not marked(warehouse, correction=pl.DataFrame([entry], schema=ENTRY))


def test_nothing_is_kept_where_a_letter_that_was_there_gets_a_claim(warehouse: Path) -> None:
    claims = [a_claim(NEW, "1300", 1300), a_claim(BEFORE, "2011", 2011, measure_code=None, measure="dagen")]
    brought = tables("two", [NEW], claims)
    assert not marked(warehouse, claim=brought["claim"], run=brought["run"].with_columns(claims=1))


def test_nothing_is_kept_where_a_letter_that_was_there_is_told_of_otherwise(warehouse: Path) -> None:
    withdrawn = BEFORE | {"withdrawn_on": date(2013, 1, 1)}
    brought = tables("two", [NEW, withdrawn], [a_claim(NEW, "1300", 1300), a_claim(BEFORE, "1222", 1222)])
    assert not marked(warehouse, **brought)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE run SET made_by = 'other SQL'",
        """UPDATE kept.extent SET "end" = "end" + 1 WHERE name = 'claim'""",
        "DROP TABLE kept.extent",
    ],
)
def test_nothing_is_kept_that_is_of_other_sql_or_of_other_rows(warehouse: Path, change: str) -> None:
    edit(warehouse, change)
    assert not marked(warehouse)


SAID = "Op 3 mei waren het er 12,5."


def odd(number: int, said: str = SAID, **told: Any) -> tuple[Row, Row]:
    """A letter with half a person, in a figure that is none of another letter."""
    letter = a_letter(said, identifier=f"kst-9-{number}") | {"letter_id": f"odd {number}"}
    return letter, a_claim(letter, "12,5", 12.5, period=f"{2000 + number}", **told)


def warned(warehouse: Path, *brought: tuple[Row, Row], from_nothing: bool = False) -> dict[str, Any]:
    frames = tables(
        brought[-1][0]["letter_id"], [letter for letter, _ in brought], [claim for _, claim in brought]
    )
    published = store.publish(warehouse, frames, keep=1, from_nothing=from_nothing, max_drop_percent=100)
    return {check.name: (check.bad_rows, check.examples) for check in published.warned}


def test_what_checks_warned_of_is_told_every_night_as_by_one_build_of_all(
    warehouse: Path, tmp_path: Path
) -> None:
    """Also of letters that are the same as one that was there."""
    told, came = {}, list[tuple[Row, Row]]()
    for number in range(3):
        came.append(odd(number))
        told = warned(warehouse, came[-1])
        assert told["values_plausible"][0] == number + 1
        assert told.get("letters_once", (0,))[0] == (number > 0)
    assert [row["letters"] for row in told["letters_once"][1]] == [3]
    assert told == warned(tmp_path / "other.duckdb", (BEFORE, a_claim(BEFORE, "1222", 1222)), *came)
    quiet = a_letter("In 2014 waren het er 1400.")
    assert warned(warehouse, (quiet, a_claim(quiet, "1400", 1400))) == told


@pytest.mark.parametrize(
    ("letter", "problem"), [(NEW, "not in the mart"), (BEFORE, "rows too many or too few")]
)
def test_a_mart_that_lacks_what_is_added_or_was_there_is_noticed(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, letter: Row, problem: str
) -> None:
    real, without = views.sql, f"WHERE letter_id <> '{letter['letter_id']}' AND family"

    def other(folder: str, name: str) -> str:
        text = real(folder, name)
        return text.replace("WHERE family", without) if name == "victim_counts" else text

    monkeypatch.setattr(views, "sql", other)
    with pytest.raises(
        ChecksFailedError, match=rf"marts_hold_their_claims: . bad rows?\n    problem='{problem}'"
    ):
        publish(warehouse, a_claim(NEW, "1300", 1300))
