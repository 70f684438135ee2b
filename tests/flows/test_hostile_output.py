"""What letters and file names bring to a terminal, a log, CSV and JSON steers nothing and forges nothing."""

import csv
import io
import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from processes import Run, program
from small_letters import inbox_of, letter
from test_runs import rows

from flows import pipeline
from flows.cleaning import clean, escaped, escaped_json
from flows.settings import settings

ESCAPES = "\x1b[2J\x1b]0;kwaad\x07\x9b31m\u202e\u200b"
BACK = "\u202c"  # what is turned round has no figures
BODY = (
    f"In 2019{ESCAPES}{BACK} waren er 12{ESCAPES}{BACK} plaatsen. =1+2 geldt voor 13 plaatsen in 2020. \n\n"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of a letter full of escape sequences and formulas, in a file of such a name."""
    folder = tmp_path_factory.mktemp("hostile")
    text = letter(body=BODY + "Er is meer tekst zonder cijfers. " * 500)
    inbox_of(folder / "inbox", **{"a\n02:00 INFO published\x1b[2J": text, "leeg\x1b[31m": ""})
    pipeline.run(settings(inbox=folder / "inbox", warehouse=folder / "w.duckdb"))
    return folder / "w.duckdb"


def steering(text: str) -> str:
    """Characters in it that steer a terminal."""
    return "".join(char for char in text if not char.isprintable() and char not in "\n\r")


@pytest.mark.parametrize(
    "command",
    [
        ["show", "{}"],
        ["status"],
        ["query", "SELECT * FROM claim"],
        ["query", "SELECT * FROM letter", "--format", "ndjson"],
        ["query", 'SELECT 1 AS "\x1b[2J"', "--format", "ndjson"],
        ["query", 'SELECT 1 AS "\x1b[2J"'],
        ["query", "SELECT * FROM rejected_letter"],
        ["query", "SELECT error(text) FROM letter"],
    ],
)
def test_nothing_that_is_printed_for_people_steers_their_terminal(
    hostile: Path, at_once: Run, command: list[str]
) -> None:
    ((claim_id, *_), *_) = rows(hostile, "SELECT claim_id, quote FROM claim")
    result = at_once(*(word.format(claim_id) for word in command), "--warehouse", hostile)
    assert steering(result.stdout + result.stderr) == ""
    assert result.stdout or "Invalid" in result.stderr


def test_json_says_what_the_letter_says(hostile: Path, at_once: Run) -> None:
    query = ("query", "SELECT text FROM letter", "--format", "ndjson", "--warehouse", hostile)
    result = at_once(*query)
    assert ESCAPES in json.loads(result.stdout)["text"]


def test_csv_holds_no_formula_and_on_a_terminal_no_escape_sequence(
    hostile: Path, at_once: Run, environment: dict[str, str]
) -> None:
    query = "SELECT '=1+1' AS a, '＝1' AS b, '-12' AS c, -12 AS d, 'é' AS e, text FROM letter"
    command = ("query", query, "--format", "csv", "--warehouse", str(hostile))
    row = next(csv.DictReader(io.StringIO(at_once(*command).stdout)))
    assert [row[name] for name in "abcde"] == ["'=1+1", "'＝1", "'-12", "-12", "é"]
    assert ESCAPES in row["text"]
    ours, theirs = pty.openpty()
    with subprocess.Popen([program(), *command], env=environment, stdout=theirs):
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b"")).decode()
    assert steering(shown) == ""
    assert r"\x1b[2J" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""


def test_a_file_name_can_forge_no_line_of_the_log(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path / "inbox", **{"x\n02:00:00 INFO all is well\x1b[1A\r": ""})
    result = at_once("nightly", "--inline")
    assert steering(result.stderr) == ""
    assert [line for line in result.stderr.splitlines() if line.startswith("02:00:00 INFO all")] == []
    assert r"x\n02:00:00 INFO all is well\x1b[1A\r.txt: set aside as empty" in result.stderr
    result = at_once("extract", "inbox", "no\nsuch.txt")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["kamercijfers"] * 2


def test_what_is_taken_out_and_what_stays() -> None:
    steers = "\x00\x07\x1b\x7f\x85\x9b\u200f\u202a\u2028\u2066\ufeff\ud800\U000e0041"
    assert all(escaped(char) != char and clean(char) == " " for char in steers)
    assert [json.loads(escaped_json(json.dumps(char, ensure_ascii=False))) for char in steers] == list(steers)
    fine = "é ‘’ “” – … € ½ 😀 Ǆ 漢字\u0301"
    assert (escaped(fine), clean(fine), escaped_json(fine)) == (fine, fine, fine)
