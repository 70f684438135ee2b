"""Which figures are compared with which, the verdict on each pair, and what figures imply.

All cases stand in one build, each with letters and measures of its own, so that none sees another's.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from store_frames import MEASURES, a_claim, a_letter, tables

from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection
Claim = dict[str, Any]
#: Claims, and what is to come of them.
Case = tuple[list[Claim], list[Any]]

WORDS = " verdubbeld een derde " + " ".join(f"{number}" for number in range(10, 2000))
FIRST = a_letter(f"Eerst {WORDS}", date(2012, 4, 27))
SECOND = a_letter(f"Daarna {WORDS}", date(2014, 10, 30))
THIRD = a_letter(f"Ten slotte {WORDS}", date(2016, 2, 1))
SAME_DAY = a_letter(f"Diezelfde dag {WORDS}", date(2012, 4, 27))
UNDATED = a_letter(f"Ongedateerd {WORDS}", None)
LETTERS = [FIRST, SECOND, THIRD, SAME_DAY, UNDATED]

GROWTH = {
    "kind": "growth",
    "unit": "percent",
    "direction": "increase",
    "period": "2011",
    "base_period": "2010",
}
FALL = GROWTH | {"direction": "decrease"}
RISE = GROWTH | {"status": "target"}
AIM = RISE | {"direction": "decrease", "quote": "10"}
MORE = GROWTH | {"unit": "persons"}
BETWEEN = GROWTH | {"base_period": None, "period": "2010/2011"}
FROM_TO = {"precision": "range", "value_high": 275.0}
UP_TO = {"precision": "at_most", "value": 6}
OPEN = {"precision": "at_least"}
RANGE = {"precision": "range", "value_high": 80.0}
PLACES = {
    "kind": "capacity",
    "unit": "places",
    "measure_code": "shelter_places",
    "population": "setting=trafficking",
}
PLAIN = PLACES | {"population": "unspecified"}
WOMEN = {"measure_code": None, "measure": "vrouwen"}
GIRLS = {"measure_code": None, "measure": "meisjes"}


def the(value: float, letter: dict[str, Any] = FIRST, **facts: Any) -> Claim:
    """A count of victims in 2011 that CoMensha is credited with, unless the facts say otherwise."""
    quote = facts.pop("quote", f"{value:g}")
    row = a_claim(letter, f" {quote}", value, **({"period": "2011", "source": "CoMensha"} | facts))
    start = {field: row[field] + 1 for field in ("char_start", "sentence_quote_start")}
    return row | start | {"quote": quote}


def restated(earlier: Claim, later: Claim, verdict: str) -> Case:
    return [earlier, later], [("restated", verdict)]


def apart(other: Claim) -> Case:
    return [the(1222), other], []


def grown(growth: Claim, end: Claim, base: Claim, *verdicts: str) -> Case:
    return [growth, end, base], [("growth", verdict) for verdict in verdicts]


def hoped(aim: Claim, came: Claim, *found: tuple[str, str]) -> Case:
    """An aim or a forecast of a growth from 999 in 2010, and what a letter says of 2011."""
    return [aim | {"value": abs(aim["value"])}, the(999, period="2010"), came], list(found)


def parts(total: float, of: dict[str, int], *verdicts: str, **facts: Any) -> Case:
    rows = [the(value, population=population, **facts) for population, value in of.items()]
    return [the(total), *rows], [("parts", verdict) for verdict in verdicts]


def divided(total: int, of: list[int], *verdicts: str, mark: str = "waarvan", end: str = "") -> Case:
    """A sentence that divides its first number."""
    sentence = f"In totaal {total}, {mark} {of[0]} hier en {of[1]} daar{end}."
    rows = []
    for value in (total, *of):
        start = sentence.index(str(value))
        end = start + len(str(value))
        place = {"sentence_quote_start": start, "sentence_quote_end": end}
        place |= {"char_start": 100 + start, "char_end": 100 + end}
        population = "total" if value == total else "part"
        rows.append(the(value, population=population) | {"sentence": sentence} | place)
    return rows, [("parts", verdict) for verdict in verdicts]


def said_next(total: int, sentence: str, *verdicts: str, population: str = "total") -> Case:
    """A number, and a sentence that goes on about it with its parts."""
    whole = the(total, population=population) | {
        "sentence": f"Het waren er {total}.",
        "char_start": 100,
        "char_end": 104,
    }
    rows = []
    for found in re.finditer(rf"(?!{total})\b\d+", sentence):
        place = {"sentence_quote_start": found.start(), "sentence_quote_end": found.end()}
        place |= {"char_start": 120 + found.start(), "char_end": 120 + found.end()}
        rows.append(the(int(found[0]), population="part") | {"sentence": sentence} | place)
    return [whole, *rows], [("parts", verdict) for verdict in verdicts]


def said(sentence: str, men: int, women: int) -> list[Claim]:
    """Two numbers of a sentence, of men and of women."""
    rows = []
    text = sentence.format(men, women)
    for population, value in (("sex=M", men), ("sex=F", women)):
        start = text.index(str(value))
        place = {"sentence_quote_start": start, "sentence_quote_end": start + len(str(value))}
        place |= {"char_start": 100 + start, "char_end": 100 + place["sentence_quote_end"]}
        rows.append(the(value, population=population) | {"sentence": text} | place)
    return rows


def table(total: int, *verdicts: str, of: dict[str, Any] | None = None) -> Case:
    """A table of one column: labels and numbers, with more told of the third one."""
    cells = [("Crisisopvang", 612), ("Vervolgopvang", 1104), ("Begeleid wonen", 271), ("Totaal", total)]
    rows = []
    for row, (label, number) in enumerate(cells):
        more = dict(of or {}) if label == "Begeleid wonen" else {}
        value = more.pop("value", number)
        facts = PLACES | {"population": "total" if label == "Totaal" else "part"} | more
        claim = the(value, **facts, place="table", sentence=f"{label} {value}")
        rows.append(claim | {"char_start": 100 + 30 * row, "char_end": 104 + 30 * row})
    return rows, [("parts", verdict) for verdict in verdicts]


def planned(facts: dict[str, Any], reported: Claim, *verdicts: str) -> Case:
    plan = the(70, **PLACES, status="expected", period="2012-07-01", **facts)
    return [plan, reported], [("expectation", verdict) for verdict in verdicts]


def aimed(facts: dict[str, Any], reported: Claim, *verdicts: str) -> Case:
    aim = the(90, **PLACES, status="target", period="2013-12", **facts)
    return [aim, reported], [("target", verdict) for verdict in verdicts]


def of_minors(sex: str) -> dict[str, str]:
    return {"population": f"age_group=minor;sex={sex}"}


UNKNOWN = f"van wie het geslacht onbekend is {WORDS}"

OF_ALL = "Van de 1999 zijn er 901 man en 1094 vrouw."
OF_ALL_AND_MORE = "Van de 1999 zijn er 907 man en 1094 vrouw."
ROUGHLY = {"sentence": "Het waren er ruim 1200.", "sentence_quote_start": 18, "sentence_quote_end": 22}

COMPARED: dict[str, list[Case]] = {
    "a figure that is stated again": [
        restated(the(984), the(1013, SECOND), "revised"),
        restated(the(1334, source="Nationaal Rapporteur"), the(1372, SECOND), "other_source"),
        # What a letter denies it corrects, however round it was.
        ([the(1400), the(1400, SECOND, status="negated"), the(1440, SECOND)], [("restated", "revised")]),
        ([the(1400), the(1430, SECOND, status="negated"), the(1440, SECOND)], [("restated", "rounding")]),
        ([the(71), the(668, SECOND)], []),  # one of them is something else
        # One number said twice, exactly and roughly; two numbers.
        ([the(1251), the(1200, precision="at_least") | ROUGHLY, the(1301, SECOND)],
         [("restated", "revised")]),
        ([the(1200), the(1251), the(1301, SECOND)], []),
        ([the(200), the(668, SECOND)], [("restated", "revised")]),
        restated(the(1200), the(1222, SECOND), "rounding"),
        restated(the(1200), the(1251, SECOND), "revised"),
        restated(the(1220), the(1222, SECOND), "rounding"),
        restated(the(1220), the(1226, SECOND), "revised"),
        restated(the(1210, precision="approx"), the(1222, SECOND), "rounding"),
        restated(the(1200, precision="at_least"), the(1272, SECOND), "rounding"),
        restated(the(1300, precision="at_most"), the(1222, SECOND), "rounding"),
        restated(the(1300, precision="at_most"), the(1422, SECOND), "revised"),
        restated(the(1222), the(1300, UNDATED), "contradicts"),
        restated(the(1222), the(1300, SAME_DAY), "contradicts"),
        restated(the(1222, source=None), the(1300, SECOND, source=None), "revised"),
        restated(the(23, **GROWTH), the(24, SECOND, **GROWTH), "rounding"),
        restated(the(23, **GROWTH), the(25, SECOND, **GROWTH), "revised"),
        restated(the(23, **GROWTH), the(23, SECOND, **FALL), "revised"),
    ],
    "figures that differ in what they are about": [
        apart(the(1222, SECOND)),
        apart(the(1300, SECOND, period="2012")),
        apart(the(1300, SECOND, period=None)),
        apart(the(1300, SECOND, population="sex=F")),
        apart(the(1300, SECOND, population="part")),
        apart(the(1300, SECOND, population="unspecified")),
        apart(the(1300, SECOND, status="negated")),
        apart(the(1300, SECOND, status="expected")),
        apart(the(1300, SECOND, statistic="mean")),
        apart(the(1300, SECOND, per="month")),
        apart(the(1300, SECOND, unit="cases")),
        apart(the(1300, SECOND, measure_code="criminal_organisations")),
        apart(the(1300, SECOND, measure_code=None, measure="slachtoffers")),
        apart(the(13, SECOND, source=None)),
    ],
    "two numbers for one thing in a letter are ours to doubt": [
        ([the(1222), the(1300, SECOND), the(1400, SECOND)], []),
    ],
    "a figure in place of a denied one is about whom that was about": [
        ([the(984), the(984, SECOND, status="negated"), the(1013, SECOND, population="part")],
         [("restated", "revised")]),
    ],
    "each statement beside the one before, each source beside the newest of others": [
        ([the(984), the(1013, SECOND), the(1020, THIRD, source="CBS"), the(1013, THIRD)],
         [("restated", "other_source"), ("restated", "revised")]),
    ],
    "a growth and the counts": [
        grown(the(23, **GROWTH), the(1222), the(993, period="2010")),
        grown(the(24, **GROWTH), the(1222), the(993, period="2010"), "contradicts"),
        grown(the(40, **GROWTH), the(1066), the(820, period="2010"), "contradicts"),
        # 820 may stand for 815 to 825, and so 30,0% for 29,2 to 30,8.
        grown(the(31, **GROWTH), the(1066), the(820, period="2010"), "rounding"),
        grown(the(32, **GROWTH), the(1066), the(820, period="2010"), "contradicts"),
        grown(the(23, **FALL), the(1222), the(993, period="2010"), "contradicts"),
        grown(the(37, **FALL), the(311), the(494, period="2010")),
        grown(the(37, **FALL, precision="at_least"), the(310), the(490, period="2010"), "rounding"),
        grown(the(40, **FALL, precision="at_least"), the(310), the(490, period="2010"), "contradicts"),
        grown(the(100, **GROWTH, quote="verdubbeld"), the(1334), the(668, period="2010")),
        grown(the(100, **GROWTH, quote="verdubbeld"), the(1222), the(668, period="2010"), "contradicts"),
        grown(the(33.333, **GROWTH, quote="een derde"), the(1333), the(1000, period="2010")),
    ],
    "a growth in the unit of the counts": [
        grown(the(274, **MORE), the(1711), the(1437, period="2010")),
        grown(the(270, **MORE), the(1711), the(1437, period="2010"), "rounding"),
        grown(the(264, **MORE), the(1711), the(1437, period="2010"), "contradicts"),
        grown(the(100, **MORE, precision="at_least"), the(1490), the(1396, period="2010"), "rounding"),
        grown(the(100, **MORE), the(1484), the(1396, period="2010"), "contradicts"),
    ],
    "a growth between the ends of an interval": [
        grown(the(24, **BETWEEN), the(1222), the(993, period="2010"), "contradicts"),
    ],
    "a growth and counts of another year, population, source or status; an aim": [
        grown(the(24, **GROWTH), the(1222), the(993, period="2009")),
        grown(the(24, **GROWTH), the(1222), the(993, period="2010", population="sex=F")),
        grown(the(24, **GROWTH), the(1222), the(993, period="2010", source="CBS")),
        grown(the(24, **GROWTH), the(1222), the(993, period="2010", status="expected")),
        grown(the(24, **GROWTH, status="target"), the(1222), the(993, period="2010")),
    ],
    "a growth that was aimed at or expected, and what came of it": [
        hoped(the(-10, **AIM), the(880, SECOND)),
        hoped(the(-10, **AIM), the(904, SECOND), ("target", "contradicts")),
        hoped(the(10, **RISE), the(1120, SECOND)),
        hoped(the(10, **RISE), the(1052, SECOND), ("target", "contradicts")),
        hoped(the(10, **RISE | {"status": "expected"}), the(1120, SECOND), ("expectation", "revised")),
        hoped(the(10, **RISE), the(1052)),
        hoped(the(10, **RISE), the(1052, SECOND, source="CBS")),
        hoped(the(10, **RISE), the(5, SECOND, **GROWTH), ("target", "contradicts")),
        hoped(the(10, **RISE), the(12, SECOND, **GROWTH)),
        hoped(the(-10, **AIM), the(12, SECOND, **FALL)),
        hoped(the(-10, **AIM), the(12, SECOND, **GROWTH), ("target", "contradicts")),
    ],
    "a growth and counts of other letters": [
        grown(the(24, SECOND, **GROWTH), the(1222), the(993, period="2010"), "contradicts"),
        grown(the(24, **GROWTH), the(1222), the(993, SECOND, period="2010"), "revised"),
        grown(
            the(24, SECOND, **GROWTH, source=None),
            the(1222, source=None),
            the(993, period="2010", source=None),
        ),
    ],
    "a growth without a code and counts of the same words nearby": [
        grown(the(40, **GROWTH, **WOMEN), the(60, **WOMEN), the(50, **WOMEN, period="2010"), "contradicts"),
    ],
    "without a code what is far off or in other words": [
        grown(the(40, **GROWTH, **WOMEN), the(1066, **WOMEN), the(820, **WOMEN, period="2010")),
        grown(the(40, **GROWTH, **GIRLS), the(60, **WOMEN), the(50, **WOMEN, period="2010")),
    ],
    "parts and their total": [
        parts(606, {"sex=M": 197, "sex=F": 409}),
        parts(604, {"sex=M": 197, "sex=F": 409}, "contradicts"),
        # Of the others it may not be known, but where the letter says that these are all.
        parts(621, {"sex=M": 197, "sex=F": 409}),
        ([the(621), *said("Het waren er 621, te weten {} jongens en {} meisjes.", 197, 409)],
         [("parts", "contradicts")]),
        ([the(621), *said("Deze groep bestaat uit {} jongens en {} meisjes.", 197, 409)],
         [("parts", "contradicts")]),
        ([the(621), *said("Er kwamen 621, namelijk {} jongens en {} meisjes.", 197, 409)],
         [("parts", "contradicts")]),
        ([the(621), *said("Zij zijn verdeeld in {} jongens en {} meisjes.", 197, 409)],
         [("parts", "contradicts")]),
        ([the(606), *said("Deze groep bestaat uit {} jongens en {} meisjes.", 197, 409)], []),
        ([the(621), *said("Onder hen waren {} jongens en {} meisjes.", 197, 409)], []),
        ([the(621), *said("Voornamelijk bestaat de groep uit {} jongens en {} meisjes.", 197, 409)], []),
        ([the(621), *said("De groep, vooral bestaande uit {} jongens en {} meisjes.", 197, 409)], []),
        ([the(621), *said("Wie daaruit bestaan, dat zijn {} jongens en {} meisjes.", 197, 409)], []),
        parts(610, {"sex=M": 197, "sex=F": 409}, "rounding"),
        # Nobody is credited with the parts: of whom they are is told by the number beside them.
        parts(606, {"sex=M": 16, "sex=F": 591}, "contradicts", source=None),
        parts(1999, {"sex=M": 901, "sex=F": 1094}, source=None, sentence="901 man, 1094 vrouw."),
        parts(1999, {"sex=M": 901, "sex=F": 1094}, source=None, sentence=OF_ALL),
        parts(1999, {"sex=M": 907, "sex=F": 1094}, "contradicts", source=None, sentence=OF_ALL_AND_MORE),
        parts(606, {"age_group=minor": 199, "age_group=adult": 409}, "contradicts"),
        parts(606, {"sex=M": 197, "age_group=minor": 400}),
        parts(606, {"sex=M": 197, "nationality=NL": 400}),
        parts(1813, {"sex=M": 280, "sex=F": 727, "part": 816}, "contradicts"),
        parts(1823, {"sex=M": 280, "sex=F": 727, "part": 816}),
        # With the number of those of whom it is unknown they are all.
        parts(1829, {"sex=M": 280, "sex=F": 727, "part": 816}, sentence="280 man, 727 vrouw, 816 anders."),
        parts(1829, {"sex=M": 280, "sex=F": 727, "part": 816}, "contradicts", sentence=UNKNOWN),
        # Where the sex of some is unknown, the others are not all.
        parts(1013, {"sex=M": 280, "sex=F": 727}, sentence=UNKNOWN),
    ],
    "parts of parts": [
        ([the(409, population="age_group=minor"), the(182, **of_minors("M")), the(231, **of_minors("F"))],
         [("parts", "contradicts")]),
    ],
    "parts of which one is no more than a bound": [
        parts(606, {"sex=M": 197, "sex=F": 419}, "contradicts"),
        ([the(606), the(197, population="sex=M"), the(419, population="sex=F", precision="at_most")], []),
        ([the(606), the(197, population="sex=M"), the(399, population="sex=F", precision="at_least")], []),
        ([the(606), the(197, population="sex=M"), the(419, population="sex=F", precision="at_least")],
         [("parts", "contradicts")]),
        ([the(606), the(197, population="sex=M"), the(419, population="sex=F", precision="approx")],
         [("parts", "rounding")]),
        ([the(606, precision="at_least"), the(197, population="sex=M"), the(419, population="sex=F")], []),
        ([the(606, precision="at_most"), the(197, population="sex=M"), the(419, population="sex=F")],
         [("parts", "contradicts")]),
    ],
    "a sentence that divides a number": [
        divided(1640, [610, 1040], "rounding"),
        divided(1640, [600, 1040]),
        divided(1640, [400, 500]),  # there may be more parts
        divided(1641, [612, 1042]),  # so may these overlap
        divided(1641, [612, 912], "contradicts", mark="bestaande uit"),
        divided(1641, [612, 1029], mark="bestaande uit"),
        divided(1641, [612, 912], mark="hoofdzakelijk bestaande uit"),
        divided(1641, [612, 912], mark="bestaande uit", end=" en enkele elders"),
        divided(1641, [612, 912], mark="bestaande uit", end=", op 38 adressen"),
        divided(1641, [612, 912], "contradicts", mark="te weten", end=", aldus het verslag over 2011"),
    ],
    "a sentence that divides the number before it": [
        said_next(1640, "Daarvan zijn 610 hier en 1040 daar.", "rounding"),
        said_next(1641, "Daarvan zijn 612 hier en 1029 daar."),
        said_next(1641, "Daarvan zijn 612 hier en 912 daar."),  # there may be more parts
        said_next(1641, "Deze plaatsen bestaan uit 612 hier en 912 daar.", "contradicts"),
        # Whence some came says nothing of the others.
        said_next(1641, "Daarvan kwamen 612 uit Gent en 912 uit Luik."),
        said_next(1641, "Van hen zijn 612 uit Gent en 912 uit Luik."),
        said_next(1641, "Zij bestaan uit 612 hier en 912 daar.", "contradicts", population="unspecified"),
        said_next(1641, "Deze plaatsen bestaan uit 612 hier en 912 daar.", population="part"),
        said_next(1641, "Elders zijn 612 hier en 912 daar."),
        # What is said again is no claim of its own.
        said_next(1641, "De 1641 plaatsen bestaan uit 612 hier en 912 daar.", "contradicts"),
        said_next(1641, "Van de 1641 plaatsen zijn 610 hier en 1040 daar.", "rounding"),
        said_next(1641, "Van de 1641 plaatsen zijn 612 hier en 912 daar."),
        said_next(1641, "De 1642 plaatsen bestaan uit 612 hier en 912 daar."),
    ],
    "a table": [
        table(1987),
        table(1997, "contradicts"),
        table(1977, "contradicts"),
        # What is between two ends makes the sum so.
        table(1987, of=FROM_TO),
        table(1991, of=FROM_TO),
        table(1992, "contradicts", of=FROM_TO),
        table(1986, "contradicts", of=FROM_TO),
        table(1722, of=UP_TO),
        table(1717, of=UP_TO),
        table(1716, of=UP_TO),
        table(1715, "contradicts", of=UP_TO),
        table(1723, "contradicts", of=UP_TO),
        table(1987, of=OPEN),
        table(1999, of=OPEN),
        table(1986, "contradicts", of=OPEN),
    ],
    "what was expected and what came": [
        planned({}, the(64, SECOND, **PLACES, period="2012-07-01"), "revised"),
        planned({}, the(64, SECOND, **PLACES, period="2012-07"), "revised"),
        # Places of whichever: what came of them, where it comes near.
        ([the(70, **PLAIN, status="expected"), the(64, SECOND, **PLAIN)], [("expectation", "revised")]),
        ([the(70, **PLAIN, status="target"), the(64, SECOND, **PLAIN)], [("target", "contradicts")]),
        ([the(70, **PLAIN, status="expected"), the(150, SECOND, **PLAIN)], []),
        ([the(70, **PLAIN, status="expected"), the(64, SECOND, **PLACES)], []),
        ([the(70, **PLAIN), the(64, SECOND, **PLAIN)], []),
        planned({}, the(70, SECOND, **PLACES, period="2012-07-01")),
        planned({}, the(64, SECOND, **PLACES, period="2012-10-01")),
        planned({}, the(64, **PLACES, period="2012-07-01")),
        planned({}, the(64, SECOND, **PLACES | {"population": "total"}, period="2012-07-01")),
        planned({"precision": "approx"}, the(72, SECOND, **PLACES, period="2012-07-01"), "rounding"),
        planned(RANGE, the(72, SECOND, **PLACES, period="2012-07-01")),
        planned(RANGE, the(92, SECOND, **PLACES, period="2012-07-01"), "revised"),
        planned({"precision": "at_most"}, the(64, SECOND, **PLACES, period="2012-07-01")),
    ],
    "an aim and what was reached": [
        aimed({}, the(85, SECOND, **PLACES, period="2013-12-31"), "contradicts"),
        aimed({}, the(85, SECOND, **PLACES, period="2013"), "contradicts"),
        aimed({}, the(90, SECOND, **PLACES, period="2013-12")),
        aimed({}, the(95, SECOND, **PLACES, period="2013-12")),
        aimed({}, the(85, SECOND, **PLACES, period="2013-11")),
        aimed({}, the(85, **PLACES, period="2013-12")),
        aimed({"precision": "at_most"}, the(95, SECOND, **PLACES, period="2013-12"), "contradicts"),
        aimed({"precision": "at_most"}, the(85, SECOND, **PLACES, period="2013-12")),
        aimed({"precision": "approx"}, the(85, SECOND, **PLACES, period="2013-12"), "rounding"),
    ],
}  # fmt: skip

#: Method, year, value, low, high, unit and number of inputs of what is derived.
DERIVED: dict[str, list[Case]] = {
    "the count before a growth": [
        ([the(1222), the(23, **GROWTH)],
         [("count_before_growth", 2010, 993.5, 989.5, 997.6, "persons", 2)]),
    ],
    "the count after a growth": [
        ([the(993, period="2010"), the(23, **GROWTH)],
         [("count_after_growth", 2011, 1221.4, 1216.4, 1226.4, "persons", 2)]),
    ],
    "beside a count that nobody is credited with": [
        ([the(1222, source=None), the(23, **GROWTH, source=None)],
         [("count_before_growth", 2010, 993.5, 989.5, 997.6, "persons", 2)]),
    ],
    "nothing from a growth that the counts don't bear out": [
        ([the(1222), the(40, **GROWTH), the(993, period="2010")],
         [("growth_of_counts", 2011, 23.1, 23.1, 23.1, "percent", 2)]),
    ],
    "nothing from a growth that is aimed at": [([the(1222), the(23, **RISE)], [])],
    "a growth as exact as its counts": [
        ([the(1000, period="2010"), the(1200)], [("growth_of_counts", 2011, 20.0, 9.5, 31.6, "percent", 2)]),
    ],
    "nothing from counts of two sources": [([the(993, period="2010", source="CBS"), the(1222)], [])],
    "no other bound from more than a percentage": [
        ([the(1222), the(23, **GROWTH, precision="at_least")],
         [("count_before_growth", 2010, 993.5, 0.0, 997.6, "persons", 2)]),
    ],
    "a total from its parts": [
        ([the(197, population="sex=M"), the(410, population="sex=F")],
         [("sum_of_parts", 2011, 607.0, 602.0, 612.0, "persons", 2)]),
        ([the(655), the(197, population="sex=M"), the(410, population="sex=F")], []),
    ],
}  # fmt: skip


def numbered(case: int, claims: list[Claim]) -> list[Claim]:
    """The claims with letters and measures of this case alone."""
    own = ("letter_id", "claim_id", "measure", "measure_code")
    return [row | {field: row[field] and f"{case}_{row[field]}" for field in own} for row in claims]


def build_cases(file: Path, cases: list[Case]) -> Build:
    """Put all cases into a build, told apart by the number before each letter_id."""
    claims = [row for case, (rows, _) in enumerate(cases) for row in numbered(case, rows)]
    used = {row["letter_id"] for row in claims}
    letters = [
        letter | {"letter_id": letter_id, "identifier": letter_id, "text": "", "source": letter_id}
        for case in range(len(cases))
        for letter in LETTERS
        if (letter_id := f"{case}_{letter['letter_id']}") in used
    ]
    codes = pl.concat(
        MEASURES.with_columns(pl.format("{}_{}", pl.lit(case), "measure").alias("measure"))
        for case in range(len(cases))
    )
    connection = duckdb.connect(file)
    load(connection, tables("one", letters, claims) | {"measure": codes}, "v")
    make_views(connection)
    return connection


def named(cases: dict[str, list[Case]]) -> list[Any]:
    """Parameters of a test: the number of a case and what is to come of it."""
    flat = [(name, each) for name, of_name in cases.items() for each in of_name]
    return [pytest.param(number, case[1], id=name) for number, (name, case) in enumerate(flat)]


def all_of(cases: dict[str, list[Case]]) -> list[Case]:
    return [case for of_name in cases.values() for case in of_name]


@pytest.fixture(scope="module")
def compared(build_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    file = Path(shutil.copy(build_file, tmp_path_factory.mktemp("compared")))
    with build_cases(file, [*all_of(COMPARED), *all_of(DERIVED)]) as connection:
        yield connection


@pytest.mark.parametrize(("case", "expected"), named(COMPARED))
def test_figures_are_compared(compared: Build, case: int, expected: list[Any]) -> None:
    query = """
        SELECT kind, verdict FROM discrepancies
        WHERE starts_with(letter_id, ? || '_') ORDER BY ALL
    """
    assert compared.execute(query, [str(case)]).fetchall() == expected


@pytest.mark.parametrize(("case", "expected"), named(DERIVED))
def test_figures_imply_others(compared: Build, case: int, expected: list[Any]) -> None:
    query = """
        SELECT
            method, year, round(value, 1), round(value_low, 1), round(value_high, 1), unit,
            len(input_claim_ids)
        FROM derived_figures
        WHERE basis = 'derived' AND starts_with(measure, ? || '_') ORDER BY ALL
    """
    number = len(all_of(COMPARED)) + case
    assert compared.execute(query, [str(number)]).fetchall() == expected


def test_each_statement_is_compared_with_the_one_before_and_each_source_with_the_newest_of_others(
    empty_build: Build,
) -> None:
    claims = [
        the(984),
        the(1013, SECOND),
        the(1020, THIRD, source="CBS"),
        the(1013, THIRD),
    ]
    load(empty_build, tables("one", LETTERS, claims), "v")
    make_views(empty_build)
    query = """
        SELECT value, other_value, difference, verdict, quote, other_quote, is_latest
        FROM discrepancies ORDER BY least(value, other_value), greatest(value, other_value)
    """
    assert empty_build.execute(query).fetchall()[0] == (984, 1013, 29, "revised", "984", "1013", True)
    assert {row[3] for row in empty_build.execute(query).fetchall()[1:]} == {"other_source"}
    counted = "SELECT compared, agreeing FROM coverage WHERE aspect = 'comparison' AND subject = 'restated'"
    assert empty_build.execute(counted).fetchall() == [(3, 1)]


@pytest.mark.parametrize(
    ("counted_again", "superseded_on"),
    [
        ([the(1223, SECOND)], None),
        ([the(1230, SECOND), the(1235, THIRD)], date(2014, 10, 30)),
        ([the(1223, SECOND), the(1231, THIRD)], date(2016, 2, 1)),
    ],
    ids=["not borne out either", "borne out", "borne out in the end"],
)
def test_a_growth_stays_open_until_a_later_count_bears_it_out(
    empty_build: Build, counted_again: list[Claim], superseded_on: date | None
) -> None:
    claims = [the(24, **GROWTH), the(1222), the(993, period="2010"), *counted_again]
    load(empty_build, tables("one", LETTERS, claims), "v")
    make_views(empty_build)
    query = "SELECT verdict, other_value, is_latest, superseded_on FROM discrepancies WHERE kind = 'growth'"
    expected = ("contradicts", 23.0614, superseded_on is None, superseded_on)
    assert empty_build.execute(query).fetchall() == [expected]


def test_coverage_lists_what_the_vocabulary_lacks_most_often_first(empty_build: Build) -> None:
    rows = [
        the(n, measure_code=None, measure=word)
        for n, word in ((11, "Meisjes"), (12, "meisjes"), (13, "honden"))
    ]
    load(empty_build, tables("one", LETTERS, [*rows, the(14)]), "v")
    make_views(empty_build)
    found = empty_build.execute(
        "SELECT subject, claims, letters FROM coverage WHERE aspect = 'unmapped_measure'"
    ).fetchall()
    assert found == [("meisjes", 2, 1), ("honden", 1, 1)]


def test_coverage_shows_the_years_without_letters_and_without_figures(empty_build: Build) -> None:
    load(empty_build, tables("one", LETTERS, [the(11), the(12, SECOND, period="2013")]), "v")
    make_views(empty_build)
    query = "SELECT year, letters, claims FROM coverage WHERE aspect = '{}' ORDER BY year"
    assert empty_build.execute(query.format("dossier")).fetchall() == [
        (2012, 2, 1), (2013, 0, 0), (2014, 1, 1), (2015, 0, 0), (2016, 1, 0), (None, 1, 0)
    ]  # fmt: skip
    assert empty_build.execute(query.format("measure")).fetchall() == [
        (2011, 1, 1),
        (2012, 0, 0),
        (2013, 1, 1),
    ]
