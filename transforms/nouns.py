"""Dutch noun phrases: where the one behind a number ends, and the unit of what its head names."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.nations import nations
from transforms.vocabulary import compiled, words


class Noun(NamedTuple):
    """A noun phrase with the unit of what it names; [start, end) in the sentence."""

    unit: str
    phrase: str
    start: int
    end: int


#: Units of time that something lasts.
LENGTHS = ("hours", "days", "weeks", "months", "years")
#: Units of what is told as a part of a whole or of another number.
PERCENT = ("percent", "percentage_points")
#: Units that a number must state itself: nobody leaves them to the sentence before.
UNCARRIED = (*PERCENT, "euro", *LENGTHS)
#: Units of nouns that tell by themselves what is counted.
TOLD_BY_NOUN = ("persons", "places", "cases")

_WORD = re.compile(
    r" ?\(?(?:[‘“«\"](?=[^.,;:‘’“”«»\"]{1,40}[’”»\"]))?"
    r"((?:\d+-)?[^\W\d_][\w/-]*(?:[’'][\w/-]+)*(?: & [\w-]+)?|%|°C?|‰)"
)
#: Marks before a noun that is somebody's word for it (`300 ‘aandachtsbedrijven’`), and brackets within one.
_UNQUOTED = re.compile(r"[‘“«\"()]")
_NEXT = re.compile(r" ((?:\d+-)?[^\W\d_][\w’'/-]*)")


# Units


@cache
def _endings() -> dict[str, str]:
    table: dict[str, list[str]] = words("units")["nouns"]
    found = {noun.lower(): unit for unit, nouns in table.items() for noun in nouns}
    found |= {noun: unit for unit, nouns in words("units")["exceptions"].items() for noun in nouns}
    found = dict.fromkeys(_physical(), "other") | found
    return {noun.replace("’", "'"): unit for noun, unit in found.items()}


@cache
def _physical() -> frozenset[str]:
    """The units of what is measured, in small letters: a prefix and a base, or their signs."""
    table: dict[str, list[str]] = words("units")["physical"]
    composed = [
        prefix + base
        for prefixes, bases in (
            (["", *table["prefixes"]], table["bases"]),
            (table["prefix_signs"], table["base_signs"]),
            (table["small_prefix_signs"], table["small_base_signs"]),
        )
        for prefix in prefixes
        for base in bases
    ]
    return frozenset(unit.lower() for unit in (*composed, *table["words"]))


@lru_cache(maxsize=100_000)
def is_physical(phrase: str) -> bool:
    """Whether a phrase tells what is measured, not counted: it holds a physical unit, or one per another."""
    return any(
        word in _physical() or ("/" in word and word.split("/", 1)[0] in _physical())
        for word in phrase.lower().replace("-", " ").split()
    )


@lru_cache(maxsize=100_000)
def unit_of(word: str) -> str | None:
    """The unit of a noun by its longest known ending (`celplaatsen` is places); None for another word."""
    endings, lowered = _endings(), word.lower().replace("’", "'")
    for whole in (lowered, lowered.rsplit("-", 1)[-1], lowered.split("/", 1)[0]):
        if whole in endings:
            return endings[whole] if endings[whole] != "none" else None
    if lowered.startswith("procent"):
        return "percent"
    cuts = range(1, len(lowered) - 4)
    ending = next((lowered[cut:] for cut in cuts if lowered[cut:] in endings), "")
    if len(ending) < _SURE and _pattern("guess", "verb").search(lowered):
        return None
    unit = endings.get(ending)
    return None if unit in ("none", *UNCARRIED) else unit


#: Letters of an ending that no verb shares: `zwerfjongeren` ends like one, and is none.
_SURE = 8


def is_listed(word: str) -> bool:
    """Whether a word as a whole is a noun of the lists."""
    return _endings().get(word.lower(), "none") != "none"


def is_unit(phrase: str) -> bool:
    """Whether a phrase is a unit of measurement (`minuten`, `keer`), which says nothing of what counts."""
    return phrase.lower() in _measures()


@cache
def _measures() -> frozenset[str]:
    table = words("units")
    return (
        frozenset(table["measures"]["words"])
        | _physical()
        | {noun for unit in UNCARRIED for noun in table["nouns"].get(unit, [])}
    )


@lru_cache(maxsize=100_000)
def unit_of_any(word: str) -> str:
    """The unit of any noun: people by the ending of those who do or are something, else other."""
    known = unit_of(word)
    if known is not None:
        return known
    people = _pattern("guess", "persons").search(word) and not _pattern("guess", "not_persons").search(word)
    nation = word.rpartition("-")[2][:1].isupper() and _pattern("guess", "nation").search(word)
    return "persons" if people or nation else "other"


def noun_in(text: str, *, told: bool = False) -> tuple[str, str] | None:
    """The unit and the word of the first noun of the vocabulary in a label or caption.

    `told`: other than what numbers are told in (`de rapportages`).
    """
    for word in re.findall(r"[^\W\d_][\w’'-]+", text):  # a letter alone is short for a word: `w.v. vrouwen`
        unit = unit_of(word)
        if (
            unit is not None
            and unit not in UNCARRIED
            and not (told and _pattern("guess", "untold").search(word))
        ):
            return unit, word
    return None


def noun_of_title(text: str) -> tuple[str, str] | None:
    """The unit and the word of the first plural in a title, which says what a table counts."""
    if len(text) > _LONGEST_TITLE or text.rstrip()[-1:] in (".", "?", "!"):
        return None
    for match in re.finditer(r"[^\W\d_][\w’'-]*", text):
        word = match[0]
        if is_plural(word) and not _pattern("guess", "untold").search(word):
            # Whatever a title begins with has a capital: only a known people is one by its ending.
            begins = _BEGUN.search(text, 0, match.start()) is not None and word not in _peoples()
            unit = unit_of_any(word.lower() if begins else word)
            return None if unit in UNCARRIED else (unit, word)
    return None


@cache
def _peoples() -> frozenset[str]:
    return frozenset(people for names in nations().values() for people in names.get("people", ()))


#: What goes before the first word of a title: nothing, or its number and a sign.
_BEGUN = re.compile(r"(?:^|[\d.:–-]) *$")
_LONGEST_TITLE = 100


# Words


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return compiled("units", words("units")[table][name])


@cache
def stops() -> frozenset[str]:
    """Words that end a noun phrase: prepositions, pronouns, conjunctions, finite verbs."""
    return frozenset(words("units")["scan"]["stop"])


@lru_cache(maxsize=100_000)
def is_verb(word: str) -> bool:
    """Whether a word that ends like a noun is a verb, an adverb or a participle."""
    return any(_pattern("guess", name).search(word) for name in ("verb", "participle"))


@lru_cache(maxsize=100_000)
def is_participle(word: str) -> bool:
    """`uitgevoerd`, `ondernomen`."""
    return _pattern("guess", "participle").search(word) is not None or _PARTICIPLE.fullmatch(word) is not None


_PARTICIPLE = re.compile(r"(?!eigen)(?:[a-z]{2,5})?ge\w{3,}[dt]|(?:ver|be|ont|her)\w{4,}[dt]")


@lru_cache(maxsize=100_000)
def is_nominal(word: str) -> bool:
    """Whether a participle or an adjective stands for people (`gewonden`)."""
    return _pattern("guess", "nominal").search(word) is not None


@lru_cache(maxsize=100_000)
def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun and not like a verb, an adverb or a participle."""
    if is_nominal(word):
        return True
    if word.lower() in stops() or is_verb(word) or _pattern("guess", "singular").search(word):
        return False
    return _pattern("guess", "noun").search(word) is not None


