"""Known errors in letters, as a frame of entries: sql/corrections finds their claims and corrects them."""

import polars as pl

#: What an entry may give another value, or expect of a claim as it was extracted.
FIELDS = (
    "value", "value_high", "unit", "kind", "measure", "period", "base_period", "direction", "status",
    "precision", "source", "per", "statistic", "population",
)  # fmt: skip

#: One row an entry. A letter has an identifier or a letter_id; a claim a quote and words of its sentence, or
#: its char_start. `fields` are those overridden, whose new values stand in the columns of their names, null
#: for none; `expected_values` are texts, null for none.
ENTRY = pl.Schema(
    {
        "correction_id": pl.String,
        "entry": pl.Int64,
        "identifier": pl.String,
        "letter_id": pl.String,
        "quote": pl.String,
        "sentence": pl.String,
        "char_start": pl.Int64,
        "action": pl.String,
        "fields": pl.List(pl.String),
        "expected_fields": pl.List(pl.String),
        "expected_values": pl.List(pl.String),
        "reason": pl.String,
        "found_by": pl.String,
        "found_on": pl.Date,
        **{field: pl.Float64 if field.startswith("value") else pl.String for field in FIELDS},
    }
)
