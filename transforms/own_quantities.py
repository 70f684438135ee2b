"""The quantity that a number makes with the words at it: a count, a rate, a score, a percentage, a sum."""

import re
from collections.abc import Iterable

from transforms.counting import (
    ACTS,
    SMALL,
    TIMES,
    Quantity,
    for_each,
    in_name,
    is_named,
    is_numbered,
    is_of_each,
    noun_left,
    pattern,
    words_before,
)
from transforms.nouns import (
    LENGTHS,
    UNCARRIED,
    Noun,
    is_participle,
    is_sex,
    is_verb,
    phrase_at,
    singular_at,
    stops,
    unit_of,
)
from transforms.numerals import NONE, Numeral
from transforms.vocabulary import as_written, words


def own_quantity(text: str, numeral: Numeral, limit: int) -> Quantity | None:
    """The quantity that the words at the number itself make."""
    if numeral.form == "rate":
        return _rate(text, numeral, limit)
    if numeral.form == "zero":
        return _absent(numeral)
    if numeral.form in ("fraction", "growth"):
        return _percent(text, numeral, "percent", numeral.end, "unit.percent")
    if "%" in text[numeral.start : numeral.end]:
        return _in_points_or_percent(text, numeral, numeral.end, "unit.sign")
    return _in_currency(text, numeral) or _of_noun(text, numeral, limit)


def _of_noun(text: str, numeral: Numeral, limit: int) -> Quantity | None:
    """So many of what the noun behind it names; without one a score, or money that is spoken of."""
    if _opens_note(text, numeral):
        return None
    if numeral.form == "digits" and numeral.value < 100 and _is_score(text, numeral):
        return Quantity(numeral, "other", "score", numeral.end, 0.8, "unit.score")
    if text.endswith("maal", numeral.start, numeral.end):
        return Quantity(numeral, "cases", "maal", numeral.end, 1.0, "unit.noun")
    noun = _noun_right(text, numeral, limit)
    return _money(text, numeral) if noun is None else _with_noun(text, numeral, noun)


def _with_noun(text: str, numeral: Numeral, noun: Noun) -> Quantity | None:
    """The number with the noun behind it; what it measures, the money, or so many of that."""
    if noun.unit == "percent":
        return _in_points_or_percent(text, numeral, noun.end, "unit.noun")
    if noun.unit == "percentage_points":
        return _percent(text, numeral, noun.unit, noun.end, "unit.noun")
    if noun.unit == "euro" or _is_tons_of_money(text, noun):
        return _sum(text, _in_euro(numeral, noun), "euro", numeral.start, noun.end)
    if numeral.value != 1 and noun.phrase in ACTS:
        return None
    return _count(text, numeral, _counted_as(text, noun))


def _noun_right(text: str, numeral: Numeral, limit: int) -> Noun | None:
    """The noun that the number stands before, adjectives between them passed over."""
    bridge = pattern("scan", "bridge").match(text, numeral.end)
    if bridge and bridge[0].strip() and is_numbered(words_before(text, numeral.start)):
        return None
    start = bridge.end() if bridge else numeral.end
    small = numeral.form == "digits" and numeral.value <= 20
    noun = phrase_at(text, start, limit, small=small)
    if noun is None and (aside := pattern("scan", "aside").match(text, numeral.end)):
        noun = phrase_at(text, aside.end(), len(text), small=small)
    if noun is None and "lijst" in text and pattern("scan", "names").match(text, start):
        return Noun("persons", "namen", start, text.index("namen", start) + len("namen"))
    if numeral.rule == NONE:
        noun = singular_at(text, start, limit)
        return noun if noun is not None and noun.unit == "persons" else None
    return singular_at(text, start, limit) if noun is None and numeral.value == 1 else noun


def _counted_as(text: str, noun: Noun) -> Noun:
    """What a noun counts by the words behind it: acts by how often (`40 keer aangifte`), staff in fte."""
    if times := pattern("scan", "times").match(text, noun.end):
        unit = unit_of(times["noun"])
        noun = Noun(unit, times["noun"], noun.start, times.end()) if unit == "cases" else noun
    return noun._replace(unit="fte") if as_written("units", "in_fte").match(text, noun.end) else noun


