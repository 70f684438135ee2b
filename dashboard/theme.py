"""How it looks: colours that colour-blind people tell apart (Okabe and Ito's, 3:1 on white), and one font."""

from pathlib import Path
from typing import Any

FONT = "'Source Sans', 'Source Sans Pro', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
INK = "#1f2430"
QUIET = "#5a6270"
LINE = "#e3e6eb"
PRIMARY = "#00568f"

#: Colours and shapes of standings: each is told twice.
STANDINGS = {
    "realised": "#0072b2",
    "expected": "#c24e00",
    "target": "#00805c",
    "negated": "#a1467e",
    "derived": "#5a6270",
}
SHAPES = {
    "realised": "circle",
    "expected": "diamond",
    "target": "cross",
    "negated": "triangle-down",
    "derived": "square",
}
#: What stands above a point that isn't exact.
SIGNS = {"approx": "≈", "at_least": "≥", "at_most": "≤"}
#: From few to many.
SHADES = ["#cfe3f2", "#0072b2", "#062f4f"]

#: Of Streamlit. Light for everybody: charts and marks are made for it.
STREAMLIT: dict[str, Any] = {
    "theme.base": "light",
    "theme.primaryColor": PRIMARY,
    "theme.textColor": INK,
    "theme.linkColor": PRIMARY,
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f3f5f8",
}

#: Of Vega-Lite.
CHART: dict[str, Any] = {
    "background": "#ffffff",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "gridColor": LINE,
        "domainColor": "#aab1bc",
        "tickColor": "#aab1bc",
    },
    "title": {
        "color": INK,
        "subtitleColor": QUIET,
        "fontSize": 17,
        "subtitleFontSize": 13,
        "subtitlePadding": 5,
        "fontWeight": 600,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "symbolSize": 90,
        "orient": "bottom",
        "labelLimit": 220,
        "symbolOpacity": 1,
    },
}


def css() -> str:
    """The style of everything that isn't Streamlit's own."""
    return Path(__file__).with_name("theme.css").read_text("utf-8")
