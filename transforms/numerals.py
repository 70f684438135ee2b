"""The numbers of a sentence: digits, words, ranges, fractions, multiplications and stated absences."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from transforms.nouns import unit_of_any
from transforms.vocabulary import alternatives, as_written, candidates, compiled, occurs, words


class Numeral(NamedTuple):
    """A number in [start, end) of the sentence, a touching sign and its multiplier included.

    `form` is digits, word, fraction, rate, growth or zero; a fraction and a growth are in percent already.
    """

    start: int
    end: int
    value: float
    high: float | None
    form: str
    rule: str
    direction: str = "none"
    noun: str | None = None  # what a stated absence is the absence of
    of: str | None = None


Blocked = Callable[[int, int], bool]


@cache
def _candidate() -> re.Pattern[str]:
    spelled = words("numerals")["words"]
    parts = [*spelled["ones"][1:], "één", "eén", *spelled["teens"], *spelled["tens"], "honderd", "duizend"]
    others = words("numerals")["candidate"]["words"]
    return compiled("numerals", rf"\b(?:{alternatives([*parts, *others])})")


def may_hold_numerals(text: str) -> bool:
    """Whether a sentence holds a digit or a word that a numeral may begin with; most don't."""
    return _DIGIT.search(text) is not None or occurs(_candidate(), text)


_DIGIT = re.compile(r"\d")


def numerals(text: str, blocked: Blocked) -> list[Numeral]:
    """The numerals of a sentence in their order, none overlapping another or a blocked span."""
    found: list[Numeral] = []
    taken = bytearray(len(text))  # a 1 for each character of one found
    for numeral in [
        *_absences(text),
        *_nones(text),
        *_growths(text),
        *_fractions(text),
        *_distributed(text),
        *_rates(text),
        *_ratios(text),
        *_ellipses(text),
        *_plain(text, blocked),
    ]:
        start, end = numeral.start, numeral.end
        counted_by = _rate("denominator").search(text, 0, start) and not _rate("stretch").match(text, end)
        if max(numeral.value, numeral.high or 0) > _MOST:
            continue
        if not (counted_by or taken.find(1, start, end) >= 0 or blocked(start, end)):
            found.append(numeral)
            taken[start:end] = b"\x01" * (end - start)
    return sorted(found)


#: A longer number is a code, and not told exactly by a floating-point number.
_DIGITS, _MOST = 15, 1e15

# Number words


@cache
def _below_hundred() -> dict[str, int]:
    spelled = words("numerals")["words"]
    values = {word: value for value, word in enumerate(spelled["ones"], 1)}
    values |= {word: value for value, word in enumerate(spelled["teens"], 10)}
    for ten, tens in enumerate(spelled["tens"], 2):
        values[tens] = ten * 10
        for one, word in enumerate(spelled["ones"], 1):
            link = "ën" if word.endswith("e") else "en"
            values[f"{word}{link}{tens}"] = values[f"{word}en{tens}"] = ten * 10 + one
    return values


@cache
def _spelled() -> re.Pattern[str]:
    """One number word: thousands, hundreds and the rest, each optional, in one piece."""
    small = alternatives(_below_hundred())
    hundreds = rf"(?:(?:{small})?honderd(?:(?:en)?(?:{small}))?|{small})"
    return re.compile(
        rf"(?:(?P<thousands>{hundreds})?(?P<thousand>duizend)(?:en(?=.))?)?"
        rf"(?:(?P<hundreds>{small})?(?P<hundred>honderd)(?:en(?=.))?)?(?P<rest>{small})?"
    )


@cache
def word_value(word: str) -> float | None:
    """The value of a number word (`vijfentwintig`, `twaalfhonderd`), None where it is none."""
    special: dict[str, float] = words("numerals")["special"]
    spelled = word.lower().replace("é", "e")
    if spelled in special:
        return special[spelled]
    if spelled.endswith(("half", "halve")) and (halved := _AND_A_HALF.fullmatch(spelled)):
        whole = word_value(halved[1])
        return None if whole is None else whole + 0.5
    match = _spelled().fullmatch(spelled)
    if not spelled or match is None:
        return None
    small = _below_hundred()
    value = 0.0
    if match["thousand"]:
        value += 1000 * ((word_value(match["thousands"]) or 0) if match["thousands"] else 1)
    if match["hundred"]:
        value += 100 * (small[match["hundreds"]] if match["hundreds"] else 1)
    return value + (small[match["rest"]] if match["rest"] else 0)


