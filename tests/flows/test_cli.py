"""The command line as a user meets it: what it prints, where, and its exit codes."""

import csv
import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from once import put_into
from processes import Run, program, wait_until
from small_letters import VICTIMS, inbox_of, letter
from test_runs import spoil

from flows import pipeline
from flows.command import exit_code
from flows.settings import settings
from transforms.schemas import CLAIM_FIELDS

HOLD = """
import sys, time
from pathlib import Path
from warehouse import store
with store.lock(store.Place(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return inbox_of(tmp_path / "inbox", a=letter(1), b=letter(2, victims=1222))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that the tests only read."""
    folder = tmp_path_factory.mktemp("published")
    inbox = inbox_of(folder / "inbox", a=letter(1), b=letter(2, victims=1222), leeg="")
    pipeline.run(settings(inbox=inbox, warehouse=folder / "w.duckdb"))
    return folder / "w.duckdb"


@pytest.fixture
def warehouse(tmp_path: Path, published: Path) -> Path:
    """A copy of that warehouse, for a test to write to; its inbox lies beside it."""
    put_into(published.parent, tmp_path)
    return tmp_path / "w.duckdb"


@contextmanager
def held(warehouse: Path) -> Iterator[int]:
    """Hold the lock in a process of its own, whose number is given."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(warehouse)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.pid
        holder.kill()


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr."""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("kamercijfers: ")
    return result.stderr


def test_nightly_says_what_it_did_on_stderr_alone(tmp_path: Path, inbox: Path, at_once: Run) -> None:
    (inbox / "leeg.txt").touch()
    command = ("nightly", "--inline", "--inbox", inbox, "--warehouse", tmp_path / "w.duckdb")
    first, second = at_once(*command), at_once(*command)
    assert (first.returncode, first.stdout, second.returncode, second.stdout) == (0, "", 0, "")
    assert "leeg.txt: set aside as empty" in first.stderr
    assert "0 known, 2 read, 1 set aside" in first.stderr
    assert "published" in first.stderr
    assert "nothing new" in second.stderr


def test_an_empty_inbox_is_said_with_what_to_do(tmp_path: Path, at_once: Run) -> None:
    (tmp_path / "inbox").mkdir()
    result = at_once("nightly", "--inline", "--warehouse", tmp_path / "w.duckdb")
    last = f"kamercijfers: {tmp_path / 'inbox'} holds no letters: put some there, or name another --inbox"
    assert (result.returncode, result.stderr.splitlines()[-1]) == (0, last)
    assert not (tmp_path / "w.duckdb").exists()


def test_the_first_commands_of_the_readme_run_as_printed(
    tmp_path: Path, published: Path, environment: dict[str, str]
) -> None:
    top = Path(__file__).parents[2]
    (block,) = re.findall(r"```sh\n(source .*?)```", (top / "README.md").read_text("utf-8"), re.DOTALL)
    first, *commands = block.splitlines()
    assert first.startswith("source .venv/bin/activate")
    put_into(published.parent, tmp_path / "warehouse")
    for path in (tmp_path / "warehouse").glob("w.duckdb*"):
        path.rename(path.with_name(path.name.replace("w.duckdb", "sample.duckdb", 1)))
    link = tmp_path / "warehouse" / "sample.duckdb"
    target = link.readlink().as_posix().replace("w.duckdb", "sample.duckdb", 1)
    link.unlink()
    link.symlink_to(target)
    (tmp_path / "tests").symlink_to(top / "tests")
    path = f"{Path(program()).parent}:{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(commands)],
        cwd=tmp_path, env=environment | {"PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_settings_come_from_variables_and_flags_go_before_them(
    tmp_path: Path, inbox: Path, at_once: Run
) -> None:
    variables = {"KAMERCIJFERS_INBOX": str(inbox), "KAMERCIJFERS_WAREHOUSE": "from-variable.duckdb"}
    assert at_once("nightly", "--inline", **variables).returncode == 0
    assert at_once("nightly", "--inline", "--warehouse", "from-flag.duckdb", **variables).returncode == 0
    assert (tmp_path / "from-variable.duckdb").exists()
    assert (tmp_path / "from-flag.duckdb").exists()


