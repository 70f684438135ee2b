"""A letter's figures are marked where they stand, whatever the text is and however they overlap."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from dashboard.letters import Span, highlighted, part_of, parts
from dashboard.markup import marked, text


def a_span(start: int, end: int, *, name: str = "a", selected: bool = False) -> Span:
    return Span(
        start, end, f"claim-{name}", "claim kind-count", f"title {name}", f"./?claim={name}", selected
    )


def read(shown: str) -> str:
    """What a browser would read out of it."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def test_a_figure_is_marked_where_it_stands() -> None:
    shown = highlighted("Er waren 1.222 slachtoffers.", [a_span(9, 14)])
    assert ">1.222</a> slachtoffers." in shown
    assert shown.startswith('Er waren <span id="claim-a"></span><a ')


def test_of_overlapping_figures_the_shortest_is_on_top_and_hovering_tells_of_all() -> None:
    shown = highlighted("van 100 tot 140 plaatsen", [a_span(4, 24, name="b"), a_span(12, 15, name="a")])
    assert 'href="./?claim=a"' in shown
    assert "title a\ntitle b" in shown
    assert shown.count("<a ") == 3
    assert shown.count("id=") == 2


def test_the_figure_that_is_looked_at_is_on_top() -> None:
    shown = highlighted("100 tot 140", [a_span(0, 11, name="b", selected=True), a_span(8, 11, name="a")])
    assert "./?claim=a" not in shown
    assert shown.count('aria-current="true"') == 2


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\n"), max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6),
    st.integers(0, 20),
)
def test_every_character_is_there_once(letter: str, places: list[tuple[int, int]], start: int) -> None:
    spans = [a_span(*place, name=str(number)) for number, place in enumerate(places)]
    shown = highlighted(letter, spans, start, 30)
    assert read(shown) == html.unescape(str(text(letter[start:30])))
    assert len(set(re.findall(r'id="([^"]*)"', shown))) == shown.count("id=")


def test_parts_cover_a_long_letter() -> None:
    assert parts("", 10) == [(0, 0)]
    assert parts("x" * 25, 10) == [(0, 10), (10, 20), (20, 25)]
    cut = parts("1234567\n" * 3 + "1", 10)  # at a line's end where there is one
    assert cut == [(0, 8), (8, 16), (16, 25)]
    assert [part_of(place, cut) for place in (0, 7, 8, 24, 25)] == [1, 1, 2, 3, 3]


def test_lines_of_cells_are_a_table() -> None:
    letter = "Zie:\n\nJaar\tAantal\n2011\t1.222\n\nEn een\ttab."
    shown = highlighted(letter, [a_span(letter.index("1.222"), letter.index("1.222") + 5)])
    assert read(shown) == letter
    assert [shown.count(f'role="{role}"') for role in ("table", "row", "cell")] == [1, 2, 4]
    assert '<span class="cell" role="cell"><span id="claim-a"></span><a ' in shown
    assert shown.count("<span") == shown.count("</span>")


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> & \"'"
    assert str(text(hostile)) == str(escape(hostile))
    assert (
        marked(hostile, 0, 8)
        == '<mark class="selected">&lt;script&gt;</mark>alert(1)&lt;/script&gt; &amp; &#34;&#39;'
    )
    assert text("a\u202eb\x00c\td\ne") == "a\ufffdb\ufffdc\td\ne"
