"""Which of a sentence's times a figure holds in: the one beside it, its clause's, or its whole's."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.changes import is_level_of_then
from transforms.continuing import is_of_that, leads_to, names_whole, tells_of_now
from transforms.counting import Quantity
from transforms.listing import alternating, joined, link, respectively
from transforms.notation import holds
from transforms.periods import Period
from transforms.tenses import is_past_tense, tense
from transforms.timing import Timing, ends_of


class Read(NamedTuple):
    """A sentence with its numbers and times, and those times that stand beside a number."""

    text: str
    quantities: Sequence[Quantity]
    periods: Sequence[Period]
    taken: Sequence[Period]

    @property
    def times(self) -> list[Period]:
        """The periods in which a figure can hold."""
        return [period for period in self.periods if period.role in ("time", "deadline")]


_SOON = re.compile(r"[^,;:()\d]{1,25}")
_ENTRY = re.compile(r"\([^()]{0,80}$")
_ENDS = re.compile(r"[,;:()]")
#: Stretches of which a level that was reached is one of the end.
_OVER = ("period.year_range", "period.stretch", "period.month_range", "period.day_range")
_YEARS = ("period.year", "period.school_year")
#: A number, and no part of a name (`SARS-CoV-2`).
_NUMBER = re.compile(r"(?<![\w-])\d")
_WORD = re.compile(r" \w+ ?")
#: What stands for no cents behind an amount (`€ 40,-`).
_CENTS = re.compile(r"^,[-–—=]+")


def timings(
    text: str, quantities: Sequence[Quantity], periods: Sequence[Period], growths: Sequence[bool]
) -> list[Timing]:
    """The timing of each quantity from the periods of its own sentence; no period where none is linked."""
    times = [period for period in periods if period.role in ("time", "deadline")]
    listed = respectively(text, quantities, times) or alternating(text, quantities, times)
    if not listed:
        periods = joined(text, periods)
        times = [period for period in periods if period.role in ("time", "deadline")]
    beside = [
        listed.get(index)
        or _beside(text, quantity, times, quantities)
        or _right_before(text, quantity, periods)
        for index, quantity in enumerate(quantities)
    ]
    read = Read(text, quantities, periods, [period for period in beside if period is not None])
    found = [
        _timing(read, quantity, near, _base(text, periods, quantities, index, growth=growth), growth=growth)
        for index, (quantity, near, growth) in enumerate(zip(quantities, beside, growths, strict=True))
    ]
    found = _shared(text, quantities, _compared(text, quantities, found, growths), periods)
    return _reached(text, quantities, found)


def _compared(
    text: str, quantities: Sequence[Quantity], timings: list[Timing], growths: Sequence[bool]
) -> list[Timing]:
    """`12% hoger dan de 900 van 2018`: a growth is compared with the time of the number behind `dan`."""
    for index, following in enumerate(timings[1:]):
        gap = text[quantities[index].numeral.end : quantities[index + 1].numeral.start]
        alone = growths[index] and not growths[index + 1]  # `met 4%, tegen 3% in 2019`
        if alone and timings[index].base_period is None and link("than").search(gap):
            timings[index] = timings[index]._replace(base_period=following.period)
    return timings


def _shared(
    text: str, quantities: Sequence[Quantity], timings: list[Timing], periods: Sequence[Period]
) -> list[Timing]:
    """`13 vrouwen, 4 mannen en 2 kinderen in 2015`: the period behind a list is that of all its members.

    Where it is the only one of the sentence, so it is for numbers joined more loosely.
    """
    for index in range(len(timings) - 2, -1, -1):
        following = timings[index + 1]
        gap = text[quantities[index].end : quantities[index + 1].numeral.start]
        opens = index == 0 and link("whole").match(text[: quantities[0].numeral.start])
        loosely = link("joined").fullmatch(gap) or (opens and not link("clause").search(gap))
        listed = link("list").fullmatch(gap) or (len(periods) == 1 and loosely)
        if (
            listed
            and not gap.endswith(", van ")  # `met 37%, van 40 in 2014 naar 25 in 2015`
            and not (opens and index == 0 and following.rule.startswith("period.now."))
            and not (link("against").search(gap) or link("part").search(gap))
            and not _says_which(text, quantities[index + 1], periods)
            and timings[index].rule == "period.none"
            and following.rule.endswith((".beside", ".after", ".listed"))
        ):
            timings[index] = following._replace(rule=following.rule.rsplit(".", 1)[0] + ".listed")
    return timings


def _says_which(text: str, quantity: Quantity, periods: Sequence[Period]) -> bool:
    """Whether a period behind a number stands in a clause that says which are meant (`30 die in 2018 …`)."""
    behind = next((period.start for period in periods if period.start >= quantity.end), None)
    return behind is not None and link("which").search(text[quantity.end : behind]) is not None


def _reached(text: str, quantities: Sequence[Quantity], timings: list[Timing]) -> list[Timing]:
    """`groeit tot eind 2024 naar 50`: the level that a change leads to is one at the end of its stretch."""
    for index, (quantity, timing) in enumerate(zip(quantities, timings, strict=True)):
        period = timing.period or ""
        before = text[: quantity.numeral.start]
        if not link("to_level").search(before) or not leads_to(before):
            continue
        first, last = ends_of(timing)
        slash = "/" in period
        until = not first and slash and timing.rule.endswith(".before")
        over = first and timing.rule.startswith(_OVER) and timing.rule.endswith((".before", ".shared"))
        if last and (until or over):
            timings[index] = timing._replace(period=last)
    return timings


def _beside(
    text: str, quantity: Quantity, times: Sequence[Period], others: Sequence[Quantity]
) -> Period | None:
    """The period that follows the number and its noun at once."""
    for period in times:
        if text[quantity.numeral.end : period.start] == " (" and text.startswith(")", period.end):
            return period  # `40 (2017) en 60 (2019) branden`
    if any(quantity.numeral.end < other.numeral.start < quantity.end for other in others):
        return None  # its noun stands behind the next number (`van 40 naar 50 plaatsen in 2019`)
    for period in times:
        gap = text[quantity.end : period.start] if period.start >= quantity.end else None
        gap = gap and link("of_whole").sub("", _CENTS.sub("", gap))
        gap = link("bound").sub(" ", gap) if gap and "/" in (period.value or "") else gap
        if gap is None or link("barrier").search(gap) or not link("adjacent").fullmatch(gap):
            continue
        between = [other for other in others if quantity.end < other.numeral.start <= period.start]
        if between and not (len(between) == 1 and link("of_whole").match(text, quantity.end)):
            return None
        return None if _leads_another(text, period, others) else period
    return None


def _right_before(text: str, quantity: Quantity, periods: Sequence[Period]) -> Period | None:
    """`thans 92`, `2016 (1.300)`, `(2017: 310)`: such a period belongs to the number right behind it only."""
    for index, period in enumerate(periods):
        gap = text[period.end : quantity.numeral.start] if period.end <= quantity.numeral.start else ""
        if period.rule == "period.now" and link("adverb").fullmatch(gap):
            year = periods[index - 1] if index else period
            so_far = (
                text[period.start :].startswith("tot ") and year.role in ("time", "deadline") and year.value
            )
            told = so_far and _SOON.fullmatch(text[year.end : period.start])
            return year if told else period  # `in 2018 zijn er tot nu toe 30`
        if link("put_by").fullmatch(gap) and _is_put_in(text, period):
            return period
        labelled = gap == ": " and period.role == "time"
        if labelled and period.rule in _YEARS and link("entry").search(text[: period.start]):
            return period
        if link("opened").fullmatch(gap) and period.value and period.value.endswith("/"):
            return period._replace(value=period.value[:-1])  # `sinds 2015 (1.300)`: the level of then
        if link("opened").fullmatch(gap) or (gap == ": " and _ENTRY.search(text[: period.start])):
            return period
    return None


def _is_put_in(text: str, period: Period) -> bool:
    """Whether a time of before and its number stand between commas: it is of that number alone."""
    return (
        link("put_in").search(text[: period.start]) is not None
        and link("still").match(text, period.end) is not None
    )


def _leads_another(text: str, period: Period, others: Sequence[Quantity]) -> bool:
    """Whether the next number stands right behind the period (`in 2013 202 meldingen`, `(2011: 993)`)."""
    gaps = [text[period.end : other.numeral.start] for other in others if other.numeral.start >= period.end]
    return bool(gaps) and gaps[0] in ("", " ", ": ", ": € ", " € ")


def _base(
    text: str, periods: Sequence[Period], quantities: Sequence[Quantity], index: int, *, growth: bool
) -> str | None:
    """What a growth is compared with: the nearest comparison behind it, else the nearest before it.

    One before it that stands behind a number of its own is that number's, if this one has a time of its own.

    A percentage that is no growth (`97% herstel ten opzichte van 2019`) has the one close behind it.
    """
    quantity = quantities[index]
    bases = [period for period in periods if period.role == "base"]
    after = [period for period in bases if period.start >= quantity.numeral.start]
    after = [period for period in after if not _is_of_next_clause(text, quantities[index:], period)]
    before = [period for period in bases if period.end <= quantity.numeral.start]
    if not after + before:
        return None
    bases = before + after
    nearest = after[0] if after else bases[-1]
    if not after:
        between = [each for each in periods if nearest.end <= each.start < quantity.numeral.start]
        ends = [each.end for each in quantities[:index] if each.end <= nearest.start]
        own = ends and link("next").search(text[ends[-1] : nearest.start]) is None
        onto = text.startswith(" op ", nearest.end)  # `van 2016 op 2017 met 5% en in 2018 met 7%`
        if (own and between) or (onto and len(between) > 1):
            return None
    if after and len(bases) > len(after):
        last = before[-1]  # `ten opzichte van 2018 verdubbeld en in 2020 …`
        own = not link("cut").search(text[last.end : quantity.numeral.start])
        if own and link("joins").search(text[quantity.numeral.end : nearest.start]):
            nearest = last
    gap = text[quantity.numeral.end : nearest.start]
    close = (quantity.unit == "percent" and link("close").fullmatch(gap)) or link("more_than").match(gap)
    return nearest.value if growth or close else None


def _is_of_next_clause(text: str, quantities: Sequence[Quantity], base: Period) -> bool:
    """Whether a comparison stands behind a semicolon, beside a number that is compared there."""
    end = text.find(";", quantities[0].end, base.start)
    return end >= 0 and any(each.numeral.start > end for each in quantities)


def _is_whole(text: str, quantity: Quantity, period: Period, base: str | None) -> bool:
    """Whether a period that another number has holds for this one too: as its whole's, or in a comparison."""
    if link("part").search(text[period.end : quantity.numeral.start]) or base is not None:
        return True
    opening = _NUMBER.search(text)
    return (
        opening is not None
        and opening.start() < period.start
        and link("whole").search(text[: opening.start()]) is not None
    )


