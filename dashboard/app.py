"""What Streamlit runs for every reader and every click: the sidebar, and the page that the address names."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

import polars as pl
import streamlit as st
from markupsafe import Markup

from dashboard import serving, showing, shown, theme
from dashboard.answers import Edition, OlderFileError, asking, edition
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


class Trouble(NamedTuple):
    """Why there is nothing to show: absent, unreadable or older, and what was said of it."""

    kind: str
    reason: str


def main() -> None:
    """Show the page."""
    language = _language()
    words = words_of(language, NO_CODES)
    name = st.query_params.get("page", "overview")
    name = name if name in PAGES else "overview"
    title = words("app.title") if name == "overview" else f"{words(f'nav.{name}')} – {words('app.title')}"
    st.set_page_config(title, layout="wide")
    shown.style(theme.css())
    shown.speak(language)
    found, trouble = _found()
    codes, days = NO_CODES, None
    if found:
        try:
            codes, days = asking(found)("code_labels"), asking(found)("days")
        except WarehouseError as error:
            trouble = _trouble(error)
    words = words_of(language, codes)
    with st.sidebar:
        above = st.container()
        as_of = None if days is None else shown.day(words, days)
        # Asked once: Polars may call this in another thread, where Streamlit knows of no address.
        address = partial(_address, as_of, st.query_params.get("lang"))
        with above:
            shown.piece(_navigation(name, words, address))
        shown.piece(_languages(language, address, name))
    if trouble or not found:
        _nothing(trouble or Trouble("absent", ""), words)
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


def _found() -> tuple[Edition | None, Trouble | None]:
    """The version that is published now, or why there is none."""
    try:
        return edition(serving.warehouse()), None
    except (WarehouseError, OSError) as error:
        return None, Trouble("absent", str(error))


def _trouble(error: WarehouseError) -> Trouble:
    """What is wrong with a version that is there."""
    return Trouble("older" if isinstance(error, OlderFileError) else "unreadable", str(error))


@st.fragment(run_every=LOOKED_AFTER)
def _follow(seen: Edition | None, words: Words) -> None:
    """Show everything anew when another version is published."""
    if _found()[0] != seen:
        st.rerun()
    if seen:
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
        with st.spinner(view.words("app.loading")):
            for block in PAGES[name](view):
                showing.block(block, view, found)
    except WarehouseError as error:
        if _found()[0] != found:  # published anew meanwhile, and this version is superfluous
            st.rerun()
        _nothing(_trouble(error), view.words)


def _nothing(trouble: Trouble, words: Words) -> None:
    """There is no version to be read: why, and what happens next."""
    kind = trouble.kind
    said = element("span", trouble.reason, lang="en")
    shown.piece(
        element("h1", words(f"error.{kind}_title"))
        + element(
            "div",
            element("p", words(f"error.{kind}")),
            element("p", words("error.reason"), " ", said, class_="note"),
            class_="empty",
            role="alert",
        )
        + element("p", words(f"error.{kind}_to_do"), class_="note")
    )


def _address(as_of: date | None, language: str | None, page: str, **named: object) -> str:
    """Address of a page of the dashboard, seen in the same language and as of the same day."""
    query = {"page": page, "as_of": as_of, "lang": language} | named
    return "./?" + urlencode({key: value for key, value in query.items() if value is not None})


main()