def test_a_second_run_exits_4_and_names_the_holder(warehouse: Path, at_once: Run) -> None:
    with held(warehouse) as pid:
        result = at_once("nightly", "--inline", "--warehouse", warehouse)
    assert result.returncode == 4
    assert str(pid) in one_line(result)


def test_failed_checks_exit_3_and_name_the_check(warehouse: Path, at_once: Run) -> None:
    spoil(warehouse)
    inbox_of(warehouse.with_name("inbox"), c=letter(3))
    result = at_once("nightly", "--inline", "--warehouse", warehouse)
    assert result.returncode == 3
    assert "quotes_open" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("number", "code", "by"),
    [(signal.SIGTERM, -signal.SIGTERM, "SIGTERM"), (signal.SIGINT, 130, "Ctrl-C")],
)
def test_a_run_that_is_ended_says_so_publishes_nothing_and_the_next_one_goes_on(
    tmp_path: Path, at_once: Run, environment: dict[str, str], number: int, code: int, by: str
) -> None:
    inbox = inbox_of(
        tmp_path / "inbox", **{f"l{n}": letter(n, body=f"{VICTIMS}\n\n" * 20) for n in range(60)}
    )
    command = ["nightly", "--inline", "--inbox", str(inbox), "--warehouse", "w.duckdb", "--batch-size", "1"]
    with subprocess.Popen(
        [program(), *command], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        assert "batch 1 of 60" in run.stderr.readline()
        run.send_signal(number)
        *_, last = run.stderr.read().splitlines()
    assert run.returncode == code
    assert last.startswith(f"kamercijfers: ended by {by}: nothing was published; run it again")
    assert not (tmp_path / "w.duckdb").exists()
    for letter_file in sorted(inbox.iterdir())[1:]:  # one is enough to see that it does
        letter_file.unlink()
    assert at_once(*command).returncode == 0
    assert (tmp_path / "w.duckdb").exists()


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["nope"], 2, "nope"),
        (["nightly", "--nope"], 2, "--nope"),
        (["nightly", "--batch-size", "0"], 2, "--batch-size"),
        (["nightly", "--inbox", "missing"], 1, "missing: no such folder; make it, or give another path"),
        (["nightly", "--inbox", "text.txt"], 1, "text.txt: is a file"),
        (["nightly", "--inbox", "inbox", "--warehouse", "text.txt"], 1, "text.txt"),
        (["backfill", "--warehouse", "missing.duckdb"], 1, "missing.duckdb"),
        (["backfill", "--publish", "--warehouse", "text.txt"], 1, "text.txt"),
        (["extract"], 2, "PATH"),
        (["extract", "missing.txt"], 1, "missing.txt"),
        (["extract", "text.txt", "--format", "xml"], 2, "xml"),
        (["show", "abc", "--warehouse", "missing.duckdb"], 1, "missing.duckdb"),
        (["query", "SELECT 1", "--warehouse", "text.txt"], 1, "text.txt"),
        (["query"], 2, "--example"),
        (["query", "SELECT 1", "--example", "figures"], 2, "--example"),
        (["query", "--example", "nope"], 2, "figures"),
        (["status", "--warehouse", "missing.duckdb"], 1, "missing.duckdb"),
        (["versions", "--warehouse", "missing.duckdb"], 1, "missing.duckdb"),
        (["rollback", "--warehouse", "missing.duckdb"], 1, "missing.duckdb"),
        (["rollback", "--warehouse", "text.txt"], 1, "text.txt"),
        (["diff", "--warehouse", "missing.duckdb"], 1, "missing.duckdb"),
        (["diff", "1", "2", "3"], 2, "3"),
    ],
)
def test_what_a_user_can_mend_is_one_line(
    tmp_path: Path, at_once: Run, command: list[str], code: int, said: str
) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    (tmp_path / "text.txt").write_text("geen warehouse")
    result = at_once(*command)
    assert said in one_line(result)
    assert result.returncode == code
    assert result.stdout == ""