def _is_multiple_of(text: str, quantity: Quantity, period: Period) -> bool:
    """`het dubbele van eind 2017`: the period is that of what is doubled."""
    return quantity.numeral.form == "growth" and text[quantity.numeral.end : period.start].strip() == "van"


def _then(text: str, quantity: Quantity, periods: Sequence[Period]) -> Period | None:
    """The period just before `toen`: what a figure was compared with is told of here."""
    before = [period for period in periods if period.end <= quantity.numeral.start]
    if len(before) > 1 and text.startswith("toen", before[-1].start):
        before = before[:-1]  # `toen`, which may be read as a time itself
    then = link("then").match(text, before[-1].end) if before else None
    if then is None or re.search(r",(?! \d)", text[then.end() : quantity.numeral.start]):
        return None
    return before[-1]


def _timing(read: Read, quantity: Quantity, near: Period | None, base: str | None, *, growth: bool) -> Timing:
    text, times, taken = read.text, read.times, read.taken
    if near is not None and _is_multiple_of(text, quantity, near):
        base, near = near.value, None
    if near is not None:
        return Timing(near.value, base, 1.0, near.rule + ".beside")
    then = _then(text, quantity, read.periods)
    if then is not None:
        since = then.value if (then.value or "").startswith("/") else (then.value or "").rstrip("/")
        return Timing(since or None, base, 0.9, then.rule + ".then")  # `sinds 2012, toen er 40 waren`
    before = [period for period in times if period.end <= quantity.numeral.start]
    following = _following(read, quantity)
    if following is not None and (
        not before
        or _is_cut(text, before[-1], quantity, following)
        or (before[-1] in taken and link("that").match(text[quantity.end : following.start]))
    ):
        return Timing(following.value, base, 0.85, following.rule + ".after")
    if not growth and is_level_of_then(text[: quantity.numeral.start]):
        return Timing(None, base, 0.8, "period.of_then")  # of another time than what is compared with it
    before = [period for period in before if not _is_shut(read, period, quantity)] or before
    if before:
        return _from_before(read, quantity, before, base, growth=growth)
    return Timing(None, base, 0.8 if any(each not in taken for each in times) else 1.0, "period.none")


