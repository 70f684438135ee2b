"""Whom a letter credits with its figures."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import count, pairwise
from operator import or_
from typing import NamedTuple, cast

from transforms.bodies import Body, agencies, bodies, calls, is_bare, is_institution, is_listed, kinds
from transforms.nouns import is_plural
from transforms.vocabulary import Pattern, as_written, compiled, gates, known, occurs, words


class Named(NamedTuple):
    """A sentence, in lower case, with a sign of the private use area in the place of each name; the names.

    `lacks` are the kinds of names that it has none of and that a construction may need.
    """

    text: str
    names: Mapping[str, Body]
    lacks: frozenset[str]


#: A body, one of the vocabulary, one that makes data, a publication: the first of the signs for them.
_BODY, _LISTED, _MAKER, _PUBLICATION, _END = 0xE000, 0xE080, 0xE100, 0xE180, 0xE200
_SIGNS = 0x80


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
    if tail is not None and (stated := _credited(text[tail.start() :], "construction", before)) is not None:
        return stated
    found = _credited(text, "construction", before)
    if found is None and refers_back(text):
        return _subject(text) or before
    return found


def refers_back(text: str) -> bool:
    """Whether a sentence speaks of the body named last (`zij schat`, `in haar jaarverslag`)."""
    return occurs(_part("again"), text)


def is_same(text: str) -> bool:
    """Whether a sentence calls a body the same one as before (`aldus dezelfde bond`)."""
    return "zelfde " in text


def is_of_several(text: str, last: str) -> bool:
    """Whether `zij` in a sentence are those of the last one, who are no body (`De teams hebben nieuws`)."""
    return occurs(_part("they"), text) and occurs(_part("several"), last) and not without_names(last).names


def calls_by_noun(text: str) -> bool:
    """Whether a sentence has a body that it calls by its noun alone (`dat instituut`)."""
    return any(is_bare(body.name) for body in without_names(text).names.values())


def named_last(text: str) -> str | None:
    """The body that a next sentence may call `zij`: the only one of a sentence, else its subject."""
    named = without_names(text).names.values()
    makers = {body.name for body in named if not body.report and not is_bare(body.name)}
    return makers.pop() if len(makers) == 1 else _subject(text)


def presumed(text: str) -> str | None:
    """The bodies that a sentence with figures is about whose business is data."""
    return _credited(text, "presumption", None)


def without(credited: str | None, others: str) -> str | None:
    """The bodies that are credited, without some others."""
    return ";".join(name for name in (credited or "").split(";") if name not in others.split(";")) or None


def _subject(text: str) -> str | None:
    """The body that a sentence begins with, or the several."""
    named = without_names(text)
    match = _SUBJECTS.match(named.text)
    bodies = [named.names[sign] for sign in _SIGN.findall(match[0])] if match is not None else []
    return ";".join(body.name for body in bodies if not body.report) or None


def source_at(text: str, at: int, before: str | None = None) -> str | None:
    """The bodies that a figure's own clause credits, else those that the sentence does."""
    own = clause(text, at)
    end = text.find(own) + len(own)
    if text[end:].startswith(", anders dan ") and ", " not in text[end + 2 :]:
        return source(own, before)
    if own == text or asked_by(text) is not None:
        return _of_half(text, at, before) or source(text, before)
    stated = source(own, before) or _of_half(text, at, before)
    if (
        stated is None
        and as_written("sources", "contrast").match(text, end) is not None
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
    text = clause(text, 0)
    if _part("behind", table="carry").search(text) is None:
        return None
    named = named_last(before) if before and refers_back(text) else None
    return introduced(text, named) or source(text, named) or _credited(text, "behind", named)


def of_section(text: str) -> str | None:
    """Whose all figures are that a section is to state (`De cijfers in deze paragraaf zijn van …`)."""
    if _part("section", table="carry").search(text) is None:
        return None
    named = named_last(text) if refers_back(text) else None
    return introduced(text, named) or source(text, named) or _credited(text, "section", None) or named


def is_of_letter(text: str) -> bool:
    """Whether what a section says of its figures is said of the whole letter (`in deze brief`)."""
    return not occurs(_part("of_part", table="carry"), text)


def mentions(text: str, body: str | None) -> bool:
    """Whether a sentence names the body named last once more."""
    makers = (each.name for each in without_names(text).names.values() if not is_bare(each.name))
    return body is not None and any(_again(name, body) in body.split(";") for name in makers)


def is_behind_both(text: str) -> bool:
    """Whether a sentence speaks of the two figures before it (`Beide getallen zijn …`)."""
    return text.startswith("Beide ")


def is_title(credited: str, text: str) -> bool:
    """Whether a sentence credits a publication, which a note may tell the maker of."""
    reports = {body.name for body in without_names(text).names.values() if body.report}
    return reports.issuperset(credited.split(";"))


def is_source_line(text: str) -> bool:
    """Whether a text is no more than where figures are from (`Bron: X`)."""
    return as_written("sources", "source_line").match(text) is not None


def is_behind_all(text: str) -> bool:
    """Whether a sentence speaks of all the figures before it (`Deze aantallen zijn …`)."""
    return occurs(_part("those", table="carry"), text)


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
    for pattern in _constructions("published", named) if named.names else ():
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
        _part("published").search(text) is not None
        or any(_published(without_names(text)))
        or introduced(text) is not None
    )


