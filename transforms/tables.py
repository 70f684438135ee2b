"""What the cells of a table count, and when: by the cell's sign, the heads of row and column, the caption."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.changes import Change
from transforms.counting import Quantity
from transforms.notation import iso_day
from transforms.nouns import is_participle, is_plural, noun_in, noun_of_title, unit_of, unit_of_any
from transforms.numerals import Numeral, digits_value
from transforms.table_cells import NONE, Columns, columns_of, numbers_in
from transforms.table_heads import BOUNDS, Head, Heads, heads, is_timed, time_of
from transforms.table_heads import pattern as reading
from transforms.table_lines import YEAR_AND_NUMBER, Cell, cells, columns, heads_of, is_bound, is_spaced
from transforms.vocabulary import compiled, month_number, words

_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")


class Frame(NamedTuple):
    """What stands around the rows of a table, and whether thousands are written with a space."""

    heads: Heads
    header: str
    caption: str
    beneath: str = ""
    spaced: bool = False
    years: Sequence[bool] = ()  # of each column, whether its head says that its cells are years
    columns: Columns | None = None  # where the cells are known
    ranges: bool = False  # whether its cells are all ranges and bounds
    parted: bool = False  # whether its rows are parts of a whole: of one of them, or by places


class Entry(NamedTuple):
    """A cell that counts something: its time, what it is compared with, the words of its row and column."""

    quantity: Quantity
    period: str | None
    words: str
    base: str | None = None
    heads: Sequence[str] = ()  # of its row, its column, and what is said of its source


def is_header(row: str) -> bool:
    """Whether a line of a table heads its columns: it ends with times only, or with no number at all."""
    found = heads(row)
    return bool(found) and (is_timed(found) or not cells(row))


def is_beneath(text: str) -> bool:
    """Whether a line below a table tells of it: its source, its unit, its day."""
    return _pattern("beneath").match(text) is not None


def framed(header: str, rows: Sequence[str], caption: str, beneath: str = "") -> Frame:
    """The frame of the rows of a table that came out as lines."""
    found = heads_of(header, rows) if header else Heads("", [])
    years = [_pattern("of_years").search(head.text) is not None for head in found.columns]
    spaced = is_spaced(rows, len(found.columns))
    ranges = _are_ranges([cell.text for row in rows for cell in cells(row)])
    parted = _is_parted(rows, found, caption)
    return Frame(found, header, _titled(caption, found), beneath, spaced, years, ranges=ranges, parted=parted)


def framed_cells(
    heads: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]], caption: str, beneath: str = ""
) -> Frame:
    """The frame of the rows of a table whose cells are known."""
    found = columns_of(heads, rows)
    over = [[cells[at].text for at in found.values if at < len(cells)] for cells in heads]
    header = "\n".join(" ".join(dict.fromkeys(texts)) for texts in over)
    values = [cells[at].text for cells in rows for at in found.values if at < len(cells) and cells[at].text]
    frame = Frame(found.heads, header, _titled(caption, found.heads), beneath, columns=found)
    labels = [next((cell.text for cell in cells if cell.text), "") for cells in rows]
    return frame._replace(ranges=_are_ranges(values), parted=_is_parted(labels, found.heads, caption))


def _is_parted(rows: Sequence[str], found: Heads, caption: str) -> bool:
    """Whether the rows of a table are parts of one of them (`Totaal`), or go by places or institutions."""
    by_places = goes_by_places(caption.rpartition("\n")[2])
    by_places = by_places or _pattern("place").fullmatch(found.label.strip()) is not None
    return by_places or any(_pattern("sum_row").match(row) for row in rows)


def _are_ranges(values: Sequence[str]) -> bool:
    return bool(values) and all(is_bound(value.replace(" ", "")) for value in values)


def goes_by_places(title: str) -> bool:
    """Whether a title says that what is below it goes by places or institutions (`per gemeente`)."""
    return _pattern("by_places").search(title) is not None


def _titled(caption: str, found: Heads) -> str:
    """The caption with the head of the labels, which may say what is counted where times head columns."""
    adds = is_timed(found.columns) and found.label and not caption.endswith(f"\n{found.label}")
    return f"{caption}\n{found.label}" if adds else caption


def entries(row: str, frame: Frame, section: str = "") -> Iterator[Entry]:
    """Each cell of a row that counts something; `section` is the line that the rows stand under.

    The unit is that of the cell's sign, of the row's or the column's head, or of what stands around, which
    also tells by what the cells are to be multiplied. A row that doesn't hold a cell for each head yields
    nothing, nor does one whose unit or scale nothing tells.
    """
    if not frame.header:
        yield from _of_year(row, frame)
        return
    over, years = frame.heads.columns, frame.years
    in_columns = columns(row, len(over), spaced=frame.spaced)
    if in_columns is None or is_header(row):
        return
    label = row[: in_columns[0].start].strip(" :")
    if not label and (of_first := time_of(in_columns[0].text)) and _YEAR.match(of_first):
        if not years[0]:
            return  # a year among the cells
        label, in_columns, over, years = in_columns[0].text, in_columns[1:], over[1:], years[1:]
    if any(years):
        return  # one that heads years heads no number
    when = time_of(label)
    classes = [cell.text for cell, head in zip(in_columns, over, strict=True) if _is_class(cell, head)]
    label = " ".join(filter(None, (section, "" if when else label, *classes))) if not when or classes else ""
    yield from _of_row(label, *_parted(in_columns, _dated(over, when, frame)), frame)


def _is_class(cell: Cell, head: Head) -> bool:
    """Whether a bound says whom or what a row is about, below a head of classes (`Leeftijd`)."""
    return is_bound(cell.text) and reading("of_classes").search(head.text) is not None


def _parted(found: Sequence[Cell], over: Sequence[Head]) -> tuple[list[Cell], list[Head]]:
    """The numbers of the cells of a row, each below its head, the share in brackets behind one too."""
    cells: list[Cell] = []
    heads: list[Head] = []
    for cell, head in zip(found, over, strict=True):
        numbers = [] if _is_class(cell, head) else list(numbers_in(cell))
        cells += numbers or [NONE]
        heads += [head] * max(1, len(numbers))
    return cells, heads


def _of_year(row: str, frame: Frame) -> Iterator[Entry]:
    """The number of a row that has a year for its label, below no heads: `2019 310`, `2020 (t/m mei) 120`."""
    found = [cell for at, cell in enumerate(cells(row)) if at != 1 or cell.text not in _DASHES]
    when = time_of(found[0].text) if len(found) == YEAR_AND_NUMBER else None
    if when and _YEAR.match(when) and not row[: found[0].start].strip() and not time_of(found[1].text):
        before, _, head = frame.caption.rpartition("\n")
        label = head if before and _is_head_of_labels(head) else ""  # a line of its own above the years
        yield from _of_row(label, *_parted(found[1:], [Head("", when)]), frame)


#: What parts a year from its number.
_DASHES = ("–", "—", "-")


def cell_entries(row: Sequence[Cell], frame: Frame, section: str = "") -> Iterator[Entry]:
    """Each cell of a row that counts something, where the cells are known."""
    labels, values, heads, sources = frame.columns or Columns((), (), Heads("", []))
    if len(values) > 1 and not any(head.text for head in heads.columns):
        return  # nothing tells one column from the other
    texts = list(dict.fromkeys(row[at].text for at in labels if at < len(row) and row[at].text))
    when = _one_time([time_of(text) for text in texts])
    named = [text for text in texts if time_of(text) is None and (len(texts) == 1 or not text.isdigit())]
    label = " ".join(filter(None, (section, *named))) if named or not when else ""
    once = [row[at] if at < len(row) and row.count(row[at]) == 1 else NONE for at in values]
    found, over = _parted(once, frame.heads.columns)
    own = next((row[at].text for at in sources if at < len(row)), "")
    yield from _of_row(label, found, _dated(over, when, frame), frame, f"volgens {own}" if own else "")


def why_unread(row: str, known: Sequence[Cell], frame: Frame) -> str | None:
    """The rule by which a row gives no entries; None for one of heads, or without numbers."""
    if known:
        headed = len(frame.columns.values if frame.columns else ()) < 2 or any(
            head.text for head in frame.heads.columns
        )
        return "table.no_unit" if headed else "table.no_heads"
    if is_header(row) or not any(cell.text[-1:].isdigit() or "%" in cell.text for cell in cells(row)):
        return None
    if not frame.heads.columns:
        return "table.no_heads"
    if columns(row, len(frame.heads.columns), spaced=frame.spaced) is None:
        return "table.cells_apart"
    return "table.year_among_cells" if any(frame.years[1:]) else "table.no_unit"


def _one_time(times: Sequence[str | None]) -> str | None:
    """The time that the labels of a row name: one, or a part of a year and the year."""
    found = sorted({time for time in times if time}, key=lambda time: time.startswith("-"))
    if not found or (len(found) > 1 and not found[1].startswith("-")):
        return None
    return "".join(found)


def _of_row(
    label: str, found: Sequence[Cell], columns: Sequence[Head], frame: Frame, told_from: str = ""
) -> Iterator[Entry]:
    for at, (cell, column) in enumerate(zip(found, columns, strict=True)):
        over = "" if column.timed else column.text
        if columns[at + 1 : at + 2] == [column] and found[at + 1].text.endswith("%"):  # a share in brackets
            whole = frame._replace(caption=_without_share(frame.caption))
            quantity = _quantity(cell, label, _without_share(over), whole)
        else:
            quantity = _quantity(cell, label, over, frame)
        if quantity is None or (frame.ranges and quantity.unit == "other"):
            continue  # what has nothing but ranges may tell hours or pages
        quantity = _of_title(quantity, over, frame)
        named = f"{label} {over}".strip()
        period, base = _on_day(label, column.period), None
        if _pattern("change").search(over):
            if quantity.unit != "percent" and not _is_whole(cell, found):
                continue  # a change in percent among numbers, most likely
            period, base = _compared(over, columns[:at], period)
        worded = f"{named} {column.text}" if column.timed else named
        yield Entry(quantity, period, worded, base, (label, over, told_from))


def _of_title(quantity: Quantity, over: str, frame: Frame) -> Quantity:
    """People as those who wait, or who use rooms, where that is what the title begins with.

    `Wachtlijst voor slachtoffers (aantal personen)`; not where the head of a column has a noun of its own.
    """
    if quantity.unit != "persons" or quantity.rule != "unit.caption":
        return quantity
    lines = [line for line in frame.caption.split("\n")[::-1] if not _is_head_of_labels(line)] or [""]
    title = _pattern("of_title").match(lines[0])
    if title is None or is_participle(over.lower()) or _pattern("out_of_line").search(quantity.phrase):
        return quantity
    noun = noun_in(over) if over else None
    if noun is not None and (" " in over.strip() or noun[0] != "persons" or title["used"]):
        return quantity
    if title["used"]:
        rest = _pattern("housed").sub("", quantity.phrase).strip()
        return quantity._replace(phrase=f"{title['used'].lower()} {rest}".strip())
    known = _pattern("in_line").search(quantity.phrase) is not None
    return quantity if known else quantity._replace(phrase=f"wachtlijst {quantity.phrase}")


def _without_share(text: str) -> str:
    """What `Aantal en percentage meldingen` says of a number that has its share beside it in its cell."""
    return _pattern("beside_share").sub("", text)


def _is_whole(cell: Cell, found: Sequence[Cell]) -> bool:
    """Whether a cell has no decimals, or others of its row have them too."""
    return "," not in cell.text or any("," in each.text for each in found if each is not cell)


def _compared(over: str, before: Sequence[Head], period: str | None) -> tuple[str | None, str | None]:
    """The times that a change is between: those of the two columns before it, or what its head names."""
    years = [head.period for head in before if head.period and not _pattern("change").search(head.text)]
    if match := _pattern("compared").search(over):
        return (years[-1] if years else None), match["year"]
    if period or len(years) != _FROM_AND_TO or years[0] == years[1]:
        return period, None
    return years[1], years[0]


#: Columns with the times that a change is between.
_FROM_AND_TO = 2


# Times


def _on_day(label: str, period: str | None) -> str | None:
    """The day of a column's year that a label tells (`Wachtlijst per 31/12`), or its end; else the year."""
    match = _pattern("row_on").search(label)
    if not re.fullmatch(_YEAR, period or ""):
        return period
    if match is None:
        return f"{period}-12" if _pattern("year_end").search(label) else period
    month = month_number(match["month"]) if match["month"] else int(match["of"])
    return iso_day(int(period or 0), month, int(match["day"] or match["on"]))


