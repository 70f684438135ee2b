import hashlib
import os
import resource
from pathlib import Path

import pytest

from flows.errors import UserError
from flows.intake import Found, batches, contents, identified, intake
from flows.walking import letter_paths
from transforms.letters import letter_id
from transforms.schemas import FILE


def write(path: Path, content: bytes = b"tekst") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_letters_lie_at_any_depth_whatever_their_names_end_with(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.XML", "a/b/c.Pdf", "a.html", "brief", "a/b/brief.v2"):
        write(tmp_path / name, name.encode())
    found = intake(tmp_path).found
    assert [file.source for file in found] == [
        "a.html",
        "a/b/brief.v2",
        "a/b/c.Pdf",
        "a/z.XML",
        "b.txt",
        "brief",
    ]
    assert all(file.letter_id == letter_id(file.path.read_bytes()) for file in found)


@pytest.mark.parametrize(
    "name",
    [".brief.txt", ".git/brief.txt", "a/.~lock.brief.odt#", "~$brief.docx", "brief.xml.meta.json",
     "brief.xml.part", "brief.txt~", "brief.TMP", ".brief.txt.swp"],
)  # fmt: skip
def test_hidden_and_temporary_files_and_sidecars_are_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    files = intake(tmp_path)
    assert (files.found, files.rejected, files.seen) == ([], [], 0)


def test_of_files_with_the_same_bytes_the_first_path_is_read(tmp_path: Path) -> None:
    for name in ("c.txt", "b/a.txt", "d.txt"):
        write(tmp_path / name, b"dezelfde brief")
    files = intake(tmp_path)
    assert ([file.source for file in files.found], files.seen) == (["b/a.txt"], 3)


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "brief.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to("self")
    (tmp_path / "a" / "self.txt").symlink_to("self.txt")
    files = intake(tmp_path)
    assert [file.source for file in files.found] == ["a/brief.txt"]
    assert [(file.source, file.reason, file.letter_id) for file in files.rejected] == [
        ("a/self", "unreadable", None),
        ("a/self.txt", "unreadable", None),
    ]


def test_links_lead_to_letters_of_the_inbox_and_to_no_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = write(tmp_path / "elsewhere" / "brief.txt", b"geheim")
    inbox = tmp_path / "inbox"
    write(inbox / "z" / "brief.txt", b"brief")
    (inbox / "a.txt").symlink_to("z/brief.txt")
    (inbox / "b.txt").symlink_to(secret)
    (inbox / "c.txt").symlink_to("../elsewhere/brief.txt")
    (inbox / "share").symlink_to(tmp_path / "elsewhere")
    files = intake(inbox)
    assert [file.source for file in files.found] == ["a.txt"]
    assert [(file.source, file.letter_id, file.reason) for file in files.rejected] == [
        ("b.txt", None, "outside"), ("c.txt", None, "outside")
    ]  # fmt: skip
    assert (
        "share: folder passed over (leads out of the inbox; put what it leads to into the inbox itself)"
        in caplog.text
    )
    (tmp_path / "by-link").symlink_to(inbox)  # the inbox itself may be one
    assert [file.source for file in intake(tmp_path / "by-link").found] == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a\n02:00:00 INFO published.txt", r"a\n02:00:00 INFO published.txt"),
        ("\x1b[2J\x07.txt", r"\x1b[2J\x07.txt"),
        ("\u202etxt.exe\u200b.txt", r"\u202etxt.exe\u200b.txt"),
        ("a..txt", "a..txt"),
        ("=1+1 ‘é’ 😀.txt", "=1+1 ‘é’ 😀.txt"),
    ],
)
def test_a_name_that_steers_a_terminal_is_written_with_escapes(
    tmp_path: Path, name: str, source: str
) -> None:
    write(tmp_path / name)
    assert [file.source for file in intake(tmp_path).found] == [source]


def test_what_is_no_file_is_unreadable_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "gone.txt").symlink_to("nowhere")
    rejected = intake(tmp_path).rejected
    reasons = {file.source: (file.reason, file.letter_id) for file in rejected}
    assert reasons == {"pipe.txt": ("unreadable", None), "gone.txt": ("unreadable", None)}
    assert [file.detail for file in rejected] == [
        "No such file or directory; put the file there again, or take out what leads to it",
        "not a regular file; put a file in its place, or take it out of the inbox",
    ]


def test_a_large_file_is_set_aside_under_its_own_identity_without_being_held_in_memory(
    tmp_path: Path,
) -> None:
    size = 512 * 1024 * 1024
    with write(tmp_path / "groot.txt").open("wb") as file:
        file.truncate(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes
    (rejected,) = intake(tmp_path, max_bytes=1000).rejected
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (rejected.reason, str(size) in rejected.detail) == ("too_large", True)
    assert rejected.letter_id is not None
    assert grown * 1024 < size / 8


@pytest.mark.parametrize(("size", "kind"), [(10, Found), (11, tuple)])
def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path, size: int, kind: type) -> None:
    file = identified(write(tmp_path / "a.txt", b"x" * size), "a.txt", 10)
    assert isinstance(file, Found) is (kind is Found)


def test_a_name_that_is_no_utf_8_is_written_with_escapes(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_bytes(b"brief")
    files, rejected = contents(intake(tmp_path).found)
    assert (files["source"].to_list(), rejected) == ([r"caf\xe9.txt"], [])


def test_contents_are_the_bytes_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "bom.txt", b"\xef\xbb\xbfbrief")
    write(tmp_path / "cp1252.txt", b"cr\xe8che \x96")
    frame, rejected = contents(intake(tmp_path).found)
    assert frame.schema == FILE
    assert frame["content"].to_list() == [b"\xef\xbb\xbfbrief", b"cr\xe8che \x96"]
    assert rejected == []


def test_a_file_that_vanished_or_changed_since_is_set_aside_without_identity(tmp_path: Path) -> None:
    gone, grown, kept = (write(tmp_path / f"{name}.txt", name.encode()) for name in ("gone", "grown", "kept"))
    found = intake(tmp_path).found
    gone.unlink()
    grown.write_bytes(b"grown and still growing")
    frame, rejected = contents(found)
    assert frame["letter_id"].to_list() == [hashlib.sha256(b"kept").hexdigest()]
    assert [(file.source, file.reason, file.letter_id) for file in rejected] == [
        ("gone.txt", "unreadable", None),
        ("grown.txt", "unreadable", None),
    ]
    assert kept.exists()


def test_a_fault_that_may_pass_is_raised_unless_it_was_the_last_try(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")  # ELOOP is no fault that is known to last
    with pytest.raises(OSError, match="symbolic links"):
        intake(tmp_path, give_up=False)
    assert [file.reason for file in intake(tmp_path, give_up=True).rejected] == ["unreadable"]


def test_batches_are_bounded_by_letters_and_by_bytes() -> None:
    files = [
        Found(f"{n}.txt", Path(f"{n}.txt"), str(n), size) for n, size in enumerate([5, 5, 5, 90, 1, 1, 1])
    ]
    sizes = [[file.size for file in batch] for batch in batches(files, letters=3, max_bytes=12)]
    assert sizes == [[5, 5], [5], [90], [1, 1, 1]]
    assert batches([], letters=3, max_bytes=12) == []


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_an_inbox_that_is_no_folder_is_said(tmp_path: Path, name: str) -> None:
    write(tmp_path / "file")
    with pytest.raises(UserError, match=name):
        letter_paths(tmp_path / name)
