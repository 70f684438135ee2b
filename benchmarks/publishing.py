"""The page docs/benchmarks.md: its tables, plots and words are made of benchmarks.json alone.

`python -m benchmarks.publishing docs` makes them anew without measuring anything.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template
from typing import Any

import altair as alt
import polars as pl
import vl_convert

from benchmarks import peers
from benchmarks.accuracy import FIELDS, OURS
from benchmarks.speed import FLOOR
from benchmarks.telling import rounded
from flows.errors import UserError

Rows = Sequence[dict[str, Any]]
Cells = tuple[Sequence[str], list[list[str]]]
Table = Callable[[Rows], Cells]

#: What the page is made of, each measured on its own where that is wanted.
PARTS = ("accuracy", "speed", "costs")
TEMPLATE = Path(__file__).with_name("page.md")
NOT_GIVEN = "not given"
NOT_LABELLED = "not labelled"
NOT_INSTALLED = "not installed"
BLUE, GREY = "#154273", "#9aa5b1"


def keep(measured: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Keep what was measured in the folder, and return it with the parts measured before."""
    file = folder / "benchmarks.json"
    known = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    parts = {**known, **measured}
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(parts, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return parts


def write(folder: Path) -> None:
    """Write page and plots from the figures kept in the folder; raises UserError where a part lacks."""
    parts = keep({}, folder)
    if lacking := [name for name in PARTS if name not in parts]:
        raise UserError(f"{folder}: no page yet; measure {', '.join(lacking)} with --write, too")
    (folder / "benchmarks").mkdir(exist_ok=True)
    for name, svg in plots(parts).items():
        (folder / "benchmarks" / name).write_text(svg, "utf-8")
    (folder / "benchmarks.md").write_text(page(parts), "utf-8")


# Tables


def accuracy_table(rows: Rows) -> Cells:
    """Heads and cells of accuracy, a row an extractor; of the fields, shares of what was found."""
    # A figure's own precision (exact, at least, …) is another thing than that of the extractor.
    fields = ["exactness" if name == "precision" else name for name in FIELDS]
    heads = ["texts", "extractor", "found", "missed", "false", "precision", "recall", "F1", *fields]
    return heads, [[row["texts"], row["label"], *_scores(row)] for row in rows]


def _scores(row: dict[str, Any]) -> list[str]:
    if row["found"] is None:
        return [NOT_INSTALLED] * (6 + len(FIELDS))
    counts = [str(row[name]) for name in ("found", "missed", "false")]
    shares = [_share(row[name]) for name in ("precision", "recall", "f1")]
    fields = row["fields"]
    return counts + shares + [_share(fields[name]) if name in fields else NOT_GIVEN for name in FIELDS]


def _share(share: float | None) -> str:
    return NOT_LABELLED if share is None else f"{share:.3f}"


def speed_table(rows: Rows) -> Cells:
    """Heads and cells of speed, a row an extractor."""
    heads = ["extractor", "letters read", "letters a second", "times ours"]
    return heads, [[row["label"], *_speeds(row)] for row in rows]


def _speeds(row: dict[str, Any]) -> list[str]:
    if row["rate"] is None:
        return [NOT_INSTALLED] * 3
    return [f"{row['letters']:,}", _number(row["rate"]), _number(1 / row["ours"]) if row["ours"] else "?"]


def _number(figure: float | None) -> str:
    """Three figures."""
    short = rounded(figure)
    return "not measured" if short is None else f"{short:,.0f}" if short >= 100 else f"{short:g}"


def costs_table(rows: Rows) -> Cells:
    """Heads and cells of what extraction costs."""
    cells = [[row["what"], _number(row["figure"]), row["unit"], row["of"]] for row in rows]
    return ["what", "figure", "unit", "of"], cells


def markdown(table: Cells) -> str:
    """A table in Markdown."""
    heads, cells = table
    lines = [heads, ["---"] * len(heads), *cells]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# The page


def page(parts: dict[str, Any]) -> str:
    """The page in Markdown."""
    composed, real = _by_texts(parts)
    told = {
        **_told(parts, composed),
        "accuracy_table": _without_texts(accuracy_table(composed)),
        "real_table": markdown(accuracy_table(real)) if real else "They were not there.",
        "speed_table": markdown(speed_table(parts["speed"]["rows"])),
        "costs_table": markdown(costs_table(parts["costs"]["rows"])),
        "peers": "\n".join(_peer(peer, parts["accuracy"]["versions"]) for peer in peers.peers()),
    }
    return Template(TEMPLATE.read_text("utf-8")).substitute(told)


def _by_texts(parts: dict[str, Any]) -> tuple[Rows, Rows]:
    """Rows of the first folder of texts, which are composed, and of the others, which are real."""
    rows = parts["accuracy"]["rows"]
    first = rows[0]["texts"]
    return [row for row in rows if row["texts"] == first], [row for row in rows if row["texts"] != first]


def _without_texts(table: Cells) -> str:
    heads, cells = table
    return markdown((heads[1:], [line[1:] for line in cells]))


def _peer(peer: peers.Peer, versions: dict[str, str]) -> str:
    packages = ", ".join(f"`{name}` {versions[name]}" for name in peer.packages if name in versions)
    return f"- **{peer.label}**{f' ({packages})' if packages else ''}. {peer.how}"


def _told(parts: dict[str, Any], composed: Rows) -> dict[str, str]:
    """What the prose says of the figures."""
    speeds = {row["extractor"]: row["ours"] for row in parts["speed"]["rows"] if row["rate"]}
    scores = {row["extractor"]: row for row in composed if row["found"] is not None}
    best = max((row for name, row in scores.items() if name != OURS), key=lambda row: row["f1"])
    others = {name: times for name, times in speeds.items() if not name.startswith(OURS) and name != FLOOR}
    labels = {
        row["extractor"]: row["label"].replace("A regular", "a regular") for row in parts["speed"]["rows"]
    }
    told = {
        "ours_f1": _share(scores[OURS]["f1"]),
        "best_f1": _share(best["f1"]),
        "best": best["label"],
        "ours_recall": _share(scores[OURS]["recall"]),
        "best_recall": _share(best["recall"]),
        "slower": _listed(
            f"{labels[name]} ({_number(1 / times)} times as fast as we are)"
            for name, times in others.items()
            if times < 1
        ),
        "faster": _listed(
            f"{labels[name]} (we are {_number(times)} times as fast)"
            for name, times in others.items()
            if times >= 1
        ),
        "before_after": f"{_number(1 / speeds[f'{OURS}-first'])} and {_number(1 / speeds[f'{OURS}-last'])}",
    }
    for name, part in parts.items():
        told |= {f"{name}_{what}": part[what] for what in ("command", "day")}
        told[f"{name}_machine"] = "{system}, {cores} cores, Python {python}".format(**part["machine"])
    return told


def _listed(words: Any) -> str:
    *most, last = list(words) or ["none of them"]
    return f"{', '.join(most)} and {last}" if most else str(last)


# Plots


def plots(parts: dict[str, Any]) -> dict[str, str]:
    """SVG of each plot by its file's name."""
    composed, _ = _by_texts(parts)
    return {
        "accuracy.svg": _svg(_accuracy_plot([row for row in composed if row["found"] is not None])),
        "speed.svg": _svg(_speed_plot([row for row in parts["speed"]["rows"] if row["rate"]])),
    }


def _svg(chart: Any) -> str:
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _accuracy_plot(rows: Rows) -> Any:
    data = pl.DataFrame(
        [
            {"extractor": row["label"], "score": label, "share": row[name], "ours": row["extractor"] == OURS}
            for row in rows
            for name, label in (("precision", "precision"), ("recall", "recall"), ("f1", "F1"))
        ]
    )
    order = [row["label"] for row in rows]
    bars = _bars(
        data, alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 1.1]), axis=None), order, "share", ".3f"
    )
    return bars.properties(width=170, height=alt.Step(24)).facet(
        column=alt.Column("score:N", title=None, sort=["precision", "recall", "F1"])
    )