def _dated(columns: Sequence[Head], when: str | None, frame: Frame) -> list[Head]:
    """The heads with the times of their columns: their own, that of the row, or that of the caption.

    `op 1 oktober` in the caption or beneath the table tells the day of each year that heads a column.
    """
    title = " ".join(frame.caption.split("\n")[-2:])
    named = {_bound(match) for match in _pattern("year").finditer(title)}
    sole = named.pop() if len(named) == 1 else None
    dated = [each._replace(period=_both(each.period, when, sole)) for each in columns]
    on, year = _counted_on(frame)
    if on and year:
        stated = {each.period for each in columns if each.period} | {when}
        return (
            [each._replace(period=f"{year}{on}") for each in dated]
            if stated == {None} and sole in (None, year)
            else dated
        )
    on = on or ("-12" if _pattern("year_end").search(frame.caption) else "")
    yearly = re.compile(_YEAR)
    return [
        each._replace(period=f"{each.period}{on}") if yearly.fullmatch(each.period or "") else each
        for each in dated
    ]


def _both(column: str | None, row: str | None, sole: str | None) -> str | None:
    """The time of a cell: that of its column or its row, of which one may be part of the other."""
    whole = next((time for time in (column, row, sole) if time and not time.startswith("-")), None)
    part = next((time for time in (column, row) if time and time.startswith("-")), None)
    if part is None:
        return whole if None in (column, row) or column == row else None
    return f"{whole}{part}" if whole and _YEAR.fullmatch(whole) else None


