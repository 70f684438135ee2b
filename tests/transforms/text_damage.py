"""What printing and PDF extraction do to a text: line ends, hyphens, page turns with notes."""

import re
import textwrap

from hypothesis import strategies as st

#: Each states figures and carries nothing over to the next.
SENTENCES = (
    "Uit de registratie van CoMensha blijkt dat in 2014 sprake was van 1.561 slachtoffers van mensenhandel.",
    "Volgens het Centraal Bureau voor de Statistiek daalde het aantal misdrijven in 2015 met 4,8 procent.",
    "In de tweede helft van 2013 verbleven gemiddeld honderdvijfentwintig vrouwen per maand in de opvang.",
    "Het streven is dat in 2021 ten minste tachtig procent van de zaken binnen zes maanden is afgehandeld.",
    "De categorale opvang wordt vanaf medio 2020 uitgebreid van 46 naar 71 opvangplaatsen.",
    "Voor de beveiliging van de inrichtingen is in 2018 een bedrag van € 17,5 miljoen uitgetrokken.",
    "In 2016 was er naar schatting bij 6.000–7.000 huishoudens sprake van problematische schulden.",
    "Er was in 2017 geen tekort aan opvangplaatsen voor slachtoffers van huiselijk geweld.",
)
NOTES = ("Ter inzage gelegd bij het centraal informatiepunt.", "Voorlopige stand, nog niet vastgesteld.")

#: Beginnings that keep their hyphen, and endings that are a word of their own: nothing tells them from a word
#: broken there.
_AMBIGUOUS_START = {
    "niet",
    "non",
    "ex",
    "oud",
    "anti",
    "pro",
    "semi",
    "quasi",
    "vice",
    "e",
    "co",
    "pre",
    "post",
}
_VOWELS = {"aa", "ee", "ii", "oo", "uu", "ae", "ai", "au", "ei", "eu", "oe", "oi", "ou", "ui", "ij", "ji"}
_AMBIGUOUS_END = {"en", "of", "tot", "als", "naar", "noch", "maar", "versus"}


def breaks(word: str) -> list[int]:
    """Where a word may be broken: between letters, where both halves are none of the ambiguous ones.

    No vowel is broken: where it would be, the hyphen is the word's own (`zee-egel`).
    """
    if not re.fullmatch(r"[^\W\d_]{2,}", word):
        return []
    return [
        at
        for at in range(1, len(word))
        if word[:at].lower() not in _AMBIGUOUS_START
        and word[at:] not in _AMBIGUOUS_END
        and word[at].islower()
        and word[at - 1 : at + 1].lower() not in _VOWELS
    ]


def broken(word: str, data: st.DataObject) -> str:
    """The word, broken with a hyphen and a line end where it may be."""
    places = breaks(word)
    if not places:
        return word
    at = data.draw(st.sampled_from(places))
    return f"{word[:at]}-\n{word[at:]}"


def hyphenated(text: str, data: st.DataObject) -> str:
    """The text with some of its words broken at a line's end."""
    words = text.split(" ")
    chosen = data.draw(st.sets(st.integers(0, len(words) - 1), max_size=6))
    return " ".join(broken(word, data) if index in chosen else word for index, word in enumerate(words))


def wrapped(text: str, width: int, data: st.DataObject) -> str:
    """The text in lines of at most `width`, the last word of some lines broken."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    found: list[str] = []
    for line in lines:
        head, _, last = line.rpartition(" ")
        broken_last = broken(last, data) if data.draw(st.booleans()) else last
        found.append(f"{head} {broken_last}".strip())
    return _rejoined(found)


def _rejoined(lines: list[str]) -> str:
    """Lines below each other; the rest of a broken word goes on in its line."""
    text = ""
    for line in lines:
        goes_on = "\n" in text.rsplit(" ", 1)[-1] and text.rsplit("\n", 1)[-1].isalpha()
        text += (" " if goes_on else "\n") + line if text else line
    return text


def turned(sentence: str, data: st.DataObject) -> str:
    """The sentence on two pages: its first part with the markers of two notes, the notes, then the rest."""
    words = sentence.split(" ")
    marked = [index for index, word in enumerate(words[:-1]) if re.fullmatch(r"[a-z]{3,}", word)]
    first, second = sorted(data.draw(st.lists(st.sampled_from(marked), min_size=2, max_size=2, unique=True)))
    # a page doesn't end with a line of a few words: that would be a title above a new paragraph
    long_enough = [at for at in range(second + 1, len(words)) if len(" ".join(words[:at])) > 40]
    cut = data.draw(st.sampled_from(long_enough))
    words[first] += "1"
    words[second] += "2"
    notes = "\n".join(f"{number}  {note}" for number, note in enumerate(NOTES, 1))
    upper, lower = " ".join(words[:cut]), " ".join(words[cut:])
    word = words[cut]
    in_word: bool = data.draw(st.booleans())
    if breaks(word) and in_word:
        at = data.draw(st.sampled_from(breaks(word)))
        upper, lower = f"{upper} {word[:at]}-", word[at:] + lower[len(word) :]
    return f"{upper}\n\n{notes}\n {lower}"


#: A space that line joining loses: between a function word and a number, a number and its unit.
_LOSABLE = re.compile(
    r"(?<=\b(?:in|In)) (?=\d)|(?<=\b(?:van|met)) (?=\d)|(?<=\bmedio) (?=\d)|(?<=\d) (?=[a-z]{4})"
)


def glued(text: str, data: st.DataObject) -> str:
    """The text without some of the spaces beside its numbers."""
    places = [match.start() for match in _LOSABLE.finditer(text)]
    lost = data.draw(st.sets(st.sampled_from(places), max_size=len(places))) if places else set()
    return "".join(character for at, character in enumerate(text) if at not in lost)


def garbled(text: str) -> str:
    """The text with its letters outside ASCII read as Windows-1252 where they are UTF-8."""
    return "".join(
        character if character.isascii() else character.encode().decode("cp1252") for character in text
    )


FURNITURE = (
    "Tweede Kamer, vergaderjaar 2021–2022, Aanhangsel 3",
    "kst-28638-9120\nISSN 0921 - 7398’s-Gravenhage 2022Tweede Kamer, vergaderjaar 2021–2022, nr. 9120 1",
    "Pagina 2 van 4",
)


def printed(sentence: str, data: st.DataObject) -> str:
    """The sentence on two pages: a marker in one of its dresses, its note and furniture at the page's end."""
    words = sentence.split(" ")
    plain = [at for at, word in enumerate(words[:-1]) if re.fullmatch(r"[a-z]{3,}", word)]
    marked = data.draw(st.sampled_from(plain))
    words[marked] += data.draw(st.sampled_from(["1", "\n1", "\n1\n", " [1]", "[1 ]"]))
    long_enough = [at for at in range(marked + 2, len(words)) if len(" ".join(words[:at])) > 60]
    cut = data.draw(st.sampled_from(long_enough or [len(words) - 1]))
    note = data.draw(st.sampled_from(["1{}", "1 {}", "1  {}"])).format(NOTES[0])
    turn = data.draw(st.sampled_from(FURNITURE))
    upper = re.sub(r"\n ", "\n", " ".join(words[:cut]))
    return f"{upper}\n{note}\n{turn}\n{' '.join(words[cut:])}"
