"""Nights on a small disk of their own that fills up or can't be written: `full_disk.py MADE FOLDER`.

To be run as root of a namespace; prints a line for each night.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scenes import Scene, copied

made, disk = Path(sys.argv[1]), Path(sys.argv[2]) / "disk"
SIZE = 96  # MB
BLOCK = 4096


def mounted() -> Scene:
    """The evening, on a fresh disk."""
    disk.mkdir(exist_ok=True)
    subprocess.run(["umount", disk], check=False, capture_output=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "none", disk], check=True)
    return copied(made, disk)


def fill(leave: int) -> None:
    """Leave so many bytes on the disk."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 1024 * BLOCK)
        except OSError:
            pass
        if leave:
            filler.truncate(max(0, filler.tell() - leave))


def night(scene: Scene, *, when: str = "", then: Callable[[], None] = lambda: None) -> tuple[int, str]:
    """Exit code and last line of a night in which something happens when such a path is there."""
    process = scene.start()
    while when and not any(disk.glob(when)) and process.poll() is None:
        time.sleep(0.001)
    then()
    told = process.communicate()[1]
    assert "Traceback" not in told, told
    return process.returncode, told.splitlines()[-1]


def check(scene: Scene, code: int, line: str, what: str) -> None:
    """A night that could not write says so in a line and leaves what was; the next one goes through."""
    state = scene.check_published()
    assert code in (0, 1), line
    assert code or state == "after"
    assert line.startswith("kamercijfers: "), line
    print(f"{what}: exit code {code}, {state}", flush=True)


def main() -> None:
    """All nights."""
    for leave in (0, BLOCK, 16 * BLOCK, 2**20, 10 * 2**20, 14 * 2**20, 15 * 2**20, 16 * 2**20):
        scene = mounted()
        fill(leave)
        check(scene, *night(scene), f"disk with {leave // 1024} kB left")
        (disk / "filler").unlink()
        scene.check_next_run()
    for when in (
        "w.duckdb.letters/.writing-*",
        "w.duckdb.versions/.build-*",
        "w.duckdb.versions/.build-*/*.sha256",
    ):
        scene = mounted()
        check(scene, *night(scene, when=when, then=lambda: fill(0)), f"disk that filled up at {when}")
        (disk / "filler").unlink()
        scene.check_next_run()
    scene = mounted()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    check(scene, *night(scene), "disk that is read-only")
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    scene.check_next_run()


main()
