"""Which files are forms of one letter, and which texts its vintages, whatever the order of the files."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.vintages import PLACED, Form, placed

SEEN = datetime.fromisoformat("2026-11-01")
MAY, JUNE, JULY = (datetime.fromisoformat(f"2013-{month}-03") for month in ("05", "06", "07"))
SCHEMA = {
    "form_id": pl.String,
    "identifier": pl.String,
    "format": pl.String,
    "words": pl.String,
    "letter_date": pl.Date,
    "provider": pl.String,
    "modified": pl.Datetime("us"),
    "first_seen": pl.Datetime("us"),
}


def a_form(form_id: str, form: str = "txt", words: str | None = None, **facts: Any) -> dict[str, Any]:
    """A form with words of its own unless others are named."""
    known = {"identifier": "kst-28638-75", "letter_date": date(2013, 5, 3), "first_seen": SEEN}
    modified = {"provider": "sru"} if "modified" in facts else {}
    return {"form_id": form_id, "format": form, "words": words or form_id} | known | modified | facts


def places(forms: list[dict[str, Any]]) -> list[list[str]]:
    """The forms by letter and vintage, that in use first."""
    found = placed(pl.DataFrame(forms, schema=SCHEMA))
    assert found.schema == PLACED
    assert found["form_id"].to_list() == sorted(form["form_id"] for form in forms)
    by_letter: dict[tuple[str, int], list[str]] = {}
    ordered = found.sort("vintage", "letter_id", pl.col("in_use").not_(), "form_id")
    for form_id, letter_id, in_use, vintage in ordered.iter_rows():
        by_letter.setdefault((letter_id, vintage), []).append(form_id)
        assert in_use == (form_id == letter_id)
    return list(by_letter.values())


CASES: dict[str, tuple[list[dict[str, Any]], list[list[str]]]] = {
    "a letter alone": ([a_form("a")], [["a"]]),
    "two letters": ([a_form("a"), a_form("b", identifier="kst-28638-76")], [["a"], ["b"]]),
    "the better form is in use": (
        [
            a_form("a", "txt"),
            a_form("b", "pdf"),
            a_form("c", "html"),
            a_form("d", "xml"),
            a_form("e", "docx"),
        ],
        [["d", "a", "b", "c", "e"]],
    ),
    "identifiers of other cases": (
        [a_form("a", "pdf"), a_form("b", "xml", identifier="KST-28638-75")],
        [["b", "a"]],
    ),
    "the same words": ([a_form("a", words="w"), a_form("b", words="w")], [["a", "b"]]),
    "the same words, one of them known by its sidecar": (
        [a_form("a", words="w"), a_form("b", words="w", modified=MAY)],
        [["b", "a"]],
    ),
    "the same words without a name": (
        [a_form("a", words="w", identifier=None), a_form("b", words="w"), a_form("c", identifier=None)],
        [["b", "a"], ["c"]],
    ),
    "nameless, the same words": (
        [a_form("a", words="w", identifier=None), a_form("b", words="w", identifier=None)],
        [["a", "b"]],
    ),
    "issued again": ([a_form("a", modified=JUNE), a_form("b", modified=MAY)], [["b"], ["a"]]),
    "issued again in another form": (
        [a_form("a", "xml", modified=MAY), a_form("b", "pdf", modified=JUNE)],
        [["a"], ["b"]],
    ),
    "two forms issued at a time": (
        [
            a_form("a", "pdf", modified=MAY),
            a_form("b", "xml", modified=MAY),
            a_form("c", "xml", modified=JUNE),
        ],
        [["b", "a"], ["c"]],
    ),
    "issued again with the same words": (
        [a_form("a", words="w", modified=MAY), a_form("b", words="w", modified=JUNE)],
        [["a", "b"]],
    ),
    "issued again as it was first": (
        [
            a_form("a", words="w", modified=MAY),
            a_form("b", modified=JUNE),
            a_form("c", words="w", modified=JULY),
        ],
        [["b"], ["a", "c"]],
    ),
    "the same form with other words": (
        [a_form("a", letter_date=date(2013, 5, 4)), a_form("b")],
        [["b"], ["a"]],
    ),
    "the same form with other words, seen later": (
        [a_form("a", first_seen=datetime.fromisoformat("2026-11-02")), a_form("b")],
        [["b"], ["a"]],
    ),
    "a form of unknown issue stands for the newest text": (
        [a_form("a", "xml", modified=MAY), a_form("b", "xml", modified=JUNE), a_form("c", "txt")],
        [["a"], ["b", "c"]],
    ),
    "a text of unknown issue is older than what was issued again": (
        [a_form("a", "xml", modified=MAY), a_form("b", "xml")],
        [["b"], ["a"]],
    ),
    "a text of unknown issue that bears a later day is newer": (
        [a_form("a", "xml", modified=MAY), a_form("b", "xml", letter_date=date(2013, 6, 1))],
        [["a"], ["b"]],
    ),
    "two clocks": (
        [a_form("a", "xml", modified=MAY), a_form("b", "pdf", modified=JULY, provider="odata")],
        [["a", "b"]],
    ),
    "two clocks, of which the other tells of more texts": (
        [
            a_form("a", "xml", modified=MAY),
            a_form("b", "pdf", modified=JUNE, provider="odata"),
            a_form("c", "pdf", modified=JULY, provider="odata"),
        ],
        [["a", "b"], ["c"]],
    ),
    "an unknown form": ([a_form("a", "wpd"), a_form("b", "txt")], [["b", "a"]]),
    "none": ([], []),
}


@pytest.mark.parametrize(("forms", "expected"), CASES.values(), ids=list(CASES))
def test_forms_and_vintages(forms: list[dict[str, Any]], expected: list[list[str]]) -> None:
    assert places(forms) == expected
    assert places(forms[::-1]) == expected


FORMS = st.lists(
    st.fixed_dictionaries(
        {
            "identifier": st.sampled_from(["kst-1", "kst-1", "KST-1", "kst-2", None]),
            "format": st.sampled_from(["xml", "html", "pdf", "txt"]),
            "words": st.sampled_from("uvwx"),
            "letter_date": st.sampled_from([None, date(2013, 5, 3), date(2013, 5, 4)]),
            "provider": st.sampled_from(["sru", "odata", None]),
            "modified": st.sampled_from([None, MAY, JUNE, JULY]),
            "first_seen": st.just(SEEN),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(forms=FORMS, order=st.randoms(use_true_random=False))
def test_no_order_matters_and_no_form_is_lost(forms: list[dict[str, Any]], order: Any) -> None:
    named = [form | {"form_id": f"{number}"} for number, form in enumerate(forms)]
    found = places(named)
    assert sorted(form_id for letter in found for form_id in letter) == [form["form_id"] for form in named]
    order.shuffle(named)
    assert places(named) == found
    of = {form["form_id"]: Form(**form) for form in named}
    for used, *others in found:
        assert all(of[used].rank <= of[other].rank for other in others)
    words = {(letter[0], of[form_id].words) for letter in found for form_id in letter}
    named_words = {(of[used].words, str(of[used].identifier).lower()) for used, _ in words}
    assert len(named_words) <= len(found)
