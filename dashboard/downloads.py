"""What one sees, as files."""

import io
from collections.abc import Callable
from functools import partial

import altair as alt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import vl_convert

from warehouse.tabular import spreadsheet

#: Width of a chart that is downloaded or in a report, in pixels of a screen, and how much finer a PNG is.
WIDTH = 860
SCALE = 2


def csv(frame: pl.DataFrame | pa.Table) -> bytes:
    """CSV for spreadsheets, in which no text is a formula: as exports have it."""
    return spreadsheet(_table(frame))


def parquet(frame: pl.DataFrame | pa.Table) -> bytes:
    """Parquet; what it has no type for is text."""
    table = _table(frame)
    for at, field in enumerate(table.schema):
        if pa.types.is_interval(field.type):
            table = table.set_column(
                at, field.name, pa.array(map(_told, table.column(at).to_pylist()), pa.string())
            )
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    return written.getvalue()


def of_rows(frame: pl.DataFrame | pa.Table) -> dict[str, Callable[[], bytes | str]]:
    """What makes each form in which rows are offered."""
    return {"csv": partial(csv, frame), "parquet": partial(parquet, frame)}


def _told(value: object) -> str | None:
    return None if value is None else str(value)


def _table(frame: pl.DataFrame | pa.Table) -> pa.Table:
    return frame.to_arrow() if isinstance(frame, pl.DataFrame) else frame


def svg(chart: alt.LayerChart | alt.Chart) -> str:
    """A chart as SVG, its texts as text."""
    return str(vl_convert.vegalite_to_svg(_sized(chart)))


def png(chart: alt.LayerChart | alt.Chart) -> bytes:
    """A chart as PNG."""
    return bytes(vl_convert.vegalite_to_png(_sized(chart), scale=SCALE))


def _sized(chart: alt.LayerChart | alt.Chart) -> str:
    with alt.data_transformers.disable_max_rows():
        return str(chart.properties(width=WIDTH).to_json())
