"""Exports: alike twice, whole or not at all, and nothing lost or changed on the way to Parquet and CSV."""

import csv
import json
import re
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from processes import Run
from store_frames import SEEN, a_letter, tables, thorny_tables

from warehouse import exporting, store, tabular
from warehouse.definitions import EXPORT_MACROS, EXPORTED, NOT_EXPORTED, sql
from warehouse.errors import WarehouseError
from warehouse.exporting import ExportFormat, export

LETTERS = Path(__file__).parent.parent / "letters"
FORMS = get_args(ExportFormat)
#: Begins as a spreadsheet's formula does.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows_of(warehouse: Path, relation: str) -> list[tuple[Any, ...]]:
    excluded = f"EXCLUDE ({', '.join(columns)})" if (columns := NOT_EXPORTED.get(relation)) else ""
    with store.connect(warehouse) as connection:
        return connection.execute(f'SELECT * {excluded} FROM "{relation}" ORDER BY ALL').fetchall()


#: Another time zone, order of sets, encoding and number of threads.
OTHER = {"TZ": "America/New_York", "PYTHONHASHSEED": "1", "LC_ALL": "C", "POLARS_MAX_THREADS": "1"}
EXPORT_ALL = """
import sys; from pathlib import Path; from warehouse.exporting import export
for form in sys.argv[2:]: export(Path(sys.argv[1]), Path("b", form), form)
"""


