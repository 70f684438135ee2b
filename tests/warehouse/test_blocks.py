"""Of a build, what was written since it was copied is read whole before it is published."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from store_frames import a_claim, a_letter, tables

from warehouse import store
from warehouse.blocks import HEADERS, all_rows
from warehouse.errors import WarehouseError
from warehouse.files import sum_path
from warehouse.sums import Upon, copy_of, sums_of_build

BLOCK = 256 * 1024
FIGURE = '"main"."figure" AS part'
LETTERS = [a_letter(f"In 2011 waren het er {number}.") for number in range(1000, 1003)]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A version, and a copy of the one of the night after it."""
    folder = tmp_path_factory.mktemp("blocks")
    for night, letter in enumerate(LETTERS):
        claim = a_claim(letter, letter["text"][-5:-1], 1)
        store.publish(folder / "w.duckdb", tables(f"{night}", [letter], [claim]), keep=3)
    after, before, *_ = store.versions(folder / "w.duckdb")
    copy = Path(shutil.copy(after.path, folder / "copy.duckdb"))
    copy.chmod(0o644)
    return before.path, copy


@contextmanager
def damaged(file: Path, block: int) -> Iterator[None]:
    """One bit of a block is turned."""
    place = HEADERS + block * BLOCK + 1000
    with file.open("r+b") as opened:
        opened.seek(place)
        was = opened.read(1)[0]
        for byte in (was ^ 1, was):
            opened.seek(place)
            opened.write(bytes([byte]))
            opened.flush()
            if byte != was:
                yield


def finds(file: Path, upon: Upon | None) -> bool:
    try:
        sums_of_build(file, upon)
    except WarehouseError as error:
        return str(error).endswith(": run again")
    return False


@pytest.mark.parametrize(
    ("change", "read"),
    [
        ("INSERT INTO figure SELECT range, 1 FROM range(10)", {" WHERE rowid BETWEEN 4096 AND 5009"}),
        ("UPDATE figure SET value = 2 WHERE number = 7", {" WHERE rowid BETWEEN 0 AND 2047"}),
        ("UPDATE figure SET value = 2 WHERE number IN (7, 4500)", {
            " WHERE rowid BETWEEN 0 AND 2047", " WHERE rowid BETWEEN 4096 AND 4999",
        }),
        ("UPDATE figure SET value = hash(value)", {""}),
        ("DELETE FROM figure WHERE number = 7", {""}),
        ("CREATE TABLE other AS SELECT 1", set()),
    ],
)  # fmt: skip
def test_what_was_written_is_read_and_only_that(tmp_path: Path, change: str, read: set[str]) -> None:
    before, after = tmp_path / "before.duckdb", tmp_path / "after.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{before}' AS build (ROW_GROUP_SIZE 2048); USE build")
        connection.execute(
            "CREATE TABLE figure AS SELECT range AS number, hash(range) AS value FROM range(5000)"
        )
    shutil.copy(before, after)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{after}' AS build (ROW_GROUP_SIZE 2048); USE build")
        connection.execute(change)
    parts = zip(blocks_of(before), blocks_of(after), strict=False)
    written = [number for number, (one, other) in enumerate(parts) if one != other]
    written += range(len(blocks_of(before)), len(blocks_of(after)))
    with duckdb.connect(after, read_only=True) as connection:
        rows = list(all_rows(connection, written))
        assert {one.removeprefix(FIGURE) for one in rows if one.startswith(FIGURE)} == read
        for one in rows:
            connection.execute(f"SELECT bit_xor(hash(part)) FROM {one}").fetchall()


def blocks_of(file: Path) -> list[bytes]:
    content = file.read_bytes()[HEADERS:]
    return [content[place : place + BLOCK] for place in range(0, len(content), BLOCK)]


def test_damage_of_whatever_was_written_is_found(nights: tuple[Path, Path]) -> None:
    version, after = nights
    before = Upon(version, sums_of_build(version))
    assert not finds(after, before)
    found = 0
    for block in range(0, after.stat().st_size // BLOCK, 5):
        with damaged(after, block):
            assert finds(after, before) == finds(after, None), block
            found += finds(after, before)
    assert found > 2


def with_block(file: Path, number: int, block: bytes, to: Path) -> Path:
    place = HEADERS + number * BLOCK
    content = file.read_bytes()
    to.write_bytes(content[:place] + block + content[place + BLOCK :])
    return to


def test_what_was_copied_is_as_it_was_published(nights: tuple[Path, Path], tmp_path: Path) -> None:
    """Of the version another block is in the place of one, as a disk leaves it that lost a write."""
    version, after = nights
    sums = sums_of_build(version)
    there, came = blocks_of(version), blocks_of(after)
    copied = next(number for number in range(1, len(came)) if came[number] == there[number] != there[0])
    written = next(number for number in range(1, len(came)) if came[number] != there[number] != there[0])
    for number, build in (
        (copied, with_block(after, copied, there[0], tmp_path / "build.duckdb")),
        (written, after),
        (len(there) - 1, after),
    ):
        stale = with_block(version, number, there[0], tmp_path / "stale.duckdb")
        with pytest.raises(WarehouseError, match=r"stale.duckdb is damaged, .*: run `kamercijfers repair`"):
            sums_of_build(build, Upon(stale, sums))


MEMORY = Path("/dev/shm")


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="no other file system is here")
def test_a_version_is_copied_where_the_file_system_cannot(nights: tuple[Path, Path]) -> None:
    version, _ = nights
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        upon = copy_of(version, Path(folder, "copy.duckdb"))
        assert Path(folder, "copy.duckdb").read_bytes() == version.read_bytes()
    assert upon == Upon(version, sums_of_build(version))


def test_a_version_that_was_cut_or_grown_is_not_copied(nights: tuple[Path, Path], tmp_path: Path) -> None:
    version, _ = nights
    content, noted = version.read_bytes(), sum_path(version).read_text()
    for number, other in enumerate((content[:-BLOCK], content + bytes(BLOCK))):
        changed = tmp_path / version.name
        changed.write_bytes(other)
        sum_path(changed).write_text(noted)
        with pytest.raises(WarehouseError, match="is damaged"):
            copy_of(changed, tmp_path / f"{number}.duckdb")
        assert not (tmp_path / f"{number}.duckdb").exists()
