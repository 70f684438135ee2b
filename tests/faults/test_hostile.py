"""Hostile letters go through a real night: each is accounted for, and nothing published is nonsense."""

import csv
import hashlib
import json
import math
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hostile_letters import FORMS, MEMBER, Hostile, hostile_letters, unzipped
from processes import Run, clean_environment, program

from flows.walking import is_letter, source_name
from transforms.letters import decoded
from warehouse import store

Count = Callable[..., None]
pytestmark = pytest.mark.timeout(0)  # the night has one of its own

#: Seconds that a night of so many letters takes at most, on a machine that does other things too.
NIGHT, EACH = 120, 10
#: What a spreadsheet takes for a formula.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
#: What a terminal or an editor obeys; no white space, of which a form feed ends a page.
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
#: What nothing that is printed may hold: besides, what has no width, and halves of characters.
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0001]"
)
SHOWN = 60


def test_a_night_of_hostile_letters(
    tmp_path: Path, times: dict[str, int], count: Count, at_once: Run
) -> None:
    inbox, warehouse = tmp_path / "inbox", tmp_path / "w.duckdb"
    files = inbox_of(inbox, times["hostile letters"])
    told = night(tmp_path, len(files))
    with store.connect(warehouse) as connection:
        letters, claims, rejected, run, warned = (
            connection.sql(f"FROM {relation}").pl().to_dicts()
            for relation in ("letter", "claim", "rejected_letter", "run", "check_result")
        )
    check_accounted(files, letters, rejected, run[0], count)
    check_figures(files, warehouse, letters, claims, count)
    assert {row["check_name"] for row in warned if row["bad_rows"]} <= OF_LETTERS, warned
    assert told.count("set aside as") == len(rejected)
    check_printed(at_once, claims, count)
    check_exports(at_once, tmp_path, count)
    known = night(tmp_path, len(files))
    assert f"{len(files)} files looked at: {len(files)} known, 0 read, 0 set aside" in known


#: Checks that warn of letters as such: they are what they are.
OF_LETTERS = {"letters_dated", "letters_once", "one_letter_per_identifier"}


def inbox_of(inbox: Path, letters: int) -> dict[str, Hostile]:
    """An inbox of so many letters, one of them twice; the letters by the names that the warehouse tells."""
    inbox.mkdir()
    files = {}
    for letter in hostile_letters(letters):
        path = inbox / letter.name.decode("utf-8", "surrogateescape")
        path.write_bytes(letter.content)
        if not is_letter(path.name):
            continue
        name, member = source_name(path, inbox), unzipped(letter.content)
        if member is None:
            files[name] = letter
        else:
            files[f"{name}/{MEMBER}"] = letter._replace(content=member)
    (inbox / "zz-twice.txt").write_bytes(letter.content)
    return files | {"zz-twice.txt": letter}


