"""Letters that come in several forms, are issued again or withdrawn: nights with real files and sidecars."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from processes import Run
from small_letters import letter, told_of
from test_runs import rows

from flows import backfilling, finding, pipeline
from flows.backfilling import Wanted
from flows.settings import Settings, settings
from transforms.sidecars import SUFFIX
from warehouse import store

NAME = "kst-28638-12"
BODY = "Volgens CoMensha waren er in {year} in totaal {victims} slachtoffers van mensenhandel."
FIRST = letter(12, victims=812, body=BODY)
AGAIN = letter(12, victims=821, body=BODY)
ANOTHER = letter(13, year=2023, victims=900)
AUGUST = datetime.fromisoformat("2022-08-01T03:00")
LATEST = "SELECT value FROM victim_counts_latest ORDER BY value"
AS_OF = "SELECT value FROM victim_counts_as_of(DATE '{}') ORDER BY value"
#: What letters say, whatever night they came on.
TABLES = {
    "letter": "* EXCLUDE (source, first_seen, run_id)",
    "letter_form": "* EXCLUDE (source, first_seen, run_id, read_run_id)",
    "claim": "*",
    "letter_reference": "*",
    "victim_counts": "* EXCLUDE (first_seen, run_id)",
    "discrepancies": "*",
    "coverage": "*",
    "letter_citation": "*",
}


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    (tmp_path / "inbox").mkdir()
    return settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb", max_drop_percent=2)


def told(text: str | bytes, modified: str = "2022-05-04", **facts: Any) -> bytes:
    """The sidecar of letter 12 with this text."""
    return told_of(text, "12", modified, **facts)


def put(chosen: Settings, name: str, text: str | bytes, sidecar: bytes | None = None) -> None:
    path = chosen.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    if sidecar is not None:
        path.with_name(path.name + SUFFIX).write_bytes(sidecar)


def values(chosen: Settings, query: str = LATEST) -> list[object]:
    return [value for (value,) in rows(chosen.warehouse, query)]


def held(chosen: Settings) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: rows(chosen.warehouse, f"SELECT {columns} FROM {table} ORDER BY ALL")
        for table, columns in TABLES.items()
    }


def test_a_letter_that_is_issued_again_is_a_vintage_of_its_own(chosen: Settings) -> None:
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST))
    pipeline.run(chosen)
    put(chosen, f"{NAME}.txt", AGAIN, told(AGAIN, "2022-07-01"))
    assert pipeline.run(chosen).read == 1
    columns = "vintage, is_current, issued_on::VARCHAR, ended_on::VARCHAR, modified::VARCHAR, source_url"
    url = f"https://example.org/{NAME}.txt"
    assert rows(chosen.warehouse, f"SELECT {columns} FROM letter ORDER BY vintage") == [
        (1, False, "2022-05-03", "2022-07-01", "2022-05-04 00:00:00", url),
        (2, True, "2022-07-01", None, "2022-07-01 00:00:00", url),
    ]
    assert values(chosen) == [821]
    assert [values(chosen, AS_OF.format(day)) for day in ("2022-05-02", "2022-05-03", "2022-07-01")] == [
        [], [812], [821]
    ]  # fmt: skip
    verdicts = "SELECT kind, verdict, value, other_value FROM discrepancies"
    assert rows(chosen.warehouse, verdicts) == [("restated", "revised", 812, 821)]
    assert pipeline.run(chosen).version is None


def test_a_text_that_is_replaced_on_its_day_is_kept_and_answers_for_no_day(chosen: Settings) -> None:
    put(chosen, "ochtend.txt", FIRST, told(FIRST, "2022-05-03T09:00:00Z"))
    put(chosen, "middag.txt", AGAIN, told(AGAIN, "2022-05-03T15:00:00Z"))
    pipeline.run(chosen)
    columns = "vintage, is_current, issued_on::VARCHAR, ended_on::VARCHAR, source"
    assert rows(chosen.warehouse, f"SELECT {columns} FROM letter ORDER BY vintage") == [
        (1, False, "2022-05-03", "2022-05-03", "ochtend.txt"),
        (2, True, "2022-05-03", None, "middag.txt"),
    ]
    assert values(chosen, "SELECT value FROM victim_counts ORDER BY value") == [812, 821]
    assert values(chosen) == [821]
    assert [values(chosen, AS_OF.format(day)) for day in ("2022-05-02", "2022-05-03", "2022-05-04")] == [
        [], [821], [821]
    ]  # fmt: skip


@pytest.mark.parametrize(("morning", "afternoon"), [(812, 821), (821, 812), (835, 868), (868, 835)])
def test_of_two_texts_of_one_day_the_one_that_came_first_is_the_earlier(
    chosen: Settings, morning: int, afternoon: int
) -> None:
    for name, victims, hour in (("ochtend.txt", morning, "09"), ("middag.txt", afternoon, "15")):
        text = letter(12, victims=victims, body=BODY)
        put(chosen, name, text, told(text, f"2022-05-03T{hour}:00:00Z"))
    pipeline.run(chosen)
    verdicts = "SELECT kind, verdict, value, other_value FROM discrepancies"
    assert rows(chosen.warehouse, verdicts) == [("restated", "revised", morning, afternoon)]


def test_texts_that_nothing_tells_apart_are_named_with_what_to_do(
    chosen: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST))
    put(chosen, "nog eens.txt", AGAIN, told(AGAIN))
    pipeline.run(chosen)
    (said,) = [message for message in caplog.messages if "vintages_told_apart" in message]
    assert "1 row to look at (identifier='kst-28638-12', vintage=2, " in said
    assert all(name in said for name in (f"{NAME}.txt", "nog eens.txt"))
    assert "give each of the two files a sidecar (FILE.meta.json, see docs/operations.md)" in said
    assert "\n" not in said


def test_a_withdrawn_letter_stays_and_its_figures_are_not_the_latest(chosen: Settings) -> None:
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST))
    pipeline.run(chosen)
    assert values(chosen) == [812]
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST, withdrawn=True, retrieved_at=AUGUST))
    assert pipeline.run(chosen).read == 1
    assert rows(chosen.warehouse, "SELECT withdrawn, ended_on::VARCHAR FROM letter") == [(True, "2022-08-01")]
    assert values(chosen) == []
    assert values(chosen, "SELECT value FROM victim_counts") == [812]
    assert values(chosen, AS_OF.format("2022-07-31")) == [812]
    assert pipeline.run(chosen).version is None
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST))
    assert pipeline.run(chosen).version is None  # what we were told before is no news
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST, "2022-09-01", retrieved_at=AUGUST))
    pipeline.run(chosen)
    assert values(chosen) == [812]


def test_the_same_words_in_other_bytes_count_once(chosen: Settings) -> None:
    put(chosen, f"{NAME}.txt", FIRST)
    put(chosen, "map/brief.txt", f"\ufeff{FIRST}".replace("\n", "\r\n"))
    put(chosen, "los.txt", ANOTHER)
    put(chosen, "nog eens/los.txt", ANOTHER.replace(" ", "  ").encode("cp1252"))
    assert pipeline.run(chosen).read == 4
    counts = "SELECT (SELECT count(*) FROM letter), (SELECT count(*) FROM letter_form), count(*) FROM claim"
    assert rows(chosen.warehouse, counts) == [(2, 4, 2)]
    assert pipeline.run(chosen).version is None


@pytest.mark.parametrize(
    ("sidecar", "why"),
    [
        (b"{", "no JSON in UTF-8"),
        (told(AGAIN), "its sha256 is that of other bytes"),
        (b"[" * 100_000, "no JSON"),
        (told(FIRST).replace(b"sha256", b"sum"), "sha256 is missing; its form is in docs/operations.md"),
        (b'{"withdrawn": true}', "identifier, dossiers, date, issued, "),
    ],
)
def test_a_sidecar_that_is_none_of_its_letter_is_said_in_a_line(
    chosen: Settings, caplog: pytest.LogCaptureFixture, sidecar: bytes, why: str
) -> None:
    put(chosen, "brief.txt", FIRST, sidecar)
    todo = finding.found(chosen)
    assert [[(file.source, file.sidecars) for file in batch] for batch in todo.batches] == [
        [("brief.txt", ())]
    ]
    (line,) = [message for message in caplog.messages if "sidecar" in message]
    assert line.startswith(f"brief.txt{SUFFIX}: no sidecar of its letter ({why}")
    assert "\n" not in line


def test_what_is_passed_over_is_said_on_the_night_that_it_comes_and_once(
    chosen: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def told_of_a_night() -> list[str]:
        caplog.clear()
        pipeline.run(chosen)
        said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
        return sorted(line.partition(":")[0] for line in said if not line.startswith("check "))

    (tmp_path / "elders").mkdir()
    (tmp_path / "elders" / "x.json").write_bytes(told(ANOTHER))
    put(chosen, "brief.txt", FIRST, b"{")
    put(chosen, "los.txt", ANOTHER)
    (chosen.inbox / f"los.txt{SUFFIX}").symlink_to(tmp_path / "elders" / "x.json")
    (chosen.inbox / "map").symlink_to(tmp_path / "elders")
    (chosen.inbox / "weg.txt").symlink_to(tmp_path / "elders" / "x.json")
    (chosen.inbox / "in.zip").write_bytes(zip_in_zips(3))
    there = [f"brief.txt{SUFFIX}", "in.zip/0.zip/1.zip", f"los.txt{SUFFIX}", "map", "weg.txt"]
    assert told_of_a_night() == there
    assert told_of_a_night() == []
    put(chosen, "brief.txt", FIRST, b"{}")  # as wrong, but another one
    (chosen.inbox / "map").unlink()
    assert told_of_a_night() == [f"brief.txt{SUFFIX}"]
    (chosen.inbox / "map").symlink_to(tmp_path / "elders")
    assert told_of_a_night() == ["map"]  # which was away


def zip_in_zips(levels: int) -> bytes:
    """A letter in so many archives, each in the next."""
    content, name = ANOTHER.encode(), "brief.txt"
    for level in range(levels, 0, -1):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, content)
        content, name = file.getvalue(), f"{level - 2}.zip"
    return content


def test_what_is_no_letter_is_never_read_as_one(chosen: Settings) -> None:
    put(chosen, f"{NAME}.txt", FIRST, told(FIRST))
    for name in (f"weg.txt{SUFFIX}", f"{SUFFIX}", ".verborgen.txt", "~$brief.txt", "half.txt.part"):
        put(chosen, name, told(ANOTHER))
    todo = finding.found(chosen)
    assert ([file.source for file in todo.batches[0]], todo.rejected, todo.seen) == ([f"{NAME}.txt"], [], 1)


def test_a_sidecar_that_comes_later_takes_effect(chosen: Settings) -> None:
    put(chosen, "brief.txt", ANOTHER)
    pipeline.run(chosen)
    facts = "SELECT identifier, letter_date::VARCHAR, sender, licence FROM letter"
    office = "Minister van Justitie en Veiligheid"
    assert rows(chosen.warehouse, facts) == [(None, "2023-05-03", office, None)]
    put(chosen, "brief.txt", ANOTHER, told(ANOTHER, date=date(2024, 1, 2)))
    assert pipeline.run(chosen).read == 1
    assert rows(chosen.warehouse, facts) == [(NAME, "2024-01-02", office, "CC0-1.0")]
    assert values(chosen) == [900]
    assert pipeline.run(chosen).version is None
    (chosen.inbox / f"brief.txt{SUFFIX}").unlink()
    assert pipeline.run(chosen).version is None
    backfilling.run(chosen, Wanted(publish=True))
    assert rows(chosen.warehouse, facts) == [(NAME, "2024-01-02", office, "CC0-1.0")]


def test_the_kept_files_alone_give_the_same_again(chosen: Settings, at_once: Run) -> None:
    for name, (text, sidecar) in FILES.items():
        put(chosen, name, text, sidecar)
    pipeline.run(chosen)
    before = held(chosen)
    for path in sorted(chosen.inbox.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for version in store.versions(chosen.warehouse):
        version.path.unlink()
    done = at_once("repair", "--inbox", chosen.inbox, "--warehouse", chosen.warehouse)
    assert done.returncode == 0, done.stderr
    assert held(chosen) == before


FILES: dict[str, tuple[str, bytes | None]] = {
    "a.txt": (FIRST, None),
    "b/kst-28638-12.txt": (FIRST.replace("\n", "\n\n"), told(FIRST.replace("\n", "\n\n"))),
    "c.txt": (AGAIN, told(AGAIN, "2022-07-01")),
    "d.txt": (ANOTHER, None),
}


def test_the_order_of_the_nights_does_not_matter(chosen: Settings) -> None:
    at_once = chosen.model_copy(update={"warehouse": chosen.warehouse.with_name("at-once.duckdb")})
    for night in (["c.txt"], ["a.txt", "d.txt"], ["b/kst-28638-12.txt"]):
        for name in night:
            put(chosen, name, *FILES[name])
        pipeline.run(chosen)
    pipeline.run(at_once)
    assert held(chosen) == held(at_once)
    backfilling.run(chosen, Wanted(publish=True))
    assert held(chosen) == held(at_once)
