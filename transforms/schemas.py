"""The columns of every frame that leaves this package, declared once.

Offsets are half-open and count Unicode code points of the letter's text: as received, or of another form than
plain text as taken from it.
"""

import polars as pl

UNITS = (
    "persons", "places", "cases", "percent", "percentage_points", "euro", "fte", "ratio",
    "hours", "days", "weeks", "months", "years", "other",
)  # fmt: skip
KINDS = ("count", "growth", "share", "capacity", "amount", "duration", "other")
DIRECTIONS = ("increase", "decrease", "none")
STATUSES = ("realised", "target", "expected", "negated")
PRECISIONS = ("exact", "approx", "at_least", "at_most", "range")
PLACES = ("body", "question", "answer", "footnote", "table")

#: One row a file as found: its bytes, where it lay, and the bytes of its sidecar, where it has one.
FILE = pl.Schema({"letter_id": pl.String, "source": pl.String, "content": pl.Binary, "sidecar": pl.Binary})

_Columns = dict[str, type[pl.DataType] | pl.DataType]

_LETTER: _Columns = {
    "letter_id": pl.String,  # sha256 of the bytes, in hex
    "identifier": pl.String,  # kst-28638-75, where known
    "dossiers": pl.List(pl.String),
    "number": pl.String,
    "letter_date": pl.Date,
    "place": pl.String,
    "sender": pl.String,  # the office
    "signatory": pl.String,  # the name below the letter
    "addressee": pl.String,
    "subject": pl.String,
    "text": pl.String,
    "format": pl.String,
    "encoding": pl.String,
    "source": pl.String,
    "warnings": pl.List(pl.String),
    "extractor_version": pl.String,
}
LETTER = pl.Schema(_LETTER)

#: One row a file that was read as a letter, also where another form of the same letter is the better one.
_LETTER_FORM: _Columns = {
    "form_id": pl.String,  # sha256 of the bytes, in hex: the letter_id of a letter in this form
    "identifier": pl.String,
    "format": pl.String,
    "encoding": pl.String,
    "words": pl.String,  # hash of the text but for its spacing
    "letter_date": pl.Date,
    "provider": pl.String,  # sru or odata, where it was harvested
    "modified": pl.Datetime("us"),  # when the provider last issued this text, in UTC
    "withdrawn_on": pl.Date,
    "source_url": pl.String,
    "licence": pl.String,
    "retrieved_at": pl.Datetime("us"),
    "sidecar_id": pl.String,  # sha256 of the sidecar, in hex
    "source": pl.String,
    "extractor_version": pl.String,
}
LETTER_FORM = pl.Schema(_LETTER_FORM)

_CLAIM: _Columns = {
    "claim_id": pl.String,  # hash of letter_id, char_start, char_end, kind, value
    "letter_id": pl.String,
    "char_start": pl.Int64,
    "char_end": pl.Int64,
    "quote": pl.String,
    "value": pl.Float64,
    "value_high": pl.Float64,  # only for a range, whose low end is value
    "unit": pl.Enum(UNITS),
    "kind": pl.Enum(KINDS),
    "measure": pl.String,  # a code of the vocabulary, else the letter's noun phrase
    "measure_code": pl.String,  # the code alone
    "period": pl.String,  # SDMX / ISO 8601
    "base_period": pl.String,
    "direction": pl.Enum(DIRECTIONS),
    "status": pl.Enum(STATUSES),
    "precision": pl.Enum(PRECISIONS),
    "source": pl.String,  # credited bodies, separated by ;
    "per": pl.String,  # month in "13 persons per month"
    "statistic": pl.String,  # mean, median, maximum, minimum
    "population": pl.String,  # "total", "part", or the attributes below as sex=F;age=minor
    "sex": pl.String,
    "age_group": pl.String,
    "nationality": pl.String,
    "exploitation": pl.String,
    "place": pl.Enum(PLACES),
    "sentence": pl.String,  # as one reads it: line ends and notes taken out
    "sentence_quote_start": pl.Int64,  # the quote within the sentence
    "sentence_quote_end": pl.Int64,
    "quote_prefix": pl.String,  # W3C Web Annotation text-quote selector, from the text as received
    "quote_suffix": pl.String,
    "locator": pl.String,  # where in the file as received: page=3, an XPath, part#XPath; null for plain text
    "confidence": pl.Float64,
    "rule_id": pl.String,
    "extractor_version": pl.String,
}
CLAIM = pl.Schema(_CLAIM)

LETTER_REFERENCE = pl.Schema(
    {
        "reference_id": pl.String,  # hash of letter_id, span, dossier, number
        "letter_id": pl.String,
        "char_start": pl.Int64,
        "char_end": pl.Int64,
        "quote": pl.String,
        "dossier": pl.String,
        "number": pl.String,
        "identifier": pl.String,  # kst-28638-113
    }
)

REJECTED_LETTER = pl.Schema(
    {
        "rejected_id": pl.String,  # hash of source and letter_id
        "letter_id": pl.String,  # sha256 of the bytes; null where they could not be read
        "source": pl.String,
        "step": pl.String,  # intake, letters, claims ...
        "reason": pl.String,  # empty, binary, undecodable, broken, encrypted, no_text_layer, too_large …
        "detail": pl.String,
        "extractor_version": pl.String,
    }
)

#: One row a step in reading a sentence: what `kamercijfers extract --explain` prints.
EXPLANATION = pl.Schema(
    {
        "letter": pl.String,  # the file's name
        "start": pl.Int64,
        "end": pl.Int64,
        "step": pl.String,  # sentence, masked, period, read, linked, left out
        "words": pl.String,
        "reading": pl.String,  # what was made of the words
        "rule": pl.String,
    }
)

MEASURE = pl.Schema(
    {
        "measure": pl.String,
        "family": pl.String,
        "label_nl": pl.String,
        "label_en": pl.String,
        "unit": pl.String,
    }
)
UNIT = pl.Schema({"unit": pl.String, "label_nl": pl.String, "label_en": pl.String, "sdmx_code": pl.String})
SOURCE_AGENCY = pl.Schema(
    {"source_agency": pl.String, "label_nl": pl.String, "label_en": pl.String, "in_vocabulary": pl.Boolean}
)

#: The fields of claims.md, in its order: what `kamercijfers extract` prints and a gold file holds.
CLAIM_FIELDS = (
    "letter", "start", "end", "quote", "value", "value_high", "unit", "kind", "measure", "period",
    "base_period", "direction", "status", "precision", "source",
)  # fmt: skip
