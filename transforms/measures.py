"""Which measure of the vocabulary a figure is of."""

import re
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, NamedTuple

from transforms import schemas
from transforms.errors import VocabularyError
from transforms.nations import nations
from transforms.nouns import unit_of
from transforms.vocabulary import alternatives, as_written, compiled, gates, occurs, spans, words


class Measure(NamedTuple):
    """An entry of the vocabulary, its patterns compiled."""

    code: str
    family: str
    unit: str
    kinds: frozenset[str]
    phrase: re.Pattern[str]
    context: re.Pattern[str] | None
    rivals: re.Pattern[str] | None
    nearby: re.Pattern[str] | None
    weakly: re.Pattern[str] | None
    excludes: re.Pattern[str] | None
    stands_for: re.Pattern[str] | None
    named_as: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    turns: re.Pattern[str] | None


class Said(NamedTuple):
    """The words of a figure, from the nearest on: its noun phrase and what belongs to it, clause, sentence.

    `around` is what was said around the sentence: paragraph, heading, section, subject, the letter's opening.
    """

    phrase: str
    own: str
    clause: str
    sentence: str
    around: tuple[str, ...] = ()


@cache
def measures() -> list[Measure]:
    """The measures in the order in which they are tried."""
    return [_measure(number, entry) for number, entry in enumerate(words("measures")["measure"], 1)]


#: What an entry must hold, and what it may.
_REQUIRED = ("measure", "family", "label_nl", "label_en", "unit", "kinds", "phrase")
_OPTIONAL = ("context", "rivals", "nearby", "weakly", "excludes", "stands_for", "named_as", "needs")


def _measure(number: int, entry: dict[str, Any]) -> Measure:
    """The entry, checked: a typo must not pass as a measure that never fits."""
    name = f"vocabulary/measures.toml: measure {entry.get('measure', number)!r}"
    if missing := [field for field in _REQUIRED if field not in entry]:
        raise VocabularyError(f"{name} lacks {', '.join(missing)}")
    if unknown := [field for field in entry if field not in (*_REQUIRED, *_OPTIONAL)]:
        raise VocabularyError(f"{name} has unknown fields: {', '.join(unknown)}")
    families = words("measures")["families"]["names"]
    close = get_close_matches(entry["family"], families, n=1, cutoff=0.7)
    if close and entry["family"] not in families:
        raise VocabularyError(f"{name}: family {entry['family']} looks like {close[0]}")
    for field, allowed, given in (
        ("kinds", schemas.KINDS, entry["kinds"]),
        ("unit", schemas.UNITS, [entry["unit"]]),
    ):
        if wrong := [value for value in given if value not in allowed]:
            raise VocabularyError(f"{name}: {field} {', '.join(wrong)} is none of {', '.join(allowed)}")
    patterns = {field: _compiled(entry, field) for field in _OPTIONAL}
    return Measure(
        code=entry["measure"],
        family=entry["family"],
        unit=entry["unit"],
        kinds=frozenset(entry["kinds"]),
        phrase=compiled("measures", entry["phrase"]),
        turns=compiled("measures", f"{{turning}}{entry['rivals']}") if "rivals" in entry else None,
        **patterns,
    )


def _compiled(entry: dict[str, Any], field: str) -> re.Pattern[str] | None:
    return compiled("measures", entry[field]) if field in entry else None


@cache
def family(code: str | None) -> str | None:
    """The family of a measure's code."""
    return next((measure.family for measure in measures() if measure.code == code), None)


@cache
def _people() -> re.Pattern[str]:
    return compiled("measures", "{people}")


@lru_cache(maxsize=10_000)
def is_people(phrase: str) -> bool:
    """Whether a noun phrase names people in general (`personen`, `minderjarige meisjes`)."""
    return _people().search(phrase.strip()) is not None


def says(what: str, text: str) -> bool:
    """Whether a text says something of people or of a change that the vocabulary has a pattern for."""
    return compiled("measures", words("measures")["goes_on"][what]).search(text) is not None


def changed(text: str) -> str:
    """The last word in a text for how much there is of something (`de wachtlijst`), else none."""
    found = list(compiled("measures", words("measures")["goes_on"]["subject"]).finditer(text))
    return found[-1]["noun"] if found else ""


def grown(text: str) -> str:
    """What a sentence says has grown or shrunk, else none."""
    match = compiled("measures", words("measures")["goes_on"]["grows"]).search(text)
    return (match["noun"] or match["fewer"] or "") if match else ""


