"""Whatever befalls a night: what is published is whole, and the next run ends as if nothing had happened."""

import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from once import Once
from scenes import Count, Scene, copied
from small_letters import inbox_of, letter

from warehouse import store

HERE = Path(__file__).parent
KILLED = -9
AHEAD = 400  # days


def undisturbed(folder: Scene) -> float:
    """How many seconds a night takes."""
    began = time.monotonic()
    night = folder.start()
    night.communicate()
    assert night.returncode == 0
    return time.monotonic() - began


#: What lies beside the warehouse once a step has begun; then the run is killed a moment later.
STEPS = {
    "letters kept": "w.duckdb.letters/.writing-*",
    "build": "w.duckdb.versions/.build-*",
    "publishing": "w.duckdb.versions/.build-*/*.sha256",
    "anywhere": None,
}


def test_a_run_that_is_killed_at_any_moment(
    once: Once, scene: Scene, tmp_path: Path, times: dict[str, int], count: Count
) -> None:
    made, chance = once("scene", lambda _: None), random.Random(2)
    # Only a moment anywhere asks how long a night takes: that of one more night.
    seconds = undisturbed(scene) if times["kills"] >= len(STEPS) else 0
    for number in range(times["kills"]):
        step = list(STEPS)[number % len(STEPS)]
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        night = (scene := copied(made, tmp_path)).start()
        if STEPS[step]:
            wait_for(lambda: any(tmp_path.glob(STEPS[step])), night)  # noqa: B023 called here
        time.sleep(chance.random() * (seconds if step == "anywhere" else 0.4 if step == "build" else 0.02))
        night.kill()
        night.communicate()
        state = scene.check_published()
        scene.check_next_run()
        count(
            f"runs killed -9: {step}, {'at its end' if night.returncode != KILLED else f'published {state}'}"
        )


def wait_for(holds: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    while not holds() and process.poll() is None:
        time.sleep(0.001)


def test_two_runs_at_once(
    once: Once, scene: Scene, tmp_path: Path, times: dict[str, int], count: Count
) -> None:
    made = once("scene", lambda _: None)
    for _ in range(times["double runs"]):
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        scene = copied(made, tmp_path)
        nights = [scene.start(), scene.start()]
        told = [night.communicate()[1] for night in nights]
        codes = [night.returncode for night in nights]
        assert sorted(codes) in ([0, 4], [0, 0]), told
        assert scene.check_published() == "after"
        for night, other, lines in zip(nights, nights[::-1], told, strict=True):
            if night.returncode == 4:
                line = lines.splitlines()[-1]
                named = rf"(process {other.pid} on \S+, since 2\S+|a process that is just starting)"
                assert re.search(rf"another run holds .* \({named}\): wait", line), line
        scene.check_next_run()
        count(f"double runs, exit codes {sorted(codes)}")


def test_readers_through_publishes(tmp_path: Path, times: dict[str, int], count: Count) -> None:
    environment = {"PYTHONPATH": ":".join([*sys.path, str(HERE.parent / "warehouse")])}
    publisher = subprocess.Popen(
        [sys.executable, HERE.parent / "warehouse" / "publisher.py", tmp_path / "w.duckdb", "1+"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert publisher.stdout is not None
    assert [publisher.stdout.readline() for _ in range(2)] == ["locked\n", "0\n"]
    readers = [
        subprocess.Popen(
            [sys.executable, HERE / "reader.py", tmp_path / "w.duckdb", how],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for how in ["hold", *["query"] * times["readers"]]
    ]  # fmt: skip
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
    published, _ = publisher.communicate(str(times["publishes"]))
    assert publisher.returncode == 0
    assert len(published.splitlines()) == times["publishes"]
    for number, reader in enumerate(readers):
        told, errors = reader.communicate("")
        assert (reader.returncode, errors) == (0, "")
        reads, versions = map(int, told.split())
        assert reads > (1 if number else 0)
        if number:
            count("reads without an error or a torn one", reads)
            count("versions that readers saw", versions)
    count("publishes with readers that never pause", times["publishes"])


def test_an_inbox_that_vanishes_while_it_is_read(scene: Scene, count: Count) -> None:
    night = scene.start()
    wait_for(lambda: (scene.folder / "w.duckdb.lock").stat().st_size > 0, night)
    inbox = scene.settings.inbox.rename(scene.folder / "away")
    told = night.communicate()[1]
    assert night.returncode in (0, 1)
    assert "Traceback" not in told
    with store.connect(scene.settings.warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM letter").fetchall()[0][0] >= 2
    inbox.rename(scene.settings.inbox)
    outcome_letters = {name: scene.after[name] for name in ("letter", "claim", "victim_counts_latest")}
    from scenes import tables  # noqa: PLC0415

    from flows import pipeline  # noqa: PLC0415

    pipeline.run(scene.settings)
    held = tables(scene.settings.warehouse)
    assert {name: held[name] for name in outcome_letters} == outcome_letters
    count(f"inboxes that vanished, exit code {night.returncode}")


def test_a_clock_that_is_set_back(scene: Scene, count: Count) -> None:
    for days_ahead in (AHEAD, 0):
        night = scene.start(days_ahead=days_ahead)
        assert (night.communicate()[1].splitlines()[-1][:14], night.returncode) == ("kamercijfers: ", 0)
        assert scene.check_published() == "after"
    inbox_of(scene.settings.inbox, later=letter(7, victims=807))
    assert scene.start().wait() == 0
    newest, before = store.versions(scene.settings.warehouse)
    assert newest.is_current
    assert (before.published_at - newest.published_at).days == pytest.approx(AHEAD, abs=1)
    with store.connect(scene.settings.warehouse) as connection:
        told = connection.execute(f"SELECT version FROM run ORDER BY {store.NEWEST_FIRST}").fetchall()
        assert told[:2] == [(newest.name,), (before.name,)]
        assert connection.execute("SELECT count(*) FROM letter").fetchall() == [(7,)]
    count("nights whose clock was ahead, then set back")


@pytest.mark.long_form
def test_a_disk_that_is_full_or_read_only(once: Once, scene: Scene, tmp_path: Path, count: Count) -> None:
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, HERE / "full_disk.py", once("scene", lambda _: None), tmp_path],
        env={"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        count(line)
