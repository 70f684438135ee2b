"""Servers on loopback that fail as sources do: by name, so that a test says which failure it is about."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: What is answered, whatever is asked; nothing: the server hangs up.
ANSWERS = {
    "hangs up": b"",
    "no HTTP": b"220 ready\r\n\r\n",
    "404": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "500": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "no XML": b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 3\r\n\r\n<a>",
    "another": b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>",
    "cut off": b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 40\r\n\r\n<a/>",
    "no TLS": b"HTTP/1.1 400 Bad Request\r\n\r\n",
}


@contextmanager
def failing(failure: str, folder: Path) -> Iterator[str]:
    """The address of a source that fails like this; a folder for its certificate."""
    if failure == "unknown":
        yield "http://nowhere.invalid/sru"
        return
    with ExitStack() as opened:
        listening = opened.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        is_safe = failure in ("untrusted", "no TLS")
        if failure == "refused":
            listening.close()
        elif failure == "untrusted":
            wrap = partial(_of_its_own(folder).wrap_socket, server_side=True)
            opened.enter_context(_serving(listening, lambda connection: wrap(connection).close()))
        elif failure != "silent":
            opened.enter_context(_serving(listening, lambda one: _answer(one, ANSWERS[failure])))
        yield f"{'https' if is_safe else 'http'}://{host}/sru"


@contextmanager
def _serving(listening: socket.socket, answer: Callable[[socket.socket], None]) -> Iterator[None]:
    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with closing(connection), suppress(OSError):
                    answer(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _answer(connection: socket.socket, content: bytes) -> None:
    connection.recv(65536)
    connection.sendall(content)
    connection.shutdown(socket.SHUT_WR)


def _of_its_own(folder: Path) -> ssl.SSLContext:
    """What a server needs whose certificate nobody but itself has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    told = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "own.pem").write_bytes(told + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return context
