"""Bodies that a sentence names: who may be credited with a figure, found by the form of their names."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.vocabulary import alternatives, as_written, ungated, words


class Body(NamedTuple):
    """A name in a sentence, [start, end).

    `report` says that it names a publication, not who made it; `listed` that the vocabulary has the body,
    `maker` that data are its business.
    """

    start: int
    end: int
    name: str
    report: bool = False
    listed: bool = False
    maker: bool = False


@cache
def agencies() -> dict[str, str]:
    """Lower-case alias to the code of each body in the vocabulary; a former name stands for itself."""
    return {
        alias.lower(): alias if alias in entry.get("former", ()) else entry["code"]
        for entry in words("sources")["agency"]
        for alias in entry["aliases"]
    }


@cache
def _makers() -> frozenset[str]:
    return frozenset(entry["code"] for entry in words("sources")["agency"] if entry.get("data"))


@lru_cache(maxsize=1024)  # asked for a sentence with figures, and once more for the names of its whole letter
def bodies(text: str) -> tuple[Body, ...]:
    """The names of bodies and publications in a sentence, in their order."""
    found: list[Body] = []
    for match in _matches(text):
        for body in _read(text, match):
            if (start := _institution_before(text, body)) is not None:
                found = [each for each in found if each.end <= start]
                found.append(body._replace(start=start, end=body.end + 1))
            elif not found or body.start >= found[-1].end:
                found.append(_with_full_name(text, body, found[-1].end if found else 0))
    return tuple(found)


def _institution_before(text: str, body: Body) -> int | None:
    """Where the noun phrase begins that an abbreviation in brackets stands for, in whatever language.

    `het bureau voor de bescherming van vluchtelingen (UNHCR)`: its head says that it is a body. An
    abbreviation of the phrase's last words is theirs (`de commissie voor het Fonds Oude Molens (FOM)`).
    """
    if not _is_bracketed(text, body):
        return None
    short = text[body.start : body.end]
    before = text[max(0, body.start - _LONGEST_NAME - 20) : body.start - 1]
    if not _ACRONYM.fullmatch(short) or (match := _pattern("institution_phrase").search(before)) is None:
        return None
    tail = match["tail"].split()
    if any(word in _listed("no_phrase") or _pattern("speaks").fullmatch(word) for word in tail):
        return None
    if _pattern("document").search(tail[-1]) or any(_stands_for(short, tail[at:]) for at in range(len(tail))):
        return None
    return body.start - 1 - len(before) + match.start("head")


def _is_bracketed(text: str, body: Body) -> bool:
    """Whether nothing but a body stands in a pair of brackets."""
    return text[body.start - 1 : body.start] == "(" and text[body.end : body.end + 1] == ")"


def _stands_for(short: str, words: list[str]) -> bool:
    """Whether an abbreviation is made of the letters of some words, from the first one on."""
    full = " ".join(words).lower()
    return full[0] == short[0].lower() and not _letters_missed(short, full)


def _with_full_name(text: str, body: Body, end: int) -> Body:
    """`het korps landelijke politiediensten (KLPD)`: the abbreviation with the words that it stands for."""
    if not _is_bracketed(text, body):
        return body
    match = _SPELT_OUT.search(text, max(end, body.start - _LONGEST_NAME), body.start - 1)
    if match is None or _letters_missed(body.name, match[1]) or match[1][0] != body.name[0].lower():
        return body
    return body._replace(start=match.start(1), end=body.end + 1)


#: A name in small letters in front of a bracket.
_SPELT_OUT = re.compile(r"\b(?:[Dd]e|[Hh]et) ((?:[a-zëï-]+ ){1,7})$")
_LONGEST_NAME = 90


def _letters_missed(short: str, full: str) -> int:
    """How many of an abbreviation's letters a name lacks, in their order."""
    at = missed = 0
    for letter in short.lower():
        found = full.find(letter, at)
        at, missed = (found + 1, missed) if found >= 0 else (at, missed + 1)
    return missed


