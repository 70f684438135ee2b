"""Which measure of the vocabulary a figure is of, and which population."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, NamedTuple

from transforms import schemas
from transforms.errors import VocabularyError
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
    names = words("populations")["nationality"]["codes"].values()
    return frozenset(name for each in names for name in each["countries"] if name in each.get("people", ()))


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
    names = words("populations")["nationality"]["codes"]
    foreign = [code for code in names if code != "NL"]
    countries = alternatives(name for code in foreign for name in names[code]["countries"])
    nations = alternatives(name.removesuffix("e") for code in foreign for name in names[code]["adjectives"])
    pattern = words("measures")["place"][name]
    return compiled("measures", pattern.replace("COUNTRY", countries).replace("NATION", nations))


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
    generic = _GENERIC.search(said.phrase)
    if generic is None:
        return False
    end = said.sentence.find(f" {generic[0].strip()}", max(0, said.sentence.find(said.clause)))
    for text in (said.sentence[:end], *said.around[:1]):
        if kinds := _KIND_OF_PLACE.findall(text):
            return measure.phrase.search(kinds[-1]) is None or unit_of(kinds[-1]) != "places"
    return False


_GENERIC = re.compile(r"(?:^| )(?:plaatsen|plekken|plaats|plek)$")
_KIND_OF_PLACE = re.compile(r"\b[a-zë-]{3,}(?:plaatsen|plekken)\b")


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


# Populations


class WordsOf(NamedTuple):
    """The words around a figure: its noun phrase, all that belongs to it, and the rest of its clause.

    `whole` is the population of the figure that it goes on about, `source` whom it is credited to.
    """

    phrase: str
    own: str
    before: str
    after: str
    sentence: str
    whole: str
    source: str | None
    start: int = 0  # of the number in the sentence
    led: str = ""  # the words of its clause before it
    predicate: str = (
        ""  # what is said of a number in apposition: `de grootste groep, 40 slachtoffers, is vrouw`
    )
    of_table: bool = False
    parted: bool = False  # in a table whose rows are parts of a whole
    place: int = 0  # among the numbers of a list


@cache
def _attributes(family: str | None) -> list[tuple[str, str, re.Pattern[str]]]:
    return [
        (entry["name"], entry["value"], compiled("populations", entry["pattern"]))
        for entry in words("populations")["attribute"]
        if family in entry.get("families", ["victims"])
    ]


@cache
def _extent_pattern(family: str, name: str) -> re.Pattern[str]:
    return compiled("populations", words("populations")["extent"][family][name])


@cache
def _nationalities() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all countries and their adjectives, and the code of each name."""
    table = words("populations")["nationality"]
    codes = {
        name.lower().removesuffix("e") if kind == "adjectives" else name.lower(): code
        for code, names in table["codes"].items()
        for kind in ("countries", "adjectives", "people")
        for name in names.get(kind, ())
    }
    singulars = {
        _singular(name): code for code, names in table["codes"].items() for name in names.get("people", ())
    }
    countries = [name for names in table["codes"].values() for name in names["countries"]]
    adjectives = [name.removesuffix("e") for names in table["codes"].values() for name in names["adjectives"]]
    people = [name for names in table["codes"].values() for name in names.get("people", ())] + list(singulars)
    pattern = (
        rf"\b(?-i:(?P<people>{alternatives(people)}))\b|{table['from']}(?P<country>{alternatives(countries)})\b"
        rf"|(?<!niet-)\b(?P<adjective>{alternatives(adjectives)})e?{table['bearer']}"
    )
    return compiled("populations", pattern), {name.lower(): code for name, code in singulars.items()} | codes


def _singular(people: str) -> str:
    """One of a people: `Nederlander`, `Pool`, `Vietnamees`."""
    if not people.endswith("en"):
        return people.removesuffix("s").removesuffix("'")
    stem = re.sub(r"([bdfgklmnprst])\1$", r"\1", people.removesuffix("en"))
    if stem == people.removesuffix("en"):
        stem = re.sub(r"((?<![aeiouë])[aeou]|(?<=i)a)([^aeiouëh])$", r"\1\1\2", stem)
    return re.sub(r"z$", "s", stem)


def _nationality(text: str) -> str | None:
    pattern, codes = _nationalities()
    match = pattern.search(text)
    return codes[(match["people"] or match["country"] or match["adjective"]).lower()] if match else None


