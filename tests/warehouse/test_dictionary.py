"""The data dictionary is the comments of a warehouse, and the page in docs/ is the present one."""

import subprocess
import sys
from pathlib import Path

from warehouse import store
from warehouse.checking import checks
from warehouse.definitions import MARTS, TABLES, names
from warehouse.dictionary import columns_by_relation, dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_page_is_current(published: Path) -> None:
    with store.connect(published) as connection:
        assert PAGE.read_text("utf-8") == dictionary(connection), "run `make dictionary`"


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    subprocess.run([sys.executable, "-m", "warehouse.dictionary", page], check=True)
    assert page.read_bytes() == PAGE.read_bytes()


def test_everything_is_told_with_its_meaning(published: Path) -> None:
    page = PAGE.read_text("utf-8")
    with store.connect(published) as connection:
        columns = columns_by_relation(connection)
    for relation in (*TABLES, *MARTS):
        section = page.split(f"### {relation}\n")[1].split("\n#")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            column.name for column in columns[relation]
        ]
    assert all(f"`{name}`" in page for name in (*names("examples"), *(check.name for check in checks())))
    assert all(f"{name}(" in page for name in names("macros"))
    assert "|  |\n" not in page  # an empty meaning