def short_names(texts: Iterable[str]) -> dict[str, str]:
    """How else a letter calls its bodies, in lower case, to how it is credited.

    A full name by the abbreviation wherever the letter gives both (`de Kansspelautoriteit (Ksa)`); the first
    word of a name, where it is that of only one (`de Federatie`), by the whole.
    """
    found: dict[str, str] = {}
    begun: dict[str, set[str]] = {}
    full: dict[str, str] = {}
    named: set[str] = set()
    for text in texts:
        for match in _matches(text):
            if short := _abbreviation(match):
                found.setdefault(_full(match).lower(), short)
                full[short] = _full(match)
        for body in bodies(text):
            named.add(body.name)
            first, _, rest = body.name.partition(" ")
            if rest and first[0].isupper() and is_institution(first):
                begun.setdefault(first.lower(), set()).add(body.name)
            for kind in kinds(body.name, full.get(body.name)):
                begun.setdefault(kind, set()).add(body.name)
    ends = Counter(name.rpartition(" ")[2] for name in named)
    for name in named:
        shorter = _behind_heading(name)
        if shorter in named:
            found[name.lower()] = shorter
        form, _, own = name.partition(" ")
        if form in _listed("legal_forms") and ends[own] > 1:
            found[name.lower()] = own  # `Stichting Waterkant`, of the `Jaarverslag Waterkant`
    found |= _by_noun(named)
    whole = ((first, names.pop()) for first, names in begun.items() if len(names) == 1)
    return {**{first: found.get(name.lower(), name) for first, name in whole}, **found}


def _by_noun(named: Collection[str]) -> dict[str, str]:
    """Nouns that only one body of a letter is called by (`de brancheorganisatie`), to its name."""
    found = {}
    for noun in filter(_is_common_noun, named):
        alike = [name for name in named if not _is_common_noun(name) and calls(noun, name)]
        if len(alike) == 1 and kinds(alike[0]):
            found[noun] = alike[0]
    return found


def _is_common_noun(name: str) -> bool:
    """Whether a body is called by a word that isn't its name (`de brancheorganisatie`)."""
    return name.isalpha() and name.islower() and not is_bare(name)


def _behind_heading(name: str) -> str:
    """What a name is without the heading, of a single word, that a lost line's end put before it."""
    rest = name.partition(" ")[2]
    return rest if re.search(r"[A-Z]\w*[A-Z]", rest) and " " not in rest else ""


@lru_cache(maxsize=4096)
def kinds(name: str, full: str | None = None) -> tuple[str, ...]:
    """The common nouns that a body may be called by, as its full name tells: the PBL is a planbureau."""
    if name.lower() in _listed("kinds"):
        return ()
    called = f"{_labels().get(name, name)} {full or ''}".lower().replace("-", " ").split()
    found = tuple(
        kind
        for kind in words("sources")["name"]["kinds"]
        if any(word.endswith(kind) and not word.endswith(f"be{kind}") for word in called)
    )
    return found if _listed("overseers").isdisjoint(found) else (*found, "toezichthouder")


@cache
def _labels() -> dict[str, str]:
    return {entry["code"]: entry["label_nl"] for entry in words("sources")["agency"]}


def calls(noun: str, name: str) -> bool:
    """Whether a common noun may be another word for a body: by its name, or as its name tells nothing."""
    called = kinds(name)
    like = _listed("like")
    alike = noun[:1].islower() and noun.endswith(tuple(like))
    if noun in called or (alike and not like.isdisjoint(called)):
        return True
    return not called and noun[:1].islower() and _pattern("role").search(noun) is not None


def is_listed(name: str) -> bool:
    """Whether a name is how the vocabulary calls a body."""
    return name in _labels()


def is_institution(name: str) -> bool:
    """Whether a name says what kind of body it is."""
    return any(_pattern("institution").search(word) is not None for word in name.split())


