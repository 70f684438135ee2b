"""A sentence with signs in the place of its names, and the constructions that credit them."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import count, pairwise
from operator import or_
from typing import NamedTuple, cast

from transforms.bodies import Body, bodies, calls, is_bare, is_institution, kinds
from transforms.nouns import is_plural
from transforms.vocabulary import Pattern, as_written, compiled, gates, known, words


class Named(NamedTuple):
    """A sentence, in lower case, with a sign of the private use area in the place of each name; the names.

    `lacks` are the kinds of names that it has none of and that a construction may need.
    """

    text: str
    names: Mapping[str, Body]
    lacks: frozenset[str]


#: A body, one of the vocabulary, one that makes data, a publication: the first of the signs for them.
_BODY, _LISTED, _MAKER, _PUBLICATION, _END = 0xE000, 0xE080, 0xE100, 0xE180, 0xE200


_SIGNS = 0x80


def named_last(text: str) -> str | None:
    """The body that a next sentence may call `zij`: the only one of a sentence, else its subject."""
    named = without_names(text).names.values()
    makers = {body.name for body in named if not body.report and not is_bare(body.name)}
    return makers.pop() if len(makers) == 1 else begun_with(text)


def begun_with(text: str) -> str | None:
    """The body that a sentence begins with, or the several."""
    named = without_names(text)
    match = _SUBJECTS.match(named.text)
    bodies = [named.names[sign] for sign in SIGN.findall(match[0])] if match is not None else []
    return ";".join(body.name for body in bodies if not body.report) or None


def credit(text: str, table: str, before: str | None) -> str | None:
    """The bodies that the constructions of a table credit, separated by `;`; `before` was named last."""
    found = names_in(text, table)
    return ";".join(dict.fromkeys(once_more(name, before) for name in found)) or None


@lru_cache(maxsize=256)  # whatever was named before
def names_in(text: str, table: str) -> tuple[str, ...]:
    """The names of those that the constructions of a table credit, in their order."""
    named = without_names(text)
    if not named.names:
        return ()
    found = _found(table, named)
    if found and table == "construction" and len(named.names) > len(found):
        found |= _found("beside", named)
    credited = [body for _, body in sorted(found.items())]
    made = [body for body in credited if not body.report]
    return tuple(_in_sentence(body, named) for body in made or credited)


def _in_sentence(body: Body, named: Named) -> str:
    """The name of a body, which one before it in the sentence has for it that is called by its noun."""
    noun = body.name.lower()  # `de Raad`, behind `de Onderzoeksraad`
    if not is_bare(noun):
        return body.name
    before = [each.name for each in named.names.values() if each.start < body.start and not each.report]
    return next((name for name in reversed(before) if kinds(name) and calls(noun, name)), body.name)


def _found(table: str, named: Named) -> dict[int, Body]:
    """The bodies that a table's constructions credit, by where they stand."""
    return {
        body.start: body
        for pattern in possible(table, named)
        for match in pattern.finditer(named.text)
        for sign in "".join(filter(None, match.groups()))
        if (body := named.names.get(sign)) is not None and not _reacts_to(named.text, sign)
    }


def _reacts_to(text: str, sign: str) -> bool:
    """Whether a letter acts upon a body's publication (`naar aanleiding van het rapport van X`)."""
    at = text.find(sign)
    if words_of("advises").match(text, at + 1) is not None:
        return False  # `conform het advies van X, dat adviseert …`: what X says is X's
    return words_of("reacts").search(text, max(0, at - _REACTS), at) is not None


#: Characters in front of a name in which a letter may say so.
_REACTS = 90


def possible(table: str, named: Named) -> list[re.Pattern[str]]:
    """The constructions that a sentence may hold, by its words and by the names in it."""
    return _possible_by(table, named.lacks, gates(named.text) & _gates_of(table, len(known())))


@lru_cache(maxsize=20_000)  # few of a sentence's gates matter to a table
def _possible_by(table: str, lacks: frozenset[str], bits: int) -> list[re.Pattern[str]]:
    return [
        pattern.regex
        for pattern, entry in _filled_in(table)
        if pattern.gate & bits == pattern.gate and pattern.may_match(bits) and entry.get("needs") not in lacks
    ]


@cache
def _gates_of(table: str, _: int) -> int:
    """The gates that any construction has, as of so many patterns learnt."""
    return reduce(or_, (pattern.gates for pattern, _ in _filled_in(table)), 0)


@cache
def _filled_in(table: str) -> list[tuple[Pattern, Mapping[str, str]]]:
    return [(cast("Pattern", _filled(entry["pattern"])), entry) for entry in words("sources")[table]]


