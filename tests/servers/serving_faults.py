"""A server on loopback that answers as told, and with each fault that servers and networks have."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

PAGE = b"<!DOCTYPE html>\n<html><head><title>Storing</title></head><body><h1>Even geduld</h1></body></html>"


class Answer(NamedTuple):
    """What a server answers."""

    content: bytes
    content_type: str = "application/xml"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """A request: what for, by whom, from when to when (seconds)."""

    path: str
    agent: str
    began: float
    ended: float


#: Faults by which an answer doesn't come, or not whole.
FAULTS = (
    "unavailable",
    "broken",
    "busy",
    "busy for a while",
    "busy until",
    "slow",
    "cut",
    "cut unannounced",
    "gone",
    "a page",
)


@dataclass
class Server:
    """How a server behaves, and what it was asked."""

    answer: Callable[[str], Answer]
    url: str = ""
    faults: list[str | None] = field(default_factory=list)  # of the next requests
    rate: float = 0.0  # of each fault, in any request
    only: str = ""  # faults befall requests whose path holds this
    stall: float = 2.0  # seconds that a slow answer takes
    wait: float = 0.0  # seconds that a busy server asks for
    asked: list[Asked] = field(default_factory=list)
    befell: Counter[str] = field(default_factory=Counter)
    at_once: int = 0  # requests at the same time, at most
    chance: random.Random = field(default_factory=lambda: random.Random(28638))
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, path: str) -> str | None:
        """The fault that befalls this request."""
        with self._lock:
            if self.only not in path:
                return None
            found = self.faults.pop(0) if self.faults else None
            if found is None and self.rate:
                place = self.chance.random() / self.rate
                found = FAULTS[int(place)] if place < len(FAULTS) else None
            if found:
                self.befell[found] += 1
            return found

    @contextmanager
    def counted(self, path: str, agent: str) -> Iterator[None]:
        """Note a request."""
        with self._lock:
            self._now += 1
            self.at_once = max(self.at_once, self._now)
            place = len(self.asked)
            self.asked.append(Asked(path, agent, time.monotonic(), 0))
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1
                self.asked[place] = self.asked[place]._replace(ended=time.monotonic())


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Serve on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self) -> None:
            with server.counted(self.path, self.headers.get("User-Agent", "")):
                fault = server.fault(self.path)
                try:
                    _befall(self, server, fault) if fault else _send(self, server.answer(self.path))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """Say nothing of clients that are gone; what else is wrong, the tests see."""

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        server.url = f"http://127.0.0.1:{listening.server_port}"
        threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            listening.shutdown()


def _send(
    handler: BaseHTTPRequestHandler, answer: Answer, *, announced: int | None = None, ends: bool = False
) -> None:
    handler.send_response(answer.status)
    for name, value in answer.headers:
        handler.send_header(name, value)
    if answer.content_type:
        handler.send_header("Content-Type", answer.content_type)
    if not ends:
        handler.send_header("Content-Length", str(len(answer.content) if announced is None else announced))
    else:
        handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(answer.content)
    handler.wfile.flush()
    handler.close_connection = handler.close_connection or ends or announced is not None


def _befall(handler: BaseHTTPRequestHandler, server: Server, fault: str) -> None:
    """Answer with a fault."""
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=server.wait), usegmt=True)
    pages = {
        "unavailable": Answer(PAGE, "text/html", 503),
        "broken": Answer(PAGE, "text/html", 500),
        "busy": Answer(b"", "", 429),
        "busy for a while": Answer(PAGE, "text/html", 429, (("Retry-After", f"{server.wait:.0f}"),)),
        "busy until": Answer(PAGE, "text/html", 503, (("Retry-After", until),)),
        "gone": Answer(PAGE, "text/html", 404),
        "a page": Answer(PAGE, "text/html", 200),
        "refused": Answer(PAGE, "text/html", 403),
    }
    if fault in pages:
        _send(handler, pages[fault])
        return
    whole = server.answer(handler.path)
    part = whole._replace(content=whole.content[: max(1, len(whole.content) * 2 // 3)])
    if fault == "slow":
        _send(handler, part, announced=len(whole.content))
        time.sleep(server.stall)
    elif fault == "cut":
        _send(handler, part, announced=len(whole.content))
    elif fault == "cut unannounced":
        _send(handler, part, ends=True)
    else:
        raise ValueError(fault)
