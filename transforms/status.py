"""Whether a figure is a fact, an aim, a forecast or denied."""

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.clauses import aside_blanked, coordinated, inset_end
from transforms.counting import Quantity
from transforms.tenses import is_past_tense
from transforms.vocabulary import attend_too, compiled, gates, occurs, spans, words


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("standing", words("standing")["status"][name])


def _found(name: str, text: str) -> bool:
    return occurs(_pattern(name), text)


class _Scope(NamedTuple):
    """The number's own clause, split at the number, and the clause that it completes."""

    before: str
    after: str
    matrix: str
    start: int
    behind: str
    own: str
    apart: bool = False


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
    text = _without_forecast(text, quantity.numeral.end)
    scope = _scope(text, quantity, alone=kind == "amount")
    corrected = _pattern("corrects").search(text) or _put_right(text, quantity)
    right = corrected is not None and quantity.numeral.start > corrected.start("sign")
    if not right and (corrected is not None or _is_negated(text, quantity, scope)):
        return "negated"
    aims = _aims(scope, kind) or _is_purpose(scope, quantity)
    beside = (_found("instead", scope.before) and not aims) or _found("now", scope.before)
    beside = beside or (_found("actors", scope.before) and _found("actors_after", scope.after))
    beside = beside or (kind != "growth" and _is_given(scope))
    beside = beside or (kind in ("count", "capacity") and _is_known(scope, quantity))
    beside = beside or _found("had_to", scope.own)
    if right or beside or (kind != "growth" and _found("moved_on", scope.after)) or _is_attained(scope):
        return "realised"
    if paired == "from":
        ahead = future and _found("between_years", scope.own)
        return "expected" if ahead else _from_status(scope, past=past)
    multiple = quantity.numeral.form == "growth" and scope.before.endswith(", ")
    if _is_set_aside(scope, kind, multiple=multiple, wished=aims and scope.matrix != ""):
        return "realised"
    foretold = _found("foretold_after", scope.after) and not _found("carried_out", scope.behind)
    behind = text[quantity.numeral.end :]
    foretold = foretold or (kind != "growth" and _found("planned_noun", behind))
    foretold = foretold or (not past and _found("noted_forecast", behind))
    reckoned = _found("reckoned", scope.before) or _found("reckoned_after", scope.after)
    forecast = _found("forecast", scope.before) or _found("estimated", scope.before)
    if foretold or (reckoned and not aims) or forecast or _was_expected(scope):
        return "expected"
    told = _found("past", scope.own)
    sized = _is_sized(scope) or _was_wanted(scope, kind) or _is_put_forward(scope, kind)
    sized = sized or _found("aimed_noun", behind)
    done = aims and _has_been_done(scope)
    if not sized and (done or (past and (told or not aims))):
        return "realised"
    follows = not told and not _is_matched(scope, quantity) and _follows_condition(text, scope, kind)
    follows = follows or (not told and _found("decided_so", text[: quantity.numeral.start]))
    supposed = not told and _is_supposed(scope, kind)
    if sized or (aims and not supposed and not (follows and _found("would", scope.own))):
        return "target"
    # `ik ga ervan uit dat het eind dit jaar met 9% is gedaald`: a perfect of what is to come
    comes = future and (not told or _found("assumed", scope.matrix))
    comes = comes or follows or supposed or (not told and _moves(scope, paired))
    return "expected" if comes or _is_expected(scope, kind, told=told, year=year) else "realised"


def _put_right(text: str, quantity: Quantity) -> re.Match[str] | None:
    """Where a figure is told that is wrong, with the one that it has to be, for a number from there on."""
    told = _pattern("corrected_to").search(text)
    return told if told is not None and quantity.numeral.start >= told.start() else None


def _without_forecast(text: str, end: int) -> str:
    """The sentence without the forecast that a figure is compared with: how far off that is, is a fact."""
    compared = any(word in text for word in (" dan ", " wat ", " hetgeen "))
    than = _pattern("than_forecast").search(text, end) if compared else None
    if than is None:
        return text
    start, stop = than.span("than")
    return f"{text[:start]}{'…' * (stop - start)}{text[stop:]}"


