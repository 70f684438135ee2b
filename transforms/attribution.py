"""Whom a sentence credits with its figures, and whose the publications are that a letter speaks of."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.bodies import agencies, bodies, is_bare, is_institution, is_listed
from transforms.carrying import has_inquired
from transforms.constructions import (
    Named,
    begun_with,
    credit,
    named_last,
    names_in,
    possible,
    without_names,
    words_of,
)
from transforms.vocabulary import as_written, gates, occurs, words


@lru_cache(maxsize=256)  # asked for each figure of a sentence, and once more for the next sentence
def source(text: str, before: str | None = None) -> str | None:
    """The bodies that a sentence credits, in their order, separated by `;`; None where it credits nobody.

    `before` is the source named last: `volgens haar` and `de Federatie` are that one again.
    """
    if (asked := asked_by(text)) is not None:
        return asked
    return told(text, before)


def told(text: str, before: str | None = None) -> str | None:
    """As `source`, whatever the letter's reader, a member or the media are said to suppose."""
    tail = as_written("sources", "so").search(text)
    if tail is not None and as_written("sources", "passed_on").match(text, tail.start()) is not None:
        made = credit(text[: tail.start()], "construction", before)
        if made is not None:
            return made  # whoever passes on what another found
    if tail is not None and (stated := credit(text[tail.start() :], "construction", before)) is not None:
        return stated
    found = credit(text, "construction", before)
    if found is None and refers_back(text):
        return begun_with(text) or before
    return found


def refers_back(text: str) -> bool:
    """Whether a sentence speaks of the body named last (`zij schat`, `in haar jaarverslag`)."""
    return occurs(words_of("again"), text)


def is_same(text: str) -> bool:
    """Whether a sentence calls a body the same one as before (`aldus dezelfde bond`)."""
    return "zelfde " in text


def is_of_several(text: str, last: str) -> bool:
    """Whether `zij` in a sentence are those of the last one, who are no body (`De teams hebben nieuws`)."""
    return (
        occurs(words_of("they"), text) and occurs(words_of("several"), last) and not without_names(last).names
    )


def calls_by_noun(text: str) -> bool:
    """Whether a sentence has a body that it calls by its noun alone (`dat instituut`)."""
    return any(is_bare(body.name) for body in without_names(text).names.values())


def presumed(text: str, *, lasts: bool = False) -> str | None:
    """The bodies that a sentence with figures is about whose business is data, or whose data it speaks of.

    What `lasts` so long may be what they do themselves.
    """
    return credit(text, "data_of", None) or (None if lasts else credit(text, "presumption", None))


def is_own_doing(text: str, start: int, end: int) -> bool:
    """Whether a number says how often, with what, or how long afterwards a sentence's subject does something.

    `Het X peilt dat elke 4 jaar`, `Het X meet dat met 40 boeien`.
    """
    repeated = (
        as_written("sources", "every").search(text[:start]) is not None
        or as_written("sources", "times").match(text, start) is not None
    )
    if repeated and as_written("sources", "asked_to").search(text[end:].partition(" om ")[0]) is not None:
        return False  # `X raadt aan dat twee keer per week te doen`
    by_means = as_written("sources", "means").search(text[:start]) is not None and not _is_share(text, end)
    reported = (
        as_written("sources", "afterwards").match(text, start) is not None
        and as_written("sources", "reports").search(text[:start]) is not None
    )
    return (repeated or by_means or reported) and credit(text[:start], "doing", None) is not None


def is_of_study(text: str, start: int, end: int) -> bool:
    """Whether a number tells how large a study was, not what came of it (`waaraan 300 meters deelnamen`)."""
    return (
        as_written("sources", "study").search(text[:start]) is not None
        and as_written("sources", "study_done").match(text, end) is not None
    )


def _is_share(text: str, end: int) -> bool:
    """Whether a number that ends there is a percentage."""
    return text[end - 1 : end] == "%" or text[end:].lstrip().startswith(("%", "procent"))


def without(credited: str | None, others: str) -> str | None:
    """The bodies that are credited, without some others."""
    return ";".join(name for name in (credited or "").split(";") if name not in others.split(";")) or None


