"""Recognisers that we are measured against: each a function from a text to the figures it finds there.

How each is run, and how its words are put into ours, is data (`peers.toml`). They are installed for the bench
alone; one that isn't there, or not for this machine, is left out and said.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """A number that a peer finds: half-open offsets in code points, value, and in our terms its unit."""

    start: int
    end: int
    value: float
    value_high: float | None = None
    unit: str | None = None


Finder = Callable[[str], list[Figure]]


class Peer(NamedTuple):
    """A peer as peers.toml has it; `gives` are the fields that it tells beside the value."""

    peer: str
    label: str
    packages: list[str]
    gives: list[str]
    how: str
    module: str | None = None

    @property
    def installed(self) -> bool:
        """Whether it can be run here."""
        return self.module is None or find_spec(self.module) is not None

    @property
    def versions(self) -> dict[str, str]:
        """Versions of its packages."""
        return {name: version(name) for name in self.packages}

    @property
    def load(self) -> Callable[[], Finder]:
        """What starts it up and gives its function."""
        return LOADERS[self.peer]


@cache
def words() -> dict[str, Any]:
    """What peers.toml holds."""
    return tomllib.loads(Path(__file__).with_name("peers.toml").read_text("utf-8"))


def peers() -> list[Peer]:
    """All peers, in the order of the table."""
    return [Peer(**each) for each in words()["peer"]]


def apart(figures: Iterable[Figure]) -> list[Figure]:
    """Figures of which no two overlap, in the order of the text: of those that do, the first given."""
    kept: list[Figure] = []
    for figure in figures:
        if all(figure.end <= other.start or other.end <= figure.start for other in kept):
            kept.append(figure)
    return sorted(kept)


def unit(name: str | None) -> str | None:
    """Our unit for that of a library."""
    return None if name in {None, "unknown"} else str(words()["names"].get(name, "other"))


# Microsoft's recognisers


def microsoft() -> Finder:
    """Numbers with their units, by recognizers-text."""
    from ms_recognizers_number import Culture, NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer(Culture.Dutch), NumberWithUnitRecognizer(Culture.Dutch)
    models = [
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_age_model(),
        units.get_dimension_model(),
        numbers.get_number_model(),
    ]
    return lambda text: apart(_read_microsoft(found for model in models for found in model.parse(text)))


def _read_microsoft(results: Iterable[Any]) -> Iterator[Figure]:
    for result in results:
        said = result.resolution or {}
        value = said.get("value")
        if value is None:  # a unit without a number
            continue
        number = float(value.rstrip("%").replace(",", "."))
        name = "%" if value.endswith("%") else said.get("unit")
        yield Figure(result.start, result.end + 1, number / (100 if name == "Cent" else 1), None, unit(name))


# Duckling

DIMENSIONS = ("amount-of-money", "duration", "distance", "quantity", "volume", "temperature", "number")
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n).)+", re.DOTALL)


def duckling() -> Finder:
    """Numbers with their units, by Duckling's Dutch rules."""
    import duckling as library

    locale = library.parse_locale("NL_NL", library.default_locale_lang(library.parse_lang("NL")))
    with TemporaryDirectory() as empty:  # zones are for dates, which are not asked for
        zones = library.load_time_zones(empty)
    context = library.Context(library.parse_ref_time(zones, "UTC", 0), locale)
    dimensions = library.parse_dimensions(list(DIMENSIONS))

    def find(text: str) -> list[Figure]:
        return [
            figure
            for paragraph in _PARAGRAPH.finditer(text)
            for figure in _read_duckling(
                library.parse(paragraph[0], context, dimensions, False), paragraph.start()
            )
        ]

    return find


def _read_duckling(results: Iterable[dict[str, Any]], offset: int) -> list[Figure]:
    figures = []
    for result in sorted(results, key=lambda result: DIMENSIONS.index(result["dim"])):
        said = result["value"]
        ends = [said[name] for name in ("from", "to") if name in said] or [said]  # an interval may be open
        low, high = ends[0], ends[1]["value"] if len(ends) > 1 else None
        start, end = result["start"] + offset, result["end"] + offset
        figures.append(Figure(start, end, low["value"], high, unit(low.get("unit"))))
    return apart(figures)


# text2num


class _Token(NamedTuple):
    """A word as text2num takes it."""

    word: str
    start: int
    end: int

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: "_Token") -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


_TOKEN = re.compile(r"\w+|[^\w\s]")


