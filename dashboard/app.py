"""What Streamlit runs for every reader and every click: the sidebar, and the page that the address names."""

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode

import polars as pl
import streamlit as st
from markupsafe import Markup

from dashboard import serving, shown, theme
from dashboard.answers import Edition, asking, edition
from dashboard.blocks import Page, View
from dashboard.labels import LANGUAGES, Words, words_of
from dashboard.markup import element, joined, link
from dashboard.views import capacity, contradictions, coverage, growth, letter, overview, sql, victims
from warehouse.errors import WarehouseError

PAGES: dict[str, Page] = {
    "overview": overview.blocks,
    "victims": victims.blocks,
    "growth": growth.blocks,
    "capacity": capacity.blocks,
    "contradictions": contradictions.blocks,
    "letter": letter.blocks,
    "coverage": coverage.blocks,
    "sql": sql.blocks,
}
#: Seconds after which a session looks whether another version was published.
LOOKED_AFTER = 3
NO_CODES = pl.DataFrame(schema=dict.fromkeys(("dimension", "code", "label_nl", "label_en"), pl.String))


def main() -> None:
    """Show the page."""
    st.set_page_config("Kamercijfers", layout="wide")
    shown.style(theme.css())
    found = _found()
    language = _language()
    try:
        codes = NO_CODES if isinstance(found, str) else asking(found)("code_labels")
    except WarehouseError as error:
        found, codes = str(error), NO_CODES
    words = words_of(language, codes)
    name = st.query_params.get("page", "overview")
    name = name if name in PAGES else "overview"
    shown.speak(language)
    with st.sidebar:
        above = st.container()
        as_of = None if isinstance(found, str) else shown.day(words, asking(found)("days"))
        # Asked once: Polars may call this in another thread, where Streamlit knows of no address.
        address = partial(_address, as_of, st.query_params.get("lang"))
        with above:
            shown.piece(_navigation(name, words, address))
        shown.piece(_languages(language, address, name))
    if isinstance(found, str):
        _nothing(found, words)
    else:
        _page(
            name, found, View(asking(found), words, as_of, shown.Chooser(name, words), address, found.version)
        )
    with st.sidebar:
        _follow(found, words)


def _navigation(name: str, words: Words, address: Callable[..., str]) -> Markup:
    links = (
        link(address(page), words(f"nav.{page}"), aria_current="page" if page == name else None)
        for page in PAGES
    )
    return element(
        "nav", element("ul", *(element("li", each) for each in links)), aria_label=words("app.pages")
    )


def _languages(language: str, address: Callable[..., str], name: str) -> Markup:
    """The other languages, each in its own words; what was chosen stays."""
    chosen = {key: st.query_params[key] for key in st.query_params if key not in ("page", "lang", "as_of")}
    links = (
        link(address(name, **chosen, lang=code), label, lang=code, hreflang=code)
        for code, label in LANGUAGES.items()
        if code != language
    )
    return element("p", joined(links), class_="languages")


def _found() -> Edition | str:
    """The version that is published now, or why there is none."""
    try:
        return edition(serving.warehouse())
    except (WarehouseError, OSError) as error:
        return str(error)


@st.fragment(run_every=LOOKED_AFTER)
def _follow(seen: Edition | str, words: Words) -> None:
    """Show everything anew when another version is published."""
    if _found() != seen:
        st.rerun()
    if isinstance(seen, Edition):
        shown.piece(element("p", words("app.version", version=seen.version), class_="note version"))


def _language() -> str:
    """Language that the address names, else that of the browser."""
    given = st.query_params.get("lang")
    if given in LANGUAGES:
        return str(given)
    return "nl" if (st.context.locale or "nl").lower().startswith("nl") else "en"


def _page(name: str, found: Edition, view: View) -> None:
    """One page of a version."""
    if view.as_of:
        told = view.words("app.as_of_shown", day=view.words.day(view.as_of))
        shown.piece(element("p", told, class_="note as-of", role="status"))
    try:
        for block in PAGES[name](view):
            shown.block(block, view, found)
    except WarehouseError as error:
        if _found() != found:  # published anew meanwhile, and this version is superfluous
            st.rerun()
        _nothing(str(error), view.words)


def _nothing(reason: str, words: Words) -> None:
    """There is no version to be read: why, and what happens next."""
    shown.piece(element("h1", words("error.title")))
    shown.piece(element("p", reason, class_="empty", role="alert"))
    shown.piece(element("p", words("error.to_do"), class_="note"))


def _address(as_of: date | None, language: str | None, page: str, **named: object) -> str:
    """Address of a page of the dashboard, seen in the same language and as of the same day."""
    query = {"page": page, "as_of": as_of, "lang": language} | named
    return "./?" + urlencode({key: value for key, value in query.items() if value is not None})


main()
