"""The composed letters, written in a form and read back, state what they state as texts."""

from collections.abc import Callable
from functools import partial

import pytest
from case_files import CASES, Case
from case_files import entries as entries_of
from letter_model import Model, agreement, claim_keys, composed_letters, model_in, model_of, read_back
from whole_letters import DATE, letter
from write_docx import as_docx
from write_html import as_official_page, as_plain_page
from write_odt import as_odt
from write_pdf import LAYOUTS, as_pdf
from write_xml import as_kamerstuk, as_kamerwrk

from transforms.formats.parts import Part

WRITERS = [as_kamerstuk, as_kamerwrk, as_official_page, as_plain_page, as_docx, as_odt]
#: Tables of which a text doesn't tell all, so that they can't be written with cells.
UNTOLD = (
    "quarters with their year above them",
    "a column fewer than heads",
    "a year and a number a row below no heads",
    "a dash between a year and its number",
    "years and numbers of things below no heads",
    "years and about so many of them below no heads",
    "sums in millions by a bracket, of a word above the years",
    "a digit behind the last cell may be a note's number: the row isn't read",
    "what one table is from says nothing of one that stands behind it, or above what stands between them",
    "a title right above rows of a number each says what they count, and nothing of the text behind them",
)
TABLES = [case for case in entries_of(CASES / "tables.toml", "table") if case["why"] not in UNTOLD]

written_in_each_form = pytest.mark.parametrize("written", WRITERS, ids=lambda written: written.__name__)


@written_in_each_form
def test_claims_agree_in_all_fields(written: Callable[[Model], bytes]) -> None:
    assert agreement(written, ".form") >= 0.99


@pytest.mark.parametrize("layout", ["two columns", "wide margin"])
def test_claims_in_print_agree_in_all_fields(layout: str) -> None:
    """The other layouts are left to `make faults`."""
    assert agreement(partial(as_pdf, layout=LAYOUTS[layout]), ".pdf") >= 0.97


@written_in_each_form
def test_cells_of_tables_agree_in_all_fields(written: Callable[[Model], bytes]) -> None:
    for case in TABLES:
        text = letter(case["body"].strip("\n"), case.get("date", DATE))
        expected = claim_keys(read_back(text.encode(), "brief.txt"))

        assert claim_keys(read_back(written(model_of(text)), "brief.form")) == expected, case["why"]


def test_cells_of_printed_tables_agree_in_all_fields() -> None:
    for case in TABLES:
        text = letter(case["body"].strip("\n"), case.get("date", DATE))
        printed = as_pdf(model_of(text), LAYOUTS["wide margin"])

        assert claim_keys(read_back(printed, "brief.pdf")) == claim_keys(
            read_back(text.encode(), "brief.txt")
        ), case["why"]


def test_the_models_hold_notes_lists_and_tables() -> None:
    parts = [part for path in composed_letters() for part in model_in(path)]
    roles = {part.role for part in parts if isinstance(part, Part)}
    cited = [key for part in parts if isinstance(part, Part) for _, key in part.words.cited]

    assert {"head", "heading", "paragraph", "item", "note", "signature"} <= roles
    assert len(cited) > 40
    assert len(TABLES) + sum(not isinstance(part, Part) for part in parts) > 40


@pytest.mark.parametrize("case", TABLES[:3], ids=lambda case: case["why"])
def test_a_table_that_is_changed_is_found_out(case: Case) -> None:
    text = letter(case["body"].strip("\n"), case.get("date", DATE))
    written = as_kamerstuk(model_of(text)).replace(b"2016", b"2010").replace(b"2007", b"2001")

    assert claim_keys(read_back(written, "brief.xml")) != claim_keys(read_back(text.encode(), "brief.txt"))
