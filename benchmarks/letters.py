"""Letters composed from a grammar kept as data, the same for the same seed and number, as dense as real ones.

A letter has 5 kB, 50 digit runs and 10 to 15 figures, with references, dates and article numbers around them.
"""

import random
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from benchmarks.pages import TURN_RUNS, laid_out
from transforms import schemas
from transforms.letters import letter_id

SEED = 20261123
DISTINCT = 10_000  # letters
SIZE = 5000  # bytes
DIGIT_RUNS = 50
FIGURES = (10, 15)
ANSWERS = 0.3  # of the letters answer questions
TRIES = 40

_SLOT = re.compile(r"\{(\w+)\}")
_RUN = re.compile(r"\d+")


class Composed(NamedTuple):
    """A letter, the sentences it was composed of, and how many figures they state."""

    text: str
    sentences: list[str]
    figures: int


@cache
def grammar() -> dict[str, dict[str, list[str]]]:
    """Sentences and slots of letters.toml."""
    return tomllib.loads(Path(__file__).with_name("letters.toml").read_text("utf-8"))


def composed(number: int, seed: int = SEED) -> Composed:
    """The letter of this number; the letters of a seed can be made in any order."""
    return _Writer(random.Random(f"{seed}:{number}")).letter(number)


def files(numbers: Iterable[int], seed: int = SEED) -> pl.DataFrame:
    """Letters as `extract` takes them; beyond DISTINCT they come again."""
    contents = [(number, _content(number % DISTINCT, seed)) for number in numbers]
    rows = [(letter_id(content), f"bench-{number:06}.txt", content, None) for number, content in contents]
    return pl.DataFrame(rows, schema=schemas.FILE, orient="row")


@lru_cache(maxsize=DISTINCT)
def _content(number: int, seed: int) -> bytes:
    return composed(number, seed).text.encode()


def digit_runs(text: str) -> int:
    """How many runs of digits a text holds."""
    return len(_RUN.findall(text))


# Numbers