def test_a_wrong_schedule_is_one_line(tmp_path: Path, kamercijfers: Run) -> None:
    (tmp_path / "inbox").mkdir()
    result = kamercijfers("serve", "--cron", "at night")
    assert "at night" in one_line(result)
    assert result.returncode == 2


def test_a_wrong_setting_exits_2_and_names_it(at_once: Run) -> None:
    result = at_once("status", KAMERCIJFERS_KEEP_VERSIONS="0")
    assert result.returncode == 2
    assert "KAMERCIJFERS_KEEP_VERSIONS" in one_line(result)


COMMANDS = (
    "nightly", "backfill", "serve", "extract", "evaluate", "show", "query", "status", "export",
    "versions", "rollback", "diff",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(at_once: Run, command: str) -> None:
    result = at_once(command, "--help")
    assert result.returncode == 0
    assert f"Example: kamercijfers {command}" in " ".join(result.stdout.split())


def test_without_a_command_the_help_is_shown(kamercijfers: Run) -> None:
    result = kamercijfers()
    assert result.returncode == 2
    assert "Usage: kamercijfers" in result.stdout


def test_extract_prints_the_fields_of_a_claim_in_their_order(tmp_path: Path, at_once: Run) -> None:
    text = letter(
        body="De crèche telde in 2021 ruim 1,5 miljoen plaatsen\nvoor 1222 slachtoffers van mensenhandel."
    )
    inbox_of(tmp_path, **{"brief-é": text})
    result = at_once("extract", "brief-é.txt", "--format", "ndjson")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0
    assert claims
    for claim in claims:
        assert tuple(claim) == CLAIM_FIELDS
        assert claim["letter"] == "brief-é.txt"
        assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert '"letter": "brief-é.txt"' in result.stdout
    assert '"value": 1222,' in result.stdout
    assert '"value_high": null' in result.stdout


def test_extract_prints_csv_with_whole_numbers_and_empty_nulls(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path, a=letter(victims=1222))
    result = at_once("extract", "a.txt", "--format=csv")
    claim = next(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(claim) == CLAIM_FIELDS
    assert (claim["value"], claim["value_high"]) == ("1222", "")


def test_extract_prints_a_table_that_cuts_nothing(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path, **{"x" * 200: letter(victims=1222)})
    result = at_once("extract", ".")
    assert ["x" * 200 + ".txt" in line for line in result.stdout.splitlines()].count(True) == 1


def test_extract_of_a_folder_names_paths_and_goes_on_past_what_it_cannot_read(
    tmp_path: Path, at_once: Run
) -> None:
    inbox_of(tmp_path / "in" / "deep", b=letter(2))
    inbox_of(tmp_path / "in", a=letter(1), double=letter(1), empty="")
    result = at_once("extract", "in", "nowhere.txt", "--format", "ndjson")
    letters = {json.loads(line)["letter"] for line in result.stdout.splitlines()}
    assert letters == {"a.txt", "deep/b.txt", "double.txt"}
    assert result.returncode == 1
    assert {line.split(":")[1].strip() for line in result.stderr.splitlines()} == {"empty.txt", "nowhere.txt"}


def test_extract_is_the_same_by_typer_and_at_once(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path, a=letter())
    directly = at_once("extract", "a.txt", "--format", "csv")
    by_typer = at_once("extract", "--format", "csv", "--", "a.txt")
    assert directly.stdout == by_typer.stdout != ""
    assert directly.returncode == by_typer.returncode == 0


def test_extract_starts_nothing_heavy(tmp_path: Path) -> None:
    inbox_of(tmp_path, a=letter())
    script = (
        "import sys; from flows.command import main;"
        " sys.argv[1:] = ['extract', 'a.txt', '--format', 'ndjson']; main();"
        " heavy = {'prefect', 'duckdb', 'pydantic', 'rich', 'httpx', 'typer'};"
        " print(*heavy & sys.modules.keys(), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False, text=True
    )
    assert (result.returncode, result.stderr) == (0, "\n")
    assert "812" in result.stdout


def test_a_reader_that_has_had_enough_ends_it_quietly(
    tmp_path: Path, published: Path, environment: dict[str, str]
) -> None:
    command = f"{program()} query 'SELECT * FROM range(1000000)' --format csv --warehouse {published}"
    result = subprocess.run(
        ["bash", "-c", f"{command} | head -2; exit ${{PIPESTATUS[0]}}"],
        capture_output=True, check=False, env=environment, text=True,
    )  # fmt: skip
    assert (result.stdout, result.stderr, result.returncode) == ("range\n0\n", "", 0)


def test_output_that_cannot_be_written_is_said(published: Path, environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [program(), "query", "SELECT 1", "--warehouse", str(published)],
            stdout=full, stderr=subprocess.PIPE, check=False, env=environment, text=True,
        )  # fmt: skip
    assert result.returncode == 1
    assert "No space left on device: make room on that disk, or give another path" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/data/.uit-98f9rcti", "/data/uit"),
        ("/data/.uit-98f9rcti/victim_counts.parquet", "/data/uit"),
        ("/data/w.duckdb.versions/.build-iqnwkviw/w.duckdb", "/data/w.duckdb.versions"),
        ("/data/verslag/.report-ab_12cd9", "/data/verslag"),
        ("/data/.verborgen/uit-98f9rcti", "/data/.verborgen/uit-98f9rcti"),
        ("/data/uit", "/data/uit"),
    ],
)
def test_a_disk_that_cannot_be_written_is_said_with_what_to_do_and_the_name_that_was_given(
    capsys: pytest.CaptureFixture[str], name: str, shown: str
) -> None:
    def fails() -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), name)

    assert exit_code(fails) == 1
    told = "Read-only file system: give another path, or let that disk be written"
    assert capsys.readouterr().err == f"kamercijfers: {shown}: {told}\n"


