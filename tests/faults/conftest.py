"""The fault suite: a handful of each fault in the suite, as many as are promised by `make faults`."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import scenes
from hostile_letters import FORMS
from once import Once
from scenes import Count

#: How many of each: short, and long.
TIMES = {
    "kills": (3, 100),
    "double runs": (1, 20),
    "publishes": (2, 50),
    "readers": (1, 8),
    "signals": (0, 10),
    "servers": (0, 10),
    "workers": (0, 10),
    "hostile letters": (len(FORMS), 500),
    "harvested letters": (300, 10_000),
    "killed harvests": (3, 100),
}
#: Environment variable: `all` for as many as are promised, a percentage of them, or nothing for a few.
FAULTS = os.environ.get("FAULTS", "")


@pytest.fixture
def times() -> dict[str, int]:
    """How many of each fault."""
    if not FAULTS:
        return {what: few for what, (few, _) in TIMES.items()}
    percent = 100 if FAULTS == "all" else int(FAULTS)
    return {what: max(few, 1, many * percent // 100) for what, (few, many) in TIMES.items()}


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Notes what was done how often, for the end."""

    def note(what: str, number: int = 1) -> None:
        record_property(f"fault: {what}", number)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how often each thing was done."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for name, number in report.user_properties if report.when == "call" else ():
            if name.startswith("fault: "):
                counted[name.removeprefix("fault: ")] += number
    if counted:
        terminalreporter.section("faults")
        for what, number in sorted(counted.items()):
            terminalreporter.write_line(f"{number:6}  {what}")


@pytest.fixture
def scene(once: Once, tmp_path: Path) -> scenes.Scene:
    """A warehouse with some letters, more in the inbox, and what an undisturbed run makes of these."""
    return scenes.copied(once("scene", scenes.make), tmp_path)
