"""A letter as the text of a PDF: lines, words broken at their end, notes at the foot of a page, furniture."""

import random
import re

LINE = (68, 78)  # characters
FIRST_PAGE = (0.45, 0.6)  # of the lines
BREAK = 0.6  # of the long words that don't fit are broken
LOST_SPACE = 0.012  # of the lines are joined to the next without one
HARD_SPACE = 0.01  # of the lines have a space that doesn't break

#: Between two consonants after a vowel, or before a consonant with a vowel behind it.
_SYLLABLE = re.compile(
    r"(?<=[aeiouë][bcdfghjklmnpqrstvwxz])(?=[bdfghjklmnprstvwz][aeiou])"
    r"|(?<=[aeiou]{2})(?=[bdfgklmnprstvwz][aeiou])"
)


def laid_out(head: str, paragraphs: list[str], notes: list[str], foot: str, draw: random.Random) -> str:
    """The letter's text on pages, with its notes numbered, marked in the text and put below their page."""
    width = draw.randint(*LINE)
    ending = draw.choice(["", " "])
    lines: list[str] = []
    for paragraph in _marked(paragraphs, len(notes), draw):
        lines += ["", *_lines(paragraph, width, draw)]
    return "\n".join([head, *_paged(lines, notes, width, ending, draw), foot, ""])


def _marked(paragraphs: list[str], notes: int, draw: random.Random) -> list[str]:
    """The paragraphs with markers 1, 2 … glued to words in their order."""
    places = sorted(draw.sample(_places(paragraphs), notes), key=lambda place: (place[0], place[1]))
    marked = list(paragraphs)
    for number, (paragraph, at) in reversed(list(enumerate(places, start=1))):
        text = marked[paragraph]
        marked[paragraph] = f"{text[:at]}{number}{text[at:]}"
    return marked


def _places(paragraphs: list[str]) -> list[tuple[int, int]]:
    """Where a marker may stand: right behind a word, before a comma or a full stop."""
    return [
        (number, match.start())
        for number, paragraph in enumerate(paragraphs)
        for match in re.finditer(r"(?<=[a-z]{3})[,.](?= |$)", paragraph)
    ]


def _lines(paragraph: str, width: int, draw: random.Random) -> list[str]:
    lines, line = [], ""
    for word in paragraph.split(" "):
        if line and len(line) + 1 + len(word) > width:
            fits, rest = _broken(word, width - len(line) - 2, draw)
            lines.append(f"{line} {fits}-" if fits else line)
            line = rest
        else:
            line = f"{line}{_space(draw) if line else ''}{word}"
    return [*lines, line]


def _space(draw: random.Random) -> str:
    """A space, rarely one that doesn't break or none at all: a line has some ten of them."""
    chance = draw.random() * 10
    if chance < LOST_SPACE:
        return ""
    return "\u00a0" if chance < LOST_SPACE + HARD_SPACE else " "


def _broken(word: str, room: int, draw: random.Random) -> tuple[str, str]:
    """The part of a word that fits on a line and the rest; nothing fits of a short word."""
    places = [
        match.start() for match in _SYLLABLE.finditer(word) if 3 <= match.start() <= min(room, len(word) - 3)
    ]
    if not places or draw.random() > BREAK:
        return "", word
    return word[: places[-1]], word[places[-1] :]


def _paged(lines: list[str], notes: list[str], width: int, ending: str, draw: random.Random) -> list[str]:
    """Two pages, each with the notes that it cites below it, and furniture between them."""
    turn = round(len(lines) * draw.uniform(*FIRST_PAGE))
    here = min(_last_marker("\n".join(lines[:turn])), len(notes))  # a formula may end like the next marker
    first = [*_spaced(lines[:turn], ending), *_note_lines(notes, 0, here, width), *_furniture(draw)]
    return [*first, *_spaced(lines[turn:], ending), *_note_lines(notes, here, len(notes), width), ""]


def _spaced(lines: list[str], ending: str) -> list[str]:
    return [line and line + ending for line in lines]


def _last_marker(page: str) -> int:
    cited = 0
    while re.search(rf"[a-z]{cited + 1}[,.]", page):
        cited += 1
    return cited


def _note_lines(notes: list[str], cited: int, here: int, width: int) -> list[str]:
    lines = [""] if cited < here else []
    for number in range(cited, here):
        words = f"{number + 1} {notes[number]}"
        lines += re.findall(rf"\S.{{0,{width - 20}}}(?=\s|$)", words)
    return lines


#: Digit runs that a turn of the page adds.
TURN_RUNS = 6


def _furniture(draw: random.Random) -> list[str]:
    year, dossier = draw.randint(2008, 2024), f"{draw.randint(19, 36)} {draw.randint(100, 999)}"
    return ["", f"Tweede Kamer, vergaderjaar {year}–{year + 1}, {dossier}, nr. {draw.randint(1, 900)} 1", ""]
