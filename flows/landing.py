"""Harvested letters on their way into the inbox: whole files, each with its sidecar, none over another.

What the harvest remembers lies in the inbox too, in the folder `.harvest`: it tells what this inbox has been
given, and goes with it wherever it is moved.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from flows.errors import UserError
from flows.sources import LICENCE, Fetched, Record
from transforms.sidecars import MAX_BYTES, SUFFIX, Sidecar, sidecar, written
from warehouse.errors import LockedError
from warehouse.files import sync
from warehouse.locking import named_in, this_process

STATE = ".harvest"
#: How a file is called while it is being written.
WRITING = ".writing"
LONGEST_NAME = 80


@contextmanager
def locked(inbox: Path) -> Iterator[None]:
    """Be the only harvest that fills this inbox, which is made where there is none.

    Raises LockedError where another one does, UserError where it can't be a folder to write to.
    """
    try:
        (inbox / STATE).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _is_no_inbox(inbox, error) from error
    path = inbox / STATE / "lock"
    lock = FileLock(path, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise _is_held(inbox, path) from None
    try:
        path.write_text(json.dumps(this_process()._asdict()))
        for left in (*inbox.glob(f".*{WRITING}"), *(inbox / STATE).glob(f".*{WRITING}")):
            left.unlink()
        yield
    finally:
        with suppress(OSError):
            os.truncate(path, 0)
        lock.release()


def _is_no_inbox(inbox: Path, error: OSError) -> UserError:
    if inbox.exists() and not inbox.is_dir():
        return UserError(f"{inbox}: is a file, a folder for letters is needed (--inbox)")
    return UserError(f"{inbox}: can't be made or written to ({error.strerror}): give another --inbox")


def _is_held(inbox: Path, path: Path) -> LockedError:
    holder = named_in(path)
    who = f" ({holder})" if holder else ""
    return LockedError(
        f"another harvest fills {inbox}{who}: wait for it to end", *(holder or (None, None, None))
    )


class Landed:
    """Letters of earlier harvests in an inbox, found by their identifier."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._names: dict[str, set[str]] = {}  # of sidecars, by how they begin
        self._addresses: dict[str, set[str]] | None = None  # how they begin, by source_url
        if inbox.is_dir():
            for entry in os.scandir(inbox):
                if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                    self._note(entry.name)

    def _note(self, name: str) -> None:
        self._names.setdefault(name.partition(".")[0], set()).add(name)

    def of(self, identifier: str) -> list[tuple[Path, Sidecar]]:
        """Files of a letter, each with its sidecar; one whose letter was moved away is none."""
        return [
            (path, facts)
            for path, facts in self._beginning(stem(identifier))
            if facts.identifier == identifier
        ]

    def _beginning(self, beginning: str) -> Iterator[tuple[Path, Sidecar]]:
        for name in sorted(self._names.get(beginning, ())):
            facts = self._read(name)
            path = self._inbox / name.removesuffix(SUFFIX)
            if facts and path.exists():
                yield path, facts

    def _read(self, name: str) -> Sidecar | None:
        try:
            with (self._inbox / name).open("rb") as file:
                facts = sidecar(file.read(MAX_BYTES + 1))
        except OSError:
            return None
        return facts if isinstance(facts, Sidecar) else None

    def known(self, record: Record, source: str) -> tuple[Path, Sidecar] | None:
        """The letter in this state, where it is here; one modified on the day it came may be so again."""
        is_day = len(record.modified) == len("2026-11-30")
        for path, facts in self.of(record.identifier):
            has_it = facts.source == source and facts.modified == record.modified and not facts.withdrawn
            if has_it and not (is_day and facts.retrieved_at.date().isoformat() <= record.modified):
                return path, facts
        return None

    def add_dossiers(self, record: Record, source: str) -> None:
        """Note the dossiers of a known letter that it wasn't listed in before."""
        if known := self.known(record, source):
            path, facts = known
            added = tuple(one for one in record.dossiers if one not in facts.dossiers)
            if added:
                self._write_sidecar(path, facts._replace(dossiers=facts.dossiers + added))

    def take(self, fetched: Fetched, source: str, query: str) -> bool:
        """Put a letter into the inbox; False where these bytes are there already."""
        facts = _facts(fetched, source, query)
        for path, held in self.of(facts.identifier):
            if held.sha256 == facts.sha256:
                if held.source != source:  # both have it
                    return False
                if held.modified == facts.modified:
                    added = tuple(one for one in held.dossiers if one not in facts.dossiers)
                    facts = facts._replace(dossiers=facts.dossiers + added)
                self._write_sidecar(path, facts)
                return False
        path = self._path_for(facts, fetched.form.kind)
        self._write_sidecar(path, facts)  # first: a letter that is there has its sidecar
        if os.path.lexists(path):
            return False
        _write(path, fetched.content)
        return True

    def withdraw(self, record: Record) -> bool:
        """Note that the source took a letter back, and when; False where that is known, or it isn't here."""
        if self._addresses is None:
            self._addresses = {}
            for beginning, names in self._names.items():
                for name in names:
                    if facts := self._read(name):
                        self._addresses.setdefault(facts.source_url, set()).add(beginning)
        is_news = False
        for beginning in self._addresses.get(record.address, ()):
            for path, facts in list(self._beginning(beginning)):
                if facts.source_url == record.address and not facts.withdrawn:
                    self._write_sidecar(path, facts._replace(withdrawn=True, retrieved_at=_now()))
                    is_news = True
        return is_news

    def _path_for(self, facts: Sidecar, kind: str) -> Path:
        """Path for a new file, or that of these very bytes where they lie there without a sidecar.

        It is the identifier, and the time of its modification where that is taken.
        """
        day = re.sub(r"[^0-9a-z]+", "-", facts.modified.lower()).strip("-") or "undated"
        for name in (f"{stem(facts.identifier)}", f"{stem(facts.identifier)}.{day}"):
            path = self._inbox / f"{name}.{kind}"
            if not os.path.lexists(path) or _sha256(path) == facts.sha256:
                return path
        return self._inbox / f"{name}.{facts.sha256[:12]}.{kind}"

    def _write_sidecar(self, path: Path, facts: Sidecar) -> None:
        name = f"{path.name}{SUFFIX}"
        _write(self._inbox / name, written(facts))
        self._note(name)
        if self._addresses is not None:
            self._addresses.setdefault(facts.source_url, set()).add(name.partition(".")[0])


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _facts(fetched: Fetched, source: str, query: str) -> Sidecar:
    record = fetched.record
    return Sidecar(
        identifier=record.identifier,
        dossiers=record.dossiers,
        date=record.date,
        issued=record.issued,
        available=record.available,
        modified=record.modified,
        title=record.title,
        creator=record.creator,
        type=record.type,
        source_url=fetched.form.url,
        retrieved_at=_now(),
        licence=LICENCE,
        sha256=hashlib.sha256(fetched.content).hexdigest(),
        withdrawn=False,
        source=source,
        query=query,
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def stem(identifier: str) -> str:
    """How the files of a letter begin; what can't stand there is left out, and made up for by a hash."""
    tidy = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[:LONGEST_NAME]
    if tidy and tidy == identifier.lower():
        return tidy
    return f"{tidy or 'letter'}-{hashlib.sha256(identifier.encode()).hexdigest()[:12]}"


def _write(path: Path, content: bytes) -> None:
    """Put a file in place, whole; raises UserError where it can't be, as when the disk is full."""
    writing = path.with_name(f".{path.name}{WRITING}")
    try:
        with writing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        writing.replace(path)
    except OSError as error:
        told = f"{path}: can't be written ({error.strerror})"
        raise UserError(f"{told}; harvest again when it can, which goes on from here") from error


class Watermarks:
    """Up to which day each query has been answered and its letters are in the inbox."""

    def __init__(self, inbox: Path) -> None:
        self._path = inbox / STATE / "watermarks.json"
        self._inbox = inbox

    def all(self) -> list[dict[str, str]]:
        """A mark for each query: source, url, query, types, watermark, moved_at."""
        try:
            held = json.loads(self._path.read_text("utf-8"))
            return [{str(name): str(value) for name, value in one.items()} for one in held]
        except (OSError, ValueError, AttributeError, TypeError):
            return []

    def of(self, query: dict[str, str]) -> str | None:
        """The mark of a query, a day."""
        for one in self.all():
            if query.items() <= one.items():
                with suppress(ValueError):
                    return date.fromisoformat(one.get("watermark", "")).isoformat()
        return None

    def move(self, query: dict[str, str], day: str) -> None:
        """Set the mark of a query, after its letters are safe."""
        sync(self._inbox)
        others = [one for one in self.all() if not query.items() <= one.items()]
        mark = query | {"watermark": day, "moved_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        _write(self._path, json.dumps([*others, mark], ensure_ascii=False, indent=1).encode())
        sync(self._path.parent)