def test_query_takes_one_statement_at_a_time(published: Path, at_once: Run) -> None:
    two = at_once("query", "SELECT 1; SELECT 2", "--warehouse", published)
    assert (two.returncode, two.stdout) == (2, "")
    assert "2 SQL statements" in one_line(two)
    one = at_once("query", "SELECT ';' AS mark; -- no more", "--warehouse", published)
    assert one.returncode == 0


@pytest.mark.parametrize("nothing", ["", " ", ";", "/* nothing */"])
def test_a_query_of_nothing_is_wrong_use(published: Path, at_once: Run, nothing: str) -> None:
    result = at_once("query", nothing, "--warehouse", published)
    assert "the query is empty" in one_line(result)
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("SELECT quot FROM claim", 'not found in FROM clause: Candidate bindings: "quote"'),
        ("SELECT claim.quot FROM claim", '"quot": Candidate bindings: "quote"'),
        ("FROM claims", 'claims does not exist: Did you mean "claim'),
    ],
)
def test_a_wrong_name_in_a_query_is_said_with_those_there_are(
    published: Path, at_once: Run, query: str, hint: str
) -> None:
    assert hint in one_line(at_once("query", query, "--warehouse", published))


def test_a_query_is_ended_by_ctrl_c_without_a_word(published: Path, environment: dict[str, str]) -> None:
    long = "SELECT count(*) FROM range(1000000000) AS a, range(1000000) AS b"
    command = [program(), "query", long, "--warehouse", str(published)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        wait_until(lambda: str(published.resolve()) in opened_by(run.pid), "it reads the warehouse", 30)
        began = ticks_of(run.pid)
        wait_until(lambda: ticks_of(run.pid) > began + 50, "it is at work on the query", 30)
        run.send_signal(signal.SIGINT)
        assert run.stderr.read().strip() == ""
    assert run.returncode == 130


def ticks_of(process: int) -> int:
    """Processor time of a process, in hundredths of a second."""
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def opened_by(process: int) -> list[str]:
    """Paths of the files that a process has open."""
    return [os.path.realpath(file) for file in Path(f"/proc/{process}/fd").iterdir()]


def test_two_columns_of_one_name_are_no_object(published: Path, at_once: Run) -> None:
    query = ("query", "SELECT 1 AS a, 2 AS a", "--warehouse", published, "--format")
    result = at_once(*query, "ndjson")
    assert (result.returncode, result.stdout) == (2, "")
    assert "two columns are called a: " in one_line(result)
    assert at_once(*query, "csv").stdout == "a,a\n1,2\n"


def test_query_prints_values_as_programs_read_them(published: Path, at_once: Run) -> None:
    query = (
        "SELECT 2.0 AS whole, 2.5 AS part, 'é\"\n' AS text, NULL AS nothing, DATE '2022-05-03' AS day,"
        " 'nan'::DOUBLE AS nan, sum(1) AS total, [1, 2] AS list, INTERVAL 1 DAY AS span, true AS truth"
    )
    printed = at_once("query", query, "--format", "ndjson", "--warehouse", published).stdout
    assert printed == (
        '{"whole": 2, "part": 2.5, "text": "é\\"\\n", "nothing": null, "day": "2022-05-03", "nan": null,'
        ' "total": 1, "list": [1, 2], "span": "1 day, 0:00:00", "truth": true}\n'
    )
    printed = at_once("query", query, "--format", "csv", "--warehouse", published).stdout
    assert next(csv.DictReader(io.StringIO(printed)))["text"] == 'é"\n'
    printed = at_once("query", query, "--warehouse", published).stdout
    assert len(printed.splitlines()) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (i INTEGER)",
        "DELETE FROM claim",
        "COPY claim TO 'out.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "COPY (SELECT 1) TO '{file}.wal'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}.wal'",
        "/* */ explain (analyze) COPY (PIVOT claim ON unit USING count(*)) TO '{file}.wal'",
        "COPY (PIVOT claim ON unit USING count(*)) TO '{file}.wal'",
        "WITH y AS (COPY (SELECT 1) TO '{file}.wal') FROM y",
        "EXPLAIN ANALYZE WITH y AS (COPY (SELECT 1) TO '{file}.wal') FROM y",
        "EXPLAIN (ANALYZE) WITH y AS (COPY (SELECT 1) TO '{file}.wal.recovery') FROM y",
        "EXPLAIN /* */ ANALYZE WITH y AS (COPY claim TO '{file}.wal') PIVOT y ON a USING count(*)",
        "WITH y AS (COPY (SELECT 1) TO '{file}.wal') PIVOT claim ON unit USING count(*)",
        "SUMMARIZE WITH y AS (COPY (SELECT 1) TO '{file}.wal') FROM y",
        "SELECT (WITH y AS (COPY (SELECT 1) TO '{file}.wal') SELECT 1)",
        "WITH y AS (DELETE FROM claim RETURNING *) FROM y",
        "FROM json_execute_serialized_sql(json_serialize_sql("
        "'WITH y AS (COPY (SELECT 1) TO ''{file}.wal'') FROM y'))",
        "FROM query('FROM json_execute_serialized_sql(json_serialize_sql("
        "''WITH y AS (COPY (SELECT 1) TO {file}.wal) FROM y''))')",
        "PRAGMA database_list",
        "SELECT nothing FROM nowhere",
    ],
)
def test_a_query_that_writes_or_fails_is_one_line(
    tmp_path: Path, published: Path, at_once: Run, statement: str
) -> None:
    before = sorted(tmp_path.iterdir())
    beside = sorted(published.resolve().parent.iterdir())
    result = at_once("query", statement.replace("{file}", str(published.resolve())), "--warehouse", published)
    one_line(result)
    assert (result.returncode, result.stdout) == (1, "")
    assert sorted(tmp_path.iterdir()) == before
    assert sorted(published.resolve().parent.iterdir()) == beside