@lru_cache(maxsize=4096)  # a sentence's figures ask for the same texts
def people_named(text: str) -> str | None:
    """The last noun in a text for people of some sort: whom people in general are that are spoken of next."""
    found = (
        word[0]
        for word in _WORD.finditer(as_written("measures", "of_whom").sub(r"\1", text))
        if _names_people(word[0])
    )
    last = next((word for word in reversed(list(found)) if not is_people(word)), None)
    return "slachtoffers" if last is not None and last.lower() in _OF_VICTIMS else last


def _names_people(word: str) -> bool:
    return unit_of(word) == "persons" or word.lower() in _OF_VICTIMS


#: Words that tell of victims: a single one, and whose register they are in.
_OF_VICTIMS = ("slachtoffer", "comensha", "slachtoffermonitor")


_WORD = re.compile(r"[^\W\d_][\w-]+")


def measure_of(said: Said, unit: str, kind: str) -> str | None:
    """The code of the first measure that the noun phrase fits and the nearest topic is that of."""
    for measure in _of_kind(unit, kind):
        if not measure.phrase.search(said.phrase) and not _stands_for(measure, said):
            continue
        if _is_said(measure, said) and not _is_excluded(measure, said) and _in_context(measure, said):
            return measure.code
    return None


@cache
def _of_kind(unit: str, kind: str) -> list[Measure]:
    return [each for each in measures() if kind in each.kinds and _unit_fits(each, unit, kind)]


def _is_said(measure: Measure, said: Said) -> bool:
    """Whether what the measure needs is said: in the sentence, or just before it."""
    texts = (said.phrase, said.sentence, *said.around[:1])
    return measure.needs is None or any(measure.needs.search(text) for text in texts)


def _is_excluded(measure: Measure, said: Said) -> bool:
    """Whether the words of the figure make it another one, or one of another country."""
    if measure.excludes and (measure.excludes.search(said.phrase) or measure.excludes.search(said.clause)):
        return True
    return _is_abroad(said)


def _is_abroad(said: Said) -> bool:
    """Whether the nearest place spoken of is another country, or the world."""
    home = _place("home")
    foreign = _foreign(said.sentence)
    if not foreign:
        return False
    clause = max(0, said.sentence.find(said.clause))
    own = max(0, said.sentence.rfind(said.own, 0, clause + len(said.clause))) if said.own else clause
    for text, start in ((said.own, own), (said.clause, clause), (said.sentence, 0)):
        if home.search(text):
            return False
        if any(start <= at < start + len(text) for at in foreign):
            return True
    return False


@lru_cache(maxsize=4096)  # a sentence's figures ask for the same text
def _foreign(text: str) -> tuple[int, ...]:
    """Where a sentence names places of another country: where something is, or who counts or has it."""
    found = [match.start() for match in _place("abroad").finditer(text)]
    of_people, last = True, None
    for match in _place("country").finditer(text):
        listed = last is not None and _place("listed").search(text[last.end() : match.start()])
        if not listed and match[0] in _ambiguous() and not _is_surely(text, match):
            continue
        if not listed:
            of_people = _is_of_people(text, match)
        if not of_people and not _place("home").search(match[0]):
            found.append(match.start())
        last = match
    return tuple(found)


@cache
def _ambiguous() -> frozenset[str]:
    """Names that a country and its people have: `Polen`."""
    return frozenset(
        name for each in nations().values() for name in each["countries"] if name in each.get("people", ())
    )


def _is_surely(text: str, name: re.Match[str]) -> bool:
    """Whether a name that may be a people's is a country's: `in Polen`, `Polen telde`."""
    before, after = text[: name.start()], text[name.end() :]
    return _place("surely").search(before) is not None or _place("has").search(after) is not None


def _is_of_people(text: str, country: re.Match[str]) -> bool:
    """Whether a country is where people come from, go to, or were exploited."""
    if _place("origins").search(text) or _place("undergone").search(text[country.end() :]):
        return True
    before = text[max(0, country.start() - _REACH) : country.start()]
    return _place("origin").search(before) is not None and _place("of_counted").search(before) is None


_REACH = 60


