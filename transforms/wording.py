"""What a figure without a code is said to measure: never its unit, nor a word like `bedrag`."""

import re

from transforms.counting import Quantity
from transforms.noun_phrases import (
    Phrase,
    ending_at,
    following,
    is_bare,
    is_noun,
    is_vague,
    matches,
    pattern,
)
from transforms.nouns import (
    UNCARRIED,
    is_adjective,
    is_participle,
    is_physical,
    is_plural,
    is_unit,
    is_verb,
    phrase_at,
    unit_of_any,
)
from transforms.standing import aside_blanked
from transforms.vocabulary import as_written


def worded(text: str, quantity: Quantity, phrase: str) -> str:
    """The noun that a unit of measure or a sum of money measures; the noun phrase of any other figure.

    What stands right behind it (`20 hectare heide`, `€ 3 miljoen aan boetes`) goes before what it is the size
    of (`een budget van`, `het verbruik bedroeg`); none where neither is said.
    """
    if _is_money(quantity):
        return _sum(text, quantity, phrase)
    if quantity.unit in _PERCENT:
        return _share(text, quantity, phrase)
    if quantity.unit in UNCARRIED and (spent := _spent(text, quantity)):
        return spent
    if quantity.unit == "ratio" and phrase.startswith("per "):
        rated = subject(text, quantity)
        return f"{rated} {phrase}" if rated else "" if phrase[-1].isdigit() else phrase
    return _of_unit(text, quantity, phrase) if is_bare(phrase) else _of_noun(text, quantity, phrase)


def _of_noun(text: str, quantity: Quantity, phrase: str) -> str:
    """What a number with a noun of its own counts, in full."""
    lacking = _tied(text, quantity) if matches("noun", "plain", phrase) else ""
    if matches("noun", "lacking", lacking):
        return lacking
    if (held := contents(text, quantity)) != "":
        return f"{phrase} {held}"
    at = quantity.numeral.end + 1 + len(phrase)
    rest = pattern("behind", "rest").match(text, at) if text.startswith(phrase, at - len(phrase)) else None
    return f"{phrase}{rest[0]}" if rest else _with_others(text, quantity, phrase)


def _of_unit(text: str, quantity: Quantity, phrase: str) -> str:
    """What there are so many hours, kilos or times of."""
    if _AGO.match(text, quantity.end):
        return ""
    if phrase in ("keer", "maal"):
        return _often(text, quantity)
    if aim := _aimed_at(text, quantity):
        return aim
    if quantity.unit in UNCARRIED and (needed := pattern("behind", "needed").match(text, quantity.end)):
        return _spent_on(text, quantity) or ("" if needed["by"] else _set_aside(text, quantity))
    return _allotted(text, quantity) or _behind(text, quantity) or _tied(text, quantity)


def _allotted(text: str, quantity: Quantity) -> str:
    """What a time is for that is given for it: `er staat 5 maanden voor de keuring van een boot`."""
    start = quantity.numeral.start
    allotted = pattern("behind", "allotted").match(text, quantity.end) if quantity.unit in UNCARRIED else None
    if allotted is None or not pattern("before", "stands").search(text, max(0, start - _NEAR), start):
        return ""
    phrase = following(text, allotted.end(), len(text))
    return phrase.text if phrase is not None and not is_vague(phrase.text) else ""


def _spent(text: str, quantity: Quantity) -> str:
    """The days or hours that say themselves what they are: `twee wachtdagen`."""
    word = _UNIT_WORD.match(text, quantity.numeral.end)
    return word[1] if word and is_unit(word[1]) and not matches("noun", "plainly_time", word[1]) else ""


_UNIT_WORD = re.compile(r" ([a-z]{7,})\b")


def _often(text: str, quantity: Quantity) -> str:
    """What is done so many times: `twee keer contact gehad`, `driemaal een brief gestuurd`."""
    match = pattern("behind", "often").match(text, quantity.end)
    if match is None:
        return ""
    if match["determined"] is None:
        return match["noun"] if is_noun(match["noun"].rsplit(maxsplit=1)[-1]) else ""
    phrase = following(text, match.end(), len(text))
    return phrase.text if phrase is not None and not _is_other(phrase) else ""


def contents(text: str, quantity: Quantity) -> str:
    """What those hold that a number counts: `40 zakken meel`."""
    at = quantity.numeral.end + len(quantity.phrase) + 1
    if not matches("noun", "container", quantity.phrase) or not text.startswith(
        quantity.phrase, at - len(quantity.phrase)
    ):
        return ""
    return _noun_at(text, at + text.startswith(" ", at)) if text[at : at + 1] == " " else ""