@pytest.mark.parametrize(
    "query",
    [
        "EXPLAIN ANALYZE SELECT 1",
        "explain FROM claim",
        "PIVOT claim ON unit USING count(*) GROUP BY kind",
        "DESCRIBE claim",
        "SHOW TABLES",
        "/* all of them */ WITH c AS (FROM claim) TABLE c",
        "EXPLAIN (FORMAT json) SELECT 'é'; -- é",
        "EXPLAIN (SELECT 1)",
        "explain /* and run */ analyze (from claim)",
        "EXPLAIN PIVOT claim ON unit USING count(*)",
        "(PIVOT_WIDER claim ON unit USING count(*))",
        "WITH RECURSIVE t AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM t WHERE a < 3) FROM t",
        "SUMMARIZE claim",
        "FROM query_table('claim')",
    ],
)
def test_whatever_reads_is_answered(published: Path, at_once: Run, query: str) -> None:
    result = at_once("query", query, "--warehouse", published)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


def test_every_example_answers(published: Path, at_once: Run) -> None:
    names = at_once("query", "--example", "?").stderr.partition("there are: ")[2].strip().split(", ")
    assert "figures" in names
    for name in names:
        result = at_once("query", "--example", name, "--format", "csv", "--warehouse", published)
        assert (result.returncode, result.stderr) == (0, ""), name


