"""A copy of the vocabulary that a test may change, and read instead of the package's own."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from transforms import vocabulary


def copied(folder: Path) -> Path:
    """The TOML files of the vocabulary, copied into the folder."""
    for path in vocabulary.FOLDER.glob("*.toml"):
        shutil.copy(path, folder)
    return folder


@contextmanager
def reading_from(folder: Path) -> Iterator[None]:
    """The package reads its vocabulary from the folder; afterwards from its own again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "FOLDER", folder)
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    """Drop everything that a room of the package keeps from the vocabulary."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "transforms":
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()
