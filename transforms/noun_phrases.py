"""Noun phrases before a number, read from their end: `de wachttijd voor een plaats | van 6 weken`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.nouns import (
    is_adjective,
    is_plural,
    stops,
    unit_of,
)
from transforms.vocabulary import as_written
from transforms.word_forms import (
    is_determiner,
    is_done,
    is_made,
    is_noun,
    is_passed,
    is_preposition,
    is_vague,
    leads,
    leads_bare,
    matches,
    pattern,
    word_pattern,
)


class Phrase(NamedTuple):
    """A noun phrase without its determiner; `led` is the word before it all, `sure` that it is no verb."""

    text: str
    start: int
    end: int
    head: str
    led: str = ""
    sure: bool = False


def ending_at(text: str, end: int, since: int = 0) -> Phrase | None:
    """The noun phrase that ends at a place, but for the verb forms that part it from there.

    What belongs to it comes along (`opslag van graan`); of what says no more than that there is so much
    of something, or that it changed, that alone is left (`een daling van de uitstoot`).
    """
    tokens = list(_TOKEN.finditer(text, since, end))
    last = len(tokens) - 1
    while last > 0 and len(tokens) - last <= _PASSED:
        if tokens[last - 1][0] == "te":  # `te verkorten | tot`, `op te hogen | met`
            last -= 2 + (last > _PARTICLE_AT and matches("before", "particle", tokens[last - 2][0]))
        elif is_passed(tokens[last][0]) and not leads(tokens[last - 1][0]):
            last -= 1
        else:
            break
    return _read(text, tokens, last, _DEEP)


_TOKEN = re.compile(r"[^\W_][\w’'/&-]*|[^\w\s]")
#: Words that go before a particle and its verb at least.
_PARTICLE_AT = 3
#: Verb forms that may stand between a noun and its number.
_PASSED = 4
#: Nouns that belong to each other.
_DEEP = 2
#: Words between `tussen` and its `en` at most.
_APART = 8
#: Words of a noun phrase, and characters.
_WIDE, _LONG = 6, 120


def _read(text: str, tokens: Sequence[re.Match[str]], last: int, depth: int) -> Phrase | None:
    """The phrase whose last word is that token."""
    inner = last
    if last > 1 and tokens[last][0] == ")" and tokens[last - 2][0] == "(":  # `fijnstof (PM10)`
        inner = last - 3
    if inner < 0 or not _is_head(tokens, inner):
        return None
    first = inner
    while first and inner - first < _WIDE and _belongs(tokens[first - 1][0], tokens[first][0]):
        first -= 1
    if first > 1 and leads_bare(tokens[first - 2][0]):  # `onder penitentiair | personeel`
        first -= matches("noun", "uninflected", tokens[first - 1][0])
    led = tokens[first - 1][0] if first else ""
    determined = is_determiner(led)
    if first == inner and matches("before", "pronoun", led):
        return None  # `wij | kijken (naar de huren)`
    if not determined and first == inner and _is_plain(led) and matches("noun", "stuff", tokens[inner][0]):
        nearer = _read(text, tokens, first - 1, 0)  # `de concentratie | lood`
        if nearer is not None and nearer.sure:
            return nearer._replace(text=text[nearer.start : tokens[last].end()], end=tokens[last].end())
    first = _titled(tokens, first, inner)
    determined = determined or is_determiner(tokens[first - 1][0]) if first else determined
    sure = determined or first < inner or _is_surely_noun(tokens[inner][0])
    end = tokens[last].end()
    start = tokens[first].start()
    start += much.end() if (much := word_pattern("noun", "much").match(text[start:end])) else 0
    found = Phrase(text[start:end], start, end, tokens[inner][0], sure=sure)
    phrase, at = _led(text, tokens, first, found)
    return _owned(text, tokens, phrase, at, depth)


def _owned(text: str, tokens: Sequence[re.Match[str]], phrase: Phrase, at: int, depth: int) -> Phrase:
    """A phrase with those that it belongs to; `at` is the word before its determiners, which leads it."""
    before = phrase.led
    if before == "en" and (outer := _between(text, tokens, at)) is not None:
        return outer._replace(text=text[outer.start : phrase.end], end=phrase.end)
    if depth and is_preposition(before):
        outer = _read(text, tokens, at - 1, depth - 1)
        if outer is not None and before in ("van", "met") and _is_of_preposition(text, outer):
            return phrase._replace(led=outer.head)
        if outer is not None and matches("noun", "asking", f"{outer.head} {before}"):
            return phrase._replace(led=before)
        asked = outer is not None and matches("noun", "complement", f"{outer.head} {before}")
        if outer is not None and outer.sure and (asked or not matches("noun", "idiom", outer.text)):
            return _joined(text, outer, phrase, before)
    return phrase


def _between(text: str, tokens: Sequence[re.Match[str]], joint: int) -> Phrase | None:
    """The noun before `tussen`, to which both belong: `de tijd tussen het lossen en het laden`."""
    for at in range(joint - 1, max(0, joint - _APART), -1):
        if not tokens[at][0][0].isalnum():
            return None
        if tokens[at][0] == "tussen":
            outer = _read(text, tokens, at - 1, 0)
            return outer if outer is not None and outer.sure else None
    return None


def _is_of_preposition(text: str, phrase: Phrase) -> bool:
    """Whether a noun makes up a preposition with those around it: `op basis van`, `onder invloed van`."""
    if matches("noun", "basis", phrase.text):
        return True
    bare = text[: phrase.start].lower().endswith(f"{phrase.led} ")  # it has no article
    led = any(matches("before", name, phrase.led) for name in ("preposition", "away"))
    return bare and led and matches("noun", "compound", phrase.text)


def _titled(tokens: Sequence[re.Match[str]], first: int, inner: int) -> int:
    """Where a phrase begins with the nouns before it that say what it is part of.

    `het | programma wilde bijen`, `de | rubber en hennep sectoren`.
    """
    led = tokens[first - 1][0] if first > 1 else ""
    if matches("noun", "class", tokens[inner][0]):
        second = first if led == "en" else first - 1  # what looks like an adjective is within the phrase
        if _is_first_of_two(tokens, second - 2):
            return second - 2
    if not matches("noun", "titled", led) or not is_plural(tokens[inner][0]):
        return first
    return first - 1 - matches("noun", "titled", tokens[first - 2][0])


def _is_first_of_two(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a noun in the singular has the article that it shares with the one behind `en`."""
    if at < 1 or tokens[at + 1][0] != "en" or not is_determiner(tokens[at - 1][0]):
        return False
    return all(_is_plain(tokens[each][0]) and not is_plural(tokens[each][0]) for each in (at, at + 2))


