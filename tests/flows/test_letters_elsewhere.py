"""Letters kept in another folder, or in a storage that fsspec reaches: all works there too."""

import shutil
import sys
from pathlib import Path

import fsspec
import pytest
from once import put_into
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


#: Each way to name them: what takes long is done in a folder and in S3, in the others in the long form.
AT_LENGTH = pytest.mark.parametrize(
    "where",
    ["folder", "s3", *(pytest.param(each, marks=pytest.mark.long_form) for each in ("file", "memory"))],
    indirect=True,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of three letters, of which one has a sidecar, and in `b` what is kept of them."""
    folder = tmp_path_factory.mktemp("kept")
    inbox = inbox_of(folder / "inbox", a=letter(1), b=letter(2), c=letter(3))
    (inbox / "a.txt.meta.json").write_bytes(told_of(letter(1), "1"))
    there = settings(inbox=inbox, warehouse=folder / "w.duckdb", letters=str(folder / "b"), workers=1)
    assert pipeline.run(there).read == 3
    return folder


@pytest.fixture
def chosen(kept: Path, tmp_path: Path, where: str) -> Settings:
    """A copy of it, whose letters lie there."""
    put_into(kept, tmp_path)
    if "://" in where and not where.startswith("file:"):
        storage, folder = fsspec.url_to_fs(where)
        storage.put(str(tmp_path / "b"), folder, recursive=True)
        shutil.rmtree(tmp_path / "b")
    return settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb", letters=where, workers=1)


def names(chosen: Settings) -> list[str]:
    storage, folder = fsspec.url_to_fs(chosen.letters)
    storage.invalidate_cache()
    return sorted(name.rpartition("/b/")[2] for name in storage.find(folder))


def put(chosen: Settings, name: str, content: bytes | None) -> None:
    storage, folder = fsspec.url_to_fs(chosen.letters)
    storage.rm_file(f"{folder}/{name}")
    if content is not None:
        storage.pipe_file(f"{folder}/{name}", content)


@AT_LENGTH
def test_letters_are_kept_there_and_read_again_from_there(kept: Path, tmp_path: Path, where: str) -> None:
    put_into(kept / "inbox", tmp_path / "inbox")
    chosen = settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb", letters=where, workers=1)
    assert pipeline.run(chosen).read == 3
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


@AT_LENGTH
def test_a_version_is_made_anew_of_the_letters_there(chosen: Settings) -> None:
    (version,) = store.versions(chosen.warehouse)
    version.path.chmod(0o644)
    version.path.write_bytes(version.path.read_bytes()[:-9000])
    repairing.repaired(chosen, lambda _line: None)
    with store.connect(chosen.warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM letter").fetchall() == [(3,)]


@pytest.mark.parametrize("where", ["folder", "s3"], indirect=True)
def test_a_place_that_has_lost_all_letters_is_no_place_to_make_them_anew(
    chosen: Settings, at_once: Run, where: str
) -> None:
    storage, folder = fsspec.url_to_fs(where)
    storage.rm(folder, recursive=True)  # as it looks before a share is mounted
    inbox_of(chosen.inbox, d=letter(4))
    options = ("--warehouse", chosen.warehouse, "--inbox", chosen.inbox)
    commands = (["nightly", "--inline", *options], ["backfill", "--inline", "--publish", *options[:2]])
    for command in commands:
        done = at_once(*command, KAMERCIJFERS_LETTERS=where)
        assert done.returncode == 1
        assert f"{where}: no letter is kept there, though the warehouse knows some: mount it" in one_line(
            done
        )
    assert f"kept: {where}: no letter is kept there" in doctor_says(at_once, chosen, where)
    assert names(chosen) == []
    assert len(store.versions(chosen.warehouse)) == 1
    repaired = at_once("repair", *options, KAMERCIJFERS_LETTERS=where)
    assert repaired.returncode == 0, repaired.stderr
    assert at_once(*commands[0], KAMERCIJFERS_LETTERS=where).returncode == 0
    assert len(store.kept_ids(chosen.place)) == 4


def doctor_says(at_once: Run, chosen: Settings, where: str) -> str:
    """What the doctor finds; it tells of one letter that is lost, and how many others are."""
    said = at_once("doctor", "--inline", "--warehouse", chosen.warehouse, KAMERCIJFERS_LETTERS=where)
    return said.stdout


@pytest.mark.parametrize("where", ["folder"], indirect=True)
def test_the_doctor_counts_the_letters_that_are_lost_besides(chosen: Settings) -> None:
    first, second, _ = sorted(store.kept_ids(chosen.place))
    for lost, said in ((first, "is gone"), (second, "is gone and 1 other")):
        put(chosen, letter_name(lost), None)
        assert doctor.kept(chosen).seen.endswith(said)


def test_a_file_in_its_place_is_one_line(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1))
    (tmp_path / "b").touch()
    for where in (tmp_path / "b", f"file://{tmp_path}/b/letters"):
        done = at_once("nightly", "--inline", KAMERCIJFERS_LETTERS=str(where))
        assert done.returncode == 1
        told = f"{tmp_path}/b: is a file where the folder of the kept letters is to be: move it away"
        assert told in one_line(done)


@pytest.mark.parametrize("setting", ["KAMERCIJFERS_LETTERS", "KAMERCIJFERS_BATCHES"])
def test_s3_without_what_it_needs_is_one_line_that_says_what_to_install(
    tmp_path: Path, at_once: Run, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1))
    monkeypatch.setitem(sys.modules, "s3fs", None)  # as where it isn't installed
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    done = at_once("nightly", "--inline", **{setting: "s3://kamercijfers/b"})
    assert done.returncode == 1
    assert "it needs s3fs: pip install 'kamercijfers[s3]'" in one_line(done)


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