def _dutch(value: float) -> str:
    """Digits with a dot for thousands and a comma for decimals."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def _count(draw: random.Random) -> str:
    value = int(10 ** draw.uniform(1.3, 4.5))
    return str(value) if value < 10_000 and draw.random() < 0.4 else _dutch(value)


def _percent(draw: random.Random) -> str:
    value = draw.choice([draw.randint(2, 96), round(draw.uniform(0.5, 60), 1)])
    return f"{_dutch(value)}{draw.choice(['%', '%', '%', ' procent'])}"


def _euro(draw: random.Random) -> str:
    value = draw.choice([draw.randint(2, 900), round(draw.uniform(1, 40), 1)])
    whole = f"{draw.randint(10, 990)}.{draw.randint(1, 9)}00"
    return draw.choice([f"€ {_dutch(value)} miljoen", f"€ {_dutch(value)} mln.", f"€ {whole}"])


def _range(draw: random.Random) -> str:
    low = draw.randint(2, 60) * draw.choice([1, 5, 10])
    high = low + draw.randint(1, 30)
    return draw.choice([f"{low} à {high}", f"{low} tot {high}", f"{low}–{high}"])


def _dossier(draw: random.Random) -> str:
    return f"Kamerstuk {draw.randint(19, 36)} {draw.randint(100, 999)}, nr. {draw.randint(1, 900)}"


def _year(draw: random.Random) -> int:
    return draw.randint(2008, 2024)


def _date(draw: random.Random) -> str:
    month = draw.choice(grammar()["slots"]["month"])
    return f"{draw.randint(1, 28)} {month} {_year(draw)}"


def _directive(draw: random.Random) -> str:
    return f"{_year(draw)}/{draw.randint(2, 99)}/EU"


def _article(draw: random.Random) -> str:
    number = str(draw.randint(1, 290))
    return draw.choice([number, f"{number}a", f"{draw.randint(1, 9)}.{number}", f"{number}, tweede lid,"])


def _years(draw: random.Random, between: str = "–") -> str:
    year = _year(draw)
    return f"{year}{between}{year + (1 if between == '/' else draw.randint(1, 5))}"


_WORDS = (
    "drie", "vier", "vijf", "zes", "zeven", "negen", "elf", "dertien", "zestien", "twintig", "vijfentwintig",
    "veertig", "zestig", "honderd", "honderdtwintig", "driehonderd", "duizend", "tweeduizend",
)  # fmt: skip

_Number = Callable[[random.Random], object]
#: Slots that are a figure the letter states.
FIGURE_SLOTS: dict[str, _Number] = {
    "count": _count,
    "small": lambda draw: draw.randint(3, 97),
    "percent": _percent,
    "points": lambda draw: f"{draw.randint(2, 19)} procentpunt",
    "euro": _euro,
    "fte": lambda draw: _dutch(round(draw.uniform(2, 90), 1)),
    "range": _range,
    "word": lambda draw: draw.choice(_WORDS),
}
#: Slots with digits that are none.
OTHER_SLOTS: dict[str, _Number] = {
    "year": _year,
    "year_ahead": lambda draw: draw.randint(2025, 2032),
    "years": _years,
    "schoolyear": lambda draw: _years(draw, "/"),
    "date": _date,
    "kamerstuk": _dossier,
    "number": lambda draw: draw.randint(1, 24),
    "article": _article,
    "directive": _directive,
}


# Sentences and letters


class _Writer:
    """Composes one letter from a stream of chance."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.figures = 0

    def letter(self, number: int) -> Composed:
        answers = self.draw.random() < ANSWERS
        notes = [self._sentence("note") for _ in range(self.draw.randint(2, 3))]
        head, foot = self._head(number), f"De Minister van {self._phrase('minister').title()},"
        questions = [self._sentence("question") for _ in range(self.draw.randint(2, 3) if answers else 0)]
        around = [head, foot, *notes, *questions]
        # A note has a number and a marker, a question and its answer have one each.
        body = self._body(
            runs=DIGIT_RUNS - digit_runs("\n".join(around)) - 2 * len(notes) - 2 * len(questions) - TURN_RUNS,
            size=SIZE - sum(len(part.encode()) + 2 for part in around) - 150 - 40 * len(questions),
        )
        paragraphs = self._answers(questions, body) if answers else self._paragraphs(body)
        text = laid_out(head, paragraphs, notes, foot, self.draw)
        return Composed(text, [*questions, *body, *notes], self.figures)

    def _head(self, number: int) -> str:
        office, year = self._phrase("minister"), _year(self.draw)
        return (
            f" Nr. {number % 900 + 1}  BRIEF VAN DE MINISTER VAN {office}\n\n"
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n"
            f"Den Haag, {self.draw.randint(1, 28)} {self._phrase('month')} {year}"
        )

    def _body(self, *, runs: int, size: int) -> list[str]:
        """Sentences with so many digit runs and bytes, in random order."""
        made = self._claims(runs)
        while (lacking := runs - sum(map(digit_runs, made))) > 0:
            made.append(self._sentence("digits" if lacking > 4 else "digit"))
        while (room := size - sum(len(sentence.encode()) + 1 for sentence in made)) > 60:
            made.append(self._fitting("plain", room))
        self.draw.shuffle(made)
        return made

    def _claims(self, runs: int) -> list[str]:
        """Sentences that state the letter's figures, in no more digit runs than so many if a few tries do."""
        stated, figures = self.figures, self.draw.randint(*FIGURES)
        tries = []
        for _ in range(TRIES):
            made: list[str] = []
            self.figures = stated
            while self.figures < figures:
                made.append(self._sentence("claim"))
            excess = max(0, sum(map(digit_runs, made)) - runs), max(0, self.figures - FIGURES[1])
            tries.append((sum(excess), self.figures, made))
            if not any(excess):
                break
        _, self.figures, best = min(tries, key=lambda each: each[0])
        return best

    def _fitting(self, kind: str, room: int) -> str:
        """A sentence that fits, if a few tries give one."""
        tries = [self._sentence(kind) for _ in range(1 if room > 400 else 6)]
        fitting = [sentence for sentence in tries if len(sentence.encode()) <= room]
        return max(fitting, key=len) if fitting else min(tries, key=len)

    def _paragraphs(self, sentences: list[str]) -> list[str]:
        paragraphs, rest = [], sentences
        while rest:
            length = self.draw.randint(2, 6)
            paragraphs.append(" ".join(rest[:length]))
            rest = rest[length:]
        return paragraphs

    def _answers(self, questions: list[str], sentences: list[str]) -> list[str]:
        share = -(-len(sentences) // len(questions))
        paragraphs = []
        for n, question in enumerate(questions):
            paragraphs += [f"Vraag {n + 1}", question, f"Antwoord op vraag {n + 1}"]
            paragraphs += self._paragraphs(sentences[n * share : (n + 1) * share])
        return paragraphs

    def _sentence(self, kind: str) -> str:
        text = self._filled(self.draw.choice(grammar()["sentences"][kind]))
        text = " ".join(text.split()).replace(" ,", ",")
        return text[0].upper() + text[1:] + ("" if text[-1] in ".?" else ".")

    def _phrase(self, slot: str) -> str:
        return self.draw.choice(grammar()["slots"][slot])

    def _filled(self, template: str) -> str:
        return _SLOT.sub(lambda match: self._slot(match[1]), template)

    def _slot(self, name: str) -> str:
        if name in FIGURE_SLOTS:
            self.figures += 1
            return str(FIGURE_SLOTS[name](self.draw))
        if name in OTHER_SLOTS:
            return str(OTHER_SLOTS[name](self.draw))
        return self._filled(self._phrase(name))


def described(letters: Iterable[Composed]) -> dict[str, Any]:
    """How large, dense and varied letters are; figures are those that the sentences were made to state."""
    made = list(letters)
    sentences = [sentence for letter in made for sentence in letter.sentences]
    shapes = {_RUN.sub("0", sentence) for sentence in sentences}
    runs = [digit_runs(letter.text) for letter in made]
    figures = [letter.figures for letter in made]
    return {
        "letters": len(made),
        "bytes": sum(len(letter.text.encode()) for letter in made) / len(made),
        "digit_runs": sum(runs) / len(made),
        "digit_runs_between": [min(runs), max(runs)],
        "figures": sum(figures) / len(made),
        "figures_between": [min(figures), max(figures)],
        "sentences": len(sentences) / len(made),
        "distinct_sentences": len(set(sentences)) / len(sentences),
        "distinct_but_for_numbers": len(shapes) / len(sentences),
    }