def is_bare(name: str) -> bool:
    """Whether a name is a common noun that says nothing without a body named before it."""
    return name in _listed("bare")


@lru_cache(maxsize=1024)
def _matches(text: str) -> tuple[re.Match[str], ...]:
    """What may be names: the pattern is tried at the few words that one can begin with."""
    tokens = text.split(" ")
    openings = list(map(_openings, tokens))
    members = {match.end() for match in _pattern("member").finditer(text)} if _may_name_member(text) else ()
    if not members and not any(openings):
        return ()
    match_at = _names().match
    found: list[re.Match[str]] = []
    at = end = 0
    for token, offsets in zip(tokens, openings, strict=True):
        for offset in offsets if at not in members else (0,):
            if at + offset >= end and (match := match_at(text, at + offset)) is not None:
                found.append(match)
                end = match.end()
        at += len(token) + 1
    return tuple(found)


def _may_name_member(text: str) -> bool:
    return "lid " in text or "leden " in text or "heer " in text or "mevrouw " in text


@lru_cache(maxsize=100_000)  # the words of a language are soon known
def _openings(token: str) -> tuple[int, ...]:
    """Where in a run of text without spaces a name can begin: mostly nowhere."""
    return tuple(match.start() for match in _first_words().finditer(token))


@cache
def _names() -> re.Pattern[str]:
    pattern: str = words("sources")["name"]["pattern"]
    return _regex(pattern.replace("{known}", _by_initial(_aliases())))


@cache
def _first_words() -> re.Pattern[str]:
    pattern: str = words("sources")["name"]["begins"]
    return _regex(pattern.replace("{known}", _by_initial({alias.split()[0] for alias in _aliases()})))


def _aliases() -> set[str]:
    aliases = [alias for entry in words("sources")["agency"] for alias in entry["aliases"]]
    return {*aliases, *(alias.lower() for alias in aliases if len(alias) > _SHORT)}


def _by_initial(names: Iterable[str]) -> str:
    """A group matching any of the names; by their first letters, of which most words have none."""
    rest: dict[str, list[str]] = {}
    for name in names:
        rest.setdefault(name[0], []).append(re.escape(name[1:]))
    return alternatives(re.escape(first) + alternatives(ends) for first, ends in rest.items())


#: Characters: what is longer may be written without capitals.
_SHORT = 6


def _read(text: str, match: re.Match[str]) -> Iterator[Body]:
    """The bodies that a match names: none where the words name something else."""
    start, end = match.start(), match.end()
    if match["report"]:
        short, _, year = match["report"].rpartition(" ")
        if year.isdecimal() and (code := agencies().get(short.lower())) is not None:
            yield Body(start, start + len(short), code, listed=True, maker=code in _makers())
            return  # `(WODC 2020)`
        yield Body(start, end, match["report"], report=True)
    if match["report"] or match["office"]:
        return
    if match["known"]:
        code = agencies()[match["known"].lower()]
        yield Body(start, end, code, listed=True, maker=code in _makers())
        return
    if match["makers"]:
        yield Body(start, end, _code(match["of"] or match["makers"].lower()))
        return
    if (short := _abbreviation(match)) is not None:
        if _full(match).partition(" ")[0].lower() in _listed("refused_first"):
            return  # `het Verdrag inzake de rechten van het kind (IVRK)`
        yield Body(start, match.end("short") + 1, short, report=_is_publication(_full(match)))
        return
    if match["head"]:
        yield from _called_by_noun(text, match)
    else:
        yield from _named(text, start, match["name"])