def _is_shut(read: Read, period: Period, quantity: Quantity) -> bool:
    """Whether a period stands in a bracket with its own number, before this one (`(2016: 30), 12`)."""
    bracket = read.text.rfind("(", 0, period.start)
    if period not in read.taken or read.text.rfind(")", 0, period.start) > bracket or bracket < 0:
        return False
    return read.text.find(")", period.end, quantity.numeral.start) >= 0


def _is_cut(text: str, before: Period, quantity: Quantity, following: Period) -> bool:
    """Whether a comma parts the number from the period before it, and none from the one behind it."""
    behind = text[quantity.end : following.start]
    if before.rule == "period.now" and following.rule != "period.now":
        return link("other").search(behind) is None  # `momenteel 4 miljoen voor 2021`: the year says more
    return (
        link("cut").search(text[before.end : quantity.numeral.start]) is not None
        and link("cut").search(behind) is None
    )


def _has_number(read: Read, period: Period) -> bool:
    """Whether a number stands behind a period, with nothing that ends a clause or an entry between them."""
    starts = (other.numeral.start for other in read.quantities)
    behind = next((start for start in starts if start >= period.end), None)
    return behind is not None and _ENDS.search(read.text[period.end : behind]) is None


def _following(read: Read, quantity: Quantity) -> Period | None:
    """The first period behind the number in its clause, with no other figure's number between."""
    text = read.text
    after = next((period for period in read.times if period.start >= quantity.end), None)
    if after is None or after in read.taken:
        return None
    gap = text[quantity.end : after.start]
    if link("from_then").fullmatch(gap):
        return after  # `20 plaatsen, die per 2018 opengaan`
    if gap.startswith(",") and link("apposed").search(text[: quantity.numeral.start]):
        return None
    if link("clause").search(gap) or _NUMBER.search(gap) or _is_of_next(read, quantity, after):
        return None
    if quantity.unit == "euro" and _is_spent(read, quantity, after):
        return None
    if link("opens").search(gap) and _has_number(read, after):
        return None
    other = link("of_other").search(gap)  # `bij 40 zaken ging het om huizen die in 2018 …`
    if other is not None and (tells_of_now(gap[: other.start()]) or is_past_tense(gap[: other.start()])):
        return None
    return None if "," in gap and link("relative").search(text[: quantity.numeral.start]) else after