def _is_attained(scope: _Scope) -> bool:
    """`Het streefcijfer is gehaald: 212`: what was reached, told with the aim."""
    if _found("attains", scope.before):
        return True
    told = f"{scope.matrix}{scope.before}" if scope.matrix else scope.before
    with_it = _found("attains_with", told) and _found("attains_after", scope.after)
    return with_it and not _found("must", scope.own) and not _found("would", scope.own)


def _is_sized(scope: _Scope) -> bool:
    """Whether the number is the size of an aim, reached or not."""
    is_set = _found("sized_set", scope.before) and _found("sized_set_after", scope.after)
    done = _found("sized_be", scope.before) and _found("perfect_after", scope.after)
    is_set = is_set or (_found("sized_final", scope.before) and _found("sized_final_after", scope.after))
    is_set = is_set or _found("sized_revised", scope.before)
    missed = _found("sized_missed", scope.before) and _found("sized_missed_after", scope.after)
    is_set = is_set or missed
    behind = _found("sized_after", scope.after) and not _found("sized_had", scope.before)
    return is_set or behind or (_found("sized", scope.before) and not done)


def _was_expected(scope: _Scope) -> bool:
    """`verwachtte dat er 40 zouden zijn`: what somebody then thought would be, whatever came of it."""
    return _found("expected_then", scope.matrix) and _found("then_would", scope.own)


def _was_wanted(scope: _Scope, kind: str) -> bool:
    """`wilde 400 huizen bouwen`, `hadden er 400 moeten zijn`; not `wilde 40% verhuizen`, how many wanted.

    So is an aim that should have been reached, though it wasn't.
    """
    if _found("should_have", scope.before) and _found("should_have_after", scope.after):
        return True
    aims = _found("aim", scope.before) or _found("aim", scope.matrix)
    if aims and _found("unreached", scope.after + scope.behind):
        return True
    return kind != "share" and _found("wanted", scope.before) and _found("wants_after", scope.after)


def _has_been_done(scope: _Scope) -> bool:
    """Whether the perfect tells what was done, and no aim."""
    told = _found("perfect", scope.before) and _found("perfect_after", scope.after)
    return told and not _found("must", scope.own) and not _found("aim", scope.matrix)


def _from_status(scope: _Scope, *, past: bool) -> str:
    """What is raised from 30 to 40 was 30, unless it is an aim or a forecast that is raised."""
    if _found("estimated", scope.before):
        return "expected"
    if past or not _found("raised", scope.own):
        return "realised"
    if _found("forecast_noun", scope.before):
        return "expected"
    aims = _found("aim", scope.before) or _found("sized_revised", scope.before)
    return "target" if aims else "realised"


def _is_set_aside(scope: _Scope, kind: str, *, multiple: bool, wished: bool) -> bool:
    """Money that is put aside stands, and so does the multiple that it is, unless it is still to be done."""
    if scope.apart:
        return True
    found = (kind == "amount" or multiple) and _found("set_aside", scope.own)
    return found and not wished and not _found("promised", scope.own)


def _is_negated(text: str, quantity: Quantity, scope: _Scope) -> bool:
    numeral = quantity.numeral
    return (
        numeral.form == "zero"
        or _found("negated", text[: numeral.start])
        or (_found("negated_after", text[quantity.end :]) and not _found("adjunct", scope.before))
        or (numeral.form == "growth" and _found("undone_after", text[quantity.end :]))
        or (_found("dropped", scope.before) and _found("dropped_after", scope.after))
        or _found("not_willed", scope.matrix)
        or _found("denied", scope.matrix)
        or _found("not_thought", scope.matrix.strip())
        or (_found("denied", scope.after) and not _found("wrong_things", scope.after))
        or _found("disowned", scope.own)
        or (_found("then_would", scope.before) and _found("instead_after", text[quantity.end :]))
        or (_found("mistaken", scope.own) and _found("mistaken_said", scope.own))
        or (_found("held", scope.matrix) and _found("at_end", scope.after))
        or (_found("held_over", scope.matrix) and _found("at_end_over", scope.after))
        or (_found("named", scope.before) and _found("named_but", text[quantity.end :]))
        or (_found("other_than", scope.before) and _found("other_than_said", scope.after + scope.behind))
        or _found("as_if", text[: numeral.start])
        or _is_fronted(text, numeral.start)
    )


