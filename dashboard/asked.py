"""The query of a reader: its form, its answer and its downloads."""

from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import downloads, querying, shown
from dashboard.answers import Edition
from dashboard.blocks import View
from dashboard.labels import Words
from dashboard.markup import element, table
from warehouse.definitions import examples

#: Rows of an answer on the page; the downloads have all.
SHOWN = 200
#: Characters of a cell on the page.
LONGEST = 200
DEFAULT = "victims_by_year"


def show(view: View, found: Edition) -> None:
    """The form and, where a query was asked, the answer."""
    words, queries = view.words, examples()
    titles = {name: question(name, query, words) for name, query in queries.items()}
    names = list(queries)
    given = st.query_params.get("query")

    def take_example() -> None:
        st.session_state["sql.query"] = queries[st.session_state["sql.example"]]

    st.selectbox(
        words("sql.example"),
        names,
        index=names.index(DEFAULT),
        format_func=titles.__getitem__,
        key="sql.example",
        on_change=take_example,
    )
    st.session_state.setdefault("sql.query", given or queries[DEFAULT])
    with st.form("sql", border=False):
        query = st.text_area(words("sql.query"), key="sql.query", height=220)
        asked = st.form_submit_button(words("sql.run"), type="primary")
    if view.as_of:
        shown.piece(element("p", words("sql.as_of", day=words.day(view.as_of)), class_="note"))
    limits = words("sql.limit", rows=words.number(querying.MAX_ROWS), seconds=int(querying.MAX_SECONDS))
    shown.piece(element("p", limits, class_="note"))
    if asked:
        st.query_params["query"] = query
    elif query != given:
        return
    _answer(query, view, found)


def question(name: str, query: str, words: Words) -> str:
    """What an example answers, in the reader's language; its own first line where labels.toml has it not."""
    told = words.told("example", name)
    return query.split("\n", 1)[0].removeprefix("-- ") if told == name else told


def _answer(query: str, view: View, found: Edition) -> None:
    words = view.words
    try:
        answer = querying.answered(found, query, as_of=view.as_of)
    except (querying.NotOneQueryError, querying.OtherFileError):
        _refused(words("sql.only_queries"))
    except querying.TooSlowError:
        _refused(words("sql.too_slow", seconds=int(querying.MAX_SECONDS)))
    except querying.TooLargeError:
        _refused(words("sql.too_large"))
    except querying.FailedError as error:
        _refused(words("sql.failed"))
        shown.piece(element("pre", str(error), lang="en"))
    else:
        _shown(answer, words)


def _refused(why: str) -> None:
    shown.piece(element("p", why, class_="empty", role="alert"))


def _shown(answer: querying.Answer, words: Words) -> None:
    rows = answer.rows
    shown.piece(element("h2", words("sql.answer")))
    told = words("sql.cut" if answer.is_cut else "sql.rows", rows=words.number(rows.num_rows))
    shown.piece(element("p", told, class_="note", role="status"))
    if rows.num_rows > SHOWN:
        shown.piece(element("p", words("sql.first", shown=words.number(SHOWN)), class_="note"))
    if rows.num_rows:
        shown.piece(answer_table(rows, words))
        shown.offer("answer", downloads.of_rows(rows))


def answer_table(rows: pa.Table, words: Words) -> Any:
    """The first rows of an answer as a table; numbers as they are."""
    numeric = [at for at, field in enumerate(rows.schema) if _is_number(field.type)]
    first = rows.slice(0, SHOWN)
    columns = [column.to_pylist() for column in first.columns]
    cells = (list(map(_cell, row)) for row in zip(*columns, strict=True))
    return table(rows.column_names, cells, words("sql.answer"), numeric)


def _cell(value: object) -> str:
    told = "" if value is None else str(value)
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
