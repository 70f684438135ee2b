"""One labelled letter, in the form of the gold."""

import json
from pathlib import Path

TEXT = (
    "In 2019 waren er 1.204 slachtoffers van mensenhandel, 12% meer dan in 2018 (Kamerstuk 28638, nr. 75). "
    "Tussen de 20 en 30 plaatsen komen erbij, voor € 2,5 miljoen. Een op de tien zaken liep vast, "
    "een derde slaagde.\n"
)
LABELLED = (
    ("1.204", 1204, None, "persons", "count"),
    ("12%", 12, None, "percent", "growth"),
    ("20 en 30", 20, 30, "places", "capacity"),
    ("€ 2,5 miljoen", 2_500_000, None, "euro", "amount"),
    ("Een op de tien", 10, None, "percent", "share"),
    ("een derde", 33.333, None, "percent", "share"),
)


def small_gold(folder: Path) -> Path:
    """Write the letter and its labels, and return the folder of the set."""
    texts = folder / "gold" / "letters"
    texts.mkdir(parents=True)
    (texts / "brief.txt").write_text(TEXT, "utf-8")
    lines = [json.dumps(_label(*each), ensure_ascii=False) for each in LABELLED]
    texts.with_suffix(".jsonl").write_text("\n".join(lines), "utf-8")
    return texts.parent


def _label(quote: str, value: float, high: float | None, unit: str, kind: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {
        **dict.fromkeys(("base_period", "source"), None),
        **{"letter": "brief.txt", "start": start, "end": start + len(quote), "quote": quote},
        **{
            "value": value,
            "value_high": high,
            "unit": unit,
            "kind": kind,
            "measure": "iets",
            "period": "2019",
        },
        **{"direction": "none", "status": "realised", "precision": "range" if high else "exact"},
    }
