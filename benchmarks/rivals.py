"""What ours is measured against: the floor of what finding numbers costs, and a recogniser library."""

from collections.abc import Callable
from importlib.util import find_spec

import polars as pl

#: Digits with their separators, and the commonest number words; ASCII word boundaries are five times faster.
CANDIDATE = (
    r"(?-u:\b)(?:\d[\d.,]*|een derde|de helft|driekwart|verdubbeld|gehalveerd|twee|drie|vier|vijf|zes|zeven"
    r"|negen|tien|elf|twaalf|dertien|twintig|honderd|duizend|anderhalf)"
)


def floor(files: pl.DataFrame) -> pl.DataFrame:
    """Candidates in all letters, with offset and value, found by Polars alone and not understood at all."""
    pieces = (
        files.lazy()
        .select(
            "letter_id",
            piece=pl.col("content").cast(pl.String).str.split(CANDIDATE, literal=False, inclusive=True),
        )
        .explode("piece", empty_as_null=True)
        .with_columns(
            end=pl.col("piece").str.len_chars().cast(pl.Int64).cum_sum().over("letter_id"),
            candidate=pl.col("piece").str.extract(f"({CANDIDATE})$"),
        )
        .drop_nulls("candidate")
    )
    digits = pl.col("candidate").str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return pieces.select(
        "letter_id",
        "candidate",
        start=pl.col("end") - pl.col("candidate").str.len_chars().cast(pl.Int64),
        end="end",
        value=digits.cast(pl.Float64, strict=False),
    ).collect()


def has_recogniser() -> bool:
    """Whether the library is installed: only make bench does that."""
    return find_spec("recognizers_number") is not None


def recogniser() -> Callable[[str], int]:
    """Count the numbers and percentages that the library finds in a text."""
    from recognizers_number import Culture, NumberRecognizer

    models = NumberRecognizer(Culture.Dutch)
    number, percentage = models.get_number_model(), models.get_percentage_model()
    return lambda text: len(number.parse(text)) + len(percentage.parse(text))
