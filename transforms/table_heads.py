"""What heads the columns of a table: times, or words, each with a capital, on one line or two.

Two spaces stand between heads that came out a line each, a line break between lines of heads.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from transforms.vocabulary import as_written, compiled, words

_YEAR = re.compile(r"\d{4}")


class Head(NamedTuple):
    """The head of a column: its words, the time that it names, and whether it is nothing but a time.

    A time may lack its year: `-Q1`, `-05`.
    """

    text: str
    period: str | None = None
    timed: bool = False


class Heads(NamedTuple):
    """The head of the labels, and those of the columns."""

    label: str
    columns: list[Head]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the vocabulary for tables."""
    flags = re.NOFLAG if name in _AS_WRITTEN else re.IGNORECASE
    return compiled("reading", words("reading")["table"][name], flags=flags)


#: Patterns that go by capitals.
_AS_WRITTEN = ("head", "label", "section", "quantified")


def heads(header: str, count: int | None = None) -> list[Head]:
    """The heads of a line, that of the labels included: its times, else its words from each capital on.

    A time behind a word is part of its head (`Raming 2020`) or one of its own, as `count` columns ask for.
    """
    if timed := _times(header):
        return timed
    found: list[Head] = []
    for parts in _divisions(header):
        found = [_head(part) for part in parts]
        if count in (None, len(found), len(found) - 1):
            break
    return found


def for_cells(header: str, count: int) -> Heads:
    """The heads of `count` columns and of their labels; none where they don't match."""
    above, _, line = header.rpartition("\n")
    if above and line.startswith("(") and _times(f"{above} {line}"):
        return for_cells(f"{above} {line}", count)  # `2023 2024`, and `(t/m mei)` on the next line
    if above:
        ways = (_wrapped, _quantified) if "\n" in above else (_stacked, _wrapped, _quantified)
        return next((told for way in ways if (told := way(header, count)).columns), Heads("", []))
    found = heads(header, count)
    if is_timed(found):
        before = header[: tail.start()].strip() if (tail := pattern("times").search(header)) else ""
        return Heads(before, found if len(found) == count else [])
    if len(found) == count:
        return Heads("", found)
    return Heads(found[0].text, found[1:]) if len(found) - 1 == count > 0 else Heads("", [])


def is_timed(found: Sequence[Head]) -> bool:
    """Whether all columns are headed by times."""
    return bool(found) and all(head.timed for head in found)


# One line


def _divisions(header: str) -> Iterator[list[str]]:
    """The ways to divide a line into heads: between wide spaces, before capitals, before and behind times."""
    wide = [part.strip() for part in _WIDE.split(header.strip())]
    if len(wide) > 1:
        yield wide
    if small := _in_small_letters(header):
        yield small
    if pattern("time").match(header) and all(
        part[0].isupper() or part[0].isdigit() for part in _apart(header)
    ):
        yield _apart(header)  # `2019 2020 Structureel`
    parts = [match[0].strip() for match in pattern("head").finditer(header)]
    if not parts or _COMMA.search(header) or "".join(parts).replace(" ", "") != header.replace(" ", ""):
        return
    apart = [_apart(part) for part in parts]
    divided = [
        parts,
        [piece for pieces in apart for piece in pieces],
        [*apart[0], *parts[1:]],
        [piece for part, pieces in zip(parts, apart, strict=True) for piece in _follows(part, pieces)],
    ]
    yield from (found for found in divided if len(found) > 1)


def _in_small_letters(header: str) -> list[str]:
    """Heads without capitals: words and a time each (`huis plaatsen 2021 plaatsen 2022`), or a word each."""
    if as_written("reading", "no_words").search(header) or not _SMALL.fullmatch(header):
        return []
    ends = [match.end() for match in pattern("time").finditer(header)]
    if not ends:
        found = header.split()
        return found if len(found) > _OF_ONE and header.islower() else []
    pieces = [header[start:end].split() for start, end in pairwise((0, *ends))]
    size = len(pieces[-1])
    if len(pieces) == 1 or ends[-1] != len(header) or {len(piece) for piece in pieces[1:]} != {size}:
        return []
    label, first = " ".join(pieces[0][:-size]), pieces[0][-size:]
    return [*([label] if label else []), *(" ".join(piece) for piece in (first, *pieces[1:]))]


