"""Whom or what a figure is about, by its words: the attributes of its population, or its extent."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from transforms.measures import family, says
from transforms.nations import nations
from transforms.vocabulary import alternatives, as_written, compiled, gates, named, occurs, words


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
        for code, names in nations().items()
        for kind in ("countries", "adjectives", "people")
        for name in names.get(kind, ())
    }
    singulars = {
        _singular(name): code for code, names in nations().items() for name in names.get("people", ())
    }
    countries = [name for names in nations().values() for name in names["countries"]]
    adjectives = [name.removesuffix("e") for names in nations().values() for name in names["adjectives"]]
    people = [name for names in nations().values() for name in names.get("people", ())] + list(singulars)
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
    adjective = as_written("populations", "adjective_before").search(before)
    if adjective and (code := codes.get(adjective[1].lower())):
        return code
    country = as_written("populations", "name_before").search(before)
    if country is None:
        return _listed(words_of)
    return codes.get(country[1].lower()) or codes.get(country[1].split()[-1].lower())


def _listed(words_of: WordsOf) -> str | None:
    """`uit Nigeria en Polen, respectievelijk 40 en 30`: the country of the number's place in the list."""
    _, codes = _nationalities()
    lists = list(as_written("populations", "countries").finditer(words_of.sentence, 0, words_of.start))
    names = re.split(r", | en ", lists[-1]["names"]) if lists else []
    return codes.get(names[words_of.place].lower()) if words_of.place < len(names) else None


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
    found = _named(family, words_of)
    if unknown := _unknown(words_of):
        return {name: value for name, value in found.items() if name != unknown} | {"population": "part"}
    if is_apart(family, words_of) and (found or family != "victims"):
        return found | {"population": "part"}
    if found:
        return found | {"population": ";".join(f"{name}={found[name]}" for name in sorted(found))}
    if family is None or family not in words("populations")["extent"]:
        narrowed = (
            says("part", words_of.before)
            or attributes("victims", words_of.own.partition("\n")[0])
            or (family == "enforcement" and says("within", words_of.before))
            or _is_row_of_part(words_of)
        )
        return {"population": "part" if family is not None and narrowed else "total"}
    if words_of.phrase:
        return {"population": _extent(family, words_of)}
    part = _extent_pattern(family, "before").search(words_of.before)
    return {"population": "part" if part else words_of.whole}


def _named(family: str | None, words_of: WordsOf) -> dict[str, str]:
    """The attributes that the words of a figure name."""
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
    return found


def _unknown(words_of: WordsOf) -> str | None:
    """The attribute that a number's words say isn't known of those whom it counts."""
    match = as_written("populations", "unknown").match(words_of.after)
    what = next(filter(None, match.groups()), "") if match else ""
    attribute: str | None = words("populations")["unknown"].get(what)
    return attribute


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


def of_title(family: str | None, title: str, heads: str) -> dict[str, str]:
    """The attributes that the title of a table tells of all its cells (`Plaatsen in de vrouwenopvang`).

    None where it is more than a noun phrase, names two values of an attribute (`vrouwen en mannen`), or the
    heads of the cell say that it is of all.
    """
    titled = named("populations", "extent", "titled").search(title.strip())
    of_all = named("populations", "extent", "of_all").search(heads)
    if titled is None or of_all is not None:
        return {}
    whom = titled["whom"]
    values: dict[str, set[str]] = {}
    for name, value, pattern in _attributes(family):
        if pattern.search(whom):
            values.setdefault(name, set()).add(value)
    several = {name for name, told in values.items() if len(told) > 1}
    return {name: value for name, value in attributes(family, whom).items() if name not in several}


def names_no_more(heads: str) -> bool:
    """Whether the heads of a cell name no more than what their table counts (`Aantal plaatsen`)."""
    return named("populations", "extent", "bare").search(heads) is not None


def is_whole(label: str) -> bool:
    """Whether the label of a row or an entry is that of the whole (`Totaal`, `Heel Nederland`)."""
    return named("populations", "extent", "whole_row").search(label) is not None


def _extent(family: str, words_of: WordsOf) -> str:
    def found(name: str, text: str) -> bool:
        return _extent_pattern(family, name).search(text) is not None

    if words_of.of_table:
        whole = named("populations", "extent", "sum").search(words_of.phrase)
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
    if _is_of_one_body(words_of):
        return "part"
    source = words_of.source or ""
    if _extent_pattern("victims", "estimate").search(words_of.sentence):
        return "unspecified"
    if compiled("populations", "{maker}").search(source):
        return "total"
    says_so = _extent_pattern("victims", "total").search(words_of.sentence)
    return "total" if says_so and not _extent_pattern("victims", "agent").search(source) else "unspecified"


def _is_of_one_body(words_of: WordsOf) -> bool:
    """Whether victims are those that one body found or reported, not those of all."""
    agent = _extent_pattern("victims", "agent")
    if agent.search(words_of.before) or _is_reported(words_of):
        return True
    if _extent_pattern("victims", "of_all").search(words_of.before):
        return False
    did = _extent_pattern("victims", "did")
    return agent.search(words_of.after) is not None or did.search(words_of.after) is not None


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
    if found("apart", words_of.before) or found("apart_behind", words_of.after):
        return True
    if family != "victims":
        return False
    return _is_of_one_body(words_of) or found("narrower", f"{words_of.led} {words_of.own}")


_BY_WHAT = (
    "exploitation"  # what the clause tells wherever it does: `Bij arbeidsuitbuiting gaat het om 40 personen`
)
_WHOLES = ("total", "unspecified")
