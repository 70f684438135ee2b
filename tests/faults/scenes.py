"""A night that something befalls: a warehouse of two letters, four more in the inbox, how it should end."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from once import put_into
from processes import clean_environment, program
from small_letters import inbox_of, letter, letter_path

from flows import pipeline
from flows.settings import Settings, settings
from warehouse import store

ANOTHER_TIME = str(Path(__file__).with_name("another_time.py"))
#: What tells of runs, and of nothing else.
OF_RUNS = ("run", "check_result", "row_count")
RELATIONS = """
    SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'
    UNION ALL
    SELECT view_name FROM duckdb_views() WHERE NOT internal
"""
BY_RUNS = ("run_id", "read_run_id", "first_seen")
ROWS = f"SELECT hash(r), r FROM (SELECT COLUMNS(lambda c: c NOT IN {BY_RUNS}) FROM {{}}) AS r"

#: What a warehouse keeps beside it whether runs end well or not.
REMEMBERED = ("w.duckdb.lock", "w.duckdb.inbox.parquet")

Tables = dict[str, tuple[int, str]]
#: Notes what was done how often.
Count = Callable[..., None]


@dataclass
class Scene:
    """Where it plays, what the tables hold before the night, and what after one that is not disturbed."""

    folder: Path
    before: Tables
    after: Tables
    letters: set[str]  # kept, in the end

    @property
    def settings(self) -> Settings:
        return settings(inbox=self.folder / "inbox", warehouse=self.folder / "w.duckdb", keep_versions=2)

    def start(self, *, days_ahead: int = 0) -> "subprocess.Popen[str]":
        """The night, in a process of its own, whose clock may be ahead or behind."""
        shifted = [sys.executable, ANOTHER_TIME, str(days_ahead)]
        return subprocess.Popen(
            [
                *(shifted if days_ahead else [program()]),
                "nightly",
                "--inline",
                "--inbox",
                "inbox",
                "--warehouse",
                "w.duckdb",
            ],
            cwd=self.folder,
            env=clean_environment(KAMERCIJFERS_KEEP_VERSIONS="2", KAMERCIJFERS_WORKERS="1"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def check_published(self) -> str:
        """What is published opens and is a whole version, that before or that after; returns which."""
        current = next(version for version in store.versions(self.settings.warehouse) if version.is_current)
        assert current.path.name not in store.version_faults(self.settings.warehouse)
        held = tables(self.settings.warehouse)
        assert held in (self.before, self.after)
        return "before" if held == self.before else "after"

    def check_next_run(self) -> None:
        """The next run ends as one that was not disturbed, and nothing is left over."""
        pipeline.run(self.settings)
        assert tables(self.settings.warehouse) == self.after
        warehouse = self.settings.warehouse
        versions = store.versions(warehouse)
        assert len(versions) <= 2
        kept = {letter_path(warehouse, letter_id) for letter_id in self.letters}
        expected = {
            warehouse,
            *(version.path for version in versions),
            *(version.path.with_name(f"{version.name}.sha256") for version in versions),
            *kept,
        }
        found = {path for path in self.folder.glob("w.duckdb*") if path.name not in REMEMBERED}
        found |= {path for top in self.folder.glob("w.duckdb.*/") for path in top.rglob("*")}
        wrong = {path for path in found if not path.is_dir()} ^ expected
        assert not wrong, wrong
        assert {path for path in found if path.is_dir()} <= {
            folder for path in expected for folder in path.parents
        }
        assert store.letter_faults(store.Place(warehouse)) == store.version_faults(warehouse) == {}


def tables(warehouse: Path) -> Tables:
    """Rows and their sum, by relation; without what tells of runs."""
    with store.connect(warehouse) as connection:
        names = sorted(name for (name,) in connection.execute(RELATIONS).fetchall() if name not in OF_RUNS)
        held = {}
        for name in names:
            rows = sorted(str(row) for row in connection.execute(ROWS.format(name)).fetchall())
            held[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
        return held


def make(folder: Path) -> None:
    """Both ends of the night."""
    for part, numbers in (("before", (1, 2)), ("after", (3, 4, 5, 6))):
        inbox_of(folder / "inbox", **{f"brief-{n}": letter(n, victims=800 + n) for n in numbers})
        pipeline.run(settings(inbox=folder / "inbox", warehouse=folder / "w.duckdb", keep_versions=2))
        shutil.copytree(folder, folder / part, symlinks=True, ignore=lambda *_: ["before", "after"])
    shutil.copytree(folder / "inbox", folder / "before" / "inbox", dirs_exist_ok=True)


def copied(made: Path, folder: Path) -> Scene:
    """The evening of the night, in this folder."""
    put_into(made / "before", folder)
    after = made / "after" / "w.duckdb"
    return Scene(folder, tables(folder / "w.duckdb"), tables(after), store.kept_ids(store.Place(after)))
