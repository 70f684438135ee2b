"""Spans of a sentence that hold digits and are no figures: references, articles, addresses, names, ages."""

import re
from typing import NamedTuple

from transforms.vocabulary import candidates


class Mask(NamedTuple):
    """A span [start, end) of the sentence in which no numeral is read, and the entry that says so."""

    start: int
    end: int
    rule: str


_DIGIT = re.compile(r"\d")


def masks(text: str) -> list[Mask]:
    """Every masked span of a sentence, in the order of the vocabulary."""
    has_digits = _DIGIT.search(text) is not None
    return [
        Mask(*match.span(), f"mask.{entry['name']}")
        for pattern, entry in candidates("masks", "mask", text)
        if has_digits or entry.get("words")
        for match in pattern.finditer(text)
    ]
