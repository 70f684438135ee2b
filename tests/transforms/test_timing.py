"""Which period a figure holds in."""

import pytest

from transforms.linking import timings
from transforms.numerals import numerals
from transforms.periods import periods
from transforms.quantities import quantities
from transforms.timing import Timing, between_levels, inherited, of_pair


def linked(text: str, *, growth: bool = False) -> list[tuple[str | None, str | None]]:
    times = periods(text, None)
    free = numerals(text, lambda start, end: any(each.start < end and start < each.end for each in times))
    found = quantities(text, free)
    return [(each.period, each.base_period) for each in timings(text, found, times, [growth] * len(found))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2011 waren er 30 zaken", ["2011"]),
        ("Er waren 30 zaken in 2011", ["2011"]),
        ("Er waren 30 zaken in 2011 en 40 zaken in 2012", ["2011", "2012"]),
        ("In 2012 waren er 40 zaken, tegen 30 zaken in 2011", ["2012", "2011"]),
        ("In 2011 en 2012 waren er respectievelijk 30 en 40 zaken", ["2011", "2012"]),
        ("Er waren 30 zaken", [None]),
    ],
)
def test_a_figure_holds_in_the_period_beside_it(text: str, expected: list[str | None]) -> None:
    assert [period for period, _ in linked(text)] == expected


def test_a_growth_is_compared_with_its_base() -> None:
    assert linked("In 2012 was dit 12% meer dan in 2011", growth=True) == [("2012", "2011")]


STATED = Timing("2016/2020", None, 1.0, "period.year_range")
NONE = Timing(None, None, 1.0, "period.none")


def test_the_ends_of_a_pair_share_an_interval() -> None:
    assert of_pair(STATED, "from", expected=False, since=False).period == "2016"
    assert of_pair(STATED, "to", expected=False, since=False).period == "2020"


def test_a_plan_says_nothing_of_when_the_level_before_held() -> None:
    planned = STATED._replace(period="2012-07/")

    assert of_pair(planned, "from", expected=True, since=False).period is None
    assert of_pair(planned, "to", expected=True, since=False).period == "2012-07/"


def test_after_since_the_level_before_has_the_year() -> None:
    assert of_pair(STATED._replace(period="2012/"), "from", expected=False, since=True).period == "2012"


def test_what_applies_from_a_day_on_says_nothing_of_the_level_before() -> None:
    assert of_pair(STATED._replace(period="2012/"), "from", expected=False, since=False).period is None


def test_only_a_figure_without_a_period_inherits_one() -> None:
    assert inherited(NONE, "2011").period == "2011"
    assert inherited(NONE, "2011").confidence < NONE.confidence
    assert inherited(STATED, "2011") == STATED
    assert inherited(NONE, None) == NONE


def test_a_change_between_two_levels() -> None:
    compared = between_levels(NONE, "2011", "2014", interval=False)
    over_time = between_levels(NONE, "2011", "2014", interval=True)

    assert (compared.period, compared.base_period) == ("2014", "2011")
    assert (over_time.period, over_time.base_period) == ("2011/2014", None)