#: So many words may be one head: `aantal meldingen`.
_OF_ONE = 2
_SMALL = re.compile(r"[A-Za-z][a-zë’-]+(?: (?:[a-zë%€][a-zë’-]*|\([a-z ]+\)|(?:19|20)\d\d))+")
_WIDE = re.compile(r" {2,}")
#: A comma outside brackets: a title's.
_COMMA = re.compile(r",(?![^(]*\))")


def _follows(part: str, pieces: list[str]) -> list[str]:
    """A word and its times apart, unless there is but one (`Raming 2020`)."""
    return pieces if len(pieces) > 2 else [part]


def _apart(part: str) -> list[str]:
    """The words of a head and the times in it, each by itself."""
    pieces, done = [], 0
    for match in pattern("time").finditer(part):
        pieces += [part[done : match.start()].strip(), match[0].strip()]
        done = match.end()
    return [piece for piece in (*pieces, part[done:].strip()) if piece]


def _head(part: str) -> Head:
    times = list(pattern("time").finditer(part))
    period = _time(times[0]) if len(times) == 1 else None
    if period and _YEAR.fullmatch(period) and pattern("since").fullmatch(part):
        return Head(part, f"{period}/", timed=True)
    return Head(part, period, timed=bool(times) and times[0][0].strip() == part)


def _times(header: str) -> list[Head]:
    tail = pattern("times").search(header)
    found = list(pattern("time").finditer(header))
    if tail is None or not found or found[0].start() < tail.start():
        return []
    return [Head(match[0].strip(), _time(match), timed=True) for match in found]


# Two lines


def _stacked(header: str, count: int) -> Heads:
    """Two lines of heads: those of the upper one stand over one column each, or over as many each."""
    above, _, line = header.partition("\n")
    label, lower = for_cells(line, count)
    for upper in (heads(above, count), heads(above)):
        for skipped in (0, 1):
            over = upper[skipped:]
            wide = len(lower) // len(over) if len(over) > 1 and len(lower) % len(over) == 0 else 0
            if wide == 0 or not (_repeats(lower, len(over)) if wide > 1 else skipped or _again(over, lower)):
                continue
            spread = [head for head in over for _ in range(wide)]
            both = [_joined(first, second) for first, second in zip(spread, lower, strict=True)]
            if None not in both:
                return Heads(label or (upper[0].text if skipped else ""), [head for head in both if head])
    return Heads("", [])


def _wrapped(header: str, count: int) -> Heads:
    """Heads whose words came out one below the other, each line a word of every head."""
    lines = [_pieces(line) for line in header.split("\n")]
    first, below = lines[0], lines[1:]
    if len(first) not in (count, count + 1) or any(len(line) != count for line in below) or count < _FEWEST:
        return Heads("", [])
    words_of = as_written("reading", "no_words").search(header.lower()) is not None
    if (
        words_of
        or any(piece[0].isupper() for line in below for piece in line)
        or not all(piece[0].isupper() for piece in first)
    ):
        return Heads("", [])
    stacks = zip(first[-count:], *below, strict=True)
    return Heads(first[0] if len(first) > count else "", [_head(" ".join(stack)) for stack in stacks])


def _quantified(header: str, count: int) -> Heads:
    """Heads that each begin with what they are (`Aantal …`, `Percentage …`), wrapped over lines."""
    starts = [match.start() for match in pattern("quantified").finditer(header)]
    label = header[: starts[0]].strip() if starts else ""
    if len(starts) != count or count < _FEWEST or "\n" in label or label[:1].islower():
        return Heads("", [])
    pieces = [header[start:end] for start, end in pairwise((*starts, len(header)))]
    return Heads(label, [_head(" ".join(_HYPHEN.sub("", piece).split())) for piece in pieces])


#: Columns that heads over several lines are told apart for.
_FEWEST = 2
#: A word that goes on in the next line.
_HYPHEN = re.compile(r"(?<=[a-z])-\s*\n\s*(?=[a-z])")


def _pieces(line: str) -> list[str]:
    """The words of heads in a line: between wide spaces, else each of them."""
    return _WIDE.split(line.strip()) if _WIDE.search(line.strip()) else line.split()


