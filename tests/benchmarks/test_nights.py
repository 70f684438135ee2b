"""The bench of nights, on two letters. What it measures is nobody's business here."""

from pathlib import Path

from benchmarks import night


def test_a_night_is_run_and_told_of(tmp_path: Path) -> None:
    night.write(tmp_path / "inbox", range(2))
    time, memory, version = night._night(tmp_path, "two letters")
    assert (time.what, version.what) == ("two letters: time", "two letters: version")
    assert [step.split()[0] for step in time.of.split(", ")] == ["find", "read", "publish", "whole"]
    assert min(time.figure or 0, memory.figure or 0, version.figure or 0) > 0
    assert [row.what for row in night._night(tmp_path, "none")] == ["none: time", "none: memory"]