def test_show_marks_the_quote_and_names_the_letter(published: Path, at_once: Run) -> None:
    query = "SELECT claim_id FROM claim WHERE quote = '1222'"
    claim_id = at_once("query", query, "--format", "csv", "--warehouse", published).stdout.split()[1]
    whole, prefix = (at_once("show", name, "--warehouse", published) for name in (claim_id, claim_id[:12]))
    assert whole.stdout == prefix.stdout
    assert "van **1222** geregistreerde slachtoffers van mensenhandel" in whole.stdout
    for fact in ("b.txt", "2022-05-03", "Minister van Justitie en Veiligheid", "trafficking_victims"):
        assert fact in whole.stdout


@pytest.mark.parametrize(("claim_id", "said"), [("zzz", "no claim 'zzz'"), ("", "no claim")])
def test_show_of_an_unknown_claim_is_one_line(
    published: Path, at_once: Run, claim_id: str, said: str
) -> None:
    result = at_once("show", claim_id, "--warehouse", published)
    assert result.returncode == 1
    assert said in one_line(result)


def test_status_tells_what_there_is(published: Path, at_once: Run) -> None:
    status = json.loads(at_once("status", "--format", "ndjson", "--warehouse", published).stdout)
    assert (status["letters"], status["rejected_by_reason"]) == (2, {"empty": 1})
    assert [run["letters_read"] for run in status["runs"]] == [2]
    assert [version["current"] for version in status["versions"]] == [True]
    table = at_once("status", "--warehouse", published).stdout
    assert status["versions"][0]["version"] in table
    assert status["runs"][0]["run_id"] in table
    (run,), (version,) = status["runs"], status["versions"]
    for told in (run["started_at"], run["finished_at"], version["published_at"]):
        assert datetime.fromisoformat(told).utcoffset() == timedelta(0)
        assert told in table


def test_serve_wants_its_inbox_at_once(kamercijfers: Run) -> None:
    result = kamercijfers("serve", "--inbox", "nowhere")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].endswith("nowhere: no such folder; make it, or give another path")