def _repeats(lower: Sequence[Head], times: int) -> bool:
    """Whether the lower heads come back under each of the upper ones."""
    return list(lower) == list(lower[: len(lower) // times]) * times


def _again(upper: Sequence[Head], lower: Sequence[Head]) -> bool:
    """Whether one of the heads comes back, in either line: what stands above isn't a title then."""
    return any(len({head.text for head in line}) < len(line) for line in (upper, lower))


def _joined(first: Head, second: Head) -> Head | None:
    """The head that two lines make: words and a time, a part of a year and its year, or words; else none."""
    if first.period and second.period:
        return None
    return Head(f"{first.text} {second.text}", first.period or second.period)


def column_head(texts: Sequence[str]) -> Head:
    """The head that the cells over a column make, from above: their words, and the time that they name."""
    found = [_head(text) for text in texts]
    times = {head.period for head in found if head.period}
    parts = {time for time in times if time.startswith("-")}
    whole = times - parts
    period = "".join((*whole, *parts)) if len(whole) <= 1 and len(parts) <= 1 else None
    return Head(" ".join(texts), period or None, timed=bool(found) and all(head.timed for head in found))


# Times


def _time(match: re.Match[str]) -> str | None:
    """The time that a head names: `2019`, `2019/2020`, `Q2 2019`, `31-12-2019`, `mei 2019`, `Q2`."""
    part = match.groupdict()
    year = part["year"] or part["of_quarter"] or part["of_month"] or part["of_day"] or ""
    if part["until"]:
        until = part["until"] if len(part["until"]) == len("2019") else year[:2] + part["until"]
        return f"{year}/{until}" if int(until) > int(year) else None
    if part["part"]:
        return f"{year}-{part['part']}"
    if part["span"]:
        return _span(part["span"])
    if part["through"]:
        return _through(part["through"], year)
    if part["quarter"]:
        number = re.sub(r"\D", "", part["quarter"])
        half = "h" in part["quarter"].lower()
        return f"{year}-{'S' if half else 'Q'}{number}" if not half or number in "12" else None
    if part["month"]:
        on = f"-{int(part['on']):02}" if part["on"] else ""
        return f"{year}-{_month(part['month']):02}{on}"
    if part["day"]:
        return f"{year}-{int(part['of']):02}-{int(part['day']):02}"
    return f"{year}{BOUNDS.get((part['bound'] or '').lower(), '')}"


def _span(text: str) -> str | None:
    """`1 januari tot 1 juni 2024`, `januari–mei 2024`."""
    match = pattern("span").fullmatch(text)
    if match is None or _month(match["from"]) > _month(match["to"]):
        return None
    year = match["year"]
    return f"{_day(year, match['from'], match['first'])}/{_day(year, match['to'], match['last'])}"


def _through(text: str, year: str) -> str | None:
    """What a year's figures go up to: `(t/m mei)`, `(tot 1 juni 2024)`, `(t/m 31-05)`."""
    match = pattern("through").search(text)
    if match is None or (match["year"] or match["in"] or year) != year:
        return None
    if match["on"]:
        month, day = int(match["of"]), int(match["on"])
        within = 0 < month <= len(words("reading")["define"]["month"])
        return f"{year}-01-01/{year}-{month:02}-{day:02}" if within else None
    first = _day(year, "januari", "1" if match["day"] else None)
    return f"{first}/{_day(year, match['month'], match['day'])}"


def _day(year: str, month: str, day: str | None) -> str:
    """A month of a year, or a day of it."""
    return f"{year}-{_month(month):02}" + (f"-{int(day):02}" if day else "")


def _month(name: str) -> int:
    """The number of a month, by its first letters."""
    return next(
        index
        for index, month in enumerate(words("reading")["define"]["month"], 1)
        if month.startswith(name.lower()[:3].replace("mrt", "maa"))
    )


#: The month by which a word before a year bounds it.
BOUNDS = {"begin": "-01", "medio": "-07", "eind": "-12", "ultimo": "-12"}


def time_of(label: str) -> str | None:
    """The time that is all of a label: `2019`, `Q1`, `januari`."""
    found = _times(label) if label else []
    return found[0].period if len(found) == 1 and found[0].text == label.strip() else None
