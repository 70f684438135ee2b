"""What a word may be by its form: a noun, what parts a noun from its number, what leads one."""

import re
from functools import cache, lru_cache

from transforms.nouns import is_nominal, is_participle, is_unit, is_verb, stops, unit_of
from transforms.vocabulary import compiled, ungated, words


def is_noun(word: str) -> bool:
    """Whether a word may be a noun, by its form."""
    if not word[:1].isalpha() or word.endswith("-") or word.lower() in stops() or is_determiner(word):
        return False
    if is_bare(word) or _GENITIVE.fullmatch(word):
        return False
    if unit_of(word) is not None or is_nominal(word):
        return True
    if is_verb(word) or matches("noun", "none", word):
        return False
    return len(word) > 1 and (matches("noun", "nominal", word) or not is_participle(word))


#: Whose something is: a plural has its sign behind a vowel (`foto’s`).
_GENITIVE = re.compile(r"[A-Z][a-z]*[b-df-hj-np-tv-z][’']s")


@lru_cache(maxsize=20_000)
def is_bare(phrase: str) -> bool:
    """Whether a phrase is a unit alone."""
    return is_unit(phrase) or word_pattern("noun", "bare").fullmatch(phrase) is not None


def is_vague(phrase: str) -> bool:
    """Whether a phrase says no more than that it is so much."""
    return matches("noun", "vague", phrase)


def is_passed(word: str) -> bool:
    """Whether a word may stand between a noun and its number: a verb form, an adverb."""
    lowered = word.lower()
    return matches("before", "passed", lowered) or (lowered not in stops() and is_done(lowered))


def is_done(word: str) -> bool:
    """Whether a word is a participle, and no noun that begins and ends like one (`geboortegewicht`)."""
    return (is_participle(word) or is_made(word)) and not matches("noun", "nominal", word)


def is_made(word: str) -> bool:
    """Whether a word is the participle of a strong verb before a noun, though it ends like a plural."""
    return matches("noun", "made", word) and unit_of(word) is None


def is_preposition(word: str) -> bool:
    """Whether a word goes between two nouns of which the second belongs to the first."""
    return matches("before", "preposition", word.lower())


def leads(word: str) -> bool:
    """Whether a noun follows a word."""
    return is_determiner(word) or is_preposition(word)


def leads_bare(word: str) -> bool:
    """Whether the adjective behind a word may have no ending: behind a preposition, `een`, `geen`."""
    return is_preposition(word) or word.lower() in ("een", "geen", "elk", "ieder")


def is_determiner(word: str) -> bool:
    """Whether a word goes before a noun phrase."""
    return matches("before", "determiner", word.lower())


def matches(table: str, name: str, phrase: str) -> bool:
    """Whether a pattern of the vocabulary is found in a word or two."""
    return _matches(table, name, phrase)


@lru_cache(maxsize=100_000)
def _matches(table: str, name: str, phrase: str) -> bool:
    return word_pattern(table, name).search(phrase) is not None


@cache
def word_pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern of the vocabulary for a word or a short part of a text."""
    return ungated("wording", words("wording")[table][name])


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern of the vocabulary for sentences."""
    return compiled("wording", words("wording")[table][name])