def _count(text: str, numeral: Numeral, noun: Noun) -> Quantity | None:
    """So many of what a noun names, or so many for each of something; None where it only enumerates."""
    known = unit_of(noun.phrase.split()[-1]) is not None
    named = in_name(text, numeral) if noun.unit == "other" else is_named(text, numeral)
    if _enumerates(text, numeral, noun) or (named and not known):
        return None
    if (of := _of_each(text, numeral, noun)) is not None:
        return Quantity(numeral, of.unit, of.phrase, of.end, 1.0, "unit.rate")
    rule, confidence = ("unit.noun", 1.0) if known else ("unit.guessed", 0.8)
    noun = _housed(text, numeral, noun)
    if _is_where(text, noun) and pattern("enumeration", "where").search(words_before(text, numeral.start)):
        noun = noun._replace(unit="other")
    return Quantity(numeral, _unit_of_phrase(noun), noun.phrase, noun.end, confidence, rule)


def _of_each(text: str, numeral: Numeral, noun: Noun) -> Noun | None:
    """So many for each: `24 leerlingen per leraar`, `op elke melding zes gevallen`."""
    of = pattern("rate", "behind").match(text, noun.end)
    if of is not None:
        return for_each(noun, of) if is_of_each(noun, of) else None
    of = pattern("rate", "before").search(words_before(text, numeral.start))
    if of is None or not is_of_each(noun, of, of["each"] is not None):
        return None
    return for_each(noun, of)._replace(end=noun.end)


def _opens_note(text: str, numeral: Numeral) -> bool:
    """Whether a sentence begins with a number and a capital: a note and its mark, or a list."""
    small = numeral.form == "digits" and numeral.value < 200 and numeral.high is None
    return (
        small
        and re.fullmatch(r"\W*", words_before(text, numeral.start)) is not None
        and as_written("units", "opens_note").match(text, numeral.end) is not None
    )


def _enumerates(text: str, numeral: Numeral, noun: Noun) -> bool:
    """Whether a small count is no statistic: `deze twee zaken`, `drie redenen`, `op twee plekken`."""
    if numeral.value > SMALL or numeral.high is not None or noun.unit in _MEASURED:
        return False
    before, word = words_before(text, numeral.start), numeral.form == "word"
    if pattern("enumeration", "noun").search(noun.phrase) or pattern("enumeration", "deictic").search(before):
        return True
    if word and pattern("enumeration", "several").match(noun.phrase):
        return True
    if noun.phrase in TIMES and pattern("enumeration", "factor").match(text, noun.end):
        return True
    definite = pattern("enumeration", "definite").search(before)
    apart = pattern("enumeration", "apart").match(text, noun.end)
    if word and noun.unit != "persons" and definite and not apart:
        return True
    if noun.unit == "places" and pattern("enumeration", "where").search(before):
        return word or not _is_where(text, noun)
    single = word and numeral.value == 1
    return single and pattern("enumeration", "existing").search(before) is None


_MEASURED = (*LENGTHS, "fte")


def _is_where(text: str, noun: Noun) -> bool:
    """Whether something is done or had in so many places: `wordt op 7 plekken aangeboden`."""
    done = pattern("enumeration", "done_there").match(text, noun.end)
    return done is not None and (done["done"] is None or is_participle(done["done"]))


def _housed(text: str, numeral: Numeral, noun: Noun) -> Noun:
    """`plek voor 40 gezinnen`: what is counted is the room for them."""
    of_people = noun.unit == "persons" or pattern("left", "housed").search(noun.phrase)
    if of_people and pattern("left", "room").search(words_before(text, numeral.start)):
        return noun._replace(unit="places", phrase=f"{ROOM_FOR}{noun.phrase}")
    return noun


#: What room for people is called.
ROOM_FOR = "plekken voor "


def _unit_of_phrase(noun: Noun) -> str:
    """The noun's unit, or that of the phrase as a whole (`criminele organisaties` are cases)."""
    units: Iterable[str] = words("units")["phrases"]
    return next((unit for unit in units if pattern("phrases", unit).search(noun.phrase)), noun.unit)


