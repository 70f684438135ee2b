"""Words, numbers and dates in the language of the reader."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

#: Languages in the order in which labels.toml and the columns `label_…` of the file have them.
LANGUAGES = {"nl": "Nederlands", "en": "English"}
DUTCH_MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@cache
def _labels() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))


class Words(NamedTuple):
    """One language: its place among LANGUAGES, and what codes are called, by dimension and code."""

    language: str
    codes: Mapping[tuple[str, str], str]

    @property
    def is_dutch(self) -> bool:
        """Whether numbers and dates are written as the Dutch do."""
        return self.language == "nl"

    def __call__(self, name: str, **filled_in: object) -> str:
        """Words of labels.toml by `section.key`; what none is called by is a KeyError."""
        section, key = name.split(".")
        return _labels()[section][key][list(LANGUAGES).index(self.language)].format(**filled_in)

    def told(self, section: str, code: str | None) -> str:
        """What a code of the marts is called, the code itself where labels.toml has none, a dash for none."""
        if code is None:
            return self("app.none")
        return self(f"{section}.{code}") if code in _labels()[section] else code

    def code(self, dimension: str, code: str | None) -> str:
        """What a code of a dimension is called in the file, the code itself where it has no name."""
        if code is None:
            return self("app.none")
        return self.codes.get((dimension, code)) or code

    def number(self, value: float | None) -> str:
        """A number, with a point or comma between thousands as the language has it."""
        if value is None:
            return self("app.none")
        text = f"{value:,.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
        return text.translate(str.maketrans(",.", ".,")) if self.is_dutch else text

    def day(self, day: date | datetime | None) -> str:
        """A date, such as 3 mei 2022."""
        if day is None:
            return self("app.none")
        months = DUTCH_MONTHS if self.is_dutch else ENGLISH_MONTHS
        return f"{day.day} {months[day.month - 1]} {day.year}"

    def moment(self, moment: datetime | None) -> str:
        """A time in UTC, to the minute."""
        return f"{self.day(moment)} {moment:%H:%M} UTC" if moment else self("app.none")

    def figure(
        self,
        value: float,
        high: float | None,
        unit: str,
        precision: str | None = None,
        *,
        per: str | None = None,
        statistic: str | None = None,
    ) -> str:
        """A figure as one says it: 1.222 personen, 100–140 plaatsen, ongeveer 26%, 15 euro per jaar."""
        if precision == "derived":
            value = rounded(value, unit)
        numbers = self.number(value) + (f"–{self.number(high)}" if high is not None and high != value else "")
        said = f"{numbers}%" if unit == "percent" else f"{numbers} {self.code('unit', unit)}"
        said = f"{self.told('precision', precision)} {said}" if precision in HEDGED else said
        said += f" per {self.told('per', per)}" if per else ""
        return f"{said} ({self.told('statistic', statistic)})" if statistic else said


def rounded(value: float, unit: str) -> float:
    """A figure that was calculated, as exact as it can be meant; downloads have all of its digits."""
    digits = 1 if unit in ("percent", "percentage_points") or abs(value) < 10 else 0
    return round(value, digits) or round(value, 4)


def streamlit_phrases(language: str) -> list[tuple[str, str]]:
    """What Streamlit says and how this language says it, where that is another; … stands for anything."""
    at = list(LANGUAGES).index(language)
    return [(phrase, texts[at]) for phrase, texts in _labels()["streamlit"].items() if texts[at] != phrase]


#: What a figure says of its own exactness, in front of it.
HEDGED = ("approx", "at_least", "at_most")


def words_of(language: str, codes: pl.DataFrame) -> Words:
    """Words of a language; `codes` has what codes are called (sql/dashboard/code_labels.sql)."""
    named = codes.select("dimension", "code", f"label_{language}").rows()
    return Words(language, {(dimension, code): label for dimension, code, label in named if label})
