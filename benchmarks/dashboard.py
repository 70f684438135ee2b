"""`python -m benchmarks.dashboard`: how long a browser needs for each page of the dashboard.

Needs the libraries of the tests and a Chromium (`--chromium`).
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.telling import Row, tell
from benchmarks.warehouse import fill
from warehouse.building import OFFLINE
from warehouse.views import make_views

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHART = "[data-testid=stVegaLiteChart]"
#: What Streamlit says when it has nothing left to do.
STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]'
#: What is there when a page is: the last thing on it that is drawn.
LAST = {
    **dict.fromkeys(
        ("overview", "victims", "growth", "capacity", "coverage"), f"{CHART} :is(canvas, path[aria-label])"
    ),
    "contradictions": ".pair",
    "letter": "tbody tr",
    "sql": "textarea",
}
TIMES = 3  # that a page is loaded when it is warm
WAITED = 120_000  # milliseconds


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help="default: %(default)s")
    parser.add_argument("--warehouse", type=Path, help="this one, instead of generated claims")
    parser.add_argument("--chromium", default=CHROMIUM, help="default: %(default)s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the results, for programs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shown = options.warehouse or generated(Path(folder) / "generated.duckdb", options.claims)
        tell(results(shown, options.chromium), {"warehouse": str(shown)}, options.json)
    return 0


def generated(file: Path, claims: int) -> Path:
    """Make a warehouse of so many generated claims, with all that a build makes of them."""
    fill(file, claims)
    with duckdb.connect(file, config=OFFLINE) as connection:
        make_views(connection)
        connection.execute("CHECKPOINT")
    return file


def results(warehouse: Path, chromium: str) -> Iterator[Row]:
    """Seconds until each page is whole: the first time, and the fastest of some when it is warm."""
    from playwright.sync_api import sync_playwright

    yield Row("load before", os.getloadavg()[0], "processes", "the clock says little where others work")
    with _dashboard(warehouse) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        page.set_default_timeout(WAITED)
        slowest = 0.0
        for name in LAST:
            first = seconds(page, address, name)
            warm = [seconds(page, address, name) for _ in range(TIMES)]
            slowest = max(slowest, min(warm))
            yield Row(name, min(warm), "s", f"warm by the clock, of {TIMES}; {first:.2f} s the first time")
        yield Row("slowest page", slowest, "s", "the aim: 3 s")
        browser.close()


def seconds(page: Any, address: str, name: str) -> float:
    """Seconds by the clock from the address to the page's last part."""
    start = time.monotonic()
    page.goto(f"{address}/?page={name}")
    page.locator(LAST[name]).last.wait_for(state="attached")
    page.wait_for_selector(STILL, state="attached")
    return time.monotonic() - start


@contextmanager
def _dashboard(warehouse: Path) -> Iterator[str]:
    """Address of the dashboard, which is stopped in the end."""
    command = [
        sys.executable,
        "-m",
        "flows.command",
        "dashboard",
        "--warehouse",
        str(warehouse),
        "--port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own
    assert process.stdout  # noqa: S101 as told above
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
