"""A dashboard on a name that leads from one warehouse to another, and a browser, one for all tests."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Reader, Show
from once import Once
from playwright.sync_api import Browser, sync_playwright
from processes import clean_environment, program

from benchmarks.dashboard import CHROMIUM, FLAGS
from benchmarks.dashboard import generated as made
from flows import pipeline
from flows.settings import settings

CLAIMS = 100_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the tests fail."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse that the dashboard shows; there is none at first."""
    return tmp_path_factory.mktemp("shown") / "figures.duckdb"


@pytest.fixture(scope="session")
def dashboard(warehouse: Path) -> Iterator[str]:
    """Address of the dashboard, started as people start it."""
    process = subprocess.Popen(
        [program(), "dashboard", "--warehouse", warehouse, "--port", "0"],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), address
    yield address
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert process.stdout.read() == ""  # nothing but the address


@pytest.fixture
def reader(browser: Browser, dashboard: str) -> Iterator[Reader]:
    """Somebody who looks; in the end nothing may have gone wrong or out."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    found = Reader(context, dashboard)
    yield found
    context.close()
    found.check()


@pytest.fixture
def show(warehouse: Path) -> Show:
    """Lets the dashboard's warehouse lead to another one's version, in one step, as a publish does."""

    def lead(to: Path) -> None:
        link = warehouse.with_name("link")
        link.symlink_to(to.resolve())
        os.replace(link, warehouse)  # noqa: PTH105 as a publish does

    return lead


@pytest.fixture
def no_warehouse(warehouse: Path) -> Path:
    """Nothing is there, whatever was shown before."""
    warehouse.unlink(missing_ok=True)
    for left in warehouse.parent.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return warehouse


@pytest.fixture
def sample(show: Show, sample_warehouse: Path) -> Path:
    """The sample letters are shown."""
    show(sample_warehouse)
    return sample_warehouse


@pytest.fixture(scope="session")
def generated(once: Once) -> Path:
    """A warehouse of 100,000 generated claims."""

    def make(folder: Path) -> None:
        made(folder / "generated.duckdb", CLAIMS)

    return once("generated", make) / "generated.duckdb"


@pytest.fixture(scope="session")
def hostile(once: Once) -> Path:
    """A warehouse of a letter that would like to be more than text."""

    def make(folder: Path) -> None:
        inbox = folder / "inbox"
        inbox.mkdir()
        (inbox / "a.txt").write_text(HOSTILE, "utf-8")
        pipeline.run(settings(inbox=inbox, warehouse=folder / "hostile.duckdb", workers=1))

    return once("hostile", make) / "hostile.duckdb"


HOSTILE = """ Nr. 666  BRIEF VAN DE MINISTER VAN JUSTITIE

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 mei 2022

Uit de cijfers van <b>CoMensha</b> blijkt dat er in 2021 <script>window.taken = 1</script> sprake was van
812 slachtoffers van mensenhandel. De opvang telde 77 **vette**
<img src="https://evil.example/x.png" onerror="taken()"> trajecten in 2021. Zie [hier](https://evil.example)
en :red[rood] en $x^2$ en `code`.

    # Geen kop
=HYPERLINK("https://evil.example","klik") </div></article><h1>Overgenomen</h1> &lt;i&gt; {{ 7*7 }}
\u202egedraaid

De Minister van Justitie,
"""
