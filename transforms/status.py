"""Whether a figure is a fact, an aim, a forecast or denied."""

import re
from functools import cache
from typing import NamedTuple

from transforms.quantities import Quantity
from transforms.standing import aside_blanked
from transforms.vocabulary import compiled, words


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("standing", words("standing")["status"][name])


def _found(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


class _Scope(NamedTuple):
    """The number's own clause, split at the number, and the clause that it completes."""

    before: str
    after: str
    matrix: str

    @property
    def own(self) -> str:
        return f"{self.before} {self.after}"


def status(
    text: str,
    quantity: Quantity,
    *,
    paired: str | None,
    kind: str,
    past: bool,
    future: bool,
    year: str | None = None,
) -> str:
    """realised, target, expected or negated.

    `past` and `future` say where the figure's period lies from the letter's date; `year` is the year of its
    own where no date says so.
    """
    scope = _scope(text, quantity)
    if _is_negated(text, quantity, scope):
        return "negated"
    aims = _aims(scope) or _is_purpose(scope, quantity)
    if _found("instead", scope.before) or (kind != "growth" and _found("moved_on", scope.after)):
        return "realised"
    if paired == "from":
        # what is raised from 30 to 40 was 30, unless it is the aim itself that is raised
        raised = _found("aim", scope.before) and _found("raised", scope.own) and not past
        return "target" if raised else "realised"
    wished = aims and scope.matrix != ""
    if kind == "amount" and _found("set_aside", scope.own) and not (wished or _found("promised", scope.own)):
        return "realised"
    if _found("forecast", scope.before):
        return "expected"
    told = _found("past", scope.own)
    if past and (told or not aims):
        return "realised"
    if aims:
        return "target"
    moves = not told and _moves(scope, paired)
    return "expected" if future or moves or _is_expected(scope, told=told, year=year) else "realised"


def _is_negated(text: str, quantity: Quantity, scope: _Scope) -> bool:
    numeral = quantity.numeral
    return (
        numeral.form == "zero"
        or _found("negated", text[: numeral.start])
        or _found("negated_after", text[quantity.end :])
        or _found("denied", scope.matrix)
        or _found("not_thought", scope.matrix.strip())
        or _found("denied", scope.after)
        or _found("disowned", scope.own)
        or _is_fronted(text, numeral.start)
    )


def _is_fronted(text: str, at: int) -> bool:
    """Whether the number stands in a clause at the head of its sentence that the rest takes back."""
    match = _pattern("fronted").search(text)
    return match is not None and at < match.end()


def _aims(scope: _Scope) -> bool:
    return (
        _found("must", scope.own)
        or _found("aim", scope.before)
        or _found("norm", scope.before[-80:])
        or _found("aim", scope.matrix)
        or _found("aim_after", scope.after)
        or (
            _found("agreed", scope.matrix)
            and (_found("fixed", scope.matrix) or not _found("will", scope.own))
        )
    )


def _moves(scope: _Scope, paired: str | None) -> bool:
    """Whether the number is where something moves to, told in the plain present."""
    if _pair("finding").search(scope.matrix):
        return False
    if paired == "to" and _pair("present").search(scope.own):
        return True
    return _pair("moved_to").search(scope.before) is not None


@cache
def _pair(name: str) -> re.Pattern[str]:
    return compiled("standing", words("standing")["pair"][name])


def _is_purpose(scope: _Scope, quantity: Quantity) -> bool:
    """`… om het tekort te verkleinen tot 40`, `… te halveren`, where nobody has decided to."""
    purpose = _found("purpose", scope.before) and _found("to_reach", scope.own)
    multiple = quantity.numeral.form == "growth" and scope.before.endswith(" te ")
    decided = _found("foreseen", scope.matrix) or _found("expects", scope.before + "te doen")
    return (purpose or multiple) and not decided


def _is_expected(scope: _Scope, *, told: bool, year: str | None) -> bool:
    if (_found("foreseen", scope.matrix) and not _found("past", scope.matrix)) or _found(
        "expects", scope.own
    ):
        return True
    planned = year is not None and year in scope.own and _found("planned", scope.own)
    becomes = _found("becomes", scope.before) and not _found("participle", scope.after)
    return not told and (planned or becomes or _found("expected", scope.own))


def _scope(text: str, quantity: Quantity) -> _Scope:
    """The number's clause, and the one before it where that says what to think of it."""
    numeral = quantity.numeral
    breaks = [match.start() for match in _pattern("within").finditer(aside_blanked(text, numeral.start))]
    starts = [0, *(at for at in breaks if at < numeral.start)]
    right = min((at for at in breaks if at >= quantity.end), default=len(text))
    left = starts.pop()
    while starts and _continues(text[starts[-1] : left], text[left:right]):
        left = starts.pop()
    outer = left
    while starts and _found("complement", text[outer:right]):
        outer = starts.pop()
    return _Scope(text[left : numeral.start], text[quantity.end : right], text[outer:left])


def _continues(before: str, clause: str) -> bool:
    """Whether a clause goes on with what stands before it: as a part of it, or without a verb or subject."""
    if _found("part", clause) or (_found("elliptic", clause) and not _found("finite", clause)):
        return not _found("already", clause)
    return clause.startswith(", ") and _found("verb_first", clause) and not _found("finite", before)


# What other sentences say of a figure


def resumes(text: str) -> bool:
    """Whether a sentence gives the size of what the one before it speaks of (`Het gaat om 300 woningen.`)."""
    return _found("resumes", text)


def expects_now(text: str) -> bool:
    """Whether somebody expects, now, what the sentence says."""
    return _found("expecting", text)


def foretells(text: str) -> bool:
    """Whether a sentence tells of what will be."""
    return _found("will", text)


def is_aim(text: str) -> bool:
    """Whether a sentence without figures tells of an aim."""
    return _found("aim", text) or _found("must", text)


def denies(text: str) -> bool:
    """Whether a sentence takes back the figures of the one before it (`Die cijfers herken ik niet.`)."""
    return _found("denied_next", text)


def denies_question(text: str, question: str) -> bool:
    """Whether the opening of an answer denies what the question states; a bare no denies what it asks."""
    return _found("denied_answer", text) or (_found("denied_no", text) and _found("asked", question))
