"""What was set aside stays told, and is shown as open only while it stands."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from editing import edit
from small_letters import inbox_of, letter
from test_runs import rows

from dashboard.answers import asking, edition
from flows import answers, pipeline
from flows.outcomes import Outcome
from flows.settings import Settings, settings
from warehouse import store

HELD = "SELECT source, reason, over_since IS NOT NULL FROM rejected_letter ORDER BY source, first_seen"


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """An inbox with a letter and a link that leads nowhere."""
    inbox = inbox_of(tmp_path / "inbox", a=letter(1))
    (inbox / "late.txt").symlink_to("later")
    return settings(inbox=inbox, warehouse=tmp_path / "w.duckdb")


def open_now(chosen: Settings) -> list[int]:
    """How many files are told of as open, wherever that is told."""
    told = answers.status(chosen.warehouse)
    ask = asking(edition(chosen.warehouse))
    listed = answers.records(chosen.warehouse, answers.example("rejected_letters"))
    return [
        told["rejected_letters"],
        sum(told["rejected_by_reason"].values()),
        store.contents(chosen.warehouse)["rejected_letter"],
        len(listed),
        ask("counts", as_of=None)["rejected_letters"].item(),
        len(ask("rejected_letters", as_of=None)),
        ask("counts", as_of=date(2100, 1, 1))["rejected_letters"].item(),
    ]


def night(chosen: Settings) -> Outcome:
    return pipeline.run(chosen)


def test_a_file_that_can_be_read_again_is_open_no_more(chosen: Settings) -> None:
    night(chosen)
    assert open_now(chosen) == [1] * 7
    assert night(chosen).version is None
    (chosen.inbox / "later").write_text(letter(2))
    assert night(chosen).read == 1
    assert open_now(chosen) == [0] * 7
    assert rows(chosen.warehouse, HELD) == [("late.txt", "unreadable", True)]
    assert night(chosen).version is None
    (chosen.inbox / "later").unlink()
    assert night(chosen).rejected == {"unreadable": 1}
    assert rows(chosen.warehouse, HELD) == [("late.txt", "unreadable", False)]
    (chosen.inbox / "late.txt").unlink()
    gone = night(chosen)
    assert (gone.read, gone.rejected, bool(gone.version)) == (0, {}, True)
    assert open_now(chosen) == [0] * 7
    assert night(chosen).version is None


def test_what_lies_in_a_known_archive_or_in_what_is_closed_itself_stands(chosen: Settings) -> None:
    (chosen.inbox / "late.txt").unlink()
    with ZipFile(chosen.inbox / "z.zip", "w") as archive:
        archive.writestr("goed.txt", letter(3))
        archive.writestr("bom.txt", "0" * 3_000_000 + letter(4), compress_type=8)
    (folder := chosen.inbox / "sub").mkdir()
    (folder / "gone.txt").symlink_to("nowhere")
    night(chosen)
    before = rows(chosen.warehouse, HELD)
    assert [(source, is_over) for source, _, is_over in before] == [
        ("sub/gone.txt", False), ("z.zip/bom.txt", False)
    ]  # fmt: skip
    assert night(chosen).version is None  # the archive is too new to be noted, and later on is
    (folder / "gone.txt").unlink()
    folder.rmdir()
    folder.symlink_to("sub")  # in its place is what can't be read either
    night(chosen)
    assert [(source, is_over) for source, _, is_over in rows(chosen.warehouse, HELD)] == [
        ("sub", False), ("sub/gone.txt", False), ("z.zip/bom.txt", False)
    ]  # fmt: skip


def test_a_version_that_does_not_tell_what_is_over_is_read(chosen: Settings) -> None:
    night(chosen)
    edit(chosen.warehouse, "ALTER TABLE rejected_letter DROP COLUMN over_since")
    told = answers.status(chosen.warehouse)
    assert (told["rejected_letters"], told["rejected_by_reason"]) == (1, {"unreadable": 1})
    (chosen.inbox / "later").write_text(letter(2))
    night(chosen)
    assert open_now(chosen) == [0] * 7
