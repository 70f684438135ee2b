"""Polite HTTP: one request at a time, a pause between them, only hosts that are named, all within limits."""

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
import stamina

from flows.cleaning import escaped
from flows.errors import UserError
from flows.harvest_settings import Harvest
from flows.sources.causes import cause
from flows.sources.errors import AGAIN, NotThereError, TooLargeError, UnavailableError, WrongAnswerError

log = logging.getLogger(__name__)

#: What a server may do better in a moment; nothing else is asked for twice.
PASSING = (429, 500, 502, 503, 504)
GONE = (404, 410)
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5
#: What may be anything, where a server doesn't know better.
UNTOLD = ("", "application/octet-stream", "binary/octet-stream")


class Answer(NamedTuple):
    """A whole answer, the type that it says it has, and the address that it came from."""

    content: bytes
    content_type: str
    url: str


class _NotNowError(UnavailableError):
    """Nothing came in time, or the server said that it can't now; and how many seconds it asked for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Client:
    """Gets addresses, one after the other."""

    def __init__(self, http: httpx.Client, harvest: Harvest, url: str) -> None:
        self._http, self._harvest = http, harvest
        self._origins = {_origin(url), *(f"https://{host}" for host in harvest.hosts)}
        self._rested = 0.0  # when the pause after the last request is over
        self._shown = ""  # the address that is being asked, without its query

    def get(self, url: str, types: tuple[str, ...], max_bytes: int, *, size: int | None = None) -> Answer:
        """The answer at this address, which is to have one of these types and, if told, this size.

        Raises SourceError: NotThereError, TooLargeError, WrongAnswerError, or UnavailableError where it
        didn't come in as many attempts as are made.
        """
        self._shown = shown = url.partition("?")[0]
        for attempt in stamina.retry_context(
            on=self._wait_after,
            attempts=self._harvest.attempts,
            timeout=None,
            wait_initial=self._harvest.backoff_seconds,
            wait_max=self._harvest.max_wait_seconds,
            wait_jitter=self._harvest.backoff_seconds,
        ):
            with attempt:
                answer = self._got(url, max_bytes)
        if answer.content_type not in types and answer.content_type not in UNTOLD:
            raise WrongAnswerError(f"{shown}: answers with {answer.content_type}, not {types[0]}")
        if size is not None and len(answer.content) != size:
            raise WrongAnswerError(f"{shown}: {len(answer.content)} bytes came, {size} were announced", AGAIN)
        return answer

    def tell(self, details: stamina.instrumentation.RetryDetails) -> None:
        """Say that the address is to be asked again, and when; why is said where all is in vain."""
        attempt = f"{details.retry_num + 1} of {self._harvest.attempts}"
        log.info("%s: asking again in %.0f s, attempt %s", self._shown, details.wait_for, attempt)

    def _wait_after(self, error: Exception) -> bool | float:
        """Whether what went wrong may pass, or after how many seconds it is to be asked for again."""
        if not isinstance(error, _NotNowError):
            return False
        if error.wait is None:
            return True
        jitter = random.uniform(0, self._harvest.backoff_seconds)  # noqa: S311 no secret
        return min(error.wait, self._harvest.max_wait_seconds) + jitter

    def _got(self, url: str, max_bytes: int) -> Answer:
        """The answer after redirects, each of which is looked at before it is followed."""
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            address = self._allowed(address)
            shown = address.partition("?")[0]
            self._pause()
            try:
                with self._http.stream("GET", address) as response:
                    if response.status_code not in REDIRECTS:
                        return self._read(response, address, shown, max_bytes)
                    address = urljoin(address, response.headers.get("Location", ""))
            except httpx.TimeoutException as error:
                raise _NotNowError(f"{shown}: no answer in time") from error
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
                raise cause(shown, error) from error
            finally:
                self._rested = time.monotonic() + self._harvest.pause_seconds
        raise WrongAnswerError(f"{shown}: is redirected more than {MAX_REDIRECTS} times")

    def _allowed(self, url: str) -> str:
        """The address, by https where it may be; raises SourceError for a host that isn't named."""
        try:
            parts = urlsplit(url)
            origin = _origin(url)
        except ValueError:
            origin, parts = "", urlsplit("")
        if origin in self._origins and not parts.username:
            return url
        safe = urlunsplit(parts._replace(scheme="https"))
        if parts.scheme == "http" and _origin(safe) in self._origins and not (parts.port or parts.username):
            return safe
        raise WrongAnswerError(f"{url}: leads to a host that isn't one of the source's")

    def _pause(self) -> None:
        time.sleep(max(0.0, self._rested - time.monotonic()))

    def _read(self, response: httpx.Response, url: str, shown: str, max_bytes: int) -> Answer:
        status = response.status_code
        if status in PASSING:
            raise _NotNowError(f"{shown}: answers {_status(response)}", _retry_after(response.headers))
        if status in GONE:
            raise NotThereError(f"{shown}: isn't there ({status})")
        if status != httpx.codes.OK:
            raise WrongAnswerError(f"{shown}: answers {_status(response)}")
        content = self._body(response, shown, max_bytes)
        kind = Message()
        kind["Content-Type"] = response.headers.get("Content-Type", "")
        told = kind.get_content_type() if kind["Content-Type"] else ""
        return Answer(content, told, url)

    def _body(self, response: httpx.Response, shown: str, max_bytes: int) -> bytes:
        """The body, cut off where it is too long or takes too long."""
        announced = response.headers.get("Content-Length", "")
        too_large = TooLargeError(f"{shown}: has more than {max_bytes} bytes")
        if announced.isdecimal() and int(announced) > max_bytes:
            raise too_large
        until = time.monotonic() + self._harvest.max_seconds
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > max_bytes:
                raise too_large
            if time.monotonic() > until:
                raise _NotNowError(f"{shown}: takes more than {self._harvest.max_seconds:g} seconds")
        if announced.isdecimal() and response.num_bytes_downloaded != int(announced):
            raise WrongAnswerError(
                f"{shown}: {response.num_bytes_downloaded} bytes came, of {announced}", AGAIN
            )
        return bytes(content)