def contained(measure: str) -> str:
    """What the things of a measure hold, which another unit measures: `40 zakken meel, samen 9 ton`."""
    holder, _, held = measure.partition(" ")
    return held if matches("noun", "container", holder) else measure


def _with_others(text: str, quantity: Quantity, phrase: str) -> str:
    """The noun of a number with the one that the number counts too: `40 scholen en buurthuizen`."""
    at = quantity.numeral.end + 1 + len(phrase)
    if not text.startswith(phrase, at - len(phrase)):
        return phrase
    other = pattern("behind", "and_others").match(text, at)
    if other is None or not is_plural(other["noun"]) or is_verb(other["noun"]):
        return phrase
    if other["adjective"] and not is_adjective(other["adjective"]):
        return phrase  # `vier personen en twee bedrijven`
    after = other["after"] or ""
    return phrase + other["others"] if is_participle(after) or not is_verb(after) else phrase


def guessed(text: str, quantity: Quantity, phrase: str, *, growth: bool) -> str:
    """What a figure that nothing is tied to measures by the subject of its clause."""
    if _is_money(quantity):
        amount = pattern("money", "amount").search(text, 0, quantity.numeral.start)
        return amount["noun"] if amount else subject(text, quantity) or _by_noun(text, quantity)
    if quantity.unit in _PERCENT:
        before = text[_clause(text, quantity) : quantity.numeral.start]
        level = not phrase and pattern("before", "measures").search(before) is not None
        found = subject(text, quantity) if growth or level else ""
        named = phrase and is_noun(phrase.rsplit(maxsplit=1)[-1]) and not _is_where(text, phrase, quantity)
        named = named and not (_WHERE.search(phrase) and _says_nothing(phrase))
        named = named and not _NAME_ALONE.fullmatch(phrase) and not _is_when(text, phrase, quantity)
        return found or (phrase if named else "")
    if quantity.unit == "ratio" and phrase.startswith("per "):
        return ""  # of which nothing is told
    return _lasting(text, quantity) if is_bare(phrase) else phrase


def _is_money(quantity: Quantity) -> bool:
    other = quantity.rule == "unit.sign" or matches("noun", "currency", quantity.phrase)
    return quantity.unit == "euro" or (quantity.unit == "other" and other)


_PERCENT = ("percent", "percentage_points")


def goes_on(text: str, quantity: Quantity) -> bool:
    """Whether a figure without words of its own is of what the one before it told: `dat was 30%`."""
    first, start = _clause(text, quantity), quantity.numeral.start
    if pattern("before", "same").search(text, first, quantity.end + _SAID):
        return True
    return pattern("before", "was_that").search(text, max(0, start - _NEAR), start) is not None


def says_again(text: str, quantity: Quantity, since: int) -> bool:
    """Whether a figure is the one that ends at `since` in another unit: `een derde, oftewel 4 kWh`."""
    start = quantity.numeral.start
    within = quantity.unit == "other" and text.find("(", since, start) > text.rfind(")", since, start)
    if within and is_bare(quantity.phrase):
        return True
    return pattern("before", "again").search(text, max(0, start - _SAID), start) is not None


# By the unit


def _sum(text: str, quantity: Quantity, phrase: str) -> str:
    """What a sum of money is, or is for."""
    start = quantity.numeral.start
    near = max(0, start - _NEAR)
    if said := _is_of(text, quantity) or _told_more_of(text, quantity):
        return said
    if any(pattern("before", name).search(text, near, start) for name in ("known_sum", "part")):
        return _spent_on(text, quantity)
    for_whom = text.find(" voor ", near, start) >= 0 and pattern("before", "for_whom").search(
        text, near, start
    )
    if for_whom or _is_fixed_for(text, quantity):
        return subject(text, quantity)
    tied = _tied(text, quantity)
    if tied:
        return tied
    whole = _whole_word(text, phrase)
    if whole and not _says_nothing(whole) and not _is_where(text, whole, quantity):
        aside = _set_aside(text, quantity)
        return aside if aside.endswith(whole) else whole
    return _spent_on(text, quantity) or _set_aside(text, quantity)


def _is_of(text: str, quantity: Quantity) -> str:
    """What a sum is said to be, or to be for, behind its verb: `de € 5 miljard betreft de schade`."""
    start = quantity.numeral.start
    if not pattern("before", "said_sum").search(text, max(0, start - _NEAR), start):
        return ""
    said = pattern("behind", "is_of").match(text, quantity.end)
    phrase = following(text, said.end(), len(text)) if said else None
    return phrase.text if phrase is not None and not is_vague(phrase.text) else ""


def _told_more_of(text: str, quantity: Quantity) -> str:
    """The money that a clause tells more of before it says how much that is."""
    told = pattern("before", "relative_sum").search(text, 0, quantity.numeral.start)
    return told["noun"] if told else ""


