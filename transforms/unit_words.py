"""What there are so many hours, kilos or times of."""

import re

from transforms.clause_subjects import clause_start, subject
from transforms.counting import Quantity
from transforms.noun_phrases import ending_at, following
from transforms.nouns import (
    UNCARRIED,
    is_unit,
)
from transforms.sum_words import aimed_at, set_aside, spent_on
from transforms.telling import (
    NEAR,
    SAID,
    is_other,
    is_time,
    noun_at,
    told_behind,
)
from transforms.ties import tied_to
from transforms.vocabulary import as_written
from transforms.word_forms import is_noun, matches, pattern


def unit_of_measure(text: str, quantity: Quantity, phrase: str) -> str:
    """What there are so many hours, kilos or times of."""
    if as_written("wording", "ago").match(text, quantity.end):
        return ""
    if phrase in ("keer", "maal"):
        return _often(text, quantity)
    if aim := aimed_at(text, quantity):
        return aim
    if quantity.unit in UNCARRIED and (needed := pattern("behind", "needed").match(text, quantity.end)):
        return spent_on(text, quantity) or ("" if needed["by"] else set_aside(text, quantity))
    return _allotted(text, quantity) or _behind(text, quantity) or tied_to(text, quantity)


def _allotted(text: str, quantity: Quantity) -> str:
    """What a time is for that is given for it: `er staat 5 maanden voor de keuring van een boot`."""
    start = quantity.numeral.start
    allotted = pattern("behind", "allotted").match(text, quantity.end) if quantity.unit in UNCARRIED else None
    if allotted is None or not pattern("before", "stands").search(text, max(0, start - NEAR), start):
        return ""
    return told_behind(text, allotted)


def time_named(text: str, quantity: Quantity) -> str:
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
    return phrase.text if phrase is not None and not is_other(phrase) else ""


def contents(text: str, quantity: Quantity) -> str:
    """What those hold that a number counts: `40 zakken meel`."""
    at = quantity.numeral.end + len(quantity.phrase) + 1
    if not matches("noun", "container", quantity.phrase) or not text.startswith(
        quantity.phrase, at - len(quantity.phrase)
    ):
        return ""
    return noun_at(text, at + text.startswith(" ", at)) if text[at : at + 1] == " " else ""


def contained(measure: str) -> str:
    """What the things of a measure hold, which another unit measures: `40 zakken meel, samen 9 ton`."""
    holder, _, held = measure.partition(" ")
    return held if matches("noun", "container", holder) else measure


def _behind(text: str, quantity: Quantity) -> str:
    """What a unit measures right behind it: `20 hectare heide`, `6 uur aan beelden`."""
    of_time = is_time(quantity)
    link = pattern("behind", "link").match(text, quantity.end)
    if link is None:
        return ""
    if link["of"] and link["of"].lstrip().startswith("van") and matches("behind", "far", quantity.phrase):
        return ""
    part = following(text, link.end(), len(text)) if link["of"] else None
    noun = part.text if part else noun_at(text, link.end())
    if _PLACE.fullmatch(noun):
        return ""
    if not of_time or link["of"]:
        return noun
    if not noun or link["throughout"]:
        return noun  # `3 uur lang hevige regenval`
    at, start = link.end() + len(noun), quantity.numeral.start
    if pattern("before", "within_time").search(text, max(0, start - SAID), start):
        return noun if pattern("behind", "given").match(text, at) else ""  # `binnen 5 weken antwoord gegeven`
    done = pattern("behind", "verbal").match(text, at)  # `jaar dienst gedaan`
    held = pattern("behind", "held").match(text, at)
    point = pattern("before", "point").search(text, max(0, start - SAID), start)  # `na 4 jaar | werk hadden`
    if matches("behind", "lasting", noun):
        return noun if done is None and not (held and point) else ""
    return noun if held and not point else ""


#: What a figure is of by its place alone: `(40 megawatt Vlissingen)`.
_PLACE = re.compile(r"[A-Z][a-zë]+")


def lasting(text: str, quantity: Quantity) -> str:
    """The subject of a clause that says how long it lasts or how large it is; a time is seldom that else."""
    before = text[clause_start(text, quantity) : quantity.numeral.start]
    behind = text[quantity.end : quantity.end + SAID]
    of_time = is_time(quantity)
    if as_written("wording", "ago").match(text, quantity.end) or pattern("behind", "needed").match(
        text, quantity.end
    ):
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
    at = text.rfind("(", max(0, start - NEAR), start)
    if at < 0 or text.find(")", at, start) >= 0:
        return ""
    phrase = ending_at(text, at)
    return phrase.text if phrase is not None and matches("noun", "length", phrase.head) else ""
