"""The bench of archives: what is said to be read of a copy is what reading it gives."""

from pathlib import Path

import polars as pl

from benchmarks.archive import Copies
from flows.intake import Found
from flows.limits import LIMITS
from flows.readers import Readers
from flows.settings import settings
from transforms import schemas
from transforms.extract import extract
from transforms.letters import letter_id


def test_a_copy_has_the_rows_that_it_would_be_read_as(tmp_path: Path) -> None:
    copies = Copies(tmp_path, 3)
    copies.write(range(1, 6))
    paths = sorted(copies.inbox.iterdir())
    contents = [path.read_bytes() for path in paths]
    batch = [
        Found(path.name, path, letter_id(content), len(content))
        for path, content in zip(paths, contents, strict=True)
    ]
    chosen = settings(inbox=copies.inbox, warehouse=tmp_path / "w.duckdb")
    told = copies.copied(chosen, batch, Readers(1, LIMITS)).extraction
    rows = [
        (file.letter_id, file.source, content, None) for file, content in zip(batch, contents, strict=True)
    ]
    read = extract(pl.DataFrame(rows, schema=schemas.FILE, orient="row"))
    assert read.claim.height > 20
    for name, frame in read._asdict().items():
        key = frame.columns[0]
        assert getattr(told, name).sort(key).equals(frame.sort(key)), name
