"""What every match of a pattern holds, and words that hold it."""

import re

import pytest

from transforms.vocabulary.literals import Literals, marked, needed, ways, written


def may_match(pattern: str, text: str) -> bool:
    """Whether every set of literals, and of one way of matching, has one that a word of the text holds."""
    found = [marked(written(word)) for word in text.split()]
    regex = re.compile(pattern, re.IGNORECASE)

    def are_held(sets: list[Literals]) -> bool:
        return all(any(literal in word for literal in literals for word in found) for literals in sets)

    return are_held(needed(regex)) and any(are_held(way) for way in ways(regex))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bnrs?\b\.? ?\d+", "kent een aantal"),
        (r"\b(?:ruim|bijna)\s$", "in een ruimte"),
        (r"ten opzichte van", "het opzicht van de bouw"),
        (r"\b\d{4}[–-]\d{4}\b", "in 2011 en 2012"),
        (r"\d{7,}", "telefoon 030-12345"),
        (r"(?<!\w)(?:art|artikel) \d", "een part van 12"),
        (r"\b(?:week \d|Q[1-4])", "de weken daarna"),
        (r"(?:zaken|onderzoeken) (?=van)", "twee onderzoekende zinnen"),
        (r"\b(?:gaan? \w+ uit|kom\w+ voor)\b", "dat komt uit"),
        (r"(?:(?:op|per) \d{1,2}/\d{1,2}|datum \d+)", "per 12 juni van een dossier"),
        (r"nr\.? \d{1,3}-\d{1,3}\b", "nr. 12 en 13"),
    ],
)
def test_a_text_without_what_a_match_holds_is_told(pattern: str, text: str) -> None:
    assert not may_match(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bnrs?\b\.? ?\d+", "(nr.12)"),
        (r"\b(?:ruim|bijna)\s$", "in RUIM "),
        (r"ten opzichte van", "(ten opzichte van)"),
        (r"\b\d{4}[–-]\d{4}\b", "over 2011–2012."),
        (r"\d{7,}", "nummer 12345678"),
        (r"(?<!\w)(?:art|artikel) \d", "(artikel 3"),
        (r"\b(?:week \d|Q[1-4])", "in Q3"),
        (r"(?:zaken|onderzoeken) (?=van)", "strafzaken van"),
        (r"[^\d]{0,9}", ""),
        (r"a|", "b"),
        (r"(?P<one>a)(?P=one)", "aa"),
        (r"\w+(?<=heid)\b", "gelegenheid"),
        (r"\b(?:gaan? \w+ uit|kom\w+ voor)\b", "dit gaa daar uit"),
        (r"(?:(?:op|per) \d{1,2}/\d{1,2}|datum \d+)", "(op 1/12)"),
        (r"x\d{0,2}(?:-\d{1,2}|)y", "ax1-12y"),
        (r"x\d{0,2}(?:-\d{1,2}|)y", "axy"),
    ],
)
def test_a_text_that_a_pattern_matches_is_never_kept_out(pattern: str, text: str) -> None:
    assert re.search(pattern, text, re.IGNORECASE)
    assert may_match(pattern, text)