def _is_fixed_for(text: str, quantity: Quantity) -> bool:
    """Whether a sum is what something is fixed at for people: `zijn vastgesteld op € 550 voor studenten`."""
    whom = pattern("behind", "for_people").match(text, quantity.end)
    if whom is None or unit_of_any(whom["noun"]) != "persons":
        return False
    start = quantity.numeral.start
    return pattern("behind", "settled").search(text, max(0, start - _NEAR), start) is not None


def _share(text: str, quantity: Quantity, phrase: str) -> str:
    """What a percentage is of, or what has changed by it."""
    if more := _more_of(text, quantity):
        return more
    if (what := _what_changes(text, quantity, phrase)) is not None:
        return what
    says_nothing = not phrase or _says_nothing(phrase)
    told = not says_nothing and not matches("noun", "change", phrase)
    own = (
        _of_both(text, quantity)
        or _of_parts(text, quantity)
        or (_made_up(text, quantity) if says_nothing else "")
    )
    own = own or _said_of(text, quantity) or _paid(text, quantity)
    own = own or _behind_share(text, quantity, phrase, told=told)
    if own:
        return own
    told = told and not _is_where(text, phrase, quantity)
    if told and _is_before_share(text, quantity, phrase):
        return phrase
    whole = _of_next(text, quantity) or _partitive(text, quantity) or _in_words(text, quantity)
    whole = whole or _divided(text, quantity) or _told_for(text, quantity) or _tied(text, quantity)
    whole = whole or _in_relative(text, quantity)
    told = told and not _NAME_ALONE.fullmatch(phrase) and not _is_when(text, phrase, quantity)
    return whole or (phrase if told else "")


def _more_of(text: str, quantity: Quantity) -> str:
    """What there is more or less of, behind how many times: `3 keer zo veel mijlen`."""
    more = pattern("behind", "compared").match(text, quantity.end)
    if more is None or quantity.numeral.form != "growth":
        return ""
    noun = more["noun"]
    inflected = text.endswith("e", 0, quantity.end)  # else it may be a verb: `twee keer zo veel kost`
    return noun if (is_noun(noun) or is_unit(noun)) and (inflected or is_plural(noun)) else ""


def _of_both(text: str, quantity: Quantity) -> str:
    """The noun of a share and the next one: `van 20% naar 70% duurzame stroom`."""
    both = pattern("behind", "both_shares").match(text, quantity.end)
    return _noun_at(text, both.end() + 1) if both else ""


def _of_parts(text: str, quantity: Quantity) -> str:
    """What so many of so many are: `300 van de 900 punten`."""
    of_digits = _OF_DIGITS.search(text, quantity.numeral.start, quantity.numeral.end)
    noun = phrase_at(text, quantity.numeral.end, len(text)) if of_digits else None
    return noun.phrase if noun is not None else ""


_OF_DIGITS = re.compile(r"\d van de \d")


def _said_of(text: str, quantity: Quantity) -> str:
    """Of what a verb says a share: `van de leraren is 60% vrouw`."""
    said_of = pattern("before", "said_of").search(text, 0, quantity.numeral.start)
    told_behind = text.startswith(" van ", quantity.end) or _of_next(text, quantity)
    return _partitive(text, quantity) if said_of and not told_behind else ""


def _paid(text: str, quantity: Quantity) -> str:
    """What is paid, and is so much percent of something else: `een uitkering van 70% van het loon`."""
    tied = _tied(text, quantity) if text.endswith(" van ", 0, quantity.numeral.start) else ""
    return tied if matches("noun", "paid", tied) else ""


def _behind_share(text: str, quantity: Quantity, phrase: str, *, told: bool) -> str:
    """The whole that stands behind a share."""
    near = text[quantity.end : quantity.end + _OF_WHOLE + len(phrase)]
    whole = _whole_behind(text, quantity)
    if whole and (not (told and phrase in near) or whole.startswith(f"{phrase} ")):
        return whole
    return phrase if told and text.find(phrase, quantity.end, quantity.end + _NEAR) >= 0 else ""


def _is_before_share(text: str, quantity: Quantity, phrase: str) -> bool:
    """Whether a phrase before a share is said to be the whole: `het aandeel boeren dat stopt is 4%`."""
    at = text.rfind(phrase, 0, quantity.numeral.start)
    near = at >= 0 and ";" not in text[at : quantity.numeral.start]
    return near and pattern("before", "share_of").search(text, 0, at) is not None