def _counted_on(frame: Frame) -> tuple[str, str | None]:
    """The day on which a table's figures hold, as part of a year, and the year where it is told."""
    title = " ".join(frame.caption.split("\n")[-2:])
    match = (
        _pattern("day").search(title)
        or _pattern("counted_on").search(title)
        or _pattern("counted_on").search(frame.beneath)
    )
    if match is None:
        return "", None
    return f"-{month_number(match['month']):02}-{int(match['day']):02}", match.groupdict().get("year")


def _bound(match: re.Match[str]) -> str:
    """`ultimo 2019`: the month by which a year is bounded."""
    return f"{match['year']}{BOUNDS.get((match['bound'] or '').lower(), '')}"


# Heads


def title_of(frame: Frame) -> str:
    """The line of a caption that is the table's title: the last one, but for the head of its labels."""
    return next((line for line in frame.caption.split("\n")[::-1] if not _is_head_of_labels(line)), "")


def is_occupied(named: str, title: str = "") -> bool:
    """Whether the head of a row or column speaks of places in use, or the title of nothing else."""
    return bool(
        _pattern("occupied").search(named)
        or any(_pattern("all_occupied").match(line) for line in title.split("\n"))
    )


def column_change(quantity: Quantity, named: str) -> Change:
    """The change that a cell is by its head, else a level; the sign in the cell is its direction."""
    match = _pattern("change").search(named)
    if match is None:
        return Change(False, quantity.numeral.direction, "level")
    signed = quantity.numeral.direction
    said = "decrease" if match["down"] else "increase"
    return Change(True, said if signed == "none" else signed, "change.column")