def _bracketed(words_of: WordsOf) -> str | None:
    """`uit Nederland (40), Polen (30)`: the number is that of the country before it."""
    _, codes = _nationalities()
    before = words_of.sentence[: words_of.start]
    if (adjective := _ADJECTIVE_BEFORE.search(before)) and (code := codes.get(adjective[1].lower())):
        return code
    country = _NAME_BEFORE.search(before)
    if country is None:
        return _listed(words_of)
    return codes.get(country[1].lower()) or codes.get(country[1].split()[-1].lower())


def _listed(words_of: WordsOf) -> str | None:
    """`uit Nigeria en Polen, respectievelijk 40 en 30`: the country of the number's place in the list."""
    _, codes = _nationalities()
    lists = list(_COUNTRIES.finditer(words_of.sentence, 0, words_of.start))
    names = re.split(r", | en ", lists[-1]["names"]) if lists else []
    return codes.get(names[words_of.place].lower()) if words_of.place < len(names) else None


_COUNTRIES = re.compile(
    r"\b[Uu]it (?P<names>[A-Z][\w-]+(?: [A-Z]\w+)?(?:(?:, | en )[A-Z][\w-]+(?: [A-Z]\w+)?)+)"
)


#: `de Poolse nationaliteit (30)`, `de Roemeense (20)`
_ADJECTIVE_BEFORE = re.compile(r"\b([A-Z][\w-]+?)e?(?: (?:nationaliteit|slachtoffers|afkomst|herkomst))? \($")
#: `Polen (30)`, `Polen met 30`, `staat Polen met in totaal 30`
_NAME_BEFORE = re.compile(
    r"(?:^|[ (])([^\s(),]+(?: [A-Z][^\s(),]+)?)(?:(?P<open>(?: op| voorop)? \()|(?: \w+)? met (?:\w+ ){0,2})$"
)


def _is_of_both_sexes(family: str | None, text: str) -> bool:
    """`24 jongens en meisjes`: whose sex isn't told."""
    sexes = [(value, pattern) for name, value, pattern in _attributes(family) if name == "sex"]
    return len({value for value, pattern in sexes if pattern.search(text)}) > 1


def attributes(family: str | None, text: str) -> dict[str, str]:
    """The population's attributes that `text` names, by their names."""
    found: dict[str, str] = {}
    for name, value, pattern in _attributes(family):
        if name not in found and pattern.search(text):
            found[name] = value
    if _is_of_both_sexes(family, text):
        found.pop("sex", None)
    nationality = _nationality(text) if family == "victims" else None
    return found | ({"nationality": nationality} if nationality else {})


def population(family: str | None, words_of: WordsOf) -> dict[str, str]:
    """The attributes that the words of a figure name, and `population`: those in one code, else its extent.

    total where the letter says that it is the whole, part where it is narrowed down, else unspecified.
    """
    own, _, noun = words_of.own.partition("\n")  # what is said of the number goes before its noun
    if words_of.of_table:
        noun = words_of.phrase  # with the heads of its row and column
    found = attributes(family, noun) | attributes(family, own)
    if _is_of_both_sexes(family, own):
        found.pop("sex", None)
    if family == "victims":
        led = attributes(family, words_of.led)
        near = attributes(family, words_of.led.rpartition(", ")[2]) | {
            name: led[name] for name in led if name == _BY_WHAT
        }
        found = near | attributes(family, words_of.predicate) | found
        if "nationality" not in found and (behind := _bracketed(words_of)):
            found["nationality"] = behind
    if family == "capacity" and words_of.phrase.startswith("wachtlijst"):
        found |= _waiting(words_of, found)
    if is_apart(family, words_of) and (found or family != "victims"):
        return found | {"population": "part"}
    if found:
        return found | {"population": ";".join(f"{name}={found[name]}" for name in sorted(found))}
    if family is None or family not in words("populations")["extent"]:
        narrowed = (
            says("part", words_of.before)
            or attributes("victims", own)
            or (family == "enforcement" and says("within", words_of.before))
            or _is_row_of_part(words_of)
        )
        return {"population": "part" if family is not None and narrowed else "total"}
    if words_of.phrase:
        return {"population": _extent(family, words_of)}
    part = _extent_pattern(family, "before").search(words_of.before)
    return {"population": "part" if part else words_of.whole}


