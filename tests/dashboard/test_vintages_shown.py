"""Letters that came in several forms, were issued again or withdrawn, as the pages show them."""

from datetime import date
from pathlib import Path

import pytest
from once import Once
from pages_shown import html, view
from small_letters import letter, told_of

from dashboard.blocks import Figures, Rows
from dashboard.markup import outside
from dashboard.views import coverage, overview, victims
from dashboard.views import letter as letters
from flows import pipeline
from flows.settings import settings
from transforms.sidecars import SUFFIX

BODY = "Volgens CoMensha waren er in {year} in totaal {victims} slachtoffers van mensenhandel."
FIRST = letter(12, victims=812, body=BODY)
AGAIN = letter(12, victims=821, body=BODY)
GONE = letter(13, year=2020, victims=700, body=BODY)


@pytest.fixture(scope="session")
def reissued(once: Once) -> Path:
    """A letter issued again in August 2022, in two forms, and one that was withdrawn."""

    def make(folder: Path) -> None:
        inbox = folder / "inbox"
        inbox.mkdir()
        for name, text, number, modified, withdrawn in (
            ("a.txt", FIRST, "12", "2022-05-04", False),
            ("b.txt", AGAIN, "12", "2022-08-01", False),
            ("c.txt", AGAIN + "\n", "12", "2022-08-01", False),
            ("d.txt", GONE, "13", "2022-09-01", True),
        ):
            (inbox / name).write_text(text, "utf-8")
            (inbox / f"{name}{SUFFIX}").write_bytes(
                told_of(
                    text,
                    number,
                    modified,
                    withdrawn=withdrawn,
                    source_url=f"https://example.org/{number}?a=1&b=2",
                )
            )
        pipeline.run(settings(inbox=inbox, warehouse=folder / "w.duckdb", workers=1))

    return once("reissued", make) / "w.duckdb"


def test_the_overview_counts_each_letter_once(reissued: Path) -> None:
    now = view(reissued).ask("counts", as_of=None).row(0, named=True)
    assert (now["letters"], now["claims"]) == (2, 2)
    assert html(overview.blocks(view(reissued))).count("text 2") == 1
    assert "none set" in html(overview.blocks(view(reissued)))
    asked = dict.fromkeys(("run_id", "dossier", "year", "cites", "words", "as_of"))
    assert len(view(reissued).ask("letters", **asked, every=False)) == 2
    assert len(view(reissued).ask("letters", **asked, every=True)) == 3


@pytest.mark.parametrize(
    ("as_of", "newest", "earlier"),
    [
        (None, {821}, {812, 700}),
        # Of what came as withdrawn nothing tells how long it stood.
        (date(2022, 7, 1), {812}, {700}),
        (date(2022, 8, 2), {821}, {812, 700}),
        (date(2022, 5, 1), set(), set()),
    ],
)
def test_figures_stand_as_their_letters_do(
    reissued: Path, as_of: date | None, newest: set[int], earlier: set[int]
) -> None:
    blocks = list(victims.blocks(view(reissued, as_of)))
    rows = [row for block in blocks if isinstance(block, Rows) for row in block.frame.to_dicts()]
    assert {row["value"] for row in rows if row["is_latest"]} == newest
    assert {row["value"] for row in rows if not row["is_latest"]} == earlier
    drawn = [block.chart.to_dict() for block in blocks if isinstance(block, Figures)]
    assert len(drawn) == bool(rows)
    shown = html(blocks)
    assert ("letter issued again on 1 Aug 2022" in shown) == (812 in earlier)
    assert ("letter withdrawn on" in shown) == (700 in earlier)


def test_a_letter_tells_of_its_texts_forms_and_source(reissued: Path) -> None:
    now = html(letters.blocks(view(reissued, letter="kst-28638-12")))
    assert "821" in now
    assert "<strong>text 2, since 1 Aug 2022</strong>" in now
    assert ">text 1, since 3 May 2022</a>" in now
    assert "stood until" not in now
    assert now.count("<li>txt ") == 2
    assert now.count("(in use)") == 1
    assert 'href="https://example.org/12?a=1&amp;b=2"' in now
    then = html(letters.blocks(view(reissued, date(2022, 7, 1), letter="kst-28638-12")))
    assert "812" in then
    assert "stood until" not in then
    first = view(reissued).ask("letter", letter="kst-28638-12", as_of=date(2022, 7, 1))["letter_id"][0]
    assert "this text stood until 1 Aug 2022" in html(letters.blocks(view(reissued, letter=first)))
    assert "The source withdrew this letter" in html(letters.blocks(view(reissued, letter="KST-28638-13")))


def test_every_page_is_there_before_the_first_letter(reissued: Path) -> None:
    early = view(reissued, date(1990, 1, 1))
    assert "By this day there was no letter yet" in html(overview.blocks(early))
    shown = html(coverage.blocks(early))
    assert "By that day nothing differed yet" in shown
    assert "Nothing matches this selection" in shown


def test_any_form_of_a_letter_leads_to_it(reissued: Path) -> None:
    ask = view(reissued).ask
    newest = ask("letter", letter="kst-28638-12", as_of=None)["letter_id"][0]
    forms = ask("forms_of_letter", letter_id=newest)["form_id"].to_list()
    assert len(forms) == 2
    assert {ask("letter", letter=form, as_of=None)["letter_id"][0] for form in forms} == {newest}


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:a()", "data:text/html,x", "//evil.example", "http://[", "", None],
)
def test_only_addresses_of_the_web_become_links(address: str | None) -> None:
    assert str(outside(address, "x")) == "<span>x</span>"


def test_an_address_is_escaped() -> None:
    shown = str(outside('https://a.example/"><script>', "<b>"))
    assert shown.startswith('<a href="https://a.example/&#34;&gt;&lt;script&gt;"')
    assert shown.endswith(">&lt;b&gt;</a>")


def test_a_rate_is_told_wherever_its_figure_is(reissued: Path) -> None:
    seen = view(reissued)
    it = seen.ask("letter", letter="kst-28638-12", as_of=None)["letter_id"][0]
    (claim,) = seen.ask("claims_of_letter", letter_id=it).to_dicts()
    money = {"value": 15_000_000, "unit": "euro", "precision": "exact", "per": "year", "statistic": None}
    assert letters.figure(claim | money, seen) == "15,000,000 euro per year"
    assert letters.figure(claim | money | {"statistic": "mean"}, seen) == "15,000,000 euro per year (mean)"
    assert letters.figure(claim, seen) == "821 persons"


def test_where_in_the_file_a_figure_stands_is_told(reissued: Path) -> None:
    seen = view(reissued)
    it = seen.ask("letter", letter="kst-28638-12", as_of=None)["letter_id"][0]
    (claim,) = seen.ask("claims_of_letter", letter_id=it).to_dicts()
    assert ("Place in the file", "page=3") in letters.told(claim | {"locator": "page=3"}, seen)