def _told_for(text: str, quantity: Quantity) -> str:
    """Of what a share is told again: `voor vaste stoffen was dit 38%`."""
    start = quantity.numeral.start
    led = pattern("before", "for_that").search(text, _clause(text, quantity), start)
    phrase = following(text, led.end(), start) if led else None
    told = phrase is not None and pattern("before", "that_was").match(text, phrase.end, start)
    return phrase.text if phrase is not None and told else ""


def _made_up(text: str, quantity: Quantity) -> str:
    """What there is to be so much percent of, right behind it: `het behouden van 45% zeehondenrust`."""
    before = text[max(0, quantity.numeral.start - _SAID) : quantity.numeral.start]
    if quantity.numeral.form == "growth" or not _MADE_UP.search(before):
        return ""
    noun = _noun_at(text, quantity.end + 1) if text.startswith(" ", quantity.end) else ""
    doubtful = noun.endswith("en") or is_participle(noun) or is_adjective(noun)
    return noun if len(noun) >= _SURE and noun[:1].islower() and not doubtful else ""


_MADE_UP = re.compile(r" van (?:[\d,]+ ?(?:%|procent) (?:naar|tot) )?$")
#: Letters of a noun that is hardly an adverb.
_SURE = 8


def _in_relative(text: str, quantity: Quantity) -> str:
    """Of what a clause tells that ends in a share in brackets: `kruiden die worden gedroogd (8%)`."""
    start = quantity.numeral.start
    clause = _clause(text, quantity)
    if text.rfind("(", clause, start) <= text.rfind(")", clause, start) or not text.endswith(
        " die ", 0, clause
    ):
        return ""
    phrase = ending_at(text, clause - len(" die "))
    return phrase.text if phrase is not None and phrase.sure and not is_vague(phrase.text) else ""


def _divided(text: str, quantity: Quantity) -> str:
    """Whom or what shares divide: `de verdeling onder de molens is 65% graan`."""
    start = quantity.numeral.start
    divided = pattern("before", "divided").search(text, _clause(text, quantity), start)
    phrase = following(text, divided.end(), start) if divided else None
    return phrase.text if phrase is not None and not is_vague(phrase.text) else ""


def _whole_behind(text: str, quantity: Quantity) -> str:
    """What a percentage says itself that it is of, be it in the singular: `30% van de vloot`."""
    of = pattern("behind", "of_whole").match(text, quantity.end)
    whole = following(text, of.end(), len(text)) if of else None
    if of is None or whole is None or is_vague(whole.text):
        return ""
    plural = phrase_at(text, of.end() - 1, whole.end)  # `van die gevallen | lukt`
    lone = plural is not None and " " not in whole.text[len(plural.phrase) + 1 :]
    return plural.phrase if plural is not None and lone else whole.text


#: Characters between a percentage and the noun that it is of, at most.
_OF_WHOLE = 60


def _in_words(text: str, quantity: Quantity) -> str:
    """What a percentage in brackets is of, where its clause tells that part in words."""
    start = quantity.numeral.start
    if not text.endswith("(", 0, start):
        return ""
    part = pattern("before", "in_words").search(text, _clause(text, quantity), start)
    phrase = following(text, part.end(), start) if part else None
    return phrase.text if phrase is not None else ""


def _of_next(text: str, quantity: Quantity) -> str:
    """What two shares are of, told behind the last: `Shell heeft 25% en EBN 10% van de aandelen`."""
    joined = pattern("behind", "next_share").match(text, quantity.end)
    part = following(text, joined.end(), len(text)) if joined else None
    return part.text if part is not None else ""


def _what_changes(text: str, quantity: Quantity, phrase: str) -> str | None:
    """What a change that stands behind its number is of: `een 20% verhoging van de strafeis`."""
    if not matches("noun", "change", phrase) or not text.startswith(f" {phrase}", quantity.end):
        return None
    of = pattern("behind", "changing").match(text, quantity.end + 1 + len(phrase))
    part = following(text, of.end(), len(text)) if of else None
    return part.text if part is not None and not is_vague(part.text) else None


def _lasting(text: str, quantity: Quantity) -> str:
    """The subject of a clause that says how long it lasts or how large it is; a time is seldom that else."""
    before = text[_clause(text, quantity) : quantity.numeral.start]
    behind = text[quantity.end : quantity.end + _SAID]
    of_time = quantity.unit in UNCARRIED or matches("noun", "time", quantity.phrase)
    if _AGO.match(text, quantity.end) or pattern("behind", "needed").match(text, quantity.end):
        return ""  # who needs the time isn't what takes it
    if pattern("before", "within_period").search(before):
        return ""
    if of_time and (named := _before_bracket(text, quantity)):
        return named
    said = any(pattern("before", "lasts").search(each) for each in (before, behind))
    if not said and (of_time or not pattern("before", "measures").search(before)):
        return ""
    return subject(text, quantity)