@contextmanager
def opened(harvest: Harvest, url: str) -> Iterator[Client]:
    """A client for the source at this address."""
    if not harvest.contact:
        log.warning("no contact is set (KAMERCIJFERS_HARVEST__CONTACT): the source can't tell who asks")
    headers = {
        "User-Agent": f"kamercijfers/{version('kamercijfers')}{_contact(harvest)}",
        "Accept-Encoding": "gzip",
    }
    timeout = httpx.Timeout(harvest.timeout_seconds)
    limits = httpx.Limits(max_connections=1)
    try:
        http = httpx.Client(headers=headers, timeout=timeout, limits=limits, trust_env=True)
    except (ValueError, ImportError) as error:
        raise UserError(
            "HTTP_PROXY, HTTPS_PROXY or ALL_PROXY: names no proxy such as http://HOST:PORT"
        ) from error
    except OSError as error:
        raise UserError("SSL_CERT_FILE or SSL_CERT_DIR: holds no certificates that can be read") from error
    with http:
        client = Client(http, harvest, url)
        stamina.instrumentation.set_on_retry_hooks([client.tell])
        yield client


def _status(response: httpx.Response) -> str:
    return f"{response.status_code} {escaped(response.reason_phrase)}"[:80].strip()


def _contact(harvest: Harvest) -> str:
    return f" ({harvest.contact})" if harvest.contact else ""


def _origin(url: str) -> str:
    """Scheme, host and, where it isn't the usual one, port."""
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{(parts.hostname or '').lower()}{port}"


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that a server asks for, by their number or by the time when they are over."""
    told = headers.get("Retry-After", "").strip()
    if told.isdecimal() and len(told) < 10:
        return float(told)
    try:
        when = parsedate_to_datetime(told)
    except ValueError:
        return None
    if when.tzinfo is None:  # -0000
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
