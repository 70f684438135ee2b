"""The bench of growing numbers, on a few letters. What it measures is nobody's business here."""

from pathlib import Path

import pytest

from benchmarks import scale


@pytest.mark.long_form
def test_nights_of_a_size_are_run_and_told_of(tmp_path: Path) -> None:
    rows = list(scale.results(tmp_path, [3], with_dask=False))
    assert [row.what for row in rows][1:3] == ["3 letters: time", "3 letters: a letter"]
    assert [step.split()[0] for step in rows[1].of.split(", ")] == ["find", "read", "publish", "whole"]
    assert all((row.figure or 0) > 0 for row in rows[1:])
    assert rows[-1].what == "20 letters upon 3: memory"
