import os
import time
from collections.abc import Set as AbstractSet
from pathlib import Path

import polars as pl
import pytest
from small_letters import inbox_of, letter

from flows import pipeline
from flows.intake import intake
from flows.recognising import TICK_NS, Index, index_of
from flows.settings import Settings, settings
from transforms.letters import letter_id
from warehouse import store

A_DAY = 24 * 3600 * 10**9


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An inbox whose letter has lain there a moment."""
    inbox_of(tmp_path / "inbox", a=letter(1))
    time.sleep(TICK_NS / 1e9)
    return tmp_path / "inbox"


@pytest.fixture
def chosen(tmp_path: Path, inbox: Path) -> Settings:
    return settings(inbox=inbox, warehouse=tmp_path / "w.duckdb", workers=1)


def looked_at(path: Path, held: str, known: AbstractSet[str], later_ns: int = A_DAY) -> Index:
    """An index that knows this letter in a file, noted so much later than the file was changed."""
    index = Index()
    index.note(path, path.stat(), held, path.stat().st_ctime_ns + later_ns)
    return Index(index.noted, pl.Series(sorted(known)))


def ids(inbox: Path, index: Index) -> list[str]:
    return [file.letter_id for file in intake(inbox, index=index).found]


def test_a_file_that_is_as_it_was_is_not_opened(tmp_path: Path) -> None:
    path = inbox_of(tmp_path, a="brief") / "a.txt"
    assert ids(tmp_path, looked_at(path, "noted", {"noted"})) == []


def test_of_a_letter_that_is_not_known_the_file_is_opened(tmp_path: Path) -> None:
    path = inbox_of(tmp_path, a="brief") / "a.txt"
    assert ids(tmp_path, looked_at(path, "noted", {"another"})) == [letter_id(b"brief")]


def test_a_file_that_was_changed_just_before_is_not_noted(tmp_path: Path) -> None:
    path = inbox_of(tmp_path, a="brief") / "a.txt"
    assert ids(tmp_path, looked_at(path, "noted", {"noted"}, TICK_NS - 1)) == [letter_id(b"brief")]


def test_other_bytes_of_the_same_size_and_time_are_another_letter(tmp_path: Path) -> None:
    path = inbox_of(tmp_path, a="brief") / "a.txt"
    index, before = looked_at(path, "noted", {"noted"}), path.stat()
    path.write_bytes(b"BRIEF")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert ids(tmp_path, index) == [letter_id(b"BRIEF")]


def test_a_run_recognises_what_the_one_before_read_and_reads_what_changed(
    inbox: Path, chosen: Settings
) -> None:
    assert pipeline.run(chosen).read == 1
    known, paths = store.known_ids(chosen.warehouse), [str(inbox / "a.txt"), str(inbox / "gone.txt")]
    assert index_of(chosen.warehouse, known).recognises(paths) == [1, 0]
    again = pipeline.run(chosen)
    assert (again.seen, again.known, again.version) == (1, 1, None)
    (inbox / "a.txt").write_text(letter(2))
    assert pipeline.run(chosen).read == 1
    assert len(store.known_letters(chosen.warehouse)) == 2


@pytest.mark.parametrize("content", [b"", b"PAR1 no such thing", None])
def test_an_index_that_can_not_be_read_is_made_anew(
    inbox: Path, chosen: Settings, content: bytes | None
) -> None:
    pipeline.run(chosen)
    file = store.index_file(chosen.warehouse)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    again = pipeline.run(chosen)
    assert (again.known, again.version) == (1, None)
    assert store.kept_index(chosen.warehouse) is not None