def _rate(text: str, numeral: Numeral, limit: int) -> Quantity:
    """So many per so many; where the denominator stands before it, what is counted stands behind."""
    if numeral.of is None:
        of = phrase_at(text, numeral.end, limit)
        told = _NUMBER_OF_RATE.sub("", text[numeral.start : numeral.end])
        phrase = f"{told} {of.phrase}" if of else told
        return Quantity(numeral, "ratio", phrase, numeral.end, 1.0, "unit.rate")
    noun = _noun_right(text, numeral, limit)
    phrase = f"{noun.phrase if noun else ''} {numeral.of}".strip()
    return Quantity(numeral, "ratio", phrase, noun.end if noun else numeral.end, 1.0, "unit.rate")


#: What a rate begins with: `12 gevallen per 1.000`.
_NUMBER_OF_RATE = re.compile(r"^\S+ ")


def _is_score(text: str, numeral: Numeral) -> bool:
    """A mark or a magnitude: `een rapportcijfer van 7,2`, `3,4 op de schaal van Richter`."""
    if pattern("left", "scored").match(text, numeral.end):
        return True
    fraction = numeral.value <= 10 and numeral.high is None and text.endswith(" ", 0, numeral.start)
    alone = as_written("units", "ends").match(text, numeral.end) is not None
    if not fraction or not alone:
        return False
    return pattern("left", "score").search(words_before(text, numeral.start)) is not None


def _absent(numeral: Numeral) -> Quantity:
    """None of something: `geen wachtlijst voor opvang`, `geen tekort aan bedden`."""
    noun, of = numeral.noun or "", numeral.of or ""
    noun = "tekort" if noun in ("kort", "weinig") else noun
    unit = unit_of(of.split()[0]) if of else None
    if noun.lower().startswith("wachtlijst"):
        unit = "persons"
    phrase = f"{noun} aan {of}" if of else noun
    return Quantity(numeral, unit or "places", phrase, numeral.end, 1.0 if unit else 0.7, "unit.absence")


def _in_points_or_percent(text: str, numeral: Numeral, end: int, rule: str) -> Quantity:
    """The percentage whose sign ends at `end`, or so many percentage points (`0,4%-punt`)."""
    points = as_written("units", "points").match(text, end)
    unit = "percentage_points" if points else "percent"
    return _percent(text, numeral, unit, points.end() if points else end, rule)


def _percent(text: str, numeral: Numeral, unit: str, end: int, rule: str) -> Quantity:
    phrase = numeral.of or _whole(text, end) or named_before(text, numeral)
    return Quantity(numeral, unit, phrase, end, 1.0, rule)


def _whole(text: str, end: int) -> str:
    """What a percentage is of: `van de slachtoffers`, `reizigersherstel`."""
    match = pattern("whole", "of").match(text, end)
    if match is None:
        return ""
    noun = phrase_at(text, match.end(), len(text))
    alone = noun is not None and not match[0].strip()
    if noun is not None and alone and (_is_done_by(text, noun) or is_sex(noun.phrase)):
        return ""
    if noun is not None:
        return noun.phrase if noun.unit not in UNCARRIED else ""
    if match[0].strip():
        return _single(text, match.end())
    behind = pattern("whole", "behind").match(text, end)
    return behind[0].strip() if behind and behind[0].strip().split()[0] not in stops() else ""


def _is_done_by(text: str, noun: Noun) -> bool:
    """Whether what looks like a noun is a verb (`de dienstregeling met 13% afschalen`)."""
    by = as_written("units", "by_share").search(text, 0, noun.start) is not None
    if not by or not noun.phrase.endswith("en"):
        return False
    return as_written("units", "verb_ends").match(text, noun.end) is not None


def _single(text: str, start: int) -> str:
    """A noun that is no plural: `totale capaciteit`."""
    match = pattern("whole", "single").match(text, start)
    return match[0] if match and _names(match[0]) else ""


def named_before(text: str, numeral: Numeral) -> str:
    """What a percentage is, by the words before it: `de korting van 5%`, `de werkloosheid is 4%`."""
    before = words_before(text, numeral.start)
    shares = list(pattern("whole", "share").finditer(before))
    if shares:
        noun = phrase_at(before, shares[-1].end(), len(before))
        return noun.phrase if noun else _single(before, shares[-1].end())
    if changed := _found("whole", "changed", before):
        return changed
    if bracketed := _found("whole", "bracketed", before):
        return bracketed
    match = pattern("whole", "before").search(before)
    if match is None or not _names(match["noun"]):
        return _subject(before)
    whole = match["noun"].rsplit(" van ", 1)[-1] if match["link"] == "van" else match["noun"]
    return as_written("units", "article").sub("", whole)