def text2num() -> Finder:
    """Number words by text2num, digits by the regular expression."""
    from text_to_num import find_numbers

    digits = expression()

    def find(text: str) -> list[Figure]:
        tokens = [_Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
        found = [
            completed(text, Figure(tokens[each.start].start, tokens[each.end - 1].end, each.value))
            for each in find_numbers(tokens, "nl", 0)
            if not each.is_ordinal
        ]
        return apart([*digits(text), *found])

    return find


# The regular expression


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """`figure`, and what stands behind one: `scale`, `unit`, with a group for each unit."""
    part = words()["expression"]
    units = "|".join(f"(?P<{name}>{pattern})" for name, pattern in words()["units"].items())
    scales = "|".join(f"(?P<{name}>{each['pattern']})" for name, each in words()["scales"].items())
    figure = f"{part['before']}(?P<currency>{part['euro']})?(?P<number>{part['number']}){part['after']}"
    return {
        "figure": re.compile(figure),
        "scale": re.compile(rf"\s{{0,2}}(?:{scales})"),
        "unit": re.compile(rf"\s{{0,2}}(?:{units})"),
    }


def expression() -> Finder:
    """Numerals in digits with their scale and unit, by a regular expression."""
    figure = _patterns()["figure"]
    return lambda text: [_read_expression(text, match) for match in figure.finditer(text)]


def _read_expression(text: str, match: re.Match[str]) -> Figure:
    value = float(match["number"].replace(".", "").replace(",", "."))
    return completed(text, Figure(*match.span(), value, None, "euro" if match["currency"] else None))


def completed(text: str, figure: Figure) -> Figure:
    """The figure with the scale and the unit that stand right behind it."""
    if (scale := _patterns()["scale"].match(text, figure.end)) and scale.lastgroup:
        size = words()["scales"][scale.lastgroup]["size"]
        figure = figure._replace(end=scale.end(), value=figure.value * size)
    if figure.unit is None and (behind := _patterns()["unit"].match(text, figure.end)):
        figure = figure._replace(end=behind.end(), unit=behind.lastgroup)
    return figure


LOADERS: dict[str, Callable[[], Finder]] = {
    "microsoft": microsoft,
    "duckling": duckling,
    "text2num": text2num,
    "expression": expression,
}


# Help


@cache
def _help() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in words()["help"].items()}


def helped(text: str, figures: list[Figure]) -> list[Figure]:
    """What a peer finds with the same few rules added for all of them.

    Years, articles, days of a month, numbers of parts, documents and lists, and digits within longer tokens
    are left out; fractions in words are percentages; scales and units that the peer doesn't know are those of
    the regular expression; two numbers with "à", "tot" or a dash between, or "tussen … en …", are a range.
    """
    known = (_as_percentage(text, completed(text, figure)) for figure in figures)
    joined: list[Figure] = []
    for figure in (each for each in known if not _is_no_figure(text, each)):
        if joined and _is_range(text, joined[-1], figure):
            low = joined.pop()
            joined.append(Figure(low.start, figure.end, low.value, figure.value, figure.unit or low.unit))
        else:
            joined.append(figure)
    return joined


def _is_no_figure(text: str, figure: Figure) -> bool:
    rules, quote = _help(), text[figure.start : figure.end]
    if rules["article"].fullmatch(quote):
        return True
    if not quote[-1].isdigit() or figure.unit:
        return False
    line = text[max(0, figure.start - 25) : figure.start]
    return bool(
        rules["year"].fullmatch(quote)
        or rules["month"].match(text, figure.end)
        or rules["glued_before"].match(text, figure.start)
        or rules["glued_after"].match(text, figure.end)
        or rules["named"].search(line)
        or (rules["listed_before"].search(line) and rules["listed_after"].match(text, figure.end))
    )


def _as_percentage(text: str, figure: Figure) -> Figure:
    is_fraction = 0 < figure.value < 1 and figure.unit is None
    if is_fraction and not any(map(str.isdigit, text[figure.start : figure.end])):
        return figure._replace(value=100 * figure.value, unit="percent")
    return figure


def _is_range(text: str, low: Figure, high: Figure) -> bool:
    if low.value_high is not None or high.value_high is not None or low.value >= high.value:
        return False
    between = text[low.end : high.start]
    if not _help()["between"].fullmatch(between):
        return False
    return "en" not in between.split() or bool(
        _help()["from"].search(text[max(0, low.start - 15) : low.start])
    )
