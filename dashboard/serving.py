"""The server on this machine that shows the dashboard, until it is stopped."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard import theme

APP = Path(__file__).with_name("app.py")
HOST = "127.0.0.1"
PORT = 8501  # Streamlit's own
#: The warehouse that is shown; the app runs in this process.
_WAREHOUSE: list[Path] = []

OPTIONS: dict[str, Any] = {
    "server.address": HOST,
    # A page of another site can't reach it under a name of its own.
    "server.allowedHosts": [HOST, "localhost"],
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": HOST,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    # Its downloads know nothing of formulas.
    "client.disableDataExport": True,
    "runner.magicEnabled": False,
    "logger.level": "error",
    "logger.hideWelcomeMessage": True,
    **theme.STREAMLIT,
}


class PortTakenError(Exception):
    """Somebody else listens on the port."""


def warehouse() -> Path:
    """The warehouse that is shown."""
    return _WAREHOUSE[0]


def serve(shown: Path, port: int, tell: Callable[[str], None]) -> None:
    """Show a warehouse until SIGTERM or SIGINT; `tell` is called with the address when it can be opened.

    Raises PortTakenError.
    """
    from streamlit import net_util
    from streamlit.web import bootstrap
    from streamlit.web.server import Server

    _WAREHOUSE[:] = [shown]
    port = _free(port)
    bootstrap.load_config_options(OPTIONS | {"server.port": port, "browser.serverPort": port})
    # It would ask a server in the internet for them, whenever a page of another site knocks.
    net_util._external_ip = net_util._internal_ip = HOST

    async def run() -> None:
        server = Server(str(APP), is_hello=False)
        await server.start()
        bootstrap.prepare_streamlit_environment(str(APP))
        tell(f"http://{HOST}:{port}")
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        await server.stopped

    with contextlib.redirect_stdout(Path(os.devnull).open("w")):
        asyncio.run(run())


def _free(port: int) -> int:
    """The port, which nobody listens on; 0: any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTakenError(
                f"port {port} of {HOST} is in use: give another, --port 0 for any"
            ) from error
        return int(probe.getsockname()[1])
