"""Composed letters as PDF, set by Typst with the fonts that it brings."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import typst
from letter_model import Model
from model_flows import Laid, flow, laid

from transforms.formats.parts import Part, Table

TEMPLATE = Path(__file__).with_name("letter.typ")


class Layout(NamedTuple):
    """How a letter is set: centimetres, points, ems; each column has its footnotes at its foot."""

    columns: int = 1
    width: float = 17
    height: float = 14  # so that the letters go over several pages
    margin: float = 2
    font: str = "Libertinus Serif"
    size: float = 10
    justify: bool = True
    hyphenate: bool = True
    indent: float = 0
    figures: str = "raised-glyphs"  # of the font for markers, else smaller ones set higher
    ruled: bool = True


#: Ways in which letters are set: as Kamerstukken with a wide margin, in columns, as a ministry's own letter.
LAYOUTS = {
    "one column": Layout(),
    "two columns": Layout(columns=2),
    "wide margin": Layout(width=21, height=29.7, margin=6, size=9, figures="small", ruled=False),
    "ragged": Layout(
        width=21, height=20, size=11, justify=False, hyphenate=False, figures="small", ruled=False
    ),
    "indented": Layout(height=18, font="New Computer Modern", indent=1.5, figures="small"),
    "narrow columns": Layout(
        columns=2, width=21, height=16, size=9, font="New Computer Modern", figures="small"
    ),
    "three columns": Layout(columns=3, width=29.7, height=15, size=9),
}


def as_pdf(model: Model, layout: Layout = LAYOUTS["one column"]) -> bytes:
    """The letter in print."""
    letter = laid(model)
    parts = [_table(part) if isinstance(part, Table) else _part(part, letter) for part in letter.parts]
    inputs = {"model": json.dumps(parts), "layout": json.dumps(layout._asdict())}
    return typst.compile(str(TEMPLATE), sys_inputs=inputs)


def _part(part: Part, letter: Laid) -> dict[str, Any]:
    pieces: list[dict[str, Any]] = []
    for text, key in flow(part.words):
        if key:
            pieces.append({"note": letter.notes[key].words.text, "text": ""})
        for at, line in enumerate(text.split("\n") if text else ()):
            pieces += [{"note": None, "text": "\n"}] if at else []
            pieces.append({"note": None, "text": line})
    return {"role": part.role, "number": part.number, "flow": pieces}


def _table(table: Table) -> dict[str, Any]:
    width = max(sum(cell.wide for cell in row.cells) for row in table.rows)
    cells = []
    for row in table.rows:
        cells += [{"text": cell.words.text, "wide": cell.wide} for cell in row.cells]
        missing = width - sum(cell.wide for cell in row.cells)
        cells += [{"text": "", "wide": 1}] * missing
    return {"role": "table", "columns": width, "cells": cells}
