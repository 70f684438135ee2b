"""Parcels through a folder, fsspec's memory and a server that speaks S3."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from moto.server import ThreadedMotoServer
from processes import Run, free_port
from test_cli import one_line

from flows import batch_store
from flows.errors import UserError


@pytest.fixture(params=["folder", "file", "memory", "s3"])
def where(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param != "s3":
        yield {"folder": f"{tmp_path}/b", "file": f"file://{tmp_path}/b", "memory": "memory://b"}[
            request.param
        ]
        return
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    try:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server._port}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir("kamercijfers")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        yield "s3://kamercijfers/batches"
    finally:
        server.stop()


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
    with pytest.raises(UserError, match="nosuch: storage that can't be opened"):
        batch_store.put("nosuch://bucket/a", b"parcel")
    (tmp_path / "inbox").mkdir()
    done = at_once("nightly", KAMERCIJFERS_BATCHES="nosuch://bucket/a")
    assert done.returncode == 1
    assert "nosuch: storage that can't be opened" in one_line(done)