def _before_bracket(text: str, quantity: Quantity) -> str:
    """The length of time that brackets tell more of: `de wachttijd (er is sprake van 6 weken)`."""
    start = quantity.numeral.start
    at = text.rfind("(", max(0, start - _NEAR), start)
    if at < 0 or text.find(")", at, start) >= 0:
        return ""
    phrase = ending_at(text, at)
    return phrase.text if phrase is not None and matches("noun", "length", phrase.head) else ""


#: What tells when, not how long.
_AGO = re.compile(r" (?:geleden|eerder|later|terug)\b")
#: Characters behind a number in which its verb stands.
_SAID = 30


def _says_nothing(phrase: str) -> bool:
    """Whether a phrase says no more than that it is so much, or doesn't end in a noun."""
    return is_vague(_WHERE.split(phrase, maxsplit=1)[0]) or not is_noun(
        phrase.rsplit(maxsplit=1)[-1] if phrase else ""
    )


#: What leads to where something is so: `de norm in het convenant`.
_WHERE = re.compile(r" (?:in|op|onder|uit|bij) ")


# Before the number


def _tied(text: str, quantity: Quantity) -> str:
    """The noun phrase that a number is tied to: `een budget van € 3`, `het verbruik (40 kWh)`."""
    text, start = _untimed(text, quantity)
    since = max(0, start - _NEAR)
    since = text.find(" ", since) if since else 0
    tie = pattern("before", "tied").search(text, since, start)
    if tie is None:
        return ""
    phrase = _nearest(text, since, tie, quantity)
    if phrase is None:
        return _named(text, since, tie)
    if _is_said_by_name(text[start:], quantity, phrase, tie):
        return phrase.text
    if phrase.led in _TIMES and matches("noun", "period", phrase.head):
        return ""  # `het aantal leden over een periode van`
    if matches("noun", "limit", phrase.text) and (of := _limited(text, phrase)):
        return of
    if not phrase.sure or _is_other(phrase) or _is_aside(phrase, tie, quantity):
        return _named(text, since, tie)
    behind = start + quantity.end - quantity.numeral.start
    return _by_tie(text, phrase, tie, quantity, (since, behind))


def _nearest(text: str, since: int, tie: re.Match[str], quantity: Quantity) -> Phrase | None:
    """The noun phrase before a tie, but for one that only tells when or where something is so."""
    phrase = ending_at(text, tie.start(), since)
    if phrase is None or matches("noun", "period", phrase.head):
        return phrase
    if _is_aside(phrase, tie, quantity):
        led = text.rfind(phrase.led, since, phrase.start)
        phrase = ending_at(text, led, since) if led > since else None
    with_brackets = phrase is not None and tie["mark"] == " (" and phrase.led == "met"
    return phrase._replace(led="") if phrase is not None and with_brackets else phrase


def _named(text: str, since: int, tie: re.Match[str]) -> str:
    """The name before a bracket: `het windpark Hollandse Kust (700 megawatt)`."""
    named = pattern("before", "named").search(text, since, tie.start()) if tie["mark"] == " (" else None
    return named["phrase"] if named else ""


def _by_tie(
    text: str, phrase: Phrase, tie: re.Match[str], quantity: Quantity, around: tuple[int, int]
) -> str:
    """The phrase before a tie, where it is what the number tells; `around`: from where to where."""
    since, behind = around
    if part := pattern("before", "counted").match(phrase.text):
        return phrase.text[part.end() :]
    if tie["mark"] and " te " in text[phrase.end : tie.start()]:
        return ""  # `om de weg te vinden (44%)`
    if quantity.unit == "euro" and phrase.led == "van" and not tie["of"]:
        return ""
    moved = quantity.numeral.form == "growth"  # `dat de voorraad ruim verdubbelt`
    if (tie["of"] or "").strip() == "voor" and not _is_money(quantity) and quantity.unit not in UNCARRIED:
        return ""  # `een grond voor 1,5 meter`
    if (tie["of"] or "").strip() == "van" and is_physical(quantity.phrase):
        return phrase.text.rpartition(" van een ")[2]  # `het tillen van een steen van 90 kilo`
    bare = not (tie["verb"] or tie["of"] or tie["mark"] or moved)
    if not bare or phrase.led == "voor" or pattern("before", "inverted").search(text, since, phrase.start):
        return phrase.text
    final = matches("before", "subordinator", phrase.led) and pattern("behind", "final").match(text, behind)
    return phrase.text if final else ""


def _limited(text: str, limit: Phrase) -> str:
    """What a limit is for by the words before it: `voor reizen een maximum van`."""
    of = ending_at(text, text.rfind(" ", 0, limit.start - 1)) if limit.led not in ("", "van") else None
    return of.text if of is not None and of.sure and of.led == "voor" and not is_vague(of.text) else ""