def _is_fronted(text: str, at: int) -> bool:
    """Whether the number stands in a clause at the head of its sentence that the rest takes back."""
    matches = (_pattern(name).search(text) for name in ("fronted", "called_off"))
    return any(match is not None and at < match.end() for match in matches)


def _aims(scope: _Scope, kind: str) -> bool:
    return (
        (_found("must", scope.own) and not _is_borne(scope))
        or _found("aim", scope.before)
        or _found("norm", scope.before[-80:])
        or _found("limit", scope.before)
        or _found("asked_within", scope.before)
        or _found("aim", scope.matrix)
        or _found("aim_after", scope.after)
        or _found("called_for", scope.after + scope.behind)
        or _found("bound_to", scope.after + scope.behind)
        or (not scope.after and _found("still_to_do", scope.behind))
        or _is_left(scope)
        or _wants(scope, kind)
        or (
            _found("asked_for", scope.before)
            and _found("to_do", scope.own)
            and not _found("to_do_with", scope.before)
        )
        or (
            _found("agreed", scope.matrix)
            and (_found("fixed", scope.matrix) or not _found("will", scope.own))
        )
    )


def _is_left(scope: _Scope) -> bool:
    """`nog 300 bomen aan te planten`, `de nog te bouwen 250 huizen`: what is left to be made."""
    left = _found("left", scope.before) and _found("left_to_make", scope.after)
    return left or _found("to_be_made", scope.before) or _found("to_be_made_after", scope.after)


def _is_put_forward(scope: _Scope, kind: str) -> bool:
    """`stelt een drempel van 50 euro voor`, `de oproep tot een halvering`: what is proposed or called for."""
    if kind == "growth" and _found("plea", f"{scope.matrix}{scope.before}"):
        return True
    if _found("put_forward_noun", scope.before) and not _found("taken_up", scope.after):
        return True
    if _found("requested", scope.before) or _found("requested_so_many", f"{scope.matrix}{scope.before}"):
        return True
    if kind != "count" and _found("put_forward_is", scope.before):
        return True
    split = any(
        _found(f"{name}_split", scope.before) and _found(f"{name}_apart", scope.after)
        for name in ("put_forward", "advised")
    )
    told = split or _found("put_forward_after", scope.after)
    return told and (kind == "growth" or _found("put_forward", scope.before))


def _wants(scope: _Scope, kind: str) -> bool:
    """`wil 30 woningen bouwen`: what somebody wants; not `wil 30% verhuizen`, how many want."""
    if kind != "share" and _found("wants_then", scope.before):
        return True
    wants = _found("wants", scope.before) and _found("wants_after", scope.after)
    return wants and not (kind == "share" and _found("wants_part", scope.before))


def _is_borne(scope: _Scope) -> bool:
    """`moeten gemiddeld zes weken wachten`: what befalls people is no aim, as long as nothing limits it.

    Nor is what somebody expects that will have to be, or what a figure should have been.
    """
    if _found("put_right", scope.own) or _found("will_have_to", scope.matrix):
        return True
    return _found("borne", scope.own) and not _found("unborne", scope.own)


