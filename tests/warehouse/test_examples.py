"""The ready queries answer on the sample letters, alike in the shells 1.4 and 1.5 and in Python."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse import store


def test_there_are_fifteen_examples_or_more_and_each_begins_with_its_question() -> None:
    assert len(store.examples()) >= 15
    for name, query in store.examples().items():
        question = query.splitlines()[0]
        assert question.startswith("-- "), name
        assert question.endswith("?") or question.endswith("one."), name


@pytest.mark.parametrize("name", sorted(store.examples()))
def test_an_example_answers_alike_everywhere(
    shell: Callable[[Path, str], str], sample_warehouse: Path, name: str
) -> None:
    # As text, since Python and the shells write numbers and lists each in their own way.
    query = f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (\n{store.examples()[name]}\n)"
    with store.connect(sample_warehouse) as connection:
        answer = connection.execute(query)
        columns = [column[0] for column in answer.description]
        expected = [["NULL" if value is None else value for value in row] for row in answer.fetchall()]
    assert len(expected) > 0
    assert list(csv.reader(io.StringIO(shell(sample_warehouse, query)))) == [columns, *expected]