#: What leads to a time in which something is so.
_TIMES = ("over", "in", "na", "tijdens", "binnen", "gedurende", "sinds")


def _is_said_by_name(behind: str, quantity: Quantity, phrase: Phrase, tie: re.Match[str]) -> bool:
    """Whether a name alone, which mostly acts, is what a sum is or what changes: `de NFG is € 9`."""
    begins = not phrase.led or matches("before", "subordinator", phrase.led)
    if not (phrase.sure and begins) or not _NAME_ALONE.fullmatch(phrase.text):
        return False
    at = quantity.end - quantity.numeral.start
    if quantity.numeral.form != "growth" and quantity.unit in _PERCENT:
        return pattern("behind", "changed").match(behind, at) is not None
    said = tie["verb"] and not tie["of"] and quantity.unit == "euro"
    return bool(said) and pattern("behind", "ends").match(behind, at) is not None


def _untimed(text: str, quantity: Quantity) -> tuple[str, int]:
    """The text without the asides and times that part a number from its noun, and where that begins."""
    start = quantity.numeral.start
    text = aside_blanked(text, start)
    before = pattern("before", "times").sub("", text[:start])
    before = pattern("before", "from_level").sub("", before)
    return before + text[start:], len(before)


def _is_aside(phrase: Phrase, tie: re.Match[str], quantity: Quantity) -> bool:
    """Whether a phrase tells where, when or by what something is so; money is for what it says it is."""
    if matches("before", "aside", phrase.led):
        return True
    beside = (tie["of"] or tie["mark"]) and not tie["verb"] and phrase.end == tie.start()
    if beside or (quantity.unit == "euro" and phrase.led == "voor"):
        return False
    return matches("before", "away", phrase.led)


#: Characters before a number in which what it measures is looked for.
_NEAR = 150


def _is_other(phrase: Phrase) -> bool:
    """Whether a phrase is none of what is measured: who does something, where money stands, a mere amount."""
    head = phrase.head.lower()
    if is_vague(phrase.text) or matches("noun", "change", phrase.text) or matches("noun", "agent", head):
        return True
    if matches("before", "holder", head) and matches("before", "within", phrase.led):
        return True
    named_for = phrase.led == "voor" or matches("before", "supports", phrase.led)
    if not named_for and _NAME_ALONE.fullmatch(phrase.head):
        return True
    return unit_of_any(head) == "persons"


#: A name, not what is someone’s (`CO2-uitstoot`).
_NAME_ALONE = re.compile(r"[A-Z][\w&]*(?:-[A-Z0-9]\w*)*")


def _partitive(text: str, quantity: Quantity) -> str:
    """What a share is of, by the `van de …` that begins its clause."""
    start = quantity.numeral.start
    found = list(pattern("before", "partitive").finditer(text, max(0, start - _FAR), start))
    phrase = following(text, found[-1].end(), start) if found else None
    if phrase is None or pattern("before", "stopped").search(text, phrase.end, start):
        return ""
    return "" if pattern("before", "comes").search(text, max(0, start - _SAID), start) else phrase.text


def _clause(text: str, quantity: Quantity) -> int:
    """Where the clause of a number begins."""
    return _clauses(text, quantity)[-1]


def _clauses(text: str, quantity: Quantity) -> list[int]:
    """Where the clauses before a number begin."""
    start = quantity.numeral.start
    since = max(0, start - _FAR)
    return [since, *(match.end() for match in pattern("before", "clause").finditer(text, since, start))]


_FAR = 250


def subject(text: str, quantity: Quantity) -> str:
    """The first noun phrase of a clause that isn't led by a preposition, nor is who does something."""
    start = quantity.numeral.start
    text = aside_blanked(text, start)
    clauses = _clauses(text, quantity)
    found = _first_noun(text, clauses[-1], start)
    lasting = quantity.unit in UNCARRIED
    if not found and (whose := _antecedent(text, clauses[-1], lasting=lasting)):
        return whose
    if not found and len(clauses) > 1 and text.endswith(" en ", 0, clauses[-1]):
        # `de handel van de stad en het land is gegroeid (2%)`
        found = _first_noun(text, clauses[-2], start)
        return found or _antecedent(text, clauses[-2], lasting=lasting)
    return found