def _follows_condition(text: str, scope: _Scope, kind: str) -> bool:
    """`Als de brug dichtgaat, duurt de reis 12 minuten langer`: what would come of something."""
    text = _DOTTED.sub("·", text)
    attend_too(text)
    ends = _pattern("goes_on").match(text)
    if (ends is not None and ends.end() <= scope.start + 1) or _found("goes_on_behind", scope.behind):
        return True
    if _is_in_condition(text[: scope.start + len(scope.before)], scope, kind):
        return True
    opening = _pattern("condition").match(text)
    behind = opening is not None and opening.end() <= scope.start + 1
    if not behind and not _found("condition_behind", scope.behind):
        return False
    return kind == "growth" or (behind and _found("consequence", scope.own))


def _is_in_condition(before: str, scope: _Scope, kind: str) -> bool:
    """`Als de prijs met 4% stijgt`, `mocht het aantal tot 300 stijgen`, `bij een daling van 4%`: supposed."""
    if _found("in_mocht", before):
        return kind not in ("duration", "other")
    if is_past_tense(scope.own):
        return False
    if _found("supposed_case_first", before):
        return kind not in ("duration", "other")
    return kind == "growth" and (_found("in_condition", before) or _found("supposed_case_of", before))


def _is_known(scope: _Scope, quantity: Quantity) -> bool:
    """`ik zal ingaan op de 40 klachten`: they are there, whatever is to be done with them."""
    if _found("not_yet", quantity.phrase) or _found("bound_to", scope.after + scope.behind):
        return False
    if _found("whole", scope.before) and _found("whole_after", scope.after):
        return True
    told = _found("known_object", scope.before) and _found("turned_to", scope.after)
    return told or _found("known_set", scope.before)


def _is_given(scope: _Scope) -> bool:
    """`uitgaande van een looptijd van 40 jaar`: what a calculation takes as given, now."""
    return _found("given", scope.before) and not _found("ahead", scope.own)


def _is_supposed(scope: _Scope, kind: str) -> bool:
    """`Zonder dijken zou een kwart onderlopen`: what would be; of the case itself only a change."""
    if kind == "growth" and (
        _found("supposed_change", scope.own)
        or _found("borne_change", scope.before)
        or _found("borne_change_after", scope.after)
    ):
        return True
    if _found("only_possible", scope.own):
        return True
    return _found("supposed", scope.before) and not _found("supposed_case", scope.before)


def _is_matched(scope: _Scope, quantity: Quantity) -> bool:
    """`dertig keer zo hoog als het risico`: what a multiple is of is no condition."""
    return quantity.numeral.form == "growth" and not scope.after and scope.behind.startswith(" als ")


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
    if not (purpose or multiple):
        return False
    decided = _found("foreseen", scope.matrix) or _found("expects", scope.before + "te doen")
    return not decided and not (multiple and _found("managed", scope.before))


def _expects(scope: _Scope) -> bool:
    """Whether somebody has promised or expects it, be the number the verb itself (`te verdubbelen`)."""
    return _found("expects", f"{scope.before}te doen" if scope.before.endswith(" te ") else scope.own)


def _is_expected(scope: _Scope, kind: str, *, told: bool, year: str | None) -> bool:
    foreseen = _found("foreseen", scope.matrix) and not _found("past", scope.matrix)
    planned = _found("plan", scope.matrix) or _found("begun", scope.before)
    assumes = _found("assumes", scope.own) or _found("assumed", scope.matrix)
    assumed = assumes and (kind == "growth" or _found("ahead", scope.own))
    # how many are willing says how they stand today
    expects = _expects(scope) and not (kind == "share" and _found("willing", scope.own))
    if foreseen or planned or assumed or expects:
        return True
    if told:
        return False
    dated = year is not None and year in scope.own and _found("planned", scope.own)
    becomes = _found("becomes", scope.before) and not _found("participle", scope.after)
    return (
        dated
        or becomes
        or _is_called(scope, kind)
        or (kind == "duration" and _has_to_pass(scope))
        or (kind == "capacity" and _found("underway", scope.after))
        or _follows(scope)
        or _found("soon", scope.own)
        or _found("expected", scope.own)
        or _found("foretold", scope.before)
        or _may_come(scope, kind)
        or _is_done(scope, kind)
        or _is_brought(scope)
    )


