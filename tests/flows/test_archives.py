"""Zips in the inbox: each member is a letter of its own; what is harmful costs nothing but itself."""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from processes import Run
from small_documents import docx, zipped
from small_letters import letter, told_of
from test_runs import rows

from flows import archives, pipeline
from flows.intake import Intake, contents, intake
from flows.recognising import TICK_NS
from flows.settings import settings
from transforms.letters import letter_id
from warehouse import store

ONE, TWO = letter(1).encode(), letter(2).encode()
DOCX = docx("<w:p><w:r><w:t>Er waren 310 plaatsen.</w:t></w:r></w:p>")


def inbox_of(tmp_path: Path, **files: bytes) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def found(files: Intake) -> list[str]:
    return [file.source for file in files.found]


def set_aside(files: Intake) -> list[tuple[str, str]]:
    return [(file.source, file.reason) for file in files.rejected]


def test_members_are_letters_of_their_own(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path, b_zip=zipped({"een.txt": ONE, "map/twee.docx": DOCX}), a_txt=TWO)

    files = intake(inbox)

    assert found(files) == ["a.txt", "b.zip/een.txt", "b.zip/map/twee.docx"]
    assert [file.letter_id for file in files.found] == [letter_id(each) for each in (TWO, ONE, DOCX)]
    frame, rejected = contents(files.found)
    assert frame["content"].to_list() == [TWO, ONE, DOCX]
    assert rejected == []


@pytest.mark.parametrize("name", ["a.zip", "z.zip"])
def test_a_letter_that_lies_beside_a_zip_that_holds_it_is_named_by_its_own_file(
    tmp_path: Path, at_once: Run, name: str
) -> None:
    inbox = inbox_of(tmp_path, brief_txt=ONE, later_txt=ONE, y_txt=TWO)
    sidecars = [told_of(ONE, title=title) for title in ("in de zip", "ernaast")]
    (inbox / name).write_bytes(zipped({"een.txt": ONE, "een.txt.meta.json": sidecars[0]}))
    (inbox / "brief.txt.meta.json").write_bytes(sidecars[1])

    files = intake(inbox)

    assert found(files) == ["brief.txt", "y.txt"]
    first = files.found[0]
    assert (first.doubles, first.member, len(first.sidecars), files.seen) == (2, "", 2, 4)
    assert contents(files.found)[0]["content"].to_list() == [ONE, TWO]
    warehouse = tmp_path / "w.duckdb"
    arguments = ("nightly", "--inline", "--inbox", inbox, "--warehouse", warehouse)
    said = at_once(*arguments).stderr
    assert "4 files looked at: 0 known, 2 with the bytes of another, 2 read, 0 set aside" in said
    assert rows(warehouse, "SELECT source FROM letter ORDER BY 1") == [("brief.txt",), ("y.txt",)]
    assert "4 files looked at: 4 known, 0 read, 0 set aside" in at_once(*arguments).stderr


def test_a_document_is_no_archive_whatever_its_name(tmp_path: Path) -> None:
    assert found(intake(inbox_of(tmp_path, brief_zip=DOCX))) == ["brief.zip"]


def test_what_is_no_letter_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    members = {
        "__MACOSX/._een.txt": b"x",
        ".geheim": b"x",
        "een.xml.meta.json": b"{}",
        "map/": b"",
        "een.xml": ONE,
    }

    assert found(intake(inbox_of(tmp_path, a_zip=zipped(members)))) == ["a.zip/een.xml"]


def test_a_zip_within_a_zip_is_opened_and_none_within_that(tmp_path: Path) -> None:
    deepest = zipped({"drie.txt": b"drie"})
    inner = zipped({"twee.txt": TWO, "dieper.zip": deepest})
    files = intake(inbox_of(tmp_path, a_zip=zipped({"een.txt": ONE, "in.zip": inner})))

    assert found(files) == ["a.zip/een.txt", "a.zip/in.zip/twee.txt"]
    assert set_aside(files) == [("a.zip/in.zip/dieper.zip", "zip_bomb")]
    assert contents(files.found)[0]["content"].to_list() == [ONE, TWO]


NAMES = [
    "../../etc/passwd",
    "/etc/passwd",
    "..\\weg.txt",
    "C:\\weg.txt",
    "a\x1b[2Jb.txt",
    "\u202etxt.a",
    "gewoon.txt",
]


