"""Kept letters: what lies on the disk, what a damaged or missing one is called, what a crash leaves."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_letters import letter_path

from warehouse import store
from warehouse.errors import DamagedLetterError, MissingLetterError

LETTERS = {
    hashlib.sha256(content).hexdigest(): content
    for content in ("Geachte voorzitter,\r\n".encode("cp1252") * 200, b"\xef\xbb\xbf\xe9", b"")
}
KEEPER = """
import hashlib, sys
from pathlib import Path
from warehouse import store
letters = [b"%d" % number * 1000 for number in range(400)]
named = [(hashlib.sha256(content).hexdigest(), content) for content in letters]
store.keep_letters(store.Place(Path(sys.argv[1])), named)
"""


def test_letters_come_back_as_they_were(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    store.keep_letters(store.Place(warehouse), LETTERS.items())
    for letter_id, content in LETTERS.items():
        assert store.kept_letter(store.Place(warehouse), letter_id) == content
        path = tmp_path / "w.duckdb.letters" / letter_id[:2] / f"{letter_id[2:]}.zst"
        assert path.stat().st_mode & 0o777 == 0o444
        assert path.read_bytes().startswith(b"\x28\xb5\x2f\xfd")  # as any tool for Zstandard knows it
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3
    longest = max(LETTERS, key=lambda letter_id: len(LETTERS[letter_id]))
    assert letter_path(warehouse, longest).stat().st_size < len(LETTERS[longest]) / 20


def test_a_letter_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    store.keep_letters(store.Place(tmp_path / "w"), LETTERS.items())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    store.keep_letters(store.Place(tmp_path / "w"), LETTERS.items())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_missing_letter_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingLetterError, match=r"the letter abcd is missing: .*w\.letters/ab/cd\.zst"):
        store.kept_letter(store.Place(tmp_path / "w"), "abcd")


@pytest.mark.parametrize("damage", ["cut short", "other bytes", "another letter", "emptied"])
def test_a_damaged_letter_is_named_and_replaced_when_it_comes_again(tmp_path: Path, damage: str) -> None:
    warehouse = tmp_path / "w"
    store.keep_letters(store.Place(warehouse), LETTERS.items())
    (letter_id, content), (other, _), _ = LETTERS.items()
    path = letter_path(warehouse, letter_id)
    whole = path.read_bytes()
    damaged = {
        "cut short": whole[:-4],
        "other bytes": whole[: len(whole) // 2] + b"\x00" + whole[len(whole) // 2 + 1 :],
        "another letter": letter_path(warehouse, other).read_bytes(),
        "emptied": b"",
    }[damage]
    path.chmod(0o644)
    path.write_bytes(damaged)
    with pytest.raises(DamagedLetterError, match=rf"^the letter {letter_id} is damaged: [^\n]*$"):
        store.kept_letter(store.Place(warehouse), letter_id)
    store.keep_letters(store.Place(warehouse), [(letter_id, content)])
    assert store.kept_letter(store.Place(warehouse), letter_id) == content


def test_a_run_that_is_killed_leaves_whole_letters_or_none(tmp_path: Path) -> None:
    warehouse, folder = tmp_path / "w", tmp_path / "w.letters"
    for files in (1, 100, 200, 300):
        keeper = subprocess.Popen(
            [sys.executable, "-c", KEEPER, warehouse],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        while len(list(folder.glob("??/*.zst"))) < files and keeper.poll() is None:
            time.sleep(0.001)
        keeper.kill()
        keeper.wait()
        for path in folder.glob("??/*.zst"):
            letter_id = path.parent.name + path.stem
            kept = store.kept_letter(store.Place(warehouse), letter_id)
            assert hashlib.sha256(kept).hexdigest() == letter_id
    with store.lock(store.Place(warehouse)):
        assert list(folder.glob(".writing-*")) == []
    assert len(list(folder.glob("??/*.zst"))) >= 300