def is_about_data(text: str) -> bool:
    """Whether a sentence may speak of a publication or an inquiry."""
    return has_data_noun(text) or occurs(_part("inquires", table="carry"), text)


def has_data_noun(text: str) -> bool:
    """Whether a sentence has a noun for a publication, an inquiry or data (`cijfers`, `jaarverslag`)."""
    gates(text)  # asked of sentences that are read later, too: noted here is what it may match
    return occurs(_part("data_noun", table="carry"), text)


def maker(text: str, start: int, known: Callable[[], list[Published]]) -> str | None:
    """Whose the publication is that a sentence goes back to (`uit de rapportage blijkt`)."""
    match = _part("published").search(text) if has_data_noun(text) else None
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
    match = _part("stem", table="carry").search(noun)
    return match[1].lower() if match is not None else None


@lru_cache(maxsize=256)
def asked_by(text: str) -> str | None:
    """Whose supposition a sentence repeats: that of the letter's reader, of the media or of a member."""
    if supposed := _credited_in(text, "supposition"):
        return ";".join(dict.fromkeys(supposed))
    for who in ("reader", "media"):
        if occurs(_part(who), text):
            return str(words("sources")["credit"][f"{who}_is"])
    return None


@lru_cache(maxsize=256)
def introduced(text: str, before: str | None = None) -> str | None:
    """The bodies whose data a sentence speaks of, so that the figures behind it are theirs."""
    if not occurs(_part("introduces", table="carry"), text):
        return None
    stated = source(text, before)
    return stated if stated is not None else _credited(text, "introduction", before)


@lru_cache(maxsize=256)
def looked_into(text: str, before: str | None = None) -> str | None:
    """The bodies that a sentence says to have looked into something or to tell something."""
    stated = source(text, before)
    if stated is not None or not is_about_data(text):
        return stated
    return _credited(text, "inquiry", before)


@lru_cache(maxsize=64)
def noted(note: str) -> str | None:
    """The bodies that a footnote names as where a figure comes from (`Bron: …`, `CBS, Jaarcijfers 2019`)."""
    note = as_written("sources", "dated").sub(r"\1, \2,", note)
    named = without_names(note)
    if len(named.text.rstrip(" .")) == 1 and " " in note.strip():
        return None  # a name in full, for its abbreviation
    if as_written("sources", "counted").search(note) is None:
        return source(note) or _credited(note, "note", None) or _of_site(note)
    # a note that states figures of its own says at its head or at its end where those of the text come from
    return _credited(note, "note", None) or source(note[note.find("Bron") :] if "Bron" in note else "")


def _of_site(note: str) -> str | None:
    """Whose the site is that a note gives the address of, and no more."""
    match = as_written("sources", "site").match(note)
    return agencies().get(match[1]) if match is not None else None