def _is_spent(read: Read, quantity: Quantity, period: Period) -> bool:
    """Whether a period is that in which a part of a sum went (`Van de € 9 miljoen is in 2019 € 4 op`)."""
    behind = (each for each in read.quantities if each.numeral.start >= period.end)
    opens = link("out_of").search(read.text[: quantity.numeral.start])
    return opens is not None and any(each.unit == "euro" for each in behind)


def _is_of_next(read: Read, quantity: Quantity, period: Period) -> bool:
    """Whether a period behind `en` is that of what is told there, by its verb or by a number right behind it.

    So `telt 40 plaatsen en groeit in 2023`, `30 zaken en in 2018 was …`, `kreeg er 30 en opent in 2021 20`.
    """
    text = read.text
    joint = text.rfind(" en ", quantity.end, period.start)
    if joint < 0:
        return False
    following = (each.numeral.start for each in read.quantities if each.numeral.start >= period.end)
    if (start := next(following, None)) is not None and link("level").fullmatch(text, period.end, start):
        return True
    fronted = link("and").fullmatch(text, joint, period.start)
    verb = _WORD.match(text, period.end) if fronted else None
    own = text[joint : verb.end() if verb else period.end]
    told = tense(own) == "future" or is_past_tense(own, perfect=False)
    return told or tells_of_now(own) or leads_to(own)