def _called_by_noun(text: str, match: re.Match[str]) -> Iterator[Body]:
    """The body of a name that begins with a noun for one, and one behind `en` (`Hogeschool Zuyd en TNO`)."""
    start, end = match.start(), match.end("head")
    if match["head"].lower() in _listed("refused_heads"):
        return
    head, _, other = match["head"].rpartition(" en ")
    two = bool(head) and _ACRONYM.fullmatch(other) is not None
    name = _headed(head if two else match["head"], _calls_itself(text, match))
    yield Body(start, start + len(head) if two else end, _of_place(text, start, name))
    if two:
        yield from _named(text, end - len(other), other)


def _named(text: str, start: int, name: str) -> Iterator[Body]:
    """The bodies of a name at an offset, which may be those of two."""
    for part in _parts(name):
        at = start + part.start
        if not _is_refused(text, at, at + len(part.words), part):
            in_text = part.words in _listed("articled") and text[max(0, at - 3) : at] != "De "
            called = part.words if in_text else part.name  # `in de Telegraaf`
            if not at and (described := _pattern("described").match(called)) is not None:
                called = described["own"]  # `Makelaarsvereniging NVM` at a sentence's head
            own = at > len("De ") and text[at - 3 : at] == "De " and text[at - 5 : at - 4] not in ".:?!"
            if own and called == part.words:
                called = f"De {called}"  # `zoals De Waterbode schreef`
            yield Body(at, at + len(part.words), called, report=part.report)


@lru_cache(maxsize=4096)
def _headed(head: str, whole: bool) -> str:
    return _code(_whole(head) or (head if whole else _plain(head)))


def _calls_itself(text: str, match: re.Match[str]) -> bool:
    """Whether a noun before a name is of the name: its capital is no sentence's (`de Branchebond Zorg`)."""
    head, start = match["head"], match.start()
    capital = (
        head[0].isupper()
        and not head.startswith("Bureau ")
        and text[max(0, start - 2) : start].strip().isalnum()
    )
    return capital and _pattern("described").match(head) is not None


def _of_place(text: str, start: int, name: str) -> str:
    """`In Lochem staan er volgens de gemeente 12 leeg`: a municipality is that of the place named before."""
    if name not in ("gemeente", "provincie"):
        return name
    places = [match[1] for match in as_written("sources", "in_place").finditer(text, 0, start)]
    return f"{name} {places[-1]}" if len(set(places)) == 1 and places[0] != "Nederland" else name


class _Part(NamedTuple):
    """A name within a name, where it begins in it, and what its words tell whatever stands around it."""

    start: int
    words: str
    name: str
    report: bool
    refused: bool
    describes: bool  # ends like an adjective, which no name does that a noun follows
    bare: bool  # a single word


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[_Part, ...]:
    return tuple(
        _Part(
            name.index(part),
            part,
            _code(part),
            _is_publication(part),
            _is_never(part),
            _pattern("adjective").search(part) is not None,
            " " not in part,
        )
        for part in _parted(name)
    )


def _is_publication(name: str) -> bool:
    """Whether a name is that of a publication, not one of a body that ends alike (`VakData` in capitals)."""
    last = name.rsplit(maxsplit=1)[-1]
    if _FOR.search(name) is not None and _pattern("institution").search(name.partition(" ")[0]) is not None:
        return False  # `Rijksdienst voor Persoonsgegevens`
    mixed = last.isalpha() and re.search(r"[a-z][A-Z](?!onitor$)|[A-Z]{2}[a-z]|[a-z]data$", last) is not None
    return not mixed and _pattern("publication").search(name) is not None


_FOR = re.compile(r" (?:voor|van) ")


#: The end of an abbreviation of several.
_MANY = re.compile(r"(?<=[A-Z])[’']?en$")


def _plain(head: str) -> str:
    """A name without the noun that describes it, or a common noun without a sentence's capital."""
    if (described := _pattern("described").match(head)) is not None:
        return described["own"]
    first, _, rest = head.partition(" ")
    if rest[:1].isupper() and _pattern("plural").search(first):
        return head  # `Woningbouwers Nederland` is what it calls itself
    if head[1:2].isupper():
        return _MANY.sub("", head)  # `GGD’en`
    return head[0].lower() + head[1:] if _pattern("common_head").search(first) else head


