"""Which files are forms of one letter, and which of its texts came later: its vintages.

Files of one identifier are one letter. Its provider's clock tells its texts apart: another time of issue is
another vintage. Where no clock tells, the same words are the same text, another form stands for the text that
hasn't got this form yet, and other words in the same form are another vintage. Of each vintage the best form
is in use. All this follows from the set of files, not from the order in which they came; only where nothing
else tells which of two texts is the newer, the one that was first seen later is.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

import polars as pl

from transforms.received import FORMATS

_RANK = {form: place for place, form in enumerate(FORMATS)}
_NEVER = datetime.min  # noqa: DTZ901 - sorts before all times, which have no zone either


class Form(NamedTuple):
    """What places a file among those of its letter."""

    form_id: str
    identifier: str | None
    format: str
    words: str
    letter_date: date | None
    provider: str | None
    modified: datetime | None
    first_seen: datetime

    @property
    def rank(self) -> int:
        """How surely its form is read: 0 is best."""
        return _RANK.get(self.format, len(_RANK))


#: The letter that a file is a form of, whether it is in use for it, and the how-manieth text of it this is.
PLACED = pl.Schema({"form_id": pl.String, "letter_id": pl.String, "in_use": pl.Boolean, "vintage": pl.Int32})


def placed(forms: pl.DataFrame) -> pl.DataFrame:
    """The letter_id, vintage (from 1) and use of each of `forms` (LETTER_FORM and first_seen) by form_id.

    A letter_id is the form_id of the form in use. All forms of a letter must be among them.
    """
    keyed = forms.select(*Form._fields, key=_key(forms))
    is_alone = pl.len().over("key") == 1
    alone = keyed.filter(is_alone).select(
        "form_id", letter_id="form_id", in_use=pl.lit(True), vintage=pl.lit(1, pl.Int32)
    )
    several = keyed.filter(~is_alone).sort("key", "form_id").partition_by("key", include_key=False)
    rows = [row for group in several for row in _placed(map(Form._make, group.iter_rows()))]
    return pl.concat([alone, pl.DataFrame(rows, schema=PLACED, orient="row")]).sort("form_id")


def _key(forms: pl.DataFrame) -> pl.Series:
    """What files of one letter share: its identifier, else that of a file with the same words, else these."""
    named = forms.select("words", key=pl.col("identifier").str.to_lowercase())
    by_words = named.drop_nulls().group_by("words").agg(pl.col("key").min().alias("other"))
    return named.join(by_words, on="words", how="left", maintain_order="left").select(
        pl.coalesce("key", "other", pl.concat_str(pl.lit("words:"), "words"))
    )["key"]


def _placed(forms: Iterable[Form]) -> Iterable[tuple[str, str, bool, int]]:
    for number, vintage in enumerate(vintages(list(forms)), start=1):
        best = min(vintage, key=_least_useful)
        for form in vintage:
            yield form.form_id, best.form_id, form is best, number


def _least_useful(form: Form) -> tuple[int, bool, bool, str]:
    return form.rank, form.identifier is None, form.modified is None, form.form_id


def vintages(forms: list[Form]) -> list[list[Form]]:
    """The forms of one letter by vintage, the oldest first."""
    clock = _clock(forms)
    ordered = sorted(forms, key=lambda form: _age(form, clock))
    timed: list[list[Form]] = []
    others: list[list[Form]] = []
    for form in ordered:
        if _is_timed(form, clock):
            _put(form, timed, [one for one in timed if any(form.modified == other.modified for other in one)])
    timed = _by_age(timed, clock)
    for form in ordered:
        if not _is_timed(form, clock):
            _put(form, others, others + timed, timed)
    return _by_age(others + timed, clock)


def _by_age(made: list[list[Form]], clock: str | None) -> list[list[Form]]:
    return sorted(made, key=lambda vintage: max(_age(form, clock) for form in vintage))


def _clock(forms: list[Form]) -> str | None:
    """The provider whose times are compared, as those of two providers can't be: that of the best form."""
    timed = [(form.rank, form.provider or "") for form in forms if form.modified]
    return min(timed)[1] if timed else None


def _is_timed(form: Form, clock: str | None) -> bool:
    return form.modified is not None and (form.provider or "") == clock


def _age(form: Form, clock: str | None) -> tuple[datetime, datetime, datetime, datetime, int, str]:
    """What sorts forms by their issue: its time, else the day the letter bears, before which it wasn't."""
    borne = datetime.combine(form.letter_date, datetime.min.time()) if form.letter_date else _NEVER
    issued = form.modified if form.modified and _is_timed(form, clock) else borne
    return issued, form.modified or _NEVER, borne, form.first_seen, form.rank, form.form_id


def _put(
    form: Form, made: list[list[Form]], like_it: list[list[Form]], more: Sequence[list[Form]] = ()
) -> None:
    """Put a form to the vintage with its words, else to the newest of those like it that lacks its form.

    Where there is neither, it begins a vintage of its own among those `made`.
    """
    same = [one for one in (*made, *more) if any(form.words == other.words for other in one)]
    lacking = [one for one in like_it if all(form.format != other.format for other in one)]
    if same or lacking:
        (same or lacking)[-1].append(form)
    else:
        made.append([form])
