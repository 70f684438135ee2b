"""How good extraction is: its claims against labels made by people.

A gold claim is found when a claim of the same text overlaps its span and has its value, and its high end
where it has one. Each gold claim takes one claim, and each claim is taken once: where more would do, a
required gold claim goes before an optional one, then the pair that shares more characters, then the one that
comes first. A required gold claim that takes none is missed. A claim that no gold claim takes is false, but
for one that overlaps an optional gold claim: what is optional counts neither way.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from transforms import schemas
from transforms.headings import heading
from transforms.reading_text import reading_text
from transforms.sentences import sentences
from transforms.vocabulary import words

#: The fields of a found claim that are judged; `measure` only where the gold names a code of the vocabulary.
FIELDS = (
    "unit", "kind", "measure", "period", "base_period", "direction", "status", "precision", "source",
)  # fmt: skip
#: What scores are broken down by: the whole, the set of texts, the kind of claim, the place in the text.
GROUPS = ("all", "set", "kind", "place")
OUTCOMES = ("found", "missed", "false")
OUTSIDE = "outside"  # the place of what stands in no sentence: in the heading or the signature

#: Labels round values to hundredths at the least: 71.43, 33.333.
_ROUNDING = 0.005

_Columns = dict[str, type[pl.DataType] | pl.DataType]

_SPAN: _Columns = {"set": pl.String, "letter": pl.String, "start": pl.Int64, "end": pl.Int64}
_STATED: _Columns = {name: schemas.CLAIM[name] for name in schemas.CLAIM_FIELDS if name in schemas.CLAIM}
#: Labels: the fields of a claim with the name of the set that the text belongs to.
GOLD = pl.Schema({**_SPAN, **_STATED, "optional": pl.Boolean})
#: Claims as extracted: the same, with the code of the measure, the place and the sentence.
FOUND = pl.Schema(
    {**_SPAN, **_STATED, "measure_code": pl.String, "place": schemas.CLAIM["place"], "sentence": pl.String}
)
#: Where the sentences of the texts stand.
SENTENCE = pl.Schema({**_SPAN, "place": schemas.CLAIM["place"], "sentence": pl.String})


class Evaluation(NamedTuple):
    """Scores (a row a group), accuracies (a row a group and field), errors (a row a claim, in text order)."""

    scores: pl.DataFrame
    fields: pl.DataFrame
    errors: pl.DataFrame


def evaluate(gold: pl.DataFrame, claims: pl.DataFrame, spans: pl.DataFrame) -> Evaluation:
    """Compare claims (FOUND) with labels (GOLD); `spans` (SENTENCE) tell the sentence of what is missed."""
    gold, claims = gold.match_to_schema(GOLD), claims.match_to_schema(FOUND)
    judged = _judged(gold.with_row_index("gold_row"), claims.with_row_index("claim_row"), spans)
    return Evaluation(_scores(judged), _fields(judged), _errors(judged))


def matched(gold: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The pairs (gold_row, claim_row) that are the same figure, each row in one pair at most."""
    return _one_to_one(
        _overlapping(gold, claims)
        .filter(
            _same_number(pl.col("value"), pl.col("value_right")),
            _same_number(pl.col("value_high"), pl.col("value_high_right")),
        )
        .sort("optional", -pl.col("shared"), "gold_row", "claim_row")
    )


