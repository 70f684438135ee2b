"""How the harvest asks: one thing at a time, politely, nowhere else, and not for more than it can bear."""

import gzip
import itertools
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from harvests import HASTY, harvest, hasty, landed
from published import letters
from repository import Repository, open_repository
from serving_faults import Answer, Server, serving

from flows.harvest_settings import Harvest
from flows.sources import client, markup
from flows.sources.errors import NotThereError, SourceError, TooLargeError, UnavailableError, WrongAnswerError

XML = ("application/xml",)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server(lambda _path: Answer(b"<a>letter</a>"))) as one:
        yield one


@contextmanager
def getting(server: Server, **chosen: Any) -> Iterator[Callable[..., bytes]]:
    """Gets a path of the server, of a hundred bytes at most."""
    with client.opened(Harvest(**(HASTY | chosen)), server.url) as get:
        yield lambda path="/a", **more: get.get(f"{server.url}{path}", XML, 100, **more).content


def test_requests_come_one_at_a_time_with_a_pause_and_say_who_asks(tmp_path: Path) -> None:
    with open_repository(letters(4)) as repository:
        chosen = hasty(tmp_path / "inbox", repository.server.url, pause_seconds=0.05)
        harvest(chosen, dossiers=["28638"])
        asked = repository.server.asked
        assert repository.server.at_once == 1
        assert all(later.began - before.ended > 0.04 for before, later in itertools.pairwise(asked))
        assert {one.agent for one in asked} == {asked[0].agent}
        assert re.fullmatch(r"kamercijfers/[\d.]+ \(harvest@example\.org\)", asked[0].agent)


@pytest.mark.parametrize("fault", ["unavailable", "broken", "busy", "busy for a while", "busy until", "slow"])
def test_what_may_pass_is_asked_for_again_as_often_as_is_set(server: Server, fault: str) -> None:
    server.faults, server.stall = [fault] * 5, 0.8
    with getting(server, attempts=3, timeout_seconds=0.4) as get:
        with pytest.raises(UnavailableError):
            get()
        assert len(server.asked) == 3
        assert len(server.faults) == 2
        server.faults = [fault] * 2
        assert get() == b"<a>letter</a>"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 418, 501, 505])
def test_anything_else_is_asked_for_once(server: Server, status: int) -> None:
    server.answer = lambda _path: Answer(b"<html></html>", "text/html", status)
    with getting(server) as get, pytest.raises(SourceError, match=str(status)) as error:
        get()
    assert len(server.asked) == 1
    assert isinstance(error.value, NotThereError) == (status in (404, 410))


@pytest.mark.parametrize("fault", ["cut", "a page"])
def test_an_answer_that_is_not_whole_or_of_another_kind_is_none_and_not_asked_for_again(
    server: Server, fault: str
) -> None:
    server.faults = [fault]
    with getting(server) as get, pytest.raises(WrongAnswerError):
        get()
    assert len(server.asked) == 1


def test_a_server_that_is_gone_is_unavailable(server: Server) -> None:
    with getting(server) as get:
        server_url, server.url = server.url, "http://127.0.0.1:9"
        with pytest.raises(WrongAnswerError, match="a host that isn't one"):
            get()
        server.url = server_url
    with serving(Server(server.answer)) as gone:
        pass
    with getting(gone) as get, pytest.raises(UnavailableError):
        get()


@pytest.mark.parametrize(
    ("fault", "wait", "most", "least", "longest"),
    [
        ("busy for a while", 1, 5, 1.0, 2.5),
        ("busy until", 2, 5, 0.9, 3.5),  # a time has whole seconds
        ("busy for a while", 60, 0.2, 0.2, 1.5),
        ("busy until", 60, 0.2, 0.2, 1.5),
    ],
)
def test_a_server_is_given_the_time_that_it_asks_for_up_to_a_limit(
    server: Server, fault: str, wait: float, most: float, least: float, longest: float
) -> None:
    server.faults, server.wait = [fault], wait
    with getting(server, max_wait_seconds=most) as get:
        began = time.monotonic()
        get()
        assert least <= time.monotonic() - began < longest


def test_waits_grow_and_differ(server: Server) -> None:
    server.faults = ["unavailable"] * 3
    with getting(server, backoff_seconds=0.1) as get:
        get()
    gaps = [later.began - before.ended for before, later in itertools.pairwise(server.asked)]
    assert gaps[0] >= 0.1
    assert gaps[1] >= 0.2
    assert gaps[2] >= 0.4
    assert len({round(gap * 1000) for gap in gaps}) == 3


def test_a_body_of_too_many_bytes_is_not_read(server: Server) -> None:
    large = Answer(b"x" * 5_000_000)
    server.answer = lambda _path: large
    with getting(server) as get, pytest.raises(TooLargeError, match="more than 100 bytes"):
        get()


def test_a_body_of_unannounced_length_is_cut_off(server: Server) -> None:
    large = Answer(b"x" * 5_000_000)
    server.answer, server.faults = lambda _path: large, ["cut unannounced"]
    with getting(server) as get, pytest.raises(TooLargeError):
        get()


