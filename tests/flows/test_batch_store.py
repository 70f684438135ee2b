"""Parcels through a folder, fsspec's memory and a server that speaks S3."""

from pathlib import Path

import fsspec
import pytest
from processes import Run
from test_cli import one_line

from flows import batch_store
from flows.errors import UserError


def names(where: str) -> list[str]:
    storage, folder = fsspec.url_to_fs(where)
    storage.invalidate_cache()
    return list(storage.find(folder)) if storage.exists(folder) else []


def test_what_is_put_there_comes_back_until_the_place_is_cleared(where: str) -> None:
    parcel = bytes(range(256)) * 999
    sent = [batch_store.put(where, parcel) for _ in range(2)]
    assert sent[0] != sent[1]
    assert len(names(where)) == 2
    batch_store.put(f"{where}/other", parcel)
    assert [batch_store.fetched(where, one) for one in [*sent, *sent]] == [parcel] * 4
    storage, _ = fsspec.url_to_fs(where)
    storage.pipe_file(next(name for name in names(where) if sent[1][10:].decode() in name), parcel[:-1])
    with pytest.raises(OSError, match="other bytes"):
        batch_store.fetched(where, sent[1])
    batch_store.cleared(f"{where}/other")
    assert len(names(where)) == 2
    batch_store.cleared(where)
    batch_store.cleared(where)
    assert names(where) == []
    with pytest.raises(FileNotFoundError):
        batch_store.fetched(where, sent[0])
    batch_store.check(where)
    assert names(where) == []
    assert batch_store.fetched(None, parcel) == batch_store.fetched(where, parcel) == parcel


def test_storage_that_cannot_be_opened_is_told_in_one_line(tmp_path: Path, at_once: Run) -> None:
    with pytest.raises(UserError, match="nosuch: storage of batches that can't be opened"):
        batch_store.put("nosuch://bucket/a", b"parcel")
    (tmp_path / "inbox").mkdir()
    done = at_once("nightly", KAMERCIJFERS_BATCHES="nosuch://bucket/a")
    assert done.returncode == 1
    assert "nosuch: storage of batches that can't be opened" in one_line(done)
