"""What a letter and a run may cost: what exceeds a limit is set aside or refused."""

import math
from pathlib import Path

import polars as pl
import pytest
from small_letters import inbox_of, letter
from test_runs import files, rows

from flows import pipeline
from flows.reading import extracted, sound
from flows.settings import Settings, settings
from transforms import schemas
from transforms.letters import letter_id
from warehouse.errors import WarehouseError

PLACES = "".join(f"Er waren in 2019 {n} plaatsen. " for n in range(20, 40))


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    inbox = inbox_of(tmp_path / "inbox", a=letter(1), b=letter(2, body=PLACES), c=letter(3))
    return settings(inbox=inbox, warehouse=tmp_path / "w.duckdb")


def test_a_letter_over_a_limit_is_set_aside_and_read_when_the_limit_is_raised(chosen: Settings) -> None:
    inbox_of(chosen.inbox, large=letter(4, body=f"{'Er was niets. ' * 60}Er waren in 2019 12 plaatsen."))
    assert (chosen.inbox / "b.txt").stat().st_size < 900 < (chosen.inbox / "large.txt").stat().st_size < 1200
    strict, generous = (
        chosen.model_copy(update={"max_letter_claims": claims, "max_letter_bytes": size})
        for claims, size in ((19, 900), (20, 1200))
    )
    assert pipeline.run(strict).rejected == {"too_many_claims": 1, "too_large": 1}
    known = "SELECT source, reason FROM rejected_letter ORDER BY ALL"
    assert rows(chosen.warehouse, known) == [("b.txt", "too_many_claims"), ("large.txt", "too_large")]
    assert rows(chosen.warehouse, "SELECT source FROM letter ORDER BY ALL") == [("a.txt",), ("c.txt",)]
    assert (pipeline.run(strict).version, pipeline.run(strict).rejected) == (None, {})
    assert pipeline.run(generous).read == 2
    assert pipeline.run(generous).version is None


def test_over_a_limit_that_was_changed_a_letter_is_told_once_more(chosen: Settings) -> None:
    for claims, told in [(18, {"too_many_claims": 1}), (19, {"too_many_claims": 1}), (19, {})]:
        assert pipeline.run(chosen.model_copy(update={"max_letter_claims": claims})).rejected == told
    assert rows(chosen.warehouse, "SELECT detail FROM rejected_letter") == [("20 claims; the limit is 19",)]


def test_a_run_that_would_take_too_much_disk_changes_nothing_and_says_so(chosen: Settings) -> None:
    pipeline.run(chosen)
    before = files(chosen.warehouse.parent)
    new = letter(4)
    inbox_of(chosen.inbox, d=new)
    needed = chosen.warehouse.stat().st_size + len(new.encode())
    for spare in (-1, 1):  # told before anything is read, and of the build
        with pytest.raises(
            WarehouseError, match=r"^the [^\n]+ bytes[^\n]+ KAMERCIJFERS_MAX_RUN_BYTES[^\n]+$"
        ):
            pipeline.run(chosen.model_copy(update={"max_run_bytes": needed + spare}))
        after = {name for name in files(chosen.warehouse.parent) if ".letters/" not in name}
        assert after - {"inbox/d.txt"} == {name for name in before if ".letters/" not in name}
    assert pipeline.run(chosen.model_copy(update={"max_run_bytes": 3 * needed})).read == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"value": math.inf}, "is read as inf"),
        ({"value": -1.0}, "is read as -1.0"),
        ({"value_high": 800.0}, "is read as 801.0 to 800.0"),
        ({"char_start": 7}, "doesn't stand at 7"),
        ({"claim_id": "same"}, "claim_id stands twice"),
    ],
)
def test_what_no_table_takes_is_an_error_of_its_letter(changed: dict[str, object], reason: str) -> None:
    part = extracted(files_of(letter(1, victims=801), letter(2, victims=801)))
    assert sound(part) is part
    spoilt = part.claim.with_columns(**{name: pl.lit(value) for name, value in changed.items()})
    with pytest.raises(ValueError, match=reason):
        sound(part._replace(claim=spoilt.cast(dict(part.claim.schema))))


def files_of(*texts: str) -> pl.DataFrame:
    rows = [(letter_id(text.encode()), f"{n}.txt", text.encode(), None) for n, text in enumerate(texts)]
    return pl.DataFrame(rows, schema=schemas.FILE, orient="row")
