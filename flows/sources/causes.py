"""Why a request came to nothing, in words that say what to look at; no text of the system's own."""

import socket
import ssl

import httpx

from flows.sources.errors import ADDRESS, AGAIN, SourceError, UnavailableError, WrongAnswerError

NETWORK = (
    "look whether this machine is on the network and the address is right ({address}), then harvest again"
)
CERTIFICATES = (
    "look at the address ({address}), this machine's clock and the certificates that it trusts "
    "(SSL_CERT_FILE), then harvest again"
)
PROXY = "look at HTTP_PROXY, HTTPS_PROXY and ALL_PROXY, then harvest again"

#: What stood in the way, what is said of it and what to do; the first that fits an error or its causes.
CAUSES: tuple[tuple[type[Exception], str, str], ...] = (
    (httpx.ProxyError, "the proxy doesn't let it be asked", PROXY),
    (socket.gaierror, "nothing is known by the name of its host", NETWORK),
    (ssl.SSLCertVerificationError, "has a certificate that isn't trusted", CERTIFICATES),
    (ssl.SSLError, "doesn't speak TLS", CERTIFICATES),
    (ConnectionRefusedError, "refuses the connection", ADDRESS),
    (ConnectionError, "breaks the connection off", AGAIN),
    (httpx.NetworkError, "can't be reached", NETWORK),
)


def cause(shown: str, error: Exception) -> SourceError:
    """What is to be said of a request to this address that ended with an error of httpx."""
    behind = _behind(error)
    for kind, told, todo in CAUSES:
        if any(isinstance(one, kind) for one in behind):
            return UnavailableError(f"{shown}: {told}", todo)
    if isinstance(error, httpx.RemoteProtocolError):
        return _of_protocol(shown, str(error))
    if isinstance(error, httpx.DecodingError):
        return WrongAnswerError(f"{shown}: answers with damaged bytes", AGAIN)
    return WrongAnswerError(f"{shown}: can't be asked")


def _of_protocol(shown: str, told: str) -> SourceError:
    if told.startswith("Server disconnected"):
        return WrongAnswerError(f"{shown}: hangs up without an answer")
    if "without sending complete message body" in told:
        return WrongAnswerError(f"{shown}: hangs up before the end of its answer", AGAIN)
    return WrongAnswerError(f"{shown}: doesn't answer as HTTP has it")


def _behind(error: BaseException | None) -> list[BaseException]:
    """An error and what it was made from."""
    found = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