def source_at(text: str, at: int, before: str | None = None) -> str | None:
    """The bodies that a figure's own clause credits, else those that the sentence does."""
    own = clause(text, at)
    end = text.find(own) + len(own)
    if text[end:].startswith(", anders dan ") and ", " not in text[end + 2 :]:
        return source(own, before)
    if own == text or asked_by(text) is not None:
        return _of_half(text, at, before) or source(text, before)
    stated = source(own, before) or _of_half(text, at, before)
    parted = text.startswith("; ", end) and _DIGIT.search(text, end) is not None
    if (
        stated is None
        and (parted or as_written("sources", "contrast").match(text, end) is not None)
        and as_written("sources", "so").search(text) is None
    ):
        return source(text[:end], before)  # what a clause behind it credits is that clause's
    return stated or source(text, before)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def without_forecast(text: str) -> str:
    """A sentence without what its figures are held against (`meer dan het CPB raamde`): not theirs."""
    spans = _forecasts(text)
    return "".join(text[start:end] for start, end in _between(spans, len(text))) if spans else text


def beside_forecast(text: str, at: int) -> tuple[str, int]:
    """What of a sentence tells whose a figure is, and where the figure stands in that.

    What its figures are held against tells of those alone that stand in it.
    """
    spans = _forecasts(text)
    own = next(((start, end) for start, end in spans if start <= at < end), None)
    if own is not None:
        return text[own[0] : own[1]], at - own[0]
    before = sum(end - start for start, end in spans if end <= at)
    return without_forecast(text), at - before


def _between(spans: Sequence[tuple[int, int]], length: int) -> Iterable[tuple[int, int]]:
    starts = [0, *(end for _, end in spans)]
    return zip(starts, [*(start for start, _ in spans), length], strict=True)


def without_estimate(text: str, at: int) -> str:
    """A sentence up to whose estimate a later number is: no figure in front of that is theirs."""
    match = next(as_written("sources", "estimated_by").finditer(text, at), None)
    return text if match is None else text[: match.start()] + text[match.end() - 1 :]


def without_hearsay(text: str) -> str:
    """A sentence without what is reported as if it were so."""
    return as_written("sources", "as_if").sub("", text)


def beside_hearsay(text: str, at: int) -> tuple[int, int, bool]:
    """From where to where a sentence tells whose a figure is, and whether it is somebody's say alone.

    What is reported as if it were so, or said by whoever asks, is nobody's of whom the rest speaks.
    """
    reported = as_written("sources", "as_if").search(text)
    if reported is not None:
        start, end = reported.span()
        if start <= at < end:
            return 0, end, True
        return (0, start, False) if at < start else (end, len(text), False)
    said = as_written("sources", "said_by").search(text)
    if said is None or asked_by(text) is None:
        return 0, len(text), False
    own = clause(text, at)
    start = text.find(own)
    end = start + len(own)
    if at < said.start() < end and text[: said.start()].endswith(", ") and text[said.end() :][:1] == " ":
        return start, said.start(), False  # `X telt er 40, volgens de vraagsteller zijn het er 60`
    return start, end, start <= said.start() < end


@lru_cache(maxsize=256)
def _forecasts(text: str) -> tuple[tuple[int, int], ...]:
    """Where somebody's forecast or other number stands that the letter's own figure is held against."""
    matches = as_written("sources", "against").finditer(text)
    spans = (match.span() for match in matches)
    return tuple((start, end) for start, end in spans if _names_body(text, start, end))


def _names_body(text: str, start: int, end: int) -> bool:
    return any(start <= body.start < end for body in bodies(text))


def _of_half(text: str, at: int, before: str | None) -> str | None:
    """The source of a figure's half of a sentence that credits one body in each half."""
    credited = source(text, before) or ""
    if ";" not in credited:
        return None
    for match in as_written("sources", "halves").finditer(text):
        halves = source(text[: match.start()], before), source(text[match.end() :], before)
        if None not in halves and halves[0] != halves[1]:
            return halves[at >= match.end()]
    return _beside(text, at, credited.split(";"))


def _beside(text: str, at: int, credited: Sequence[str]) -> str | None:
    """Which of the bodies credited in a sentence a figure is beside, where each has a number beside it.

    The last break with a name and a number on both sides parts them (`X noemt 40 gevallen, Y 60`).
    """
    places = [(body.start, body.name) for body in bodies(text) if body.name in credited]
    for match in reversed([*as_written("sources", "pause").finditer(text)]):
        left = {name for start, name in places if start < match.start()}
        right = {name for start, name in places if start >= match.start()}
        numbers = _DIGIT.search(text, 0, match.start()), _DIGIT.search(text, match.end())
        if left and right and left.isdisjoint(right) and None not in numbers:
            if at < match.start() and len(left) > 1:
                return _beside(text[: match.start()], at, [name for name in credited if name in left])
            return ";".join(name for name in credited if name in (left if at < match.start() else right))
    return None


_DIGIT = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b)\d")