def test_extract_explains_how_a_sentence_from_stdin_was_read(kamercijfers: Run) -> None:
    sentence = "In 2018 waren er 35 meldingen van huiselijk geweld (Kamerstuk 28 345, nr. 12)."
    result = kamercijfers("extract", "--explain", "-", stdin=sentence)
    assert result.returncode == 0, result.stderr
    assert sentence in result.stdout
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["masked", "28", "345", "no", "figure", "mask.dossier"] in lines
    assert ["linked", "35", "unit:", "cases", "unit.noun"] in lines


def test_extract_explains_in_ndjson_for_programs(inbox: Path, at_once: Run) -> None:
    result = at_once("extract", "--explain", inbox / "a.txt", "--format", "ndjson")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["step"] for row in rows} >= {"sentence", "period", "read", "linked"}
    text = (inbox / "a.txt").read_text("utf-8")
    assert all(row["words"] == text[row["start"] : row["end"]] for row in rows if row["step"] == "linked")


def test_extract_reads_a_letter_from_stdin(kamercijfers: Run) -> None:
    result = kamercijfers("extract", "-", "--format", "ndjson", stdin="In 2018 waren er 35 meldingen.")
    (claim,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (claim["letter"], claim["quote"]) == ("-", "35")


def test_extract_says_that_a_folder_holds_no_letters(tmp_path: Path, at_once: Run) -> None:
    (tmp_path / "leeg").mkdir()
    result = at_once("extract", "leeg")
    assert result.returncode == 1
    assert "leeg: empty (no letter in this folder)" in one_line(result)


def test_versions_rollback_and_diff(warehouse: Path, at_once: Run) -> None:
    inbox_of(warehouse.with_name("inbox"), c=letter(3, year=2023, victims=900))
    command = ("nightly", "--inline", "--warehouse", warehouse)
    assert at_once(*command).returncode == 0
    named = ("--warehouse", warehouse)

    result = at_once("versions", *named, "--format", "ndjson")
    second, first = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["letters"], second["letters"], second["current"]) == (2, 3, True)
    assert second["built_on"] == first["version"]

    shown = at_once("diff", *named)
    assert f"from {first['version']} to {second['version']}" in shown.stdout
    assert ["victim_counts", "2", "3", "1", "0", "0"] in [line.split() for line in shown.stdout.splitlines()]
    rows = [json.loads(line) for line in at_once("diff", *named, "--format", "ndjson").stdout.splitlines()]
    (added,) = [row for row in rows if row["relation"] == "victim_counts"]
    assert (added["change"], added["letter"], added["after"]["value"]) == ("added", "c.txt", 900)

    back = at_once("rollback", *named)
    assert (back.returncode, back.stdout) == (0, "")
    assert f"{first['version']} is the current version again" in one_line(back)
    assert warehouse.readlink().name == first["version"]
    assert "1 read, 0 set aside" in at_once(*command).stderr  # what the current version doesn't know is new
    assert warehouse.readlink().name.endswith("-3.duckdb")


def test_a_rollback_waits_for_no_run(warehouse: Path, at_once: Run) -> None:
    with held(warehouse) as pid:
        result = at_once("rollback", "1", "--warehouse", warehouse)
    assert (result.returncode, result.stdout) == (4, "")
    assert str(pid) in one_line(result)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["--help"], 0),
        (["query", "FROM claim", "--warehouse"], 0),
        (["query", "FROM claim", "--format", "ndjson", "--warehouse"], 0),
        (["doctor", "--inline", "--inbox", "missing", "--warehouse"], 1),  # what is wrong is wrong still
    ],
)
def test_whose_reader_has_had_enough_ends_without_a_word(
    tmp_path: Path, environment: dict[str, str], published: Path, command: list[str], code: int
) -> None:
    ours, theirs = os.pipe()
    os.close(ours)  # as `head` does, when it has its lines
    if command[-1] == "--warehouse":
        command = [*command, str(published)]
    ended = subprocess.run(
        [program(), *command],
        cwd=tmp_path,
        env=environment,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert ended.returncode == code, ended.stderr
    said = ended.stderr.decode().splitlines()
    assert [line.startswith("kamercijfers: ") for line in said] == [True] * code