def _code(name: str) -> str:
    if name in _listed("articled"):
        return f"De {name}"
    name = _NOTED.sub("", _pattern("titled").sub("", name))
    if "-" in name and (speaks := _pattern("spokesman").match(name)) is not None:
        name = speaks[1]
    at_home = _pattern("foreign").sub("", name)
    if at_home != name and _pattern("institution").search(at_home.split()[0]) is None:
        return at_home  # `het Duitse Bundeskriminalamt`, but `de Belgische Rekenkamer`
    return agencies().get(name.lower(), name)


#: The marker of a footnote that is still there (`Rekenkamer1`).
_NOTED = re.compile(r"(?<=[a-z]{3})\d{1,2}$")


def _full(match: re.Match[str]) -> str:
    return f"{match['name'] or match['head']}{match['tail']}"


def _abbreviation(match: re.Match[str]) -> str | None:
    """The abbreviation behind a name, where its letters are the name's, in their order."""
    short: str | None = match["short"]
    if short is None:
        return None
    full = f"{_described(match)}{_full(match)}".lower()
    letters = [letter.lower() for letter in short if letter.isupper()]
    if len(letters) == 1:  # `de Autoriteit woningcorporaties (Aw)`; a law has one of this form more often
        named = _pattern("institution").search(full.split()[0]) and full[0] == letters[0]
        return short if named and not _letters_missed(short, full) else None
    initials = {word[0] for word in full.split()}
    at = missed = 0
    for letter in letters:
        found = full.find(letter, at)
        at, missed = (found + 1, missed) if found >= 0 else (at, missed + 1)
    if missed > (1 if len(short) > 2 and len(letters) > 1 else 0) or initials.isdisjoint(letters):
        return None
    first, last = letters[0] in initials, letters[-1] in initials
    if not missed and not first and (match["tail"] or not last):
        return None
    if "," in match["tail"] and letters[0] != full[0]:
        return None  # of another name on the way
    return agencies().get(full) or agencies().get(short.lower()) or short


def _described(match: re.Match[str]) -> str:
    """The adjectives before a name, which its abbreviation may count (`de internationale raad voor …`)."""
    before = _ADJECTIVES.search(match.string, max(0, match.start() - _DESCRIBED), match.start())
    return before[0] if before is not None else ""


_ADJECTIVES = re.compile(r"(?<![^\W\d_])(?:[A-Za-zë-]{3,}(?:e|isch) )+\Z")
#: Characters before a name in which its adjectives stand.
_DESCRIBED = 40


def _parted(name: str) -> list[str]:
    """`Schiphol en KLM` are two; `Autoriteit Consument en Markt` is one, as its first word tells."""
    if (made := _pattern("made_by").match(name)) is not None:
        return [made["publication"], *_parted(made["maker"])]
    if (made := _pattern("made_first").match(name)) is not None:
        return _parted(made["maker"])
    if (whole := _whole(name)) is not None:
        return [whole]  # `Bureau Wsnp van de Raad voor Rechtsbijstand`
    if name.lower() in agencies():
        return [name]
    slashed, joined = name.split("/"), name.split(" & ")
    if all(part.lower() in agencies() for part in slashed):
        return slashed  # `Politie/OM`
    if any(part.lower() in agencies() for part in joined):
        return joined  # `Dekra & TNO`
    left, _, right = name.partition(" en ")
    return [left, right] if right and _are_two(left, right) else [name]


