"""Statements of time in SDMX / ISO 8601 notation."""

import re
from datetime import date

import pytest
from case_files import CASES, Case, cases, entries, stated
from hypothesis import given
from hypothesis import strategies as st

from transforms.notation import is_future, is_past, year_of
from transforms.periods import Before, is_bare_count, periods
from transforms.vocabulary import words

MONTHS = ["januari", "februari", "maart", "april", "mei", "juni"]
MONTHS += ["juli", "augustus", "september", "oktober", "november", "december"]
POINT = r"\d{4}(?:-(?:S[12]|Q[1-4]|W\d\d|\d\d(?:-\d\d)?))?"
NOTATION = re.compile(rf"{POINT}(?:/(?:{POINT})?)?|/{POINT}")


@pytest.mark.parametrize("case", cases("periods"))
def test_a_statement_of_time_is_read(case: Case) -> None:
    found = periods(case["text"], case.get("date"), Before(case.get("spoken"), reported=case.get("reported")))

    assert [{"value": stated(each.value), "role": each.role} for each in found] == [
        {"role": "time", **period} for period in case["periods"]
    ]


def test_every_reading_has_a_case() -> None:
    used = {
        period.rule
        for case in entries(CASES / "periods.toml")
        for period in periods(
            case["text"], case.get("date"), Before(case.get("spoken"), reported=case.get("reported"))
        )
    }

    readings = {f"period.{entry['read']}" for entry in words("periods")["period"]}
    assert used == readings | {"period.stretch", "period.stretch_of_school"}


@given(st.dates(date(1945, 1, 1), date(2044, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    (period,) = periods(f"Op {day.day} {MONTHS[day.month - 1]} {day.year} waren er zaken.", None)

    assert period.value == day.isoformat()


@given(
    st.dates(date(1945, 1, 1), date(2044, 12, 31)),
    st.sampled_from(["in {} kwamen zaken", "eind {}", "sinds {}", "week 3 van {}"]),
)
def test_values_are_in_the_notation(day: date, text: str) -> None:
    for period in periods(text.format(day.year), day):
        assert period.value is not None
        assert NOTATION.fullmatch(period.value)


@given(st.text(alphabet="0123456789 -–/.,%€injarvogedtw", max_size=60), st.none() | st.dates())
def test_any_text_gives_values_in_the_notation(text: str, day: date | None) -> None:
    for period in periods(text, day):
        assert 0 <= period.start < period.end <= len(text)
        assert period.value is None or NOTATION.fullmatch(period.value)


@pytest.mark.parametrize(
    ("value", "past", "future"),
    [
        ("2018", True, False),
        ("2019", False, False),
        ("2020", False, True),
        ("2018/2020", False, False),
        ("2019-02", True, False),
        ("2019-03", False, False),
        ("2019-S2", False, True),
        ("2018-Q4", True, False),
        ("2019-W20", False, True),
        ("2019-03-12", True, False),
        ("2019-03-13", False, True),
        ("2018/", False, False),
        ("2020-07/", False, True),
        ("/2018", True, False),
        (None, False, False),
    ],
)
def test_a_period_lies_before_or_behind_the_letter(value: str | None, past: bool, future: bool) -> None:
    letter_date = date(2019, 3, 12)

    assert is_past(value, letter_date) == past
    assert is_future(value, letter_date) == future


def test_without_a_date_nothing_is_past_or_future() -> None:
    assert not is_past("2001", None)
    assert not is_future("2031", None)


@pytest.mark.parametrize(
    ("value", "year"),
    [("2011", 2011), ("2014/2018", 2018), ("2014/", None), ("/2016", 2016), ("2012-S1", 2012), (None, None)],
)
def test_the_year_of_a_period(value: str | None, year: int | None) -> None:
    assert year_of(value) == year


@pytest.mark.parametrize(
    ("text", "bare"), [("Er zijn 2000 plaatsen", True), ("Er kwamen in 2000 plaatsen bij", False)]
)
def test_a_year_like_count_is_told_from_a_year(text: str, bare: bool) -> None:
    (period,) = periods(text, None)

    assert is_bare_count(text, period) == bare