#: `drieënhalf`, `vijfeneenhalf`.
_AND_A_HALF = re.compile(r"(.+?)(?:en|ën)(?:een)?hal(?:f|ve)")


#: What is written in one piece with how often, where that is a statistic: `elfmaal`, but not `tweemaal`.
_TIMES = "maal"
#: … and with what makes it a round number: `een veertigtal`.
TALLY = "tal"


@cache
def _word_pattern() -> str:
    spelled = words("numerals")["words"]
    parts = [*spelled["ones"], "één", "eén", *spelled["teens"], *spelled["tens"], "honderd", "duizend"]
    special = alternatives(words("numerals")["special"])
    word = rf"(?:{special}|(?:{alternatives(parts)}(?:en|ën)?)+(?:(?<=[eë]n)hal(?:f|ve))?)"
    tally = words("numerals")["tally"]["ends"]
    return rf"(?<![\w-]){word}(?!(?!(?<!een)(?<!twee){_TIMES}\b|{tally})[\w-])"


# Digits and words


@cache
def _number() -> re.Pattern[str]:
    pattern = (
        rf"(?:(?P<before>{{sign_before}}) ?)?"
        rf"(?:(?<![\w.,/%])(?P<low>{{digits}})|(?P<word>{_word_pattern()}))"
        rf"(?P<half> en een (?:halve?|half)(?= ))?"
        rf"(?P<multiplier>(?<!\b19\d\d)(?<!\b20\d\d)[ ]?{{multiplier}}(?!\w)|k(?!\w))?"
        rf"(?P<after>{{sign_after}})?"
    )
    return compiled("numerals", pattern)


def _plain(text: str, blocked: Blocked) -> Iterator[Numeral]:
    """Digits and number words; two with a sign of range between them are one numeral."""
    free = (match for match in _number().finditer(text) if not blocked(*match.span()))
    matches = [match for match in free if not _is_article(text, match)]
    shared = _shared_multipliers(text, matches)
    index = 0
    while index < len(matches):
        first = matches[index]
        second = matches[index + 1] if index + 1 < len(matches) else None
        if second is not None and _is_range(text, first, second):
            yield _range(first, second)
            index += 2
        else:
            value = _value(first)
            if value is not None:
                value = round(value * shared.get(index, 1.0), 6)
                start = first.start() if _touches(first) else first.start("low" if first["low"] else "word")
                form = "digits" if first["low"] else "word"
                joined = next((each for each in (_TIMES, TALLY) if text.startswith(each, first.end())), "")
                end = first.end() + len(joined)
                yield Numeral(start, end, value, None, form, f"numeral.{form}")
            index += 1


def _shared_multipliers(text: str, matches: Sequence[re.Match[str]]) -> dict[int, float]:
    """By index, what numbers are multiplied by in a list that says it once: `€ 20, € 35 en € 45 miljoen`.

    Only numbers of the size of the next one share it: `in 3 en 400 miljoen` are two things.
    """
    found: dict[int, float] = {}
    for index in range(len(matches) - 2, -1, -1):
        first, second = matches[index], matches[index + 1]
        factor = found.get(index + 1) or _factor(second)
        if factor <= _HUNDRED or first["multiplier"] or first["after"] or not first["low"]:
            continue
        low, high = digits_value(first["low"]), digits_value(second["low"]) if second["low"] else 0.0
        if not 0 < low < _THOUSAND or not high / _ALIKE <= low <= high * _ALIKE:
            continue
        between = text[first.end() : second.start()]
        listed = (index + 1 in found) or as_written("numerals", "last").fullmatch(between) is not None
        if listed and as_written("numerals", "listed").fullmatch(between):
            found[index] = factor
    return found


_HUNDRED, _THOUSAND = 100.0, 1000.0
#: Members of one list are seldom this many times each other.
_ALIKE = 20


def _factor(match: re.Match[str]) -> float:
    multiplier: dict[str, float] = words("numerals")["multiplier"]
    return multiplier[match["multiplier"].strip(" .").lower()] if match["multiplier"] else 1.0


def _touches(match: re.Match[str]) -> bool:
    return bool(match["before"]) and match.end("before") == match.start("low" if match["low"] else "word")