def test_names_from_within_are_text_and_lead_nowhere(tmp_path: Path) -> None:
    before = sorted(tmp_path.parent.rglob("*"))
    inbox = inbox_of(tmp_path, a_zip=zipped({name: f"brief {name!r}".encode() for name in NAMES}))
    files = intake(inbox)
    contents(files.found)

    assert len(files.found) == len(NAMES)
    assert all(file.source.startswith("a.zip/") and file.source.isprintable() for file in files.found)
    assert sorted(path for path in tmp_path.parent.rglob("*") if path not in before) == [
        inbox,
        inbox / "a.zip",
    ]


def test_a_bad_member_costs_no_other(tmp_path: Path) -> None:
    whole = zipped(
        {"een.txt": ONE, "kapot.txt": b"kapot" * 50, "nul.txt": b"0" * 50_000_000, "twee.txt": TWO}
    )
    content = bytearray(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        place = archive.getinfo("kapot.txt").header_offset
    at = place + 30 + len("kapot.txt")
    content[at : at + 6] = b"\xff" * 6
    files = intake(inbox_of(tmp_path, a_zip=bytes(content)))

    assert found(files) == ["a.zip/een.txt", "a.zip/twee.txt"]
    assert set_aside(files) == [("a.zip/kapot.txt", "broken"), ("a.zip/nul.txt", "zip_bomb")]


def test_a_member_with_a_password_or_too_large_is_set_aside(tmp_path: Path) -> None:
    content = bytearray(zipped({"een.txt": ONE, "slot.txt": b"slot", "groot.txt": os.urandom(5000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        place = archive.getinfo("slot.txt").header_offset
    content[place + 6] |= 1
    content[bytes(content).rfind(b"slot.txt") - 46 + 8] |= 1
    files = intake(inbox_of(tmp_path, a_zip=bytes(content)), max_bytes=4000)

    assert found(files) == ["a.zip/een.txt"]
    assert set_aside(files) == [("a.zip/slot.txt", "encrypted"), ("a.zip/groot.txt", "too_large")]


def test_an_archive_may_be_larger_than_a_letter(tmp_path: Path) -> None:
    members = {f"{number}.txt": os.urandom(3000) for number in range(5)}

    assert len(intake(inbox_of(tmp_path, a_zip=zipped(members)), max_bytes=4000).found) == 5


def test_what_unpacks_to_too_much_as_a_whole_is_set_aside_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 10_000)
    said = zipped({f"{number}.txt": os.urandom(3000) for number in range(5)})
    files = intake(inbox_of(tmp_path, a_zip=said))

    assert (found(files), set_aside(files)) == ([], [("a.zip", "zip_bomb")])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(zipped({}), "empty"), (zipped({"map/": b""}), "empty")],
    ids=["empty", "a folder"],
)
def test_a_zip_without_letters_is_set_aside(tmp_path: Path, content: bytes, reason: str) -> None:
    assert set_aside(intake(inbox_of(tmp_path, a_zip=content))) == [("a.zip", reason)]


def test_a_zip_that_breaks_off_is_no_archive_and_is_refused_when_it_is_read(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path, a_zip=zipped({"een.txt": ONE * 100})[:-30])

    assert found(intake(inbox)) == ["a.zip"]


def test_a_night_doesnt_open_a_zip_that_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = inbox_of(tmp_path, a_zip=zipped({"een.txt": ONE, "twee.txt": TWO}))
    time.sleep(TICK_NS / 1e9)
    chosen = settings(inbox=inbox, warehouse=tmp_path / "w.duckdb", workers=1)
    first = pipeline.run(chosen)
    monkeypatch.setattr(archives, "members", None)
    monkeypatch.setattr(archives, "is_archive", None)
    second = pipeline.run(chosen)

    assert (first.read, second.read, second.seen, second.known, second.version) == (2, 0, 2, 2, None)
    with store.connect(chosen.warehouse) as connection:
        rows = connection.sql("SELECT source FROM letter ORDER BY ALL").fetchall()
    assert rows == [("a.zip/een.txt",), ("a.zip/twee.txt",)]


def test_a_night_doesnt_open_a_zip_whose_members_are_known_or_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = inbox_of(
        tmp_path,
        a_zip=zipped(
            {"een.txt": ONE, "plaatje.png": b"\x89PNG\r\n\x1a\n" + bytes(40), "nul": b"0" * 50_000_000}
        ),
    )
    time.sleep(TICK_NS / 1e9)
    chosen = settings(inbox=inbox, warehouse=tmp_path / "w.duckdb", workers=1)
    first = pipeline.run(chosen)
    monkeypatch.setattr(archives, "is_archive", None)
    second = pipeline.run(chosen)

    assert (first.seen, first.read, first.rejected) == (3, 1, {"binary": 1, "zip_bomb": 1})
    assert (second.seen, second.known, second.read, second.rejected) == (3, 3, 0, {})


def test_a_zip_that_has_changed_is_unpacked_again(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path, a_zip=zipped({"een.txt": ONE}))
    files = intake(inbox)
    (inbox / "a.zip").write_bytes(zipped({"een.txt": TWO}))
    frame, rejected = contents(files.found)

    assert frame.is_empty()
    assert [file.reason for file in rejected] == ["unreadable"]


def test_extract_reads_zips(tmp_path: Path, at_once: Run) -> None:
    inbox = inbox_of(tmp_path, a_zip=zipped({"een.txt": ONE, "leeg.txt": b""}))
    told = at_once("extract", inbox / "a.zip")

    assert told.returncode == 1
    assert "a.zip/een.txt" in told.stdout
    assert "a.zip/leeg.txt" in told.stderr


def test_sidecars_in_a_zip_belong_to_the_letters_beside_them(tmp_path: Path) -> None:
    told, other = b'{"identifier": "kst-1-2"}', b'{"identifier": "kst-1-3"}'
    inner = zipped({"twee.xml": TWO, "twee.xml.meta.json": other})
    members = {"een.xml.meta.json": told, "een.xml": ONE, "map/een.xml": b"andere brief", "in.zip": inner}
    files = intake(inbox_of(tmp_path, a_zip=zipped(members)))
    frame, _ = contents(files.found)

    assert [[beside.source for beside in file.sidecars] for file in files.found] == [
        ["a.zip/een.xml.meta.json"],
        [],
        ["a.zip/in.zip/twee.xml.meta.json"],
    ]
    assert frame["sidecar"].to_list() == [told, None, other]


def test_a_sidecar_that_cant_be_read_costs_no_letter(tmp_path: Path) -> None:
    members = {"een.xml": ONE, "een.xml.meta.json": b"0" * 50_000_000}
    files = intake(inbox_of(tmp_path, a_zip=zipped(members)))

    assert [(file.source, file.sidecars) for file in files.found] == [("a.zip/een.xml", ())]


def test_a_night_believes_the_sidecars_in_a_zip(tmp_path: Path, at_once: Run) -> None:
    told = told_of(ONE, "7", "2022-07-01")
    inner = zipped({"diep/een.txt": ONE, "diep/een.txt.meta.json": told})
    other = told_of(ONE, "8", "2022-07-01")
    members = {"in.zip": inner, "win\\twee.txt": TWO, "win\\twee.txt.meta.json": other}
    inbox = inbox_of(tmp_path, a_zip=zipped(members))
    warehouse = tmp_path / "w.duckdb"
    done = at_once("nightly", "--inline", "--inbox", inbox, "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    facts = rows(warehouse, "SELECT source, modified::VARCHAR, licence FROM letter ORDER BY source")
    assert facts == [
        ("a.zip/in.zip/diep/een.txt", "2022-07-01 00:00:00", "CC0-1.0"),
        ("a.zip/win\\twee.txt", None, None),
    ]
    (warned,) = [line for line in done.stderr.splitlines() if "no sidecar of its letter" in line]
    assert "twee.txt.meta.json: no sidecar of its letter (its sha256 is that of other bytes)" in warned
    assert at_once("extract", inbox / "a.zip").returncode == 0


def test_a_spreadsheet_is_a_file_and_no_archive(tmp_path: Path) -> None:
    sheet = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>", "xl/b.xml": "<b/>"})
    files = intake(inbox_of(tmp_path, b_xlsx=sheet, a_zip=zipped({"map/cijfers.xlsx": sheet + b"\0"})))

    assert found(files) == ["a.zip/map/cijfers.xlsx", "b.xlsx"]