def _led(text: str, tokens: Sequence[re.Match[str]], first: int, phrase: Phrase) -> tuple[Phrase, int]:
    """A phrase that begins with a word, with the word before its determiners, and where that is."""
    at = first - 1
    while at >= 0 and is_determiner(tokens[at][0]) and not tokens[at][0].isdigit():
        if tokens[at][0] == "dat" and at + 1 < first:  # `kondigt aan dat de prijs stijgt`
            break
        at -= 1
    before = tokens[at][0].lower() if at >= 0 else ""
    joined = _both(text, tokens, at - 1, phrase) if before == "en" and at == first - 1 else None
    return joined or (phrase._replace(led=before), at)


def _both(text: str, tokens: Sequence[re.Match[str]], last: int, second: Phrase) -> tuple[Phrase, int] | None:
    """Two nouns with nothing before either that belong to one another (`de prijs van kaas en boter`).

    With where the word before them is.
    """
    if last < 1 or not is_preposition(tokens[last - 1][0]) or not is_noun(tokens[last][0]):
        return None
    start = tokens[last].start()
    both = second._replace(text=text[start : second.end], start=start, led=tokens[last - 1][0].lower())
    return both, last - 1


def _is_head(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a phrase may end in a word: a noun, or one that is an adjective where nothing belongs to it."""
    word = tokens[at][0]
    if word == "duur":
        return at + 1 < len(tokens) and tokens[at + 1][0] == "van"
    return is_noun(word)


def _joined(text: str, outer: Phrase, inner: Phrase, preposition: str) -> Phrase:
    """A phrase with the one that belongs to it."""
    if matches("noun", "talk", outer.text) or _is_of_inner(outer, preposition):
        return inner._replace(led=outer.led)
    if _is_inner(text, inner, preposition):
        return inner._replace(led=preposition)
    if is_vague(inner.text) and preposition != "van":  # `de overeenkomst voor een periode`
        return outer._replace(end=inner.end)
    if is_vague(outer.text) and matches("before", "beside", preposition):
        return outer
    if preposition == "om":  # `de inspanningen om de dijk te herstellen`
        return outer._replace(end=inner.end)
    return outer._replace(text=text[outer.start : inner.end], end=inner.end)


def _is_of_inner(outer: Phrase, preposition: str) -> bool:
    """Whether a phrase says no more than how much there is of the next, how it changes or is divided."""
    if preposition == "van" and (is_vague(outer.text) or matches("noun", "change", outer.text)):
        return True
    return matches("noun", "division", outer.text) and matches("before", "among", preposition)


def _is_inner(text: str, inner: Phrase, preposition: str) -> bool:
    """Whether what stands behind a preposition is what has the number, whatever goes before that."""
    if matches("before", "in_time", preposition) and matches("noun", "period", inner.head):
        return True  # `over een periode van 4 jaar`
    if preposition == "om" and not as_written("wording", "done").match(text, inner.end):
        return True  # `stappen om de uitstoot tot 40% te beperken`
    if matches("before", "befalls", preposition) and text.endswith(" een ", 0, inner.start):
        # `het risico op een boete van € 500`
        return preposition == "bij" or any(matches("noun", name, inner.head) for name in ("paid", "length"))
    name = inner.text[0].isupper() and not text.endswith(" een ", 0, inner.start)
    return preposition == "met" and not (matches("noun", "poor", inner.text) or name)


def _is_surely_noun(word: str) -> bool:
    """Whether a word without an article is a noun by its form: it might be a verb."""
    return word[:1].islower() and (is_plural(word) or matches("noun", "formed", word))


def _belongs(word: str, following: str) -> bool:
    """Whether a word is an adjective to what follows, or the beginning of a name."""
    if word == "totaal":  # `het totaal verbruik`
        return is_noun(following)
    if matches("before", "degree", word):  # `een zeer giftige stof`
        return is_adjective(following) or matches("noun", "uninflected", following)
    if is_determiner(word) or word.lower() in stops() or matches("noun", "plainly", word):
        return False
    if word[0].isupper() and following[0].isupper():
        return word.isalpha()
    return is_adjective(word) and (is_noun(following) or is_adjective(following))


def _is_plain(word: str) -> bool:
    return word.replace("-", "").isalpha() and not is_preposition(word) and is_noun(word)


def following(text: str, start: int, limit: int, *, alone: bool = False) -> Phrase | None:
    """The noun phrase that begins behind a determiner, in the singular or the plural.

    With what belongs to it (`de kans op brand`), unless it is to stand `alone`.
    """
    much = pattern("noun", "much_of").match(text, start)
    start = much.end() if much else start
    tokens = list(_TOKEN.finditer(text, start, min(limit, start + _LONG)))
    last = 0
    while last < len(tokens) - 1 and last < _WIDE and _goes_before(tokens, last):
        last += 1
    if last and is_done(tokens[last][0]):  # `een lek | gemeld`
        last -= 1
    if not tokens or not (_is_head(tokens, last) or (last == 0 and _is_uncompared(text, tokens))):
        return None
    start, end = tokens[0].start(), tokens[last].end()
    head, at = tokens[last][0], last + 1
    if at < len(tokens) and matches("noun", "stuffed", head) and matches("noun", "stuff", tokens[at][0]):
        end, at = tokens[at].end(), at + 1  # `de concentratie | lood`
    elif at < len(tokens) and matches("noun", "apart", text[start:end]) and is_plural(tokens[at][0]):
        head, end, at = tokens[at][0], tokens[at].end(), at + 1
    phrase = Phrase(text[start:end], start, end, head, sure=True)
    preposition = tokens[at][0].lower() if at + 1 < len(tokens) and not alone else ""
    asked = preposition != "" and matches("noun", "complement", f"{head} {preposition}")
    if asked or preposition == "van":
        at += 1 + is_determiner(tokens[at + 1][0])
        of = following(text, tokens[at].start(), limit, alone=asked) if at < len(tokens) else None
        if of is not None:
            return _joined(text, phrase, of, preposition)
    return phrase


def _is_uncompared(text: str, tokens: Sequence[re.Match[str]]) -> bool:
    """Whether a word in -er is a noun, as behind `de` a comparative has an ending: `van de polder`."""
    word, start = tokens[0][0], tokens[0].start()
    more = len(tokens) > 1 and _is_plain(tokens[1][0])
    return word.islower() and word.endswith("er") and not more and text.endswith((" de ", " deze "), 0, start)


def _goes_before(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word is an adjective to the next one, or the beginning of a name."""
    word, after = tokens[at][0], tokens[at + 1][0]
    if word.endswith("-") or (after.endswith("-") and word.isalpha()):
        return word.endswith("-") and after in _AND and at + 2 < len(tokens)
    if at and word in _AND and tokens[at - 1][0].endswith("-"):
        return True  # `rij- en | kreupele paarden`
    if unit_of(word) == "persons" and word.endswith(("en", "s")):
        return False  # `van de jongeren | rookt 12%`
    if is_made(word) and _is_plain(after) and is_plural(after):
        return True  # `verloren | zendingen`
    if _is_plain(after) and (matches("noun", "short", word) or matches("noun", "uninflected", word)):
        return True  # `voor goed | onderwijs`
    return _belongs(word, after) or (is_adjective(word) and not is_noun(after) and _is_head(tokens, at + 1))


#: What joins half a compound to the whole one behind it.
_AND = ("en", "of")