@cache
def _filled(pattern: str) -> re.Pattern[str]:
    """A construction with the signs of names in it, each in a group of its own, for a text in lower case.

    That is several times as fast as a search without regard to case.
    """
    body, listed, maker, publication = (
        f"[{chr(first)}-{chr(last - 1)}]"
        for first, last in (
            (_BODY, _PUBLICATION), (_LISTED, _PUBLICATION), (_MAKER, _PUBLICATION), (_PUBLICATION, _END),
        )
    )  # fmt: skip
    # right behind a name stands who is told (`heeft het UWV SZW laten weten`)
    told = rf"(?<!\bheeft {body} .)(?<!\bhebben {body} .)"
    no_subject = rf"{words('sources')['credit']['no_subject']}(?<!{body} en .)(?<!\d .){told}"
    others = rf"(?:(?: of |,? en |, ?|/| & |,? alsmede | en/of ){body}){{0,5}}"
    whose = words("sources")["credit"]["whose"]
    for placeholder, filling in (
        ("{subject}", f"({body}{no_subject}{others}){whose}"),
        ("{maker_subject}", f"({maker}{no_subject}{others})"),
        ("{bodies}", f"({body}{others})"),
        ("{listed}", f"({listed})"),
        ("{maker}", maker),
        ("{named}", f"({publication})"),
    ):
        pattern = pattern.replace(placeholder, filling)
    return compiled("sources", pattern, flags=re.NOFLAG)


@lru_cache(maxsize=256)
def without_names(text: str) -> Named:
    """The sentence as the constructions read it: titles empty, articles and asides of names left out."""
    plain = _QUOTED.sub("«»", SIGN.sub(" ", text))
    names: dict[str, Body] = {}
    pieces, at, numbers = [], 0, count()
    for body in _titled(plain)[:_SIGNS]:
        before = max(0, body.start - _LONGEST_ARTICLE - _LONGEST_LAW), body.start
        of_law = as_written("sources", "of_law").search(plain, *before)
        if of_law or as_written("sources", "explained").match(plain, body.end):
            continue
        first = _PUBLICATION if body.report else _MAKER if body.maker else _LISTED if body.listed else _BODY
        sign = chr(first + next(numbers))
        names[sign] = body
        article = as_written("sources", "article").search(
            plain, max(at, body.start - _LONGEST_ARTICLE), body.start
        )
        pieces += [plain[at : article.start() if article else body.start], sign]
        at = body.end
    read = "".join([*pieces, plain[at:]])
    if " (" in read:
        read = as_written("sources", "aside").sub("", read)
    if ", " in read:
        read = as_written("sources", "apposition").sub(r" \1 ", as_written("sources", "inset").sub("", read))
    if "owel " in read:
        read = as_written("sources", "both").sub(r"\1 en \2", read)
    if " u " in read:
        read = as_written("sources", "asked_of_you").sub(" ", read)
    return Named(read.lower(), names, _lacking(names.values()))


def _lacking(names: Collection[Body]) -> frozenset[str]:
    """What a construction may need a name of, and none of these is; who makes data counts as listed."""
    has = {
        "listed": any((body.listed or body.maker) and not body.report for body in names),
        "maker": any(body.maker and not body.report for body in names),
        "publication": any(body.report for body in names),
    }
    return frozenset(kind for kind, is_there in has.items() if not is_there)


def _titled(text: str) -> Sequence[Body]:
    """The names in a text; behind `Bron:` and a body, what a comma parts from it is a title of the body's."""
    found = tuple(_with_register(text, body) for body in bodies(text))
    source_at = text.find("Bron")
    if source_at < 0:
        return found
    titles = {
        body
        for before, body in pairwise(found)
        if before.start > source_at
        and text[before.end : body.start] == ", "
        and not body.listed
        and _begins_title(text, body)
    }
    return [body._replace(report=True) if body in titles else body for body in found]


def _with_register(text: str, body: Body) -> Body:
    """`I&R-register`, `PMJ-raming`: data called by an abbreviation, whoever keeps them."""
    if body.listed or body.report or (match := words_of("kept", table="name").match(text, body.end)) is None:
        return body
    return body._replace(end=match.end(), report=True)


def _begins_title(text: str, body: Body) -> bool:
    """Whether a name is more words than a body's, or a part of one (`HRM-monitor`, `Capaciteit opvang`)."""
    if is_institution(body.name):
        return False
    return " " in body.name or _GOES_ON_AS_TITLE.match(text, body.end) is not None


_GOES_ON_AS_TITLE = re.compile(r"-\w| [a-z]{4,}| (?:in|en|op|per|van|bij) [a-zë]{4,}| (?:19|20)\d\d\b")


SIGN = re.compile(rf"[{chr(_BODY)}-{chr(_END - 1)}]")


_SUBJECTS = re.compile(rf"{SIGN.pattern}(?:(?:, | en ){SIGN.pattern})*")


_QUOTED = re.compile(r"«[^»]{1,200}»|“[^”]{1,200}”|\"[^\"]{1,200}\"|‘[^’]{3,200}’")


_LONGEST_ARTICLE = 28


_LONGEST_LAW = 40  # characters before it


def once_more(body: str, before: str | None) -> str:
    """The body named `before` where a name is another word for it, else the name."""
    if before is None:
        return body
    again = (
        body.lower() in before.lower().split()
        or body in words("sources")["name"]["researchers"]
        or (";" not in before and calls(body, before) and not _are_many(body))
    )
    return before if again else body


def _are_many(noun: str) -> bool:
    """Whether a common noun is of several, so that no single body is called by it (`de provincies`)."""
    return noun.islower() and noun.isalpha() and is_plural(noun)


@cache
def words_of(name: str, *, table: str = "credit") -> re.Pattern[str]:
    """A pattern of the vocabulary of sources by its table and name."""
    return compiled("sources", words("sources")[table][name])
