"""The Kamerstukken that a letter cites, each with its span."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.vocabulary import compiled, words


class Reference(NamedTuple):
    """One cited document; [start, end) is the citation in the text that was read."""

    start: int
    end: int
    dossier: str
    number: str

    @property
    def identifier(self) -> str:
        """The official identifier that dossier and number make up."""
        return f"kst-{self.dossier}-{self.number}"


def references(text: str) -> Iterator[Reference]:
    """Every document cited in `text`: each dossier of a citation with each of its numbers."""
    end = 0
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < end or not _NUMBER_WORD.search(
            text, candidate.end(), candidate.end() + _BEHIND
        ):
            continue
        match = _citation().search(text, max(end, candidate.start() - _BEFORE), candidate.end() + _BEHIND)
        if match is None:
            continue
        end = match.end()
        for dossier in _dossiers(match["dossiers"]):
            for number in re.findall(r"[A-Z]*\d+|[A-Z]+", match["numbers"]):
                yield Reference(*match.span(), dossier, number)
    if "kst-" in text:
        for match in _identifier().finditer(text):
            yield Reference(*match.span(), match["dossier"], match["number"])


#: A number that may be a dossier's; the citation stands around it.
_CANDIDATE = re.compile(r"\d(?<![\d.,].)\d[ .]?\d{3}(?!\d)")
_BEFORE, _BEHIND = 60, 200
_NUMBER_WORD = re.compile(r"[Nn](?:r|ummer|o\.)")


def _dossiers(text: str) -> list[str]:
    """`28 638`, `36 200 VI` in the notation of the identifiers: 28638, 36200-VI."""
    found = re.findall(r"(\d{2})[ .]?(\d{3})(?:[ -]([IVXLC]+|[A-F])(?![\w.]))?", text)
    return ["-".join(filter(None, (first + last, chapter))) for first, last, chapter in found]


@cache
def _citation() -> re.Pattern[str]:
    # kept on several lines so that one can read it; a space in it is written as \s
    pattern = words("references")["reference"]["citation"].replace("\n", "")
    return compiled("references", pattern, flags=re.NOFLAG)


@cache
def _identifier() -> re.Pattern[str]:
    return compiled("references", words("references")["reference"]["identifier"], flags=re.NOFLAG)