@lru_cache(maxsize=100_000)
def is_adjective(word: str) -> bool:
    """`nieuwe`, `gesloten`, `Rotterdamse`, `extra`; a trade's or a nation's noun in -e is none."""
    return _pattern("guess", "adjective").search(word) is not None


@lru_cache(maxsize=10_000)
def is_sex(phrase: str) -> bool:
    """Whether a noun in the singular says what those counted are: `78% was vrouw`."""
    return _pattern("whole", "said").search(phrase) is not None


def _following(text: str, end: int) -> str | None:
    match = _NEXT.match(text, end)
    return match[1] if match and match[1].lower() not in stops() else None


def _is_noun(word: str | None) -> bool:
    return word is not None and (unit_of(word) is not None or is_plural(word))


# Phrases


def phrase_at(text: str, start: int, limit: int, *, small: bool = False) -> Noun | None:
    """The noun phrase that begins at `start`: adjectives, then its head, a plural or a word of the lists.

    `small`: the number before it is small, so that a capitalised word names something rather than counts.
    """
    position = first = start
    best: Noun | None = None
    for _ in range(words("units")["scan"]["max_words"]):
        match = _WORD.match(text, position)
        if match is None or match.end(1) > limit or _ends_before(text, match):
            break
        word, end = match[1], match.end(1)
        unit = unit_of(word)
        if unit is not None or (is_plural(word) and not _leads_on(text, word, end)):
            best = Noun(unit or unit_of_any(word), _UNQUOTED.sub("", text[first:end]).strip(" ("), first, end)
            if unit != "persons" or not _heads_on(text, word, end):
                break
        elif best is not None:
            if not is_adjective(word):
                break
        elif not _passes(text, word, end, small=small):
            break
        position = _before_head(text, word, end)
        if text[position : position + 1] in tuple(",;:.)?"):
            break
    return best


