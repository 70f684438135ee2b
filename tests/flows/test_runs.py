"""Whole runs without an engine: what is published, what is set aside, what is left alone."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest
from editing import edit
from other_grammar import failing_on, read_by
from small_letters import inbox_of, letter

from flows import pipeline, publishing
from flows.limits import MAX_LETTER_BYTES
from flows.settings import Settings, settings
from flows.spooling import NOTHING, tally
from transforms.vocabulary import VocabularyError
from warehouse import store
from warehouse.errors import ChecksFailedError, LockedError, WarehouseError


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb", batch_size=2)


def rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with time of change and bytes, but for the lock and the inbox's index."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith((".lock", ".inbox.parquet"))
    }


def test_letters_are_read_and_others_set_aside_with_their_reason(chosen: Settings) -> None:
    inbox_of(
        chosen.inbox,
        bom=b"\xef\xbb\xbf" + letter(1).encode(),
        cp1252=letter(2, body="De crèche telt 40 plaatsen – zo meldt de gemeente.").encode("cp1252"),
        empty=b"",
        image=b"\x89PNG\r\n\x1a\n\x00\x00",
        large=b"x" * (MAX_LETTER_BYTES + 1),
        neither=b"\x81\x8d\x8f\x90\x9d brief",
        plain=letter(3),
    )
    (chosen.inbox / "gone.txt").symlink_to("nowhere")
    outcome = pipeline.run(chosen)
    assert (outcome.seen, outcome.known, outcome.read) == (8, 0, 3)
    assert outcome.rejected == {"binary": 1, "empty": 1, "too_large": 1, "undecodable": 1, "unreadable": 1}
    assert outcome.claims == rows(chosen.warehouse, "SELECT count(*) FROM claim")[0][0] > 0
    assert rows(chosen.warehouse, "SELECT source, encoding FROM letter ORDER BY source") == [
        ("bom.txt", "utf-8-sig"),
        ("cp1252.txt", "windows-1252"),
        ("plain.txt", "utf-8"),
    ]
    assert rows(chosen.warehouse, "SELECT source, step, reason FROM rejected_letter ORDER BY source") == [
        ("empty.txt", "letters", "empty"),
        ("gone.txt", "intake", "unreadable"),
        ("image.txt", "letters", "binary"),
        ("large.txt", "intake", "too_large"),
        ("neither.txt", "letters", "undecodable"),
    ]
    assert rows(
        chosen.warehouse, "SELECT text LIKE '%crèche%–%' FROM letter WHERE source = 'cp1252.txt'"
    ) == [(True,)]


def test_a_run_is_a_row_that_tells_what_it_did(chosen: Settings) -> None:
    inbox_of(chosen.inbox, a=letter(1), b=letter(2), double=letter(1), empty="")
    outcome = pipeline.run(chosen)
    run = "run_id, engine, letters_seen, letters_known, letters_read, letters_rejected, claims, version"
    assert rows(chosen.warehouse, f"SELECT {run} FROM run") == [
        (outcome.run_id, "inline", 4, 1, 2, 1, outcome.claims, outcome.version)
    ]
    assert rows(chosen.warehouse, "SELECT count(*) FROM letter JOIN run USING (run_id)") == [(2,)]
    assert set(outcome.rows) >= {"victim_counts", "capacity_figures"}


def test_a_second_run_publishes_nothing_and_changes_nothing(chosen: Settings) -> None:
    inbox_of(chosen.inbox, a=letter(1), b=letter(2), empty="", large=b"x" * (MAX_LETTER_BYTES + 1))
    (chosen.inbox / "gone.txt").symlink_to("nowhere")
    pipeline.run(chosen)
    before = files(chosen.warehouse.parent)
    outcome = pipeline.run(chosen)
    assert (outcome.version, outcome.read, outcome.rejected) == (None, 0, {})
    assert outcome.known == outcome.seen == 5
    noted = store.index_file(chosen.warehouse).name  # now that the files have lain there a moment
    assert files(chosen.warehouse.parent) | {noted: None} == before | {noted: None}


def test_an_empty_inbox_makes_no_warehouse(chosen: Settings) -> None:
    chosen.inbox.mkdir()
    assert pipeline.run(chosen).version is None
    assert not chosen.warehouse.exists()


@pytest.mark.parametrize("where", ["", "map"])
def test_a_warehouse_within_its_inbox_is_no_letter(chosen: Settings, where: str) -> None:
    inside = chosen.model_copy(update={"warehouse": chosen.inbox / where / "w.duckdb"})
    inbox_of(chosen.inbox, a=letter(1))
    inbox_of(chosen.inbox / where, b=letter(2))
    first = pipeline.run(inside)
    assert (first.seen, first.read, first.set_aside) == (2, 2, 0)
    second = pipeline.run(inside)
    assert (second.seen, second.known, second.version) == (2, 2, None)
    inbox_of(chosen.inbox / where, c=letter(3))
    third = pipeline.run(inside)
    assert (third.seen, third.known, third.read, third.set_aside) == (3, 2, 1, 0)
    fourth = pipeline.run(inside)
    assert (fourth.seen, fourth.known, fourth.version) == (3, 3, None)


def test_what_is_called_almost_as_a_warehouse_is_a_letter(chosen: Settings) -> None:
    inside = chosen.model_copy(update={"warehouse": chosen.inbox / "w"})
    inbox_of(chosen.inbox, w=letter(1))  # w.txt
    inbox_of(chosen.inbox / "map", w=letter(2))
    (chosen.inbox / "map" / "w").write_text(letter(3))
    assert pipeline.run(inside).read == 3


def test_only_what_is_new_is_read(chosen: Settings) -> None:
    inbox_of(chosen.inbox, a=letter(1))
    pipeline.run(chosen)
    inbox_of(chosen.inbox / "later", b=letter(2), again=letter(1))
    outcome = pipeline.run(chosen)
    assert (outcome.seen, outcome.known, outcome.read) == (3, 2, 1)
    assert rows(chosen.warehouse, "SELECT source FROM letter ORDER BY 1") == [("a.txt",), ("later/b.txt",)]
    assert len(store.versions(chosen.warehouse)) == 2


def test_a_file_that_could_not_be_read_is_read_as_soon_as_it_can_be(chosen: Settings) -> None:
    inbox_of(chosen.inbox, a=letter(1))
    late = chosen.inbox / "late.txt"
    late.symlink_to("nowhere")
    pipeline.run(chosen)
    late.unlink()
    late.write_text(letter(2))
    outcome = pipeline.run(chosen)
    assert (outcome.read, outcome.rejected) == (1, {})
    assert rows(chosen.warehouse, "SELECT source FROM letter ORDER BY 1") == [("a.txt",), ("late.txt",)]


def test_a_letter_on_which_the_grammar_fails_is_set_aside_alone(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read_by(monkeypatch, failing_on("struikelblok", ValueError("two\nlines")))
    inbox_of(chosen.inbox, **{f"l{n}": letter(n) for n in range(1, 8)}, l4b=letter(99, body="struikelblok"))
    outcome = pipeline.run(chosen.model_copy(update={"batch_size": 100}))
    assert (outcome.read, outcome.rejected) == (7, {"failed": 1})
    columns = "source, step, reason, detail, letter_id IS NULL"
    assert rows(chosen.warehouse, f"SELECT {columns} FROM rejected_letter") == [
        ("l4b.txt", "extract", "failed", "ValueError: two lines", False)
    ]
    assert "l4b.txt: set aside as failed" in caplog.text
    assert pipeline.run(chosen).version is None


def test_a_broken_vocabulary_ends_the_run_and_is_no_letters_fault(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by(monkeypatch, failing_on("Kamer", VocabularyError("measures.toml: no unit")))
    inbox_of(chosen.inbox, a=letter(1))
    with pytest.raises(VocabularyError):
        pipeline.run(chosen)
    assert not chosen.warehouse.exists()


def test_the_lock_is_held_for_the_whole_run(chosen: Settings) -> None:
    inbox_of(chosen.inbox, a=letter(1))
    with store.lock(chosen.place), pytest.raises(LockedError):
        pipeline.run(chosen)
    assert not chosen.warehouse.exists()


def spoil(warehouse: Path) -> None:
    """Shift the claims of the current version, which the next one has to look at again."""
    edit(
        warehouse,
        "UPDATE claim SET char_start = char_start + 1, char_end = char_end + 1",
        "UPDATE run SET made_by = 'another program'",
    )


def test_a_build_that_fails_its_checks_is_not_published(chosen: Settings) -> None:
    inbox_of(chosen.inbox, a=letter(1))
    pipeline.run(chosen)
    spoil(chosen.warehouse)
    before = store.versions(chosen.warehouse)
    inbox_of(chosen.inbox, b=letter(2))
    with pytest.raises(ChecksFailedError, match="quotes_open"):
        pipeline.run(chosen)
    assert store.versions(chosen.warehouse) == before


def test_bodies_that_the_vocabulary_lacks_are_added_once() -> None:
    listed = pl.DataFrame(
        {"source_agency": ["CBS"], "label_nl": ["x"], "label_en": ["y"], "in_vocabulary": [True]}
    )
    sources = ["CBS", None, "Bureau Zus;CBS", "Bureau Zus"]
    credited = tally(NOTHING._replace(claim=pl.DataFrame({"source": sources}))).credited
    assert publishing.agencies(listed, credited).select("source_agency", "in_vocabulary").rows() == [
        ("CBS", True),
        ("Bureau Zus", False),
    ]


def test_letters_are_kept_before_a_version_knows_them(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox_of(chosen.inbox, a=letter(1), b=letter(2).encode("cp1252"), empty="")
    publish, published = store.publish, list[bytes]()

    def publish_if_kept(
        warehouse: Path, tables: store.Tables, lots: Iterable[store.Tables], **settings: object
    ) -> store.Published:
        def of_kept() -> Iterator[store.Tables]:
            for lot in lots:
                published.extend(
                    store.kept_letter(store.Place(warehouse), each) for each in lot["letter"]["letter_id"]
                )
                yield lot

        return publish(warehouse, tables, of_kept(), **settings)

    monkeypatch.setattr(store, "publish", publish_if_kept)
    pipeline.run(chosen)
    known = store.known_letters(chosen.warehouse)
    kept = [store.kept_letter(chosen.place, letter_id) for letter_id in known]
    assert sorted(kept) == sorted(published)
    assert sorted(kept) == sorted((chosen.inbox / name).read_bytes() for name in ("a.txt", "b.txt"))
    assert len(list(chosen.warehouse.parent.glob("w.duckdb.letters/*/*"))) == 2


def test_a_night_with_nothing_new_finds_its_version_damaged(tmp_path: Path) -> None:
    chosen = settings(inbox=inbox_of(tmp_path / "inbox", a=letter()), warehouse=tmp_path / "w.duckdb")
    pipeline.run(chosen)
    version = chosen.warehouse.resolve()
    version.chmod(0o644)
    with version.open("r+b") as opened:
        opened.seek(-1000, os.SEEK_END)
        opened.write(b"damage")
    with pytest.raises(WarehouseError, match="is damaged, its bytes are not those published: run `kam"):
        pipeline.run(chosen)
