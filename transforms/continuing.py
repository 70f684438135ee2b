"""How a sentence, or a part of one, goes on about what was told before it, or turns to something else."""

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from transforms.numerals import word_value
from transforms.periods import Period
from transforms.tenses import is_past_tense, tense
from transforms.timing import Timing
from transforms.vocabulary import as_written, compiled, occurs, words


def compared_with(periods: Sequence[Period]) -> str | None:
    """What a sentence compares with, where that is one time."""
    bases = {period.value for period in periods if period.role == "base" and period.value}
    return bases.pop() if len(bases) == 1 else None


def over_all(text: str) -> bool:
    """Whether a change is one over all of the time told of (`over de gehele periode`)."""
    return occurs(_pattern("over_all"), text)


def is_yearly(text: str) -> bool:
    """Whether an amount is one of each year (`per jaar`, `structureel`)."""
    return occurs(_pattern("yearly"), text)


def is_of_cited(text: str) -> bool:
    """Whether a footnote goes on about the figure that it is cited for (`Inclusief 20 aanvragen`)."""
    return _pattern("note").match(text) is not None


def years_of_change(text: str) -> int:
    """Over how many years a change came about (`in drie jaar tijd`); 0 where the sentence doesn't say."""
    match = _pattern("in_years").search(text)
    if match is None:
        return 0
    return int(match["years"]) if match["years"].isdigit() else int(word_value(match["years"]) or 1)


def takes_years(text: str) -> bool:
    """Whether a sentence says over how many years a change came about (`in vier jaar tijd`)."""
    return occurs(_pattern("takes_years"), text)


def takes_months(text: str) -> bool:
    """Whether a sentence says in how many months a change came about (`in een halfjaar`)."""
    return _pattern("in_months").search(text) is not None


def is_within(text: str) -> bool:
    """Whether a sentence tells of a part of what was told, or of what came of it (`Daarbij vielen er 9`)."""
    return _pattern("within").match(text) is not None


def is_measured(text: str) -> bool:
    """Whether a sentence tells when something was measured."""
    return _pattern("measured").search(text) is not None


def is_since(text: str) -> bool:
    """Whether a sentence tells of what went on since a time, rather than what applies from then on."""
    return re.search(r"\b(?:sinds|sedert)\b", text, re.IGNORECASE) is not None


def goes_on(text: str) -> bool:
    """Whether a sentence goes on about the data of the one before, and so about their time."""
    return occurs(_pattern("pattern"), text)


def goes_from_aside(before: str) -> bool:
    """Whether a change is one since the level that its sentence compares with (`nog 40; dat is een …`)."""
    return _pattern("from_aside").search(before) is not None


def goes_on_about_change(text: str) -> bool:
    """Whether a sentence goes on about the change that was told of (`Onder jongeren was de stijging 11%`)."""
    return occurs(_pattern("the_change"), text)


def is_aside(text: str) -> bool:
    """Whether a sentence says what was before of what was told (`dat aantal was in 2017 nog 30`)."""
    return occurs(_pattern("aside"), text)


def is_part(gap: str, behind: str) -> bool:
    """Whether what stands between two numbers, or behind the second, makes that a part of the first."""
    return _pattern("part").search(gap) is not None or _pattern("part_behind").match(behind) is not None


def names_whole(behind: str) -> bool:
    """Whether what a share is one of stands right behind it (`12% van de gemeenten`)."""
    return _pattern("of_whole").match(behind) is not None


def turns_to(text: str) -> bool:
    """Whether a sentence begins with another matter (`Voor de regeling …`, `Wat betreft …`)."""
    return _pattern("another").match(text) is not None


def compares(behind: str) -> bool:
    """Whether what is compared with follows (`twee keer zoveel als toen`)."""
    return _pattern("compares").match(behind) is not None


def is_norm(before: str) -> bool:
    """Whether a figure is a norm, which holds at no time in particular."""
    return _pattern("norm").search(before) is not None


def tells_what(text: str) -> bool:
    """Whether a sentence says what the figures before it are of (`Het gaat om 40 aanvragen`)."""
    return occurs(_pattern("tells_what"), text)


def is_total(text: str) -> bool:
    """Whether a sentence adds up what was told before it (`In totaal …`)."""
    return _pattern("total").match(text) is not None


def is_of_that(text: str) -> bool:
    """Whether a sentence tells of a part of what went before (`daarvan`)."""
    return _pattern("of_that").search(text) is not None


def points_back(text: str) -> bool:
    """Whether a sentence points back to a figure before it (`daarvan`)."""
    return occurs(_pattern("back"), text)


def dates_figures(text: str, nouns: Collection[str]) -> bool:
    """Whether a sentence says of when the figures before it are (`De klachten zijn in 2018 ontvangen`).

    `nouns` are what they count.
    """
    if _pattern("undated").search(text):
        return False
    return _pattern("dated").match(text) is not None or _names_dated(text, nouns)


def _names_dated(text: str, nouns: Collection[str]) -> bool:
    match = _pattern("dated_by_noun").match(text)
    return match is not None and match["noun"].lower() in nouns


def is_by_then(text: str) -> bool:
    """Whether a sentence tells of the time to come that was told of last (`Daarmee wordt dan …`)."""
    return _pattern("by_then").search(text) is not None


def is_from(text: str, start: int, nouns: Collection[str]) -> bool:
    """Whether the time at `start`, which else dates a thing, is that from when the figures are.

    So `De cijfers stammen uit 2019`, and what is said of the things themselves that they count.
    """
    return _pattern("dates_from").search(text, 0, start) is not None or _names_dated(text, nouns)