def _from_before(
    read: Read, quantity: Quantity, before: Sequence[Period], base: str | None, *, growth: bool
) -> Timing:
    """The nearest period before the number, unless it is another number's alone."""
    text, taken = read.text, read.taken
    nearest = _stated(text, before)
    if _compete(text, before, taken):
        return Timing(None, base, 0.6, "period.competing")
    if growth and nearest.rule == "period.year_before" and text[: nearest.start]:
        return Timing(None, nearest.value, 0.9, "period.compared")
    other = nearest.rule != "period.now" and _tells_of_another(text, nearest, quantity)
    other = other or _is_after(read, nearest, quantity) or _is_of_aside(read, nearest, quantity)
    if other or link("by_the_way").search(text[nearest.end : quantity.numeral.start]):
        return Timing(None, base, 0.6, "period.of_then")
    if nearest in taken and not _is_whole(text, quantity, nearest, base):
        free = [period for period in before if period not in taken]
        put_in = text[nearest.start - 1 : nearest.start] == "(" or _is_put_in(text, nearest)
        exclusive = nearest.rule == "period.now" or put_in
        if len(free) == 1 and exclusive:
            return Timing(free[0].value, base, 0.9, free[0].rule + ".before")
        joined = nearest.rule == "period.now" and " en " in text[nearest.end : quantity.numeral.start]
        between = text[nearest.end : quantity.numeral.start]
        as_well = link("as_well").search(between) or link("restates").search(between)
        if (as_well and not put_in) or _is_of_change(read, nearest, between):
            return Timing(nearest.value, base, 0.7, nearest.rule + ".shared")
        if (exclusive and not joined) or link("elsewhen").search(between):
            moved = _moved_in(text, nearest, free, between)
            lent = Timing(None, base, 0.7, "period.lent")
            return Timing(moved.value, base, 0.8, moved.rule + ".before") if moved else lent
        return Timing(nearest.value, base, 0.7, nearest.rule + ".shared")
    competing = len({period.value for period in before if period not in taken}) > 1
    return Timing(nearest.value, base, 0.9 if competing else 1.0, nearest.rule + ".before")


def _moved_in(text: str, first: Period, free: Sequence[Period], between: str) -> Period | None:
    """The year in which something moved from the level of another (`steeg in 2022 van 14 in 2020 naar 9`)."""
    year = free[-1] if len(free) == 1 and not _ENDS.search(between) else None
    if year is None or year.role != "time" or not _YEAR.fullmatch(f"{year.value} {first.value}"):
        return None
    told = text[year.end : first.start]
    later = (year.value or "") > (first.value or "") and link("to_level").search(between)
    led = link("from_level").search(told) and leads_to(text[: first.start])
    return year if later and led and not link("not_moved").search(told) else None


_YEAR = re.compile(r"\d{4} \d{4}")


def _is_of_change(read: Read, period: Period, between: str) -> bool:
    """Whether the time of a multiplication is that of its levels too (`verdubbelde in 2019 van 3 naar 6`)."""
    has = [each for each in read.quantities if each.end <= period.start]
    changed = bool(has) and has[-1].numeral.form == "growth"
    return changed and period.rule != "period.now" and link("from_to").fullmatch(between) is not None


def _is_after(read: Read, period: Period, quantity: Quantity) -> bool:
    """Whether a number is of a time behind that of the one before it (`€ 3 miljoen, daarna € 1 miljoen`)."""
    ends = [each.end for each in read.quantities if period.end <= each.numeral.start < quantity.numeral.start]
    return bool(ends) and link("after_that").search(read.text[ends[-1] : quantity.numeral.start]) is not None


