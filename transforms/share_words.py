"""What a percentage is of, or what has changed by it."""

from transforms.clause_subjects import clause_start
from transforms.counting import Quantity
from transforms.noun_phrases import ending_at, following
from transforms.nouns import is_adjective, is_participle, is_plural, is_unit, phrase_at
from transforms.telling import (
    FAR,
    NAME_ALONE,
    NEAR,
    SAID,
    is_when,
    is_where,
    noun_at,
    says_nothing,
    told_behind,
)
from transforms.ties import tied_to
from transforms.vocabulary import as_written
from transforms.word_forms import is_noun, is_vague, matches, pattern


def share_of(text: str, quantity: Quantity, phrase: str) -> str:
    """What a percentage is of, or what has changed by it."""
    if more := _more_of(text, quantity) or _every(text, quantity):
        return more
    if (what := _what_changes(text, quantity, phrase)) is not None:
        return what
    silent = not phrase or says_nothing(phrase) or matches("noun", "collective", phrase)
    told = not silent and not matches("noun", "change", phrase)
    own = (
        _of_both(text, quantity) or _of_parts(text, quantity) or (_made_up(text, quantity) if silent else "")
    )
    own = own or _said_of(text, quantity) or _paid(text, quantity)
    own = own or _behind_share(text, quantity, phrase, told=told)
    if own:
        return own
    told = told and not is_where(text, phrase, quantity)
    if told and _is_before_share(text, quantity, phrase):
        return phrase
    whole = _of_next(text, quantity) or _partitive(text, quantity) or _in_words(text, quantity)
    whole = whole or _divided(text, quantity) or _told_for(text, quantity) or tied_to(text, quantity)
    whole = whole or _in_relative(text, quantity)
    told = told and not NAME_ALONE.fullmatch(phrase) and not is_when(text, phrase, quantity)
    return whole or (phrase if told else "")


def _more_of(text: str, quantity: Quantity) -> str:
    """What there is more or less of, behind how many times: `3 keer zo veel mijlen`."""
    more = pattern("behind", "compared").match(text, quantity.end)
    if more is None or quantity.numeral.form != "growth":
        return ""
    noun = more["noun"]
    inflected = text.endswith("e", 0, quantity.end)  # else it may be a verb: `twee keer zo veel kost`
    return noun if (is_noun(noun) or is_unit(noun)) and (inflected or is_plural(noun)) else ""


def _every(text: str, quantity: Quantity) -> str:
    """Of what every so-manyth is told: `elke vijfde visser`."""
    every = as_written("wording", "every").match(text, quantity.numeral.start)
    return every["of"] if every else ""


def _of_both(text: str, quantity: Quantity) -> str:
    """The noun of a share and the next one: `van 20% naar 70% duurzame stroom`."""
    both = pattern("behind", "both_shares").match(text, quantity.end)
    return noun_at(text, both.end() + 1) if both else ""


def _of_parts(text: str, quantity: Quantity) -> str:
    """What so many of so many are: `300 van de 900 punten`."""
    of_digits = as_written("wording", "of_digits").search(text, quantity.numeral.start, quantity.numeral.end)
    noun = phrase_at(text, quantity.numeral.end, len(text)) if of_digits else None
    return noun.phrase if noun is not None else ""


def _said_of(text: str, quantity: Quantity) -> str:
    """Of what a verb says a share: `van de leraren is 60% vrouw`."""
    said_of = pattern("before", "said_of").search(text, 0, quantity.numeral.start)
    told_behind = text.startswith(" van ", quantity.end) or _of_next(text, quantity)
    return _partitive(text, quantity) if said_of and not told_behind else ""


def _paid(text: str, quantity: Quantity) -> str:
    """What is paid, and is so much percent of something else: `een uitkering van 70% van het loon`."""
    tied = tied_to(text, quantity) if text.endswith(" van ", 0, quantity.numeral.start) else ""
    return tied if matches("noun", "paid", tied) else ""


def _behind_share(text: str, quantity: Quantity, phrase: str, *, told: bool) -> str:
    """The whole that stands behind a share."""
    near = text[quantity.end : quantity.end + _OF_WHOLE + len(phrase)]
    whole = _whole_behind(text, quantity)
    if whole and (not (told and phrase in near) or whole.startswith(f"{phrase} ")):
        return whole
    return phrase if told and text.find(phrase, quantity.end, quantity.end + NEAR) >= 0 else ""