def _credited(text: str, table: str, before: str | None) -> str | None:
    found = _credited_in(text, table)
    return ";".join(dict.fromkeys(_again(name, before) for name in found)) or None


@lru_cache(maxsize=256)  # whatever was named before
def _credited_in(text: str, table: str) -> tuple[str, ...]:
    named = without_names(text)
    if not named.names:
        return ()
    found = _found(table, named)
    if found and table == "construction" and len(named.names) > len(found):
        found |= _found("beside", named)
    credited = [body for _, body in sorted(found.items())]
    made = [body for body in credited if not body.report]
    return tuple(_in_sentence(body, named) for body in made or credited)


def _in_sentence(body: Body, named: Named) -> str:
    """The name of a body, which one before it in the sentence has for it that is called by its noun."""
    if not is_bare(body.name):
        return body.name
    before = [each.name for each in named.names.values() if each.start < body.start and not each.report]
    return next((name for name in reversed(before) if kinds(name) and calls(body.name, name)), body.name)


def _found(table: str, named: Named) -> dict[int, Body]:
    """The bodies that a table's constructions credit, by where they stand."""
    return {
        body.start: body
        for pattern in _constructions(table, named)
        for match in pattern.finditer(named.text)
        for sign in "".join(filter(None, match.groups()))
        if (body := named.names.get(sign)) is not None and not _reacts_to(named.text, sign)
    }


def _reacts_to(text: str, sign: str) -> bool:
    """Whether a letter acts upon a body's publication (`naar aanleiding van het rapport van X`)."""
    at = text.find(sign)
    return _part("reacts").search(text, max(0, at - _REACTS), at) is not None


#: Characters in front of a name in which a letter may say so.
_REACTS = 90


def _constructions(table: str, named: Named) -> list[re.Pattern[str]]:
    """The constructions that a sentence may hold, by its words and by the names in it."""
    return _possible(table, named.lacks, gates(named.text) & _gates_of(table, len(known())))


@lru_cache(maxsize=20_000)  # few of a sentence's gates matter to a table
def _possible(table: str, lacks: frozenset[str], bits: int) -> list[re.Pattern[str]]:
    return [
        pattern.regex
        for pattern, entry in _filled_in(table)
        if pattern.gate & bits == pattern.gate and pattern.may_match(bits) and entry.get("needs") not in lacks
    ]


@cache
def _gates_of(table: str, _: int) -> int:
    """The gates that any construction has, as of so many patterns learnt."""
    return reduce(or_, (pattern.gates for pattern, _ in _filled_in(table)), 0)


@cache
def _filled_in(table: str) -> list[tuple[Pattern, Mapping[str, str]]]:
    return [(cast("Pattern", _filled(entry["pattern"])), entry) for entry in words("sources")[table]]


@cache
def _filled(pattern: str) -> re.Pattern[str]:
    """A construction with the signs of names in it, each in a group of its own, for a text in lower case.

    That is several times as fast as a search without regard to case.
    """
    body, listed, maker, publication = (
        f"[{chr(first)}-{chr(last - 1)}]"
        for first, last in (
            (_BODY, _PUBLICATION), (_LISTED, _PUBLICATION), (_MAKER, _PUBLICATION), (_PUBLICATION, _END),
        )
    )  # fmt: skip
    no_subject = rf"{words('sources')['credit']['no_subject']}(?<!{body} en .)(?<!\d .)"
    others = rf"(?:(?: of |,? en |, ?|/|,? alsmede | en/of ){body}){{0,5}}"
    whose = words("sources")["credit"]["whose"]
    for placeholder, filling in (
        ("{subject}", f"({body}{no_subject}{others}){whose}"),
        ("{maker_subject}", f"({maker}{no_subject}{others})"),
        ("{bodies}", f"({body}{others})"),
        ("{listed}", f"({listed})"),
        ("{maker}", maker),
        ("{named}", f"({publication})"),
    ):
        pattern = pattern.replace(placeholder, filling)
    return compiled("sources", pattern, flags=re.NOFLAG)


