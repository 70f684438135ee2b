"""The dashboard in a real browser, on real files: what people see, click and are protected from.

What takes longer is in test_browser_long.py. A page costs a browser a second: each is opened once.
"""

import http.client
import re
from pathlib import Path

import duckdb
from browsing import Reader, Show, answer, take_picture
from small_letters import inbox_of, letter

from benchmarks.dashboard import CHART
from flows import pipeline
from flows.settings import settings

#: What pages of figures have of the samples at first: stated, and derived, which is rounded for people.
FIGURES = {
    "victims": (
        "SELECT period, value FROM victim_counts"
        " WHERE measure = 'trafficking_victims' AND population = 'total'",
        "SELECT period, round(value) FROM derived_figures"
        " WHERE measure = 'trafficking_victims' AND population = 'total' AND kind = 'count'",
    ),
    "growth": (
        "SELECT period, if(direction = 'decrease', -value, value) FROM growth_percentages"
        " WHERE measure = 'trafficking_victims' AND population = 'total'",
        "SELECT period, round(value, 1) FROM derived_figures"
        " WHERE measure = 'trafficking_victims' AND population = 'total' AND kind = 'growth'",
    ),
    "capacity": (
        "SELECT period, value FROM stated_figure WHERE measure = 'shelter_places'"
        " AND population = 'setting=trafficking' AND kind = 'capacity'",
        "SELECT period, value FROM derived_figures WHERE measure = 'shelter_places'"
        " AND population = 'setting=trafficking'",
    ),
}


def test_what_is_published_shows_by_itself(reader: Reader, no_warehouse: Path, tmp_path: Path) -> None:
    warehouse = no_warehouse
    reader.open(lang="en", heading="There is nothing to show yet")
    assert "let a nightly run make it" in reader.page.get_by_role("alert").inner_text()
    inbox = inbox_of(tmp_path / "inbox", a=letter())
    chosen = settings(inbox=inbox, warehouse=warehouse, keep_versions=1, workers=1)
    pipeline.run(chosen)
    reader.whole("Kamercijfers")
    tile = reader.page.locator(".tiles li").first
    assert tile.inner_text().split() == ["1", "letters"]
    inbox_of(inbox, b=letter(number=13, year=2023, victims=868))
    pipeline.run(chosen)
    reader.page.locator(".version", has_text=warehouse.resolve().stem).wait_for()
    reader.page.locator(".tiles li", has_text=re.compile(r"^\s*2\s*letters")).wait_for()


def test_every_page_shows_what_sql_gives(reader: Reader, sample: Path) -> None:
    reader.open("overview", lang="en")
    tiles = reader.page.locator(".tiles li").evaluate_all(
        "all => all.map(one => one.innerText.split('\\n')[0])"
    )
    relations = (
        "letter", "claim", "victim_counts", "growth_percentages", "capacity_figures", "policy_targets",
        "discrepancies_latest", "rejected_letter",
    )  # fmt: skip
    counted = {name: answer(sample, f"SELECT count(*) FROM {name}")[0][0] for name in relations}
    assert tiles == list(map(str, counted.values()))
    for page, queries in FIGURES.items():
        reader.open(page, lang="en")
        at = 2 if page == "growth" else 1
        shown = [(row[0], float(re.sub(r"[^-\d.]", "", row[at]))) for row in reader.rows("The figures")]
        asked = [row for query in queries for row in answer(sample, query)]
        assert asked
        assert sorted(shown) == sorted(asked)  # type: ignore[type-var]
    reader.open("contradictions", lang="en")
    pairs = reader.page.locator("article.pair")
    assert pairs.count() == counted["discrepancies_latest"]
    assert pairs.first.locator(".sides > div").count() == 2
    assert pairs.first.locator("blockquote mark").count() >= 2
    reader.open("letter", lang="en")
    assert len(reader.rows("Letters")) == counted["letter"]
    reader.open("coverage", lang="en")
    assert len(reader.rows("Files set aside")) == counted["rejected_letter"]
    reader.open("sql", lang="en", query="SELECT%20'%3D1%2B1'%20AS%20formula")
    assert reader.rows("Answer") == [["=1+1"]]


def test_a_click_on_1222_shows_its_sentence_with_the_number_marked(reader: Reader, sample: Path) -> None:
    reader.open("victims", lang="en")
    point = reader.page.locator(
        f'{CHART} path[aria-label^="2011, 1,222 persons, total, realised"][aria-label*="newest"]'
    )
    point.hover()
    assert "1.222" in reader.page.locator("#vg-tooltip-element").inner_text()  # the quote
    assert reader.serious() == []
    point.click()
    looked_at = reader.page.locator(".looked-at")
    looked_at.wait_for()
    assert looked_at.locator("blockquote mark").inner_text() == "1.222"
    assert "slachtoffers" in looked_at.locator("blockquote").inner_text()
    marked = reader.page.locator(".letter a.selected")
    assert marked.inner_text() == "1.222"
    assert "Standing: realised" in (marked.get_attribute("title") or "")
    assert "claim=" in reader.page.url
    take_picture(reader, "figure")
    assert reader.serious() == []


def test_letters_show_as_text_whatever_they_hold(reader: Reader, show: Show, hostile: Path) -> None:
    show(hostile)
    reader.open("letter", lang="nl")
    reader.page.locator("td a").first.click()
    shown = reader.page.locator(".letter")
    shown.wait_for()
    text = shown.inner_text()
    for hostile_text in (
        "<script>window.taken = 1</script>", "<b>CoMensha</b>", '<img src="https://evil.example/x.png"',
        "**vette**", "[hier](https://evil.example)", ":red[rood]", "$x^2$", "`code`", "    # Geen kop",
        "</div></article><h1>", "&lt;i&gt;", "{{ 7*7 }}", "\N{REPLACEMENT CHARACTER}gedraaid",
    ):  # fmt: skip
        assert hostile_text in text
    assert reader.page.locator(".letter :is(script, img, b, h1, strong, code, .katex)").count() == 0
    assert reader.page.evaluate("window.taken") is None
    reader.page.locator(".letter a.claim").first.click()
    assert reader.page.locator(".looked-at mark").inner_text() == "812"


def test_nobody_else_is_let_in(dashboard: str, sample: Path) -> None:
    host = dashboard.removeprefix("http://")
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    for wrong in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request("GET", "/_stcore/stream", headers=upgrade | {"Origin": dashboard} | wrong)
        assert connection.getresponse().status == 403
        connection.close()


def test_a_file_is_not_held(dashboard: str, sample: Path) -> None:
    # Whoever looked before is gone, and no connection is left.
    with duckdb.connect(sample.resolve(), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM letter").fetchone()
