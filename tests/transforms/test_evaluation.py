"""Claims against labels: what counts as found, which fields are right, and what each group scores."""

import polars as pl
import pytest
from case_files import Case, cases

from transforms.evaluation import FOUND, GOLD, SENTENCE, Evaluation, evaluate, sentence_spans, source_names

SAME: Case = {
    "set": "letters", "letter": "a.txt", "quote": "48", "value_high": None, "unit": "persons",
    "kind": "count", "measure": "reizigers", "measure_code": None, "period": None, "base_period": None,
    "direction": "none", "status": "realised", "precision": "exact", "source": None, "optional": False,
    "place": "body", "sentence": "Er waren 48 reizigers.",
}  # fmt: skip
SPANS: list[Case] = [
    {"span": [0, 15], "place": "question", "sentence": "Waren er 48?"},
    {"span": [15, 40], "place": "answer", "sentence": "Er waren 48."},
]


def frame(rows: list[Case], schema: pl.Schema) -> pl.DataFrame:
    """The rows of a case, with what it leaves out."""
    spans = [{"start": row["span"][0], "end": row["span"][1]} if "span" in row else {} for row in rows]
    whole = [SAME | row | span for row, span in zip(rows, spans, strict=True)]
    return pl.DataFrame([{name: row[name] for name in schema} for row in whole], schema=schema)


def evaluated(gold: list[Case], claims: list[Case]) -> Evaluation:
    """What evaluate gives for the rows of a case."""
    return evaluate(frame(gold, GOLD), frame(claims, FOUND), frame(SPANS, SENTENCE))


def row_of(rows: pl.DataFrame, **values: str) -> Case:
    """The one row with these values."""
    return rows.row(by_predicate=pl.all_horizontal(pl.col(n) == v for n, v in values.items()), named=True)


@pytest.mark.parametrize("case", cases("evaluation"))
def test_what_is_found_missed_and_false(case: Case) -> None:
    result = evaluated(case["gold"], case["claims"])

    outcome = result.scores.filter(by="all").select("found", "missed", "false").sum().to_dicts()[0]
    assert outcome == case["outcome"]


@pytest.mark.parametrize("case", [case for case in cases("evaluation") if case.values[0]["outcome"]["found"]])  # type: ignore[index]
def test_which_fields_are_right(case: Case) -> None:
    fields = evaluated(case["gold"], case["claims"]).fields.filter(by="all")

    wrong = fields.filter(pl.col("right") < pl.col("judged"))["field"].to_list()
    assert wrong == case.get("wrong", [])
    for name in case.get("right", []):
        assert row_of(fields, field=name)["accuracy"] == 1
    for name in case.get("unjudged", []):
        assert row_of(fields, field=name)["accuracy"] is None


MIXED_GOLD: list[Case] = [
    {"span": [5, 8], "value": 48, "period": "2019", "direction": "increase", "kind": "growth"},
    {"span": [20, 22], "value": 7},
    {"span": [30, 32], "value": 9, "period": "2018"},
    {"span": [5, 8], "value": 48, "letter": "b.txt", "set": "answers"},
]
MIXED_CLAIMS: list[Case] = [
    {"span": [5, 8], "value": 48, "period": "2018", "direction": "increase", "kind": "growth"},
    {"span": [20, 22], "value": 7},
    {"span": [33, 35], "value": 3, "place": "footnote", "kind": "share"},
    {"span": [5, 8], "value": 48, "letter": "b.txt", "set": "answers"},
]


@pytest.mark.parametrize(
    ("by", "name", "counts", "precision", "recall", "f1"),
    [
        ("all", "all", (3, 1, 1), 0.75, 0.75, 0.75),
        ("set", "letters", (2, 1, 1), 0.6667, 0.6667, 0.6667),
        ("set", "answers", (1, 0, 0), 1, 1, 1),
        ("kind", "growth", (1, 0, 0), 1, 1, 1),
        ("kind", "count", (2, 1, 0), 1, 0.6667, 0.8),
        ("kind", "share", (0, 0, 1), 0, None, 0),
        ("place", "question", (1, 0, 0), 1, 1, 1),
        ("place", "answer", (1, 1, 0), 1, 0.5, 0.6667),
        ("place", "footnote", (0, 0, 1), 0, None, 0),
        ("place", "outside", (1, 0, 0), 1, 1, 1),
    ],
)
def test_each_group_has_its_scores(
    by: str, name: str, counts: tuple[int, int, int], precision: float, recall: float | None, f1: float
) -> None:
    score = row_of(evaluated(MIXED_GOLD, MIXED_CLAIMS).scores, by=by, name=name)

    assert (score["found"], score["missed"], score["false"]) == counts
    assert (score["precision"], score["recall"], score["f1"]) == (precision, recall, f1)


@pytest.mark.parametrize(
    ("field", "judged", "right", "stated", "stated_right"),
    [("period", 3, 2, 1, 0), ("direction", 3, 3, 1, 1), ("unit", 3, 3, 3, 3), ("measure", 0, 0, 0, 0)],
)
def test_a_field_is_judged_over_all_and_where_it_is_stated(
    field: str, judged: int, right: int, stated: int, stated_right: int
) -> None:
    row = row_of(evaluated(MIXED_GOLD, MIXED_CLAIMS).fields, by="all", field=field)

    assert (row["judged"], row["right"], row["stated"], row["stated_right"]) == (
        judged, right, stated, stated_right,
    )  # fmt: skip


def test_errors_tell_what_is_wrong_and_where() -> None:
    errors = evaluated(MIXED_GOLD, MIXED_CLAIMS).errors

    assert errors.select("error", "start", "detail", "sentence").rows() == [
        ("wrong", 5, "period 2018, not 2019", "Waren er 48?"),
        ("missed", 30, None, "Er waren 48."),
        ("false", 33, None, "Er waren 48 reizigers."),
    ]


@pytest.mark.parametrize(("gold", "claims"), [([], []), (MIXED_GOLD, []), ([], MIXED_CLAIMS)])
def test_nothing_on_one_side_is_no_failure(gold: list[Case], claims: list[Case]) -> None:
    result = evaluated(gold, claims)

    assert result.errors.height == len(gold) + len(claims)
    assert result.fields.is_empty()


def test_the_sentences_of_a_text_stand_where_they_were_received() -> None:
    text = "De reizi-\ngers kwamen met 48. Zij bleven.\n"

    spans = list(sentence_spans(text, "a.txt"))

    assert [words for *_, words in spans] == ["De reizigers kwamen met 48.", "Zij bleven."]
    assert [text[start:end] for start, end, *_ in spans] == ["De reizi-\ngers kwamen met 48.", "Zij bleven."]
    assert {place for *_, place, _ in spans} == {"body"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CBS", "cbs", True),
        ("CBS; IND", "IND;CBS", True),
        ("Immigratie- en Naturalisatiedienst", "IND", True),
        ("Inspectie SZW", "Arbeidsinspectie", True),
        ("CBS", "CPB", False),
        ("CBS;IND", "CBS", False),
        ("Bond van Molenaars", "Bond van Bakkers", False),
    ],
)
def test_a_source_is_the_same_by_every_name(one: str, other: str, same: bool) -> None:
    assert (source_names(one) == source_names(other)) == same
