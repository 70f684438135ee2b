"""Warehouses of the tests: real files, published by the store."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest
from once import Once, put_into
from store_frames import a_claim, a_letter, a_rejection, full_letter, tables, thorny_tables

from warehouse import store
from warehouse.building import build


@pytest.fixture(scope="session")
def published(once: Once) -> Path:
    """A warehouse in its second version: a letter for each mart, then one that supersedes a count."""

    def make(folder: Path) -> None:
        letter, claims, references = full_letter()
        first = tables("first", [letter], claims, references, [a_rejection("inbox/leeg.txt")])
        later = a_letter(
            "Over 2011 zijn het er 1300 geworden.", letter_date=letter["letter_date"].replace(year=2013)
        )
        newer = a_claim(later, "1300", 1300, period="2011", source="CoMensha")
        for rows in (first, tables("second", [later], [newer])):
            store.publish(folder / "figures.duckdb", rows, keep=3)

    return once("published", make) / "figures.duckdb"


@pytest.fixture(scope="session")
def thorny(once: Once) -> Path:
    """A warehouse whose texts and figures are hard to write into files of other forms."""
    return (
        once("thorny", lambda folder: store.publish(folder / "w.duckdb", thorny_tables(), keep=1))
        / "w.duckdb"
    )


@pytest.fixture(scope="session")
def stage(once: Once) -> Callable[[str], Path]:
    """Folders of a warehouse `w.duckdb` to which letters of one character were published one by one."""

    @cache
    def stage(texts: str) -> Path:
        def make(folder: Path) -> None:
            if texts[:-1]:
                put_into(stage(texts[:-1]), folder)
            store.publish(folder / "w.duckdb", tables(texts[-1], [a_letter(texts[-1])]), keep=14)

        return once(f"stage-{texts}", make)

    return stage


@pytest.fixture
def published_before(stage: Callable[[str], Path], tmp_path: Path) -> Callable[[str], list[str]]:
    """Makes the warehouse of a stage that of the test, to write to; returns its versions, oldest first."""

    def copied(texts: str) -> list[str]:
        put_into(stage(texts), tmp_path)
        return [version.name for version in reversed(store.versions(tmp_path / "w.duckdb"))]

    return copied


@pytest.fixture(scope="session")
def build_file(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build without letters; a copy of each worker's own, as tests open it for writing."""
    made = once("build", lambda folder: build(folder / "build.duckdb", None, tables("zero"), "v"))
    return Path(shutil.copy(made / "build.duckdb", tmp_path_factory.mktemp("build")))


@pytest.fixture
def empty_build(build_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A build without letters, open for writing; what a test writes to it is undone."""
    with duckdb.connect(build_file) as connection:
        connection.begin()
        yield connection