def _is_article(text: str, match: re.Match[str]) -> bool:
    """`een` is an article and `één` mostly a pronoun; `acht` after its subject is a verb."""
    word = (match["word"] or "").lower()
    if word in ("een", "één", "eén") and _OR_TWO.match(text, match.end()):
        return False
    if word in ("één", "eén"):
        return (
            match["multiplier"] is None
            and re.match(r" (?:van|of|en|voor|na|keer)\b|[.,;]", text[match.end() :]) is not None
        )
    if word == "half" and _HALF_YEAR.match(text, match.end()):
        return not text[: match.start()].endswith((" een ", "Een "))
    if word in ("half", "kwart", "driekwart", "een"):
        return match["multiplier"] is None or "honderd" in match["multiplier"]
    if word == "acht":
        verb = words("numerals")["verb"]
        after = compiled("numerals", verb["after"]).match(text, match.end())
        return (after or compiled("numerals", verb["before"]).search(text[: match.start()])) is not None
    return False


#: What makes `een` the low end of a range: `een of twee aanbieders`, but not `een of twee derde`.
_OR_TWO = re.compile(r" (?:of|à|tot) twee\b(?! ?derden?\b| ?(?:en|ë)nhal)")
#: A stretch of time, and no point in it.
_HALF_YEAR = re.compile(r" (?:jaar|uur)\b(?! (?:eerder|later|geleden|per|20|19))")


def _value(match: re.Match[str]) -> float | None:
    if match["low"] and len(match["low"]) > _DIGITS and sum(map(str.isdigit, match["low"])) > _DIGITS:
        return None
    factor = _factor(match)
    value = word_value(match["word"]) if match["word"] else digits_value(match["low"])
    half = 0.5 if match["half"] else 0.0
    return None if value is None else round((value + half) * factor, 6)


def digits_value(digits: str) -> float:
    """`1.222`, `1 222`, `1222`, `27,5` and `27.7` as numbers."""
    if digits[-1] in _GLYPHS:
        return float(digits[:-1] or 0) + _GLYPHS[digits[-1]]
    if "." in digits and _DECIMAL_POINT.fullmatch(digits):
        return float(digits)
    return float(digits.replace(".", "").replace(" ", "").replace(",", "."))