def night(folder: Path, files: int) -> str:
    """A night in a process of its own, which tells nothing that is not of its own; what it told."""
    done = subprocess.run(
        [program(), "nightly", "--inline", "--inbox", "inbox", "--warehouse", "w.duckdb"],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=NIGHT + EACH * files,
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert steering(told) == []
    assert not [line for line in told.splitlines() if line.startswith(("02:00", "published"))]
    return told


def steering(text: str) -> list[str]:
    """Characters in it that nobody sees and that something obeys."""
    return STEERING.findall(text)


def check_accounted(
    files: dict[str, Hostile], letters: list[Any], rejected: list[Any], run: Any, count: Count
) -> None:
    """Each file is read or set aside, and counted; what is a letter is told from what is none."""
    assert run["letters_seen"] == len(files)
    assert run["letters_seen"] == run["letters_known"] + run["letters_read"] + run["letters_rejected"]
    assert (run["letters_known"], run["letters_read"], run["letters_rejected"]) == (
        1,
        len(letters),
        len(rejected),
    )
    read = {row["source"]: row["letter_id"] for row in letters}
    aside = {row["source"]: row for row in rejected}
    assert not read.keys() & aside.keys()
    assert len(files.keys() - read.keys() - aside.keys()) == 1  # the double, under one of its names
    for name, letter in files.items():
        identity = hashlib.sha256(letter.content).hexdigest()
        assert identity in (*read.values(), *(row["letter_id"] for row in rejected)), name
        if name in read | aside and letter.is_read is not None:
            assert (name in read) == letter.is_read, (letter.form, name, aside.get(name))
        count(f"hostile letters: {letter.form}, {'read' if identity in read.values() else 'set aside'}")
    # None of them fails, or takes more time than it may.
    assert {row["reason"] for row in rejected} <= REASONS, rejected


REASONS = {"binary", "undecodable", "empty", "too_large", "broken", "no_text_layer", "not_a_letter"}


def check_figures(
    files: dict[str, Hostile], warehouse: Path, letters: list[Any], claims: list[Any], count: Count
) -> None:
    """The figure of each letter is published, opens where it is said to stand, and there is no other."""
    of = {hashlib.sha256(letter.content).hexdigest(): letter for letter in files.values()}
    texts = {row["letter_id"]: row["text"] for row in letters}
    for letter_id, text in texts.items():
        kept = store.kept_letter(store.Place(warehouse), letter_id)
        assert (kept, decoded(kept).text) == (of[letter_id].content, text)
    found: dict[str, list[float]] = {letter_id: [] for letter_id in texts}
    for claim in claims:
        letter = of[claim["letter_id"]]
        start, end = claim["char_start"], claim["char_end"]
        assert texts[claim["letter_id"]][start:end] == claim["quote"], letter.form
        assert all(math.isfinite(claim[name]) for name in ("value", "value_high") if claim[name] is not None)
        assert (claim["value"], claim["value_high"], claim["unit"]) == (letter.value, None, "persons"), (
            letter.form,
            claim["quote"],
            claim["sentence"],
        )
        found[claim["letter_id"]].append(claim["value"])
    for letter_id, values in found.items():
        letter = of[letter_id]
        assert values == [letter.value] or letter.is_read is None, letter.form
    count("hostile letters: figures that open at their place", len(claims))


def check_printed(at_once: Run, claims: list[Any], count: Count) -> None:
    """Nothing that is printed steers who reads it, and no cell is a formula."""
    commands = [
        ["status"],
        ["versions"],
        ["query", "FROM claim"],
        ["query", "SELECT * EXCLUDE (text), left(text, 5000) AS text FROM letter"],
        ["query", "FROM rejected_letter"],
        ["query", "SELECT * EXCLUDE (text), left(text, 5000) AS text FROM letter", "--format", "ndjson"],
        *(["show", claim["claim_id"]] for claim in claims[:SHOWN]),
    ]
    for command in commands:
        done = at_once(*command, "--warehouse", "w.duckdb")
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout
        assert steering(done.stdout) == [], command
        if "ndjson" in command:
            assert all(map(json.loads, done.stdout.splitlines()))
    done = at_once(
        "query", "SELECT * EXCLUDE (text) FROM letter", "--format", "csv", "--warehouse", "w.duckdb"
    )
    assert count_cells(done.stdout) > 0
    count("hostile letters: commands that print them", len(commands) + 1)


def count_cells(text: str) -> int:
    """Cells of a table in CSV, of which none is a formula."""
    cells = [cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row]
    assert not [cell for cell in cells if FORMULA.match(cell)]
    return len(cells)


def check_exports(at_once: Run, folder: Path, count: Count) -> None:
    """Exports are well-formed; in those for spreadsheets is no formula and nothing to obey."""
    for form in ("csv", "sdmx-csv", "datapackage", "parquet"):
        done = at_once("export", form, "--format", form, "--warehouse", "w.duckdb")
        assert done.returncode == 0, done.stderr
    for path in sorted((folder / "csv").glob("*.csv")):
        text = path.read_bytes().decode()
        assert not CONTROL.search(text), path.name
        count("hostile letters: cells exported as CSV", count_cells(text))
    assert len(list(ET.parse(folder / "sdmx-csv" / "structure.xml").iter())) > 100
    assert json.loads((folder / "datapackage" / "datapackage.json").read_text("utf-8"))


def test_hostile_letters_are_the_same_each_time() -> None:
    first, again = (list(hostile_letters(len(FORMS))) for _ in range(2))
    assert first == again
    assert len({letter.name for letter in first}) == len({letter.content for letter in first}) == len(FORMS)
