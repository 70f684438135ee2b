"""Somebody who looks at the dashboard, and what a browser tells of it."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from processes import children_of

from benchmarks.dashboard import LAST, STILL
from warehouse import store

#: Lets the dashboard's warehouse lead to this version.
Show = Callable[[Path], None]

PAGES = tuple(LAST)

#: Width of a small phone, and how wide the page is there.
PHONE = 360
WIDE = """Math.max(document.documentElement.scrollWidth,
                   document.querySelector('[data-testid="stMain"]').scrollWidth)"""
HEADINGS = {
    "overview": "Kamercijfers",
    "victims": "Slachtoffers",
    "growth": "Groei",
    "capacity": "Capaciteit",
    "contradictions": "Tegenspraken",
    "letter": "Brieven",
    "coverage": "Dekking en kwaliteit",
    "sql": "SQL",
}
PICTURES = Path(__file__).parents[2] / "docs" / "dashboard"
#: Says that the pictures in docs/ are to be taken anew.
TAKE_PICTURES = "TAKE_PICTURES"
SECONDS = 60  # that a page is waited for: the machine may be busy


class Reader:
    """A browser's window, with all that it complained of and asked for."""

    def __init__(self, context: BrowserContext, dashboard: str) -> None:
        self.dashboard = dashboard
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page.set_default_timeout(SECONDS * 1000)
        self.page.on("console", self._complained)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.on("request", self._requested)
        self.page.on("websocket", lambda socket: self.asked.add(urlsplit(socket.url).hostname or ""))

    def _complained(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob"):
            self.asked.add(parts.hostname or "")

    def check(self) -> None:
        """Nothing went wrong, and nothing was asked of any other machine."""
        assert self.complaints == []
        assert self.asked <= {"127.0.0.1"}

    def open(self, page: str = "overview", *, heading: str | None = None, **named: object) -> Page:
        """Open a page and wait until it is whole."""
        query = "&".join(f"{key}={value}" for key, value in {"page": page, **named}.items())
        self.page.goto(f"{self.dashboard}/?{query}")
        self.whole(heading)
        return self.page

    def whole(self, heading: str | None = None) -> None:
        """Wait until the page is whole."""
        wanted = self.page.locator(".kc h1", has_text=heading) if heading else self.page.locator(".kc h1")
        wanted.first.wait_for()
        self.page.wait_for_selector(STILL, state="attached")
        assert self.page.locator("[data-testid=stException]").count() == 0

    def fits_a_phone(self) -> bool:
        """Whether nothing is beside the page on a phone; the window stays as narrow."""
        self.page.set_viewport_size({"width": PHONE, "height": 800})
        self.page.wait_for_timeout(200)  # the sidebar folds away
        return bool(self.page.evaluate(WIDE) <= PHONE)

    def rows(self, caption: str) -> list[list[str]]:
        """Cells of a table, as they are read."""
        found: list[list[str]] = (
            self.page.get_by_role("region", name=caption, exact=True)
            .locator("tbody tr")
            .evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))")
        )
        return found

    def download(self, name: str, folder: Path) -> Path:
        """Download a file by its button."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=f"↓ {name}").click()
        path = folder / name
        waiting.value.save_as(path)
        return path

    def serious(self) -> list[tuple[Any, ...]]:
        """What an accessibility engine finds serious."""
        response = Axe().run(self.page).response
        assert len(response["passes"]) > 10
        return [
            (violation["id"], node["html"])
            for violation in response["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]


def answer(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    """Rows that SQL gives."""
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


def take_picture(reader: Reader, name: str, after: int = 0) -> None:
    """For docs/, where pictures are asked for, so many milliseconds later."""
    if os.environ.get(TAKE_PICTURES):
        reader.page.wait_for_selector(STILL, state="attached")
        reader.page.wait_for_timeout(after)
        PICTURES.mkdir(exist_ok=True)
        reader.page.screenshot(path=PICTURES / f"{name}.png")


def worked() -> float:
    """Seconds of processors that this process and all that it started have used."""
    return sum(map(_seconds_of, _descendants(os.getpid())))


def _descendants(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(FileNotFoundError):
        for child in children_of(process):
            yield from _descendants(child)


def _seconds_of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:  # gone
        return 0.0
    # Its own and those of its children that have ended, in user and in system mode.
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