def test_another_process_exports_the_same_bytes(
    thorny: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    command = [sys.executable, "-c", EXPORT_ALL, str(thorny), *FORMS]
    path = {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run(command, cwd=tmp_path, check=True, env=environment | path | OTHER)
    for form in FORMS:
        export(thorny, tmp_path / "deep" / "a" / form, form)
    assert content(tmp_path / "deep" / "a") == content(tmp_path / "b")


def test_an_export_says_what_it_holds_and_leaves_nothing_else(
    thorny: Path, tmp_path: Path, at_once: Run
) -> None:
    done = at_once("export", "b", "--format", "csv", "--warehouse", thorny)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    files = len(content(tmp_path / "b"))
    assert re.fullmatch(rf"kamercijfers: version \S+-1 is in b: \d+ rows in {files} files\n", done.stderr)
    assert {path.name for path in tmp_path.iterdir()} == {"b"}


def test_years_are_partitions_that_duckdb_and_polars_put_together_again(thorny: Path, tmp_path: Path) -> None:
    done = export(thorny, tmp_path / "years", "parquet-by-year")
    assert set(done.rows) == set(content(tmp_path / "years"))
    export(thorny, tmp_path / "whole", "parquet")
    folders = sorted(path.name for path in (tmp_path / "years").iterdir() if path.is_dir())
    assert {"victim_counts", "capacity_figures", "discrepancies"} <= set(folders)
    assert any("/year=__HIVE_DEFAULT_PARTITION__/" in name and rows for name, rows in done.rows.items())
    typed = "hive_partitioning = true, hive_types = {'year': INTEGER}"
    for name in folders:
        whole = pl.read_parquet(tmp_path / "whole" / f"{name}.parquet")
        pieces = tmp_path / "years" / name / "*" / "*.parquet"
        order = f"SELECT {', '.join(whole.columns)} FROM {{}} ORDER BY ALL"
        by_duckdb = duckdb.sql(order.format(f"read_parquet('{pieces}', {typed})"))
        expected = duckdb.sql(order.format(f"'{tmp_path}/whole/{name}.parquet'")).fetchall()
        assert by_duckdb.fetchall() == expected
        schema = {"year": whole.schema["year"]}
        by_polars = pl.scan_parquet(pieces, hive_partitioning=True, hive_schema=schema).collect()
        assert sorted(map(repr, by_polars.select(whole.columns).rows())) == sorted(map(repr, whole.rows()))
    again = export(thorny, tmp_path / "years", "parquet-by-year", overwrite=True)
    assert again == done
    (tmp_path / "years" / "victim_counts" / "notes.txt").touch()
    with pytest.raises(WarehouseError, match="victim_counts, which is of no export"):
        export(thorny, tmp_path / "years", "csv", overwrite=True)


@pytest.mark.parametrize("form", FORMS)
def test_pieces_of_any_size_make_the_same_rows(
    thorny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: ExportFormat
) -> None:
    whole = export(thorny, tmp_path / "whole", form)
    monkeypatch.setattr(tabular, "ROW_GROUP", 3)
    assert export(thorny, tmp_path / "pieces", form) == whole
    if not form.startswith("parquet"):
        assert content(tmp_path / "whole") == content(tmp_path / "pieces")
    elif form == "parquet":
        pieces = pq.ParquetFile(tmp_path / "pieces" / "claim.parquet")
        assert {pieces.metadata.row_group(n).num_rows for n in range(pieces.num_row_groups - 1)} == {3}
        assert pieces.read() == pq.read_table(tmp_path / "whole" / "claim.parquet")


def test_letters_loaded_in_any_order_export_the_same(tmp_path: Path) -> None:
    frames = thorny_tables(started_at=SEEN)
    for name, these in (
        ("a", frames),
        ("b", {table: frame.reverse() for table, frame in frames.items()}),
        ("c", {table: frame.sample(fraction=1, shuffle=True, seed=1) for table, frame in frames.items()}),
    ):
        store.publish(tmp_path / f"{name}.duckdb", these, keep=1)
        export(tmp_path / f"{name}.duckdb", tmp_path / name, "parquet")
        (tmp_path / name / "run.parquet").unlink()  # tells when
    assert content(tmp_path / "a") == content(tmp_path / "b") == content(tmp_path / "c")


def test_letters_read_on_other_nights_in_another_order_under_other_names_export_the_same(
    tmp_path: Path, at_once: Run
) -> None:
    letters = sorted(LETTERS.glob("*.txt"))
    inboxes: dict[str, list[list[Path]]] = {"a": [letters], "b": [letters[12:], letters[::2], letters[::-1]]}
    for name, nights in inboxes.items():
        warehouse, inbox = tmp_path / f"{name}.duckdb", tmp_path / f"inbox-{name}"
        inbox.mkdir()
        for night, brought in enumerate(nights):
            for number, letter in enumerate(brought):
                shutil.copyfile(letter, inbox / (letter.name if name == "a" else f"{night}-{number}.txt"))
            done = at_once("nightly", "--inline", "--inbox", inbox, "--warehouse", warehouse)
            assert done.returncode == 0, done.stderr
        export(warehouse, tmp_path / name, "parquet")
    one, other = content(tmp_path / "a"), content(tmp_path / "b")
    assert set(one) == set(other)
    assert {name for name in one if one[name] != other[name]} == {"run.parquet", "letter_seen.parquet"}
    assert pq.read_table(tmp_path / "b" / "discrepancies.parquet").num_rows
    seen = pq.read_table(tmp_path / "b" / "letter_seen.parquet").to_pylist()
    assert len(seen) == len(letters)
    assert len({row["run_id"] for row in seen}) == len(inboxes["b"])


def test_parquet_holds_all_rows_with_types_and_comments(thorny: Path, tmp_path: Path) -> None:
    done = export(thorny, tmp_path / "out", "parquet")
    assert (
        set(done.rows) == {f"{relation}.parquet" for relation in EXPORTED} == set(content(tmp_path / "out"))
    )
    for relation in EXPORTED:
        table = pq.read_table(tmp_path / "out" / f"{relation}.parquet")
        assert [tuple(row.values()) for row in table.to_pylist()] == rows_of(thorny, relation)
        assert table.num_rows == done.rows[f"{relation}.parquet"]
        assert table.schema.metadata[b"comment"]
        assert all(field.metadata[b"comment"] for field in table.schema)
    assert "text" not in pq.read_schema(tmp_path / "out" / "letter.parquet").names
    assert (
        pq.read_schema(tmp_path / "out" / "victim_counts.parquet").field("letter_date").type == "date32[day]"
    )


def test_csv_gives_every_value_back(thorny: Path, tmp_path: Path) -> None:
    export(thorny, tmp_path / "raw", "datapackage")
    export(thorny, tmp_path / "safe", "csv")
    for relation in EXPORTED:
        raw, safe = (read(tmp_path / folder / f"{relation}.csv") for folder in ("raw", "safe"))
        assert raw[1:] == [[as_text(value) for value in row] for row in rows_of(thorny, relation)]
        assert [[unguarded(cell) for cell in row] for row in safe] == raw


def read(path: Path) -> list[list[str]]:
    """Cells of a CSV file of RFC 4180 in UTF-8; every line has as many as the head."""
    text = path.read_bytes().decode("utf-8", errors="strict")
    assert not text.startswith("\ufeff")
    assert text.endswith("\r\n")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return rows


def as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value == int(value) and value < 2**53:
            return str(int(value))
        case datetime():
            return f"{value.isoformat()}Z"
        case date():
            return value.isoformat()
        case list():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def unguarded(cell: str) -> str:
    return cell[1:] if re.match(rf"'+{FORMULA.pattern}", cell) else cell


def test_no_text_reaches_a_spreadsheet_as_a_formula(thorny: Path, tmp_path: Path) -> None:
    export(thorny, tmp_path / "safe", "csv")
    export(thorny, tmp_path / "raw", "datapackage")
    cells = {
        name: [cell for row in read(tmp_path / name / "letter.csv") for cell in row]
        for name in ("safe", "raw")
    }
    assert {'=HYPERLINK("kwaad")', "-1+1|' /C calc'!A0", "'=Ö, É", "@SUM(1)"} <= set(cells["raw"])
    assert {'\'=HYPERLINK("kwaad")', "'-1+1|' /C calc'!A0", "''=Ö, É", "'@SUM(1)"} <= set(cells["safe"])
    assert "'s-Gravenhage" in cells["safe"]
    for path in (tmp_path / "safe").iterdir():
        assert not [cell for row in read(path) for cell in row if FORMULA.match(cell)], path.name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("+31 6", "'+31 6"), ("-", "'-"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"),
        ("\n=1", "'\n=1"), ("＝1", "'＝1"), ("'=1", "''=1"), ("''=1", "'''=1"), ("a=1", "a=1"), ("'a", "'a"),
        (" =1", " =1"), ("–5", "–5"), ("", ""), (None, None),
        ("a\x1b[2J\u202eb\x0cc\n", "a�[2J�b\x0cc\n"), ("\x85\u009b\u2067", "\x85��"),
    ],
)  # fmt: skip
def test_what_gets_an_apostrophe(text: str | None, shown: str | None) -> None:
    with duckdb.connect() as connection:
        connection.execute(sql("exports", "spreadsheet_text"))
        assert connection.execute("SELECT spreadsheet_text(?)", [text]).fetchall() == [(shown,)]


@pytest.mark.parametrize(
    "number", [0.0, 1222.0, -3.0, 0.1, 1 / 3, 1e-7, 1e20, 2.0**53 - 1, 2.0**53 + 2, 5e-324]
)
def test_a_number_is_written_so_that_it_is_read_back(number: float) -> None:
    with duckdb.connect() as connection:
        connection.execute(sql("exports", "csv_number"))
        ((written,),) = connection.execute("SELECT csv_number(CAST(? AS DOUBLE))", [number]).fetchall()
    assert float(written) == number
    assert not written.endswith(".0") or number >= 2**53


@pytest.mark.parametrize("form", FORMS)
def test_a_warehouse_without_letters_is_exported_with_heads_alone(
    build_file: Path, tmp_path: Path, form: ExportFormat
) -> None:
    done = export(build_file, tmp_path / "out", form)
    assert done.rows[next(name for name in done.rows if name.startswith("victim_counts"))] == 0
    assert set(done.rows) <= set(content(tmp_path / "out"))
    for path in (tmp_path / "out").glob("*.csv"):
        assert read(path)[0]


def test_an_export_refuses_what_it_would_destroy(thorny: Path, tmp_path: Path, at_once: Run) -> None:
    out = tmp_path / "out"
    out.mkdir()
    export(thorny, out, "csv")  # an empty folder will do
    before = content(out)
    done = at_once("export", "out", "--warehouse", thorny)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "isn't empty: give another folder, or --overwrite" in done.stderr
    assert content(out) == before

    assert at_once("export", "out", "--overwrite", "--warehouse", thorny).returncode == 0
    assert {path.suffix for path in out.iterdir()} == {".parquet"}

    (out / "notes.txt").write_text("mine")
    with pytest.raises(WarehouseError, match=r"holds notes\.txt, which is of no export"):
        export(thorny, out, "csv", overwrite=True)
    with pytest.raises(WarehouseError, match="is a file"):
        export(thorny, out / "notes.txt", "csv", overwrite=True)
    assert (out / "notes.txt").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


@pytest.mark.parametrize("arguments", [["out", "--format", "xlsx"], []])
def test_a_wrong_export_is_wrong_use(at_once: Run, arguments: list[str]) -> None:
    done = at_once("export", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_an_export_of_no_warehouse_is_one_line_and_no_folder(tmp_path: Path, at_once: Run) -> None:
    done = at_once("export", "out", "--warehouse", tmp_path / "none.duckdb")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "there is no warehouse" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("there", [True, False])
def test_an_export_that_fails_leaves_what_was_there(
    thorny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    out = tmp_path / "out"
    if there:
        export(thorny, out, "csv")
    before = content(out) if there else None

    def fails(connection: duckdb.DuckDBPyConnection, folder: Path, _: object) -> dict[str, int]:
        (folder / "half.csv").write_text("a")
        connection.execute("SELECT * FROM gone")
        return {}

    monkeypatch.setitem(exporting.WRITERS, "csv", fails)
    with pytest.raises(WarehouseError, match=r"can't be exported .*gone"):
        export(thorny, out, "csv", overwrite=True)
    assert (content(out) if there else None) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"] * there


def test_an_export_is_of_one_version_even_while_the_next_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "w.duckdb"
    store.publish(warehouse, tables("one", [a_letter("Een.")]), keep=1)
    export(warehouse, tmp_path / "before", "csv")
    write = exporting.WRITERS["csv"]

    def while_published(*arguments: Any) -> dict[str, int]:
        store.publish(warehouse, tables("two", [a_letter("Twee.")]), keep=1)
        return write(*arguments)

    monkeypatch.setitem(exporting.WRITERS, "csv", while_published)
    assert export(warehouse, tmp_path / "meanwhile", "csv").version.endswith("-1")
    assert content(tmp_path / "before") == content(tmp_path / "meanwhile")


def test_csv_opens_in_duckdb_and_polars_as_it_was(thorny: Path, tmp_path: Path) -> None:
    export(thorny, tmp_path / "raw", "datapackage")
    path = tmp_path / "raw" / "claim.csv"
    with duckdb.connect() as connection:
        quotes = connection.execute(f"SELECT quote FROM read_csv('{path}', all_varchar=true)").fetchall()
    expected = [row[4] for row in rows_of(thorny, "claim")]
    assert [quote for (quote,) in quotes] == expected
    assert pl.read_csv(path, infer_schema=False)["quote"].to_list() == expected


def test_the_macros_of_exports_are_temporary(thorny: Path) -> None:
    with store.connect(thorny) as connection:
        tabular.make(connection, EXPORT_MACROS)
    with store.connect(thorny) as connection:
        names = connection.execute(
            "SELECT function_name FROM duckdb_functions() WHERE NOT internal"
        ).fetchall()
    assert not set(EXPORT_MACROS) & {name for (name,) in names}
