"""What all workers of a test run read is made once; a test that writes has a copy of it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock

#: The folder of this name, with what the function puts into it.
Once = Callable[[str, Callable[[Path], object]], Path]


def put_into(made: Path, folder: Path) -> None:
    """Copy what lies in one folder into another, links as links."""
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)


def once_in(shared: Path) -> Once:
    """In this folder the first to ask for a name makes it; the others wait until it is whole."""
    shared.mkdir(exist_ok=True)

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / name
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                making = Path(mkdtemp(dir=shared))
                make(making)
                making.rename(folder)
        return folder

    return once