@cache
def _place(name: str) -> re.Pattern[str]:
    """A pattern for places, with the countries and adjectives of the populations in it."""
    names = nations()
    foreign = [code for code in names if code != "NL"]
    countries = alternatives(name for code in foreign for name in names[code]["countries"])
    adjectives = alternatives(
        name.removesuffix("e") for code in foreign for name in names[code]["adjectives"]
    )
    pattern = words("measures")["place"][name]
    return compiled("measures", pattern.replace("COUNTRY", countries).replace("NATION", adjectives))


def is_named(said: Said, unit: str, kind: str) -> bool:
    """Whether the clause of a figure says that people of any sort are those of some measure."""
    return any(_is_named(measure, said) for measure in _of_kind(unit, kind))


def _is_named(measure: Measure, said: Said) -> bool:
    if measure.named_as is None or not said.phrase:
        return False
    named = f"{said.clause} {said.own}"
    gates(named)  # it is no part of the sentence: noted here is what it may match
    return occurs(measure.named_as, named)


def _stands_for(measure: Measure, said: Said) -> bool:
    """Whether the words around a noun say that it is of the measure: people of any sort, or in general."""
    if _is_named(measure, said):
        return True
    return (
        measure.stands_for is not None
        and is_people(said.phrase)
        and measure.stands_for.search(said.sentence) is not None
    )


def _in_context(measure: Measure, said: Said) -> bool:
    """Whether the nearest text that speaks of a topic speaks of the measure's, not of a rival.

    Where none does, words in the sentence may do that tell it weakly (`opvangplaatsen`).
    """
    if measure.context is None and measure.rivals is None:
        return True
    for text in (said.own, said.clause, as_written("measures", "aside").sub("", said.sentence)):
        if (found := _speaks_of(measure, text, near=True)) is not None:
            return found
    if measure.unit == "places" and _is_of_others(measure, said):
        return False
    for text in said.around:
        if (found := _speaks_of(measure, text)) is not None:
            return found
    if measure.weakly is None:
        return False
    return any(measure.weakly.search(text) for text in (said.sentence, *said.around[:_NEAREST]))


#: Texts around a sentence whose words may tell a topic weakly.
_NEAREST = 3


def _is_of_others(measure: Measure, said: Said) -> bool:
    """Whether places without a name of their own are of a kind that was named last and is another one.

    `Er zijn 900 laadplaatsen. Dat zijn 40 plekken te weinig.`
    """
    generic = as_written("measures", "generic_places").search(said.phrase)
    if generic is None:
        return False
    end = said.sentence.find(f" {generic[0].strip()}", max(0, said.sentence.find(said.clause)))
    for text in (said.sentence[:end], *said.around[:1]):
        if kinds := as_written("measures", "places").findall(text):
            return measure.phrase.search(kinds[-1]) is None or unit_of(kinds[-1]) != "places"
    return False


def _speaks_of(measure: Measure, text: str, *, near: bool = False) -> bool | None:
    """Whether a text speaks of the measure's topic, and no more of a rival; None for neither.

    Of a measure with things that count nearby only, a sentence around mentions a rival by the way unless it
    has the measure's noun, too.
    """
    here, other = _times(measure.context, text), _times(measure.rivals, text)
    if measure.nearby is not None and not near and not here and text.endswith(_STOPS):
        if not measure.phrase.search(text):
            return None
        near = True
    if near or not text.endswith(_STOPS):
        other += _times(measure.nearby, text)
    return here >= other if here or other else None


_STOPS = (".", "?", "!", ";", ":")


@lru_cache(maxsize=4096)  # a sentence's figures ask for the same texts
def _times(pattern: re.Pattern[str] | None, text: str) -> int:
    if pattern is None:
        return 0
    gates(text)  # what stands around a sentence is no part of it: noted here is what it may match
    return len(spans(pattern, text))


def keeps(code: str | None, said: Said) -> bool:
    """Whether nothing in its clause tells that a figure is no longer of the measure of a code."""
    measure = next((measure for measure in measures() if measure.code == code), None)
    if measure is None or _is_excluded(measure, said):
        return False
    return measure.turns is None or measure.turns.search(said.clause) is None


@cache
def fits(code: str | None, unit: str, kind: str) -> bool:
    """Whether the measure of a code may have a figure of this unit and kind."""
    return any(
        measure.code == code and kind in measure.kinds and _unit_fits(measure, unit, kind)
        for measure in measures()
    )


def _unit_fits(measure: Measure, unit: str, kind: str) -> bool:
    return unit == measure.unit or (kind == "growth" and unit == "percent")
