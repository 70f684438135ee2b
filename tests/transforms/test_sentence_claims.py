"""What a sentence says by itself, and by what came before it."""

from datetime import date

import pytest
from whole_letters import claims_in

from transforms.figures import Letter, Memory
from transforms.sentence_claims import Reading, reading_of
from transforms.sentences import Sentence


def reading(text: str, letter_date: date | None = None) -> Reading:
    return reading_of(Sentence(text, 0, 1, "body"), Letter(letter_date, ()), Memory())


def test_a_relative_word_needs_the_date_of_the_letter() -> None:
    (undated,) = reading("Vorig jaar waren er 30 zaken.").claims
    (dated,) = reading("Vorig jaar waren er 30 zaken.", date(2014, 3, 1)).claims

    assert (undated.timing.period, dated.timing.period) == (None, "2013")


def test_what_led_to_a_claim_is_kept() -> None:
    read = reading("In 2016 waren er op grond van artikel 3 nog 30 zaken.")

    assert [mask.rule.partition(".")[0] for mask in read.masks] == ["mask"]
    assert [period.value for period in read.periods] == ["2016"]
    assert [quantity.unit for quantity in read.quantities] == ["cases"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het aantal daalde tussen 2015 en 2020 met 9% tot 400 zaken.", ["2015/2020", "2020"]),
        ("Het aantal daalde tussen 2015 en 2020 met 9% en dat zijn 400 zaken.", ["2015/2020", "2015/2020"]),
    ],
)
def test_a_level_that_a_change_led_to_is_of_its_end(text: str, expected: list[str]) -> None:
    assert [claim.timing.period for claim in reading(text).claims] == expected


def test_what_more_than_a_sentence_numbers_is_a_list() -> None:
    assert len(reading(f"Er waren {' en '.join(['30 zaken'] * 40)}.").claims) == 40
    assert reading(f"Er waren {' en '.join(['30 zaken'] * 41)}.").claims == []


def test_how_a_claim_was_found_is_kept() -> None:
    (claim,) = claims_in("In 2016 waren er 30 zaken.")

    assert claim["rule_id"].startswith("numeral.digits+unit.noun")
    assert 0 < claim["confidence"] <= 1