def _is_called(scope: _Scope, kind: str) -> bool:
    """`de aangekondigde verhoging van 12%`, `een mogelijke boete van 900 euro`: what is called to come."""
    called = _found("to_come", scope.before) or _found("planned_work", scope.before)
    called = called or (kind not in ("count", "capacity") and _found("possible", scope.before))
    called = called or _found("option", scope.before)
    called = called or (kind == "growth" and _found("proposes", scope.before))
    return called and not _found("taken_up", scope.after)


def _has_to_pass(scope: _Scope) -> bool:
    """`wordt na vijf jaar geëvalueerd`, `loopt nog twee jaar`: a time that still has to pass."""
    if is_past_tense(scope.own):
        return False
    if _found("remaining", scope.before) and _found("remains", scope.own):
        return True
    if _found("over_then", scope.before) and _found("happens", scope.own):
        return True
    told = _found("evaluated", scope.own) or _found("reported_to", scope.own)
    return told and (_found("in_time", scope.before) or _found("in_time_after", scope.after))


def _follows(scope: _Scope) -> bool:
    """`er volgen nog 40 huizen`, `de overige 40 volgen later`: not who follows something."""
    later = _found("follow", scope.before) and _found("follow_after", scope.after)
    return later or _found("follows_later", scope.after)


def _may_come(scope: _Scope, kind: str) -> bool:
    """`kan oplopen tot 40`, `hiermee kunnen 40 gezinnen`: not what may have a consequence itself."""
    if kind != "duration" and _found("enabled", scope.before):
        return True
    behind = _found("may", scope.before) or (_found("moved", scope.before) and _found("may", scope.after))
    return behind and _found("may_become", scope.own)


def _is_done(scope: _Scope, kind: str) -> bool:
    """What is changed, built or closed in a plain present that tells no habit: it is decided."""
    if _pair("finding").search(scope.matrix):
        return False
    moved = kind == "growth" or _found("moved", scope.before)
    if moved and _found("altered", scope.own):
        return True
    if _found("again", scope.own) or _found("condition", scope.own):
        return False
    if _found("place", scope.before):
        return kind == "amount" and _found("comes_of", scope.before)
    if _found("by_making", scope.before) and _found("making", scope.after):
        return not is_past_tense(scope.before)
    acts = _found("acts", scope.own if kind == "growth" else scope.before)
    comes = _found("comes", scope.own) or (not scope.after and _found("still_to_come", scope.behind))
    comes_there = (
        kind != "amount" and _found("comes_to", scope.before) and not _found("comes_in", scope.after)
    )
    return acts or comes or comes_there or _found("done", scope.own)


def _is_brought(scope: _Scope) -> bool:
    """`de maatregel levert 3 miljoen op`: what comes of a measure."""
    return _found("brings", scope.before) or (
        _found("brings_cause", scope.before) and _found("brings_after", scope.after)
    )


#: The dot of a number ends no sentence.
_DOTTED = re.compile(r"\.(?<=\d\.)(?=\d)")


def _scope(text: str, quantity: Quantity, *, alone: bool = False) -> _Scope:
    """The number's clause, and the one before it where that says what to think of it.

    What stands in brackets belongs to it; `alone` not, unless it is the size of a forecast.
    """
    numeral = quantity.numeral
    text = _DOTTED.sub("·", aside_blanked(text, numeral.start))
    attend_too(text)
    breaks = _breaks(text)
    if purpose := _pattern("purpose_ends").match(text):
        breaks = sorted([*breaks, purpose.end()])
    starts = [0, *(at for at in breaks if at < numeral.start)]
    right = min((at for at in breaks if at >= quantity.end), default=len(text))
    inset = inset_end(text, numeral.start, quantity.end)
    right = min([right, inset or right, *(at for at in coordinated(text) if at >= quantity.end)])
    left = starts.pop()
    closed = text.find(")", quantity.end, right) if text.startswith(" (", left) else -1
    alone = alone and text.startswith(" (", left)
    alone = alone and not _found("cells_expected", text[max(0, left - _NEAR) : numeral.start])
    within = slice(closed) if closed >= 0 else slice(right)
    while starts and not alone and _continues(text[starts[-1] : left], text[within][left:]):
        left = starts.pop()
    outer = left
    while starts and inset is None and _found("complement", text[outer:right]):
        outer = starts.pop()
    while starts and outer < left and _continues(text[starts[-1] : outer], text[outer:left]):
        outer = starts.pop()
    before, after = text[left : numeral.start], text[quantity.end : right]
    own = f"{before} {after}"
    gates(own)  # it is no part of the sentence: noted here is what it may match
    return _Scope(before, after, text[outer:left], left, text[right:], own, alone)