def clause(text: str, at: int) -> str:
    """The main clause around an offset: what stands between semicolons, `terwijl` and `maar`."""
    breaks = _breaks(text)
    if not breaks:
        return text
    start = max((each for each in breaks if each <= at), default=0)
    return text[start : min((each for each in breaks if each > at), default=len(text))]


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def _breaks(text: str) -> list[int]:
    return [match.start() for match in as_written("sources", "break").finditer(text)]


def credited_behind(text: str, before: str = "") -> str | None:
    """Whom a sentence without figures credits with those of the one before it (`Dit blijkt uit …`)."""
    text = words_of("part", table="carry").sub("", clause(text, 0))
    if words_of("behind", table="carry").search(text) is None or occurs(
        words_of("partly", table="carry"), text
    ):
        return None
    named = named_last(before) if before and refers_back(text) else None
    return introduced(text, named) or source(text, named) or credit(text, "behind", named)


def of_section(text: str) -> str | None:
    """Whose all figures are that a section is to state (`De cijfers in deze paragraaf zijn van …`)."""
    if words_of("section", table="carry").search(text) is None:
        return None
    named = named_last(text) if refers_back(text) else None
    return introduced(text, named) or source(text, named) or credit(text, "section", None) or named


def is_of_letter(text: str) -> bool:
    """Whether what a section says of its figures is said of the whole letter (`in deze brief`)."""
    return not occurs(words_of("of_part", table="carry"), text)


def is_behind_both(text: str) -> bool:
    """Whether a sentence speaks of the two figures before it (`Beide getallen zijn …`)."""
    return text.startswith("Beide ")


def is_title(credited: str, text: str) -> bool:
    """Whether a sentence credits a publication, which a note may tell the maker of."""
    reports = {body.name for body in without_names(text).names.values() if body.report}
    return reports.issuperset(credited.split(";"))


def is_behind_all(text: str) -> bool:
    """Whether a sentence speaks of all the figures before it (`Deze aantallen zijn …`)."""
    return occurs(words_of("those", table="carry"), text)


class Published(NamedTuple):
    """A publication that a letter speaks of at an offset, by the stem of its noun, and whose it is."""

    start: int
    stem: str
    body: str


def published(sentences: Iterable[tuple[int, str]]) -> list[Published]:
    """The publications that sentences, with their offsets, say to be somebody's, in their order."""
    return [
        Published(start, stem, body)
        for start, text in sentences
        if is_about_data(text)
        for stem, body in _published(without_names(text))
    ]


def _published(named: Named) -> Iterable[tuple[str, str]]:
    for pattern in possible("published", named) if named.names else ():
        for match in pattern.finditer(named.text):
            signs = "".join(filter(None, match.groups()))
            makers = dict.fromkeys(
                named.names[sign].name
                for sign in signs
                if sign in named.names and not named.names[sign].report
            )
            what = match["what"]
            title = named.names[what].name if what in named.names else what
            for word in reversed(title.split()):
                if makers and (stem := _stem(word)) is not None:
                    yield stem, ";".join(makers)
                    break


@lru_cache(maxsize=256)
def describes(text: str) -> bool:
    """Whether a sentence credits a publication or an inquiry, which the letter then goes on about.

    A single figure (`volgens X`, `naar opgave van X`) is credited without one.
    """
    text = as_written("sources", "in_passing").sub("", text)
    if has_inquired(text):
        return True
    if not has_data_noun(text):
        return any(word in text for word in words("sources")["name"]["researchers"])
    return (
        words_of("published").search(text) is not None
        or any(_published(without_names(text)))
        or introduced(text) is not None
    )


def is_about_data(text: str) -> bool:
    """Whether a sentence may speak of a publication or an inquiry."""
    return has_data_noun(text) or occurs(words_of("inquires", table="carry"), text)


def has_data_noun(text: str) -> bool:
    """Whether a sentence has a noun for a publication, an inquiry or data (`cijfers`, `jaarverslag`)."""
    gates(text)  # asked of sentences that are read later, too: noted here is what it may match
    return occurs(words_of("data_noun", table="carry"), text)


def maker(text: str, start: int, known: Callable[[], list[Published]]) -> str | None:
    """Whose the publication is that a sentence goes back to (`uit de rapportage blijkt`)."""
    match = words_of("published").search(text) if has_data_noun(text) else None
    if match is None:
        return None
    stem = _stem(next(filter(None, match.groups())))
    return next((each.body for each in reversed(known()) if each.start < start and each.stem == stem), None)


