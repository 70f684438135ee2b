"""Storages that fsspec reaches: a folder, its memory, and a server on loopback that speaks S3."""

import logging
from collections.abc import Iterator
from pathlib import Path

import fsspec
import httpx
import pytest
from moto.server import ThreadedMotoServer
from processes import free_port


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Variables that lead to a server with the bucket `kamercijfers`; they are set here too."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it is no program of ours that is told of
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    variables = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server._port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    try:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        httpx.post(f"{variables['AWS_ENDPOINT_URL']}/moto-api/reset")  # all servers of a process are one
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir("kamercijfers")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        yield variables
    finally:
        server.stop()
        fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.fixture(params=["folder", "file", "memory", "s3"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place in each of them."""
    if request.param == "s3":
        request.getfixturevalue("s3")
    return {
        "folder": f"{tmp_path}/b",
        "file": f"file://{tmp_path}/b",
        "memory": f"memory://{tmp_path.name}/b",
        "s3": "s3://kamercijfers/b",
    }[str(request.param)]
