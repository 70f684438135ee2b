"""Whom a letter credits with its figures."""

import re
from functools import cache, lru_cache

from transforms.vocabulary import alternatives, compiled, words


@cache
def agencies() -> dict[str, str]:
    """Lower-case alias to the code of each body in the vocabulary."""
    return {
        alias.lower(): entry["code"] for entry in words("sources")["agency"] for alias in entry["aliases"]
    }


@cache
def _joined() -> re.Pattern[str]:
    """Another known body joined to the one before (`van het CBS en de IND`)."""
    known = alternatives(map(re.escape, agencies()))
    return re.compile(rf"(?: \(\w+\))?(?:,| en) (?:de |het )?(?P<body>{known})(?!\w)", re.IGNORECASE)


@cache
def _body() -> str:
    known = alternatives(
        re.escape(alias) for entry in words("sources")["agency"] for alias in entry["aliases"]
    )
    body: str = words("sources")["define"]["body"]
    return body.replace("{known}", known)


@cache
def _constructions() -> list[re.Pattern[str]]:
    return [
        compiled("sources", entry["pattern"].replace("{body}", _body()))
        for entry in words("sources")["construction"]
    ]


@lru_cache(maxsize=256)  # asked for each figure of a sentence, and once more for the next sentence
def source(text: str, before: str | None = None) -> str | None:
    """The bodies that a sentence credits, in their order, separated by `;`; None where it credits nobody.

    `before` is the source named last: `volgens haar` and `de Federatie` are that one again.
    """
    matches = [match for pattern in _constructions() for match in pattern.finditer(text)]
    found = [
        (match.start("body"), _again(body, before))
        for match in matches
        if (body := _named(match["body"], match["abbreviation"]))
    ]
    joined = [other for match in matches if (other := _joined().match(text, match.end("body")))]
    found += [(other.start("body"), agencies()[other["body"].lower()]) for other in joined]
    if not found and before is not None and _pronoun().search(text):
        return before
    return ";".join(dict.fromkeys(body for _, body in sorted(found))) or None


def _again(body: str, before: str | None) -> str:
    return before if before is not None and body.lower() in before.lower().split() else body


@cache
def _pronoun() -> re.Pattern[str]:
    return compiled("sources", words("sources")["credit"]["again"])


def _named(body: str, abbreviation: str | None) -> str | None:
    """The body's code where it has one, else its abbreviation, else the words of the letter."""
    known = agencies()
    for name in filter(None, (body, abbreviation)):
        if name.lower() in known:
            return known[name.lower()]
    if abbreviation:
        return abbreviation
    words_of_body = body.strip().split()
    refused = _refused()
    if not words_of_body or words_of_body[0].lower() in refused or body.lower() in refused:
        return None
    return body.strip()


@cache
def _refused() -> frozenset[str]:
    return frozenset(words("sources")["credit"]["not_a_source"])


@cache
def _carry() -> re.Pattern[str]:
    return compiled("sources", words("sources")["carry"]["pattern"], flags=re.NOFLAG)


def goes_on(text: str) -> bool:
    """Whether a sentence says of itself that it goes on about the data of the sentence before."""
    return _carry().search(text) is not None


@cache
def _own() -> re.Pattern[str]:
    return compiled("sources", words("sources")["carry"]["own"])


def is_own(text: str) -> bool:
    """Whether a sentence speaks in its writer's own name (`ik verwacht`)."""
    return _own().search(text) is not None


@cache
def _introduction() -> re.Pattern[str]:
    return compiled("sources", words("sources")["carry"]["introduces"])


def introduces(text: str) -> bool:
    """Whether a sentence speaks of data (`de cijfers van …`), so that its source holds for what follows."""
    return _introduction().search(text) is not None