class _Measure(NamedTuple):
    """What cells count, and in what; a factor of 0 is one that can't be told."""

    unit: str
    phrase: str
    factor: float


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("numerals", words("numerals")["table"][name])


def _measure(label: str, over: str, frame: Frame) -> _Measure | None:
    """What the heads of column and row say, else what stands around, else the column beside it.

    A unit that a head states (`Aandeel (%)`, `Aantal scholen`) comes before that of the table (`× € 1.000`),
    which comes before a noun.
    """
    named = f"{over} {label}".strip()
    lines = [line for line in frame.caption.split("\n")[::-1] if not _is_head_of_labels(line)] or [""]
    around = [*lines, frame.beneath, frame.heads.label]
    if stated := _stated(over) or _stated(label):
        return _in_unit(stated, named, lines, _factor(named, around, money=False))
    own = any(_pattern(name).search(named) for name in ("percent", "counted", "money"))
    if not own and any(map(_is_of_money, around)):
        return None if _is_beside_sums(over, frame) else _Measure("euro", named, _factor(named, around))
    if not own and (stated := _stated_once(around)):
        return _in_unit(stated, named, lines, _factor(named, around, money=False))
    return _by_words(label, over, frame, lines, around)


def _by_words(
    label: str, over: str, frame: Frame, lines: Sequence[str], around: Sequence[str]
) -> _Measure | None:
    """What the words of the heads count, else those of the `lines` of the caption: a share, money, a noun."""
    named = f"{over} {label}".strip()
    factor = _factor(named, around, money=False)
    titled = [lines[0]] if _pattern("title").match(lines[0]) and not _pattern("counted").search(label) else []
    for text in filter(None, (over, *titled, label, *lines)):
        share, counted = _pattern("percent").search(text), _pattern("counted").search(text)
        if share and counted:
            return None
        if share:
            return _Measure("percent", named, 1.0)
        if _pattern("money").search(text):
            return _Measure("euro", named, _factor(named, around))
        rest = text[counted.end() :] if counted else text
        if text in lines:
            rest = _pattern("by_what").sub("", rest)
        if text in lines and (two := _two(rest)):
            own = next((noun for noun in two if noun[1].lower() in named.lower()), None)
            return _measured(own, named, factor) if own else None
        titles = text in lines or counted is not None
        if noun := noun_in(rest, told=text in lines) or (
            noun_of_title(rest.rstrip(".:")) if titles else None
        ):
            return _measured(noun, named, factor)
        used = text is over and (is_participle(over.lower()) or is_occupied(over))
        beside = noun_in(frame.header) if used else None
        if beside and (beside[0] == "places" or not is_occupied(named)):
            return _measured(beside, named, factor)  # `Toegekend`, beside `Aanvragen`
    return None


