"""Regular expressions that are only run where they can match.

A match of a pattern holds certain literals, which its parse tree tells (RE2 calls this a prefilter). `attend`
notes, word by word, which of them a sentence holds; a search of it, or of a part of it, by a pattern that
needs others ends there. Of two hundred patterns thirty are left to be run on a sentence, and the words of a
language are soon known.

A text that wasn't attended to is searched in full.
"""

import re
import sys
from collections.abc import Iterable, Iterator

from transforms.vocabulary import literals
from transforms.vocabulary.initials import looked_ahead
from transforms.vocabulary.literals import Literals

_WARM_UP = 60  # sentences read before literals are looked for: a single letter doesn't repay it
_MAX_SETS = 3  # sets of literals asked for; more hardly keep out more
_COMMON = 0.9  # a set that so many sentences hold one of keeps nothing out
_MAX_TEXTS = 20_000
_MAX_WORDS = 200_000


class Pattern:
    """A compiled regular expression; the methods are those of the standard library's.

    `gate` has a bit for each set of literals of which a match needs one.
    """

    __slots__ = ("gate", "pattern", "regex")

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern = pattern
        self.regex = re.compile(looked_ahead(pattern, flags), flags)
        self.gate = 0
        _index.waiting.append(self)

    def search(self, text: str, pos: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in text[pos:end]."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits == self.gate:
            return self.regex.search(text, pos, end)
        return None

    def match(self, text: str, pos: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at `pos`."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits == self.gate:
            return self.regex.match(text, pos, end)
        return None

    def fullmatch(self, text: str, pos: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match of all of text[pos:end]."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits == self.gate:
            return self.regex.fullmatch(text, pos, end)
        return None

    def finditer(self, text: str, pos: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in text[pos:end], none overlapping another."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits == self.gate:
            return self.regex.finditer(text, pos, end)
        return iter(())

    def findall(self, text: str, pos: int = 0, end: int = sys.maxsize) -> list[str]:
        """What matches in text[pos:end]; of groups, see the standard library."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits == self.gate:
            return self.regex.findall(text, pos, end)
        return []

    def sub(self, replacement: str, text: str) -> str:
        """Text with the replacement in place of each match."""
        return self.regex.sub(replacement, text)

    def split(self, text: str) -> list[str]:
        """Text parted at each match."""
        return self.regex.split(text)


class _Node:
    """A place in the tree of literals, one character a step: the gates of the literal that ends there."""

    __slots__ = ("bits", "steps")

    def __init__(self) -> None:
        self.bits = 0
        self.steps: dict[str, _Node] = {}


class _Index:
    """Which literals open which gates; learnt from the first sentences, and again when patterns come.

    Patterns are compiled when they are first asked for. Learning makes all that is known of words void, so
    that new ones wait until twice as many sentences have been read as the last time.
    """

    def __init__(self) -> None:
        self.first: list[str] = []
        self.waiting: list[Pattern] = []
        self.learnt: list[Pattern] = []
        self.bits: dict[Literals, int] = {}
        self.tree = _Node()
        self.read = 0
        self.due = _WARM_UP

    def count(self) -> None:
        """One more sentence is read."""
        self.read += 1
        if self.waiting and self.read >= self.due:
            self.learn()
            self.due = 2 * self.read

    def learn(self) -> None:
        """Give its gate to every pattern that came since; what was noted before no longer holds."""
        needs = {pattern: set(literals.needed(pattern.regex)) for pattern in self.waiting}
        share = self._shares({literal_set for sets in needs.values() for literal_set in sets})
        for pattern, sets in needs.items():
            telling = sorted(
                (found for found in sets if share[found] < _COMMON), key=lambda found: share[found]
            )
            pattern.gate = sum(self._bit(found) for found in telling[:_MAX_SETS])
        self.learnt += self.waiting
        self.waiting.clear()
        _words.clear()
        _texts.clear()

    def _shares(self, sets: Iterable[Literals]) -> dict[Literals, float]:
        """The share of the first sentences that hold a literal of each set."""
        trial = _Index()
        bits = {literal_set: trial._bit(literal_set) for literal_set in sets}
        noted = [trial.note(sentence, {}) for sentence in self.first]
        return {
            literal_set: sum(1 for note in noted if note & bit) / len(noted)
            for literal_set, bit in bits.items()
        }

    def _bit(self, literal_set: Literals) -> int:
        bit = self.bits.get(literal_set)
        if bit is None:
            bit = self.bits[literal_set] = 1 << len(self.bits)
            for literal in literal_set:
                self._add(literal, bit)
        return bit

    def _add(self, literal: str, bit: int) -> None:
        node = self.tree
        for character in literal:
            node = node.steps.setdefault(character, _Node())
        node.bits |= bit

    def note(self, sentence: str, known: dict[str, int]) -> int:
        """The gates that a sentence opens; `known` keeps those of its words."""
        bits = 0
        for word in literals.words(sentence):
            opened = known.get(word)
            if opened is None:
                opened = known[word] = self._read(literals.marked(word))
            bits |= opened
        return bits

    def _read(self, word: str) -> int:
        bits = 0
        for at in range(len(word)):
            node = self.tree
            for character in word[at:]:
                if character not in node.steps:
                    break
                node = node.steps[character]
                bits |= node.bits
        return bits


_index = _Index()
_words: dict[str, int] = {}
_texts: dict[str, int] = {}
_last = [""]  # the sentence attended to last


def attend(sentence: str) -> int:
    """Note which patterns a sentence may match, for searches of it and of its parts; the gates as bits."""
    _last[0] = sentence
    return gates(sentence)


def gates(text: str) -> int:
    """The gates that a text opens, as bits; all of them before enough sentences have been read."""
    bits = _texts.get(text)
    if bits is not None:
        return bits
    if len(_index.first) < _WARM_UP:
        _index.first.append(text)
        return -1
    _index.count()
    if len(_texts) >= _MAX_TEXTS:
        _texts.clear()
    if len(_words) >= _MAX_WORDS:
        _words.clear()
    bits = _texts[text] = _index.note(text, _words)
    return bits


def _of_part(text: str) -> int:
    """The gates of the sentence that `text` is a part of, for which they are as good; -1 for another text.

    Not for a part that is cut within a word: there it ends, or begins, with what is no word of the sentence.
    """
    sentence = _last[0]
    at = sentence.find(text)
    if at < 0 or (bits := _texts.get(sentence)) is None:
        return -1
    if _WITHIN_WORD.match(sentence, at) or _WITHIN_WORD.match(sentence, at + len(text)):
        return -1
    _texts[text] = bits
    return bits


_WITHIN_WORD = re.compile(r"(?<=\w)(?=\w)")


def known() -> list[Pattern]:
    """The patterns whose literals have been learnt."""
    return _index.learnt