def _are_two(left: str, right: str) -> bool:
    """Whether what stands on both sides of `en` are names of their own."""
    if left.endswith("-") or _pattern("publication").match(left):
        return False  # `Staat van Volksgezondheid en Zorg`
    if " " not in f"{left}{right}" and _SHORT_NAME.match(left) and _SHORT_NAME.match(right):
        return True  # `VO-raad en AOb`
    own, _, rest = right.partition(" ")
    if _ACRONYM.fullmatch(right):
        return True  # `Hogeschool Zuyd en TNO`
    if left.isupper() or (rest and (own.isupper() or _pattern("institution").search(own))):
        return True  # `TNO en Deltares`, `Peilmerk en HAS Hogeschool`
    one = rest or _pattern("institution").search(left.split(maxsplit=1)[0])
    return not one and _pattern("institution").search(right.rsplit(maxsplit=1)[-1]) is None


def _whole(name: str) -> str | None:
    """The listed body that a name says to be a part of."""
    match = _PART_OF.match(name)
    return match[1] if match is not None and match[1].lower() in agencies() else None


#: A name with the body that it is a part of.
_PART_OF = re.compile(r".+? van (?:de |het )?([A-Z].+)$")


#: An abbreviation in capitals alone: it ends no longer name.
_ACRONYM = re.compile(r"[A-Z]{3,6}")


#: A name of a single word that holds several capitals.
_SHORT_NAME = re.compile(r"\S*[A-Z]\S*[A-Z]|[A-Z]{2}[a-z-]*$|[A-Z]+-[a-z]+$")


def _is_never(name: str) -> bool:
    """Whether words are no body's name wherever they stand: those of a law, a chamber, a thing."""
    tokens = name.split()
    if len(name) == 1 or tokens[0].lower() in _listed("refused_first"):
        return True
    if name.lower() in _listed("refused") or name.lower() in _listed("places"):
        return True
    if len(tokens) == 1 and _pattern("people").search(name) is not None:
        return True  # `Roemenen` are counted, and count nothing
    if len(tokens) > 1 and _pattern("planned").search(tokens[0]) is not None:
        return True  # `Actieplan Wonen`
    tail = tokens[-1].rpartition("-")[2] if "-" in tokens[-1] else ""
    if tail.islower() and not any(_pattern(kind).search(tail) for kind in ("institution", "publication")):
        return True  # `XL-verdozing` is no name
    described = len(tokens) > 1 and tokens[-1].islower() and _pattern("adjective").search(tokens[-2])
    return bool(described or (_pattern("document").search(tokens[-1]) and not _is_publication(name)))


def _is_refused(text: str, start: int, end: int, part: _Part) -> bool:
    """Whether the words name no body here: an adjective, a sentence's first word."""
    if (
        part.refused
        or as_written("sources", "of_government").search(text, max(0, start - _LONGEST_OFFICE), start)
        is not None
    ):
        return True
    if not part.describes and (start or not part.bare):
        return False
    following = _FOLLOWING.match(text, end)
    if not start and part.bare and following and _pattern("speaks").fullmatch(part.words.lower()):
        return True  # `Noteerde het CBS er …`
    if part.describes and following and not _may_follow_name(following[1]):
        return True
    if start or not part.bare or following is None:
        return False
    if following[1] in _listed("objects"):
        return True
    return _is_common(part.words, one=_pattern("singular").search(following[1]) is not None)


_LONGEST_OFFICE = 36
_FOLLOWING = re.compile(r" ([a-zë]+)")


def _may_follow_name(word: str) -> bool:
    """Whether a word stands behind a name rather than behind an adjective: a verb of saying, for one."""
    return word in _listed("function_words") or _pattern("speaks").fullmatch(word) is not None


def _is_common(name: str, *, one: bool) -> bool:
    """Whether a sentence's first word may be any noun; `one` where a verb says that it isn't many."""
    if name.isupper():
        return False
    many = not one and _pattern("plural").search(name) is not None
    return many or _pattern("common").search(name) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return _regex(words("sources")["name"][name])


def _regex(pattern: str) -> re.Pattern[str]:
    return ungated("sources", pattern, flags=re.NOFLAG)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words("sources")["name"][name])