def _antecedent(text: str, first: int, *, lasting: bool) -> str:
    """Of what a clause tells that begins with `die`: `rederijen die al vijftig jaar bestaan`.

    With `dat`, which begins other clauses too, of what a number is told: `het aantal plassen dat`.
    """
    if not text.endswith((" die ", " dat "), 0, first):
        return ""
    phrase = ending_at(text, first - len(" die "))
    if phrase is None or not phrase.sure or not phrase.text.endswith(phrase.head):
        return ""
    if text.endswith(" dat ", 0, first):
        return phrase.text if text.endswith("aantal ", 0, phrase.start) else ""
    agent = lasting and matches("noun", "agent", phrase.head) and unit_of_any(phrase.head) != "persons"
    return "" if not agent and _is_other(phrase._replace(led="")) else phrase.text


def _first_noun(text: str, first: int, start: int) -> str:
    led = text[first : first + 1].isupper() or pattern("before", "subordinated").search(text, 0, first)
    plural = phrase_at(text, first - 1 if first else 0, start) if led else None
    if plural is not None and plural.start <= first:
        head = plural.phrase.rsplit(maxsplit=1)[-1]
        if is_noun(head) and not _is_other(Phrase(plural.phrase, plural.start, plural.end, head)):
            return plural.phrase
    for match in _DETERMINED.finditer(text, first, start):
        if match["led"] and _is_preposition(match["led"].strip().lower()):
            continue
        if text.endswith(". ", first, match.start()):  # `grondstof voor o.a. de chemie`
            continue
        phrase = following(text, match.end(), start)
        if phrase is None:
            continue
        much = phrase.start > match.end() and not is_vague(phrase.text)  # `de hoeveelheid XY`
        if much or not _is_other(phrase):
            return phrase.text
    return ""


def _is_preposition(word: str) -> bool:
    return any(matches("before", name, word) for name in ("preposition", "aside", "away"))


_DETERMINED = re.compile(r"(?P<led>\b\w+ |)\b(?:[Dd]e|[Hh]et|[Ee]en|[Dd]eze|[Dd]it|[Hh]un|[Oo]nze|[Oo]ns) ")


# Behind the number


def _noun_at(text: str, start: int) -> str:
    """The noun phrase that begins at a place, in the singular or the plural."""
    noun = phrase_at(text, start, len(text))
    if noun is None or noun.unit in UNCARRIED:
        match = pattern("behind", "single").match(text, start)
        found = match[0] if match else ""
        if found.endswith("e") and is_adjective(found):  # `45 hectare droge | heide`
            phrase = following(text, start, len(text))
            found = phrase.text if phrase is not None and phrase.head != found else found
    else:
        found = noun.phrase
    if not found or not is_noun(found.rsplit(maxsplit=1)[-1]):
        return ""
    name = _NAME.match(text, start + len(found))
    return f"{found}{name[0]}" if name and found[0].isupper() else found


#: The rest of a name: `Fonds | Schone Vaart`.
_NAME = re.compile(r"(?: [A-Z][\w-]+)+")


def _behind(text: str, quantity: Quantity) -> str:
    """What a unit measures right behind it: `20 hectare heide`, `6 uur aan beelden`."""
    of_time = quantity.unit in UNCARRIED or matches("noun", "time", quantity.phrase)
    link = pattern("behind", "link").match(text, quantity.end)
    if link is None:
        return ""
    if link["of"] and link["of"].lstrip().startswith("van") and matches("behind", "far", quantity.phrase):
        return ""
    part = following(text, link.end(), len(text)) if link["of"] else None
    noun = part.text if part else _noun_at(text, link.end())
    if _PLACE.fullmatch(noun):
        return ""
    if not of_time or link["of"]:
        return noun
    if not noun:
        return ""
    at, start = link.end() + len(noun), quantity.numeral.start
    if pattern("before", "within_time").search(text, max(0, start - _SAID), start):
        return noun if pattern("behind", "given").match(text, at) else ""  # `binnen 5 weken antwoord gegeven`
    done = pattern("behind", "verbal").match(text, at)  # `jaar dienst gedaan`
    if matches("behind", "lasting", noun):
        return noun if done is None else ""
    held = pattern("behind", "held").match(text, at)
    return noun if held and not pattern("before", "point").search(text, max(0, start - _SAID), start) else ""


#: What a figure is of by its place alone: `(40 megawatt Vlissingen)`.
_PLACE = re.compile(r"[A-Z][a-zë]+")


def _spent_on(text: str, quantity: Quantity) -> str:
    """What a sum is, or is for, by the words behind it."""
    if direct := pattern("behind", "direct").match(text, quantity.end):
        return direct["noun"]
    if part := pattern("behind", "part").match(text, quantity.end):
        phrase = following(text, part.end(), len(text))
        if phrase is not None and not _is_other(phrase):
            return phrase.text
    start = quantity.numeral.start
    goes = pattern("before", "goes").search(text, max(0, start - _NEAR), start)
    found = pattern("behind", "goes_to").match(text, quantity.end) if goes else None
    found = found or pattern("behind", "purpose").match(text, quantity.end)
    given = found is not None and found.groupdict().get("given")
    if found and (doing := pattern("behind", "doing").match(text, found.end())):
        done = following(text, doing.end(), len(text))
        return f"{doing['verb']} van {done.text}" if done is not None else ""
    phrase = following(text, found.end(), len(text)) if found else None
    if phrase is not None and not is_vague(phrase.text):
        return f"bijdrage aan {phrase.text}" if given else phrase.text
    return _done_with(text, quantity) if found is None else ""