def _compete(text: str, before: Sequence[Period], taken: Sequence[Period]) -> bool:
    """`In 2014 en 2018 waren er 40`: two times that aren't one stretch, and one number for both."""
    if len(before) < 2 or before[-1] in taken or before[-2].value == before[-1].value:
        return False
    first, last = before[-2].value, before[-1].value
    if first is None or last is None or holds(first, last.partition("/")[0]):
        return False  # `een jaar terug, op 5 mei 2018`
    return link("either").fullmatch(text[before[-2].end : before[-1].start]) is not None


def _tells_of_another(text: str, period: Period, quantity: Quantity) -> bool:
    """Whether the number stands in a clause of its own that tells of now, where the period's told of then.

    So `groeide in 2022 naar 50, maar kampt met 8 vacatures`, and `daalde in 2022, maar 40 wachten nog`.
    """
    between = text[period.end : quantity.numeral.start]
    turns = [(turn.start(), turn.end()) for turn in link("turns").finditer(between)]
    fronted = None if turns else link("fronted").match(text[: quantity.numeral.start])
    if fronted is not None and fronted.end() > period.end:
        turns = [(fronted.end() - period.end,) * 2]
    aside = None if turns else _aside_around(text, period, quantity)
    if aside is not None:
        turns = [(aside - period.end,) * 2]
    if not turns:
        return False
    start, cut = (period.end + at for at in turns[-1])
    end = _ENDS.search(text, quantity.end)
    own, other = text[cut : end.start() if end else len(text)], text[:start]
    if tense(other) == "future" and _isnt_of_plan(own):
        return True
    if (
        (fronted is None and _is_elliptic_share(text, quantity))
        or link("refers").match(own)
        or is_of_that(own)
        or is_past_tense(own)
        or not is_past_tense(other)
    ):
        return False
    return tells_of_now(own)


def _aside_around(text: str, period: Period, quantity: Quantity) -> int | None:
    """Where a relative clause ends that holds a period, before the number (`die in 2018 begon, kost 40`)."""
    asides = link("aside").finditer(text, 0, quantity.numeral.start)
    return next((each.end() for each in asides if each.start() < period.start < each.end()), None)


def _is_of_aside(read: Read, period: Period, quantity: Quantity) -> bool:
    """Whether a time is that of a number with it in a relative clause that ends before the one asked about.

    `De kosten, die in 2018 op 3 miljoen uitkwamen, stijgen naar 5 miljoen.`
    """
    end = _aside_around(read.text, period, quantity)
    if end is None or link("part").search(read.text[end : quantity.numeral.start]) is not None:
        return False  # `, die in 2018 30 mannen opnam, onder wie 12 zeelieden`
    return any(period.end <= each.numeral.start < end for each in read.quantities)


def _isnt_of_plan(own: str) -> bool:
    """Whether a clause beside that of a plan tells of what was or, as its words say, of what is so far."""
    if tense(own) == "future":
        return False
    if tells_of_now(own) and link("so_far").search(own):
        return True
    was = is_past_tense(own, perfect=False) or (link("has_done").search(own) and is_past_tense(own))
    return bool(was) and not is_of_that(own) and link("refers").match(own) is None


def _is_elliptic_share(text: str, quantity: Quantity) -> bool:
    """Whether a part has no whole of its own: `er waren 40 zaken; zeven op de tien lopen nog`."""
    return (
        quantity.unit == "percent"
        and quantity.numeral.form != "growth"
        and not names_whole(text[quantity.end :])
    )


def _stated(text: str, before: Sequence[Period]) -> Period:
    """The nearest period, but a year rather than the `nu` of `voor 2023 gaan wij nu uit van`."""
    nearest = before[-1]
    if nearest.rule == "period.now" and len(before) > 1:
        between = text[before[-2].end : nearest.start]
        if before[-2].value is not None and not link("cut").search(between) and not _NUMBER.search(between):
            return before[-2]
    return nearest
