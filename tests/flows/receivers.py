"""Who is told: a webhook and a mail server on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Webhook:
    """What was posted; while `status` is no success, it is refused."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.types: list[str] = []
        self.status = 200
        self.url = ""

    def events(self) -> list[str]:
        """Events in the order in which they came."""
        return [alert["event"] for alert in self.told]


@contextmanager
def webhook() -> Iterator[Webhook]:
    """A webhook that takes JSON."""
    received = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            alert = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if received.status == 200:
                received.told.append(alert)
                received.types.append(self.headers["Content-Type"])
            self.send_response(received.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        received.url = f"http://127.0.0.1:{server.server_port}/hook"
        try:
            yield received
        finally:
            server.shutdown()


class Mailbox:
    """The mails that came; `url` leads to the server."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(  # noqa: N802 the name is aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.to.append(envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def mail_server(port: int) -> Iterator[Mailbox]:
    """A mail server that takes all mail."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    mailbox.port = port
    try:
        yield mailbox
    finally:
        controller.stop()