def _aimed_at(text: str, quantity: Quantity) -> str:
    """What is to be done within a time: `om binnen twee jaar de kade te herstellen`."""
    start = quantity.numeral.start
    if not pattern("before", "aim_within").search(text, max(0, start - _NEAR), start):
        return ""
    article = _ARTICLE.match(text, quantity.end)
    return _to_do(text, article.end()) if article else ""


_ARTICLE = re.compile(r" (?:(?:de|het|een|alle|deze|die|dit) )?")


def _done_with(text: str, quantity: Quantity) -> str:
    """What money is spent to do: `€ 4 miljoen om de dijken te versterken`."""
    aim = pattern("behind", "aim").match(text, quantity.end)
    return _to_do(text, aim.end()) if aim else ""


def _to_do(text: str, start: int) -> str:
    """What is done by the object and the verb behind it that begin at a place."""
    done = following(text, start, len(text))
    verb = as_written("wording", "to_do").match(text, done.end) if done else None
    if done is None or verb is None:
        return ""
    if verb["light"] is None:
        return f"{verb['particle'] or ''}{verb['verb']} van {done.text}"
    given = following(text, verb.end(), len(text)) if verb["to"] else None  # `een impuls te geven aan`
    return f"{done.text} aan {given.text}" if given is not None else done.text


# Money


def _set_aside(text: str, quantity: Quantity) -> str:
    """What money is for, where its clause begins with that: `Voor de haven is in de nota € 3 miljoen`."""
    start = quantity.numeral.start
    first = _clause(text, quantity)
    relative = list(pattern("money", "relative").finditer(text, max(0, start - _NEAR), start))
    if relative:
        phrase = ending_at(text, relative[-1].start())
        kept = phrase is not None and phrase.sure and not _is_other(phrase._replace(led=""))
        return phrase.text if phrase is not None and kept else ""
    match = pattern("money", "fronted").match(text, first, start)
    if match is None or (match["with"] and "gemoeid" not in text[start : start + _FAR]):
        return ""
    phrase = following(text, match.end(), start)
    return phrase.text if phrase is not None and not is_vague(phrase.text) else ""


def _whole_word(text: str, phrase: str) -> str:
    """The phrase with the other half of a compound that it breaks off in: `dak- en thuislozen`."""
    if not phrase.endswith("-"):
        return phrase
    at = text.find(f"{phrase} ")
    half = phrase.rpartition(" ")[2]
    whole = following(text, at + len(phrase) - len(half), len(text)) if at >= 0 else None
    return f"{phrase.removesuffix(half)}{whole.text}" if whole is not None else ""


def _is_where(text: str, phrase: str, quantity: Quantity) -> bool:
    """Whether a phrase is where the money stands, not what it is: `in de begroting is € 3 miljoen`."""
    led = _led_by(text, phrase, quantity)
    return matches("before", "holder", phrase) and matches("before", "within", led)


def _is_when(text: str, phrase: str, quantity: Quantity) -> bool:
    """Whether a phrase tells when or why something is so: `in het jaar na de brand (72%)`."""
    at = text.rfind(phrase, 0, quantity.numeral.start) if phrase else -1
    whole = ending_at(text, at + len(phrase)) if at >= 0 else None
    return whole is not None and matches("before", "aside", whole.led)


def _led_by(text: str, phrase: str, quantity: Quantity) -> str:
    """The word before the phrase and its article, where that stands before a number."""
    at = text.rfind(phrase, 0, quantity.numeral.start) if phrase else -1
    led = _LED.search(text, 0, at) if at >= 0 else None
    return led[1] if led is not None else ""


_LED = re.compile(r"(\w+)(?: (?:de|het|een|deze|dit|mijn|hun|zijn|onze))? $")


def _by_noun(text: str, quantity: Quantity) -> str:
    """The last noun of money in the clause before a number."""
    start = quantity.numeral.start
    first = max(0, start - _NEAR)
    found = list(pattern("money", "sum").finditer(text, text.find(" ", first) if first else 0, start))
    for match in reversed(found):
        if not _says_nothing(match["noun"]) and not _is_where(text, match["noun"], quantity):
            return match["noun"]
    return ""