def says_again(text: str) -> bool:
    """Whether a sentence tells what the figures before it come to (`Dit waren 40 zaken`)."""
    return _pattern("again").match(text) is not None


def tells_of_then(text: str, *, perfect: bool) -> bool:
    """Whether a sentence tells, in a past tense, of the time spoken of before; in the perfect if told so."""
    text = _pattern("said").sub("", text)  # when somebody said so isn't when it was
    return is_past_tense(text, perfect=perfect) and _pattern("timeless").search(text) is None


def tells_of_wait(text: str) -> bool:
    """Whether a sentence tells how long somebody had waited."""
    return occurs(_pattern("waited"), text)


def is_planned(text: str) -> bool:
    """Whether a sentence, or a clause of one, tells of what is to come or of what was decided."""
    return tense(text) == "future" or _pattern("decided").search(text) is not None


def is_multiple_of_level(text: str, timing: Timing) -> bool:
    """Whether a change at a point in time is one of the figure named before (`dit aantal is verdubbeld`)."""
    return "/" not in (timing.period or "/") and _pattern("this_number").search(text) is not None


@lru_cache(maxsize=256)  # asked for each scope of a sentence
def is_heading(text: str) -> bool:
    """Whether a paragraph's only sentence is a section's heading."""
    return len(text) <= 100 and _pattern("heading").match(text) is not None


def opens_anew(text: str) -> bool:
    """Whether a question or an answer begins with the sentence."""
    return _pattern("opens").match(text) is not None


def whole_said(text: str) -> tuple[str, Sequence[str]] | None:
    """The number of what a sentence opens with as a whole (`Van de 409 zaken …`), and its words."""
    whole = _pattern("whole").match(text)
    return (whole["number"], text[whole.end() :].lower().split()[:_NOUN_WITHIN]) if whole else None


#: Words behind a number of which one is its noun.
_NOUN_WITHIN = 4


def opens_question(text: str) -> bool:
    """Whether a question begins with the sentence."""
    return _pattern("question").match(text) is not None


def is_entry(text: str) -> bool:
    """Whether a paragraph is an entry of a list."""
    return _pattern("bullet").match(text) is not None or is_labelled(text)


def opens_list(text: str) -> bool:
    """Whether a list stands below a sentence: it ends with a colon, or says so (`was als volgt.`)."""
    return text.endswith(":") or _pattern("opens_list").search(text) is not None


def listed_in(text: str) -> str | None:
    """The unit of staff that the sentence above a list says it is in (`in fte`)."""
    match = _pattern("listed_in").search(text) if opens_list(text) else None
    return match["unit"] if match else None


def leads_to_numbers(text: str) -> bool:
    """Whether the list below a sentence is of numbers of what was named (`om de volgende aantallen:`)."""
    return _pattern("leads_to_numbers").search(text) is not None


def asks_numbers(text: str) -> int:
    """How many times a question asks how many of something there are."""
    return len(_pattern("asks_number").findall(text)) if text.endswith("?") else 0


def answers_number(text: str) -> bool:
    """Whether a sentence says how many of what was asked there are, without its name."""
    return _pattern("answers_number").search(text) is not None or is_labelled(text)


def is_labelled(text: str) -> bool:
    """Whether a paragraph is but a label and its number (`Lelystad: 310`)."""
    return _pattern("labelled").match(text) is not None


def year_in_brackets(text: str) -> str | None:
    """Of which year a heading says that the numbers in brackets below it are."""
    match = as_written("periods", "bracketed_year").search(text)
    return match["behind"] or match["before"] if match else None


def is_in_brackets(text: str, start: int) -> bool:
    """Whether a number stands in brackets behind another one, in a line with a label (`Assen: 31 (28)`)."""
    return as_written("periods", "in_brackets").search(text, 0, start) is not None and is_labelled(text)


def is_of_time(text: str) -> bool:
    """Whether a paragraph is but a time and its number (`2019: 310`, `eind 2019: 310`)."""
    return is_labelled(text) and _NAMED.search(text) is None


_NAMED = re.compile(r"[A-Z]")


def counts_same(text: str) -> bool:
    """Whether a sentence counts what was counted before it (`In 2016 waren dat er 40`)."""
    return _pattern("counts_same").search(text) is not None


def tells_each(text: str) -> bool:
    """Whether a sentence tells the figures of some years one by one (`per jaar`)."""
    return _pattern("each").search(text) is not None


def leads_to(before: str) -> bool:
    """Whether a change is told of that leads to a level (`groeit naar`)."""
    return occurs(_pattern("leads"), before)


def is_most(text: str) -> bool:
    """Whether a sentence tells of the greater part of what was told last (`Het merendeel …`)."""
    return _pattern("most").match(text) is not None


def was_still(text: str) -> bool:
    """Whether a sentence says what was before of what is so now (`In 2016 was dat nog 5%`)."""
    return _pattern("was_still").search(text) is not None


def is_for_plan(text: str) -> bool:
    """Whether a sentence tells what the aim before it takes or comes to (`Om dat te bereiken moet …`)."""
    return _pattern("for_plan").match(text) is not None


def says_what_it_has(before: str, behind: str) -> bool:
    """Whether a figure is what a body has, told in passing as now (`het korps, dat 40 boten telt,`)."""
    return _pattern("has").search(before) is not None and _pattern("has_behind").match(behind) is not None


def tells_of_now(clause: str) -> bool:
    """Whether a clause has a verb of what is; with another one in the past, it isn't of that time."""
    return occurs(_pattern("present"), clause)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("periods", words("periods")["goes_on"][name])