def _is_before_share(text: str, quantity: Quantity, phrase: str) -> bool:
    """Whether a phrase before a share is said to be the whole: `het aandeel boeren dat stopt is 4%`."""
    at = text.rfind(phrase, 0, quantity.numeral.start)
    near = at >= 0 and ";" not in text[at : quantity.numeral.start]
    return near and pattern("before", "share_of").search(text, 0, at) is not None


def _told_for(text: str, quantity: Quantity) -> str:
    """Of what a share is told again: `voor vaste stoffen was dit 38%`."""
    start = quantity.numeral.start
    led = pattern("before", "for_that").search(text, clause_start(text, quantity), start)
    phrase = following(text, led.end(), start) if led else None
    told = phrase is not None and pattern("before", "that_was").match(text, phrase.end, start)
    return phrase.text if phrase is not None and told else ""


def _made_up(text: str, quantity: Quantity) -> str:
    """What there is to be so much percent of, right behind it: `het behouden van 45% zeehondenrust`."""
    before = text[max(0, quantity.numeral.start - SAID) : quantity.numeral.start]
    if quantity.numeral.form == "growth" or not as_written("wording", "made_up").search(before):
        return ""
    noun = noun_at(text, quantity.end + 1) if text.startswith(" ", quantity.end) else ""
    doubtful = noun.endswith("en") or is_participle(noun) or is_adjective(noun)
    return noun if len(noun) >= _SURE and noun[:1].islower() and not doubtful else ""


#: Letters of a noun that is hardly an adverb.
_SURE = 8


def _in_relative(text: str, quantity: Quantity) -> str:
    """Of what a clause tells that ends in a share in brackets: `kruiden die worden gedroogd (8%)`."""
    start = quantity.numeral.start
    clause = clause_start(text, quantity)
    if text.rfind("(", clause, start) <= text.rfind(")", clause, start) or not text.endswith(
        " die ", 0, clause
    ):
        return ""
    phrase = ending_at(text, clause - len(" die "))
    return phrase.text if phrase is not None and phrase.sure and not is_vague(phrase.text) else ""


def _divided(text: str, quantity: Quantity) -> str:
    """Whom or what shares divide: `de verdeling onder de molens is 65% graan`."""
    start = quantity.numeral.start
    divided = pattern("before", "divided").search(text, clause_start(text, quantity), start)
    return told_behind(text, divided, start)


def _whole_behind(text: str, quantity: Quantity) -> str:
    """What a percentage says itself that it is of, be it in the singular: `30% van de vloot`."""
    of = pattern("behind", "of_whole").match(text, quantity.end)
    if of is None and pattern("before", "share_in").search(text, 0, quantity.numeral.start):
        of = pattern("behind", "in_whole").match(text, quantity.end)
    whole = told_behind(text, of)
    if of is None or not whole or matches("noun", "collective", whole):
        return ""
    plural = phrase_at(text, of.end() - 1, of.end() + len(whole))  # `van die gevallen | lukt`
    lone = plural is not None and " " not in whole[len(plural.phrase) + 1 :]
    return plural.phrase if plural is not None and lone else whole


#: Characters between a percentage and the noun that it is of, at most.
_OF_WHOLE = 60


def _in_words(text: str, quantity: Quantity) -> str:
    """What a percentage in brackets is of, where its clause tells that part in words."""
    start = quantity.numeral.start
    if not text.endswith("(", 0, start):
        return ""
    part = pattern("before", "in_words").search(text, clause_start(text, quantity), start)
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
    return told_behind(text, of) or None


def _partitive(text: str, quantity: Quantity) -> str:
    """What a share is of, by the `van de …` that begins its clause."""
    start = quantity.numeral.start
    found = list(pattern("before", "partitive").finditer(text, max(0, start - FAR), start))
    phrase = following(text, found[-1].end(), start) if found else None
    if phrase is None or pattern("before", "stopped").search(text, phrase.end, start):
        return ""
    return "" if pattern("before", "comes").search(text, max(0, start - SAID), start) else phrase.text
