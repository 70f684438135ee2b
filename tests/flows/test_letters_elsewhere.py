"""Letters kept in another folder, or in a storage that fsspec reaches: all works there too."""

from pathlib import Path

import fsspec
import pytest
from processes import Run, free_port
from small_letters import inbox_of, letter, told_of
from test_cli import one_line

from flows import backfilling, doctor, pipeline, repairing
from flows.backfilling import Wanted
from flows.settings import Settings, settings
from warehouse import store
from warehouse.errors import MissingLetterError, StorageError
from warehouse.keeping import letter_name

#: A storage that isn't there is asked once: the waiting between is botocore's.
NOBODY = {"AWS_MAX_ATTEMPTS": "1"}


@pytest.fixture
def chosen(tmp_path: Path, where: str) -> Settings:
    """A warehouse of three letters, of which one has a sidecar, and where they are kept."""
    inbox = inbox_of(tmp_path / "inbox", a=letter(1), b=letter(2), c=letter(3))
    (inbox / "a.txt.meta.json").write_bytes(told_of(letter(1), "1"))
    there = settings(inbox=inbox, warehouse=tmp_path / "w.duckdb", letters=where, workers=1)
    assert pipeline.run(there).read == 3
    return there


def names(chosen: Settings) -> list[str]:
    storage, folder = fsspec.url_to_fs(chosen.letters)
    storage.invalidate_cache()
    return sorted(name.rpartition("/b/")[2] for name in storage.find(folder))


def put(chosen: Settings, name: str, content: bytes | None) -> None:
    storage, folder = fsspec.url_to_fs(chosen.letters)
    storage.rm_file(f"{folder}/{name}")
    if content is not None:
        storage.pipe_file(f"{folder}/{name}", content)


def test_letters_are_kept_there_and_read_again_from_there(chosen: Settings) -> None:
    ids = sorted(store.kept_ids(chosen.place))
    assert ids == sorted(store.known_letters(chosen.warehouse))
    (sidecar,) = set(names(chosen)) - set(map(letter_name, ids))
    assert sidecar.endswith(".meta.zst")
    assert not Path(f"{chosen.warehouse}.letters").exists()
    with pytest.raises(MissingLetterError):
        store.kept_letter(store.Place(chosen.warehouse), ids[0])
    assert pipeline.run(chosen).version is None
    again = backfilling.run(chosen, Wanted(publish=True)).outcome
    assert (again.read, again.set_aside) == (3, 0)
    with store.connect(chosen.warehouse) as connection:
        identified = connection.execute("SELECT identifier FROM letter WHERE source = 'a.txt'").fetchall()
    assert identified == [("kst-28638-1",)]
    assert len(names(chosen)) == 4


def test_what_is_damaged_there_is_found_and_mended(chosen: Settings) -> None:
    lost, changed, _ = sorted(store.kept_ids(chosen.place))
    whole = store.kept_letter(chosen.place, changed)
    (sidecar,) = (name for name in names(chosen) if name.endswith(".meta.zst"))
    put(chosen, letter_name(lost), None)
    put(chosen, letter_name(changed), b"other bytes")
    put(chosen, sidecar, None)
    assert doctor.kept(chosen).is_wrong
    told: list[str] = []
    repairing.repaired(chosen, told.append)
    assert [line.split(" is ")[1][:7] for line in told[:2]] == ["missing", "damaged"]
    assert "the sidecar of a.txt is missing or damaged: kept anew from the inbox" in told
    damaged = store.damaged_folder(chosen.warehouse)
    assert [path.read_bytes() for path in damaged.iterdir()] == [b"other bytes"]
    assert store.kept_letter(chosen.place, changed) == whole
    assert len(names(chosen)) == 4
    assert not doctor.kept(chosen).is_wrong


def test_a_version_is_made_anew_of_the_letters_there(chosen: Settings) -> None:
    (version,) = store.versions(chosen.warehouse)
    version.path.chmod(0o644)
    version.path.write_bytes(version.path.read_bytes()[:-9000])
    repairing.repaired(chosen, lambda _line: None)
    with store.connect(chosen.warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM letter").fetchall() == [(3,)]


def test_storage_that_cannot_be_reached_is_one_line_and_nothing_is_lost(
    tmp_path: Path, s3: dict[str, str], at_once: Run
) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1))
    there = s3 | {"KAMERCIJFERS_LETTERS": "s3://kamercijfers/letters"}
    options = ("--inline", "--warehouse", tmp_path / "w.duckdb")
    assert at_once("nightly", *options, **there).returncode == 0
    inbox_of(tmp_path / "inbox", b=letter(2))
    gone = there | NOBODY | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}
    no_bucket = there | {"KAMERCIJFERS_LETTERS": "s3://nosuch/letters"}
    for variables, commands in ((gone, ["nightly"]), (no_bucket, ["nightly", "backfill"])):
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        for command in commands:
            done = at_once(command, *options, **variables)
            assert done.returncode == 1
            assert "letters: the kept letters can't be reached (" in one_line(done)
            assert "see to the storage or KAMERCIJFERS_LETTERS, and run again" in one_line(done)
        found = at_once("doctor", *options, **variables)
        assert found.returncode == 1
        assert "wrong  kept: s3://" in found.stdout
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    assert len(store.versions(tmp_path / "w.duckdb")) == 1
    done = at_once("nightly", *options, **there)
    assert done.returncode == 0
    assert "1 read" in done.stderr


def test_an_unreachable_storage_is_no_missing_letter(
    tmp_path: Path, s3: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    for ask in (store.kept_letter, store.is_kept):
        with pytest.raises(StorageError, match="can't be reached"):
            ask(store.Place(tmp_path / "w", "s3://kamercijfers/letters"), "ab" * 32)


def test_storage_of_an_unknown_kind_is_one_line(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1))
    done = at_once("nightly", "--inline", KAMERCIJFERS_LETTERS="nosuch://bucket/a")
    assert done.returncode == 1
    assert "nosuch: storage of letters that can't be opened" in one_line(done)
