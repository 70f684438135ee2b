"""Patterns that are run only where they can match find what they would find anyway."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_letters import extraction, paths

from transforms.vocabulary import patterns
from transforms.vocabulary.initials import looked_ahead
from transforms.vocabulary.lowering import lowered
from transforms.vocabulary.patterns import Pattern, attend

SENTENCES = [
    sentence
    for path in paths()
    for sentence in re.split(r"(?<=[.?!])\s+", path.read_text("utf-8", "replace"))
]
#: Every pattern is held against so many of them: against all it takes a minute.
SOME = SENTENCES[::4]
WORDS = [
    "nr",
    "nrs.",
    "Kamerstuk",
    "28 638,",
    "ruim",
    "(ruim",
    "12%",
    "2011–2012",
    "één",
    "zaken.",
    "€",
    "24/7",
]
SOURCES = (
    r"\bnrs?\b", r"(?<!\w)ruim\s", r"\d+%", r"\d{4}–\d{4}", r"\bzaken\b", r"[€$]", r"\d \d", r"\w+",
    r"^(?:nr|ruim)s?\b", r"(?:ruim|\d+%)$", r"(?<=ruim) (?:\d+%|zaken\.|€)$", r"^\d|ruim \d+%",
)  # fmt: skip
PATTERNS = [Pattern(source, re.IGNORECASE) for source in SOURCES]
LOWERED = [
    Pattern(source, re.IGNORECASE) for source in SOURCES
]  # asked often enough to be made for lower case


@pytest.fixture(autouse=True, scope="module")
def _attentive() -> None:
    """The grammar has read the sample letters, and learnt from them."""
    extraction()
    for sentence in SENTENCES:
        attend(sentence)
    patterns.learn()
    for pattern in LOWERED:
        for _ in range(patterns._OFTEN):
            pattern.holds("nrs. 12% zaken € 2011–2012, ruim 1 zaken €")
            pattern.holds("12%")
            pattern.holds("nr")


def test_no_match_is_kept_from_a_pattern_of_the_grammar() -> None:
    assert len(patterns.known()) > 100

    for sentence in SOME:
        bits = attend(sentence)
        for pattern in patterns.known():
            if not pattern.may_match(bits):
                assert pattern.regex.search(sentence) is None, (pattern.pattern, sentence)


def test_most_patterns_are_kept_from_most_sentences() -> None:
    known = patterns.known()
    tried = sum(p.may_match(attend(sentence)) for sentence in SOME for p in known)

    assert tried < len(known) * len(SOME) / 3


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_a_search_gives_what_the_regular_expression_gives(text: str) -> None:
    attend(text)

    for pattern in PATTERNS:
        found, wanted = pattern.search(text), pattern.regex.search(text)
        assert (found and found.span()) == (wanted and wanted.span())
        start = len(text) // 2
        found, wanted = pattern.search(text, start), pattern.regex.search(text, start)
        assert (found and found.span()) == (wanted and wanted.span())
        found, wanted = pattern.search(text, 0, start), pattern.regex.search(text, 0, start)
        assert (found and found.span()) == (wanted and wanted.span())
        every = [match.span() for match in pattern.finditer(text)]
        assert every == [match.span() for match in pattern.regex.finditer(text)]


@given(st.lists(st.sampled_from([*WORDS, *map(str.upper, WORDS)]), max_size=6).map(" ".join))
def test_where_a_pattern_matches_is_the_same_for_texts_in_lower_case(text: str) -> None:
    attend(text)

    for pattern in (*PATTERNS, *LOWERED):
        assert pattern.holds(text) == (pattern.regex.search(text) is not None)
        assert pattern.spans(text) == [match.span() for match in pattern.regex.finditer(text)]
    assert all(pattern.lower for pattern in LOWERED if not pattern.word)


@pytest.mark.parametrize(
    ("pattern", "lower"),
    [
        (r"\bRuim\S+[A-Z]\Z", r"\bruim\S+[a-z]\Z"),
        (r"(?P<Noun>Zaak)(?=É)(?P=Noun)", r"(?P<Noun>zaak)(?=é)(?P=Noun)"),
        (r"(?-i:[A-Z])\w+", None),
        (r"ruim (?i:Zaak)", None),
        (r"(?:EU|\()", r"(?:eu|\()"),
    ],
)
def test_a_pattern_for_lower_case_differs_in_its_letters_alone(pattern: str, lower: str | None) -> None:
    assert lowered(pattern) == lower


def test_a_text_that_was_not_attended_to_is_searched_in_full() -> None:
    assert PATTERNS[0].search("zie nr. 12 van vandaag, dat niemand nog zag")


def test_a_look_at_the_first_character_changes_no_match() -> None:
    looked = [p for p in patterns.known() if p.regex.pattern != p.pattern]
    assert len(looked) > 100

    for pattern in looked:
        plain = re.compile(pattern.pattern, pattern.regex.flags)
        for sentence in SENTENCES[::20]:
            assert [match.span() for match in pattern.regex.finditer(sentence)] == [
                match.span() for match in plain.finditer(sentence)
            ]


@pytest.mark.parametrize(
    ("pattern", "looked"),
    [
        (r"\bruim", r"(?=[Rr])(?:\bruim)"),
        (r"(?:[1-3]|x?)z", r"(?=[123XZxz])(?:(?:[1-3]|x?)z)"),
        (r"(?<!a)\d?%", r"(?=[%\d])(?:(?<!a)\d?%)"),
        (r"x*", "x*"),
        (r"\w+en", r"\w+en"),
        (r"[^a]b", "[^a]b"),
        (r"(?:enige|nu|al|toen|in|rond|onder|dit|samen)", "(?:enige|nu|al|toen|in|rond|onder|dit|samen)"),
    ],
)
def test_only_what_few_characters_begin_is_looked_ahead_for(pattern: str, looked: str) -> None:
    assert looked_ahead(pattern, re.IGNORECASE) == looked
