"""A grammar of the test in the place of the project's; letters are read in this process, where it is."""

import polars as pl
import pytest

from flows import readers, reading
from flows.limits import Limits
from transforms.extract import Extraction, extract


class _HereReader:
    """Reads where a process of its own would."""

    def extracted(self, files: pl.DataFrame, limits: Limits) -> Extraction:
        return reading.extracted(files, None, limits.claims)

    def is_current(self) -> bool:
        return False

    def close(self) -> None:
        pass


def read_by(monkeypatch: pytest.MonkeyPatch, grammar: object = extract) -> None:
    """Let letters be read by this instead of `extract`."""
    monkeypatch.setattr(readers, "_spare", _HereReader)
    monkeypatch.setattr(reading, "extract", grammar)


def failing_on(word: str, error: BaseException) -> object:
    """A grammar that fails on letters with this word."""

    def extract_but_fail(frame: pl.DataFrame, before: object = None) -> Extraction:
        if any(word.encode() in content for content in frame["content"]):
            raise error
        return extract(frame)

    return extract_but_fail