def _two(title: str) -> list[tuple[str, str]]:
    """Two things of different units that a title counts (`Zwembaden en wachtenden`), with their units."""
    for match in _pattern("two").finditer(title):
        words_of = match.groups()
        nouns = [(unit_of_any(word.lower()), word) for word in words_of if unit_of(word) or is_plural(word)]
        if len({unit for unit, _ in nouns}) > 1:
            return nouns
    return []


def _is_of_money(text: str) -> bool:
    """Whether what stands around a table states that its cells are sums: `(x € 1.000)`, `in euro`."""
    scaled = any(_of_money(text, match) for match in _pattern("scale").finditer(text))
    return scaled or _pattern("in_money").search(text) is not None


def _of_money(text: str, scale: re.Match[str]) -> bool:
    """Whether sums are what a scale is of."""
    return (
        _pattern("scaled_money").search(text, max(0, scale.start() - _NEAR), scale.end() + _NEAR) is not None
    )


#: Characters beside a scale that may name what it is of: `bedragen `, ` euro`.
_NEAR = 10


def _is_beside_sums(over: str, frame: Frame) -> bool:
    """Whether the head of a column in a table of sums is people or things, while not all its columns are."""
    return _is_noun(over) and not all(_is_noun(head.text) for head in frame.heads.columns)


def _is_noun(head: str) -> bool:
    noun = noun_in(head) if head else None
    return noun is not None and noun[0] != "euro"


def _stated(text: str) -> str | None:
    """The unit that a head states behind its words: `Wachttijd (weken)`."""
    match = _pattern("unit").search(text)
    return match["unit"].lower() if match else None


def _stated_once(texts: Sequence[str]) -> str | None:
    """The unit that stands around a table, where it is one."""
    found = {match["unit"].lower() for text in texts for match in _pattern("unit").finditer(text)}
    return found.pop() if len(found) == 1 else None


