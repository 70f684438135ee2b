"""What a disk did to versions, letters or a build is found, named with the command, and mended by it."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from once import Once, put_into
from processes import Run
from small_letters import inbox_of, letter, letter_path

from flows import pipeline
from flows.settings import Settings, settings
from warehouse import publishing, store
from warehouse.errors import WarehouseError
from warehouse.files import sum_path, version_number

REPAIR = "run `kamercijfers repair`"
#: What a file that was cut is called, by what of it is left.
DAMAGED = "(damaged|no readable Kamercijfers warehouse)"
#: All that the letters say, and where they came from.
CLAIMS = "SELECT * FROM claim ORDER BY claim_id"
LETTERS = "SELECT * EXCLUDE (run_id, first_seen) FROM letter ORDER BY letter_id"
ARRIVED = "SELECT letter_id, first_seen FROM letter ORDER BY letter_id"
MART = "SELECT claim_id, value, period, quote FROM victim_counts ORDER BY claim_id"


@pytest.fixture
def chosen(once: Once, tmp_path: Path) -> Settings:
    """Three letters, published one by one."""

    def make(folder: Path) -> None:
        for number in (1, 2, 3):
            inbox_of(folder / "inbox", **{f"brief-{number}": letter(number, victims=800 + number)})
            pipeline.run(settings(inbox=folder / "inbox", warehouse=folder / "w.duckdb"))

    put_into(once("three", make), tmp_path)
    return settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb")


def held(warehouse: Path) -> list[list[tuple[object, ...]]]:
    return [rows(warehouse, query) for query in (CLAIMS, LETTERS, MART)]


def rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


def flipped(file: Path) -> None:
    """One bit in the middle of it is another."""
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    """Only its first half is left."""
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.chmod(0o644)
    file.write_bytes(b"")


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def made_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def repair(at_once: Run, chosen: Settings, *, code: int = 0) -> str:
    result = at_once("repair", "--inbox", chosen.inbox, "--warehouse", chosen.warehouse)
    assert (result.returncode, result.stdout) == (code, ""), result.stderr
    return result.stderr


def newest(chosen: Settings, back: int = 0) -> Path:
    return store.versions(chosen.warehouse)[back].path


@pytest.mark.parametrize("damage", [flipped, cut, Path.unlink])
def test_a_damaged_published_file_is_made_anew_from_the_version_before_and_the_letters(
    chosen: Settings, at_once: Run, damage: object
) -> None:
    before, arrived, file = held(chosen.warehouse), rows(chosen.warehouse, ARRIVED), newest(chosen)
    damage(file)  # type: ignore[operator]
    inbox_of(chosen.inbox, brief4=letter(4))
    found = at_once("doctor", "--inline", "--inbox", chosen.inbox, "--warehouse", chosen.warehouse)
    assert (found.returncode, REPAIR in found.stdout) == (1, True)
    with pytest.raises(WarehouseError, match=rf"^[^\n]+: {REPAIR}$"):
        pipeline.run(chosen)
    (chosen.inbox / "brief4.txt").unlink()
    told = repair(at_once, chosen)
    assert f"{newest(chosen, 1).name} is the current version again" in told
    assert "1 kept letter read again, published " in told
    assert held(chosen.warehouse) == before
    if damage is flipped:  # what is elsewhere in the file can be read
        assert rows(chosen.warehouse, ARRIVED) == arrived
    again = repair(at_once, chosen)
    assert "nothing is damaged: " in again
    assert len(again.splitlines()) == 1
    assert pipeline.run(chosen).version is None


def test_where_no_version_is_whole_all_comes_from_the_letters(chosen: Settings, at_once: Run) -> None:
    before = held(chosen.warehouse)
    for version in store.versions(chosen.warehouse):
        cut(version.path)
    told = repair(at_once, chosen)
    assert "3 kept letters read again, published " in told
    claims, letters, mart = held(chosen.warehouse)
    assert (claims, mart) == (before[0], before[2])
    assert [row[0] for row in letters] == [row[0] for row in before[1]]
    assert [version.is_current for version in store.versions(chosen.warehouse)] == [True]
    assert len(list(chosen.warehouse.with_name("w.duckdb.damaged").glob("*.duckdb"))) == 3
    assert pipeline.run(chosen).version is None


def test_a_link_that_is_gone_is_made_anew(chosen: Settings, at_once: Run) -> None:
    before = held(chosen.warehouse)
    chosen.warehouse.unlink()
    assert "is the current version again" in repair(at_once, chosen)
    assert held(chosen.warehouse) == before


def test_an_older_version_that_is_damaged_is_taken_out_of_the_way(chosen: Settings, at_once: Run) -> None:
    before, file = held(chosen.warehouse), newest(chosen, 1)
    sum_path(file).unlink()  # of an earlier program: then DuckDB's own checksums tell
    cut(file)
    told = repair(at_once, chosen)
    assert re.search(rf"{file} is {DAMAGED} \(", told)
    assert f"{file.name} is no version any more: only what the current one held is made anew" in told
    assert f"what was damaged lies in {chosen.warehouse}.damaged\n" in told
    assert file not in [version.path for version in store.versions(chosen.warehouse)]
    assert held(chosen.warehouse) == before


@pytest.mark.parametrize("loss", [Path.unlink, emptied, made_a_folder])
def test_a_version_that_has_lost_its_sum_is_told_and_noted_anew(
    chosen: Settings, at_once: Run, loss: Callable[[Path], None]
) -> None:
    before, file = held(chosen.warehouse), chosen.warehouse.resolve()
    loss(sum_path(file))
    with pytest.raises(WarehouseError, match="nothing tells whether"):
        pipeline.run(chosen)
    assert "nothing tells whether" in store.version_faults(chosen.warehouse)[file.name]
    assert f"{file.name} had lost its sum" in repair(at_once, chosen)
    assert not store.version_faults(chosen.warehouse)
    assert chosen.warehouse.resolve() == file
    pipeline.run(chosen)
    assert held(chosen.warehouse) == before


@pytest.mark.parametrize(
    ("damage", "source"),
    [(flipped, "version"), (Path.unlink, "version"), (made_a_pipe, "version"), (cut, "inbox")],
)
def test_a_damaged_kept_letter_is_made_from_its_text_or_the_inbox(
    chosen: Settings, at_once: Run, damage: object, source: str
) -> None:
    letter_id = sorted(store.kept_ids(chosen.place))[0]
    file, whole = letter_path(chosen.warehouse, letter_id), store.kept_letter(chosen.place, letter_id)
    damage(file)  # type: ignore[operator]
    if source == "version":
        shutil.rmtree(chosen.inbox)
    else:
        for version in store.versions(chosen.warehouse):
            cut(version.path)
    found = at_once("doctor", "--inline", "--warehouse", chosen.warehouse)
    assert REPAIR in found.stdout
    told = repair(at_once, chosen)
    assert f"the letter {letter_id} is " in told
    assert ("what was damaged lies in " in told) == (damage is not Path.unlink)
    assert store.kept_letter(chosen.place, letter_id) == whole
    assert len(held(chosen.warehouse)[1]) == 3


def test_the_number_of_a_version_that_was_taken_out_does_not_come_again(
    chosen: Settings, at_once: Run
) -> None:
    number = version_number(newest(chosen).name)
    store.roll_back(chosen.warehouse)
    flipped(newest(chosen))
    repair(at_once, chosen)
    assert version_number(newest(chosen).name) == number - 1
    pipeline.run(chosen)
    assert version_number(newest(chosen).name) == number + 1


def test_a_letter_that_nothing_gives_back_is_named(chosen: Settings, at_once: Run) -> None:
    letter_id = sorted(store.kept_ids(chosen.place))[0]
    cut(letter_path(chosen.warehouse, letter_id))
    for version in store.versions(chosen.warehouse):
        cut(version.path)
    inbox = chosen.inbox.rename(chosen.inbox.with_name("away"))
    told = repair(at_once, chosen, code=1)
    assert told.splitlines()[-1].endswith(f"put their files into the inbox ({letter_id})")
    assert len(held(chosen.warehouse)[1]) == 2
    inbox.rename(chosen.inbox)
    assert pipeline.run(chosen).read == 1


def test_a_build_that_was_cut_short_is_not_published_and_one_left_is_named(
    chosen: Settings, at_once: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, build = held(chosen.warehouse), publishing.build

    def build_and_cut(file: Path, *given: object, **named: object) -> object:
        built = build(file, *given, **named)  # type: ignore[arg-type]
        cut(file)
        return built

    inbox_of(chosen.inbox, brief4=letter(4))
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "build", build_and_cut)
        with pytest.raises(WarehouseError, match=rf"\.build-[^\n]+ is {DAMAGED} \([^\n]+\): run again$"):
            pipeline.run(chosen)
    assert held(chosen.warehouse) == before
    left = chosen.warehouse.with_name("w.duckdb.versions") / ".build-left"
    left.mkdir()
    (left / "half.duckdb").write_bytes(newest(chosen).read_bytes()[:5000])
    orphan = left.with_name("20200101T000000Z-99.duckdb.sha256")
    orphan.write_text("")
    told = repair(at_once, chosen)
    assert f"{left}, which no run has published: cleared away" in told
    assert not left.exists()
    assert not orphan.exists()
    assert pipeline.run(chosen).read == 1


def test_where_there_is_no_warehouse_nothing_is_made(tmp_path: Path, at_once: Run) -> None:
    result = at_once("repair", "--warehouse", tmp_path / "w")
    assert (result.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "there is no warehouse at" in result.stderr
