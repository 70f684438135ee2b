"""What Streamlit shows: pieces, downloads, and choices that stand in the address of the page."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st
from markupsafe import Markup

from dashboard.labels import Words, streamlit_phrases
from dashboard.markup import element

WIDTH = 250  # of a choice, in pixels
EARLIEST = date(1945, 1, 1)


class Fragment:
    """HTML for Streamlit, which would shift a plain text to the left, or look for a file of that name."""

    def __init__(self, html: str) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        return self.html


def piece(html: Markup) -> None:
    """HTML, all of it escaped."""
    st.html(Fragment(str(element("div", html, class_="kc"))))


def style(css: str) -> None:
    """The style of all pieces."""
    st.html(Fragment(f"<style>{css}</style>"))


@cache
def _speaking(language: str) -> str:
    given = {"LANGUAGE": json.dumps(language), "PHRASES": json.dumps(streamlit_phrases(language))}
    script = Path(__file__).with_name("speak.js").read_text("utf-8")
    for name, value in given.items():
        script = script.replace(name, value)
    return f"<script>{script}</script><span></span>"


def speak(language: str) -> None:
    """Tell the browser the language of the page, and say in it what Streamlit says in English alone."""
    st.html(Fragment(_speaking(language)), unsafe_allow_javascript=True)


MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}


def offer(name: str, makers: Mapping[str, Callable[[], bytes | str]]) -> None:
    """Buttons to download something in several forms, each made when it is asked for."""
    with st.container(horizontal=True):
        for form, make in makers.items():
            file = f"{name}.{form}"
            st.download_button(
                f"↓ {file}",
                make,
                file,
                MIME[form],
                key=f"download-{file}",
                on_click="ignore",
                type="tertiary",
            )


def day(words: Words, days: pl.DataFrame) -> date | None:
    """The day as of which everything is shown; None: now."""
    key, state = "as_of", st.session_state
    given = st.query_params.get_all(key)
    if "day" not in state or given != state.get(f"{key}:written"):
        state["day"] = _date(given[0] if given else None)
    today = date.today()  # noqa: DTZ011 a day of the reader's calendar
    chosen = st.date_input(
        words("app.as_of"),
        value=None,
        min_value=EARLIEST,
        max_value=max(days["last_day"][0] or today, today),
        key="day",
        format="YYYY-MM-DD",
        help=words("app.as_of_help"),
    )
    _write(key, [chosen.isoformat()] if isinstance(chosen, date) else [], [])
    return chosen if isinstance(chosen, date) else None


def _date(given: str | None) -> date | None:
    """A day of an address, where it is one that can be chosen."""
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= date.today() else None  # noqa: DTZ011 as above


def _write(key: str, codes: Sequence[str], default: Sequence[str]) -> None:
    """Put a choice into the address, where it isn't the default."""
    wanted = [] if list(codes) == list(default) else list(codes) or [""]
    if wanted != st.query_params.get_all(key):
        if wanted:
            st.query_params[key] = wanted
        elif key in st.query_params:
            del st.query_params[key]
    st.session_state[f"{key}:written"] = wanted


class Chooser:
    """Asks the reader of a page; choices stand in a row that wraps."""

    def __init__(self, page: str, words: Words) -> None:
        self.page_name, self.words_ = page, words
        self.row: Any = None

    def _row(self) -> Any:
        self.row = self.row or st.container(horizontal=True)
        return self.row

    def _seed(self, key: str, options: Sequence[str] | None, default: Sequence[str], *, single: bool) -> str:
        """Let the widget have what the address says, where that isn't what this page wrote there itself."""
        name = f"{self.page_name}.{key}"
        given = st.query_params.get_all(key)
        if name not in st.session_state or given != st.session_state.get(f"{key}:written", given):
            codes = [code for code in given if options is None or code in options] if given else list(default)
            if single:
                st.session_state[name] = codes[0] if codes else (default[0] if default else None)
            else:
                st.session_state[name] = codes
        elif options is not None:
            held = st.session_state[name]
            if single and held not in options:
                st.session_state[name] = default[0]
            elif not single:
                st.session_state[name] = [code for code in held if code in options]
        return name

    def one(self, key: str, label: str, options: Mapping[str, str], default: str | None) -> str | None:
        """One of these codes, or the default."""
        name = self._seed(key, list(options), [default or ""], single=True)
        chosen = self._row().selectbox(
            label, list(options), format_func=lambda code: options.get(code, code), key=name, width=WIDTH
        )
        _write(key, [chosen] if chosen is not None else [], [default or ""])
        return str(chosen) if chosen is not None else None

    def many(
        self, key: str, label: str, options: Mapping[str, str], default: Sequence[str] = ()
    ) -> Sequence[str]:
        """Some of these codes; none means all."""
        name = self._seed(key, list(options), default, single=False)
        chosen = self._row().multiselect(
            label,
            list(options),
            format_func=lambda code: options.get(code, code),
            key=name,
            placeholder=self.words_("app.all"),
            width=WIDTH,
        )
        _write(key, chosen, default)
        return list(chosen)

    def words(self, key: str, label: str) -> str:
        """Words, or an empty text."""
        name = self._seed(key, None, [""], single=True)
        written = self._row().text_input(label, key=name, width=WIDTH) or ""
        _write(key, [written], [""])
        return str(written).strip()

    def page(self, key: str, label: str, pages: int) -> int:
        """One of so many pages, from 1."""
        if pages < 2:
            return 1
        name = f"{self.page_name}.{key}"
        given = st.query_params.get(key, "1")
        if name not in st.session_state:
            st.session_state[name] = int(given) if given.isdecimal() else 1
        st.session_state[name] = min(max(st.session_state[name], 1), pages)
        chosen = int(st.number_input(f"{label} (1–{pages})", 1, pages, key=name, width=160))
        _write(key, [str(chosen)], ["1"])
        return chosen

    def given(self, key: str) -> str | None:
        """What the address says, where it does."""
        return st.query_params.get(key)
