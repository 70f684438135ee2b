"""Spans of a sentence that hold digits and are no figures: references, articles, addresses, names, ages."""

import re
from functools import cache
from typing import NamedTuple

from transforms.vocabulary import compiled, words


class Mask(NamedTuple):
    """A span [start, end) of the sentence in which no numeral is read, and the entry that says so."""

    start: int
    end: int
    rule: str


def masks(text: str) -> list[Mask]:
    """Every masked span of a sentence, in the order of the vocabulary."""
    if not any(character.isdigit() for character in text):
        return _matches(text, worded_only=True)
    return _matches(text, worded_only=False)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, bool]]:
    return [
        (
            compiled("masks", entry["pattern"], flags=re.NOFLAG if entry.get("case") else re.IGNORECASE),
            f"mask.{entry['name']}",
            entry["name"] in ("age", "one_to_one"),
        )
        for entry in words("masks")["mask"]
    ]


def _matches(text: str, *, worded_only: bool) -> list[Mask]:
    return [
        Mask(*match.span(), rule)
        for pattern, rule, worded in _patterns()
        if worded or not worded_only
        for match in pattern.finditer(text)
    ]