def _in_currency(text: str, numeral: Numeral) -> Quantity | None:
    """A sum with the sign of its currency: `€ 3 ton`, `40 USD`."""
    if tons := as_written("units", "tons").match(text, numeral.end):
        noun = Noun("other", "ton", *tons.span())
        if pattern("money", "before").search(words_before(text, numeral.start)):
            return _sum(text, _in_euro(numeral, noun), "euro", numeral.start - 2, tons.end())
    if currency := pattern("money", "before").search(words_before(text, numeral.start)):
        return _sum(text, numeral, "euro" if currency["euro"] else "other", numeral.start - len(currency[0]))
    if pattern("money", "behind").match(text, numeral.end):
        return _sum(text, numeral, "other", numeral.start)
    if text[numeral.start] in "€$£":
        return _sum(text, numeral, "euro" if text[numeral.start] == "€" else "other", numeral.start)
    return None


def _is_tons_of_money(text: str, noun: Noun) -> bool:
    """Whether a `ton` is a hundred thousand euro: the clause is about money, and nothing is weighed."""
    if noun.phrase.lower() != "ton" or pattern("money", "weighed").match(text, noun.end):
        return False
    clause = re.split(r"[;:]|(?<!\d),|,(?!\d)", words_before(text, noun.start))[-1]
    about = f"{clause} {text[noun.end : noun.end + _NEAR]}"
    return pattern("money", "tons").search(about) is not None


#: Characters behind a sum that tell what it is spent on.
_NEAR = 60


def _in_euro(numeral: Numeral, noun: Noun) -> Numeral:
    """Cents and tons are kept in euro; a ton belongs to the number, as a million does."""
    factor = {"cent": 0.01, "ton": 1e5}.get(noun.phrase.lower())
    if factor is None:
        return numeral
    high = round(numeral.high * factor, 6) if numeral.high else None
    end = noun.end if noun.phrase == "ton" else numeral.end
    return numeral._replace(value=round(numeral.value * factor, 6), high=high, end=end)


def _money(text: str, numeral: Numeral) -> Quantity | None:
    """`een bedrag van 1,2 miljoen`: money without its sign."""
    large = pattern("money", "large").search(text[numeral.start : numeral.end])
    signed = "€" in text[: numeral.start] and noun_left(text, numeral.start) is None
    if large and (signed or pattern("money", "spoken_of").search(text)):
        return _sum(text, numeral, "euro", numeral.start)._replace(confidence=0.8, rule="unit.money")
    named = pattern("money", "noun_before").search(words_before(text, numeral.start))
    if named and (numeral.value >= 100 or numeral.high):
        return Quantity(numeral, "euro", named["noun"], numeral.end, 0.8, "unit.money")
    return None


def _sum(text: str, numeral: Numeral, unit: str, start: int, end: int = 0) -> Quantity:
    """An amount of money and what it is: a budget, a fine, what it is spent on."""
    end = end or numeral.end
    before = words_before(text, start)
    what = (
        _found("money", "what_before", before)
        or _found("money", "what_after", text[end:])
        or _subject(before)
        or _found("money", "named", text[max(0, start - 120) : start])
    )
    return Quantity(numeral, unit, what, end, 1.0, "unit.sign")


def _found(table: str, name: str, text: str) -> str:
    """The noun phrase that a pattern finds; one that ends in a function word is none."""
    match = pattern(table, name).search(text)
    groups = match.groupdict() if match else {}
    noun = groups.get("noun") or groups.get("direct") or ""
    return noun if noun and _names(noun) else ""


def _names(phrase: str) -> bool:
    """Whether a phrase ends in a noun, not in a function word, a verb or a participle."""
    last = phrase.rsplit(maxsplit=1)[-1].lower()
    if last in stops() or is_verb(last):
        return False
    known = unit_of(last) not in (None, *UNCARRIED)
    return known or pattern("whole", "unnaming").search(last) is None


def _subject(before: str) -> str:
    """The subject of the clause that a sum or a percentage is said of."""
    return _found("whole", "subject", before) or _found("whole", "inverted", before)
