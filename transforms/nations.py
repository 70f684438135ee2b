"""The countries of the vocabulary with their adjectives and peoples, as they are written."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from transforms.vocabulary import words


@cache
def nations() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The names of each country by its code; many write them without diaeresis or accent (`Belgie`)."""
    return {
        code: {kind: list(dict.fromkeys((*names, *map(_plain, names)))) for kind, names in named.items()}
        for code, named in words("populations")["nationality"]["codes"].items()
    }


def _plain(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