_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}")


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Two numbers, the higher one last, joined by a dash, à or tot, or by `tussen … en …`.

    Times before something are counted down to it: `6 tot 3 weken voor de opening`.
    """
    link = text[first.end() : second.start()]
    low, high = _value(first), _value(second)
    if low is None or high is None:
        return False
    if bool(first["low"]) != bool(second["low"]) and (low < _HUNDRED or not re.fullmatch(r" [àá] ", link)):
        return False
    if second["multiplier"] and not first["multiplier"]:
        low *= _factor(second)
    counted_down = (
        low > high and as_written("numerals", "before_something").match(text, second.end()) is not None
    )
    if not (low < high or counted_down) or (first["after"] and not second["after"]):
        return False
    before = text[max(0, first.start() - _REACH) : first.start()].rstrip().lower()
    if re.fullmatch(r" en (?:de )?", link):
        return re.search(r"\btussen(?: de)?$", before) is not None
    if re.fullmatch(r" tot (?:en met )?", link):
        if _by().search(before) and high >= _HUNDRED and high >= _apart(second) * low:
            return False  # `groeide met 30 tot 400`: by the one, to the other
        clause = re.split(r"[;:]", before)[-1] + re.split(r"[;:.,](?!\d)", text[second.end() :])[0]
        moved = re.search(r"\bvan(?: [a-z]+)?$", before) is not None and _moves().search(clause) is not None
        return not moved or _range_of().search(before) is not None
    if link == " of ":  # `een of twee dagen`
        return high - low == 1 and high <= _HANDFUL
    return re.fullmatch(r"\s?[–-]\s?| [àá] | t/m ", link) is not None


#: Up to that, two numbers that follow one another are a guess between them.
_HANDFUL = 12
#: Characters before a number that can say whether it begins a range.
_REACH = 100


def _apart(high: re.Match[str]) -> float:
    """How many times the low end of a range a high end seldom is; the ends of a range are round numbers."""
    return _FAR_IF_EXACT if _EXACT.search(high["low"] or "") else _FAR


_FAR, _FAR_IF_EXACT = 4, 2
#: Three digits and more that count, after which no noughts.
_EXACT = re.compile(r"^[\d.,]*[1-9][\d.,]*\d[\d.,]*[1-9]$")


@cache
def _by() -> re.Pattern[str]:
    """What a change by a number begins with."""
    return compiled("numerals", words("numerals")["change"]["by"])


@cache
def _moves() -> re.Pattern[str]:
    return compiled("numerals", words("numerals")["change"]["moves"])


@cache
def _range_of() -> re.Pattern[str]:
    """`een tekort van 2 tot 3`: what has a bandwidth, other than what moves `van 2 tot 3`."""
    return compiled("numerals", words("numerals")["range"]["of"])


def _range(first: re.Match[str], second: re.Match[str]) -> Numeral:
    low, high = _value(first) or 0.0, _value(second) or 0.0
    if second["multiplier"] and not first["multiplier"]:
        low *= _factor(second)
    start = first.start() if _touches(first) else first.start("low" if first["low"] else "word")
    form = "digits" if first["low"] else "word"
    return Numeral(start, second.end(), min(low, high), max(low, high), form, "numeral.range")


# Fractions, multiplications, absences


def _fractions(text: str) -> Iterator[Numeral]:
    found = sorted(
        Numeral(*match.span(), float(str(entry["value"])), None, "fraction", "numeral.fraction")
        for pattern, entry in candidates("numerals", "fraction", text)
        for match in pattern.finditer(text)
    )
    for low, high in pairwise(found):
        if low.end < high.start and low.value < high.value and _spans(text, low, high):
            yield low._replace(end=high.end, high=high.value, rule="numeral.range")
    yield from found


def _spans(text: str, low: Numeral, high: Numeral) -> bool:
    """`een kwart tot een derde`, `tussen een kwart en de helft`; not what moves `van 1/4 tot 1/3`."""
    link, before = text[low.end : high.start], text[max(0, low.start - _REACH) : low.start]
    if link == " en ":
        return before.lower().endswith("tussen ")
    return link in (" tot ", " à ", " á ") and not before.lower().endswith("van ")


@cache
def _any() -> str:
    """A number in digits or words, a year excepted."""
    return rf"(?:(?!(?:19|20)\d\d)\d+(?:\.\d{{3}})*(?:,\d+)?|{_word_pattern()}|een)"


@cache
def _ratio() -> re.Pattern[str]:
    return compiled(
        "numerals",
        rf"\b(?:(?<!\bvan )(?P<low>{_any()}) {{to}} )?(?P<part>{_any()}) "
        rf"(?:(?<=[eé][eé]n )[a-zë]{{3,}} (?=op (?:de|elke|iedere) ))?"
        rf"(?:op(?: de| elke| iedere)?|(?P<of>van (?:de|elke|iedere))(?: in totaal)?) "
        rf"(?P<whole>{_any()})(?: {{to}} (?P<most>{_any()}))?(?!\w|[.,]\d)",
    )


def _ratios(text: str) -> Iterator[Numeral]:
    """`één op de vijf`, `een kind op de vijf`, `twee à drie van de tien`: a part in one piece."""
    for match in _ratio().finditer(text):
        part, whole = _any_value(match["part"]), _any_value(match["whole"])
        one_of = match["of"] == "van de" and match["part"].lower() in ("een", "één")  # no share: one of them
        if not part or not whole or part >= whole or one_of:
            continue
        start, end, least, most = match.start("part"), match.end("whole"), part, whole
        if match["low"] and (low := _any_value(match["low"])) and low < part:
            start, least = match.start(), low
        if match["most"] and (wider := _any_value(match["most"])) and wider > whole:
            end, most = match.end(), wider
        value, high = round(100 * least / most, 3), round(100 * part / whole, 3)
        yield Numeral(start, end, value, high if high > value else None, "fraction", "numeral.ratio")


@cache
def _rate(name: str) -> re.Pattern[str]:
    return compiled("numerals", words("numerals")["rate"][name].replace("{number}", _any()))


def _distributed(text: str) -> Iterator[Numeral]:
    """A part or a rate whose denominator stands before it: `van elke tien huishoudens hebben er zeven`."""
    if _EACH.search(text) is None:
        return
    for match in _rate("before").finditer(text):
        part, whole = _any_value(match["part"]), _any_value(match["whole"])
        if part is None or not whole:
            continue
        if match["of"] and match["between"].endswith(" er") and part < whole:
            share = round(100 * part / whole, 3)
            span = match.span("part" if match["when"] else 0)  # a time between them isn't part of it
            yield Numeral(*span, share, None, "fraction", "numeral.ratio", of=match["noun"])
        elif not match["of"] or not match["between"].endswith(" er"):
            counted = f"per {match['whole']} {match['noun']}"
            yield Numeral(*match.span("part"), part, None, "rate", "numeral.rate", of=counted)


_EACH = re.compile(r"(?:elke|iedere|[Pp]er) ")


def _rates(text: str) -> Iterator[Numeral]:
    """`0,3 doden per 25.000 inwoners`: the quote runs to the denominator."""
    for match in _rate("pattern").finditer(text):
        value = _any_value(match["value"])
        if value is not None:
            yield Numeral(*match.span(), value, None, "rate", "numeral.rate")
    for match in _rate("on").finditer(text):
        if not match["single"] or unit_of_any(match["people"]) == "persons":
            value = _any_value(match["value"] or match["compared"] or match["mean"] or match["single"])
            if value is not None:
                yield Numeral(*match.span(), value, None, "rate", "numeral.rate")


def _ellipses(text: str) -> Iterator[Numeral]:
    """`tien- tot twintigduizend`: the first number shares the end of the second."""
    for form in words("numerals")["ellipsis"].values():
        for match in compiled("numerals", form).finditer(text):
            low, high = _any_value(match["low"]), _any_value(match["high"])
            factor = 100 if match["unit"].lower() == "honderd" else 1000
            if low and high and low < high:
                yield Numeral(*match.span(), low * factor, high * factor, "word", "numeral.range")


def _any_value(number: str) -> float | None:
    if number.lower() == "een":
        return 1.0
    return digits_value(number) if number[0].isdigit() else word_value(number)


def _growths(text: str) -> Iterator[Numeral]:
    for pattern, entry in candidates("numerals", "growth", text):
        for match in pattern.finditer(text):
            value = entry.get("value")
            if value is None:
                times = _any_value(match["times"])
                if times is None or times <= 1:
                    continue
                value = _change_by(times, str(entry["direction"]))
                yield from _joined_times(text, match, value, str(entry["direction"]))
                continue
            yield Numeral(
                *match.span(), float(str(value)), None, "growth", "numeral.growth", str(entry["direction"])
            )


def _change_by(times: float, direction: str) -> float:
    """`drie keer zo veel` is 200 percent more, `drie keer zo weinig` two thirds less."""
    return round(100 - 100 / times, 2) if direction == "decrease" else round((times - 1) * 100, 6)


def _joined_times(text: str, match: re.Match[str], value: float, direction: str) -> Iterator[Numeral]:
    """A multiple, and the number before it that shares its words (`acht en zes keer zo hoog`)."""
    start, end = match.span()
    before = _JOINED.search(text, max(0, start - _REACH), start)
    times = _any_value(before["times"]) if before else None
    if before is None or not times or times <= 1 or _A_YEAR.fullmatch(before["times"]):
        yield Numeral(start, end, value, None, "growth", "numeral.growth", direction)
        return
    other, first = _change_by(times, direction), before.start("times")
    if before["joint"] in ("tot", "à"):
        low, high = sorted((other, value))
        yield Numeral(first, end, low, high, "growth", "numeral.range", direction)
        return
    yield Numeral(first, before.end("times"), other, None, "growth", "numeral.growth", direction)
    yield Numeral(start, end, value, None, "growth", "numeral.growth", direction)


_JOINED = re.compile(r"(?<![\w,.])(?P<times>\d+(?:,\d+)?|[a-zë]{3,}) (?P<joint>en|tot|à|respectievelijk) $")
_A_YEAR = re.compile(r"(?:19|20)\d\d")


_NONE = re.compile(r"\b[Gg]een enkele?(?= \w)")


def _nones(text: str) -> Iterator[Numeral]:
    """`geen enkel slachtoffer`: none, where people are counted."""
    if "een enkel" not in text:
        return
    for match in _NONE.finditer(text):
        yield Numeral(*match.span(), 0.0, None, "word", NONE)


#: The rule of a number that stands only for people.
NONE = "numeral.none"


def _absences(text: str) -> Iterator[Numeral]:
    for pattern, entry in candidates("numerals", "zero", text):
        for match in pattern.finditer(text):
            group = "quote" if "quote" in match.groupdict() else 0
            noun = compiled("numerals", str(entry["noun"])).search(text, match.start())
            if noun:
                yield Numeral(
                    *match.span(group), 0.0, None, "zero", "numeral.zero", noun=noun["noun"], of=noun["of"]
                )