def _speed_plot(rows: Rows) -> Any:
    shown = [row for row in rows if not row["extractor"].startswith(f"{OURS}-")]
    data = pl.DataFrame(
        [
            {"extractor": row["label"], "times": 1 / row["ours"], "ours": row["extractor"] == OURS}
            for row in shown
        ]
    )
    # Bars have no beginning on a logarithmic scale but the one that is given to them.
    low = 0.5 * min(row for row in data["times"])
    data = data.with_columns(low=pl.lit(low))
    scale = alt.Scale(type="log", domain=[low, 4 * max(data["times"])])
    across = alt.X(
        "times:Q", title="letters a second, ours = 1 (logarithmic)", scale=scale, axis=alt.Axis(grid=False)
    )
    order = list(data.sort("times", descending=True)["extractor"])
    return _bars(data, across, order, "times", ",.3r", low="low:Q").properties(width=520, height=alt.Step(24))


def _bars(
    data: pl.DataFrame, across: alt.X, order: Sequence[str], value: str, form: str, low: str | None = None
) -> Any:
    """A bar for each extractor, ours in blue, with its figure at its end."""
    down = alt.Y(
        "extractor:N", title=None, sort=list(order), axis=alt.Axis(labelLimit=300, ticks=False, domain=False)
    )
    colour = alt.Color("ours:N", scale=alt.Scale(domain=[True, False], range=[BLUE, GREY]), legend=None)
    base = alt.Chart(data).encode(x=across, y=down)
    bars = base.mark_bar().encode(color=colour, **({"x2": low} if low else {}))
    words = base.mark_text(align="left", dx=4).encode(text=alt.Text(f"{value}:Q", format=form))
    return alt.layer(bars, words)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
