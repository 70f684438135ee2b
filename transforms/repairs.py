"""Faults within the lines, each as an edit: words and numbers glued or cut in two, garbled letters."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.nouns import is_listed, is_participle, is_plural, stops, unit_of
from transforms.vocabulary import alternatives, as_written, words


class Edit(NamedTuple):
    """[start, end) of the letter reads as `text`."""

    start: int
    end: int
    text: str


def repairs(plain: str) -> Iterator[Edit]:
    """What has to be mended in a text, in no order."""
    yield from _spaces_put_back(plain)
    if "  " in plain:
        yield from (Edit(match.start() + 1, match.end(), "") for match in _WIDE.finditer(plain))
    yield from softened(plain)
    if "_" in plain:
        yield from (Edit(match.start(), match.end(), "") for match in _SLANTED.finditer(plain))
    yield from _words_made_whole(plain)


def softened(text: str) -> Iterator[Edit]:
    """The soft hyphens within the lines."""
    if "\u00ad" in text:
        yield from (Edit(match.start(), match.end(), "") for match in _SOFT_HYPHEN.finditer(text))


_WIDE = re.compile(r"  +")
#: Within a line it stands where a word might be broken, and is no part of it.
_SOFT_HYPHEN = re.compile("\u00ad(?=\\S)")
#: What some programs put around words in italics, line by line; of a word broken at a line's end, in it.
_SLANTED = re.compile(
    r"(?<=[^\W_])-_\n_(?=[a-zà-ÿ])|(?<![^\W_])_(?=[^\W_]|[«“‘(€])|(?<=[^\s_])_(?![\w/])"
    r"|(?<=[a-zà-ÿ])_(?=[a-zà-ÿ])"
)


# Lost spaces


@cache
def _words_before() -> frozenset[str]:
    """Words that lost the space before a number."""
    space, months = words("reading")["space"], words("reading")["define"]["month"]
    return frozenset((*space["before_digits"], *months))


@cache
def _after_number() -> re.Pattern[str]:
    """What is glued to a number and is a word of its own."""
    space, months = words("reading")["space"], words("reading")["define"]["month"]
    own = alternatives((*space["after_digits"], *months))
    return re.compile(
        rf"{own}(?!\w)|(?!jarig|voud|maal|x)[a-zà-ÿ]{{4}}|(?<=\d\d)(?:[A-Z][a-z]{{3}}|[A-Z]{{2,}}-[a-z])"
        r"|(?<=[^\W\d_][.?!]\d)[A-Z][a-z]"  # a note's number ends the sentence before
    )


#: A digit with a letter beside it, a sign of percent or a sentence's end with a letter behind it.
_GLUED = re.compile(
    r"[0-9%.?!](?:(?<=[0-9%])(?=[^\W\d_])|(?<=[^\W\d_][0-9])|(?<=[^\W_][.?!]|[)»”’][.?!])(?=[A-Z][a-zà-ÿ]))"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,14}\Z")
#: A year and a number with thousands, or a percentage, in one.
_YEAR_AND_NUMBER = re.compile(
    r"[12](?:(?<=1)9|(?<=2)0)\d\d(?<![\d.,].{4})(?=\d{1,3}\.\d{3}(?![\d.])|\d{1,2}(?:,\d+)? ?(?:%|procent))"
)
#: What stands for no cents before the word for its unit: `1.200,- euro`.
_NO_CENTS = re.compile(r"(?<=\d),[-–—=]{1,2}(?= ?(?:euro|EUR)\b)")
#: A comma or semicolon behind a word, glued to a number that is no note's: with thousands, or of a unit.
_BEHIND_COMMA = re.compile(
    r"[,;](?<=[a-zà-ÿ]{3}.)(?=\d{1,3}(?:(?:\.\d{3})+(?![\d.])|(?:,\d+)? ?(?:%|procent\b|mil(?:joen|jard)\b)))"
)


def _spaces_put_back(plain: str) -> Iterator[Edit]:
    for match in _GLUED.finditer(plain):
        at = _gap(plain, match.start())
        if at is not None and not _in_address(plain, at):
            yield Edit(at, at, " ")
    yield from (Edit(match.end(), match.end(), " ") for match in _YEAR_AND_NUMBER.finditer(plain))
    yield from (Edit(match.start(), match.end(), "") for match in _NO_CENTS.finditer(plain))
    for match in _BEHIND_COMMA.finditer(plain):
        if not _in_address(plain, match.end()):
            yield Edit(match.end(), match.end(), " ")
    yield from (Edit(at, at, " ") for at in _words_apart(plain))
    for unit in ("procent", "miljoen", "miljard"):
        at = plain.find(unit)
        while at >= 0:
            if _compound().match(plain, at):
                yield Edit(at + 7, at + 7, " ")
            at = plain.find(unit, at + 7)


@cache
def _number_words() -> tuple[str, ...]:
    """Number words that no other word ends or begins with by chance (`acht`, `een`)."""
    spelled = words("numerals")["words"]
    ones = [word for word in spelled["ones"] if word not in ("een", "acht")]
    return (*ones, *spelled["teens"], *spelled["tens"], "honderd", "duizend")


@cache
def _glued_pairs() -> dict[str, int]:
    """Two function words in one (`vanhet`), with the length of the first."""
    pairs = words("reading")["space"]["pairs"]
    firsts = [*pairs["first"], *map(str.capitalize, pairs["first"])]
    return {first + second: len(first) for first in firsts for second in pairs["second"]}


def _stands_alone(plain: str, start: int, end: int) -> bool:
    return plain[start - 1 : start].isspace() and plain[end : end + 1].isspace()


#: `devrouwen`
_ARTICLE = re.compile(r"(?<![^\W_])(?:[Dd]e|[Hh]et)(?=(?P<noun>[a-zë]{5,})(?![\w-]))")
_AFTER_AANTAL = re.compile(r"(?!len)[a-z]{5}")
_NOUN = re.compile(r"[A-Z]?[a-zë]{4,}(?![\w-])")


def _words_apart(plain: str) -> Iterator[int]:
    """Where a space was lost between words, of which one is a number or goes with one."""
    for word in _number_words():
        for at in _places(plain, word):
            yield from _around_number(plain, at, at + len(word))
    for at in _places(plain, "aantal"):
        if not plain[at - 1 : at].isalpha() and _AFTER_AANTAL.match(plain, at + len("aantal")):
            yield at + len("aantal")
    for word in _glued_pairs().keys() & set(plain.split()):
        first = _glued_pairs()[word]
        yield from (at + first for at in _places(plain, word) if _stands_alone(plain, at, at + len(word)))
    yield from (match.end() for match in _ARTICLE.finditer(plain) if is_listed(match["noun"]))
    yield from (match.end() for match in as_written("reading", "dated").finditer(plain))
    for match in as_written("reading", "counted").finditer(plain):
        if (length := _noun_before(match[1])) is not None:
            yield match.start(1) + length


def _places(plain: str, word: str) -> Iterator[int]:
    at = plain.find(word)
    while at >= 0:
        yield at
        at = plain.find(word, at + 1)


def _around_number(plain: str, start: int, end: int) -> Iterator[int]:
    """A function word before a number word (`endrie`), or what it counts behind it (`vijfpaarden`)."""
    glued_before, after = plain[start - 1 : start].isalpha(), plain[end : end + 1]
    if glued_before and not (after.isalnum() or after == "-"):
        before = _WORD_BEFORE.search(plain, max(0, start - 15), start)
        whole = before is not None and plain[before.start() - 1 : before.start()] not in ("-", "_")
        if before is not None and whole and before[0].lower() in _function_words():
            yield start
    elif not glued_before and (noun := _NOUN.match(plain, end)):
        listed = is_listed(noun[0]) and noun[0] not in _TIMES
        if plain[start - 1 : start] != "-" and (listed or noun[0][0].isupper()):
            yield end


@cache
def _function_words() -> frozenset[str]:
    return frozenset(words("reading")["space"]["before_digits"]) - {"te", "het", "ten"}


#: `tweemaal`, `driekeer`: words of their own.
_TIMES = ("maal", "keer")


@lru_cache(4096)
def _noun_before(word: str) -> int | None:
    """The length of the noun of the lists that a word begins with, where it goes on with another word."""
    known = unit_of(word) is not None
    shortest = _SHORT_WORD if is_plural(word) else 2
    space = words("reading")["space"]
    for end in range(len(word) - 2, 2, -1):
        noun, rest = word[:end], word[end:]
        # plaatsvinden, plaatshebben; `In 2022 keerde`
        if not is_listed(noun) or noun == "plaats" or (noun, rest) == ("keer", "de"):
            continue
        plural = noun.endswith(("en", "s"))
        verb = is_participle(rest) or (noun in space["deadlines"] and rest in space["answered"])
        if (plural and verb) or (not known and len(rest) >= shortest and rest in stops()):
            return end
    return None


#: Of a word that looks like a plural as it is, no less than this is another one (`jaareen`, not `dagen`).
_SHORT_WORD = 3


@cache
def _compound() -> re.Pattern[str]:
    """A unit and the word that is glued to it (`miljoeneuro`, `procentkorting`).

    `miljoenen` is one word, but behind a number: one says `12 miljoen`.
    """
    own = alternatives([word for word in words("reading")["space"]["after_digits"] if word != "en"])
    compounds = alternatives(words("reading")["space"]["words_of_procent"])
    return re.compile(
        rf"(?<![^\W\d_])(?:miljoen|miljard)(?={own}(?!\w))|(?<=\d )(?:miljoen|miljard)(?=en(?!\w))"
        rf"|(?<![^\W\d_])procent(?!{compounds})(?=[a-zà-ÿ]{{4}})"
    )


def _gap(plain: str, at: int) -> int | None:
    """Where a space was lost around the sign at `at`, if one was."""
    sign = plain[at]
    if not sign.isdigit():
        return at + 1 if sign == "%" or _ends_sentence(plain, at) else None
    if at and plain[at - 1].isalpha():
        return at if _begins_number(plain, at) else None
    return at + 1 if _after_number().match(plain, at + 1) else None


def _ends_sentence(plain: str, at: int) -> bool:
    """Not the dots of `N.V.B.` or `c.s.`: a number or a word of two letters or more stands before it."""
    return not plain[at - 1].isalpha() or plain[max(0, at - 2) : at].isalpha()


def _begins_number(plain: str, at: int) -> bool:
    before = _WORD_BEFORE.search(plain, max(0, at - 15), at)
    if before is None or plain[max(0, before.start() - 1)] in "-_/0123456789":
        return False
    word = before[0]
    if word.lower() in _words_before():
        return not word.isupper() or len(word) < len("BIJ")  # `BIJ12` is a name
    return word.islower() and len(word) > 2 and _full_number().match(plain, at) is not None


@cache
def _full_number() -> re.Pattern[str]:
    space, months = words("reading")["space"], words("reading")["define"]["month"]
    own = alternatives((*space["after_digits"], *months))
    return re.compile(
        rf"(?:(?:19|20)\d\d|\d{{1,3}}(?:\.\d{{3}})+|\d+,\d+)(?![\w-])|\d[\d.,]*(?: ?%| {own}(?!\w))"
    )


def _in_address(plain: str, at: int) -> bool:
    before = max(plain.rfind(" ", max(0, at - _ADDRESS), at), plain.rfind("\n", max(0, at - _ADDRESS), at))
    word = plain[before + 1 if before >= 0 else max(0, at - _ADDRESS) : at + _ADDRESS].split(None, 1)[:1]
    return bool(word) and any(sign in word[0] for sign in ("://", "www.", "@", ".nl/", "%20"))


#: Longer than web addresses are.
_ADDRESS = 300


# Words cut in two


_CUT = re.compile(r"-(?<=[a-zà-ÿ]{2}-)(?=[a-zà-ÿ]{2})")
_STEM = re.compile(r"[^\W\d_]+\Z")
_REST = re.compile(r"[^\W\d_]+")


def _words_made_whole(plain: str) -> Iterator[Edit]:
    """A hyphen within a line that broke a word before it was joined to the next one."""
    for match in _CUT.finditer(plain):
        at = match.start()
        stem, rest = _STEM.search(plain, max(0, at - 30), at), _REST.match(plain, at + 1, at + 31)
        if stem and rest and _is_one_word(plain, stem.start(), at, rest.end()) and not _in_address(plain, at):
            yield Edit(at, at + 1, "")


def _is_one_word(plain: str, start: int, hyphen: int, end: int) -> bool:
    """A unit, what ends in a syllable, or a word that is whole elsewhere and has this hyphen but once."""
    cut, whole = plain[start:end], plain[start:hyphen] + plain[hyphen + 1 : end]
    if whole in words("reading")["space"]["after_digits"] or (
        hyphen - start >= _STEM_OF_ENDING and plain[hyphen + 1 : end] in words("reading")["hyphen"]["endings"]
    ):
        return True
    if len(whole) <= _SHORT or len(plain) > _LONG or whole not in plain:
        return False
    return plain.find(cut) == start and plain.find(cut, end) < 0


_SHORT = 6
_STEM_OF_ENDING = 3
#: Longer than letters are: what looks through the whole text for each of its words isn't tried.
_LONG = 100_000


# Garbled letters


#: The letters that the bytes 80 to BF are, in Windows-1252 or Latin-1.
_REST_OF_LETTER = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
#: Letters of two or three bytes in UTF-8, read as Windows-1252 or Latin-1.
_GARBLED = re.compile(f"(?:[\u00c2-\u00c5]{_REST_OF_LETTER}|\u00e2{_REST_OF_LETTER}{{2}})")


def ungarbled(text: str) -> Iterator[Edit]:
    """The letters that were read in the wrong encoding; nothing else is looked at."""
    if not any(lead in text for lead in "ÃÂâÅÄ"):
        return
    for match in _GARBLED.finditer(text):
        mended = _mended(match[0])
        if mended != match[0]:
            yield Edit(*match.span(), mended.replace("\u00a0", " "))


@lru_cache(4096)
def _mended(letters: str) -> str:
    from ftfy import fix_encoding  # noqa: PLC0415  only where a text shows it: most never load it

    return fix_encoding(letters)
