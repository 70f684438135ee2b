"""A figure that states no period, and what its letter told before it."""

from datetime import date

from sample_quantities import quantity

from transforms.figures import Letter, Memory
from transforms.same_data import Told
from transforms.timing import Timing

UNTIMED = Timing(None, None, 1.0, "period.none")


def told(text: str, memory: Memory, kind: str = "count") -> Told:
    letter = Letter(date(2019, 3, 12), ())
    return Told(text, "body", quantity(text), kind, UNTIMED, memory, letter, [])