def _waiting(words_of: WordsOf, found: Mapping[str, str]) -> dict[str, str]:
    """The sex and age of those who wait, where the noun tells them or they are told instead of it.

    A place for women or for the young (`found`) says as much of those who wait for it.
    """
    # Of a table, the label of the row: `Noord` isn't all of the women that its title counts.
    noun = words_of.phrase.rpartition(" ")[2] if words_of.of_table else words_of.phrase
    told = _FIRST_WORD.match(words_of.after)
    who = attributes("victims", noun) | (attributes("victims", told[0]) if told else {})
    known = {"sex": ("women", "men"), "age_group": ("youth",)}
    return {
        name: value
        for name, value in who.items()
        if name in known and found.get("setting") not in known[name]
    }


_FIRST_WORD = re.compile(r" [^\W\d_]+")


def _is_row_of_part(words_of: WordsOf) -> bool:
    """Whether a cell is of a row that is a part of what its table counts: not of the whole, nor it alone."""
    return words_of.parted and " " in words_of.phrase and not is_whole(words_of.phrase)


def is_whole(label: str) -> bool:
    """Whether the label of a row or an entry is that of the whole (`Totaal`, `Heel Nederland`)."""
    return compiled("populations", words("populations")["extent"]["whole_row"]).search(label) is not None


def _extent(family: str, words_of: WordsOf) -> str:
    def found(name: str, text: str) -> bool:
        return _extent_pattern(family, name).search(text) is not None

    if words_of.of_table:
        whole = compiled("populations", words("populations")["extent"]["sum"]).search(words_of.phrase)
        plain = family == "victims" and found("plain", words_of.phrase)
        alone = " " not in words_of.phrase.removeprefix("wachtlijst ")
        return "total" if whole or plain or alone else "part"
    if not found("plain", words_of.phrase.strip()) or words_of.whole not in _WHOLES:
        return "part"
    if found("before", words_of.before) or found("after", words_of.after):
        return "part"
    if family == "victims":
        return _extent_of_victims(words_of)
    return "total" if found("total", words_of.sentence) or words_of.source else "unspecified"


def of_register(code: str | None, population: Mapping[str, str], source: str) -> dict[str, str]:
    """The population of a figure without more words that `source` has: one of the register is the whole."""
    if population["population"] != "unspecified" or family(code) != "victims":
        return dict(population)
    kept = compiled("populations", "{maker}").search(source) is not None
    return {**population, "population": "total" if kept else "unspecified"}


def _extent_of_victims(words_of: WordsOf) -> str:
    """That of victims who aren't narrowed down: those of the register, or those that one body found."""
    agent = _extent_pattern("victims", "agent")
    of_all = _extent_pattern("victims", "of_all").search(words_of.before)
    if not of_all and _extent_pattern("victims", "did").search(words_of.after):
        return "part"
    if agent.search(words_of.before) or (not of_all and agent.search(words_of.after)):
        return "part"
    if _is_reported(words_of):
        return "part"
    source = words_of.source or ""
    if _extent_pattern("victims", "estimate").search(words_of.sentence):
        return "unspecified"
    if compiled("populations", "{maker}").search(source):
        return "total"
    says_so = _extent_pattern("victims", "total").search(words_of.sentence)
    return "total" if says_so and not agent.search(source) else "unspecified"


def _is_reported(words_of: WordsOf) -> bool:
    """Whether victims are those that one body reported to the register."""
    clause = f"{words_of.before}N{words_of.after}"
    gates(clause)  # it is no part of the sentence: noted here is what it may match
    return occurs(_extent_pattern("victims", "reported"), clause)


def is_apart(family: str | None, words_of: WordsOf) -> bool:
    """Whether victims are those of one place, case or branch, or that one body found; places of one town."""

    def found(name: str, text: str) -> bool:
        return _extent_pattern(family or "", name).search(text) is not None

    if family not in words("populations")["extent"] or words_of.of_table:
        return False
    if found("apart", words_of.before):
        return True
    if found("apart_behind", words_of.after):
        return True
    if family != "victims":
        return False
    if found("agent", words_of.before) or _is_reported(words_of):
        return True
    if found("narrower", f"{words_of.led} {words_of.own}"):
        return True
    of_all = found("of_all", words_of.before)
    return not of_all and (found("agent", words_of.after) or found("did", words_of.after))


_BY_WHAT = (
    "exploitation"  # what the clause tells wherever it does: `Bij arbeidsuitbuiting gaat het om 40 personen`
)
_WHOLES = ("total", "unspecified")