def test_a_body_that_drips_is_given_up(server: Server) -> None:
    with ExitStack() as stack:
        dripping = stack.enter_context(_dripping())
        get = stack.enter_context(
            client.opened(Harvest(**(HASTY | {"max_seconds": 0.4, "attempts": 1})), dripping)
        )
        began = time.monotonic()
        with pytest.raises(UnavailableError, match=r"more than 0\.4 seconds"):
            get.get(f"{dripping}/a", XML, 100)
        assert time.monotonic() - began < 2


@contextmanager
def _dripping() -> Iterator[str]:
    """A server that sends a byte every twentieth of a second."""

    def drip() -> None:
        connection, _ = listening.accept()
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 99\r\n\r\n")
        try:
            for _ in range(60):
                connection.sendall(b"x")
                time.sleep(0.05)
        except OSError:
            pass
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_size_that_was_announced_is_held_to(server: Server) -> None:
    with getting(server) as get:
        assert get(size=13) == b"<a>letter</a>"
        with pytest.raises(WrongAnswerError, match="13 bytes came, 14 were announced"):
            get(size=14)


def test_compressed_bodies_are_read_and_count_as_what_they_become(server: Server) -> None:
    for content, error in ((b"<a>letter</a>", None), (b" " * 1_000_000, TooLargeError)):
        answer = Answer(gzip.compress(content), headers=(("Content-Encoding", "gzip"),))
        server.answer = lambda _path, answer=answer: answer
        with getting(server) as get:
            if error:
                with pytest.raises(error):
                    get()
            else:
                assert get() == content


def test_redirects_are_followed_within_the_hosts_of_the_source_alone(server: Server) -> None:
    with serving(Server(lambda _path: Answer(b"<a>stolen</a>"))) as other:
        places = {
            "/moved": "/a",
            "/far": f"{other.url}/a",
            "/local": "http://localhost:1/a",
            "/file": "file:///etc/passwd",
            "/user": server.url.replace("//", "//user:password@"),
            "/nowhere": "",
        }

        def answer(path: str) -> Answer:
            if path in places:
                return Answer(b"", "text/html", 302, (("Location", places[path]),))
            return Answer(b"<a>letter</a>")

        server.answer = answer
        with getting(server) as get:
            assert get("/moved") == b"<a>letter</a>"
            for path in ("/far", "/local", "/file", "/user", "/nowhere"):
                with pytest.raises(WrongAnswerError, match=r"leads to a host|redirected more than"):
                    get(path)
        assert other.asked == []


def test_addresses_in_records_are_followed_to_the_hosts_of_the_source_alone(tmp_path: Path) -> None:
    with open_repository(letters(2)) as repository, serving(Server(lambda _path: Answer(b"<a/>"))) as other:
        repository.documents[0].elsewhere = other.url
        done = harvest(hasty(tmp_path / "inbox", repository.server.url), dossiers=["28638"])
        assert (done.fetched, done.failed) == (1, 1)
        assert other.asked == []


NESTED = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in itertools.pairwise("abcdefghij"))
BOMB = f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{NESTED}]>'


def test_no_entity_is_expanded_and_nothing_is_fetched_while_xml_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    with serving(Server(lambda _path: Answer(b'<!ENTITY a "geheim">'))) as other:
        for begin in (
            BOMB,
            f'<!DOCTYPE a [<!ENTITY j SYSTEM "{secret.as_uri()}">]>',
            f'<!DOCTYPE a [<!ENTITY j SYSTEM "{other.url}/a">]>',
            f'<!DOCTYPE a SYSTEM "{other.url}/a.dtd">',
            f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{other.url}/a.dtd"> %p;]>',
        ):
            try:
                root = markup.parsed(f"{begin}<a>brief &j;</a>".encode())
            except ValueError:
                continue
            assert markup.text(root) in ("brief", "brief &j;")
        assert other.asked == []


def test_a_list_that_is_a_bomb_stops_the_harvest_at_once(tmp_path: Path) -> None:
    with open_repository(letters(2)) as repository:
        repository.doctype = BOMB.replace("DOCTYPE a", "DOCTYPE sru:searchRetrieveResponse")
        repository.documents[0].title = "Bommen; Brief &j;"
        began = time.monotonic()
        harvest(hasty(tmp_path / "inbox", repository.server.url), dossiers=["28638"])
        assert time.monotonic() - began < 5
        assert all("aaaa" not in str(facts) for facts in landed(tmp_path / "inbox").values())


def test_pages_without_end_are_not_asked_for_without_end(tmp_path: Path) -> None:
    def for_ever(repository: Repository) -> Callable[[str], Answer]:
        whole = repository.answer
        return lambda path: whole(re.sub(r"startRecord=\d+", "startRecord=1", path))

    with open_repository(letters(120)) as repository:
        repository.server.answer = for_ever(repository)
        chosen = hasty(tmp_path / "inbox", repository.server.url, max_pages=7)
        done = harvest(chosen, dossiers=["28638"])
        assert done.stopped
        assert "more than 7 pages" in done.stopped
        assert len([one for one in repository.server.asked if one.path.startswith("/sru")]) == 7
        assert done.fetched == 100
