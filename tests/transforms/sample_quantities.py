"""The quantities of a text in which nothing is masked."""

from transforms.counting import Quantity
from transforms.numerals import numerals
from transforms.quantities import quantities


def quantities_in(text: str) -> list[Quantity]:
    return quantities(text, numerals(text, lambda _start, _end: False))


def quantity(text: str) -> Quantity:
    return quantities_in(text)[0]