@lru_cache(maxsize=256)
def without_names(text: str) -> Named:
    """The sentence as the constructions read it: titles empty, articles and asides of names left out."""
    plain = _QUOTED.sub("«»", _SIGN.sub(" ", text))
    names: dict[str, Body] = {}
    pieces, at, numbers = [], 0, count()
    for body in _titled(plain)[:_SIGNS]:
        if as_written("sources", "of_law").search(
            plain, max(0, body.start - _LONGEST_ARTICLE - _LONGEST_LAW), body.start
        ):
            continue
        first = _PUBLICATION if body.report else _MAKER if body.maker else _LISTED if body.listed else _BODY
        sign = chr(first + next(numbers))
        names[sign] = body
        article = as_written("sources", "article").search(
            plain, max(at, body.start - _LONGEST_ARTICLE), body.start
        )
        pieces += [plain[at : article.start() if article else body.start], sign]
        at = body.end
    read = "".join([*pieces, plain[at:]])
    if " (" in read:
        read = as_written("sources", "aside").sub("", read)
    if ", " in read:
        read = as_written("sources", "apposition").sub(r" \1 ", as_written("sources", "inset").sub("", read))
    if "owel " in read:
        read = as_written("sources", "both").sub(r"\1 en \2", read)
    if " u " in read:
        read = as_written("sources", "asked_of_you").sub(" ", read)
    return Named(read.lower(), names, _lacking(names.values()))


def _lacking(names: Collection[Body]) -> frozenset[str]:
    """What a construction may need a name of, and none of these is; who makes data counts as listed."""
    has = {
        "listed": any((body.listed or body.maker) and not body.report for body in names),
        "maker": any(body.maker and not body.report for body in names),
        "publication": any(body.report for body in names),
    }
    return frozenset(kind for kind, is_there in has.items() if not is_there)


def _titled(text: str) -> Sequence[Body]:
    """The names in a text; behind `Bron:` and a body, what a comma parts from it is a title of the body's."""
    found = tuple(_with_register(text, body) for body in bodies(text))
    source_at = text.find("Bron")
    if source_at < 0:
        return found
    titles = {
        body
        for before, body in pairwise(found)
        if before.start > source_at
        and text[before.end : body.start] == ", "
        and not body.listed
        and _begins_title(text, body)
    }
    return [body._replace(report=True) if body in titles else body for body in found]


def _with_register(text: str, body: Body) -> Body:
    """`I&R-register`, `PMJ-raming`: data called by an abbreviation, whoever keeps them."""
    if body.listed or body.report or (match := _part("kept", table="name").match(text, body.end)) is None:
        return body
    return body._replace(end=match.end(), report=True)


def _begins_title(text: str, body: Body) -> bool:
    """Whether a name is more words than a body's, or a part of one (`HRM-monitor`, `Capaciteit opvang`)."""
    if is_institution(body.name):
        return False
    return " " in body.name or _GOES_ON_AS_TITLE.match(text, body.end) is not None


_GOES_ON_AS_TITLE = re.compile(r"-\w| [a-z]{4,}| (?:19|20)\d\d\b")
_SIGN = re.compile(rf"[{chr(_BODY)}-{chr(_END - 1)}]")
_SUBJECTS = re.compile(rf"{_SIGN.pattern}(?:(?:, | en ){_SIGN.pattern})*")
_QUOTED = re.compile(r"«[^»]{1,200}»|“[^”]{1,200}”|\"[^\"]{1,200}\"|‘[^’]{3,200}’")
_LONGEST_ARTICLE = 28
_LONGEST_LAW = 40  # characters before it


def _again(body: str, before: str | None) -> str:
    if before is None:
        return body
    again = (
        body.lower() in before.lower().split()
        or body in words("sources")["name"]["researchers"]
        or (";" not in before and calls(body, before))
    )
    return before if again else body


@cache
def _part(name: str, *, table: str = "credit") -> re.Pattern[str]:
    return compiled("sources", words("sources")[table][name])


