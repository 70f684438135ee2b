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
from functools import reduce
from itertools import chain, pairwise
from operator import and_, or_

from transforms.vocabulary import literals, wordwise
from transforms.vocabulary.anchors import Find, anchored
from transforms.vocabulary.initials import looked_ahead
from transforms.vocabulary.literals import Literals
from transforms.vocabulary.lowering import lowered

_FIRST = 60  # sentences that show how often literals come
_WORTH_A_LOOK = 3_000  # texts, of some eighty letters, before it is found out where searches need look
_REPAID = 20_000  # such texts before literals are looked for: fewer don't repay it
_MAX_SETS = 3  # sets of literals asked for; more hardly keep out more
_COMMON = 0.9  # a set that so many sentences hold one of keeps nothing out
_SELDOM = 0.05  # a gate that lets through no more of the sentences is good enough
_WORTH = 0.8  # ways that let through so many of the sentences that the gate lets through aren't worth a look
_OFTEN = 100  # times that a pattern is entered before it is compiled for texts in lower case
_MAX_TEXTS = 20_000
_UNKNOWN = -1  # the gates of a text of which nothing was noted: all of them
_MAX_WORDS = 200_000


class Pattern:
    """A compiled regular expression; the methods are those of the standard library's.

    `gate` has a bit for each set of literals of which a match needs one, `ways` the bits that each way of
    matching needs, where that tells more. Of alternatives that match within a word, `word` is the bit of the
    words that do; `across` are the ways of the others.
    """

    __slots__ = (
        "_beyond", "_find_lower", "_sources", "_within", "across", "find", "gate", "lower", "pattern",
        "reach", "regex", "tried", "ways", "word",
    )  # fmt: skip

    def __init__(self, pattern: str, flags: re.RegexFlag, *, gated: bool = True) -> None:
        self.pattern = pattern
        self.regex = re.compile(pattern, flags)
        self.find: Find = self.regex.search
        self.reach = 0
        self.gate = 0
        self.ways: tuple[int, ...] = ()
        self.word = 0
        self.across: tuple[int, ...] = ()
        self._sources = ("", "")  # the alternatives within a word, and the others
        self._within: re.Pattern[str] | None = None
        self._beyond: Pattern | None = None
        self.lower: re.Pattern[str] | None = None  # for texts in lower case
        self.tried = 0  # times that it was entered to find out whether, or where, it matches
        if _index.is_worth_a_look:
            self.look()
        if gated:
            _index.waiting.append(self)

    def look(self) -> None:
        """Find out where a search need look: that takes as long as to compile it, and no match is another."""
        looked = looked_ahead(self.pattern, re.RegexFlag(self.regex.flags))
        if looked != self.pattern:
            self.regex = re.compile(looked, self.regex.flags)
        self.find, self.reach = anchored(self.regex)

    @property
    def gates(self) -> int:
        """All the gates that it may ask for, as bits."""
        return reduce(or_, self.ways, self.gate)

    def may_match(self, bits: int) -> bool:
        """Whether a text that opens these gates may hold a match."""
        if self.gate & bits != self.gate:
            return False
        if not self.ways:
            return True
        for way in self.ways:  # noqa: SIM110 any() costs as much as the loop
            if way & bits == way:
                return True
        return False

    def search(self, text: str, pos: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in text[pos:end]."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return None
        if self.reach:
            pos = max(pos, min(end, len(text)) - self.reach)
        return self.find(text, pos, end)

    def holds(self, text: str) -> bool:
        """Whether the text has a match."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return False
        if self.word and bits != _UNKNOWN:
            if self.word & bits:
                for word in text.split():
                    if _words[word] & self.word:
                        return True
            return self._may_cross(bits) and self.beyond.holds(text)
        pos = max(0, len(text) - self.reach) if self.reach else 0
        if self.lower is not None:
            return self._find_lower(text.lower(), pos, sys.maxsize) is not None
        self._count()
        return self.find(text, pos, sys.maxsize) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the matches in the text begin and end."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return []
        if self.word and bits != _UNKNOWN:
            found = list(self._of_words(text)) if self.word & bits else []
            if not self._may_cross(bits) or not (others := self.beyond.spans(text)):
                return found
            found = sorted(found + others)
            if all(before[1] <= after[0] for before, after in pairwise(found)):
                return found
        if self.lower is not None and len(lower := text.lower()) == len(text):
            return [match.span() for match in self.lower.finditer(lower)]
        self._count()
        return [match.span() for match in self.regex.finditer(text)]

    def part(self) -> tuple[str, str]:
        """Part the alternatives that match within a word from the others; both as patterns."""
        self._sources = wordwise.split(self.pattern, re.RegexFlag(self.regex.flags))
        return self._sources

    @property
    def within(self) -> re.Pattern[str]:
        """The alternatives that match within a word."""
        if self._within is None:
            self._within = re.compile(self._sources[0], self.regex.flags)
        return self._within

    @property
    def beyond(self) -> "Pattern":
        """The others, whose gates `across` are."""
        if self._beyond is None:
            self._beyond = Pattern(self._sources[1], re.RegexFlag(self.regex.flags), gated=False)
        return self._beyond

    def _may_cross(self, bits: int) -> bool:
        """Whether a text that opens these gates may hold a match that isn't within a word."""
        for way in self.across:  # noqa: SIM110 any() costs as much as the loop
            if way & bits == way:
                return True
        return False

    def _of_words(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the matches within words begin and end."""
        for word in _WORD.finditer(text):
            if _words[word[0]] & self.word:
                for match in self.within.finditer(word[0]):
                    yield word.start() + match.start(), word.start() + match.end()

    def _count(self) -> None:
        """Only where it matches was asked, once more: asked often, it is made for lower case as well."""
        self.tried += 1
        if self.tried == _OFTEN and self.regex.flags & re.IGNORECASE:
            pattern = lowered(self.pattern)
            if pattern is not None:
                self.lower = re.compile(looked_ahead(pattern, re.NOFLAG))
                self._find_lower = anchored(self.lower)[0]

    def match(self, text: str, pos: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at `pos`."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return None
        return self.regex.match(text, pos, end)

    def fullmatch(self, text: str, pos: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match of all of text[pos:end]."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return None
        return self.regex.fullmatch(text, pos, end)

    def finditer(self, text: str, pos: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in text[pos:end], none overlapping another."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return iter(())
        return self.regex.finditer(text, pos, end)

    def findall(self, text: str, pos: int = 0, end: int = sys.maxsize) -> list[str]:
        """What matches in text[pos:end]; of groups, see the standard library."""
        bits = _texts.get(text)
        if bits is None:
            bits = _of_part(text)
        if self.gate & bits != self.gate or (self.ways and not self.may_match(bits)):
            return []
        return self.regex.findall(text, pos, end)

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

    Patterns are compiled when they are first asked for. Learning takes seconds, which a night of a few
    letters doesn't save by it: it waits until as much was lost by not having learnt. It makes all that is
    known of words void, so that new patterns wait until twice as many texts have been read as the last time.
    """

    def __init__(self) -> None:
        self.first: list[str] = []
        self.waiting: list[Pattern] = []
        self.learnt: list[Pattern] = []
        self.bits: dict[Literals, int] = {}
        self.within: list[tuple[int, Pattern]] = []  # with the gates of the words that may have a match
        self.asked = 0  # all of those
        self.asking: dict[
            int, list[Pattern]
        ] = {}  # which of the patterns words are looked at for, by their gates
        self.tree = _Node()
        self.given = 0
        self.read = 0
        self.is_worth_a_look = False
        self.due = _REPAID

    def count(self) -> None:
        """One more text is attended to."""
        self.read += 1
        if self.read == _WORTH_A_LOOK:
            self.look()
        if self.waiting and self.read >= self.due:
            self.learn()
            self.due = 2 * self.read

    def look(self) -> None:
        """Let searches by the patterns look where they need, and no further; and by those to come."""
        if not self.is_worth_a_look:
            self.is_worth_a_look = True
            for pattern in self.waiting:
                pattern.look()

    def learn(self) -> None:
        """Give its gates to every pattern that came since; what was noted before no longer holds."""
        self.look()
        needs = {pattern: literals.needed(pattern.regex) for pattern in self.waiting}
        held = self._held(chain(*needs.values()))
        through = {}
        for pattern in self.waiting:
            gate = _telling(needs[pattern], held, len(self.first))
            pattern.gate = self._gate(gate)
            through[pattern] = self._through(gate, held)
        parted = self._part(self.waiting)
        often = _SELDOM * len(self.first)
        self._tell_ways({p: t for p, t in through.items() if p not in parted and t.bit_count() > often})
        self.learnt += self.waiting
        self.waiting.clear()
        _words.clear()
        _texts.clear()

    def _part(self, patterns: Iterable[Pattern]) -> set[Pattern]:
        """Part the alternatives within a word from the others, whose literals tell less, if there are any."""
        sets = {}
        for pattern in patterns:
            within, across = pattern.part()
            if within:
                ways = literals.ways_of(across, pattern.regex.flags) if across else []
                sets[pattern] = (literals.needed_by(within, pattern.regex.flags), ways)
        held = self._held(chain(*(chain(needed, *ways) for needed, ways in sets.values())))
        for pattern, (needed, ways) in sets.items():
            pattern.word = self._new_bit()
            gates = (self._gate(_telling(way, held, len(self.first))) for way in ways)
            pattern.across = tuple(dict.fromkeys(gates))
            pattern.ways = (pattern.word, *pattern.across)
            self.within.append((self._gate(_telling(needed, held, len(self.first))), pattern))
        self.asked = reduce(or_, (gate for gate, _ in self.within), 0)
        self.asking.clear()
        return set(sets)

    def _tell_ways(self, through: dict[Pattern, int]) -> None:
        """The ways of patterns whose gates let through these of the first sentences, where they tell more."""
        ways = {pattern: literals.ways(pattern.regex) for pattern in through}
        held = self._held(found for each in ways.values() for way in each for found in way)
        for pattern, let in through.items():
            each = [_telling(way, held, len(self.first)) for way in ways[pattern]]
            apart = reduce(or_, (self._through(way, held) for way in each))
            if (let & apart).bit_count() < _WORTH * let.bit_count():
                pattern.ways = tuple(dict.fromkeys(map(self._gate, each)))

    def _new_bit(self) -> int:
        self.given += 1
        return 1 << (self.given - 1)

    def _held(self, sets: Iterable[Literals]) -> dict[Literals, int]:
        """Which of the first sentences hold a literal of each set, a bit each."""
        trial = _Index()
        bits = {literal_set: trial._bit(literal_set) for literal_set in sets}
        held = dict.fromkeys(bits, 0)
        for number, sentence in enumerate(self.first):
            note = trial.note(sentence, _Words(trial))
            for literal_set, bit in bits.items():
                if note & bit:
                    held[literal_set] |= 1 << number
        return held

    def _through(self, sets: Iterable[Literals], held: dict[Literals, int]) -> int:
        """Which of the first sentences hold a literal of all the sets."""
        return reduce(and_, (held[found] for found in sets), (1 << len(self.first)) - 1)

    def _gate(self, sets: Iterable[Literals]) -> int:
        return reduce(or_, map(self._bit, sets), 0)

    def _bit(self, literal_set: Literals) -> int:
        bit = self.bits.get(literal_set)
        if bit is None:
            bit = self.bits[literal_set] = self._new_bit()
            for literal in literal_set:
                self._add(literal, bit)
        return bit

    def _add(self, literal: str, bit: int) -> None:
        node = self.tree
        for character in literal:
            node = node.steps.setdefault(character, _Node())
        node.bits |= bit

    def note(self, sentence: str, known: "_Words") -> int:
        """The gates that a sentence opens; `known` keeps those of its words."""
        return reduce(or_, map(known.__getitem__, sentence.split()), 0)

    def opened(self, word: str) -> int:
        """The gates that a word opens, as literals are written."""
        word = literals.marked(word)
        bits = 0
        for at in range(len(word)):
            node = self.tree
            for character in word[at:]:
                if character not in node.steps:
                    break
                node = node.steps[character]
                bits |= node.bits
        return bits

    def matched(self, word: str, bits: int) -> int:
        """The bits of the patterns that a word has matches of by itself, of those whose gates it opens."""
        bits &= self.asked
        asking = self.asking.get(bits)
        if asking is None:
            asking = self.asking[bits] = [each for gate, each in self.within if gate & bits == gate]
        return reduce(or_, (each.word for each in asking if each.within.search(word)), 0) if asking else 0


class _Words(dict[str, int]):
    """The bits of words as they are written: the gates that they open, and what they match by themselves."""

    def __init__(self, index: _Index) -> None:
        super().__init__()
        self.index = index
        self.opened: dict[str, int] = {}  # the gates, by words as literals are written

    def __missing__(self, word: str) -> int:
        written = literals.written(word)
        bits = self.opened.get(written)
        if bits is None:
            bits = self.opened[written] = self.index.opened(written)
        bits |= self.index.matched(word, bits)
        self[word] = bits
        return bits

    def clear(self) -> None:
        """Forget all words."""
        super().clear()
        self.opened.clear()


_WORD = re.compile(r"\S+")


def _telling(sets: Iterable[Literals], held: dict[Literals, int], of: int) -> list[Literals]:
    """The few of the sets of which the fewest sentences hold a literal."""
    telling = {found: held[found].bit_count() for found in sets if held[found].bit_count() < _COMMON * of}
    return sorted(telling, key=lambda found: telling[found])[:_MAX_SETS]


_index = _Index()
_words = _Words(_index)
_texts: dict[str, int] = {}
_last = [""]  # the sentence attended to last, and what is searched in its stead


def attend(sentence: str) -> int:
    """Note which patterns a sentence may match, for searches of it and of its parts; the gates as bits."""
    _last[:] = [sentence]
    return gates(sentence)


def attend_too(text: str) -> None:
    """The same for another form of the sentence attended to; only the last one is kept."""
    if text not in _last:
        _last[1:] = [text]
        gates(text)


def gates(text: str) -> int:
    """The gates that a text opens, as bits; all of them before anything has been learnt."""
    bits = _texts.get(text)
    if bits is not None:
        return bits
    if len(_index.first) < _FIRST:
        _index.first.append(text)
    _index.count()
    if not _index.learnt:
        return _UNKNOWN
    if len(_texts) >= _MAX_TEXTS:
        _texts.clear()
    if len(_words) >= _MAX_WORDS:
        _words.clear()
    bits = _texts[text] = _index.note(text, _words)
    return bits


def _of_part(text: str) -> int:
    """The gates of the sentence that `text` is a part of, for which they are as good; all for another text.

    A part that is cut beside a sign begins, or ends, with what is no word of the sentence; half a word is not
    asked what it may match, since that would be read into it.
    """
    for sentence in _last:
        at = sentence.find(text)
        if at >= 0:
            break
    else:
        return _UNKNOWN
    if (bits := _texts.get(sentence)) is None:
        return _UNKNOWN
    if text:
        end = at + len(text)
        if at and _is_cut(sentence[at - 1], text[0]):
            bits |= _words[text.split(None, 1)[0]]
        if end < len(sentence) and _is_cut(text[-1], sentence[end]):
            bits |= _words[text.rsplit(None, 1)[-1]]
    _texts[text] = bits
    return bits


def _is_cut(last: str, first: str) -> bool:
    """Whether a cut between these characters makes two words of one: not within letters or digits."""
    return not (last.isspace() or first.isspace() or (last.isalnum() and first.isalnum()))


def learn() -> None:
    """Learn by now, from the sentences that were read so far."""
    if _index.waiting:
        _index.learn()


def known() -> list[Pattern]:
    """The patterns whose literals have been learnt."""
    return _index.learnt