def _ends_before(text: str, word: re.Match[str]) -> bool:
    """Whether a noun phrase goes no further than before a word: one that ends it, a bracket, a comparison."""
    end = word.end(1)
    if word[1].endswith("er") and text.startswith(" dan ", end):
        return True  # `40 ouder dan een jaar`
    return word[1].lower() in stops() or ("(" in word[0] and text[end : end + 1] != ")")


def singular_at(text: str, start: int, limit: int) -> Noun | None:
    """The noun of the lists that stands in the singular at `start`, behind an adjective or none."""
    position = start
    for _ in range(2):
        match = _WORD.match(text, position)
        if match is None or match.end(1) > limit or match[1].lower() in stops():
            return None
        if _UNQUOTED.search(match[0]):
            return None  # `1 «Treinuitval in Zeeland»` is a note and what it cites
        unit = unit_of_singular(match[1])
        if unit is not None and not (position == start and _BARE.search(match[1])):
            return Noun(unit, text[start : match.end(1)].strip(), start, match.end(1))
        if not (_BARE.search(match[1]) or is_adjective(match[1]) or is_participle(match[1])):
            return None
        position = match.end(1)
    return None


#: Adjectives without an ending: `een minderjarig slachtoffer`.
_BARE = re.compile(r"(?:jarig|elijk|isch|ief|eel|aal|baar|loos|air|ig)$")


@lru_cache(maxsize=100_000)
def unit_of_singular(word: str) -> str | None:
    """The unit of a noun of the lists, by one of the plurals that it may have."""
    stem = _LONG_VOWEL.sub(r"\1\2", word)
    soft = {"f": "v", "s": "z"}.get(stem[-1:], stem[-1:])
    plurals = (f"{word}en", f"{word}s", f"{word}n", f"{word}{word[-1:]}en", f"{stem[:-1]}{soft}en")
    unit = next(filter(None, map(unit_of, plurals)), None)
    if unit is None and any(is_plural(each) and unit_of_any(each) == "persons" for each in plurals[:2]):
        unit = "persons"
    return None if unit in UNCARRIED else unit


#: `persoon` has a short vowel in its plural's spelling.
_LONG_VOWEL = re.compile(r"([aeou])\1([^aeiou])$")


def _before_head(text: str, word: str, end: int) -> int:
    """Behind `dag- en` of `dag- en nachtopvang` or `(mogelijke)` of `(mogelijke) daders`: the head comes."""
    if text.startswith(")", end) and text[end - len(word) - 1] == "(":
        return end + 1
    if not word.endswith("-"):
        return end
    match = re.compile(r" (?:en|of|,)(?= )").match(text, end)
    return match.end() if match else end


def _passes(text: str, word: str, end: int, *, small: bool) -> bool:
    """Whether the head may still follow: behind an adjective, an adverb before one, or half a compound."""
    if word.endswith("-") or is_adjective(word):
        return True
    following = _following(text, end)
    if following is None or (small and word[0].isupper() and word[1:].islower()):
        return False
    return _is_noun(following) or is_adjective(following)


def _leads_on(text: str, word: str, end: int) -> bool:
    """Whether a noun follows an adjective that looks like a plural (`gouden medailles`, `Vlaams water`)."""
    following = _following(text, end)
    if following is not None and word[0].isupper() and following[0].islower() and is_adjective(word):
        return True  # `Vlaams water`
    if following is None or not word.endswith("en"):
        return False
    if _pattern("guess", "material").search(word):
        return _is_noun(following)
    return unit_of(following) not in (None, *UNCARRIED)


def _heads_on(text: str, word: str, end: int) -> bool:
    """Whether the word is an adjective to another noun (`minderjarige slachtoffers`)."""
    if word[-2:] not in ("ge", "ke", "te", "de", "ne"):
        return False
    following = _following(text, end)
    if following is not None and is_adjective(following) and not _is_noun(following):
        following = _following(text, end + 1 + len(following))  # `dode wilde vogels`
    return following is not None and _is_noun(following)
