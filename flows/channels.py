"""Where alerts go: a webhook and a mail server, each a block of Prefect.

A setting names a block that is saved in Prefect, or has the address for one made here: that one needs no
Prefect server, so an alert that there is none gets through.
"""

import asyncio
import contextvars
import json
import platform
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from flows import engine
from flows.cleaning import escaped
from flows.settings import EMAIL_BLOCK, SMTP_SCHEMES, WEBHOOK_BLOCK, Settings

if TYPE_CHECKING:
    from prefect.blocks.webhook import Webhook
    from prefect_email import EmailServerCredentials

#: What is told, as JSON has it.
Alert = dict[str, Any]

#: A receiver that takes longer, by whatever part of an answer, has failed.
SECONDS = 30


class Channel(NamedTuple):
    """A way to tell somebody; `send` raises an Exception where it can't."""

    name: str
    send: Callable[[Alert], None]


def opened(settings: Settings) -> tuple[list[Channel], dict[str, str]]:
    """The channels of the settings, and why one can't be used, by its name; a saved block is loaded."""
    engine.prepare(settings)
    makers: dict[str, tuple[SecretStr | None, Callable[[str], Callable[[Alert], None]]]] = {
        "webhook": (settings.alert_webhook, _webhook),
        "email": (settings.alert_email, partial(_email, settings)),
    }
    channels, failed = [], {}
    for name, (address, make) in makers.items():
        if address is None:
            continue
        try:
            channels.append(Channel(name, make(address.get_secret_value())))
        except Exception as error:  # whatever Prefect's client raises: the run goes on
            failed[name] = reason_of(error)
    return channels, failed


def needs_server(settings: Settings) -> bool:
    """Whether a channel is a block that is saved in Prefect."""
    addresses = [
        address.get_secret_value() for address in (settings.alert_webhook, settings.alert_email) if address
    ]
    return any(address.startswith((WEBHOOK_BLOCK, EMAIL_BLOCK)) for address in addresses)


def reason_of(error: Exception) -> str:
    """What an error says, in a line."""
    return escaped(str(error).strip().split("\n")[0]) or type(error).__name__


def _webhook(address: str) -> Callable[[Alert], None]:
    from prefect.blocks.webhook import Webhook
    from prefect.types import SecretDict

    if address.startswith(WEBHOOK_BLOCK):
        _require_server()
        block = cast(Webhook, Webhook.load(address.removeprefix(WEBHOOK_BLOCK)))
    else:
        block = Webhook(url=SecretStr(address))
    headers = block.headers.get_secret_value()
    if not any(name.lower() == "content-type" for name in headers):
        block.headers = SecretDict(headers | {"Content-Type": "application/json"})
    return partial(_post, block)


def _post(block: "Webhook", alert: Alert) -> None:
    block.block_initialization()  # its client serves one call
    # As ASCII: half of a surrogate pair, which a file's name may hold, is no UTF-8.
    answer = within(SECONDS, lambda: asyncio.run(block.call(json.dumps(alert))))
    if not answer.is_success:
        raise OSError(f"the webhook answers {answer.status_code} {escaped(answer.reason_phrase)}")


def _email(settings: Settings, address: str) -> Callable[[Alert], None]:
    from prefect_email import EmailServerCredentials, SMTPType

    if address.startswith(EMAIL_BLOCK):
        _require_server()
        block = EmailServerCredentials.load(address.removeprefix(EMAIL_BLOCK))
    else:
        parts = urlsplit(address)
        block = EmailServerCredentials(
            username=unquote(parts.username) if parts.username else None,
            password=SecretStr(unquote(parts.password or "")),
            smtp_server=parts.hostname or "",
            smtp_type=SMTPType[SMTP_SCHEMES[parts.scheme]],
            smtp_port=parts.port,
        )
    sender = settings.alert_email_from or _sender(block)
    return partial(_mail, block, sender, settings.alert_email_to or "")


def _sender(block: "EmailServerCredentials") -> str:
    username = block.username or ""
    return username if "@" in username else f"kamercijfers@{platform.node()}"


def _mail(block: "EmailServerCredentials", sender: str, to: str, alert: Alert) -> None:
    message = EmailMessage()
    message["Subject"] = escaped(subject(alert))
    message["From"], message["To"] = sender, to
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="kamercijfers.local")
    message.set_content("\n".join(lines(alert)) + "\n")

    def send() -> None:
        with block.get_server() as server:
            server.send_message(message)

    within(SECONDS, send)


def subject(alert: Alert) -> str:
    """An alert in a few words."""
    return f"[kamercijfers] {alert['event'].replace('_', ' ')}: {alert['kind']} on {alert['host']}"


def lines(alert: Alert) -> list[str]:
    """An alert as lines of text, what steers a terminal in them made visible."""
    told = []
    for name, value in alert.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count}" for key, count in value.items())  # noqa: PLW2901
        first, *more = str(value).split("\n")
        told += [f"{name}: {escaped(first)}", *(f"  {escaped(line)}" for line in more)]
    return told


def _require_server() -> None:
    """Raise UserError where the server that has the block doesn't answer: Prefect would try for minutes."""
    from prefect.settings import PREFECT_API_URL

    if url := PREFECT_API_URL.value():
        engine.check_server(url)


def within(seconds: float, act: Callable[[], Any]) -> Any:
    """What `act` returns or raises; TimeoutError where it takes longer, and it is left behind.

    Time-outs of sockets would be for each part of an answer, and one that drips has many.
    """
    done: list[Any] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(act())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError(f"no answer within {seconds:g} s")
    return done[0]