#: Characters before a bracket that say what its sum is.
_NEAR = 60


@lru_cache(maxsize=256)
def _breaks(text: str) -> list[int]:
    """Where a clause begins."""
    return [start for start, _ in spans(_pattern("within"), text)]


def _continues(before: str, clause: str) -> bool:
    """Whether a clause goes on with what stands before it: as a part of it, or without a verb or subject."""
    if _found("part", clause) or (_found("elliptic", clause) and not _found("finite", clause)):
        return not _found("already", clause)
    if _found("sums", clause):
        return True
    if not clause.startswith(", ") or _found("finite", before) or _found("subordinate", before):
        return False
    return _found("verb_first", clause)


# What other sentences say of a figure


def of_cells(named: str, around: str, *, past: bool, future: bool) -> str:
    """How a cell of a table stands: by the heads of its row and column, else by what is said `around` them.

    An estimate of what is past is a forecast only where the table has what became of it too.
    """
    both = _found("cells_realised", around)
    if _found("cells_realised", named):
        return "realised"
    if _found("cells_aimed", named):
        return "target"
    if _found("cells_expected", named):
        return "realised" if past and not both else "expected"
    if not past and not both and _found("cells_aimed", around):
        return "target"
    return (
        "expected" if future or (not past and not both and _found("cells_expected", around)) else "realised"
    )


def resumes(text: str) -> bool:
    """Whether a sentence gives the size of what the one before it speaks of (`Het gaat om 300 woningen.`)."""
    return _found("resumes", text)


def going_on(text: str) -> Collection[str]:
    """The kinds of figures that stand as the sentence before does: all of a fragment, changes that follow."""
    parts = _found("parts", text) and not _found("past", text)
    if parts or (_found("fragment", text) and not _found("finite", text)):
        return ("count", "share", "capacity", "growth", "amount")
    return ("growth",) if _found("follows", text) and not _found("past", text) else ()


def expects_now(text: str) -> bool:
    """Whether somebody expects, now, what the sentence says."""
    return _found("expecting", text)


def foretells(text: str) -> bool:
    """Whether a sentence tells of what will be."""
    return _found("will", text)


def is_aim(text: str) -> bool:
    """Whether a sentence without figures tells of an aim."""
    return _found("aim", text) or _found("must", text) or _found("agreed", text)


def denies(text: str) -> bool:
    """Whether a sentence takes back the figures of the one before it (`Die cijfers herken ik niet.`)."""
    return _found("denied_next", text)


def corrects(text: str, before: str) -> bool:
    """Whether a sentence puts right the figure that was written by the one before it (`Dat moet 9 zijn`)."""
    return _found("corrects_next", text) and _found("written", before)


def refuses(text: str) -> bool:
    """Whether the opening of an answer refuses what it is asked to do (`Nee, daartoe zie ik geen reden.`)."""
    return _found("refused_answer", text)


def is_wished(before: str) -> bool:
    """Whether a number behind these words of a question is of what is asked to be done."""
    return _found("wished_for", before)


def denies_question(text: str, question: str) -> bool:
    """Whether the opening of an answer denies what the question states; a bare no denies what it asks."""
    return _found("denied_answer", text) or (_found("denied_no", text) and _found("asked", question))