def made(heading: str, start: int, known: Callable[[], list[Published]]) -> str | None:
    """Whose the publication is that a heading names: the last one of the kind spoken of before."""
    stems = {stem for word in heading.split() if (stem := _stem(word)) is not None}
    return next((each.body for each in reversed(known()) if each.start < start and each.stem in stems), None)


def researchers(credited: str, start: int, known: Callable[[], list[Published]]) -> str:
    """Who `de onderzoekers` are: whoever made the last inquiry that the letter spoke of."""
    if credited not in words("sources")["name"]["researchers"]:
        return credited
    inquiries = words("sources")["name"]["inquiries"]
    made = (each.body for each in reversed(known()) if each.start < start and each.stem in inquiries)
    return next(made, credited)


def _stem(noun: str) -> str | None:
    match = words_of("stem", table="carry").search(noun)
    return match[1].lower() if match is not None else None


@lru_cache(maxsize=256)
def asked_by(text: str) -> str | None:
    """Whose supposition a sentence repeats: that of the letter's reader, of the media or of a member."""
    if supposed := names_in(text, "supposition"):
        return ";".join(dict.fromkeys(supposed))
    for who in ("reader", "media"):
        if occurs(words_of(who), text):
            return str(words("sources")["credit"][f"{who}_is"])
    return None


def media() -> str:
    """Who is credited with what the papers are said to report."""
    return str(words("sources")["credit"]["media_is"])


def askers(text: str) -> str | None:
    """The members whose questions a letter answers, as what stands above the first one says."""
    above = " ".join(text[:_HEADING].split()).partition("Vraag 1")[0]
    if (match := as_written("sources", "asked_by_members").search(above)) is None:
        return None
    named = _JOINTS.split(_PARTY.sub("", match["names"]).strip())
    return ";".join(named) if all(map(as_written("sources", "member_name").fullmatch, named)) else None


#: Characters in which the heading of questions stands.
_HEADING = 2000
_JOINTS = re.compile(r",? en |, ")
_PARTY = re.compile(r" ?\([^()]*\)")


@lru_cache(maxsize=256)
def introduced(text: str, before: str | None = None) -> str | None:
    """The bodies whose data a sentence speaks of, so that the figures behind it are theirs."""
    if not occurs(words_of("introduces", table="carry"), text):
        return None
    stated = source(text, before)
    return stated if stated is not None else credit(text, "introduction", before)


@lru_cache(maxsize=256)
def looked_into(text: str, before: str | None = None) -> str | None:
    """The bodies that a sentence says to have looked into something or to tell something."""
    stated = source(text, before)
    if stated is not None or not is_about_data(text):
        return stated
    return credit(text, "inquiry", before)


@lru_cache(maxsize=64)
def noted(note: str) -> str | None:
    """The bodies that a footnote names as where a figure comes from (`Bron: …`, `CBS, Jaarcijfers 2019`)."""
    if as_written("sources", "judgment").search(note) is not None:
        return None
    if (publisher := _publisher(note)) is not None:
        return publisher
    note = as_written("sources", "dated").sub(r"\1, \2,", note)
    named = without_names(note)
    if len(named.text.rstrip(" .")) == 1 and " " in note.strip():
        return None  # a name in full, for its abbreviation
    if as_written("sources", "counted").search(note) is None:
        return source(note) or credit(note, "note", None) or _of_site(note)
    # a note that states figures of its own says at its head or at its end where those of the text come from
    return credit(note, "note", None) or source(note[note.find("Bron") :] if "Bron" in note else "")


def _publisher(note: str) -> str | None:
    """Whose the publication is that a note names behind its authors, or behind a place (`Utrecht: X`)."""
    authors = as_written("sources", "authors").match(note)
    for body in reversed(bodies(note)):
        if body.report or not (body.listed or is_institution(body.name)):
            continue
        if as_written("sources", "publisher").search(note, 0, body.start) is not None:
            return body.name
        if authors is not None and body.start >= authors.end():
            return body.name
    return None


def _of_site(note: str) -> str | None:
    """Whose the site is that a note gives the address of, and no more."""
    match = as_written("sources", "site").match(note)
    return agencies().get(match[1]) if match is not None else None


def shortened(credited: str | None, short_names: Callable[[], Mapping[str, str]]) -> str | None:
    """The source with each name as the letter calls it for short, which is found out when it is asked for."""
    if credited is None:
        return None
    called = (
        name if is_listed(name) else short_names().get(name.lower(), name) for name in credited.split(";")
    )
    named = (name.removeprefix("stichting ") for name in called if not is_bare(name))
    return ";".join(dict.fromkeys(named)) or None