def _in_unit(stated: str, named: str, lines: Sequence[str], factor: float) -> _Measure | None:
    """What is counted in a unit that is stated: by the heads, and by the noun of the caption."""
    points = "percentage_points" if "punt" in stated else "percent"
    unit = points if stated.startswith(("%", "procent")) else unit_of(stated) or "other"
    factor = 1.0 if unit == points else factor
    noun = next(filter(None, (noun_in(line) or noun_of_title(line) for line in lines)), None)
    if noun is None or noun_in(named):
        return _Measure(unit, named, factor)
    return _measured((unit, noun[1]), named, factor)


def _is_head_of_labels(line: str) -> bool:
    """`Gemeente`, alone in its line: it says what each row is of, not what is counted."""
    return " " not in line.strip() and not is_plural(line.strip())


def _measured(noun: tuple[str, str], named: str, factor: float) -> _Measure | None:
    unit, word = noun
    told = word.lower() in named.lower()
    if unit == "persons" and not told and _pattern("room").search(named):
        return None  # `Capaciteit`, `Bezet`: places of whom the caption speaks of, or they themselves
    return _Measure(unit, named if told else f"{word} {named}".strip(), factor)


def _factor(named: str, around: Sequence[str], *, money: bool = True) -> float:
    """What a cell is multiplied by: as its heads say, else as stands around (`(x 1.000)`, `in mln. euro`).

    What isn't `money` isn't multiplied by what sums are.
    """
    for texts in ((named,), around):
        scales, rest = set(), False
        for text in texts:
            found = list(_pattern("scale").finditer(text))
            scales |= {_scale(match) for match in found if money or not _of_money(text, match)}
            rest = rest or (
                not found and not _pattern("in_money").search(text) and bool(_pattern("perhaps").search(text))
            )
        if len(scales) > 1 or (rest and not scales):
            return 0.0
        if scales:
            return scales.pop()
    return 1.0


def _scale(match: re.Match[str]) -> float:
    word = match["word"].lower().rstrip(".")
    return digits_value(word) if word[0].isdigit() else _multiplier(word)


def _multiplier(word: str) -> float:
    multiplier: dict[str, float] = words("numerals")["multiplier"]
    return multiplier[word if word in multiplier else word.removesuffix("tallen").removesuffix("en")]


#: The digits of a cell, and those of the high end of a range.
_NUMBER = re.compile(
    r"(?P<digits>\d(?:[\d., ]*\d)?)(?: ?%)?"
    r"(?:(?: ?[–-] ?| (?:à|tot|t/m) )(?:€ ?)?(?P<high>\d(?:[\d., ]*\d)?))?"
    r"(?P<times> [a-z]+)?\.? ?%?$"
)


def _in_own(word: str, named: str) -> _Measure:
    """What a cell counts that has its unit in it, be it a noun: `6 weken`, `12 locaties`."""
    return _Measure(unit_of(word) or "other", named if noun_in(word) is None else f"{word} {named}", 1.0)


def _quantity(cell: Cell, label: str, over: str, frame: Frame) -> Quantity | None:
    match = _NUMBER.search(cell.text)
    if match is None:
        return None
    value, high = digits_value(match["digits"]), digits_value(match["high"]) if match["high"] else None
    if high is not None and high <= value:
        return None
    times = _multiplier(match["times"].strip()) if match["times"] else None
    start = cell.start + cell.text.index(match["digits"]) if cell.text else cell.start
    end = start + len(cell.text) - cell.text.index(match["digits"])
    sign = "decrease" if cell.text[0] in "–−-" else "increase" if cell.text[0] == "+" else "none"
    numeral = Numeral(start, end, value, high, "digits", "numeral.cell", sign)
    if cell.text.endswith("%"):
        return Quantity(numeral, "percent", f"{over} {label}".strip(), end, 0.9, "unit.sign")
    named = f"{over} {label}".strip()
    measure = _in_own(cell.unit, named) if cell.unit else _measure(label, over, frame)
    if "€" in cell.text and (measure is None or measure.unit != "euro"):
        measure = _Measure("euro", named, _factor(named, (frame.caption, frame.beneath)))
    if measure is None or not (times or measure.factor):
        return None
    factor = times or measure.factor
    high = round(high * factor, 6) if high is not None else None
    numeral = numeral._replace(value=round(value * factor, 6), high=high)
    return Quantity(numeral, measure.unit, measure.phrase, end, 0.9, "unit.caption")
