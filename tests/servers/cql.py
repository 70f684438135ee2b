"""CQL, as far as the repository is asked in it: what a query selects, and what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

Selects = Callable[[dict[str, list[str]]], bool]
TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:\\.|[^"\\])*")|(?P<sign>==|>=|<=|=|<|>|\(|\))|(?P<word>[^\s()=<>"]+))'
)
SORTED = "dt.modified/sort.ascending"
INDEXES = (
    *(f"dt.{name}" for name in ("identifier", "title", "type", "creator", "date", "issued", "modified")),
    *(f"w.{name}" for name in ("dossiernummer", "ondernummer", "publicatienaam", "subrubriek")),
    "c.product-area",
)


class DiagnosticError(Exception):
    """What an SRU server says is wrong: the number of the diagnostic, and its message."""

    def __init__(self, number: int, message: str, details: str = "") -> None:
        super().__init__(message)
        self.number, self.message, self.details = number, message, details


def parsed(query: str) -> tuple[Selects, bool]:
    """What a query selects, and whether it is to be sorted by modification."""
    tokens = _Tokens(query)
    selects = _either(tokens)
    is_sorted = False
    if (tokens.next or "").lower() == "sortby":
        tokens.take()
        if tokens.take() != SORTED:
            raise DiagnosticError(80, "Sort not supported")
        is_sorted = True
    if tokens.next is not None:
        raise DiagnosticError(10, "Query syntax error", f"at {tokens.next}")
    return selects, is_sorted


class _Tokens:
    def __init__(self, query: str) -> None:
        self._held: list[str] = []
        place = 0
        while query[place:].strip():
            found = TOKEN.match(query, place)
            if not found:
                raise DiagnosticError(10, "Query syntax error", f"at {query[place : place + 20]}")
            self._held.append(found.group().strip())
            place = found.end()

    @property
    def next(self) -> str | None:
        return self._held[0] if self._held else None

    def take(self) -> str:
        if not self._held:
            raise DiagnosticError(10, "Query syntax error", "at the end")
        return self._held.pop(0)


def _either(tokens: _Tokens) -> Selects:
    left = _clause(tokens)
    while (word := (tokens.next or "").upper()) in ("AND", "OR", "NOT"):
        tokens.take()
        left = _joined(word, left, _clause(tokens))
    return left


def _joined(word: str, left: Selects, right: Selects) -> Selects:
    if word == "AND":
        return lambda fields: left(fields) and right(fields)
    if word == "OR":
        return lambda fields: left(fields) or right(fields)
    return lambda fields: left(fields) and not right(fields)


def _clause(tokens: _Tokens) -> Selects:
    first = tokens.take()
    if first == "(":
        inner = _either(tokens)
        if tokens.take() != ")":
            raise DiagnosticError(10, "Query syntax error", "a bracket isn't closed")
        return inner
    if first not in INDEXES:
        raise DiagnosticError(16, "Unsupported index", first)
    relation, value = tokens.take(), tokens.take()
    if value.startswith('"'):
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    return lambda fields: any(_holds(one, relation, value) for one in fields.get(first, []))


def _holds(one: str, relation: str, value: str) -> bool:
    if relation in ("==", "="):
        return one == value
    if relation == ">=":
        return _comparable(one) >= _comparable(value)
    if relation == "<=":
        return _comparable(one) <= _comparable(value)
    raise DiagnosticError(19, "Unsupported relation", relation)


def _comparable(value: str) -> Any:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise DiagnosticError(36, "Term in invalid format for index or relation", value) from error