@cache
def _carry(name: str) -> re.Pattern[str]:
    return compiled("sources", words("sources")["carry"][name], flags=re.NOFLAG)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def goes_on(text: str) -> bool:
    """Whether a sentence says of itself that it goes on about the data of the sentence before."""
    return _carry("opening").match(text) is not None or occurs(_carry("within"), text)


def finds(text: str) -> bool:
    """Whether a sentence speaks of what was found (`hieruit blijkt`, `het rapport noemt`)."""
    return occurs(_carry("finding"), text)


def meets(text: str) -> bool:
    """Whether a sentence tells what a body came upon (`De inspectie trof er 30 aan`)."""
    return occurs(_part("meets", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def acts(text: str) -> bool:
    """Whether a sentence tells what is done to people, or by those who work for a body."""
    return occurs(_part("acts", table="carry"), text)


def leaves_out(text: str) -> bool:
    """Whether a sentence tells of what the data before it leave out (`hierin niet begrepen`)."""
    return occurs(_part("leaves_out", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def is_of_new_study(text: str) -> bool:
    """Whether a sentence tells of a study that was not told of before, and not who made it."""
    return occurs(_part("new_study", table="carry"), text)


def turns_to_other(text: str, before: str, body: str) -> bool:
    """Whether a sentence is about what another body does, named before it (`Zij heeft er 40`)."""
    if not text.startswith(("Zij ", "Hij ", "Ze ")):
        return False
    named = named_last(before)
    return named is not None and _again(named, body) not in body.split(";")


def is_of_other_study(text: str, before: Iterable[str]) -> bool:
    """Whether a sentence is from a study with a subject that those `before` don't speak of."""
    match = as_written("sources", "studied").search(text)
    return match is not None and not any(match[1].lower()[:_TOPIC_STEM] in said.lower() for said in before)


#: Letters by which a study's subject is known again (`gebruikers` in `gebruikersonderzoek`).
_TOPIC_STEM = 6


def shares_topic(text: str, before: str) -> bool:
    """Whether a sentence begins with a word that the one before it has too, and not every sentence."""
    common = _common()
    topics = (
        *_TOPIC.findall(text, 0, _OPENING),
        *as_written("sources", "pointed").findall(text, 0, _OPENING),
    )
    return any(word not in common and word in before for word in topics)


#: Nouns are long or abbreviations; a sentence's topic stands at its beginning.
_TOPIC = re.compile(r"\b(?:[a-zë]{6,}|[A-Z]{2,})\b")
_OPENING = 60


@cache
def _common() -> frozenset[str]:
    return frozenset(words("sources")["carry"]["common"])


def begins_with_other(text: str, body: str | None) -> bool:
    """Whether a sentence is about another body than the one named last: by its first word, or its subject."""
    named = without_names(text)
    opening = (
        as_written("sources", "of_body").match(named.text)
        or as_written("sources", "inverted").match(named.text)
        or as_written("sources", "at_body").match(named.text)
    )
    first = named.names.get(opening[1]) if opening else None
    return first is not None and first.name not in (body or "").split(";")


def begins_with(text: str, body: str | None) -> bool:
    """Whether a sentence is about what the body named last does: its subject is that body."""
    named = without_names(text)
    inverted = as_written("sources", "inverted").match(named.text)
    first = named.names.get(inverted[1] if inverted else named.text[:1])
    if first is None or first.report or body is None:
        return False
    return _again(first.name, body) in body.split(";")


def is_of_other(text: str, body: str) -> bool:
    """Whether a sentence says what another body does: `door ▢`, or as its subject."""
    named = without_names(text)
    agents = (
        named.names.get(match[match.lastindex or 0])
        for match in as_written("sources", "agent").finditer(named.text)
    )
    return any(agent is not None and agent.name not in body.split(";") for agent in agents)


def decides(text: str) -> bool:
    """Whether a sentence tells what the government does or decides."""
    return occurs(_part("decides", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def is_policy(text: str) -> bool:
    """Whether a sentence tells of measures, money, plans or agreements, or of the day it is written."""
    return occurs(_part("policy", table="carry"), text)


def announces(text: str) -> bool:
    """Whether a sentence goes before a table (`In de onderstaande tabel staan …`)."""
    return as_written("sources", "table").search(text) is not None


def leads_to_table(text: str) -> bool:
    """Whether a sentence goes before a table of what was told of before it (`De ontwikkeling staat in …`)."""
    return announces(text) and _part("leads", table="line").search(text) is not None and not is_own(text)


def is_about_letter(text: str) -> bool:
    """Whether a sentence tells what the letter does (`Ik informeer u over …`)."""
    return occurs(_part("letter", table="carry"), text)


def takes_back(text: str) -> bool:
    """Whether a sentence denies the figures before it (`Dat beeld herken ik niet`)."""
    return occurs(_part("denied", table="carry"), text)


def tells_of_figures(text: str) -> bool:
    """Whether a sentence without figures tells how much or how many there are, as the next ones then do."""
    return occurs(_part("tells", table="carry"), text)


def has_inquired(text: str) -> bool:
    """Whether a sentence tells of an inquiry that somebody made, of which the results follow."""
    return occurs(_part("inquired", table="carry"), text)


def is_report(noun: str) -> bool:
    """Whether a noun is one for an inquiry or a report."""
    return _part("report", table="carry").fullmatch(noun) is not None


def foretold(text: str) -> bool:
    """Whether a sentence tells what somebody had expected, so that what came of it is not his."""
    return occurs(_part("foretold", table="carry"), text)


def is_outcome(text: str) -> bool:
    """Whether a sentence tells what came of a forecast (`Uiteindelijk werden het er 310`)."""
    return occurs(_part("outcome", table="carry"), text)


def names_nobody(text: str) -> bool:
    """Whether a sentence has no body's name."""
    return not without_names(text).names


def rivals(text: str) -> bool:
    """Whether a sentence has another number for what was counted before (`X houdt het op 1.400`)."""
    return occurs(_carry("rivals"), text)


def divides(text: str) -> bool:
    """Whether a sentence divides up what was counted before it (`Naar leeftijd …`)."""
    return occurs(_carry("divides"), text)


def is_norm(text: str) -> bool:
    """Whether a clause says what is asked for (`terwijl de norm 55% is`)."""
    return occurs(_part("norm", table="carry"), text)


def is_own(text: str) -> bool:
    """Whether a sentence speaks in its writer's own name (`ik verwacht`)."""
    return occurs(_part("own", table="carry"), text)


def shortened(credited: str | None, short_names: Callable[[], Mapping[str, str]]) -> str | None:
    """The source with each name as the letter calls it for short, which is found out when it is asked for."""
    if credited is None:
        return None
    called = (
        name if is_listed(name) else short_names().get(name.lower(), name) for name in credited.split(";")
    )
    named = (name.removeprefix("stichting ") for name in called if not is_bare(name))
    return ";".join(dict.fromkeys(named)) or None


def of_tables(texts: Sequence[str], rows: Sequence[bool], asks: Sequence[bool] = ()) -> list[str | None]:
    """Whom the line or note `Bron: …` beneath a table's row credits, else the only one of the letter.

    What a table is from says nothing of another with a caption of its own or of another answer, above it or
    below. `rows` says which of the letter's texts are rows of a table, `asks` which begin a question.
    """
    parts = [heads_table(text) or asks[at : at + 1] == [True] for at, text in enumerate(texts)]
    matches = ((at, as_written("sources", "source_line").match(text)) for at, text in enumerate(texts))
    lines = {at: _stated_in(match[1]) for at, match in matches if match is not None}
    behind = {
        at: _behind_table(texts[at])
        for at in range(1, len(texts))
        if rows[at - 1] and not rows[at] and at not in lines
    }
    lines |= {at: maker for at, maker in behind.items() if maker is not None}
    found: list[str | None] = [None] * len(texts)
    for at, maker in sorted(lines.items()):
        others, below = 0, False
        for above in range(at - 1, -1, -1):
            if above in lines or (below and parts[above]):
                break
            others = 0 if rows[above] else others + 1
            if others > _BENEATH and len(lines) > 1:
                break
            found[above], below = maker, below or rows[above]
        further = range(at + 1, len(texts)) if len(lines) == 1 else ()
        for beneath in further:
            if below and parts[beneath]:
                break
            found[beneath], below = maker, below or rows[beneath]
    return found


def of_prose(texts: Sequence[str], places: Sequence[str], paragraphs: Sequence[int]) -> list[str | None]:
    """Whom a line `Bron: …` beneath sentences credits with their figures, where no table or picture has them.

    It is of the paragraph above it, of an answer of its last ones.
    """
    found: list[str | None] = [None] * len(texts)
    for at, text in enumerate(texts):
        match = as_written("sources", "source_line").match(text)
        if match is None or not at or paragraphs[at - 1] == paragraphs[at] or "table" in places[:at][-3:]:
            continue
        reach = _ANSWERED if places[at] == "answer" else 1
        above = at - 1
        while above >= 0 and paragraphs[at] - paragraphs[above] <= reach and _is_prose(texts[above]):
            if places[above] != places[at]:
                break
            above -= 1
        maker = _stated_in(match[1])
        found[above + 1 : at] = [None if is_own(said) else maker for said in texts[above + 1 : at]]
    return found


#: Paragraphs of an answer that a line beneath them is of.
_ANSWERED = 3


def _is_prose(text: str) -> bool:
    """Whether a text is a sentence, and not about a table or a picture."""
    return (
        text[-1:] in ".;)" and not announces(text) and as_written("sources", "picture").search(text) is None
    )


def heads_table(text: str) -> bool:
    """Whether a line is the caption of a table, of which whatever the one before it is from says nothing."""
    return _part("caption", table="line").match(text) is not None


def _stated_in(line: str) -> str | None:
    """Whom a line `Bron: …` names, be it as the maker of a report or of a list (`opgave van de scholen`)."""
    told_of = _part("data", table="line").sub("", line.partition(": ")[2])
    if (named := source(line) or source(f"Bron: {told_of}")) is not None:
        return _several(named) if line.startswith(("Bronnen", "bronnen")) else named
    match = _part("makers", table="line").match(told_of)
    return match[1] if match and is_plural(match[1].rpartition(" ")[2]) else None


def _several(named: str) -> str:
    """The bodies of a name where several are said to follow (`Bronnen: Waterkant en de Bond`)."""
    return named if ";" in named else ";".join(named.split(" en "))


@lru_cache(maxsize=256)  # asked for each row of a table
def of_caption(caption: str) -> str | None:
    """Whom the lines above a table credit that are its title (`Tabel 2. Bedden (bron: X)`)."""
    for line in reversed(caption.split("\n")):
        if (match := _part("stated", table="line").search(line)) is not None:
            return _stated_in(f"Bron: {match[1]}")
        if (heads_table(line) or line[-1:] not in ".:;?!") and (named := of_head(line)) is not None:
            return named
    return None


@lru_cache(maxsize=256)
def of_head(text: str) -> str | None:
    """Whom a title, or the head of a row or a column credits (`Bedden volgens X`, `Raming X`).

    Right behind a noun for data only what is known as a body is one: `Raming Laag`, `Registratie BIG`.
    """
    match = _part("made", table="line").search(text)
    named = _credited(f"volgens {match['body']}", "construction", None) if match is not None else None
    if match is None or named is None or match["by"]:
        return named
    sure = all(is_listed(name) or is_institution(name) for name in named.split(";"))
    people = " " not in named and is_plural(named)
    return named if sure or (match["of"] and not people) else None


def _behind_table(text: str) -> str | None:
    """Whom a sentence behind a table credits with its figures (`Deze tabel is gebaseerd op …`)."""
    if _part("of_table", table="line").match(text) is None:
        return None
    return introduced(text) or source(text) or _credited(text, "behind", None)


#: Lines that may stand between a table and where it is from, or between its rows.
_BENEATH = 2