def sentence_spans(text: str, source: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, place and words of each sentence of a text, the offsets those of the text as received."""
    reading = reading_text(text)
    for sentence in sentences(reading, heading(text, source)):
        start, end = reading.raw_span(sentence.start, sentence.start + len(sentence.text))
        yield start, end, sentence.place, sentence.text


# Matching


def _overlapping(gold: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share a character, with how many they share."""
    pairs = gold.join(claims, on=["set", "letter"])
    shared = pl.min_horizontal("end", "end_right") - pl.max_horizontal("start", "start_right")
    return pairs.with_columns(shared=shared).filter(pl.col("shared") > 0)


def _same_number(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    close = (one - other).abs() <= _ROUNDING
    return (one.is_null() & other.is_null()) | close.fill_null(value=False)


def _one_to_one(pairs: pl.DataFrame) -> pl.DataFrame:
    golds, found = set[int](), set[int]()
    kept = []
    for gold_row, claim_row in pairs.select("gold_row", "claim_row").iter_rows():
        if gold_row not in golds and claim_row not in found:
            golds.add(gold_row)
            found.add(claim_row)
            kept.append((gold_row, claim_row))
    return pl.DataFrame(kept, schema=pairs.select("gold_row", "claim_row").schema, orient="row")


# Judging


def _judged(gold: pl.DataFrame, claims: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """A row for each claim found, missed and false; of those found, what each field is and should be."""
    pairs = matched(gold, claims)
    required = _placed(gold.filter(~pl.col("optional")), spans)
    found = (
        required.join(pairs, on="gold_row")
        .join(claims.drop("set", "letter", "sentence"), on="claim_row", suffix="_found")
        .with_columns(outcome=pl.lit("found"))
    )
    missed = required.join(pairs, on="gold_row", how="anti").with_columns(outcome=pl.lit("missed"))
    optional = _overlapping(gold.filter("optional"), claims).select("claim_row")
    false = (
        claims.join(pairs, on="claim_row", how="anti")
        .join(optional, on="claim_row", how="anti")
        .with_columns(pl.col("place").cast(pl.String), outcome=pl.lit("false"))
    )
    together = pl.concat([_compared(found), missed, false], how="diagonal_relaxed")
    return together.sort("set", "letter", "start", "end", "outcome")


def _placed(gold: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Gold with the place and the words of the sentence in which it starts."""
    sentence = spans.match_to_schema(SENTENCE).rename({"start": "sentence_start", "end": "sentence_end"})
    inside = pl.col("start").is_between("sentence_start", "sentence_end", closed="left")
    within = gold.join(sentence, on=["set", "letter"]).filter(inside).unique("gold_row", keep="first")
    words_of = within.select("gold_row", pl.col("place").cast(pl.String), "sentence")
    return gold.join(words_of, on="gold_row", how="left").with_columns(pl.col("place").fill_null(OUTSIDE))


def _compared(found: pl.DataFrame) -> pl.DataFrame:
    """Of each field what the gold has (`gold:…`), the claim has (`got:…`), and whether it is right."""
    is_code = pl.col("measure").is_in(list(_codes()))
    wanted = {name: pl.col(name).cast(pl.String) for name in FIELDS}
    got = {name: pl.col(f"{name}_found").cast(pl.String) for name in FIELDS}
    wanted["measure"], got["measure"] = pl.when(is_code).then("measure"), pl.col("measure_code")
    same = {name: wanted[name].eq_missing(got[name]) for name in FIELDS}
    same["measure"] = pl.when(is_code).then(same["measure"])
    same["source"] = _names(wanted["source"]).eq_missing(_names(got["source"]))
    return found.with_columns(
        *(expression.alias(f"gold:{name}") for name, expression in wanted.items()),
        *(expression.alias(f"got:{name}") for name, expression in got.items()),
        *(expression.alias(f"right:{name}") for name, expression in same.items()),
    )


def _names(source: pl.Expr) -> pl.Expr:
    return source.map_elements(source_names, return_dtype=pl.String)


def source_names(source: str) -> str:
    """The bodies of a source as one text, the same whatever their order and the names used for them."""
    return ";".join(sorted({_name(name) for name in source.split(";") if name.strip()}))


def _name(name: str) -> str:
    name = " ".join(name.split()).casefold()
    full, _, short = name.partition(" (")
    known = (_aliases().get(each) for each in (name, full, short.rstrip(")")))
    return next(filter(None, known), name)


@cache
def _aliases() -> dict[str, str]:
    """Each name of a body in the vocabulary, without regard to case, to its code."""
    return {
        alias.casefold(): entry["code"].casefold()
        for entry in words("sources")["agency"]
        for alias in (entry["code"], entry["label_nl"], *entry["aliases"])
    }


@cache
def _codes() -> frozenset[str]:
    return frozenset(entry["measure"] for entry in words("measures")["measure"])


# Scores


def _grouped(judged: pl.DataFrame, by: str) -> pl.DataFrame:
    """`judged` with the columns `by` and `name` of the group that each row is in."""
    name = pl.lit("all") if by == "all" else pl.col(by).cast(pl.String)
    return judged.with_columns(by=pl.lit(by), name=name)


def _scores(judged: pl.DataFrame) -> pl.DataFrame:
    counts = [(pl.col("outcome") == outcome).sum().alias(outcome) for outcome in OUTCOMES]
    groups = [_grouped(judged, by).group_by("by", "name").agg(counts).sort("name") for by in GROUPS]
    found, missed, false = (pl.col(outcome) for outcome in OUTCOMES)
    return pl.concat(groups).with_columns(
        precision=_share(found, found + false),
        recall=_share(found, found + missed),
        f1=_share(2 * found, 2 * found + missed + false),
    )


def _fields(judged: pl.DataFrame) -> pl.DataFrame:
    """Accuracy of each field: of all found claims, and of those where the gold states one."""
    found = judged.filter(pl.col("outcome") == "found")
    parts = [_field(_grouped(found, by), name) for by in GROUPS for name in FIELDS if found.height]
    empty = pl.DataFrame(schema=_FIELD_SCHEMA)
    return pl.concat([empty, *parts]).with_columns(
        accuracy=_share(pl.col("right"), pl.col("judged")),
        stated_accuracy=_share(pl.col("stated_right"), pl.col("stated")),
    )


_FIELD_SCHEMA = {
    "by": pl.String,
    "name": pl.String,
    "field": pl.String,
    "judged": pl.UInt32,
    "right": pl.UInt32,
    "stated": pl.UInt32,
    "stated_right": pl.UInt32,
}


def _field(found: pl.DataFrame, name: str) -> pl.DataFrame:
    right, stated = pl.col(f"right:{name}"), pl.col(f"gold:{name}").fill_null("none") != "none"
    return (
        found.group_by("by", "name")
        .agg(
            field=pl.lit(name),
            judged=right.count(),
            right=right.sum(),
            stated=(stated & right.is_not_null()).sum(),
            stated_right=(stated & right).sum(),
        )
        .sort("name")
        .match_to_schema(pl.Schema(_FIELD_SCHEMA), integer_cast="upcast")
    )


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Part of a whole, to four places; null where there is nothing to speak of."""
    return pl.when(whole > 0).then((part / whole).round(4))


# Errors


def _errors(judged: pl.DataFrame) -> pl.DataFrame:
    """What is missed, false, or found with a wrong field, each with its sentence."""
    rows = []
    for row in judged.iter_rows(named=True):
        wrong = [name for name in FIELDS if row.get(f"right:{name}") is False]
        if row["outcome"] == "found" and not wrong:
            continue
        error = "wrong" if row["outcome"] == "found" else row["outcome"]
        detail = "; ".join(_difference(row[f"got:{name}"], row[f"gold:{name}"], name) for name in wrong)
        rows.append({**row, "error": error, "detail": detail or None})
    return pl.DataFrame(rows, schema=ERROR, infer_schema_length=None)


#: The errors listed: `detail` tells of a wrong field what it is and what it should be.
ERROR = pl.Schema(
    {
        **_SPAN,
        "error": pl.String,
        "quote": pl.String,
        "value": pl.Float64,
        "value_high": pl.Float64,
        "unit": pl.String,
        "kind": pl.String,
        "detail": pl.String,
        "sentence": pl.String,
    }
)


def _difference(got: str | None, wanted: str | None, name: str) -> str:
    return f"{name} {got or 'none'}, not {wanted or 'none'}"
